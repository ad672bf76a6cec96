"""A trace followed in parts gets the report that it gets when it is followed as a whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusckpt.oracle.parts import PartwiseFollower
from clusckpt.oracle.replay import Follower
from clusckpt.rules import rulebook
from clusckpt_spec.readings import READINGS
from tests.model.oracle.parts.traces import traces


@pytest.mark.parametrize("name", READINGS)
@settings(max_examples=40)
@given(data=st.data())
def test_the_same_report(name: str, data: st.DataObject) -> None:
    """Whatever happens, is left out or is told wrongly, the report is the same."""
    rules = rulebook(READINGS[name])
    header, lines = data.draw(traces(rules))
    plain = Follower(header, rules, goes_on=True)
    parts = PartwiseFollower(header, rules, goes_on=True)
    for line in lines:
        plain.follow(line)
        parts.follow(line)

    assert parts.report() == plain.report()
