"""Registry writes: by applications, administrators and set-up programs alike, on any node."""

from z3 import And, ForAll, If, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.capture import Changed, captured, changed_between
from clusckpt_spec.system.history import Keys, left_there, recorded
from clusckpt_spec.system.predicates import above, exists, overlap
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbol, bound


@action(
    RuleID.CAPTURE_ONLINE,
    RuleID.KB_CAPTURE_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    node="node",
    key="key",
    data="data",
)
def write(s: State, node: Term, key: Term, data: Term) -> Step:
    """A key of a node is created, or what it holds is changed."""
    (j,) = bound(s, "key", "j")
    changes = And(data != s.absent(), data != s.registry(node, key))
    return Step(
        guard=And(changes, ForAll([j], Implies(above(s, j, key), exists(s, node, j)))),
        after=_changed(
            s,
            node,
            changed=lambda _, p: s.under(p, key),
            touched=lambda k: k == key,
            registry=lambda n, k: If(And(n == node, k == key), data, s.registry(n, k)),
        ),
    )


@action(
    RuleID.CAPTURE_ONLINE,
    RuleID.ROOT_DELETED,
    RuleID.OFFLINE_OVERWRITTEN,
    node="node",
    key="key",
)
def delete_tree(s: State, node: Term, key: Term) -> Step:
    """A key of a node is deleted with everything under it."""
    return Step(
        guard=exists(s, node, key),
        after=_changed(
            s,
            node,
            changed=lambda _, p: overlap(s, p, key),
            touched=lambda k: s.under(key, k),
            registry=lambda n, k: If(And(n == node, s.under(key, k)), s.absent(), s.registry(n, k)),
        ),
    )


@action(RuleID.RESTORE_BEFORE_ONLINE, node="node", key="key")
def block(s: State, node: Term, key: Term) -> Step:
    """A process opens a key of a node, or its rights are taken away: it cannot be replaced."""
    after = s.updated(blocked=lambda n, k: Or(s.blocked(n, k), And(n == node, k == key)))
    guard = And(exists(s, node, key), Not(s.blocked(node, key)))
    return Step(guard=guard, after=recorded(s, after))


@action(RuleID.RESTORE_BEFORE_ONLINE, node="node", key="key")
def unblock(s: State, node: Term, key: Term) -> Step:
    """Nothing keeps a key of a node from being replaced any more."""
    after = s.updated(blocked=lambda n, k: And(s.blocked(n, k), Not(And(n == node, k == key))))
    return Step(guard=s.blocked(node, key), after=recorded(s, after))


def _changed(s: State, node: Term, changed: Changed, touched: Keys, registry: Symbol) -> State:
    """The state with the new registry, the copies that follow from it, and the history.

    A key that is gone has no handles and no rights left.
    """
    after = s.updated(
        registry=registry,
        blocked=lambda n, k: And(s.blocked(n, k), registry(n, k) != s.absent()),
        brought=lambda n, k, x: And(s.brought(n, k, x), Not(And(n == node, touched(k)))),
    )
    after = captured(s, changed_between(s, after, node, changed), node, changed)
    return recorded(s, left_there(s, after, node, changed, touched))
