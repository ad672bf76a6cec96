"""A state of the calls is stuck exactly if the graph of who waits for whom has a closed cycle."""

from functools import cache
from itertools import product

import pytest

from clusckpt.waits import EntryPoint, OrdinaryCode, closed_cycle, wait_for_graph
from clusckpt_proofs.agreement.waits import (
    USUAL,
    Cast,
    WaitComparison,
    calls_of,
    compare_waits,
    reachable,
    stuck_states,
)
from clusckpt_proofs.tour import DEADLOCK, call_program, run
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.program import Concrete, Program


@cache
def calls() -> tuple[Program, Concrete]:
    """Two resource DLLs, nobody calling anybody."""
    return call_program(MSCS_PAGE)


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
def test_stuck_means_a_closed_cycle() -> None:
    """On every state of two resources both say the same, and some of the states are stuck."""
    assert compare_waits(*calls()) == WaitComparison(states=100, stuck=20, disagreements=())


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize(("inside", "code"), list(product(EntryPoint, ControlCode)))
def test_any_entry_point_and_code(inside: EntryPoint, code: ControlCode) -> None:
    """They agree whichever entry point and checkpoint code a state stands for."""
    compared = compare_waits(*calls(), Cast(inside, code))

    assert compared.disagreements == ()


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
def test_wrong_graph_is_noticed() -> None:
    """If checkpoint codes went to resource DLLs, the graph would have cycles that no state has."""
    wrong = compare_waits(*calls(), Cast(checkpoint_code=OrdinaryCode.SET_PRIVATE_PROPERTIES))

    assert len(wrong.disagreements) > 0


def test_the_deadlock_of_the_tour_is_stuck() -> None:
    """The run that ends in a deadlock ends in a stuck state with a cycle; the state before not."""
    program, start = calls()
    *_, before, after = run(program, start, DEADLOCK)
    stuck = set(stuck_states(program, reachable(program, start)))

    assert (before in stuck, after in stuck) == (False, True)
    assert closed_cycle(wait_for_graph(calls_of(program, before, USUAL))) is None
    assert closed_cycle(wait_for_graph(calls_of(program, after, USUAL))) is not None
