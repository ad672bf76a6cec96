"""Independence: what a stored copy depends on.

"The stored copy never depends on a node that does not own the resource" speaks of two runs at
once. So a state gets a twin, which is the same but for the registries, and those are the same on
the owner; whatever happens in both, the copies of the resource stay the same.
"""

import z3
from z3 import And, ForAll, Implies

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import bound

INDEPENDENCE = "copy_depends_on_its_owner_only"
"""The name of the theorem."""

RULES = (RuleID.CAPTURE_ONLINE, RuleID.KB_CAPTURE_AT_ADD, RuleID.KB_SAVE_AT_OFFLINE)
"""The rules that take copies."""


def twin(s: State) -> State:
    """The same state with other registries, and other blocked keys in them."""
    node, key = s.sorts.node, s.sorts.key
    return s.updated(
        registry=z3.Function("registry_twin", node, key, s.sorts.data),
        blocked=z3.Function("blocked_twin", node, key, z3.BoolSort()),
    )


def alike(s: State, other: State, r: Term) -> Term:
    """The owner of a resource has the same registry in both states."""
    (k,) = bound(s, "key", "k")
    n = s.owner(r)
    same = And(s.registry(n, k) == other.registry(n, k), s.blocked(n, k) == other.blocked(n, k))
    return ForAll([k], same)


def independent(s: State, other: State, action: Action) -> Term:
    """An action that happens in a state and in its twin leaves the same copies in both.

    So it does with what is stored, restored, saved and dirty, and with the registry of the node
    that was the owner: what comes next finds the two alike again.
    """
    r, p, k = _elements(s)
    arguments = action.arguments(s.sorts)
    one, two = action.clause(s, *arguments), action.clause(other, *arguments)
    n = s.owner(r)
    compared = {
        "copy": (r, p, k),
        "registry": (n, k),
        "blocked": (n, k),
        **dict.fromkeys(("checkpoint", "stored", "restored", "saved", "dirty"), (r, p)),
    }
    same = [
        getattr(one.after, name)(*where) == getattr(two.after, name)(*where)
        for name, where in compared.items()
    ]
    return Implies(And(one.guard, two.guard, alike(s, other, r)), And(*same))


def _elements(s: State) -> tuple[Term, Term, Term]:
    (r,) = bound(s, "resource", "r")
    p, k = bound(s, "key", "p k")
    return r, p, k
