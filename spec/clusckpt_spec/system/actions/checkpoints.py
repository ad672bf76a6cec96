"""The checkpoint list of a resource: roots are added and removed at any time."""

from z3 import And, If, Not, Or

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.predicates import exists, online
from clusckpt_spec.system.sorts import DELETED, Term
from clusckpt_spec.system.state import State


@action(RuleID.ADD_REGISTRY, RuleID.KB_CAPTURE_AT_ADD, resource="resource", root="key")
def add_checkpoint(s: State, resource: Term, root: Term) -> Step:
    """A root joins the list, and the tree as the owner has it is the first copy (A4, A5).

    The root must exist there, unless the copy of an absent tree will do (A6), and be one that the
    design may ever give to the resource. On an online resource there is nothing left to restore.
    """
    node = s.owner(resource)

    def added(r: Term, p: Term) -> Term:
        return And(r == resource, p == root)

    def local(r: Term, p: Term, k: Term, otherwise: Term) -> Term:
        return If(And(added(r, p), s.under(p, k)), s.registry(node, k), otherwise)

    after = s.updated(
        checkpoint=lambda r, p: Or(s.checkpoint(r, p), added(r, p)),
        stored=lambda r, p: Or(s.stored(r, p), added(r, p)),
        copy=lambda r, p, k: local(r, p, k, s.copy(r, p, k)),
        restored=lambda r, p: Or(s.restored(r, p), And(added(r, p), online(s, r))),
        seen=lambda r, p, k: local(r, p, k, s.seen(r, p, k)),
        mine=lambda r, p, k: local(r, p, k, s.mine(r, p, k)),
        astray=lambda r, p: And(s.astray(r, p), Not(added(r, p))),
        carried=lambda r, p, k, x: And(s.carried(r, p, k, x), Not(added(r, p))),
    )
    guard = And(
        s.status(resource) != DELETED,
        s.up(node),
        s.claims(resource, root),
        Not(s.checkpoint(resource, root)),
    )
    if s.reading[AmbiguityID.A6] == "fails":
        guard = And(guard, exists(s, node, root))
    return Step(guard=guard, after=recorded(s, after))


@action(RuleID.DELETE_REGISTRY, resource="resource", root="key")
def remove_checkpoint(s: State, resource: Term, root: Term) -> Step:
    """A root leaves the list and its copy is dropped, in any state of the resource (A33)."""

    def kept(r: Term, p: Term) -> Term:
        return Not(And(r == resource, p == root))

    after = s.updated(
        checkpoint=lambda r, p: And(s.checkpoint(r, p), kept(r, p)),
        stored=lambda r, p: And(s.stored(r, p), kept(r, p)),
        copy=lambda r, p, k: If(kept(r, p), s.copy(r, p, k), s.absent()),
        restored=lambda r, p: And(s.restored(r, p), kept(r, p)),
        saved=lambda r, p: And(s.saved(r, p), kept(r, p)),
        dirty=lambda r, p: And(s.dirty(r, p), kept(r, p)),
    )
    return Step(
        guard=And(
            s.status(resource) != DELETED,
            s.up(s.owner(resource)),
            s.checkpoint(resource, root),
        ),
        after=recorded(s, after),
    )
