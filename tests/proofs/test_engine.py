"""Every obligation holds, and obligations can fail and be unknown."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from clusckpt_proofs import PROVED_READINGS, Kind, Result, Verdict, obligations, prove, unbounded
from clusckpt_proofs.unbounded import unbounded_obligations
from clusckpt_spec.readings import MSCS_PAGE, READINGS, Reading
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.action import Action, Step
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.state import State
from tests.undecided import undecided

COUNTS = {
    "mscs-page": (56, 1155, 705, 0, 60, 0, 252, 109),
    "kb174070": (56, 1155, 709, 0, 60, 0, 256, 109),
    "ms-cmrp": (49, 1049, 752, 28, 60, 6, 256, 84),
    "windows-observed": (49, 1057, 808, 28, 60, 6, 267, 91),
    "vcs-regrep": (47, 1005, 808, 28, 60, 6, 265, 89),
    "live-pair": (46, 953, 724, 27, 52, 5, 250, 82),
}
"""How many obligations each reading has of each kind, in the order of `Kind`."""

PAGE = (
    RuleID.CAPTURE_ONLINE,
    RuleID.OFFLINE_OVERWRITTEN,
    RuleID.RESTORE_BEFORE_ONLINE,
    RuleID.DELETED_WITH_RESOURCE,
    RuleID.IN_BACKUP,
    RuleID.INSTANCES,
    RuleID.NOT_PASSED_TO_DLL,
)


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-OFFLINE-OVERWRITTEN", "CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE", "CKPT-IN-BACKUP", "CKPT-INSTANCES")
@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL", "CKPT-KB-SAVE-AT-OFFLINE", "CKPT-KB-RESTORE-AT-ONLINE")
@pytest.mark.parametrize("reading", PROVED_READINGS, ids=lambda one: one.name)
def test_every_obligation_holds(reading: Reading) -> None:
    """Under no reading does an obligation fail, and none is unknown."""
    verdicts = list(prove([reading]))
    wanting = [(one.name, one.story) for one in verdicts if one.result is not Result.HOLDS]

    assert verdicts
    assert wanting == []


@pytest.mark.parametrize(("name", "expected"), COUNTS.items())
def test_how_many_obligations_there_are(name: str, expected: tuple[int, ...]) -> None:
    """The number of obligations of each kind is pinned: a lost one would not fail otherwise."""
    counted = Counter(one.kind for one in obligations([READINGS[name]]))

    assert counted == Counter(dict(zip(Kind, expected, strict=True)))


def test_every_shipped_reading_is_proved() -> None:
    """No reading that ships here is left out."""
    assert [one.name for one in PROVED_READINGS] == list(COUNTS) == list(READINGS)


@pytest.mark.parametrize("rule", PAGE)
def test_page_rules_have_every_kind(rule: RuleID) -> None:
    """Each rule of the page is an inductive invariant with a witness and needed premises."""
    kinds = {one.kind for one in obligations([MSCS_PAGE]) if rule in one.rules}

    assert {Kind.INITIAL, Kind.STEP, Kind.WITNESS, Kind.NEEDED} <= kinds


def test_names_are_unique() -> None:
    """An obligation can be told from every other by its name."""
    names = [one.name for one in obligations()]

    assert len(names) == len(set(names))


def test_counterexamples_are_told() -> None:
    """The story of a needed premise names the action and what it changed."""
    name = "mscs-page/checkpoints/needed/own_data_while_online/no conflict"
    story = next(one for one in obligations([MSCS_PAGE]) if one.name == name).verdict().story

    assert story[0].startswith("counterexample: restore(")
    assert any(line.startswith("registry(") for line in story)


def test_only_one_rule() -> None:
    """The obligations of one rule are those that cite it."""
    chosen = obligations(only=RuleID.NOT_PASSED_TO_DLL)

    assert chosen
    assert all(RuleID.NOT_PASSED_TO_DLL in one.rules for one in chosen)


def _broken(name: str, clause: Callable[..., Step]) -> list[Verdict]:
    """The step verdicts of one action, with its clause replaced."""

    def swapped(action: Action) -> Action:
        return replace(action, clause=clause) if action.name == name else action

    actions = tuple(swapped(action) for action in CHECKPOINTS.actions)
    specification = replace(CHECKPOINTS, actions=actions)
    chosen = unbounded_obligations(specification, MSCS_PAGE)
    return [one.verdict() for one in chosen if one.name.endswith(f"/{name}")]


def test_a_broken_action_is_not_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deletion that keeps the checkpoints breaks exactly the invariant about deletion."""
    monkeypatch.setattr(unbounded, "TIMEOUT_MILLISECONDS", 1_500)
    delete = next(one for one in CHECKPOINTS.actions if one.name == "delete")

    def keeping(s: State, resource: Term) -> Step:
        step = delete.clause(s, resource)
        kept = step.after.updated(checkpoint=s.checkpoint, stored=s.stored, copy=s.copy)
        return Step(step.guard, kept)

    wanting = {
        one.name.split("/")[3]: one for one in _broken("delete", keeping) if one.result != "holds"
    }

    assert wanting.keys() == {"deleted_leaves_no_checkpoint"}
    failed = wanting["deleted_leaves_no_checkpoint"]
    assert failed.result == "fails"
    assert "counterexample: delete(R1)" in failed.story
    assert failed.story[-1].endswith("-> deleted")


def test_out_of_time_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that gets no time answers unknown, and that is not a pass."""
    monkeypatch.setattr(unbounded, "TIMEOUT_MILLISECONDS", 1)

    assert undecided().verdict().result is Result.UNKNOWN
