"""The report: JSON and back, JUnit, story, script, artifacts, differences, coverage."""

import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from clusckpt.conformance import Budget, ConformanceReport, Plan, Result, load_report, report, run
from clusckpt.conformance.artifacts import write_artifacts
from clusckpt.conformance.diff import Difference, difference, told
from clusckpt.conformance.junit import junit
from clusckpt.conformance.report import FaultRecord, RuleResult, dump_report
from clusckpt.conformance.text import text
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_file import load_trace
from clusckpt.oracle import JudgementKind, judge
from clusckpt.parties.model import ModelParty
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.register import RuleID
from tests.conformance.faulty_party import DeafParty, with_bug

STORY = """\
   Nodes N1; every resource is offline.
   R1 in group G1 on N1: Software\\App.
 1. R1 is asked to come online (OnlineClusterResource) → ERROR_SUCCESS (0)
 2. On N1 somebody writes Software\\App\\v = x (RegSetValueEx) → ERROR_SUCCESS (0)
   got      stored copy of Software\\App of R1: no copy
   allowed  stored copy of Software\\App of R1: a copy"""


@cache
def broken() -> Result:
    """The result of a run on a party that captures nothing."""
    party = with_bug("skip capture")
    return run(party, party.initialize(), Plan((MSCS_PAGE,), Budget(4)))


@cache
def sound() -> Result:
    """The result of a run on the model."""
    party = ModelParty(MSCS_PAGE)
    return run(party, party.initialize(), Plan((MSCS_PAGE,), Budget(8)))


def verdicts(document: ConformanceReport) -> dict[str, RuleResult]:
    """The results by rule."""
    return {one.rule: one for one in document.rules}


def test_a_report_reads_as_it_was_written(tmp_path: Path) -> None:
    """JSON and back gives the same report, with every rule in it."""
    document = report(broken())
    path = tmp_path / "report.json"
    path.write_text(dump_report(document), encoding="utf-8")

    assert load_report(path) == document
    assert list(verdicts(document)) == list(RuleID)
    assert document.verdict == "violates"
    assert document.consistent == ()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format": "other"}', b"[" * 9999])
def test_what_is_no_report_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file that holds no report is named, with what was expected."""
    path = tmp_path / "report.json"
    path.write_bytes(content)

    with pytest.raises(UnusableInput, match="allowed: a report in clusckpt-conformance/1"):
        load_report(path)


def test_the_story_tells_the_program() -> None:
    """The shortest program is told in numbered steps, with got, allowed and because."""
    (finding,) = report(broken()).findings
    lines = finding.story

    assert "\n".join(lines[:6]) == STORY
    assert lines[6].startswith("   because  CKPT-CAPTURE-ONLINE Capture on change while online: “")
    assert "violates CKPT-CAPTURE-ONLINE: no reading explains this program of 2 calls" in text(
        report(broken())
    )


def test_artifacts_show_the_violation_again(tmp_path: Path) -> None:
    """The trace is judged as the run judged it, and the script replays it by itself."""
    trace, script = write_artifacts(broken(), tmp_path)
    loaded = load_trace(trace)
    judgement = judge(loaded.header, loaded.lines, [MSCS_PAGE], [MSCS_PAGE])
    adapter = [sys.executable, "-m", "clusckpt.parties"]
    done = subprocess.run(  # noqa: S603 - our own script and our own adapter
        [sys.executable, "-I", str(script), *adapter],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert (trace.name, script.name) == ("CKPT-CAPTURE-ONLINE.jsonl", "CKPT-CAPTURE-ONLINE.py")
    assert judgement.kind is JudgementKind.VIOLATES
    assert done.stdout.count("> observe") == 2
    assert done.stdout.count('< {"jsonrpc"') == 7
    assert '"error"' not in done.stdout


def test_artifacts_need_a_directory(tmp_path: Path) -> None:
    """A directory that cannot be made is refused with its name."""
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(UnusableInput, match="choose another --artifacts"):
        write_artifacts(broken(), tmp_path / "file")


def test_junit_has_a_case_for_each_rule() -> None:
    """A broken rule fails with its story, and what was not exercised is skipped with a reason."""
    suite = ET.fromstring(junit(report(broken())))  # noqa: S314 - our own document
    cases = {case.get("name"): case for case in suite}
    failure = cases["CKPT-CAPTURE-ONLINE"].find("failure")
    skipped = cases["CKPT-IN-BACKUP"].find("skipped")

    assert list(cases) == list(RuleID)
    assert suite.get("failures") == "1"
    assert failure is not None
    assert STORY in (failure.text or "")
    assert skipped is not None
    assert skipped.get("message", "").startswith("the run ended at the first rule")


def test_junit_writes_what_xml_cannot() -> None:
    """Faults are errors, and characters that XML does not have are replaced."""
    fault = FaultRecord("crashed", "reset", "\0\x1b[1m\ud800 died", "mend it")
    document = msgspec.structs.replace(report(sound()), faults=(fault,))
    error = ET.fromstring(junit(document)).find("testcase/error")  # noqa: S314 - as above

    assert error is not None
    assert error.get("message") == "crashed: reset: \ufffd\ufffd[1m\ufffd died (1)"


def test_a_difference_by_rule() -> None:
    """What broke, what was mended, and what is covered or not any more."""

    def made(*verdict: str) -> ConformanceReport:
        rules = [{"rule": f"R{at}", "verdict": one} for at, one in enumerate(verdict)]
        whole = msgspec.to_builtins(report(sound())) | {"rules": rules}
        return msgspec.convert(whole, ConformanceReport)

    none = "not exercised"
    old = made("conforms", "violates", none, "conforms", "violates", "conforms")
    new = made("violates", "conforms", "conforms", none, none, "conforms")
    found = difference(old, new)

    assert found == Difference(("R0",), ("R1",), ("R2",), ("R3", "R4"))
    assert told(found)[0] == "newly broken: R0"
    assert difference(old, old) == Difference()
    assert told(Difference()) == ("no rule came out otherwise",)


def test_coverage_says_why_not() -> None:
    """A rule that needs a call that the party has not says so; what was tested is counted."""
    party = DeafParty("OnlineClusterResource", "RegSetValueEx")
    result = run(party, party.initialize(), Plan((MSCS_PAGE,), Budget(6)))
    found = verdicts(report(result))
    backup = "the party has no BackupClusterDatabase and no RestoreClusterDatabase"

    assert found["CKPT-IN-BACKUP"] == RuleResult("CKPT-IN-BACKUP", "not exercised", 0, backup)
    assert found["CKPT-CAPTURE-ONLINE"].verdict == "conforms"
    assert found["CKPT-CAPTURE-ONLINE"].executions > 0
    assert found["CKPT-ROOT-DELETED"].reason == "the party has no RegDeleteTree"
    assert found["CKPT-TREE-REPLACED"].reason == (
        "a breach shows as one of CKPT-RESTORE-BEFORE-ONLINE"
    )
    assert set(report(result).calls) == {"OnlineClusterResource", "RegSetValueEx"}
