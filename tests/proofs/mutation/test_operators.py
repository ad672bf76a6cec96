"""Each operator makes the slips that it is for, and no others."""

from typing import Any

import pytest
import z3

from clusckpt_proofs.mutation.context import Context
from clusckpt_proofs.mutation.mutants import changes
from clusckpt_proofs.mutation.operators import OPERATORS
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.sorts import OFFLINE, Term, unbounded
from clusckpt_spec.system.symbols import bound, declarations
from clusckpt_spec.system.system import TransitionSystem

S: Any = TransitionSystem(CHECKPOINTS, MSCS_PAGE, unbounded()).before
CALL: Any = TransitionSystem(CALLS, MSCS_PAGE, unbounded()).before
N, NODE = bound(S, "node", "n node")
R, RESOURCE = bound(S, "resource", "r resource")
P, K = bound(S, "key", "p k")
UP_LATER = z3.Function("up.1", S.sorts.node, z3.BoolSort())
FUNCTIONS = {entry.name: getattr(S, entry.name) for entry in declarations(type(S))}
FUNCTIONS |= {entry.name: getattr(CALL, entry.name) for entry in declarations(type(CALL))}
ALL, ANY = z3.BoolVal(True), z3.BoolVal(False)  # noqa: FBT003 - z3 constants


def _made(operator: str, term: Term, *elements: Term, guard: bool = False) -> list[str]:
    """What the operator makes of the term as a whole, as text on one line each."""
    versions = {"up": (S.up, UP_LATER)}
    context = Context(FUNCTIONS, elements, versions, guard=guard)
    return [" ".join(str(new).split()) for new in OPERATORS[operator](term, context)]


CASES = [
    ("drop-conjunct", z3.And(S.up(N), S.up(NODE)), (), ["up(node)", "up(n)"]),
    ("drop-disjunct", z3.Or(S.up(N), S.up(NODE)), (), ["up(node)", "up(n)"]),
    ("negate", S.up(N), (), ["Not(up(n))"]),
    ("negate", z3.Not(S.up(N)), (), ["up(n)"]),
    ("fix-condition", N == NODE, (), ["True", "False"]),
    ("and-or", z3.And(S.up(N), S.up(NODE)), (), ["Or(up(n), up(node))"]),
    ("and-or", z3.Or(S.up(N), S.up(NODE)), (), ["And(up(n), up(node))"]),
    (
        "drop-premise",
        z3.Implies(S.up(N), S.up(NODE)),
        (),
        ["up(node)", "Implies(up(node), up(n))"],
    ),
    (
        "swap-branches",
        z3.If(S.up(N), S.absent(), S.empty()),
        (),
        ["If(up(n), empty, absent)"],
    ),
    ("take-branch", z3.If(S.up(N), S.absent(), S.empty()), (), ["absent", "empty"]),
    ("swap-quantifier", z3.ForAll([N], S.up(N)), (), ["Exists(n, up(n))"]),
    ("swap-quantifier", z3.Exists([N], S.up(N)), (), ["ForAll(n, up(n))"]),
    ("weaken-quantifier", z3.ForAll([N], S.up(N)), (NODE,), ["True", "up(node)"]),
    ("swap-variable", R, (R, RESOURCE, N), ["resource"]),
    ("swap-owner", NODE, (NODE, R, RESOURCE), ["owner(r)", "owner(resource)"]),
    ("swap-owner", S.owner(R), (NODE, R), ["node"]),
    ("swap-arguments", S.under(P, K), (), ["under(k, p)"]),
    ("swap-arguments", CALL.request(R, RESOURCE), (), ["request(resource, r)"]),
    ("key-for-tree", S.under(P, K), (), ["p == k"]),
    (
        "change-constant",
        OFFLINE,
        (),
        ["online_pending", "online", "failed", "deleted", "offline_pending"],
    ),
    ("change-constant", S.absent(), (), ["empty"]),
    ("change-constant", ALL, (), ["False"]),
    ("change-symbol", S.stored(R, P), (), ["checkpoint(r, p)", "restored(r, p)"]),
    ("confuse-times", UP_LATER(N), (), ["up(n)"]),
    ("confuse-times", S.up(N), (), ["up.1(n)"]),
]


@pytest.mark.parametrize(("operator", "term", "elements", "expected"), CASES)
def test_what_an_operator_makes(
    operator: str, term: Term, elements: tuple[Term, ...], expected: list[str]
) -> None:
    """The operator makes exactly these of the term."""
    assert _made(operator, term, *elements) == expected


def test_a_guard_loses_a_conjunct() -> None:
    """A conjunct of a guard is dropped, and only there: an update's part is no guard."""
    assert _made("drop-guard", S.up(N), guard=True) == ["True"]
    assert _made("drop-guard", S.up(N)) == []


def test_every_operator_has_a_case() -> None:
    """No operator goes untested: all but the one above have a case."""
    tested = {operator for operator, *_ in CASES} | {"drop-guard"}

    assert tested == set(OPERATORS)


def test_operators_let_other_terms_be() -> None:
    """Of a variable that nothing else may stand for, no operator makes anything."""
    assert [name for name in OPERATORS if _made(name, N, N)] == []


def test_slips_are_made_at_every_part() -> None:
    """A slip is made deep inside a term, under quantifiers too, and the rest stays as it is."""
    term = z3.ForAll([K], z3.Implies(S.under(P, K), z3.Not(S.blocked(N, K))))
    context = Context(FUNCTIONS, (P, N), {})
    made = [
        str(change.whole) for change in changes(term, context) if change.operator == "key-for-tree"
    ]

    assert made == ["ForAll(k, Implies(p == k, Not(blocked(n, k))))"]


def test_bound_variables_keep_apart() -> None:
    """A quantified variable that has the name of a parameter is not taken for it."""
    term = z3.Exists([K], S.under(P, K))
    context = Context(FUNCTIONS, (K, P), {})
    made = {
        str(change.whole) for change in changes(term, context) if change.operator == "swap-variable"
    }

    assert made == {
        "Exists(k', under(k, k'))",
        "Exists(k', under(k', k'))",
        "Exists(k', under(p, k))",
        "Exists(k', under(p, p))",
    }
