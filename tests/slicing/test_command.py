"""`clusckpt check --slice` writes slices that are judged alike, and vectors."""

from importlib import resources
from pathlib import Path

from typer.testing import CliRunner, Result

from clusckpt.cli.app import app
from clusckpt.files.errors import UnusableInput

DATA = Path(str(resources.files("clusckpt").joinpath("data", "incidents")))
BREAKING = DATA / "rc11-login-mode-flips.jsonl"
CONFORMING = DATA / "rc03-optimizer-edits-lost.jsonl"


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_slice_is_written_and_told(tmp_path: Path) -> None:
    """The lines, both files and the command are told; what conforms has no slice."""
    result = _run("check", CONFORMING, BREAKING, "--slice", tmp_path)
    name = tmp_path / "rc11-login-mode-flips"

    assert result.exit_code == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "rc11-login-mode-flips.slice.jsonl",
        "rc11-login-mode-flips.vector.json",
    ]
    assert f"{BREAKING}:3 explained by 2 lines (shortest slice):" in result.stderr
    assert " 1. line 2: SQL Server (I03) is asked to come online" in result.stderr
    assert f"clusckpt check --reading mscs-page {name}.slice.jsonl" in result.stderr


def test_a_slice_is_judged_as_the_whole(tmp_path: Path) -> None:
    """The command that is told finds the same violation in the slice."""
    _run("check", "--reading", "mscs-page", BREAKING, "--slice", tmp_path)
    result = _run("check", "--reading", "mscs-page", tmp_path / f"{BREAKING.stem}.slice.jsonl")

    assert result.exit_code == 1
    assert result.stdout.startswith("violates CKPT-RESTORE-BEFORE-ONLINE ")


def test_files_of_one_name_do_not_meet(tmp_path: Path) -> None:
    """Two traces with the same name give two slices."""
    _run("check", "--reading", "mscs-page", BREAKING, BREAKING, "--slice", tmp_path)

    assert (tmp_path / "rc11-login-mode-flips-2.slice.jsonl").exists()


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    """A file where the folder should be is refused as input that cannot be used."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = _run("check", "--reading", "mscs-page", BREAKING, "--slice", tmp_path / "file")

    assert isinstance(result.exception, UnusableInput)
    assert result.exception.advice == "choose another folder for --slice"
