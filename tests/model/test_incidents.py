"""Field incidents come out as the rules predict, and otherwise the oracle says which rule broke."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from clusckpt.files.trace_file import load_trace
from clusckpt.oracle import WINDOWS_READINGS, Report, VerdictKind, judge, replay
from clusckpt.predictions import bundled_names, bundled_trace
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES, Rulebook, rulebook
from clusckpt_spec.incidents import INCIDENTS
from clusckpt_spec.readings import READINGS, WINDOWS_OBSERVED, Reading

ALL = frozenset(reading.name for reading in WINDOWS_READINGS)
DELAYED = frozenset({"ms-cmrp", "windows-observed"})
ONLY_UNDER = {
    "crash-before-the-timer": DELAYED,
    "kb188674-started-outside": frozenset({"windows-observed"}),
    "kb278464-files-deleted": ALL - {"ms-cmrp"},
    "rc09-save-tried-again": DELAYED,
    "rc11-login-mode-flips": frozenset(),
}
"""The readings about Windows that a trace needs, where not all of them explain it."""


def _lines(name: str) -> list[dict[str, Any]]:
    """A bundled incident as the objects of its lines."""
    path = resources.files("clusckpt").joinpath("data", "incidents", f"{name}.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _verdict(lines: list[dict[str, Any]], rules: Rulebook, folder: Path) -> Report:
    """The oracle's verdict on a trace with these lines."""
    path = folder / "trace.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    trace = load_trace(path)
    return replay(trace.header, trace.lines, rules)


@pytest.mark.parametrize("name", bundled_names())
def test_what_was_observed_needs_these_readings(name: str) -> None:
    """What was observed in the field is what the named readings predict, and no other of them."""
    trace = bundled_trace(name)
    judgement = judge(trace.header, trace.lines, WINDOWS_READINGS)

    assert set(judgement.consistent) == ONLY_UNDER.get(name, ALL)


@pytest.mark.parametrize(
    ("name", "line", "observed", "rule"),
    [
        ("rc01-service-root-key", 6, {"Start": 3}, "CKPT-OFFLINE-OVERWRITTEN"),
        (
            "rc03-optimizer-edits-lost",
            4,
            {"DB Path": "T:\\fast\\priv.edb"},
            "CKPT-OFFLINE-OVERWRITTEN",
        ),
        ("rc13-password-removed", 4, {"Password": "secret"}, "CKPT-OFFLINE-OVERWRITTEN"),
        ("rc15-key-resurrected", 4, None, "CKPT-OFFLINE-OVERWRITTEN"),
        ("rc17-shared-provider-key", 3, {"Key": "of A"}, "CKPT-RESTORE-BEFORE-ONLINE"),
        ("kb188674-mark-overwritten", 6, {}, "CKPT-OFFLINE-OVERWRITTEN"),
        ("kb290651-subkeys-only", 5, {"Start": 4}, "CKPT-RESTORE-BEFORE-ONLINE"),
        ("kb912397-removed-and-added", 7, {"Enabled": 0}, "CKPT-RESTORE-BEFORE-ONLINE"),
        ("kb912397-setting-comes-back", 7, {"Enabled": 1}, "CKPT-OFFLINE-OVERWRITTEN"),
        ("suhde2009-failed-state", 9, {"Enabled": 1}, "CKPT-OFFLINE-OVERWRITTEN"),
    ],
)
def test_another_outcome_would_break_a_rule(
    name: str, line: int, observed: dict[str, Any] | None, rule: str, tmp_path: Path
) -> None:
    """Had the key on the node come out otherwise, the oracle would name the broken rule."""
    lines = _lines(name)
    tree = lines[line]["observed"]["registry"]["NODE1"]
    tree[next(iter(tree))] = observed
    report = _verdict(lines, MSCS_PAGE_RULES, tmp_path)

    assert report.violation is not None
    assert (report.violation.line, report.violation.rule) == (line + 1, rule)


