"""The gallery exhibits single bugs, and oddities that do what the documents permit."""

from dataclasses import fields

import pytest

from clusckpt.gallery import GALLERY, LEGAL_BUT_ODD, LegalButOdd, PlantedBug
from clusckpt.gallery.clauses import merged
from clusckpt.gallery.odd import written_into
from clusckpt.properties.contents import contents_of, same
from clusckpt.registry import tree_from_written
from clusckpt.rules import rulebook
from clusckpt.steps import step
from clusckpt_spec.register import RuleID


def departures(exhibit: PlantedBug | LegalButOdd) -> int:
    """How many things of an exhibit are not as documented under the reading that judges.

    The rulebook of another reading is one thing.
    """
    documented, given = rulebook(exhibit.judged_by), exhibit.rulebook
    replaced = [
        getattr(given, field.name) != getattr(documented, field.name)
        for field in fields(documented)
    ]
    if given is rulebook(given.reading):
        replaced = [given is not documented]
    overridden = type(given) is not type(documented)
    stepping = exhibit.behaviour is not step
    return [*replaced, overridden, stepping].count(True)


@pytest.mark.parametrize("bug", GALLERY, ids=lambda one: one.name)
def test_bug_is_one_departure(bug: PlantedBug) -> None:
    """A planted bug changes exactly one thing, and says what in a sentence."""
    assert departures(bug) == 1
    assert bug.description.endswith(".")


@pytest.mark.parametrize("odd", LEGAL_BUT_ODD, ids=lambda one: one.name)
def test_oddity_is_at_most_one_departure(odd: LegalButOdd) -> None:
    """An oddity changes one thing, or is a documented reading that is itself odd."""
    assert departures(odd) <= 1


def test_every_rule_has_a_bug_of_its_own() -> None:
    """Each rule is broken by at least one bug, and no two exhibits have one name."""
    names = [bug.name for bug in GALLERY] + [odd.name for odd in LEGAL_BUT_ODD]

    assert {bug.rule for bug in GALLERY} == set(RuleID)
    assert len(names) == len(set(names))


def test_merge_keeps_what_the_copy_lacks() -> None:
    """A merge has the keys and values of both, and those of the copy where they meet."""
    there = tree_from_written({"A": {"v": 1, "w": 1}, "B": {}})
    copy = tree_from_written({"A": {"v": 2}, "C": {}})
    both = tree_from_written({"A": {"v": 2, "w": 1}, "B": {}, "C": {}})

    assert merged(there, copy) == both
    assert merged(None, copy) == copy


def test_writing_into_a_tree_makes_it_the_copy() -> None:
    """What is written into a tree is the copy, in the case of the names that were there."""
    there = tree_from_written({"A": {"V": 1, "w": 1}, "B": {}})
    copy = tree_from_written({"a": {"v": 2}, "C": {}})
    written = written_into(there, copy)

    assert same(contents_of(written, ()), contents_of(copy, ()))
    assert sorted(name for name, _ in written.subkeys.values()) == ["A", "C"]
    assert written_into(None, copy) == copy
