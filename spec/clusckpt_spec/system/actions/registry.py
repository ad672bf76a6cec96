"""Registry writes: by applications, administrators and set-up programs alike, on any node."""

from z3 import And, ForAll, If, Implies

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.capture import Roots, captured, undone
from clusckpt_spec.system.history import left_there, recorded
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
            changed=lambda p: s.under(p, key),
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
            changed=lambda p: overlap(s, p, key),
            touched=lambda k: s.under(key, k),
            registry=lambda n, k: If(And(n == node, s.under(key, k)), s.absent(), s.registry(n, k)),
        ),
    )


def _changed(s: State, node: Term, changed: Roots, touched: Roots, registry: Symbol) -> State:
    """The state with the new registry, the copies that follow from it, and the history."""
    after = s.updated(registry=registry)
    after = captured(s, undone(s, after, node, changed), node, changed)
    return recorded(s, left_there(s, after, node, changed, touched))
