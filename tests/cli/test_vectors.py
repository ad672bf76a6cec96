"""`clusckpt vectors` shows the committed files, writes them, and tells when they differ."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from clusckpt.cli import vectors as command
from clusckpt.cli.app import app
from clusckpt.vectors.committed import MANIFEST_NAME, committed, folder


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["vectors", *arguments])


@pytest.fixture
def as_committed(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What is generated, without the time that it takes: the committed files themselves."""
    names = [*committed(), MANIFEST_NAME]
    files = {name: folder().joinpath(name).read_bytes() for name in names}
    monkeypatch.setattr(command, "generated", lambda: files)
    return files


def test_the_summary() -> None:
    """Without options every file is listed with its counts."""
    shown = run()

    assert shown.exit_code == 0
    assert all(name in shown.stdout for name in committed())


def test_every_case_is_listed() -> None:
    """With --list there is a line for each case."""
    count = sum(len(file.cases) for file in committed().values())

    assert len(run("--list").stdout.splitlines()) == count


def test_the_cases_of_a_rule() -> None:
    """With --rule only the cases of the rule are listed; an unknown rule is a usage error."""
    expected = [
        one.id
        for file in committed().values()
        for one in file.cases
        if "CKPT-ROOT-DELETED" in one.rules
    ]

    listed = [line.split()[0] for line in run("--rule", "CKPT-ROOT-DELETED").stdout.splitlines()]
    assert listed == expected


def test_a_case_is_told() -> None:
    """With --explain every event of a case is told, and what is never allowed."""
    case = next(one for one in committed()["capture.json"].cases if one.kills)
    shown = run("--explain", case.id).stdout

    assert case.kills[0] in shown
    assert all(f"{number}. {step.event}" in shown for number, step in enumerate(case.steps, 1))
    assert "never" in shown


def test_an_unknown_case_is_refused() -> None:
    """An ID that no case has is a usage error with the way to find one."""
    refused = run("--explain", "nothing")

    assert refused.exit_code == 2
    assert "IDs have 12 hexadecimal digits" in " ".join(refused.stderr.split())


def test_the_committed_files_pass(as_committed: dict[str, bytes]) -> None:
    """Files that are as generated hold."""
    checked = run("--check")

    assert (checked.exit_code, checked.stdout) == (
        0,
        f"{len(as_committed)} files are as generated\n",
    )


def test_a_changed_file_fails(as_committed: dict[str, bytes]) -> None:
    """A file that would be generated otherwise is told, with what to do."""
    as_committed["life.json"] = as_committed["life.json"].replace(b"offline", b"0ffline", 1)
    checked = run("--check")

    assert checked.exit_code == 1
    assert "life.json is not what is generated" in checked.stdout
    assert "clusckpt vectors --output" in checked.stdout


def test_files_are_written(as_committed: dict[str, bytes], tmp_path: Path) -> None:
    """With --output the files, the manifest and the ledger are written to a folder."""
    written = run("--output", str(tmp_path / "made"))

    assert written.exit_code == 0
    names = {path.name for path in (tmp_path / "made").iterdir()}
    assert names == {*as_committed, "ledger.json"}
    assert all((tmp_path / "made" / one).read_bytes() == as_committed[one] for one in as_committed)


@pytest.mark.usefixtures("as_committed")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A file where the folder should be is unusable input."""
    there = tmp_path / "file"
    there.write_text("x")
    refused = run("--output", str(there))

    assert "a folder that cannot be written" in str(refused.exception)
