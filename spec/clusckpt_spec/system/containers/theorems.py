"""What one action does to key containers and their copies, container by container."""

from z3 import And, If, Implies, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.claim import Claim, theorem
from clusckpt_spec.system.containers.copies import (
    add_crypto_checkpoint,
    fail_container_restore,
    generate_keys,
    refuse_crypto_checkpoint,
    remove_crypto_checkpoint,
    replicate_container,
    restore_container,
)
from clusckpt_spec.system.containers.invariants import list_unchanged
from clusckpt_spec.system.containers.state import ContainerState, can_be_stored
from clusckpt_spec.system.sorts import DELETED, FAILED, Term


def unwatched(reading: Reading) -> bool:
    """Whether nobody watches containers for changes (A39)."""
    return reading[AmbiguityID.A39] == "not-monitored"


@theorem(RuleID.CRYPTO_CONTAINERS, about=generate_keys, when=unwatched, r="resource", p="key")
def new_keys_reach_no_copy(
    s: ContainerState,
    t: ContainerState,
    node: Term,
    container: Term,
    data: Term,
    r: Term,
    p: Term,
) -> Claim:
    """Keys that are generated change no copy, whether the resource is online or not (A39)."""
    same = t.crypto_copy(r, p) == s.crypto_copy(r, p)
    return Claim({}, And(same, t.crypto_stored(r, p) == s.crypto_stored(r, p)))


@theorem(RuleID.CRYPTO_CONTAINERS, about=generate_keys, n="node", k="key")
def new_keys_are_in_one_container(
    s: ContainerState,
    t: ContainerState,
    node: Term,
    container: Term,
    data: Term,
    n: Term,
    k: Term,
) -> Claim:
    """New keys are in one container of one node, and every other stays as it is."""
    new = Or(Not(s.has_container(node, container)), s.keys(node, container) != data)
    concerned = And(n == node, k == container)
    return Claim({}, And(new, _only_container_with(s, t, concerned, data, n, k)))


@theorem(
    RuleID.OFFLINE_OVERWRITTEN, RuleID.CRYPTO_CONTAINERS, about=generate_keys, r="resource", p="key"
)
def new_keys_undo_no_other_restore(
    s: ContainerState,
    t: ContainerState,
    node: Term,
    container: Term,
    data: Term,
    r: Term,
    p: Term,
) -> Claim:
    """New keys in one container undo no restore of another, nor on another node (A3)."""
    elsewhere = Not(And(s.host(r) == node, p == container))
    return Claim(
        {"restored": s.crypto_restored(r, p), "elsewhere": elsewhere}, t.crypto_restored(r, p)
    )


@theorem(RuleID.ADD_CRYPTO, RuleID.CRYPTO_CONTAINERS, about=add_crypto_checkpoint)
def add_takes_the_keys_of_the_host(
    s: ContainerState, t: ContainerState, resource: Term, container: Term
) -> Claim:
    """The copy of an add is what the host has, in any state; it is there and can be exported."""
    n = s.host(resource)
    there = And(s.active(n), can_be_stored(s, n, container))
    copied = t.crypto_copy(resource, container) == s.keys(n, container)
    return Claim({}, And(there, t.crypto_stored(resource, container), copied))


@theorem(
    RuleID.ADD_CRYPTO,
    about=refuse_crypto_checkpoint,
    when=list_unchanged,
    r="resource",
    p="key",
)
def refused_add_lists_nothing(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, r: Term, p: Term
) -> Claim:
    """An add of what is not there, or cannot be exported, leaves every list as it is (A41)."""
    same = t.crypto_checkpoint(r, p) == s.crypto_checkpoint(r, p)
    refused = And(
        _answered(s, resource),
        Not(s.crypto_checkpoint(resource, container)),
        Not(can_be_stored(s, s.host(resource), container)),
    )
    return Claim({}, And(refused, same))


@theorem(RuleID.DELETE_CRYPTO, about=remove_crypto_checkpoint, r="resource", p="key")
def removal_drops_one_copy(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, r: Term, p: Term
) -> Claim:
    """A removal drops one entry with its copy, and no other; it was on the list."""
    was = And(_answered(s, resource), s.crypto_checkpoint(resource, container))
    dropped = And(r == resource, p == container)
    listed = And(s.crypto_checkpoint(r, p), Not(dropped))
    stored = And(s.crypto_stored(r, p), Not(dropped))
    restored = t.crypto_restored(r, p) == And(s.crypto_restored(r, p), Not(dropped))
    same = And(t.crypto_checkpoint(r, p) == listed, t.crypto_stored(r, p) == stored)
    return Claim({}, And(was, same, restored))


