"""What the life of a resource does to its key containers, step by step, and when it may be."""

from z3 import And, Exists, If, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.lifecycle import saves_at_once, saves_in_between
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.containers.lifecycle import (
    accept_offline,
    accept_online,
    create_resource,
    delete_resource,
    fail_over,
    move_resource,
    run_offline,
    save_container,
    start_node,
    stop_node,
)
from clusckpt_spec.system.containers.state import ContainerState, can_be_stored, resting
from clusckpt_spec.system.sorts import DELETED, Term
from clusckpt_spec.system.symbols import bound


@theorem(RuleID.ONLINE_STATES, about=accept_online)
def accepted_online_at_rest(s: ContainerState, t: ContainerState, resource: Term) -> Claim:
    """What is accepted to come online was offline or failed, on an active node."""
    return Claim({}, And(resting(s, resource), s.active(s.host(resource))))


@theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    about=accept_offline,
    when=saves_at_once,
    p="key",
)
def offline_saves_every_container(
    s: ContainerState, t: ContainerState, resource: Term, p: Term
) -> Claim:
    """An orderly offline leaves in every copy the keys as they are then, changed online or not."""
    n = s.host(resource)
    return Claim(
        {
            "listed": s.crypto_checkpoint(resource, p),
            "can be stored": can_be_stored(s, n, p),
        },
        And(t.crypto_stored(resource, p), t.crypto_copy(resource, p) == s.keys(n, p)),
    )


@theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    about=accept_offline,
    when=saves_at_once,
    r="resource",
    p="key",
)
def offline_saves_what_can_be_stored(
    s: ContainerState, t: ContainerState, resource: Term, r: Term, p: Term
) -> Claim:
    """An offline saves the listed containers of its resource that can be stored, and no others."""
    n = s.host(r)
    made = And(r == resource, s.crypto_checkpoint(r, p), can_be_stored(s, n, p))
    copy = t.crypto_copy(r, p) == If(made, s.keys(n, p), s.crypto_copy(r, p))
    return Claim({}, And(copy, t.crypto_stored(r, p) == Or(s.crypto_stored(r, p), made)))


@theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    about=save_container,
    when=saves_in_between,
)
def save_takes_the_keys_as_they_are(
    s: ContainerState, t: ContainerState, resource: Term, container: Term
) -> Claim:
    """A container that is saved is there; its copy is its keys as they are then, if exportable."""
    n = s.host(resource)
    copied = t.crypto_copy(resource, container) == s.keys(n, container)
    first = Not(s.crypto_saved(resource, container))
    stored = Implies(
        s.exportable(s.keys(n, container)), And(t.crypto_stored(resource, container), copied)
    )
    return Claim({}, And(first, s.has_container(n, container), stored))


@theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    about=save_container,
    when=saves_in_between,
    r="resource",
    p="key",
)
def save_is_of_one_container(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, r: Term, p: Term
) -> Claim:
    """No copy changes but that of the container that is saved."""
    same = t.crypto_copy(r, p) == s.crypto_copy(r, p)
    return Claim(
        {"another": Not(And(r == resource, p == container))},
        And(same, t.crypto_stored(r, p) == s.crypto_stored(r, p)),
    )


@theorem(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    about=run_offline,
    when=saves_in_between,
    p="key",
)
def every_container_was_saved(
    s: ContainerState, t: ContainerState, resource: Term, p: Term
) -> Claim:
    """An orderly offline is complete once every container that is there has had its save."""
    return Claim(
        {
            "listed": s.crypto_checkpoint(resource, p),
            "there": s.has_container(s.host(resource), p),
        },
        s.crypto_saved(resource, p),
    )


@theorem(
    RuleID.DELETED_WITH_RESOURCE,
    RuleID.CRYPTO_CONTAINERS,
    about=delete_resource,
    n="node",
    k="key",
)
def deletion_leaves_containers_and_no_copy(
    s: ContainerState, t: ContainerState, resource: Term, n: Term, k: Term
) -> Claim:
    """Deleting a resource leaves no copy of its containers, and the containers where they are."""
    gone = And(t.phase(resource) == DELETED, Not(t.crypto_stored(resource, k)))
    same = And(t.has_container(n, k) == s.has_container(n, k), t.keys(n, k) == s.keys(n, k))
    return Claim({}, And(gone, same))


@theorem(RuleID.DELETE_STATES, RuleID.DELETED_WITH_RESOURCE, about=delete_resource)
def deleted_at_rest(s: ContainerState, t: ContainerState, resource: Term) -> Claim:
    """What is deleted was offline or failed, and some node was active to answer."""
    (n,) = bound(s, "node", "n")
    return Claim({}, And(resting(s, resource), Exists([n], s.active(n))))


@theorem(RuleID.DELETED_WITH_RESOURCE, about=create_resource)
def created_once_deleted(s: ContainerState, t: ContainerState, resource: Term) -> Claim:
    """What is created again had been deleted, and an active node hosts it."""
    return Claim({}, And(s.phase(resource) == DELETED, s.active(s.host(resource))))


@theorem(RuleID.MOVE_GROUP, about=move_resource, r="resource")
def move_is_between_active_nodes(
    s: ContainerState, t: ContainerState, resource: Term, node: Term, r: Term
) -> Claim:
    """A move is from an active node to another, and moves one resource."""
    other = And(s.active(s.host(resource)), s.host(resource) != node)
    return Claim({}, And(other, t.host(r) == If(r == resource, node, s.host(r))))


@theorem(RuleID.FAILOVER, about=fail_over, r="resource")
def failover_is_from_a_stopped_node(
    s: ContainerState, t: ContainerState, resource: Term, node: Term, r: Term
) -> Claim:
    """A failover is from a node that has stopped, and moves one resource."""
    moved = t.host(r) == If(r == resource, node, s.host(r))
    return Claim({}, And(Not(s.active(s.host(resource))), moved))


@theorem(RuleID.FAILOVER, about=stop_node, n="node")
def one_node_stops(s: ContainerState, t: ContainerState, node: Term, n: Term) -> Claim:
    """A node that stops was active, and no other stops with it."""
    return Claim({}, And(s.active(node), t.active(n) == And(s.active(n), n != node)))


@theorem(RuleID.FAILOVER, about=start_node, n="node")
def one_node_starts(s: ContainerState, t: ContainerState, node: Term, n: Term) -> Claim:
    """A node that takes part again had stopped, and no other comes with it."""
    return Claim({}, And(Not(s.active(node)), t.active(n) == Or(s.active(n), n == node)))


LIFECYCLE_THEOREMS = (
    accepted_online_at_rest,
    offline_saves_every_container,
    offline_saves_what_can_be_stored,
    save_takes_the_keys_as_they_are,
    save_is_of_one_container,
    every_container_was_saved,
    deletion_leaves_containers_and_no_copy,
    deleted_at_rest,
    created_once_deleted,
    move_is_between_active_nodes,
    failover_is_from_a_stopped_node,
    one_node_stops,
    one_node_starts,
)
"""All of them."""
