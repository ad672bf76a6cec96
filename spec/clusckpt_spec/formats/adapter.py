"""`clusckpt-adapter/1`: how the conformance kit talks to an implementation.

JSON-RPC 2.0, one object a line, on the standard input and output of the adapter. The kit asks
`initialize` once, then `reset`, calls and `observe` as often as it likes, and `shutdown` at the
end. Every call of a trace is a method of the same name, its fields are the parameters, and the
result is an `Answer`. What is answered with error -32601 or -32602 has not happened: the adapter
does not support it, and the kit leaves it out.
"""

from typing import Final, Literal

import msgspec

from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.formats.values import ByteCount, HexBytes, WrittenTree

ADAPTER_PROTOCOL: Final = "clusckpt-adapter/1"

Observable = Literal[
    "states",
    "owners",
    "registry",
    "containers",
    "stored",
    "checkpoints",
    "groups",
    "logged",
    "backup_files",
]
"""The parts of an observation that an adapter may be able to fill."""

NamedValues = dict[str, tuple[str, ...]]
"""Keys by their path, each with the names of the values that are asked for."""


class Implementation(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the adapter speaks for."""

    name: str
    version: str = ""


class InitializeParams(msgspec.Struct, frozen=True):
    """The parameters of `initialize`: the protocol that the kit speaks, and its version."""

    protocol: Literal["clusckpt-adapter/1"]
    kit: str


class Capabilities(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of `initialize`.

    `calls` are the calls that the adapter has a method for, and `observes` the parts of an
    observation that it can fill: the kit asks for no others.
    """

    protocol: Literal["clusckpt-adapter/1"]
    implementation: Implementation
    calls: tuple[str, ...]
    observes: tuple[Observable, ...] = ()


class ResetParams(msgspec.Struct, frozen=True, omit_defaults=True):
    """The parameters of `reset`: the cluster to set up, as the header of a trace gives it.

    Every node is up, every resource is offline on the owner of its group, and the copy of each
    checkpoint is the tree as the owner has it. The result is null.
    """

    cluster: Cluster
    registry: dict[str, WrittenTree] = {}
    containers: dict[str, dict[str, str]] = {}


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The result of a call: its status by number or name (null: it has none), and its output.

    A call returns when all that it sets going has come to an end, but for captures by a timer:
    `OnlineClusterResource` answers once the resource is online or failed.
    """

    returned: int | str | None = None
    output: HexBytes | None = None
    bytes_returned: ByteCount | None = None


class ObserveParams(msgspec.Struct, frozen=True, omit_defaults=True):
    """The parameters of `observe`: what the kit wants to see now. The result is an `Observation`.

    `states` and `checkpoints` name resources, `owners` and `groups` groups, `registry` nodes with
    keys and values, `containers` nodes with key containers, `stored` resources with roots, keys
    and values, `backup_files` paths of backups. A key, value, container or copy that is asked for
    and is not there is answered with null, a backup with no files; a resource that is not there,
    and whatever cannot be seen just now (a node is down), is left out.
    """

    states: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()
    registry: dict[str, NamedValues] = {}
    containers: dict[str, tuple[str, ...]] = {}
    stored: dict[str, dict[str, NamedValues]] = {}
    backup_files: tuple[str, ...] = ()
    logged: bool = False


Observed = Observation
"""The result of `observe`."""
