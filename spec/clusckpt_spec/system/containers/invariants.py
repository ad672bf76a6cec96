"""What is always true of key containers, their copies and their restores."""

from z3 import And, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.actions.lifecycle import saves_in_between
from clusckpt_spec.system.actions.restore import replicates, restores
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.containers.copies import overwritten
from clusckpt_spec.system.containers.state import (
    ContainerState,
    online,
    pending,
    running,
    stopping,
)
from clusckpt_spec.system.sorts import DELETED, Term


def put_back_until_online(reading: Reading) -> bool:
    """Whether what was restored stays restored until the resource is online.

    Restores must succeed (A25), a change before the online is overwritten again (A3), and no copy
    of another resource arrives otherwise than by a restore (A31).
    """
    fatal = reading[AmbiguityID.A25] == "fatal"
    return fatal and overwritten(reading) and not replicates(reading)


def list_unchanged(reading: Reading) -> bool:
    """Whether an add that fails leaves the list as it is (A41)."""
    return reading[AmbiguityID.A41] == "list-unchanged"


@invariant(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.RESTORE_BEFORE_ONLINE,
    when=restores,
    r="resource",
    p="key",
)
def containers_restored_before_online(s: ContainerState, r: Term, p: Term) -> Claim:
    """On a resource that is online, every stored container has been restored on its host."""
    return Claim({"online": online(s, r), "stored": s.crypto_stored(r, p)}, s.crypto_restored(r, p))


@invariant(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    when=put_back_until_online,
    r="resource",
    p="key",
)
def restored_container_is_the_copy(s: ContainerState, r: Term, p: Term) -> Claim:
    """Until the resource is online, a container that was restored has the keys of the copy."""
    n = s.host(r)
    return Claim(
        {"coming online": pending(s, r), "restored": s.crypto_restored(r, p)},
        And(s.has_container(n, p), s.keys(n, p) == s.crypto_copy(r, p)),
    )


@invariant(RuleID.ADD_CRYPTO, RuleID.CRYPTO_CONTAINERS, r="resource", p="key")
def copies_can_be_exported(s: ContainerState, r: Term, p: Term) -> Claim:
    """No stored copy has keys that cannot be exported."""
    return Claim({"stored": s.crypto_stored(r, p)}, s.exportable(s.crypto_copy(r, p)))


@invariant(
    RuleID.ADD_CRYPTO,
    RuleID.CRYPTO_CONTAINERS,
    when=list_unchanged,
    r="resource",
    p="key",
)
def listed_container_has_a_copy(s: ContainerState, r: Term, p: Term) -> Claim:
    """Every container on a list has a stored copy: an add takes one, or it lists nothing."""
    return Claim({"listed": s.crypto_checkpoint(r, p)}, s.crypto_stored(r, p))


@invariant(RuleID.DELETE_CRYPTO, RuleID.DELETED_WITH_RESOURCE, r="resource", p="key")
def only_listed_containers_are_stored(s: ContainerState, r: Term, p: Term) -> Claim:
    """The quorum has no copy of a container that is not on the list."""
    return Claim({"stored": s.crypto_stored(r, p)}, s.crypto_checkpoint(r, p))


@invariant(RuleID.DELETED_WITH_RESOURCE, RuleID.CRYPTO_CONTAINERS, r="resource", p="key")
def deleted_resource_has_no_containers(s: ContainerState, r: Term, p: Term) -> Claim:
    """A deleted resource has no container, neither on a list nor as a copy on the quorum."""
    return Claim({"deleted": s.phase(r) == DELETED}, Not(s.crypto_checkpoint(r, p)))


@invariant(RuleID.FAILOVER, RuleID.MOVE_GROUP, r="resource")
def host_of_the_running_is_active(s: ContainerState, r: Term) -> Claim:
    """A resource that is online, or on its way there or from there, is on an active node."""
    return Claim({"running": running(s, r)}, s.active(s.host(r)))


@invariant(RuleID.CRYPTO_CONTAINERS, RuleID.RESTORE_BEFORE_ONLINE, r="resource", p="key")
def containers_restored_for_the_running(s: ContainerState, r: Term, p: Term) -> Claim:
    """Nothing counts as restored without a copy, nor for a resource that is not going to run."""
    runs = Or(online(s, r), pending(s, r))
    return Claim({"restored": s.crypto_restored(r, p)}, And(s.crypto_stored(r, p), runs))


@invariant(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    when=saves_in_between,
    r="resource",
    p="key",
)
def containers_saved_for_the_stopping(s: ContainerState, r: Term, p: Term) -> Claim:
    """Only what is listed counts as saved, and only while its resource is going offline."""
    return Claim(
        {"saved": s.crypto_saved(r, p)},
        And(s.crypto_checkpoint(r, p), stopping(s, r)),
    )


def saves_nothing_in_between(reading: Reading) -> bool:
    """Whether no container is saved while its resource goes offline (A2, A3)."""
    return not saves_in_between(reading)


@invariant(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    when=saves_nothing_in_between,
    r="resource",
    p="key",
)
def containers_are_not_saved_in_between(s: ContainerState, r: Term, p: Term) -> Claim:
    """Where containers are saved at once or never, none ever counts as saved on the way."""
    return Claim({}, Not(s.crypto_saved(r, p)))


CONTAINER_INVARIANTS = (
    containers_restored_before_online,
    restored_container_is_the_copy,
    copies_can_be_exported,
    listed_container_has_a_copy,
    only_listed_containers_are_stored,
    deleted_resource_has_no_containers,
    host_of_the_running_is_active,
    containers_restored_for_the_running,
    containers_saved_for_the_stopping,
    containers_are_not_saved_in_between,
)
"""All of them."""
