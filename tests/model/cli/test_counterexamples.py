"""`clusckpt prove --counterexamples` writes traces that `clusckpt check` accepts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusckpt.cli.app import app


def _run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, [*arguments])
    return result.exit_code, result.output


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_each_trace_is_allowed_under_its_reading(tmp_path: Path) -> None:
    """What is written is a trace, named after the reading and the rule, and conforms there."""
    told = tmp_path / "told"
    status, out = _run("prove", "--reading", "windows-observed", "--counterexamples", str(told))
    traces = sorted(told.iterdir())

    assert status == 0
    assert "a crash before" in out
    assert [one.name for one in traces if one.suffix != ".jsonl"] == []
    assert len(traces) == 6
    for trace in traces:
        assert _run("check", "--reading", "windows-observed", str(trace))[0] == 0


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_the_page_does_not_allow_them(tmp_path: Path) -> None:
    """The trace of a change that still waits violates the page."""
    _run("prove", "--reading", "ms-cmrp", "--counterexamples", str(tmp_path))
    trace = tmp_path / "ms-cmrp-captured_while_online.jsonl"

    assert _run("check", "--reading", "mscs-page", str(trace))[0] == 1


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A file that is there already stays, and the command says so."""
    there = tmp_path / "live-pair-captured_while_online.jsonl"
    there.write_text("mine", encoding="utf-8")
    status, out = _run("prove", "--reading", "live-pair", "--counterexamples", str(tmp_path))

    assert status == 2
    assert "File exists" in out
    assert there.read_text(encoding="utf-8") == "mine"
