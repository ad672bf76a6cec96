"""The slice of a trace breaks the same rule for the same reason, and nothing of it can go."""

from dataclasses import replace
from importlib import resources
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusckpt.files.trace_file import load_trace
from clusckpt.oracle import Violation
from clusckpt.rules import MS_CMRP_RULES, MSCS_PAGE_RULES, Rulebook
from clusckpt.slicing import NotViolated, Slice, sliced
from clusckpt.slicing.parts import parts
from clusckpt.slicing.trials import Trials, without
from clusckpt_spec.formats.events import (
    AnyEvent,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    RegDeleteTree,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import Observation, Trace
from clusckpt_spec.register import RuleID
from tests.slicing.traces import NODES, header, key_of, run, trace, violation

FLIPS = resources.files("clusckpt").joinpath("data", "incidents", "rc11-login-mode-flips.jsonl")


def _slice(found: Trace, rules: Rulebook = MSCS_PAGE_RULES) -> Slice:
    wanted = violation(found, rules)
    assert wanted is not None
    return sliced(found.header, found.lines, rules, wanted)


def _told(one: Violation | None) -> Violation | None:
    return one and replace(one, line=0)


def _seen(node: str, number: int, value: int | None) -> Observation:
    return Observation({f"R{number}": "Online"}, registry={node: {key_of(number): {"v": value}}})


def _fault(found: Trace, at: int, value: int) -> Trace:
    """The trace with another value of the first root on N1 and N2 after one of its events."""
    line = found.lines[at]
    assert line.observed is not None
    seen = {
        node: {**tree, key_of(0): {"v": value}} for node, tree in line.observed.registry.items()
    }
    observed = msgspec.structs.replace(line.observed, registry=seen)
    wrong = msgspec.structs.replace(line, observed=observed)
    return Trace(found.header, (*found.lines[:at], wrong, *found.lines[at + 1 :]))


def test_an_incident_is_sliced() -> None:
    """Of the login mode that flips, the two events stay, and of what was seen the mode."""
    found = _slice(load_trace(str(FLIPS)))

    assert found.lines == (2, 3)
    assert found.is_shortest
    assert found.trace.lines[0].observed is None
    assert found.trace.lines[1].observed is not None
    assert not found.trace.lines[1].observed.states


def test_a_fault_among_a_thousand_lines() -> None:
    """One wrong value among a thousand innocent lines of six resources leaves a handful."""
    random = Random(7)  # noqa: S311 - the same lines in every run
    steps: list[tuple[AnyEvent, Observation | None]] = [
        (OnlineClusterResource(f"R{at}"), Observation({f"R{at}": "Online"})) for at in range(6)
    ]
    for value in range(1000):
        at = random.randrange(6)
        steps.append((RegSetValueEx("N1", key_of(at), "v", value), _seen("N1", at, value)))
    steps += [
        (RegSetValueEx("N1", key_of(3), "v", 1), None),
        (MoveClusterGroup("G3", "N2"), _seen("N2", 3, 2)),
        (NodeCrash("N1"), None),
    ]
    whole = trace(header(6), *steps)
    found = _slice(whole)

    assert found.violation.got == f"{key_of(3)} on N2: v = 2"
    assert found.violation.allowed == (f"{key_of(3)} on N2: v = 1",)
    assert found.is_shortest
    assert [type(line.event).__name__ for line in found.trace.lines] == [
        "OnlineClusterResource",
        "RegSetValueEx",
        "MoveClusterGroup",
    ]
    assert [one.name for one in found.trace.header.cluster.resources] == ["R3"]
    assert found.lines[-1] == len(steps)


def test_what_explains_a_value_stays() -> None:
    """A value that was lost and is there again later is no value that nobody ever wrote."""
    whole = trace(
        header(),
        (OnlineClusterResource("R0"), Observation({"R0": "Online"})),
        (RegSetValueEx("N1", key_of(0), "v", 1), None),
        (NodeCrash("N1"), _seen("N2", 0, 0)),
        (NodeJoin("N1"), _seen("N2", 0, 1)),
    )
    found = _slice(whole, MS_CMRP_RULES)
    unseen = without(whole.lines, {(2, part) for part in parts(whole.lines[2])})

    assert violation(Trace(whole.header, unseen), MS_CMRP_RULES) is None
    assert RegSetValueEx("N1", key_of(0), "v", 1) in [one.event for one in found.trace.lines]
    assert found.trace.lines[-2].observed == Observation(registry=_seen("N2", 0, 0).registry)


def test_what_conforms_has_no_slice() -> None:
    """A violation that a trace does not have cannot be sliced out of it."""
    whole = trace(header(), (OnlineClusterResource("R0"), Observation({"R0": "Online"})))
    other = Violation(2, "OnlineClusterResource", "x", ("y",), RuleID.ONLINE_STATES)

    with pytest.raises(NotViolated, match="line 2 is not where the trace first breaks"):
        sliced(whole.header, whole.lines, MSCS_PAGE_RULES, other)
    with pytest.raises(NotViolated, match="the trace has no line 9"):
        sliced(whole.header, whole.lines, MSCS_PAGE_RULES, replace(other, line=9))


def test_no_more_is_tried_than_may_be() -> None:
    """If nothing may be tried, the slice is the trace up to the violation, and says so."""
    whole = _fault(run(header(2), [NodeCrash("N1"), NodeJoin("N1")]), 2, 99)
    wanted = violation(whole, MSCS_PAGE_RULES)
    assert wanted is not None
    found = sliced(whole.header, whole.lines, MSCS_PAGE_RULES, wanted, most_work=0)

    assert not found.is_shortest
    assert found.lines == tuple(range(2, wanted.line + 1))
    assert violation(found.trace, MSCS_PAGE_RULES) == found.violation


EVENTS: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(
        RegSetValueEx,
        st.sampled_from(NODES),
        st.sampled_from([key_of(0), key_of(1)]),
        st.just("v"),
        st.integers(1, 3),
    ),
    st.builds(RegDeleteTree, st.sampled_from(NODES), st.just(key_of(0))),
    st.builds(MoveClusterGroup, st.sampled_from(["G0", "G1"]), st.sampled_from(NODES)),
    st.builds(OfflineClusterResource, st.sampled_from(["R0", "R1"])),
    st.builds(OnlineClusterResource, st.sampled_from(["R0", "R1"])),
    st.builds(FailClusterResource, st.sampled_from(["R0", "R1"])),
)


