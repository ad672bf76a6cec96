"""The life of a resource: created, coming online, going offline, failing, deleted.

What happens between the acceptance of an online and the online itself is in `restore`.
"""

from z3 import And, Exists, ForAll, If, Implies, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.capture import copied, either_way
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.predicates import exists, online, resting, running, stopping
from clusckpt_spec.system.sorts import (
    DELETED,
    FAILED,
    OFFLINE,
    OFFLINE_PENDING,
    ONLINE_PENDING,
    Term,
)
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import bound


@action(RuleID.ONLINE_STATES, resource="resource")
def begin_online(s: State, resource: Term) -> Step:
    """A resource is accepted to come online on its owner; nothing has been restored yet."""
    n = s.owner(resource)
    return Step(
        guard=And(resting(s, resource), s.up(n), s.possible(resource, n)),
        after=recorded(s, with_status(s, resource, ONLINE_PENDING)),
    )


def saves(reading: Reading) -> bool:
    """Whether an orderly offline saves every checkpoint (A2)."""
    return reading[AmbiguityID.A2] == "saved"


@action(RuleID.OFFLINE_STATES, RuleID.KB_SAVE_AT_OFFLINE, resource="resource")
def begin_offline(s: State, resource: Term) -> Step:
    """An online resource is accepted to go offline.

    If nothing that changes from now on counts (A3), its trees are saved at once, where A2 asks
    for that. Otherwise they are saved one by one, and what is dirty may still be captured.
    """
    node = s.owner(resource)

    def saved(r: Term, p: Term) -> Term:
        return And(r == resource, s.checkpoint(r, p), exists(s, node, p))

    before = copied(s, saved) if saves_at_once(s.reading) else s
    after = with_status(before, resource, OFFLINE_PENDING)
    if either_way(s.reading):
        after = after.updated(dirty=s.dirty)
    return Step(guard=online(s, resource), after=recorded(s, after))


def saves_at_once(reading: Reading) -> bool:
    """Whether all checkpoints are saved when the resource is accepted to go offline (A2, A3)."""
    return saves(reading) and not either_way(reading)


def saves_in_between(reading: Reading) -> bool:
    """Whether checkpoints are saved one by one while the resource goes offline (A2, A3)."""
    return saves(reading) and either_way(reading)


@action(RuleID.KB_SAVE_AT_OFFLINE, when=saves_in_between, resource="resource", root="key")
def save(s: State, resource: Term, root: Term) -> Step:
    """One checkpoint of a resource that is going offline is saved as its tree is now."""
    node = s.owner(resource)

    def taken(r: Term, p: Term) -> Term:
        return And(r == resource, p == root)

    after = copied(s, taken).updated(saved=lambda r, p: Or(s.saved(r, p), taken(r, p)))
    listed = And(s.checkpoint(resource, root), exists(s, node, root))
    guard = And(stopping(s, resource), listed, Not(s.saved(resource, root)))
    return Step(guard=guard, after=recorded(s, after))


@action(RuleID.OFFLINE_STATES, RuleID.KB_SAVE_AT_OFFLINE, resource="resource")
def complete_offline(s: State, resource: Term) -> Step:
    """The resource DLL's Offline has run; every tree that there is has been saved by then (A2)."""
    (p,) = bound(s, "key", "p")
    guard = stopping(s, resource)
    if saves_in_between(s.reading):
        there = And(s.checkpoint(resource, p), exists(s, s.owner(resource), p))
        guard = And(guard, ForAll([p], Implies(there, s.saved(resource, p))))
    return Step(guard=guard, after=recorded(s, with_status(s, resource, OFFLINE)))


@action(RuleID.OFFLINE_STATES, resource="resource")
def terminate(s: State, resource: Term) -> Step:
    """The resource DLL's Terminate has run instead of Offline: nothing more is saved (A2)."""
    return Step(guard=stopping(s, resource), after=recorded(s, with_status(s, resource, OFFLINE)))


@action(RuleID.ONLINE_STATES, RuleID.OFFLINE_STATES, resource="resource")
def fail(s: State, resource: Term) -> Step:
    """A resource that is online, or on its way there or from there, fails; nothing is saved."""
    return Step(guard=running(s, resource), after=recorded(s, with_status(s, resource, FAILED)))


@action(RuleID.DELETED_WITH_RESOURCE, RuleID.DELETE_STATES, resource="resource")
def delete(s: State, resource: Term) -> Step:
    """An offline or failed resource is deleted, and with it its checkpoints and their copies.

    Some node must be active to answer the request.
    """
    (n,) = bound(s, "node", "n")
    after = with_status(s, resource, DELETED).updated(
        checkpoint=lambda r, p: And(s.checkpoint(r, p), r != resource),
        stored=lambda r, p: And(s.stored(r, p), r != resource),
        copy=lambda r, p, k: If(r == resource, s.absent(), s.copy(r, p, k)),
    )
    guard = And(resting(s, resource), Exists([n], s.up(n)))
    return Step(guard=guard, after=recorded(s, after))


@action(RuleID.DELETED_WITH_RESOURCE, resource="resource")
def create(s: State, resource: Term) -> Step:
    """A resource that was deleted is created again, offline and without checkpoints."""
    guard = And(s.status(resource) == DELETED, s.up(s.owner(resource)))
    return Step(guard=guard, after=recorded(s, with_status(s, resource, OFFLINE)))


def with_status(s: State, resource: Term, status: Term) -> State:
    """The state in which a resource has a new status, and nothing is under way for it."""
    return s.updated(
        status=lambda r: If(r == resource, status, s.status(r)),
        restored=lambda r, p: And(s.restored(r, p), r != resource),
        saved=lambda r, p: And(s.saved(r, p), r != resource),
        dirty=lambda r, p: And(s.dirty(r, p), r != resource),
    )
