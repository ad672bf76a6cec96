"""A reading is chosen by the name of a shipped one or by the path of a file, on every command."""

import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
import typer

from clusckpt.cli.options import chosen_reading, names_a_file
from clusckpt.files.errors import UnusableInput
from clusckpt_spec.readings import READINGS

DATA = Path(str(resources.files("clusckpt").joinpath("data")))
EXAMPLE = DATA / "readings" / "example.toml"
TRACE = DATA / "incidents" / "rc03-optimizer-edits-lost.jsonl"
CLUSTER = DATA / "clusters" / "sql-key-management.yaml"
OURS = """format = "clusckpt-reading/1"
name = "ours"
summary = "The page; lists in the order of the add."
base = "mscs-page"
choices = {A15 = "order-of-add"}
reasons = {A15 = "Seen on our cluster."}
"""


def run(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process, as a user does."""
    command = [sys.executable, "-c", "from clusckpt.cli import main; main()"]
    return subprocess.run(  # noqa: S603 - our own command
        [*command, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.parametrize("name", READINGS)
def test_shipped_reading(name: str) -> None:
    """A shipped reading is chosen by its name."""
    assert chosen_reading(name) is READINGS[name]


def test_reading_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is chosen by its path, absolute or not."""
    monkeypatch.chdir(EXAMPLE.parent)

    assert chosen_reading(str(EXAMPLE)).name == "acme-cluster"
    assert chosen_reading("example.toml") == chosen_reading("./example.toml")


def test_shipped_name_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has the name of a shipped reading is not looked at."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mscs-page").write_text("not a reading", encoding="utf-8")

    assert chosen_reading("mscs-page") is READINGS["mscs-page"]


@pytest.mark.parametrize("chosen", ["mscs", "", "MSCS-PAGE", "toml", "\0", "z" * 100_000])
def test_neither(chosen: str) -> None:
    """What is neither is refused with the allowed names and the way to name a file, in short."""
    with pytest.raises(typer.BadParameter) as refused:
        chosen_reading(chosen)

    assert not names_a_file(chosen)
    assert refused.value.message.endswith(
        f" is not a reading; allowed: {', '.join(READINGS)}, or the path of a TOML file in "
        "clusckpt-reading/1 (with .toml at its end or a separator in it)"
    )
    assert len(refused.value.message) < 400


@pytest.mark.parametrize("chosen", ["/missing/ours", "none.TOML", "a\0.toml", "z" * 5000 + ".toml"])
def test_no_such_file(chosen: str) -> None:
    """A path without a file is unusable input."""
    with pytest.raises(UnusableInput):
        chosen_reading(chosen)


@pytest.mark.parametrize("command", [("check", TRACE), ("review", CLUSTER)])
def test_commands_take_a_file(tmp_path: Path, command: tuple[str, Path]) -> None:
    """A command judges by the reading in a file as it does by its base, and says its name."""
    path = tmp_path / "ours.toml"
    path.write_text(OURS, encoding="utf-8")
    by_file = run(*command, "--reading", path, "--format", "json")
    by_name = run(*command, "--reading", "mscs-page", "--format", "json")

    assert by_file.stderr == ""
    assert by_file.returncode == by_name.returncode
    assert by_file.stdout == by_name.stdout.replace('"mscs-page"', '"ours"')


@pytest.mark.parametrize(
    ("command", "raw"),
    [
        (("check", TRACE), b"\x00\x01"),
        (("review", CLUSTER), b"[" * 5000),
        (("prove",), b'name = "ours"'),
    ],
    ids=["check", "review", "prove"],
)
def test_unusable_file_is_a_message(tmp_path: Path, command: tuple[str, ...], raw: bytes) -> None:
    """On every command a file that is no reading is one message on one line, and status 2."""
    path = tmp_path / "ours.toml"
    path.write_bytes(raw)
    finished = run(*command, "--reading", path)

    assert finished.returncode == 2
    assert finished.stderr.startswith(f"clusckpt: {path}")
    assert len(finished.stderr.splitlines()) == 1
