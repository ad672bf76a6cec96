"""The calls and happenings of a cluster: the alphabet that traces and the reference model share.

Each is named after the public function it stands for. The last four are steps of the cluster
service itself, which real logs seldom show; a trace may leave them out.
"""

import msgspec

from clusckpt_spec.formats.values import WrittenValue


class Event(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="call",
    tag=lambda name: name,
):
    """Something that happens to the cluster; `call` in a trace names the class."""


class RegCreateKeyEx(Event, frozen=True):
    """A key is created on a node, with the missing keys above it."""

    node: str
    key: str


class RegSetValueEx(Event, frozen=True):
    """A value is set under a key of a node; the key and those above it are created if missing."""

    node: str
    key: str
    name: str
    value: WrittenValue


class RegDeleteValue(Event, frozen=True):
    """A value is deleted."""

    node: str
    key: str
    name: str


class RegDeleteTree(Event, frozen=True):
    """A key is deleted with everything under it."""

    node: str
    key: str


class CryptGenKey(Event, frozen=True):
    r"""A machine key container `Type\Name\Key` gets new keys on a node."""

    node: str
    container: str
    keys: str
    exportable: bool = True


class ClusterResourceControl(Event, frozen=True):
    """A control code by its name or number, with the string it is given, if any."""

    resource: str
    code: str | int
    input: str | None = None


class OnlineClusterResource(Event, frozen=True):
    """A request to bring a resource online."""

    resource: str


class OfflineClusterResource(Event, frozen=True):
    """A request to take a resource offline."""

    resource: str


class FailClusterResource(Event, frozen=True):
    """A resource fails, or is failed on request."""

    resource: str


class DeleteClusterResource(Event, frozen=True):
    """A request to delete a resource."""

    resource: str


class MoveClusterGroup(Event, frozen=True):
    """A request to move a group to a node, or without one to the best possible node."""

    group: str
    node: str | None = None


class BackupClusterDatabase(Event, frozen=True):
    """The cluster database is backed up, with its checkpoints, to a path."""

    path: str


class RestoreClusterDatabase(Event, frozen=True):
    """The cluster database is restored from a path on a node, which then forms the cluster."""

    path: str
    node: str


class NodeCrash(Event, frozen=True):
    """A node stops without taking its resources offline."""

    node: str


class NodeJoin(Event, frozen=True):
    """A node that was down takes part in the cluster again."""

    node: str


class FailoverClusterGroup(Event, frozen=True):
    """The cluster service gives a group whose owner is down to another node."""

    group: str
    node: str


class BringOnline(Event, frozen=True):
    """The cluster service starts to bring a resource to its persistent state, Online."""

    resource: str


class RestoreCheckpoint(Event, frozen=True):
    """The cluster service restores one checkpoint (a key or a container) on the owner."""

    resource: str
    checkpoint: str


class DllOnline(Event, frozen=True):
    """The Online entry point of the resource DLL has run, and the resource is online."""

    resource: str


RegistryWrite = RegCreateKeyEx | RegSetValueEx | RegDeleteValue | RegDeleteTree
InternalEvent = FailoverClusterGroup | BringOnline | RestoreCheckpoint | DllOnline
AnyEvent = (
    RegistryWrite
    | CryptGenKey
    | ClusterResourceControl
    | OnlineClusterResource
    | OfflineClusterResource
    | FailClusterResource
    | DeleteClusterResource
    | MoveClusterGroup
    | BackupClusterDatabase
    | RestoreClusterDatabase
    | NodeCrash
    | NodeJoin
    | InternalEvent
)
