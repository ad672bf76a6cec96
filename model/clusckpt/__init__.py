r"""The reference model of cluster checkpointing, and what is built on it.

Start with `step`: everything that may come of an event in a state. Each public name is imported
when it is first asked for: pytest imports this package in every run, for its plugin.

>>> from clusckpt import MSCS_PAGE_RULES, initial_state, replay, step
>>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, RegistryCheckpoint
>>> from clusckpt_spec.formats.cluster import Resource
>>> from clusckpt_spec.formats.events import OnlineClusterResource, RegSetValueEx
>>> from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
>>> root = RegistryCheckpoint("Software\\Acme")
>>> resource = Resource("SQL", group="G", registry_checkpoints=(root,))
>>> cluster = Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", owner="N1"),), (resource,))
>>> header = Header(TRACE_FORMAT, cluster, registry={"N1": {"Software\\Acme": {"Port": 1}}})

Everything that may come of one event, here under the reading that follows the page:

>>> outcomes = step(initial_state(header), OnlineClusterResource("SQL"), MSCS_PAGE_RULES)
>>> sorted(outcome.status.name for outcome in outcomes)
['ERROR_IO_PENDING', 'ERROR_SUCCESS']

And what the rules say of a log, here of an offline change that a restart did not overwrite:

>>> change = RegSetValueEx("N1", "Software\\Acme", "Port", 2)
>>> seen = Observation(registry={"N1": {"Software\\Acme": {"Port": 2}}})
>>> online = TraceLine(3, OnlineClusterResource("SQL"), "ERROR_SUCCESS", seen)
>>> report = replay(header, [TraceLine(2, change), online], MSCS_PAGE_RULES)
>>> report.kind.value, report.violation.line, str(report.violation.rule)
('violates', 3, 'CKPT-OFFLINE-OVERWRITTEN')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from clusckpt.oracle import Report, VerdictKind, replay
    from clusckpt.rules import (
        KB174070_RULES,
        MS_CMRP_RULES,
        MSCS_PAGE_RULES,
        WINDOWS_OBSERVED_RULES,
        Rulebook,
        rulebook,
    )
    from clusckpt.start import initial_state
    from clusckpt.state import ClusterState
    from clusckpt.steps import Outcome, step

__all__ = [
    "KB174070_RULES",
    "MSCS_PAGE_RULES",
    "MS_CMRP_RULES",
    "WINDOWS_OBSERVED_RULES",
    "ClusterState",
    "Outcome",
    "Report",
    "Rulebook",
    "VerdictKind",
    "initial_state",
    "replay",
    "rulebook",
    "step",
]

_HOMES: Final = {
    "oracle": ("Report", "VerdictKind", "replay"),
    "start": ("initial_state",),
    "state": ("ClusterState",),
    "steps": ("Outcome", "step"),
}
"""The packages that public names come from; all others come from `rules`."""


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    home = next((one for one, names in _HOMES.items() if name in names), "rules")
    return getattr(import_module(f"{__name__}.{home}"), name)
