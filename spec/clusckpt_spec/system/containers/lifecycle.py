"""The life of a resource with key containers: online, offline, failed, moved, deleted.

The same as in `checkpoints`, as far as containers notice it.
"""

from collections.abc import Callable

from z3 import And, Exists, ForAll, If, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.actions.lifecycle import saves_at_once, saves_in_between
from clusckpt_spec.system.actions.restore import missing_is_fatal, restores
from clusckpt_spec.system.containers.state import (
    ContainerState,
    can_be_stored,
    in_phase,
    online,
    pending,
    resting,
    running,
    stopping,
)
from clusckpt_spec.system.sorts import (
    DELETED,
    FAILED,
    OFFLINE,
    OFFLINE_PENDING,
    ONLINE,
    ONLINE_PENDING,
    Term,
)
from clusckpt_spec.system.symbols import bound

Taken = Callable[[Term, Term], Term]
"""Which containers of which resources are saved."""


@action(RuleID.CRYPTO_CONTAINERS, RuleID.ONLINE_STATES, resource="resource")
def accept_online(s: ContainerState, resource: Term) -> Step:
    """A resource is accepted to come online on its host; no container has been restored yet."""
    guard = And(resting(s, resource), s.active(s.host(resource)))
    return Step(guard=guard, after=in_phase(s, resource, ONLINE_PENDING))


@action(RuleID.CRYPTO_CONTAINERS, RuleID.RESTORE_BEFORE_ONLINE, resource="resource")
def run_online(s: ContainerState, resource: Term) -> Step:
    """The resource DLL's Online runs; every stored copy has been restored by then (A27)."""
    (p,) = bound(s, "key", "p")
    waited = s.crypto_checkpoint if missing_is_fatal(s.reading) else s.crypto_stored
    guard = pending(s, resource)
    if restores(s.reading):
        done = Implies(waited(resource, p), s.crypto_restored(resource, p))
        guard = And(guard, ForAll([p], done))
    after = s.updated(phase=lambda r: If(r == resource, ONLINE, s.phase(r)))
    return Step(guard=guard, after=after)


@action(RuleID.KB_SAVE_AT_OFFLINE, RuleID.CRYPTO_CONTAINERS, resource="resource")
def accept_offline(s: ContainerState, resource: Term) -> Step:
    """An online resource is accepted to go offline, and its containers are saved (A2, A3)."""

    def taken(r: Term, p: Term) -> Term:
        return And(r == resource, s.crypto_checkpoint(r, p))

    before = _stored(s, taken) if saves_at_once(s.reading) else s
    guard = online(s, resource)
    return Step(guard=guard, after=in_phase(before, resource, OFFLINE_PENDING))


@action(
    RuleID.KB_SAVE_AT_OFFLINE,
    RuleID.CRYPTO_CONTAINERS,
    when=saves_in_between,
    resource="resource",
    container="key",
)
def save_container(s: ContainerState, resource: Term, container: Term) -> Step:
    """One container of a resource that is going offline is saved, if its keys can be exported."""

    def taken(r: Term, p: Term) -> Term:
        return And(r == resource, p == container)

    after = _stored(s, taken).updated(
        crypto_saved=lambda r, p: Or(s.crypto_saved(r, p), taken(r, p))
    )
    due = And(_there(s, resource, container), Not(s.crypto_saved(resource, container)))
    return Step(guard=And(stopping(s, resource), due), after=after)


@action(RuleID.KB_SAVE_AT_OFFLINE, RuleID.OFFLINE_STATES, resource="resource")
def run_offline(s: ContainerState, resource: Term) -> Step:
    """The resource DLL's Offline has run; every container that is there was saved by then (A2)."""
    (p,) = bound(s, "key", "p")
    guard = stopping(s, resource)
    if saves_in_between(s.reading):
        saved = Implies(_there(s, resource, p), s.crypto_saved(resource, p))
        guard = And(guard, ForAll([p], saved))
    return Step(guard=guard, after=in_phase(s, resource, OFFLINE))


@action(RuleID.OFFLINE_STATES, RuleID.CRYPTO_CONTAINERS, resource="resource")
def run_terminate(s: ContainerState, resource: Term) -> Step:
    """The resource DLL's Terminate has run instead of Offline: nothing more is saved (A2)."""
    return Step(guard=stopping(s, resource), after=in_phase(s, resource, OFFLINE))


