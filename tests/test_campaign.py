"""The campaign counts what it does, ends with status 0 if nothing is found, and tells what is."""

from dataclasses import replace

import pytest

from clusckpt.gallery.clauses import nothing_captured
from clusckpt.rules import MSCS_PAGE_RULES, Rulebook
from clusckpt_spec.readings import MSCS_PAGE, Reading
from tests import campaign

SMALL = ["--reading", "mscs-page", "--runs", "20", "--steps", "20", "--jobs", "1", "--seed", "7"]


def test_runs_are_portioned() -> None:
    """Every run of every reading is in one portion, and no two portions have one seed."""
    planned = campaign.portions(["mscs-page", "kb174070"], 450, 50, 5, 1)
    alone = [one for one in planned if not one.agreement]

    assert [one.runs for one in alone if one.reading == "mscs-page"] == [200, 200, 50]
    assert sum(one.runs for one in planned if one.agreement) == 10
    assert len({one.seed for one in planned}) == len(planned)


def test_nothing_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """Given the model as it is, a campaign ends with status 0 and a table."""
    status = campaign.main([*SMALL, "--agreement", "1"])
    told = capsys.readouterr().out

    assert status == 0
    assert told.startswith("seed 7\n")
    assert "mscs-page" in told


def test_what_is_found_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a model that skips captures, it ends with status 1, the rule and a short program."""

    def faulty(_: Reading) -> Rulebook:
        return replace(MSCS_PAGE_RULES, capture=nothing_captured)

    monkeypatch.setattr(campaign, "rulebook", faulty)
    status = campaign.main([*SMALL, "--agreement", "0"])
    told = capsys.readouterr().out

    assert status == 1
    assert "\nmscs-page:\nCKPT-" in told
    assert f"program, judged by {MSCS_PAGE.name}:\n  1. " in told
