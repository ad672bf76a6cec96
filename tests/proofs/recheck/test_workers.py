"""Worker processes: a crash is an error, and nobody is left behind."""

import multiprocessing
import os

import pytest

from clusckpt_proofs.recheck.workers import WorkerCrashed, in_parallel


def test_outcomes_have_the_number_of_their_portion() -> None:
    """Whatever comes first, each outcome is told with what it is the outcome of."""
    assert dict(in_parallel(abs, [-1, -2, -3], 2)) == {0: 1, 1: 2, 2: 3}


def test_one_job_starts_no_process() -> None:
    """With one job the work is done here, in order."""
    assert list(in_parallel(lambda number: (number, os.getpid()), [5, 6], 1)) == [
        (0, (5, os.getpid())),
        (1, (6, os.getpid())),
    ]


def test_a_crash_is_an_error() -> None:
    """A process that ends before its work is no outcome at all."""
    with pytest.raises(WorkerCrashed, match="so nothing is shown"):
        list(in_parallel(os._exit, [3, 3], 2))


def test_a_fault_is_passed_on() -> None:
    """What a process raises is raised here."""
    with pytest.raises(ValueError, match="invalid literal"):
        list(in_parallel(int, ["1", "x"], 2))


def test_who_wants_no_more_leaves_nobody() -> None:
    """A reader who stops early ends the processes."""
    before = set(multiprocessing.active_children())
    outcomes = in_parallel(abs, [-1, -2, -3, -4], 2)
    next(outcomes)
    during = set(multiprocessing.active_children())
    outcomes.close()

    assert during - before
    assert set(multiprocessing.active_children()) == before
