"""Which node hosts a resource: move, node crash, failover, and a node that joins again."""

from z3 import And, If, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.predicates import resting, running
from clusckpt_spec.system.sorts import DELETED, OFFLINE, Term
from clusckpt_spec.system.state import State


@action(RuleID.MOVE_GROUP, resource="resource", node="node")
def move(s: State, resource: Term, node: Term) -> Step:
    """An offline or failed resource is given to another active possible owner.

    The group of a deleted resource can go to any active node; its owner still counts, because
    a restored database brings the resource back.
    """
    return Step(
        guard=And(s.up(s.owner(resource)), _can_take(s, resource, node)),
        after=recorded(s, _given_to(s, resource, node)),
    )


@action(RuleID.FAILOVER, resource="resource", node="node")
def failover(s: State, resource: Term, node: Term) -> Step:
    """A resource whose owner is down is given to an active possible owner."""
    return Step(
        guard=And(Not(s.up(s.owner(resource))), _can_take(s, resource, node)),
        after=recorded(s, _given_to(s, resource, node)),
    )


@action(RuleID.FAILOVER, node="node")
def crash(s: State, node: Term) -> Step:
    """A node stops at once: its resources are offline and nothing was saved; its registry stays."""

    def stopped(r: Term) -> Term:
        return And(s.owner(r) == node, running(s, r))

    after = s.updated(
        up=lambda n: And(s.up(n), n != node),
        status=lambda r: If(stopped(r), OFFLINE, s.status(r)),
        restored=lambda r, p: And(s.restored(r, p), Not(stopped(r))),
        saved=lambda r, p: And(s.saved(r, p), Not(stopped(r))),
        dirty=lambda r, p: And(s.dirty(r, p), Not(stopped(r))),
    )
    return Step(guard=s.up(node), after=recorded(s, after))


@action(RuleID.FAILOVER, node="node")
def join(s: State, node: Term) -> Step:
    """A node that was down takes part again, with the registry it has."""
    after = s.updated(up=lambda n: Or(s.up(n), n == node))
    return Step(guard=Not(s.up(node)), after=recorded(s, after))


def _can_take(s: State, resource: Term, node: Term) -> Term:
    fit = And(resting(s, resource), s.possible(resource, node))
    return And(s.up(node), s.owner(resource) != node, Or(fit, s.status(resource) == DELETED))


def _given_to(s: State, resource: Term, node: Term) -> State:
    return s.updated(owner=lambda r: If(r == resource, node, s.owner(r)))