@action(RuleID.OFFLINE_STATES, RuleID.CRYPTO_CONTAINERS, resource="resource")
def fail_resource(s: ContainerState, resource: Term) -> Step:
    """A resource that is online, or on its way there or from there, fails; nothing is saved."""
    return Step(guard=running(s, resource), after=in_phase(s, resource, FAILED))


@action(RuleID.MOVE_GROUP, RuleID.CRYPTO_CONTAINERS, resource="resource", node="node")
def move_resource(s: ContainerState, resource: Term, node: Term) -> Step:
    """A resource at rest is given to another active node, with its lists and without its keys."""
    guard = And(resting(s, resource), s.active(s.host(resource)), s.active(node))
    return Step(guard=And(guard, s.host(resource) != node), after=_given(s, resource, node))


@action(RuleID.FAILOVER, RuleID.CRYPTO_CONTAINERS, resource="resource", node="node")
def fail_over(s: ContainerState, resource: Term, node: Term) -> Step:
    """A resource whose host has stopped is given to an active node."""
    guard = And(resting(s, resource), Not(s.active(s.host(resource))), s.active(node))
    return Step(guard=guard, after=_given(s, resource, node))


@action(RuleID.FAILOVER, RuleID.CRYPTO_CONTAINERS, node="node")
def stop_node(s: ContainerState, node: Term) -> Step:
    """A node stops at once: its resources are offline, nothing was saved, its containers stay."""

    def stopped(r: Term) -> Term:
        return And(s.host(r) == node, running(s, r))

    after = s.updated(
        active=lambda n: And(s.active(n), n != node),
        phase=lambda r: If(stopped(r), OFFLINE, s.phase(r)),
        crypto_restored=lambda r, p: And(s.crypto_restored(r, p), Not(stopped(r))),
        crypto_saved=lambda r, p: And(s.crypto_saved(r, p), Not(stopped(r))),
    )
    return Step(guard=s.active(node), after=after)


@action(RuleID.FAILOVER, node="node")
def start_node(s: ContainerState, node: Term) -> Step:
    """A node that had stopped takes part again, with the containers that it has."""
    after = s.updated(active=lambda n: Or(s.active(n), n == node))
    return Step(guard=Not(s.active(node)), after=after)


@action(RuleID.DELETED_WITH_RESOURCE, RuleID.CRYPTO_CONTAINERS, resource="resource")
def delete_resource(s: ContainerState, resource: Term) -> Step:
    """A resource at rest is deleted, with its list and its copies; no node loses a container."""
    (n,) = bound(s, "node", "n")
    after = in_phase(s, resource, DELETED).updated(
        crypto_checkpoint=lambda r, p: And(s.crypto_checkpoint(r, p), r != resource),
        crypto_stored=lambda r, p: And(s.crypto_stored(r, p), r != resource),
    )
    return Step(guard=And(resting(s, resource), Exists([n], s.active(n))), after=after)


@action(RuleID.DELETED_WITH_RESOURCE, resource="resource")
def create_resource(s: ContainerState, resource: Term) -> Step:
    """A resource that was deleted is created again, offline and without checkpoints."""
    guard = And(s.phase(resource) == DELETED, s.active(s.host(resource)))
    return Step(guard=guard, after=in_phase(s, resource, OFFLINE))


def _there(s: ContainerState, r: Term, p: Term) -> Term:
    return And(s.crypto_checkpoint(r, p), s.has_container(s.host(r), p))


def _stored(s: ContainerState, taken: Taken) -> ContainerState:
    """The state with a fresh copy of every container taken whose keys can be exported."""

    def good(r: Term, p: Term) -> Term:
        return And(taken(r, p), can_be_stored(s, s.host(r), p))

    return s.updated(
        crypto_stored=lambda r, p: Or(s.crypto_stored(r, p), good(r, p)),
        crypto_copy=lambda r, p: If(good(r, p), s.keys(s.host(r), p), s.crypto_copy(r, p)),
    )


def _given(s: ContainerState, resource: Term, node: Term) -> ContainerState:
    return s.updated(host=lambda r: If(r == resource, node, s.host(r)))
