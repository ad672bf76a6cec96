"""The exhibits: enough of each kind, for every rule, each with a reviewed list of rules."""

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

from clusckpt.exhibition import EXHIBITS, Exhibit, Kind
from clusckpt.exhibition.over_cluster import OVER_CLUSTER
from clusckpt.exhibition.over_model import MODEL_BUGS, OVER_MODEL, UNSEEN
from clusckpt.exhibition.told import TOLD_AS
from clusckpt.gallery import GALLERY, LEGAL_BUT_ODD
from clusckpt_spec.register import RuleID

FOLDER = Path(str(files("clusckpt") / "data" / "examples" / "small_cluster"))


def exhibits(kind: Kind, over: str) -> list[Exhibit]:
    """The exhibits of a kind over an implementation."""
    return [one for one in EXHIBITS.values() if (one.kind, one.over) == (kind, over)]


@contextmanager
def imported_folder() -> Iterator[None]:
    """The small cluster as a package that can be imported, which it is nowhere else."""
    spec = importlib.util.spec_from_file_location("small_cluster", FOLDER / "__init__.py")
    assert spec is not None
    sys.modules["small_cluster"] = importlib.util.module_from_spec(spec)
    try:
        yield
    finally:
        for name in [one for one in sys.modules if one.split(".")[0] == "small_cluster"]:
            del sys.modules[name]


def planted(module: str, name: str) -> set[str]:
    """The names of what can be planted in the small cluster."""
    with imported_folder():
        return {f"small cluster {one}" for one in getattr(import_module(module), name)}


def test_there_are_enough() -> None:
    """At least 40 bugs and 10 oddities, of which 8 and 3 over real processes."""
    assert len(exhibits(Kind.BUG, OVER_MODEL)) >= 40
    assert len(exhibits(Kind.BUG, OVER_CLUSTER)) >= 8
    assert len(exhibits(Kind.ODD, OVER_MODEL)) >= len(LEGAL_BUT_ODD) >= 10
    assert len(exhibits(Kind.ODD, OVER_CLUSTER)) >= 3


def test_every_rule_has_a_bug() -> None:
    """No rule is without an exhibit that breaks it, and no oddity breaks one."""
    assert {one.rule for one in EXHIBITS.values() if one.kind is Kind.BUG} == set(RuleID)
    assert [one.right_rules for one in EXHIBITS.values() if one.kind is Kind.ODD] == [
        frozenset() for one in EXHIBITS.values() if one.kind is Kind.ODD
    ]


def test_what_cannot_be_seen_is_said() -> None:
    """Every planted bug is exhibited, or it is said why it cannot be seen from outside."""
    shown = {one.name for one in MODEL_BUGS}

    assert shown | UNSEEN.keys() == {one.name for one in GALLERY}
    assert shown & UNSEEN.keys() == set()
    assert all(UNSEEN.values())


def test_lists_of_further_rules_are_short() -> None:
    """A verdict may name few further rules, none of them twice, each with a reason."""
    assert {name: EXHIBITS[name].told_as for name in TOLD_AS} == {
        name: tuple(rules) for name, rules in TOLD_AS.items()
    }
    for one in EXHIBITS.values():
        assert one.rule not in one.told_as
        assert len(one.told_as) <= 2


@pytest.mark.parametrize(
    ("kind", "module", "name"),
    [
        (Kind.BUG, "small_cluster.bugs", "BUGS"),
        (Kind.ODD, "small_cluster.oddities", "ODDITIES"),
    ],
)
def test_all_that_can_be_planted_is_exhibited(kind: Kind, module: str, name: str) -> None:
    """The exhibits over the small cluster are what its own table has."""
    assert {one.name for one in exhibits(kind, OVER_CLUSTER)} == planted(module, name)


def test_descriptions_are_sentences() -> None:
    """Every exhibit says what it does."""
    assert [one.name for one in EXHIBITS.values() if not one.description.endswith(".")] == []
