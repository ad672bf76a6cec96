"""Field incidents come out as the rules predict, and otherwise the oracle says which rule broke."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from clusckpt.files.trace_file import load_trace
from clusckpt.oracle import Report, VerdictKind, replay
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Rulebook
from clusckpt_spec.incidents import INCIDENTS

READINGS = pytest.mark.parametrize(
    "rules", [MSCS_PAGE_RULES, KB174070_RULES], ids=lambda one: one.reading.name
)
PREDICTED = (
    "rc01-service-root-key",
    "rc03-optimizer-edits-lost",
    "rc09-root-deleted-online",
    "rc13-password-removed",
    "rc15-cleanup-in-order",
    "rc15-key-resurrected",
    "rc17-shared-provider-key",
)


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


@READINGS
@pytest.mark.parametrize("name", PREDICTED)
def test_rules_predict_the_incident(name: str, rules: Rulebook, tmp_path: Path) -> None:
    """What was observed in the field is what the rules predict, under both readings."""
    report = _verdict(_lines(name), rules, tmp_path)

    assert report.kind is VerdictKind.CONFORMS, report.violation


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


@READINGS
@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_a_checkpoint_that_is_not_restored(rules: Rulebook, tmp_path: Path) -> None:
    """RC11: a setting that depends on the node breaks the rule about restoring before online."""
    report = _verdict(_lines("rc11-login-mode-flips"), rules, tmp_path)

    assert report.violation is not None
    assert report.violation.rule == "CKPT-RESTORE-BEFORE-ONLINE"
    assert report.violation.got.endswith("on NODE2: LoginMode = 1")
    assert [text[-13:] for text in report.violation.allowed] == ["LoginMode = 2"]


@pytest.mark.parametrize("name", [*PREDICTED, "rc11-login-mode-flips"])
def test_traces_name_their_incident(name: str) -> None:
    """Every bundled trace names an incident of the register, and where it was published."""
    header = _lines(name)[0]

    assert header["incident"] in INCIDENTS
    assert header["source"]
