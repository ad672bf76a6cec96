"""The committed tables are what the oracle says, and they can be read."""

from typing import Any

import pytest

from clusckpt.oracle import VerdictKind
from clusckpt.predictions import bundled_names, predictions
from clusckpt.predictions.__main__ import written
from clusckpt.predictions.bundled import data_file
from clusckpt.predictions.choices import EVIDENCE_FILE, weighed
from clusckpt.predictions.verdicts import PREDICTIONS_FILE, predicted
from clusckpt_spec.ambiguities import AMBIGUITIES
from clusckpt_spec.readings import READINGS


def _committed(file: str) -> str:
    return data_file(file).read_text(encoding="utf-8")


def test_the_predictions_are_current() -> None:
    """The committed verdicts are those of the oracle: python -m clusckpt.predictions."""
    assert _committed(PREDICTIONS_FILE) == written(predicted())


@pytest.fixture(scope="module")
def evidence() -> dict[str, Any]:
    """The table of choices, made anew."""
    return weighed()


def test_the_evidence_is_current(evidence: dict[str, Any]) -> None:
    """The committed evidence is that of the oracle: python -m clusckpt.predictions."""
    assert _committed(EVIDENCE_FILE) == written(evidence)


def test_every_trace_has_a_verdict_under_every_reading() -> None:
    """The table is complete; what it does not call conforming has a rule and a line."""
    assert [(one.trace, one.reading) for one in predictions()] == [
        (trace, reading) for trace in bundled_names() for reading in READINGS
    ]
    for one in predictions():
        violates = one.verdict is VerdictKind.VIOLATES
        assert violates == (one.violated is not None) == (one.line is not None)
        assert one.violated is None or one.violated in one.tests


def test_every_ambiguity_is_spoken_of_or_silent(evidence: dict[str, Any]) -> None:
    """Each ambiguity is in one of the two lists, with all its choices."""
    spoken = evidence["ambiguities"]

    assert sorted([*spoken, *evidence["silent"]]) == sorted(AMBIGUITIES)
    for ambiguity, entry in spoken.items():
        names = [choice.name for choice in AMBIGUITIES[ambiguity].choices]
        assert list(entry["choices"]) == names


@pytest.mark.parametrize(
    ("ambiguity", "refuted", "trace"),
    [
        ("A1", "immediate", "rc09-save-tried-again"),
        ("A4", "at-first-online", "sqldbadiaries2010-forced-copy"),
        ("A5", "nothing-captured", "sqldbadiaries2010-forced-copy"),
        ("A9", "case-sensitive", "rc15-cleanup-in-order"),
        ("A25", "fatal", "kb188674-started-outside"),
        ("A27", "fatal", "kb278464-files-deleted"),
        ("A29", "like-online", "suhde2009-failed-state"),
        ("A31", "eager", "sqldbadiaries2010-forced-copy"),
    ],
)
def test_the_field_speaks(
    ambiguity: str, refuted: str, trace: str, evidence: dict[str, Any]
) -> None:
    """A published case refutes a choice, and supports another one of the same ambiguity."""
    choices = evidence["ambiguities"][ambiguity]["choices"]
    supporting = {name for name, said in choices.items() if trace in _traces(said["supported"])}

    assert trace in _traces(choices[refuted]["refuted"])
    assert supporting
    assert refuted not in supporting


def _traces(entries: list[dict[str, Any]]) -> list[str]:
    return [entry["trace"] for entry in entries]


def test_what_was_inferred_is_marked(evidence: dict[str, Any]) -> None:
    """A trace whose outcome nobody reported is marked, wherever it is named."""
    said = evidence["ambiguities"]["A1"]["choices"]["immediate"]["refuted"]

    assert {entry["trace"]: entry["outcome"] for entry in said} == {
        "crash-before-the-timer": "inferred",
        "rc09-save-tried-again": "reported",
    }
