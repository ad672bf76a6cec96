"""The field incidents: all that were handed over, each tied to rules."""

import json
from importlib import resources

import pytest

from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.incidents import INCIDENTS, Incident
from clusckpt_spec.incidents.cases import INCIDENT_RECORDS
from clusckpt_spec.readings import WINDOWS_OBSERVED
from clusckpt_spec.register import RULES, RuleID

HANDED_OVER = [
    "RC01",
    "RC03",
    "RC05",
    "RC07",
    "RC09",
    "RC11",
    "RC13",
    "RC15",
    "RC17",
    "RC19",
    "RC21",
]
ORACLE = json.loads(
    resources.files("clusckpt.data").joinpath("evidence.json").read_text(encoding="utf-8")
)["ambiguities"]
"""What the oracle says of the bundled traces."""
WITHOUT_OUTCOME = {"RC15", "RC17", "RC19", "RC21"}


def sentences(text: str) -> int:
    """How many sentences a text has, counted by their ends."""
    return sum(word.endswith((".", ";")) for word in text.split())


def test_every_incident_has_one_record() -> None:
    """Every incident that was handed over has exactly one record, in order."""
    assert [record.id for record in INCIDENT_RECORDS] == HANDED_OVER
    assert list(INCIDENTS.items()) == [(record.id, record) for record in INCIDENT_RECORDS]


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_rules_exist(record: Incident) -> None:
    """Every incident names at least one rule of the register, and none twice."""
    assert record.rules
    assert len(set(record.rules)) == len(record.rules)
    assert set(record.rules) <= set(RULES)


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_record_is_readable(record: Incident) -> None:
    """The story has one to three sentences, and no text is empty or padded with blanks."""
    texts = (record.title, record.source, record.story, record.prediction, record.observed)

    assert 1 <= sentences(record.story) <= 3
    assert [text for text in texts if not text or text != " ".join(text.split())] == []


def test_sentences_are_counted() -> None:
    """The count of sentences sees each end of a sentence."""
    assert sentences("One is here. Another follows; a third ends it.") == 3


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_missing_outcome_is_admitted(record: Incident) -> None:
    """An incident whose source reports no outcome says so, and only such a one does."""
    admitted = record.observed.startswith("No outcome is reported")

    assert admitted == (record.id in WITHOUT_OUTCOME)


def test_sources_are_citations() -> None:
    """A source names a publication, not a file of ours."""
    assert [
        record.id
        for record in INCIDENT_RECORDS
        if "/" in record.source or record.source.endswith((".txt", ".jsonl"))
    ] == []


def test_page_rules_are_met_in_the_field() -> None:
    """The rules of the page about capture, overwriting, restore and instances have incidents."""
    met = {identifier for record in INCIDENT_RECORDS for identifier in record.rules}

    assert {
        RuleID.CAPTURE_ONLINE,
        RuleID.OFFLINE_OVERWRITTEN,
        RuleID.RESTORE_BEFORE_ONLINE,
        RuleID.INSTANCES,
    } <= met


@pytest.mark.parametrize("record", INCIDENT_RECORDS, ids=HANDED_OVER)
def test_evidence_is_known(record: Incident) -> None:
    """What an incident speaks for is a choice that exists, and one for each ambiguity."""
    known = [
        (ambiguity, choice)
        for ambiguity, choice in record.evidence
        if choice in {offered.name for offered in AMBIGUITIES[ambiguity].choices}
    ]

    assert tuple(known) == record.evidence
    assert len(dict(known)) == len(known)


def test_evidence_is_what_was_observed() -> None:
    """The reading of the field evidence makes each choice that an incident speaks for."""
    supported = dict(pair for record in INCIDENT_RECORDS for pair in record.evidence)

    assert supported == {ambiguity: WINDOWS_OBSERVED[ambiguity] for ambiguity in supported}
    assert supported == {
        AmbiguityID.A1: "eventual",
        AmbiguityID.A4: "at-add",
        AmbiguityID.A9: "case-insensitive",
        AmbiguityID.A23: "allowed",
        AmbiguityID.A25: "logged-and-survived",
    }


def refuted(ambiguity: AmbiguityID, choice: str) -> set[str]:
    """The incidents whose traces refute a choice, as the oracle judges them."""
    choices = ORACLE[ambiguity]["choices"] if ambiguity in ORACLE else {}
    against = choices.get(choice, {}).get("refuted", [])
    return {one["trace"].partition("-")[0].upper() for one in against}


def test_evidence_agrees_with_the_oracle() -> None:
    """No incident speaks for a choice that its trace refutes, and one speaks for what is left.

    What is left is the only choice that the trace of an incident does not refute.
    """
    contradicted = []
    missing = []
    for record in INCIDENT_RECORDS:
        for ambiguity, entry in AMBIGUITIES.items():
            names = [choice.name for choice in entry.choices]
            left = [name for name in names if record.id not in refuted(ambiguity, name)]
            said = dict(record.evidence).get(ambiguity)
            contradicted += [(record.id, ambiguity)] if said and said not in left else []
            missing += [(record.id, ambiguity)] if len(left) == 1 and said is None else []

    assert contradicted == []
    assert missing == []


def test_register_cannot_be_changed() -> None:
    """Nobody can put another incident into the register."""
    with pytest.raises(TypeError, match="does not support item assignment"):
        INCIDENTS["RC01"] = INCIDENTS["RC03"]  # type: ignore[index]
