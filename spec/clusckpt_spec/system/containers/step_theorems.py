"""What no step ever does to key containers, whoever makes it."""

from z3 import And, BoolVal, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.lifecycle import saves_at_once, saves_in_between
from clusckpt_spec.system.claim import Claim, step_theorem
from clusckpt_spec.system.containers.copies import (
    add_crypto_checkpoint,
    generate_keys,
    refuse_crypto_checkpoint,
    remove_crypto_checkpoint,
    replicate_container,
    restore_container,
)
from clusckpt_spec.system.containers.lifecycle import delete_resource, start_node, stop_node
from clusckpt_spec.system.containers.state import (
    ContainerState,
    online,
    resting,
    running,
    stopping,
)
from clusckpt_spec.system.containers.theorems import unwatched
from clusckpt_spec.system.sorts import (
    DELETED,
    FAILED,
    OFFLINE,
    OFFLINE_PENDING,
    ONLINE,
    ONLINE_PENDING,
    Term,
)


@step_theorem(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.KB_SAVE_AT_OFFLINE,
    when=unwatched,
    r="resource",
    p="key",
)
def copies_are_taken_of_the_host(s: ContainerState, t: ContainerState, r: Term, p: Term) -> Claim:
    """A copy is new only at an add, or at an offline that saves; it is what the host has then.

    So it depends on no other node, and a change while online is in it only if one of these follows.
    """
    new = Or(Not(s.crypto_stored(r, p)), t.crypto_copy(r, p) != s.crypto_copy(r, p))
    added = And(Not(s.crypto_checkpoint(r, p)), t.crypto_checkpoint(r, p))
    return Claim(
        {"stored": t.crypto_stored(r, p), "new": new},
        And(t.crypto_copy(r, p) == s.keys(s.host(r), p), Or(added, _saving(s, t, r))),
    )


def _saving(s: ContainerState, t: ContainerState, r: Term) -> Term:
    """The resource is going offline, in the step in which the reading has it saved."""
    if saves_at_once(s.reading):
        return And(online(s, r), stopping(t, r))
    if saves_in_between(s.reading):
        return And(stopping(s, r), stopping(t, r))
    return BoolVal(False)  # noqa: FBT003 - the z3 constant false


@step_theorem(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.DELETE_CRYPTO,
    RuleID.DELETED_WITH_RESOURCE,
    except_for=(generate_keys, restore_container, replicate_container),
    n="node",
    k="key",
)
def containers_stay_where_they_are(s: ContainerState, t: ContainerState, n: Term, k: Term) -> Claim:
    """No step but new keys, a restore or a replica changes a container of any node."""
    same = t.keys(n, k) == s.keys(n, k)
    return Claim({}, And(t.has_container(n, k) == s.has_container(n, k), same))


@step_theorem(
    RuleID.ADD_CRYPTO,
    RuleID.DELETE_CRYPTO,
    except_for=(
        add_crypto_checkpoint,
        refuse_crypto_checkpoint,
        remove_crypto_checkpoint,
        delete_resource,
    ),
    r="resource",
    p="key",
)
def containers_are_listed_on_request(
    s: ContainerState, t: ContainerState, r: Term, p: Term
) -> Claim:
    """Only a control code, or the deletion of the resource, changes a list or drops a copy."""
    same = t.crypto_checkpoint(r, p) == s.crypto_checkpoint(r, p)
    return Claim({}, And(same, Implies(s.crypto_stored(r, p), t.crypto_stored(r, p))))


@step_theorem(
    RuleID.ONLINE_STATES,
    RuleID.OFFLINE_STATES,
    RuleID.DELETE_STATES,
    RuleID.FAILOVER,
    r="resource",
)
def phases_follow_one_another(s: ContainerState, t: ContainerState, r: Term) -> Claim:
    """A resource changes its state along the documented ways only; a crash makes it offline."""
    was, then = s.phase(r), t.phase(r)
    ways = Or(
        And(resting(s, r), Or(then == ONLINE_PENDING, then == DELETED)),
        And(was == ONLINE_PENDING, Or(then == ONLINE, then == FAILED)),
        And(was == ONLINE, Or(then == OFFLINE_PENDING, then == FAILED)),
        And(was == OFFLINE_PENDING, Or(then == OFFLINE, then == FAILED)),
        And(running(s, r), then == OFFLINE, Not(t.active(s.host(r)))),
        And(was == DELETED, then == OFFLINE),
    )
    return Claim({"changed": then != was}, ways)


@step_theorem(RuleID.MOVE_GROUP, RuleID.FAILOVER, r="resource")
def hosts_change_at_rest(s: ContainerState, t: ContainerState, r: Term) -> Claim:
    """Only a resource at rest gets another host, and only one that is active."""
    return Claim({"changed": t.host(r) != s.host(r)}, And(resting(s, r), s.active(t.host(r))))


@step_theorem(RuleID.FAILOVER, except_for=(stop_node, start_node), n="node")
def nodes_change_by_themselves(s: ContainerState, t: ContainerState, n: Term) -> Claim:
    """Nothing that is done to resources or containers makes a node active or not."""
    return Claim({}, t.active(n) == s.active(n))


@step_theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    when=saves_in_between,
    r="resource",
    p="key",
)
def saves_last_until_offline(s: ContainerState, t: ContainerState, r: Term, p: Term) -> Claim:
    """What was saved on the way to offline needs no other save, for as long as it is listed."""
    goes_on = And(stopping(t, r), t.crypto_checkpoint(r, p))
    return Claim({"saved": s.crypto_saved(r, p), "goes on": goes_on}, t.crypto_saved(r, p))


CONTAINER_STEP_THEOREMS = (
    copies_are_taken_of_the_host,
    containers_stay_where_they_are,
    containers_are_listed_on_request,
    phases_follow_one_another,
    hosts_change_at_rest,
    nodes_change_by_themselves,
    saves_last_until_offline,
)
"""All of them."""
