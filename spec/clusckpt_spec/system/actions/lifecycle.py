"""The life of a resource: coming online, with its checkpoints restored first; going offline."""

from z3 import And, ForAll, If, Implies, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.capture import captured
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.predicates import above, exists, online, overlap, pending, resting
from clusckpt_spec.system.sorts import DELETED, FAILED, OFFLINE, ONLINE, ONLINE_PENDING, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbol, bound


@action(RuleID.ONLINE_STATES, resource="resource")
def begin_online(s: State, resource: Term) -> Step:
    """A resource is accepted to come online on its owner; nothing has been restored yet."""
    n = s.owner(resource)
    return Step(
        guard=And(resting(s, resource), s.up(n), s.possible(resource, n)),
        after=recorded(s, with_status(s, resource, ONLINE_PENDING)),
    )


@action(
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.KB_RESTORE_AT_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    RuleID.TREE_REPLACED,
    RuleID.INSTANCES,
    resource="resource",
    root="key",
)
def restore(s: State, resource: Term, root: Term) -> Step:
    """One stored copy of a resource that is coming online replaces the tree on its owner.

    Keys above the root that are missing are created empty. Other resources on that node see a
    change like any other (A24: it is captured). Where copies of nested roots of one resource
    differ, what was restored last stays (A22).
    """
    node = s.owner(resource)

    def tree(n: Term, k: Term) -> Term:
        missing = And(above(s, k, root), s.registry(node, k) == s.absent())
        replaced = If(
            s.under(root, k),
            s.copy(resource, root, k),
            If(missing, s.empty(), s.registry(node, k)),
        )
        return If(n == node, replaced, s.registry(n, k))

    def waits_again(r: Term, p: Term) -> Term:
        return And(r != resource, pending(s, r), s.owner(r) == node, overlap(s, p, root))

    after = s.updated(
        registry=tree,
        restored=lambda r, p: Or(
            And(r == resource, p == root), And(s.restored(r, p), Not(waits_again(r, p)))
        ),
    )
    return Step(
        guard=And(pending(s, resource), s.stored(resource, root), Not(s.restored(resource, root))),
        after=recorded(s, captured(s, after, node, lambda p: overlap(s, p, root))),
    )


@action(RuleID.RESTORE_BEFORE_ONLINE, RuleID.OFFLINE_OVERWRITTEN, resource="resource")
def complete_online(s: State, resource: Term) -> Step:
    """The resource DLL's Online runs; every stored copy has been restored by then."""
    (p,) = bound(s, "key", "p")
    return Step(
        guard=And(
            pending(s, resource),
            ForAll([p], Implies(s.stored(resource, p), s.restored(resource, p))),
        ),
        after=recorded(s, s.updated(status=_status(s, resource, ONLINE))),
    )


@action(RuleID.OFFLINE_STATES, RuleID.KB_SAVE_AT_OFFLINE, resource="resource")
def go_offline(s: State, resource: Term) -> Step:
    """An online resource goes offline in good order; reading A2 says if its trees are saved."""
    node = s.owner(resource)
    after = with_status(s, resource, OFFLINE)

    def saved(r: Term, p: Term, k: Term) -> Term:
        watched = And(r == resource, s.checkpoint(r, p), exists(s, node, p), s.under(p, k))
        return If(watched, s.registry(node, k), s.copy(r, p, k))

    if s.reading[AmbiguityID.A2] == "saved":
        after = after.updated(copy=saved)
    return Step(guard=online(s, resource), after=recorded(s, after))


@action(RuleID.ONLINE_STATES, RuleID.OFFLINE_STATES, resource="resource")
def fail(s: State, resource: Term) -> Step:
    """A resource that is online, or on its way there, fails; nothing is saved (A29)."""
    return Step(
        guard=Or(online(s, resource), pending(s, resource)),
        after=recorded(s, with_status(s, resource, FAILED)),
    )


@action(RuleID.DELETED_WITH_RESOURCE, RuleID.DELETE_STATES, resource="resource")
def delete(s: State, resource: Term) -> Step:
    """An offline or failed resource is deleted, and with it its checkpoints and their copies."""
    after = with_status(s, resource, DELETED).updated(
        checkpoint=lambda r, p: And(s.checkpoint(r, p), r != resource),
        stored=lambda r, p: And(s.stored(r, p), r != resource),
        copy=lambda r, p, k: If(r == resource, s.absent(), s.copy(r, p, k)),
    )
    return Step(guard=resting(s, resource), after=recorded(s, after))


def with_status(s: State, resource: Term, status: Term) -> State:
    """The state in which a resource has a new status, and nothing counts as restored for it."""
    return s.updated(
        status=_status(s, resource, status),
        restored=lambda r, p: And(s.restored(r, p), r != resource),
    )


def _status(s: State, resource: Term, status: Term) -> Symbol:
    return lambda r: If(r == resource, status, s.status(r))
