"""Who waits for whom while a control code is answered, and why no checkpoint code can deadlock.

MsCS "Checkpointing": "the Cluster service does not pass any of the control codes involved with
checkpointing to resource DLLs, which means that resource DLLs can use the checkpointing control
codes freely without risking deadlocks" (CKPT-NOT-PASSED-TO-DLL). Start with `wait_for_graph`.
The transition system `clusckpt_spec.system.calls` says the same in another way, and
`clusckpt_proofs.agreement.waits` compares the two.
"""

from clusckpt.waits.calls import Code, ControlCall, OrdinaryCode
from clusckpt.waits.entry_points import EntryPoint
from clusckpt.waits.explanation import explain_cycle
from clusckpt.waits.graph import WaitForGraph, closed_cycle, wait_for_graph
from clusckpt.waits.parties import Caller, ClusterService, DllEntryPoint, Party, ResourceMonitor

__all__ = [
    "Caller",
    "ClusterService",
    "Code",
    "ControlCall",
    "DllEntryPoint",
    "EntryPoint",
    "OrdinaryCode",
    "Party",
    "ResourceMonitor",
    "WaitForGraph",
    "closed_cycle",
    "explain_cycle",
    "wait_for_graph",
]
