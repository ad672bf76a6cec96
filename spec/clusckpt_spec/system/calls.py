"""Control codes and waiting: why no checkpoint code can close a cycle of waits.

"The Cluster service does not pass any of the control codes involved with checkpointing to
resource DLLs, which means that resource DLLs can use the checkpointing control codes freely
without risking deadlocks." The cluster service waits for a resource DLL whose entry point it has
called, and for one to which it has passed a code on; a resource DLL that has issued a code waits
for the cluster service. A cycle of waits needs a code that was passed on.
"""

from collections.abc import Mapping

from z3 import And, ForAll, Not, Or

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.call_actions import (
    CallState,
    answer,
    answerable,
    call_entry_point,
    issue_checkpoint_code,
    issue_other_code,
    pass_on,
    return_from_entry_point,
)
from clusckpt_spec.system.call_theorems import CALL_STEP_THEOREMS, CALL_THEOREMS
from clusckpt_spec.system.claim import Claim, invariant
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import bound
from clusckpt_spec.system.system import Specification


@invariant(RuleID.NOT_PASSED_TO_DLL, r="resource", x="resource")
def checkpoint_code_waits_for_no_dll(s: CallState, r: Term, x: Term) -> Claim:
    """A resource DLL that has issued a checkpoint code waits for no DLL, hence is in no cycle."""
    return Claim({"checkpoint code": s.checkpoint_code(r)}, Not(s.passed(r, x)))


@invariant(RuleID.NOT_PASSED_TO_DLL, r="resource", x="resource")
def checkpoint_code_is_answerable(s: CallState, r: Term, x: Term) -> Claim:
    """A checkpoint code can be answered at once, whatever every resource DLL is doing."""
    return Claim(
        {"issued": s.request(r, x), "checkpoint code": s.checkpoint_code(r)},
        answerable(s, r, x),
    )


@invariant(RuleID.NOT_PASSED_TO_DLL, r="resource", x="resource", y="resource")
def one_code_at_a_time(s: CallState, r: Term, x: Term, y: Term) -> Claim:
    """A resource DLL waits for one code at a time."""
    return Claim({"issued": s.request(r, x), "issued too": s.request(r, y)}, x == y)


@invariant(RuleID.NOT_PASSED_TO_DLL, r="resource", x="resource")
def passed_means_issued(s: CallState, r: Term, x: Term) -> Claim:
    """Only a code that was issued, and that is not a checkpoint code, has been passed on."""
    return Claim({"passed": s.passed(r, x)}, And(s.request(r, x), Not(s.checkpoint_code(r))))


def initial(s: CallState) -> Mapping[str, Term]:
    """Nobody is calling anybody."""
    r, x = bound(s, "resource", "r x")
    silent = Not(Or(s.runs(r), s.request(r, x), s.passed(r, x), s.checkpoint_code(r)))
    return {"silent": ForAll([r, x], silent)}


CALLS = Specification(
    name="calls",
    state_type=CallState,
    axioms=lambda _: {},
    initial=initial,
    actions=(
        call_entry_point,
        issue_checkpoint_code,
        issue_other_code,
        pass_on,
        answer,
        return_from_entry_point,
    ),
    invariants=(
        checkpoint_code_waits_for_no_dll,
        checkpoint_code_is_answerable,
        one_code_at_a_time,
        passed_means_issued,
    ),
    theorems=CALL_THEOREMS,
    step_theorems=CALL_STEP_THEOREMS,
)
