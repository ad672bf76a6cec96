"""`clusckpt check --format html` and `--format junit`: what is written, and the exit status."""

import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from clusckpt.cli import main
from clusckpt.files.trace_file import dump_trace
from clusckpt_spec.formats.trace import Trace
from tests.reports.traces import MOVE, ONLINE, trace, unrestored

Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Run `clusckpt check`; its status and what it writes."""

    def run(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["clusckpt", "check", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().out

    return run


def written(folder: Path, name: str, told: Trace) -> Path:
    """A trace as a file."""
    path = folder / name
    path.write_text(dump_trace(told), encoding="utf-8")
    return path


def test_html_goes_to_the_file(check: Check, tmp_path: Path) -> None:
    """The page is in the file that was named, standard output is empty, the status is 1."""
    path, page = written(tmp_path, "bad.jsonl", unrestored()), tmp_path / "report.html"
    status = check(path, "--format", "html", "--output", page)

    assert status == (1, "")
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>\n")
    assert page.read_text(encoding="utf-8").endswith("</html>\n")


def test_html_by_one_reading(check: Check, tmp_path: Path) -> None:
    """With a reading the page has its verdict alone, and the command names it."""
    status, page = check(
        written(tmp_path, "good.jsonl", trace(ONLINE, MOVE)),
        *("--format", "html", "--reading", "windows-observed"),
    )

    assert status == 0
    assert "--reading windows-observed" in page
    assert "mscs-page" not in page


def test_html_with_evidence(check: Check, tmp_path: Path) -> None:
    """With --evidence the page says what the trace says about open choices."""
    path = written(tmp_path, "good.jsonl", trace(ONLINE, MOVE))

    assert "Evidence for open choices" in check(path, "--format", "html", "--evidence")[1]
    assert "Evidence for open choices" not in check(path, "--format", "html")[1]


def test_junit_has_a_case_for_each_trace(check: Check, tmp_path: Path) -> None:
    """Two traces are two cases in one suite, and one that violates makes the status 1."""
    good = written(tmp_path, "good.jsonl", trace(ONLINE, MOVE))
    bad = written(tmp_path, "bad.jsonl", unrestored())
    status, text = check(good, bad, "--format", "junit")
    suite = ET.fromstring(text)  # noqa: S314 - our own document

    assert status == 1
    assert [case.attrib["name"] for case in suite] == [str(good), str(bad)]
    assert [case.find("failure") is not None for case in suite] == [False, True]