@pytest.mark.parametrize("name", ["rc05-backup-record-stays", "rc05-checkpoint-added"])
def test_a_record_follows_only_with_a_checkpoint(name: str, tmp_path: Path) -> None:
    """RC05: had the record come or stayed against the checkpoint list, a rule would be broken."""
    lines = _lines(name)
    tree = lines[-1]["observed"]["registry"]["NODE2"]
    key = next(iter(tree))
    tree[key] = None if tree[key] is not None else {}
    report = _verdict(lines, WINDOWS_OBSERVED_RULES, tmp_path)

    assert report.violation is not None
    assert report.violation.rule == "CKPT-RESTORE-BEFORE-ONLINE"


@pytest.mark.parametrize("reading", WINDOWS_READINGS, ids=lambda one: one.name)
@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_checkpoint_that_is_not_restored(reading: Reading, tmp_path: Path) -> None:
    """RC11: a setting that depends on the node breaks the rule about restoring before online."""
    report = _verdict(_lines("rc11-login-mode-flips"), rulebook(reading), tmp_path)

    assert report.violation is not None
    assert report.violation.rule == "CKPT-RESTORE-BEFORE-ONLINE"
    assert report.violation.got.endswith("on NODE2: LoginMode = 1")
    assert [text[-13:] for text in report.violation.allowed] == ["LoginMode = 2"]


@pytest.mark.parametrize("reading", WINDOWS_READINGS, ids=lambda one: one.name)
@pytest.mark.rule("CKPT-ROOT-DELETED")
def test_the_next_online_brings_a_deleted_root_back(reading: Reading, tmp_path: Path) -> None:
    """RC09 does not report what the next online does: by the rules, the last good copy is back."""
    lines = _lines("rc09-root-deleted-online")
    resource = "Exchange Information Store Instance"
    key = lines[2]["key"]
    lines += [
        {"call": "OfflineClusterResource", "resource": resource, "returned": "ERROR_SUCCESS"},
        {"call": "OnlineClusterResource", "resource": resource, "returned": "ERROR_SUCCESS"},
    ]
    verdicts = {}
    for name, tree in (("back", {"ConfigDCHostName": "dc1"}), ("gone", None)):
        lines[-1]["observed"] = {"registry": {"NODE1": {key: tree}}}
        verdicts[name] = _verdict(lines, rulebook(reading), tmp_path).kind

    assert verdicts == {"back": VerdictKind.CONFORMS, "gone": VerdictKind.VIOLATES}


@pytest.mark.parametrize(
    "name",
    [
        "kb192493-rights-missing",
        "kb316772-logon-holds-keys",
        "rc07-open-handles",
    ],
)
def test_event_1024_needs_a_cause(name: str, tmp_path: Path) -> None:
    """Had nothing kept the key from being restored, event 1024 would break a rule."""
    hinders = ("RegOpenKeyEx", "RegSetKeySecurity")
    lines = [line for line in _lines(name) if line.get("call") not in hinders]
    report = _verdict(lines, rulebook(WINDOWS_OBSERVED), tmp_path)

    assert report.violation is not None
    assert report.violation.got == "event log: event 1024"
    assert report.violation.rule == "CKPT-RESTORE-BEFORE-ONLINE"


def test_every_incident_has_a_trace() -> None:
    """Every incident of the register is replayed, and no trace names an unknown one."""
    named = {bundled_trace(name).header.incident for name in bundled_names()}

    assert named - {None} == set(INCIDENTS)


@pytest.mark.parametrize("name", bundled_names())
def test_traces_say_where_they_come_from(name: str) -> None:
    """Every trace has a title and a source, and admits an outcome that was not reported."""
    header = bundled_trace(name).header
    record = INCIDENTS.get(header.incident or "")

    assert header.title
    assert header.source
    if record is not None and record.observed.startswith("No outcome is reported"):
        assert header.outcome == "inferred"


def test_other_products_are_other_products() -> None:
    """A product without a restore before online explains what no reading about Windows does."""
    trace = bundled_trace("rc11-login-mode-flips")
    judgement = judge(trace.header, trace.lines, tuple(READINGS.values()))

    assert judgement.consistent == ("live-pair",)
