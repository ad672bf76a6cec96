"""Proofs on several processes: the same verdicts in the same order, and no process left over."""

import multiprocessing
from dataclasses import replace

import pytest

from clusckpt_proofs import Verdict, prove
from clusckpt_proofs.engine import PROVED_READINGS
from clusckpt_spec.readings import LIVE_PAIR, MSCS_PAGE
from clusckpt_spec.register import RuleID

ONLY = RuleID.NOT_PASSED_TO_DLL


def _told(verdicts: list[Verdict]) -> list[tuple[object, ...]]:
    return [(one.name, one.kind, one.rules, one.result) for one in verdicts]


def test_processes_change_nothing() -> None:
    """Two processes give the verdicts of one, in its order."""
    readings = [MSCS_PAGE, LIVE_PAIR]
    alone = list(prove(readings, ONLY))
    shared = list(prove(readings, ONLY, jobs=2))

    assert alone
    assert _told(shared) == _told(alone)


def test_progress_is_told() -> None:
    """Whoever waits is told of every obligation, and of how many there are."""
    told: list[tuple[int, int]] = []
    verdicts = list(prove([MSCS_PAGE], ONLY, jobs=2, done=lambda *one: told.append(one)))

    assert sum(more for more, _ in told) == len(verdicts)
    assert {total for _, total in told} == {len(verdicts)}


def test_an_interrupt_ends_the_processes() -> None:
    """Ctrl-C while others work leaves no process behind."""
    before = set(multiprocessing.active_children())

    def interrupt(_: int, __: int) -> None:
        assert set(multiprocessing.active_children()) - before
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(prove(PROVED_READINGS, ONLY, jobs=2, done=interrupt))

    assert set(multiprocessing.active_children()) == before


def test_a_reading_of_ones_own_is_proved_here() -> None:
    """A reading that does not ship cannot be named to a process, and is proved all the same."""
    own = replace(MSCS_PAGE, name="ours")
    verdicts = list(prove([own], ONLY, jobs=2))

    assert verdicts
    assert all(one.name.startswith("ours/") for one in verdicts)
