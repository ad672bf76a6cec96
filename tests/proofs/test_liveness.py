"""What waits is captured in the end, under fairness, and would not be without it."""

from dataclasses import replace

import pytest
import z3

from clusckpt_proofs.liveness import progress_obligations, promise_obligations
from clusckpt_proofs.obligation import Kind, Result
from clusckpt_proofs.tour import BESIDE, N1, OLD, R2, checkpoint_program, run
from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import MSCS_PAGE, READINGS, WINDOWS_OBSERVED
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.progress import captured_in_the_end, comes
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.system import TransitionSystem

NEW = 3


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-KB-CAPTURE-ONLINE")
def test_it_is_promised_where_captures_wait() -> None:
    """The readings with delayed capture promise it; where none waits, there is no need to."""
    promising = {name for name, one in READINGS.items() if comes(one)}

    assert promising == {"ms-cmrp", "windows-observed", "vcs-regrep", "live-pair"}
    assert list(progress_obligations(CHECKPOINTS, MSCS_PAGE)) == []
    assert list(progress_obligations(CALLS, WINDOWS_OBSERVED)) == []


def test_optional_captures_are_not_promised() -> None:
    """A reading under which a capture may never come promises nothing (A1)."""
    choices = {**WINDOWS_OBSERVED.choices, AmbiguityID.A1: "optional"}

    assert not comes(replace(WINDOWS_OBSERVED, choices=choices))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-KB-CAPTURE-ONLINE")
def test_every_premise_of_the_fairness_rule_holds() -> None:
    """Enabled all the while, ended by nothing but the goal, and reached by the capture."""
    verdicts = [one.verdict() for one in progress_obligations(CHECKPOINTS, WINDOWS_OBSERVED)]

    assert {one.kind for one in verdicts} == {Kind.PROGRESS}
    assert len(verdicts) == 2 + len(CHECKPOINTS.actions_under(WINDOWS_OBSERVED))
    assert [one.name for one in verdicts if one.result is not Result.HOLDS] == []


@action(resource="resource", root="key")
def forgets(s: State, resource: Term, root: Term) -> Step:
    """A change that waits is forgotten."""

    def kept(r: Term, p: Term) -> Term:
        return z3.And(s.dirty(r, p), z3.Not(z3.And(r == resource, p == root)))

    return Step(z3.BoolVal(val=True), s.updated(dirty=kept))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_forgotten_change_is_found() -> None:
    """An action that ends the waiting without a capture is not let through."""
    specification = replace(CHECKPOINTS, actions=(*CHECKPOINTS.actions, forgets))
    system = TransitionSystem(specification, WINDOWS_OBSERVED, unbounded())
    promised = promise_obligations(system, captured_in_the_end)
    wanting = [one for one in promised if one.verdict().result is not Result.HOLDS]

    assert [one.name.rsplit("/", 1)[1] for one in wanting] == ["forgets"]


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_without_fairness_it_may_wait_for_ever() -> None:
    """A run can come back to the same state, with the same change waiting."""
    program, start = checkpoint_program(WINDOWS_OBSERVED)
    online = (
        ("write", (N1, BESIDE, OLD)),
        ("add_checkpoint", (R2, BESIDE)),
        ("begin_online", (R2,)),
        ("restore", (R2, BESIDE)),
        ("complete_online", (R2,)),
        ("write", (N1, BESIDE, NEW)),
    )
    loop = (("block", (N1, BESIDE)), ("unblock", (N1, BESIDE)))
    states = run(program, start, online + loop)
    waits = program.predicate(
        captured_in_the_end.waiting(program.state, *captured_in_the_end.elements(program.state)),
        *(name for name, _ in captured_in_the_end.variables),
    )

    assert all(waits(state, R2, BESIDE) for state in states[-3:])
    assert states[-1] == states[-3]
