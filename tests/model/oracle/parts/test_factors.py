"""Candidates are told apart by parts only if any of one part can go with any of the others."""

from itertools import product

import pytest

from clusckpt.oracle.candidates import NO_PROVENANCE, Candidate, TooManyCandidates
from clusckpt.oracle.parts import factors
from clusckpt.oracle.parts.factors import factored, multiplied
from clusckpt.oracle.parts.layout import layout_of
from clusckpt.rules import Change, Part
from clusckpt.start import initial_state
from clusckpt.state import ClusterState
from clusckpt.steps import step
from clusckpt_spec.formats.events import RegSetValueEx
from clusckpt_spec.register import RuleID
from tests.model.oracle.parts.clusters import header

START = initial_state(header())
LAYOUT = layout_of(START)
BOTH = tuple(product((1, 2), repeat=2))
"""Every pair of values for the keys of A and B."""


def _state(a: int, b: int) -> ClusterState:
    (one,) = step(START, RegSetValueEx("N1", "S\\A", "v", a))
    (two,) = step(one.state, RegSetValueEx("N1", "S\\B", "v", b))
    return two.state


@pytest.mark.parametrize(("pairs", "apart"), [(BOTH, True), (BOTH[:1], True), (BOTH[1:], False)])
def test_only_products_are_factored(pairs: tuple[tuple[int, int], ...], *, apart: bool) -> None:
    """Where the value of one part says something of that of another, nothing is told apart."""
    assert LAYOUT is not None
    every = [Candidate(_state(*pair), NO_PROVENANCE) for pair in pairs]
    found = factored(every, LAYOUT, range(LAYOUT.count))

    assert (found is not None) is apart
    if found is not None:
        again = multiplied(found.sets, found.shared)
        assert {one.state for one in again} == {one.state for one in every}


def test_candidates_that_differ_above_the_roots() -> None:
    """Where it is not known which rule determined a key above the roots, nothing is told apart."""
    assert LAYOUT is not None
    node = next(iter(START.nodes))
    above = next(path for path in LAYOUT.above if path)
    rules = (RuleID.CAPTURE_ONLINE, RuleID.OFFLINE_OVERWRITTEN)
    every = [
        Candidate(START, NO_PROVENANCE.after([Change(Part.REGISTRY, node, rule, above)]))
        for rule in rules
    ]

    assert factored(every, LAYOUT, range(LAYOUT.count)) is None
    assert factored(every[:1], LAYOUT, range(LAYOUT.count)) is not None


def test_products_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More combinations than are followed are not made."""
    monkeypatch.setattr(factors, "LARGEST_SET", 3)
    one = Candidate(START, NO_PROVENANCE)

    assert len(multiplied([[one], [one]], ())) == 1
    with pytest.raises(TooManyCandidates):
        multiplied([[one, one], [one, one]], ())
