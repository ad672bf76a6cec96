"""No checkpoint code closes a cycle of waits, wherever it is issued; an ordinary one can."""

from itertools import product

import networkx as nx
import pytest

from clusckpt.waits import (
    Caller,
    ClusterService,
    Code,
    ControlCall,
    DllEntryPoint,
    EntryPoint,
    OrdinaryCode,
    Party,
    ResourceMonitor,
    closed_cycle,
    explain_cycle,
    wait_for_graph,
)
from clusckpt_spec.api.control_codes import ControlCode

ASK = OrdinaryCode.GET_PRIVATE_PROPERTIES
ADD = ControlCode.ADD_REGISTRY_CHECKPOINT


def cycle_of(*calls: ControlCall) -> list[Party] | None:
    """The closed cycle of some calls."""
    return closed_cycle(wait_for_graph(calls))


def chain(*codes: Code, inside: EntryPoint = EntryPoint.ONLINE) -> list[ControlCall]:
    """Calls around a ring: R0 issues the first code for R1, and the last resource one for R0."""
    size = len(codes)
    return [
        ControlCall(f"R{number}", inside, code, f"R{(number + 1) % size}")
        for number, code in enumerate(codes)
    ]


def test_entry_points_are_those_of_a_resource_dll() -> None:
    """Every published entry point is there but Startup, which comes before any resource."""
    assert [entry_point.value for entry_point in EntryPoint] == [
        "Open",
        "Close",
        "Online",
        "Offline",
        "Terminate",
        "LooksAlive",
        "IsAlive",
        "Arbitrate",
        "Release",
        "ResourceControl",
        "ResourceTypeControl",
    ]


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize("inside", EntryPoint)
def test_no_checkpoint_code_closes_a_cycle(inside: EntryPoint) -> None:
    """Each of the eleven codes can be issued from each entry point, for any resource."""
    calls = [ControlCall("R", inside, code, target) for code in ControlCode for target in "RQ"]

    assert len(calls) == 2 * 11
    assert [call for call in calls if cycle_of(call) is not None] == []


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize("inside", EntryPoint)
@pytest.mark.parametrize("code", OrdinaryCode)
def test_ordinary_code_for_the_own_resource_closes_a_cycle(
    inside: EntryPoint, code: OrdinaryCode
) -> None:
    """An ordinary code in the same place waits for the entry point that waits for it."""
    cycle = cycle_of(ControlCall("R", inside, code, "R"))

    assert cycle is not None
    assert set(cycle) == {
        DllEntryPoint("R", inside),
        ClusterService(1),
        ResourceMonitor("R"),
        DllEntryPoint("R", EntryPoint.RESOURCE_CONTROL),
    }


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize("inside", EntryPoint)
def test_ordinary_code_for_an_idle_resource_closes_no_cycle(inside: EntryPoint) -> None:
    """An ordinary code for a resource whose DLL waits for nobody is answered there."""
    assert cycle_of(ControlCall("R", inside, ASK, "Q")) is None


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize(("one", "other"), list(product(EntryPoint, repeat=2)))
def test_two_resources_that_ask_each_other(one: EntryPoint, other: EntryPoint) -> None:
    """Ordinary codes of A for B and of B for A close a cycle; a checkpoint code among them none."""
    there, back = ControlCall("A", one, ASK, "B"), ControlCall("B", other, ASK, "A")
    codes = [
        (ControlCall("A", one, first, "B"), ControlCall("B", other, second, "A"))
        for code in ControlCode
        for first, second in ((code, ASK), (ASK, code), (code, code))
    ]

    assert cycle_of(there, back) is not None
    assert [pair for pair in codes if cycle_of(*pair) is not None] == []


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
@pytest.mark.parametrize("codes", list(product((ASK, ADD), repeat=4)))
def test_ring_of_four_resources(codes: tuple[Code, ...]) -> None:
    """Around a ring a cycle is closed exactly if every code is an ordinary one."""
    assert (cycle_of(*chain(*codes)) is not None) == (set(codes) == {ASK})