@settings(max_examples=6, deadline=None)
@given(st.lists(EVENTS, min_size=2, max_size=8), st.integers(2, 9), st.integers(0, 3))
def test_every_line_is_needed(events: list[AnyEvent], at: int, seed: int) -> None:
    """The slice of a run with a wrong value breaks the same rule, and every line is needed."""
    whole = run(header(2), events, seed)
    whole = _fault(whole, min(at, len(whole.lines) - 1), 99)
    found = _slice(whole)
    again = _slice(found.trace)

    assert found.is_shortest
    assert _told(found.violation) == _told(violation(whole, MSCS_PAGE_RULES))
    assert violation(found.trace, MSCS_PAGE_RULES) == found.violation
    assert again.trace == found.trace
    for place in range(len(found.trace.lines) - 1):
        assert _is_needed(found, place)


def _is_needed(found: Slice, place: int) -> bool:
    """Whether what was seen after a line is needed; if nothing was, whether its event is."""
    start, lines = found.trace.header, found.trace.lines
    trials = Trials(MSCS_PAGE_RULES, found.violation)
    seen = {(place, part) for part in parts(lines[place])}
    if seen:
        return not trials.violates_the_same(start, without(lines, seen))
    fewer = lines[:place] + lines[place + 1 :]
    before = trials.without_each(start, lines)
    is_same = trials.violates_the_same(start, fewer)
    return not is_same or trials.without_each(start, fewer) != before
