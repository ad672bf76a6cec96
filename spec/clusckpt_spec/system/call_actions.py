"""Who is calling whom, and what can happen: the state and the actions of the system of calls."""

from dataclasses import dataclass

from z3 import And, BoolVal, ForAll, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import Role, Symbol, Symbols, bound, symbol


@dataclass(frozen=True)
class CallState(Symbols):
    """Who is calling whom."""

    runs: Symbol = symbol(
        Role.PROPER, "resource -> bool", "runs(r): the DLL of r is inside one of its entry points"
    )
    request: Symbol = symbol(
        Role.PROPER,
        "resource resource -> bool",
        "request(r, x): the DLL of r has issued a control code for x and waits for the answer",
    )
    checkpoint_code: Symbol = symbol(
        Role.PROPER, "resource -> bool", "checkpoint_code(r): the code of r is a checkpoint code"
    )
    passed: Symbol = symbol(
        Role.PROPER,
        "resource resource -> bool",
        "passed(r, x): the code of r was passed on to the DLL of x, and is waited for there",
    )


@action(RuleID.NOT_PASSED_TO_DLL, resource="resource")
def call_entry_point(s: CallState, resource: Term) -> Step:
    """The cluster service calls an entry point of a resource DLL, such as Online, and waits."""
    after = s.updated(runs=lambda r: Or(s.runs(r), r == resource))
    return Step(guard=Not(s.runs(resource)), after=after)


@action(RuleID.NOT_PASSED_TO_DLL, resource="resource", target="resource")
def issue_checkpoint_code(s: CallState, resource: Term, target: Term) -> Step:
    """A resource DLL issues a checkpoint code from inside an entry point, and waits."""
    return _issued(s, resource, target, about_checkpoints=True)


@action(RuleID.NOT_PASSED_TO_DLL, resource="resource", target="resource")
def issue_other_code(s: CallState, resource: Term, target: Term) -> Step:
    """A resource DLL issues any other control code from inside an entry point, and waits."""
    return _issued(s, resource, target, about_checkpoints=False)


@action(RuleID.NOT_PASSED_TO_DLL, resource="resource", target="resource")
def pass_on(s: CallState, resource: Term, target: Term) -> Step:
    """The cluster service passes a code on to the DLL of its target; never a checkpoint code."""
    after = s.updated(passed=lambda r, x: Or(s.passed(r, x), And(r == resource, x == target)))
    return Step(
        guard=And(s.request(resource, target), Not(s.checkpoint_code(resource))), after=after
    )


@action(RuleID.NOT_PASSED_TO_DLL, resource="resource", target="resource")
def answer(s: CallState, resource: Term, target: Term) -> Step:
    """A code is answered; if it was passed on, only a DLL that is not inside a call can do so."""

    def others(r: Term, x: Term) -> Term:
        return Not(And(r == resource, x == target))

    after = s.updated(
        request=lambda r, x: And(s.request(r, x), others(r, x)),
        passed=lambda r, x: And(s.passed(r, x), others(r, x)),
    )
    return Step(guard=answerable(s, resource, target), after=after)


@action(RuleID.NOT_PASSED_TO_DLL, resource="resource")
def return_from_entry_point(s: CallState, resource: Term) -> Step:
    """An entry point returns, once every code that it issued has been answered."""
    (x,) = bound(s, "resource", "x")
    after = s.updated(runs=lambda r: And(s.runs(r), r != resource))
    return Step(guard=And(s.runs(resource), ForAll([x], Not(s.request(resource, x)))), after=after)


def answerable(s: CallState, resource: Term, target: Term) -> Term:
    """Nothing keeps the code of `resource` for `target` from being answered now."""
    free = Implies(s.passed(resource, target), Not(s.runs(target)))
    return And(s.request(resource, target), free)


def _issued(s: CallState, resource: Term, target: Term, *, about_checkpoints: bool) -> Step:
    (x,) = bound(s, "resource", "x")
    chosen = BoolVal(about_checkpoints)
    after = s.updated(
        request=lambda r, x: Or(s.request(r, x), And(r == resource, x == target)),
        checkpoint_code=lambda r: Or(
            And(r == resource, chosen), And(r != resource, s.checkpoint_code(r))
        ),
    )
    idle = ForAll([x], Not(s.request(resource, x)))
    return Step(guard=And(s.runs(resource), idle), after=after)
