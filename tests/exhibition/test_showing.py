"""Showings: bugs are caught for a right rule, oddities are not accused, and both can go wrong."""

from dataclasses import replace

import pytest

from clusckpt.conformance import Budget
from clusckpt.exhibition import EXHIBITS, Exhibit, Kind, Showing, gallery_report, shown
from clusckpt.exhibition.parallel import showings
from clusckpt.exhibition.result import dump_gallery
from clusckpt.exhibition.text import text
from clusckpt.parties.model import ModelParty
from clusckpt.parties.process import ProcessParty
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.register import RuleID

CAUGHT = {
    "skip capture": 4,
    "capture while offline": 8,
    "restore on the wrong node": 4,
    "watch a tree once": 12,
    "small cluster captures nothing": 12,
}
"""Some bugs, each with the number of programs within which it is found; all are by a command."""

WRONG = (
    "bug over model: one: caught for CKPT-FAILOVER after 3 programs, 1.5 s, "
    "shown by 2 calls; NOT AS IT SHOULD BE"
)

ODD = {"captures every tree at any change": 12, "small cluster lists backwards": 6}


def made(kind: Kind, found: str, **further: object) -> Showing:
    """A showing of an exhibit that breaks one rule or none."""
    right = ("CKPT-IN-BACKUP",) if kind is Kind.BUG else ()
    whole = Showing("one", kind, "model", "mscs-page", right, found, 3, 9, 1.5, 2)
    return Showing(
        **{**{name: getattr(whole, name) for name in whole.__struct_fields__}, **further}
    )


def as_odd(name: str) -> Exhibit:
    """A bug that is exhibited as if it were allowed."""
    return replace(EXHIBITS[name], kind=Kind.ODD, rule=None, told_as=())


@pytest.mark.parametrize("name", CAUGHT)
def test_a_bug_is_caught(name: str) -> None:
    """Within a stated number of programs, for a right rule, by a short program."""
    one = shown(EXHIBITS[name], Budget(CAUGHT[name]))

    assert one.is_as_it_should_be, one
    assert one.found in EXHIBITS[name].right_rules
    assert 0 < one.calls <= 10


@pytest.mark.parametrize("name", ODD)
def test_the_odd_is_not_accused(name: str) -> None:
    """What is odd and allowed passes every program of the budget."""
    one = shown(EXHIBITS[name], Budget(ODD[name]))

    assert one.is_as_it_should_be, one
    assert (one.found, one.programs) == ("", ODD[name])


def test_what_is_forbidden_is_no_oddity() -> None:
    """A bug that is exhibited as an oddity is accused, and that is not as it should be."""
    one = shown(as_odd("skip capture"), Budget(4))

    assert one.found == "CKPT-CAPTURE-ONLINE"
    assert not one.is_as_it_should_be


def test_what_is_allowed_is_no_bug() -> None:
    """The model that is exhibited as a bug is not caught, and that is not as it should be."""
    sound = replace(EXHIBITS["skip capture"], party=lambda: ModelParty(MSCS_PAGE))
    one = shown(sound, Budget(4))

    assert one.found == ""
    assert not one.is_as_it_should_be


def test_the_wrong_rule_does_not_count() -> None:
    """A bug that is caught for a rule that its exhibit does not name is not caught rightly."""
    other = replace(EXHIBITS["skip capture"], rule=RuleID.IN_BACKUP)

    assert not shown(other, Budget(4)).is_as_it_should_be


def test_what_does_not_start_is_a_fault() -> None:
    """An exhibit that does not start is neither caught nor free of accusation."""
    absent = replace(as_odd("skip capture"), party=lambda: ProcessParty(["/nowhere/adapter"]))
    one = shown(absent, Budget(4))

    assert one.faults[0].startswith("not started")
    assert not one.is_as_it_should_be


def test_processes_show_the_same() -> None:
    """Showings in processes of their own are those of this process, but for the seconds."""
    names = ["skip capture", "capture while offline"]
    here, there = (
        {one.name: made_timeless(one) for one in showings(names, Budget(4), 0, jobs)}
        for jobs in (1, 2)
    )

    assert here == there
    assert sorted(here) == sorted(names)


def made_timeless(one: Showing) -> tuple[str, int, int, int]:
    """What a showing has that does not depend on the machine."""
    return one.found, one.programs, one.executions, one.calls


def test_rates_and_medians() -> None:
    """Both rates count what is as it should be, and the medians those that were caught."""
    caught, wrong = made(Kind.BUG, "CKPT-IN-BACKUP"), made(Kind.BUG, "CKPT-FAILOVER", name="two")
    longer = made(Kind.BUG, "CKPT-IN-BACKUP", name="three", calls=5, seconds=2.5)
    free, accused = made(Kind.ODD, ""), made(Kind.ODD, "CKPT-FAILOVER", name="four")
    report = gallery_report([accused, longer, caught, wrong, free], Budget(3), 7)

    assert str(report.caught) == "2 of 3 (67 %)"
    assert str(report.accused) == "1 of 2 (50 %)"
    assert (report.median_seconds, report.median_calls) == (2.0, 3.5)
    assert not report.is_as_it_should_be
    assert gallery_report([caught, free], Budget(3), 7).is_as_it_should_be
    assert '"format": "clusckpt-gallery/1"' in dump_gallery(report)


def test_the_text_says_what_is_wrong() -> None:
    """What is not as it should be is told with what was allowed and what to do next."""
    lines = text(gallery_report([made(Kind.BUG, "CKPT-FAILOVER")], Budget(3), 7))

    assert lines[:3] == (
        WRONG,
        "  allowed: caught for CKPT-IN-BACKUP",
        '  next: clusckpt gallery --only "one" with a larger --budget',
    )
    assert lines[-2:] == (
        "bugs caught for the right rule: 0 of 1 (0 %)",
        "odd ones accused: 0 of 0",
    )


def test_what_shows_once_is_caught() -> None:
    """A bug that did not show again is caught, and the text says so."""
    once = made(Kind.BUG, "CKPT-IN-BACKUP", steady=False)

    assert once.is_as_it_should_be
    assert (
        "shown by 2 calls, though not again; as it should be"
        in text(gallery_report([once], Budget(3), 7))[0]
    )
