"""The parties that wait for each other while control codes are answered.

The one subtle fact: the cluster service is one party for each call, because it answers a call
while others wait. One single party for all of them would close cycles that do not exist: a DLL
that adds a checkpoint while another DLL's code is on its way to it would then wait for itself.
"""

from dataclasses import dataclass

from clusckpt.waits.entry_points import EntryPoint


@dataclass(frozen=True, slots=True)
class Caller:
    """A program outside every resource DLL, such as an administrator's tool; of call `call`."""

    call: int

    def __str__(self) -> str:
        """Name the party in a sentence."""
        return f"the caller of call {self.call}"


@dataclass(frozen=True, slots=True)
class ClusterService:
    """The cluster service, as far as it is busy with call `call`."""

    call: int

    def __str__(self) -> str:
        """Name the party in a sentence."""
        return f"the cluster service, busy with call {self.call}"


@dataclass(frozen=True, slots=True)
class ResourceMonitor:
    """The resource monitor of a resource, which calls the entry points of its DLL."""

    resource: str

    def __str__(self) -> str:
        """Name the party in a sentence."""
        return f"the resource monitor of {self.resource}"


@dataclass(frozen=True, slots=True)
class DllEntryPoint:
    """An entry point of a resource's DLL: one that runs, or one that is due to run."""

    resource: str
    entry_point: EntryPoint

    def __str__(self) -> str:
        """Name the party in a sentence."""
        return f"{self.entry_point} of {self.resource}"


Party = Caller | ClusterService | ResourceMonitor | DllEntryPoint
