"""The wait-for graph of some control calls: an edge leads from who waits to who is waited for.

Nobody in a closed cycle can go on. An entry point that has issued no code waits for nobody and
returns by itself, so only those with a call are in the graph.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import networkx as nx

from clusckpt.names import fold
from clusckpt.waits.calls import ControlCall
from clusckpt.waits.entry_points import EntryPoint
from clusckpt.waits.parties import Caller, ClusterService, DllEntryPoint, Party, ResourceMonitor

WaitForGraph: TypeAlias = "nx.DiGraph[Party]"
Wait = tuple[Party, Party, str]
"""Who waits, for whom, and why."""

ONE_AT_A_TIME = "a DLL answers no code for a resource while it is inside another call for it"


def wait_for_graph(calls: Iterable[ControlCall]) -> WaitForGraph:
    """The graph of who waits for whom; `because` on an edge says why.

    Names of resources are compared without case, and spelled as they came first. Calls are
    numbered from 1.

    Rule: CKPT-NOT-PASSED-TO-DLL.

    >>> from clusckpt_spec.api.control_codes import ControlCode
    >>> add = ControlCall("SQL", EntryPoint.ONLINE, ControlCode.ADD_REGISTRY_CHECKPOINT, "SQL")
    >>> [(str(one), str(other)) for one, other in wait_for_graph([add]).edges]
    [('Online of SQL', 'the cluster service, busy with call 1')]
    """
    numbered = list(enumerate(_spelled_alike(calls), start=1))
    graph: WaitForGraph = nx.DiGraph()
    for waiting, awaited, because in _waits(numbered):
        graph.add_edge(waiting, awaited, because=because)
    return graph


def closed_cycle(graph: WaitForGraph) -> list[Party] | None:
    """Parties of which each waits for the next and the last for the first; None if there are none.

    >>> from clusckpt.waits.calls import OrdinaryCode
    >>> ask = ControlCall("SQL", EntryPoint.ONLINE, OrdinaryCode.GET_PRIVATE_PROPERTIES, "SQL")
    >>> [str(party) for party in closed_cycle(wait_for_graph([ask]))][-1]
    'ResourceControl of SQL'
    """
    try:
        return [edge[0] for edge in nx.find_cycle(graph)]
    except nx.NetworkXNoCycle:
        return None


def _waits(numbered: Sequence[tuple[int, ControlCall]]) -> Iterator[Wait]:
    for number, call in numbered:
        yield _issuer(number, call), ClusterService(number), _issued(call)
        if call.passed_to_dll:
            yield from _passed_on(number, call)
    answering = {call.target for _, call in numbered if call.passed_to_dll}
    for _, call in numbered:
        if call.resource in answering and call.inside not in {None, EntryPoint.RESOURCE_CONTROL}:
            due = DllEntryPoint(call.resource, EntryPoint.RESOURCE_CONTROL)
            yield due, DllEntryPoint(call.resource, call.inside), ONE_AT_A_TIME


def _issuer(number: int, call: ControlCall) -> Party:
    if call.resource is None or call.inside is None:
        return Caller(number)
    return DllEntryPoint(call.resource, call.inside)


def _issued(call: ControlCall) -> str:
    return f"it has issued {call.published_name} for {call.target}"


def _passed_on(number: int, call: ControlCall) -> Iterator[Wait]:
    monitor = ResourceMonitor(call.target)
    yield ClusterService(number), monitor, "it passes the code on, and the answer comes from there"
    due = DllEntryPoint(call.target, EntryPoint.RESOURCE_CONTROL)
    yield monitor, due, "that is the entry point of the DLL which answers the code"


def _spelled_alike(calls: Iterable[ControlCall]) -> Iterator[ControlCall]:
    """The calls with one spelling for each resource."""
    spelled: dict[str, str] = {}
    for call in calls:
        resource = call.resource and spelled.setdefault(fold(call.resource), call.resource)
        target = spelled.setdefault(fold(call.target), call.target)
        yield ControlCall(resource, call.inside, call.code, target, call.on_its_way)
