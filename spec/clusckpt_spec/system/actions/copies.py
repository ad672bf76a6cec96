"""Stored copies: captured after a delay, lost with the file on the quorum, made anew by a tool."""

from z3 import And, If, Not

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.capture import copied, may_wait
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.predicates import exists
from clusckpt_spec.system.sorts import DELETED, Term
from clusckpt_spec.system.state import State


@action(
    RuleID.CAPTURE_ONLINE,
    RuleID.KB_CAPTURE_ONLINE,
    RuleID.ROOT_DELETED,
    when=may_wait,
    resource="resource",
    root="key",
)
def capture(s: State, resource: Term, root: Term) -> Step:
    """A tree that changed is copied as it is now: one capture for all changes so far (A1)."""
    node = s.owner(resource)
    after = copied(s, lambda r, p: And(r == resource, p == root))
    guard = And(s.dirty(resource, root), exists(s, node, root))
    return Step(guard=guard, after=recorded(s, after))


@action(RuleID.RESTORE_BEFORE_ONLINE, resource="resource", root="key")
def lose_copy(s: State, resource: Term, root: Term) -> Step:
    """The file of a stored copy is lost from the quorum; the list still has the checkpoint."""

    def kept(r: Term, p: Term) -> Term:
        return Not(And(r == resource, p == root))

    after = s.updated(
        stored=lambda r, p: And(s.stored(r, p), kept(r, p)),
        copy=lambda r, p, k: If(kept(r, p), s.copy(r, p, k), s.absent()),
        restored=lambda r, p: And(s.restored(r, p), kept(r, p)),
        saved=lambda r, p: And(s.saved(r, p), kept(r, p)),
    )
    return Step(guard=s.stored(resource, root), after=recorded(s, after))


@action(RuleID.KB_CAPTURE_AT_ADD, resource="resource")
def recreate(s: State, resource: Term) -> Step:
    """The recovery tool makes every copy anew from the tree as the owner has it, in any state."""
    node = s.owner(resource)

    def remade(r: Term, p: Term) -> Term:
        return And(r == resource, s.checkpoint(r, p), exists(s, node, p))

    def local(r: Term, p: Term, k: Term, otherwise: Term) -> Term:
        return If(And(remade(r, p), s.under(p, k)), s.registry(node, k), otherwise)

    after = copied(s, remade).updated(
        seen=lambda r, p, k: local(r, p, k, s.seen(r, p, k)),
        mine=lambda r, p, k: local(r, p, k, s.mine(r, p, k)),
        carried=lambda r, p, k, x: And(s.carried(r, p, k, x), Not(remade(r, p))),
    )
    guard = And(s.status(resource) != DELETED, s.up(node))
    return Step(guard=guard, after=recorded(s, after))
