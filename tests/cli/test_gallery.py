"""`clusckpt gallery`: its report, its status, and what it says about options that are wrong."""

import json

import pytest
from typer.testing import CliRunner

from clusckpt.cli.app import app

BUG = ("--only", "skip capture")
ODD = ("--only", "restores into the names that are there")
FEW = ("--budget", "4", "--jobs", "1")


def ran(*arguments: str) -> tuple[int, str]:
    """The status and the output of a run."""
    result = CliRunner().invoke(app, ["gallery", *arguments])
    return result.exit_code, result.output


def test_all_is_as_it_should_be() -> None:
    """A bug that is caught and an oddity that is not accused: both rates, and status 0."""
    status, output = ran(*BUG, *ODD, *FEW)

    assert status == 0
    assert (
        "bugs caught for the right rule: 1 of 1 (100 %)\nodd ones accused: 0 of 1 (0 %)" in output
    )
    assert "budget of each: 4 programs, seed 0" in output


def test_a_bug_that_is_not_caught_is_status_1() -> None:
    """A budget that is too small leaves a bug uncaught, and the output says so."""
    status, output = ran("--only", "give up after the first failure", "--budget", "1")

    assert status == 1
    assert "NOT AS IT SHOULD BE" in output
    assert "bugs caught for the right rule: 0 of 1 (0 %)" in output


def test_json_has_every_showing() -> None:
    """The JSON report has the format, the seed and a record for each exhibit."""
    status, output = ran(*BUG, *FEW, "--seed", "3", "--format", "json")
    document = json.loads(output)

    assert status == 0
    assert (document["format"], document["seed"]) == ("clusckpt-gallery/1", 3)
    assert [one["name"] for one in document["showings"]] == ["skip capture"]
    assert document["caught"] == {"number": 1, "of": 1}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--only", "skip captures"), "skip capture"),
        (("--budget", "many"), "allowed"),
        (("--jobs", "0"), "--jobs"),
        (("--seed", "-1"), "--seed"),
    ],
)
def test_wrong_options_are_usage(arguments: tuple[str, ...], told: str) -> None:
    """An unknown name, a budget that is none and numbers out of bounds are status 2."""
    status, output = ran(*arguments)

    assert status == 2
    assert told in output
    assert "Traceback" not in output
