"""Theorems about control codes and waiting: what each call needs, and what it changes."""

from z3 import And, BoolVal, ForAll, If, Implies, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.call_actions import (
    CallState,
    answer,
    call_entry_point,
    issue_checkpoint_code,
    issue_other_code,
    pass_on,
    return_from_entry_point,
)
from clusckpt_spec.system.claim import Claim, step_theorem, theorem
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import bound

_RULE = RuleID.NOT_PASSED_TO_DLL


def waits_for_nothing(s: CallState, resource: Term) -> Term:
    """The DLL of a resource has issued no code that is unanswered."""
    (x,) = bound(s, "resource", "x")
    return ForAll([x], Not(s.request(resource, x)))


@theorem(_RULE, about=call_entry_point, r="resource")
def one_call_at_a_time(s: CallState, t: CallState, resource: Term, r: Term) -> Claim:
    """A DLL that is inside an entry point is not called once more."""
    runs = t.runs(r) == Or(s.runs(r), r == resource)
    return Claim({}, And(Not(s.runs(resource)), runs))


@theorem(_RULE, about=return_from_entry_point, r="resource")
def return_waits_for_answers(s: CallState, t: CallState, resource: Term, r: Term) -> Claim:
    """An entry point returns once nothing that it issued is unanswered."""
    runs = t.runs(r) == And(s.runs(r), r != resource)
    return Claim({}, And(s.runs(resource), waits_for_nothing(s, resource), runs))


def issued(
    s: CallState, t: CallState, resource: Term, target: Term, r: Term, x: Term, kind: Term
) -> Term:
    """From inside an entry point one code is issued, which is of some kind, and waited for."""
    one = And(r == resource, x == target)
    return And(
        s.runs(resource),
        waits_for_nothing(s, resource),
        t.request(r, x) == Or(s.request(r, x), one),
        t.checkpoint_code(r) == If(r == resource, kind, s.checkpoint_code(r)),
    )


@theorem(_RULE, about=issue_checkpoint_code, r="resource", x="resource")
def checkpoint_code_is_issued_inside(
    s: CallState, t: CallState, resource: Term, target: Term, r: Term, x: Term
) -> Claim:
    """A checkpoint code is issued from inside an entry point, and is known for one."""
    return Claim({}, issued(s, t, resource, target, r, x, BoolVal(val=True)))


@theorem(_RULE, about=issue_other_code, r="resource", x="resource")
def other_code_is_issued_inside(
    s: CallState, t: CallState, resource: Term, target: Term, r: Term, x: Term
) -> Claim:
    """Any other code is issued from inside an entry point, and is known for one."""
    return Claim({}, issued(s, t, resource, target, r, x, BoolVal(val=False)))


@theorem(_RULE, about=pass_on, r="resource", x="resource")
def only_other_codes_are_passed_on(
    s: CallState, t: CallState, resource: Term, target: Term, r: Term, x: Term
) -> Claim:
    """What is passed on was issued, and is no checkpoint code."""
    one = And(r == resource, x == target)
    other = And(s.request(resource, target), Not(s.checkpoint_code(resource)))
    return Claim({}, And(other, t.passed(r, x) == Or(s.passed(r, x), one)))


@theorem(_RULE, about=answer, r="resource", x="resource")
def answer_comes_from_the_free(
    s: CallState, t: CallState, resource: Term, target: Term, r: Term, x: Term
) -> Claim:
    """What was passed on is answered by a DLL that is not inside a call; then nobody waits."""
    one = And(r == resource, x == target)
    free = Implies(s.passed(resource, target), Not(s.runs(target)))
    request = t.request(r, x) == And(s.request(r, x), Not(one))
    passed = t.passed(r, x) == And(s.passed(r, x), Not(one))
    return Claim({}, And(s.request(resource, target), free, request, passed))


@step_theorem(_RULE, except_for=(call_entry_point, return_from_entry_point), r="resource")
def codes_end_no_call(s: CallState, t: CallState, r: Term) -> Claim:
    """No control code makes a DLL run, or stop."""
    return Claim({}, t.runs(r) == s.runs(r))


CALL_THEOREMS = (
    one_call_at_a_time,
    return_waits_for_answers,
    checkpoint_code_is_issued_inside,
    other_code_is_issued_inside,
    only_other_codes_are_passed_on,
    answer_comes_from_the_free,
)
"""The theorems about one action."""

CALL_STEP_THEOREMS = (codes_end_no_call,)
"""The theorems about every action."""
