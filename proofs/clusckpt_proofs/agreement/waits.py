"""Agreement on waiting: the transition system of calls against the wait-for graph of the model.

The transition system knows no graph: a state of it is stuck if some code will never be answered,
whatever else happens. The graph knows no steps: it has a closed cycle or not. On every reachable
state of a small scope the two must say the same (CKPT-NOT-PASSED-TO-DLL).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from clusckpt.waits import Code, ControlCall, EntryPoint, OrdinaryCode, closed_cycle, wait_for_graph
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.system.program import Concrete, Program, Table


@dataclass(frozen=True)
class Cast:
    """What the transition system leaves open: the entry point that issues, and the codes."""

    inside: EntryPoint = EntryPoint.ONLINE
    checkpoint_code: Code = ControlCode.ADD_REGISTRY_CHECKPOINT
    other_code: Code = OrdinaryCode.GET_PRIVATE_PROPERTIES


USUAL = Cast()
"""Online, which adds a checkpoint or asks for properties."""


@dataclass(frozen=True)
class WaitComparison:
    """How many states were compared, how many of them are stuck, and where the two differ."""

    states: int
    stuck: int
    disagreements: tuple[Concrete, ...]


def compare_waits(program: Program, start: Concrete, cast: Cast = USUAL) -> WaitComparison:
    """Compare every reachable state of the calls with the graph of the calls in it.

    Args:
        program: the transition system of calls on a small scope.
        start: its initial state.
        cast: the entry point and the codes that stand for those of the system.
    """
    steps = reachable(program, start)
    stuck = set(stuck_states(program, steps))
    cyclic = {
        state
        for state in steps
        if closed_cycle(wait_for_graph(calls_of(program, state, cast))) is not None
    }
    return WaitComparison(len(steps), len(stuck), tuple(sorted(stuck ^ cyclic)))


def reachable(program: Program, start: Concrete) -> "nx.DiGraph[Concrete]":
    """Every state that can come of the first one, with an edge for each step."""
    graph: nx.DiGraph[Concrete] = nx.DiGraph()
    graph.add_node(start)
    waiting = [start]
    while waiting:
        state = waiting.pop()
        for _, successor in program.steps(state):
            if successor not in graph:
                waiting.append(successor)
            graph.add_edge(state, successor)
    return graph


def stuck_states(program: Program, steps: "nx.DiGraph[Concrete]") -> Iterator[Concrete]:
    """The states in which some code has been issued that will never be answered."""
    issued = {state: frozenset(_issued(_tables(program, state))) for state in steps}
    for state in steps:
        later = nx.descendants(steps, state)
        if any(all(pair in issued[one] for one in later) for pair in issued[state]):
            yield state


def calls_of(program: Program, state: Concrete, cast: Cast) -> Iterator[ControlCall]:
    """The calls that a state of the transition system stands for."""
    tables = _tables(program, state)
    for issuer, target in _issued(tables):
        about_checkpoints = tables["checkpoint_code"][issuer]
        code = cast.checkpoint_code if about_checkpoints else cast.other_code
        on_its_way = about_checkpoints or tables["passed"][issuer][target]
        yield ControlCall(f"R{issuer}", cast.inside, code, f"R{target}", on_its_way)


def _issued(tables: Mapping[str, Table]) -> Iterator[tuple[int, int]]:
    for issuer, row in enumerate(tables["request"]):
        yield from ((issuer, target) for target, issued in enumerate(row) if issued)


def _tables(program: Program, state: Concrete) -> dict[str, Table]:
    named = zip(program.symbols, state, strict=True)
    return {symbol.name: table for symbol, table in named}