@pytest.mark.rule("CKPT-NOT-PASSED-TO-DLL")
def test_checkpoint_code_beside_a_deadlock_is_answered() -> None:
    """A checkpoint code waits for nobody in a deadlock, even for a resource that is in one."""
    graph = wait_for_graph(
        [
            ControlCall("A", EntryPoint.ONLINE, ASK, "A"),
            ControlCall("B", EntryPoint.ONLINE, ADD, "A"),
            ControlCall("C", EntryPoint.ONLINE, ASK, "A"),
        ]
    )
    stuck = set(closed_cycle(graph) or ())

    assert nx.descendants(graph, DllEntryPoint("B", EntryPoint.ONLINE)) == {ClusterService(2)}
    assert nx.descendants(graph, DllEntryPoint("C", EntryPoint.ONLINE)) >= stuck != set()


def test_several_calls_of_one_dll() -> None:
    """A DLL that has more calls than one is stuck if one of them is."""
    add = ControlCall("R", EntryPoint.IS_ALIVE, ADD, "R")
    ask = ControlCall("R", EntryPoint.ONLINE, ASK, "R")

    assert cycle_of(add, add) is None
    assert cycle_of(add, ask) is not None


def test_code_that_is_not_on_its_way() -> None:
    """An ordinary code that was not passed on so far is waited for by no resource monitor."""
    held = ControlCall("R", EntryPoint.ONLINE, ASK, "R", on_its_way=False)

    assert cycle_of(held) is None


@pytest.mark.parametrize("code", [ASK, ADD])
def test_caller_outside_every_dll(code: Code) -> None:
    """Nobody waits for a program outside every DLL, so its codes close no cycle."""
    graph = wait_for_graph([ControlCall(None, None, code, "R")])

    assert closed_cycle(graph) is None
    assert list(graph.predecessors(Caller(1))) == []
    assert ClusterService(1) in graph.successors(Caller(1))


def test_names_are_compared_without_case() -> None:
    """A resource is the same in every spelling, and is told in the first one."""
    cycle = cycle_of(ControlCall("Sql", EntryPoint.ONLINE, ASK, "SQL"))

    assert cycle is not None
    assert ResourceMonitor("Sql") in cycle


def test_each_party_waits_for_the_next() -> None:
    """The parties of a cycle are in order, and each is there once."""
    graph = wait_for_graph(chain(ASK, ASK, ASK))
    cycle = closed_cycle(graph) or []

    assert len(set(cycle)) == len(cycle) == 12
    assert all(graph.has_edge(cycle[place - 1], one) for place, one in enumerate(cycle))


def test_explanation_names_every_party() -> None:
    """The text of a deadlock over two resources has every party once with the reason it waits."""
    text = explain_cycle(chain(ASK, ASK))
    lines = text.splitlines()

    assert lines[0] == "deadlock: 8 parties wait for each other, for ever:"
    assert len(lines) == 1 + 3 * 8
    assert lines[-3:] == [
        "  ResourceControl of R0",
        "    waits for Online of R0:",
        "    a DLL answers no code for a resource while it is inside another call for it",
    ]
    for waiting in ("Online of R1", "the resource monitor of R0", "ResourceControl of R1"):
        assert lines.count(f"  {waiting}") == 1


def test_explanation_says_why_there_is_none() -> None:
    """Where there is no deadlock the text says so, and cites the rule."""
    assert explain_cycle(chain(ADD, ADD)) == (
        "no deadlock: nobody waits for a party that waits for it. The cluster service answers "
        "checkpoint codes itself and passes none to a resource DLL (CKPT-NOT-PASSED-TO-DLL)."
    )


def test_parties_are_named_in_words() -> None:
    """Each kind of party has a name that fits into a sentence."""
    parties = [
        Caller(1),
        ClusterService(2),
        ResourceMonitor("SQL"),
        DllEntryPoint("SQL", EntryPoint.IS_ALIVE),
    ]

    assert [str(party) for party in parties] == [
        "the caller of call 1",
        "the cluster service, busy with call 2",
        "the resource monitor of SQL",
        "IsAlive of SQL",
    ]
