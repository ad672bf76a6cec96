"""Programs name only what there is, and have only calls that the party has."""

from hypothesis import given, settings
from hypothesis import strategies as st

from clusckpt.conformance import Program
from clusckpt.conformance.catalogue import CATALOGUE
from clusckpt.conformance.programs import (
    LONGEST_PROGRAM,
    callable_events,
    programs,
    scenarios_for,
)
from clusckpt.conformance.shortening import parts, shortened
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.trace_checks import event_faults, header_faults
from clusckpt.files.trace_lines import CALLS
from clusckpt_spec.formats.events import NodeCrash, OnlineClusterResource, RegSetValueEx
from clusckpt_spec.register import RuleID

FEW = ("OnlineClusterResource", "RegSetValueEx")
every = st.sampled_from(CATALOGUE).flatmap(lambda one: programs(CALLS, one))


def faults(program: Program) -> list[object]:
    """What a trace of the program would be refused for."""
    names = ClusterNames.of(program.start.cluster)
    found: list[object] = list(header_faults(program.header))
    for event in program.events:
        found += event_faults(event, names)
        names.learn(event)
    return found


def names_the_spare(program: Program) -> bool:
    """Whether a program uses the resource that only a creation brings about."""
    return any(getattr(event, "resource", "") == "R9" for event in program.events)


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(every)
def test_programs_are_meaningful(program: Program) -> None:
    """Every name is known where it is used, and no program is too long."""
    assert faults(program) == []
    assert len(program.events) <= LONGEST_PROGRAM


@settings(max_examples=20, derandomize=True, database=None, deadline=None)
@given(programs(FEW))
def test_programs_have_the_calls_of_the_party(program: Program) -> None:
    """A party with two calls gets programs of these two."""
    assert {type(event).__name__ for event in program.events} <= set(FEW)


@settings(max_examples=20, derandomize=True, database=None, deadline=None)
@given(every)
def test_parts_are_programs(program: Program) -> None:
    """What shortening takes is a program whose names are all known."""
    smaller = [part for part in parts(program) if not names_the_spare(part)]

    assert [fault for part in smaller for fault in faults(part)] == []


@settings(max_examples=5, derandomize=True, database=None, deadline=None)
@given(every)
def test_shortened_to_what_matters(program: Program) -> None:
    """Only the call that is looked for is left, on a cluster without what it does not name."""
    wanted = Program(program.start, (*program.events, NodeCrash("N1")))
    short = shortened(wanted, lambda one: one.events[-1:] == (NodeCrash("N1"),))

    assert short.events == (NodeCrash("N1"),)
    assert short.start.cluster.resources == ()
    assert short.start.cluster.nodes == ("N1",)


def test_every_rule_has_a_scenario() -> None:
    """No rule is left to chance."""
    assert frozenset().union(*(one.rules for one in CATALOGUE)) == frozenset(RuleID)


def test_scenarios_need_their_calls() -> None:
    """A scenario is offered only if its calls are there, and about the rules that are named."""
    few = callable_events(FEW)
    about = scenarios_for(callable_events(CALLS), frozenset({RuleID.IN_BACKUP}))

    assert few == {OnlineClusterResource, RegSetValueEx}
    assert {one.name for one in scenarios_for(few)} == {"changes in time", "edit before online"}
    assert [one.name for one in about] == ["backed up"]
    assert scenarios_for(frozenset()) == ()
