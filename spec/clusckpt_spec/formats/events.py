"""The calls and happenings of a cluster: the alphabet that traces and the reference model share.

Each is named after the public function it stands for. The `view` of a registry call is the one
in which it names its key (KEY_WOW64_32KEY, KEY_WOW64_64KEY, or neither). The last ones are steps
of the cluster service itself, which real logs seldom show; a trace may leave them out.
"""

from typing import Literal

import msgspec

from clusckpt_spec.formats.cluster import View
from clusckpt_spec.formats.values import ByteCount, HexBytes, WrittenValue


class Event(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    repr_omit_defaults=True,
    tag_field="call",
    tag=lambda name: name,
):
    """Something that happens to the cluster; `call` in a trace names the class."""


class RegCreateKeyEx(Event, frozen=True):
    """A key is created on a node, with the missing keys above it."""

    node: str
    key: str
    view: View = "native"


class RegSetValueEx(Event, frozen=True):
    """A value is set under a key of a node; the key and those above it are created if missing."""

    node: str
    key: str
    name: str
    value: WrittenValue
    view: View = "native"


class RegDeleteValue(Event, frozen=True):
    """A value is deleted."""

    node: str
    key: str
    name: str
    view: View = "native"


class RegDeleteTree(Event, frozen=True):
    """A key is deleted with everything under it."""

    node: str
    key: str
    view: View = "native"


class CryptGenKey(Event, frozen=True):
    r"""A machine key container `Type\Name\Key` gets new keys on a node."""

    node: str
    container: str
    keys: str
    exportable: bool = True


class RegOpenKeyEx(Event, frozen=True):
    """A process opens a key of a node and keeps the handle; open handles can block a restore."""

    node: str
    key: str
    view: View = "native"


class RegCloseKey(Event, frozen=True):
    """Every handle to a key of a node is closed."""

    node: str
    key: str
    view: View = "native"


class RegSetKeySecurity(Event, frozen=True):
    """The cluster service may write a key of a node from now on, or may not."""

    node: str
    key: str
    writable: bool
    view: View = "native"


class CryptSetProvParam(Event, frozen=True):
    """The cluster service may write a key container of a node from now on, or may not."""

    node: str
    container: str
    writable: bool


class ClusterResourceControl(Event, frozen=True):
    """A control code by its name or number, as it reaches the cluster service.

    `input` is the string that the input buffer holds, or `input_bytes` its bytes in hexadecimal;
    with neither the buffer is NULL. `output_size` is cbOutBufferSize in bytes, if it is known,
    and `output_null` says that lpOutBuffer is NULL. `host_node` is hHostNode (left out: NULL),
    `access` the access level of the handle, `caller` the view of the registry that the calling
    program has, if it is known, and `server` the protocol server state of the node that is asked.
    """

    resource: str
    code: str | int
    input: str | None = None
    input_bytes: HexBytes | None = None
    output_size: ByteCount | None = None
    output_null: bool = False
    host_node: str | None = None
    access: Literal["All", "Read"] = "All"
    caller: Literal["32", "64"] | None = None
    server: Literal["read/write", "read-only"] = "read/write"


class CreateClusterResource(Event, frozen=True):
    """A resource is created in a group, offline and without checkpoints; every node can host it."""

    resource: str
    group: str


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
    """The cluster database is restored from a path on a node, which then forms the cluster.

    `force` is the parameter bForce: other nodes may be active, and leave the cluster.
    """

    path: str
    node: str
    force: bool = False


class NodeCrash(Event, frozen=True):
    """A node stops without taking its resources offline."""

    node: str


class NodeJoin(Event, frozen=True):
    """A node that was down takes part in the cluster again."""

    node: str


class QuorumChange(Event, frozen=True):
    """The quorum resource is usable again, is full (it can be read), or is lost."""

    quorum: Literal["online", "full", "lost"]


class LoseStoredCopy(Event, frozen=True):
    """The file of one stored copy is lost from the quorum; the list still has the checkpoint."""

    resource: str
    checkpoint: str


class RecreateCheckpoints(Event, frozen=True):
    """The recovery tool makes every copy of a resource anew from the node that owns it now."""

    resource: str


class CaptureDelayPasses(Event, frozen=True):
    """So much time passes without a change that whatever a timer captures has been captured."""


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


class DllOffline(Event, frozen=True):
    """The Offline entry point of the resource DLL has run, and the resource is offline."""

    resource: str


class DllTerminate(Event, frozen=True):
    """The Terminate entry point of the resource DLL has run instead of Offline."""

    resource: str


class CaptureCheckpoint(Event, frozen=True):
    """The cluster service captures one checkpoint that has changed, or tries to."""

    resource: str
    checkpoint: str


class FailbackClusterGroup(Event, frozen=True):
    """The cluster service moves a group back to its most preferred active owner."""

    group: str


class DropStoredCopies(Event, frozen=True):
    """The cluster service deletes the copies that a deleted resource has left behind."""

    resource: str


RegistryWrite = RegCreateKeyEx | RegSetValueEx | RegDeleteValue | RegDeleteTree
Hindrance = RegOpenKeyEx | RegCloseKey | RegSetKeySecurity | CryptSetProvParam
QuorumEvent = QuorumChange | LoseStoredCopy | RecreateCheckpoints
InternalEvent = (
    FailoverClusterGroup
    | FailbackClusterGroup
    | BringOnline
    | RestoreCheckpoint
    | DllOnline
    | DllOffline
    | DllTerminate
    | CaptureCheckpoint
    | DropStoredCopies
)
AnyEvent = (
    RegistryWrite
    | CryptGenKey
    | Hindrance
    | ClusterResourceControl
    | CreateClusterResource
    | OnlineClusterResource
    | OfflineClusterResource
    | FailClusterResource
    | DeleteClusterResource
    | MoveClusterGroup
    | BackupClusterDatabase
    | RestoreClusterDatabase
    | NodeCrash
    | NodeJoin
    | QuorumEvent
    | CaptureDelayPasses
    | InternalEvent
)
