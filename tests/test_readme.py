"""What the README shows works as it is shown."""

import doctest
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusckpt.cli.app import app
from clusckpt.collisions import find_conflicts
from clusckpt.files.cluster_file import load_cluster

README = Path(__file__).resolve().parent.parent / "README.md"


def _block(language: str) -> str:
    """The first fenced block of a language."""
    found = re.search(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found.group(1)


@pytest.mark.rule("CKPT-INSTANCES")
def test_the_design_collides(tmp_path: Path) -> None:
    """The design in the README is read, and has the collision of the page's example."""
    path = tmp_path / "cluster.yaml"
    path.write_text(_block("yaml"), encoding="utf-8")

    assert len(find_conflicts(load_cluster(path)).conflicts) == 1
    assert CliRunner().invoke(app, ["review", str(path)]).exit_code == 1


@pytest.mark.rule("CKPT-INSTANCES")
def test_the_review_prints_what_is_shown(tmp_path: Path) -> None:
    """Every line of the review that the README shows is printed, in that order."""
    path = tmp_path / "cluster.yaml"
    path.write_text(_block("yaml"), encoding="utf-8")
    shown = README.read_text(encoding="utf-8").partition(
        "$ clusckpt review cluster.yaml --witness\n"
    )
    wanted = [line for line in shown[2].partition("```")[0].splitlines() if line != "…"]
    printed = CliRunner().invoke(app, ["review", str(path), "--witness"]).stdout.splitlines()
    found = [line.rstrip() for line in printed if line.rstrip() in wanted]

    assert found == wanted


def test_the_python_example_answers_as_shown() -> None:
    """The Python example in the README is a doctest that passes."""
    failed, attempted = doctest.testfile(str(README), module_relative=False)

    assert (failed, attempted > 0) == (0, True)


def test_the_commands_exist() -> None:
    """Every command that the README names is one of the application."""
    named = set(re.findall(r"`clusckpt (\w+)", README.read_text(encoding="utf-8")))
    known = {command.callback.__name__ for command in app.registered_commands if command.callback}

    assert named == {"review", "check", "conform", "vectors", "prove", "rules"}
    assert named <= known


def test_the_two_commands_are_there() -> None:
    """Both commands that the README gives for a fresh machine are scripts of the repository."""
    named = re.findall(r"^bash (\S+)", README.read_text(encoding="utf-8"), re.MULTILINE)

    assert named == [".ci/demo", ".ci/test"]
    assert all((README.parent / name).is_file() for name in named)
