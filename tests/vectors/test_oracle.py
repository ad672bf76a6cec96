"""The oracle, which follows traces on its own, agrees with the vectors."""

import pytest

from clusckpt.oracle import VerdictKind, replay
from clusckpt.rules import rulebook
from clusckpt_spec.formats.vectors import Case, VectorFile
from clusckpt_spec.readings import READINGS
from tests.vectors.samples import header, lines, sample

CASES = sample(24)


@pytest.mark.parametrize(("file", "case"), CASES, ids=[case.id for _, case in CASES])
def test_the_path_of_a_case_conforms(file: VectorFile, case: Case) -> None:
    """The sequence of chosen results is allowed under every reading of the case."""
    verdicts = {
        name: replay(header(file, case), lines(file, case.steps), rulebook(READINGS[name])).kind
        for name in case.readings
    }

    assert set(verdicts.values()) == {VerdictKind.CONFORMS}


@pytest.mark.parametrize(("file", "case"), CASES, ids=[case.id for _, case in CASES])
def test_what_is_allowed_conforms(file: VectorFile, case: Case) -> None:
    """Every result that is allowed after the last event is allowed by the oracle."""
    rules = rulebook(READINGS[case.readings[0]])
    verdicts = {
        replay(header(file, case), lines(file, case.steps, result), rules).kind
        for result in case.steps[-1].allowed
    }

    assert verdicts == {VerdictKind.CONFORMS}


def test_near_misses_do_not_conform() -> None:
    """The oracle finds a violation in near misses that an incomplete log shows as well."""
    found = [
        replay(
            header(file, case), lines(file, case.steps[:at], miss), rulebook(READINGS[reading])
        ).kind
        for file, case in CASES
        if file.file != "failures"  # where an entry is missing from a log, which may be filtered
        for reading in case.readings[:1]
        for at, step in enumerate(case.steps, start=1)
        for miss in step.forbidden
    ]

    assert len(found) > 50
    assert set(found) == {VerdictKind.VIOLATES}
