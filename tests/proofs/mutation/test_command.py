"""`python -m clusckpt_proofs.mutation` prints the score, and its status says how it is."""

import json
import sys
from pathlib import Path

import pytest

from clusckpt_proofs.mutation.command import main
from clusckpt_proofs.mutation.judge import Fate

CHOSEN = ["--reading", "mscs-page", "--action", "return_from_entry_point", "--jobs", "1"]


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["mutation", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The text ends with the score and the seed."""
    _run(monkeypatch, *CHOSEN, "--sample", "4", "--seed", "7")
    last = capsys.readouterr().out.splitlines()[-1]

    assert last.startswith("specification mutation score ")
    assert last.endswith("; seed 7")
    assert " of 4 mutants killed " in last


def test_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The document counts every fate, for each operator, action and reading alike."""
    output = tmp_path / "score.json"
    _run(monkeypatch, *CHOSEN, "--format", "json", "--output", str(output))
    document = json.loads(output.read_text(encoding="utf-8"))

    assert capsys.readouterr().out == ""
    assert list(document["fates"]) == [fate.value for fate in Fate]
    assert sum(document["fates"].values()) == document["mutants"] > 0
    assert document["actions"]["return_from_entry_point"] == document["fates"]
    assert document["readings"]["mscs-page"] == document["fates"]
    listed = [entry["fate"] for entry in document["listed"]]
    assert len(listed) == sum(
        document["fates"][fate.value] for fate in (Fate.EQUIVALENT, Fate.SURVIVED, Fate.UNKNOWN)
    )


def test_two_processes_find_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every fate is the same however many processes there are; stories may differ."""
    chosen = [*CHOSEN, "--action", "call_entry_point", "--format", "json"]
    _run(monkeypatch, *chosen)
    one = json.loads(capsys.readouterr().out)
    _run(monkeypatch, *chosen, "--jobs", "2")
    two = json.loads(capsys.readouterr().out)

    assert one["actions"] == two["actions"]
    assert one["operators"] == two["operators"]
    assert [(entry["mutant"], entry["fate"]) for entry in one["listed"]] == [
        (entry["mutant"], entry["fate"]) for entry in two["listed"]
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reading", "nobody"], "'nobody' is not known; allowed: mscs-page, "),
        (["--action", "nothing"], "'nothing' is not known; allowed: write, "),
        ([*CHOSEN, "--output", "/nowhere/score"], "an output file that cannot be written"),
    ],
)
def test_unusable_input(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    """A name that is not known, or a file that cannot be written, is status 2 and said."""
    monkeypatch.setenv("COLUMNS", "1000")

    assert _run(monkeypatch, *arguments) == 2
    assert said in capsys.readouterr().err
