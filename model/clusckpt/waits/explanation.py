"""A closed cycle of waits, told to people."""

from collections.abc import Iterable
from itertools import pairwise

from clusckpt.waits.calls import ControlCall
from clusckpt.waits.graph import WaitForGraph, closed_cycle, wait_for_graph
from clusckpt.waits.parties import Party
from clusckpt_spec.register.ids import RuleID

NO_CYCLE = (
    "no deadlock: nobody waits for a party that waits for it. The cluster service answers "
    f"checkpoint codes itself and passes none to a resource DLL ({RuleID.NOT_PASSED_TO_DLL})."
)


def explain_cycle(calls: Iterable[ControlCall]) -> str:
    r"""Tell which parties wait for each other, and why; or that nobody does.

    Rule: CKPT-NOT-PASSED-TO-DLL.

    >>> from clusckpt.waits import EntryPoint, OrdinaryCode
    >>> from clusckpt_spec.api.control_codes import ControlCode
    >>> def told(code):
    ...     print(explain_cycle([ControlCall("SQL", EntryPoint.ONLINE, code, "SQL")]))
    >>> told(OrdinaryCode.GET_PRIVATE_PROPERTIES)  # doctest: +NORMALIZE_WHITESPACE
    deadlock: 4 parties wait for each other, for ever:
      Online of SQL
        waits for the cluster service, busy with call 1:
        it has issued CLUSCTL_RESOURCE_GET_PRIVATE_PROPERTIES for SQL
      the cluster service, busy with call 1
        waits for the resource monitor of SQL:
        it passes the code on, and the answer comes from there
      the resource monitor of SQL
        waits for ResourceControl of SQL:
        that is the entry point of the DLL which answers the code
      ResourceControl of SQL
        waits for Online of SQL:
        a DLL answers no code for a resource while it is inside another call for it
    >>> told(ControlCode.ADD_REGISTRY_CHECKPOINT)  # doctest: +NORMALIZE_WHITESPACE
    no deadlock: nobody waits for a party that waits for it. The cluster service answers checkpoint
    codes itself and passes none to a resource DLL (CKPT-NOT-PASSED-TO-DLL).
    """
    graph = wait_for_graph(calls)
    cycle = closed_cycle(graph)
    if cycle is None:
        return NO_CYCLE
    heading = f"deadlock: {len(cycle)} parties wait for each other, for ever:"
    waits = (_wait(graph, one, other) for one, other in pairwise([*cycle, cycle[0]]))
    return "\n".join((heading, *waits))


def _wait(graph: WaitForGraph, waiting: Party, awaited: Party) -> str:
    because: str = graph.edges[waiting, awaited]["because"]
    return f"  {waiting}\n    waits for {awaited}:\n    {because}"
