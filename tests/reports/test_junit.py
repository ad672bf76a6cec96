"""JUnit: one case a trace, failed or not as the exit status says."""

from xml.etree import ElementTree as ET

import pytest

from clusckpt.oracle import Judgement, JudgementKind
from clusckpt.reports.junit import junit
from tests.reports.traces import HOSTILE, MOVE, ONLINE, not_judged, subject, trace, unrestored


def suite(*judged: tuple[str, Judgement]) -> ET.Element:
    """The suite, parsed."""
    return ET.fromstring(junit(judged))  # noqa: S314 - our own


def test_a_violation_fails_and_says_why() -> None:
    """The failure has the rule, and got, allowed and because."""
    found = suite(("t.jsonl", subject(unrestored()).judgement))
    failure = found.find("testcase/failure")

    assert found.attrib == {
        "name": "clusckpt check",
        "tests": "1",
        "failures": "1",
        "errors": "0",
        "skipped": "0",
    }
    assert failure is not None
    assert failure.attrib["type"] == "CKPT-RESTORE-BEFORE-ONLINE"
    lines = (failure.text or "").splitlines()
    assert lines[:3] == [
        "t.jsonl:3 MoveClusterGroup violates CKPT-RESTORE-BEFORE-ONLINE",
        "   got      Software\\App on N2: v = 'new'",
        "   allowed  Software\\App on N2: v = 'old'",
    ]
    assert lines[3].startswith("   because  CKPT-RESTORE-BEFORE-ONLINE Restore before online: “")


def test_what_conforms_passes() -> None:
    """A trace that follows the rules is a case without failure, and every reading is listed."""
    found = suite(("t.jsonl", subject(trace(ONLINE, MOVE)).judgement))

    assert [one.tag for one in found.iter()] == ["testsuite", "testcase", "system-out"]
    assert "mscs-page: conforms" in (found.findtext("testcase/system-out") or "").splitlines()


@pytest.mark.parametrize("kind", [JudgementKind.UNSPECIFIED, JudgementKind.UNDECIDED])
def test_what_cannot_be_judged_is_an_error(kind: JudgementKind) -> None:
    """A trace that is undecided or unspecified is neither passed nor failed."""
    found = suite(("t.jsonl", not_judged(kind)))
    error = found.find("testcase/error")

    assert (found.attrib["failures"], found.attrib["errors"]) == ("0", "1")
    assert error is not None
    assert error.attrib["type"] == kind.value


def test_hostile_names_are_text() -> None:
    """Names that look like markup, and characters that XML has no way to write, do no harm."""
    path = f"{HOSTILE}\x00"
    found = suite((path, subject(unrestored()).judgement))
    case = found.find("testcase")

    assert case is not None
    assert case.attrib["name"] == f"{HOSTILE}\ufffd"
    assert [one.tag for one in found.iter()][:3] == ["testsuite", "testcase", "failure"]
