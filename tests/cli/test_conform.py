"""`clusckpt conform` on the command line: exit statuses, formats, messages."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from clusckpt.cli import main

ADAPTER = (sys.executable, "-m", "clusckpt.parties")


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command, as `clusckpt` does."""

    def made(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["clusckpt", "conform", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(int(ended.value.code or 0), *capsys.readouterr())

    return made


def test_an_adapter_that_conforms(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 0, a JSON report, and nothing left in the directory of the user."""
    monkeypatch.chdir(tmp_path)
    done = run("--reading", "mscs-page", "--budget", "3", "--format", "json", "--", *ADAPTER)
    document = json.loads(done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert document["verdict"] == "conforms"
    assert document["programs"] == 3
    assert list(tmp_path.iterdir()) == []


def test_a_violation(run: Run, tmp_path: Path) -> None:
    """Status 1, the story in JUnit XML, the trace, script and vector where they were asked for."""
    asked = ("--model", "windows-observed", "--reading", "mscs-page", "--format", "junit")
    done = run(*asked, "--artifacts", tmp_path / "found")
    suite = ET.fromstring(done.stdout)  # noqa: S314 - our own document

    assert done.returncode == 1
    assert suite.get("failures") == "1"
    assert sorted(one.name for one in (tmp_path / "found").iterdir()) == [
        "CKPT-CAPTURE-ONLINE.jsonl",
        "CKPT-CAPTURE-ONLINE.py",
        "CKPT-CAPTURE-ONLINE.slice.jsonl",
        "CKPT-CAPTURE-ONLINE.vector.json",
    ]


def test_a_difference(run: Run, tmp_path: Path) -> None:
    """Status 1 if a rule is newly broken, and 0 the other way round."""
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    page = ("--reading", "mscs-page", "--budget", "2", "--format", "json", "--output")
    run("--model", "mscs-page", *page, old)
    run("--model", "windows-observed", *page, new)
    worse, better = run("--diff", old, new), run("--diff", new, old)

    assert (worse.returncode, better.returncode) == (1, 0)
    assert "newly broken: CKPT-CAPTURE-ONLINE" in worse.stdout
    assert "mended: CKPT-CAPTURE-ONLINE" in better.stdout


def test_an_adapter_that_does_not_start(run: Run) -> None:
    """Status 2 and one line: what came, what was allowed, what to do next."""
    done = run("--", "/nowhere/adapter")

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("clusckpt: the adapter: got not started at initialize: ")
    assert "; allowed: an adapter that answers initialize of clusckpt-adapter/1; next: " in (
        done.stderr
    )


def test_an_adapter_that_crashes_in_the_middle(run: Run) -> None:
    """Status 3: only faults came, and they are told."""
    adapter = (
        "import sys\n"
        'print(\'{"jsonrpc":"2.0","id":1,"result":{"protocol":"clusckpt-adapter/1",'
        '"implementation":{"name":"short"},"calls":["NodeCrash"]}}\', flush=True)\n'
        "sys.stdin.readline(); sys.stdin.readline()\n"
    )
    done = run("--reading", "mscs-page", "--budget", "2", "--", sys.executable, "-c", adapter)

    assert done.returncode == 3
    assert "undecided: short" in done.stdout
    assert "fault: crashed at reset" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "next: name the adapter after --"),
        (("--model", "mscs-page", "--", "adapter"), "got 2 of them"),
        (("--model", "mscs-page", "--budget", "soon"), "'soon' is not a budget"),
        (("--model", "mscs-page", "--reading", "none"), '"none" is not a reading'),
        (("--model", "mscs-page", "--rules", "CKPT-NONE"), "no rule has the ID"),
        (("--diff", "/nowhere/old.json", "/nowhere/new.json"), "a file that cannot be read"),
    ],
)
def test_unusable_options(run: Run, arguments: tuple[str, ...], message: str) -> None:
    """Status 2 and a message, never a traceback."""
    done = run(*arguments)
    told = " ".join(done.stderr.replace("│", " ").split())

    assert done.returncode == 2
    assert message in told
    assert "Traceback" not in done.stderr
