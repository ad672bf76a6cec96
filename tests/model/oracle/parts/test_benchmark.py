"""The benchmark of the oracle measures what it says; nothing is asserted about time."""

from pathlib import Path

import pytest

from clusckpt.files.trace_file import load_trace
from clusckpt.oracle.replay import Follower
from clusckpt_spec.readings import MSCS_PAGE
from tests.benchmarks import oracle


def test_traces_are_as_long_as_asked(tmp_path: Path) -> None:
    """A trace has so many events, and its writes choose from so many values."""
    path = tmp_path / "trace.jsonl"
    oracle.write_trace(path, 200, 2)
    lines = load_trace(path).lines

    assert len(lines) == 200
    assert {getattr(line.event, "value", 0) for line in lines} == {0, 1}


def test_only_traces_that_conform_are_measured(tmp_path: Path) -> None:
    """A trace that is not explained to its end has no rate."""
    path = tmp_path / "trace.jsonl"
    oracle.write_trace(path, 20, 2)

    assert oracle.rate(path, Follower, MSCS_PAGE, 20) > 0
    text = path.read_text(encoding="utf-8").replace('"Online"', '"Failed"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"not explained after 0 lines: violates"):
        oracle.rate(path, Follower, MSCS_PAGE, 20)


def test_both_tables_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the ratios, and rate and memory for longer and longer traces."""
    assert oracle.main(["--events", "300", "--whole", "20"]) == 0

    told = capsys.readouterr().out
    for part in ("as a whole", "windows-observed", "values never repeat", "peak memory"):
        assert part in told