@theorem(
    RuleID.CRYPTO_CONTAINERS,
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    about=restore_container,
    n="node",
    k="key",
)
def restore_brings_the_keys(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, n: Term, k: Term
) -> Claim:
    """A restore makes one container of the host the stored copy, and changes no other container."""
    host = s.host(resource)
    copy = s.crypto_copy(resource, container)
    brought = _only_container_with(s, t, And(n == host, k == container), copy, n, k)
    first = And(Not(s.crypto_restored(resource, container)), t.crypto_restored(resource, container))
    return Claim({}, And(first, brought))


@theorem(
    RuleID.OFFLINE_OVERWRITTEN,
    RuleID.CRYPTO_CONTAINERS,
    about=restore_container,
    r="resource",
    p="key",
)
def restore_undoes_no_other_restore(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, r: Term, p: Term
) -> Claim:
    """A restore undoes none of another container, nor on another node (A3)."""
    elsewhere = Not(And(s.host(r) == s.host(resource), p == container))
    return Claim(
        {"restored": s.crypto_restored(r, p), "elsewhere": elsewhere}, t.crypto_restored(r, p)
    )


@theorem(RuleID.CRYPTO_CONTAINERS, about=replicate_container)
def replica_needs_a_copy_and_another_host(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, node: Term
) -> Claim:
    """What is replicated is stored, and goes to an active node that does not host the resource."""
    other = And(node != s.host(resource), s.active(node))
    return Claim({}, And(s.crypto_stored(resource, container), other))


@theorem(RuleID.CRYPTO_CONTAINERS, about=replicate_container, n="node", k="key")
def replica_is_the_copy(
    s: ContainerState,
    t: ContainerState,
    resource: Term,
    container: Term,
    node: Term,
    n: Term,
    k: Term,
) -> Claim:
    """A replica is the stored copy, in one container of a node that is not the host."""
    copy = s.crypto_copy(resource, container)
    brought = _only_container_with(s, t, And(n == node, k == container), copy, n, k)
    return Claim({}, And(node != s.host(resource), brought))


@theorem(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.CRYPTO_CONTAINERS,
    about=fail_container_restore,
    r="resource",
    p="key",
)
def failed_restore_is_for_one(
    s: ContainerState, t: ContainerState, resource: Term, container: Term, r: Term, p: Term
) -> Claim:
    """A restore that fails was due; the resource fails, or waits for that restore no more (A25)."""
    due = And(s.crypto_stored(r, p), Not(s.crypto_restored(resource, container)))
    tried = And(r == resource, p == container)
    if s.reading[AmbiguityID.A25] == "fatal":
        return Claim({"tried": tried}, And(due, t.phase(resource) == FAILED))
    restored = t.crypto_restored(r, p) == Or(s.crypto_restored(r, p), tried)
    was_due = Implies(tried, due)
    return Claim({}, And(was_due, restored, t.phase(r) == s.phase(r)))


def _answered(s: ContainerState, resource: Term) -> Term:
    return And(s.phase(resource) != DELETED, s.active(s.host(resource)))


def _only_container_with(
    s: ContainerState, t: ContainerState, concerned: Term, data: Term, n: Term, k: Term
) -> Term:
    """Only the container concerned has changed: it is there, and has those keys."""
    there = t.has_container(n, k) == Or(concerned, s.has_container(n, k))
    return And(there, t.keys(n, k) == If(concerned, data, s.keys(n, k)))


KEY_THEOREMS = (
    replica_needs_a_copy_and_another_host,
    new_keys_reach_no_copy,
    new_keys_are_in_one_container,
    new_keys_undo_no_other_restore,
    add_takes_the_keys_of_the_host,
    refused_add_lists_nothing,
    removal_drops_one_copy,
    restore_brings_the_keys,
    restore_undoes_no_other_restore,
    replica_is_the_copy,
    failed_restore_is_for_one,
)
"""All of them."""
