"""`clusckpt-cluster/1`: the design of one cluster, as JSON or YAML.

The structures below are the format: the published JSON Schema is generated from them.
"""

from typing import Final, Literal

import msgspec

CLUSTER_FORMAT: Final = "clusckpt-cluster/1"

View = Literal["native", "32", "64"]
"""Which registry view a key is named in: that of the system, or the one of 32 or 64 bits."""

Platform = Literal["x64", "x86"]
"""Whether Windows has a second registry view for 32-bit programs (x64) or just one view (x86)."""


class RegistryCheckpoint(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A registry key that follows the resource; `key` is relative to HKEY_LOCAL_MACHINE."""

    key: str
    view: View = "native"


class Resource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    r"""A resource; leave `possible_owners` out if the nodes that can host it are not known.

    `crypto_checkpoints` are strings `Type\Name\Key`, as the control code returns them.
    """

    name: str
    group: str
    id: str = ""
    type: str = ""
    possible_owners: tuple[str, ...] | None = None
    dependencies: tuple[str, ...] = ()
    registry_checkpoints: tuple[RegistryCheckpoint, ...] = ()
    crypto_checkpoints: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A group of resources that move together; `owner` is the node that owns it now.

    `preferred_owners` are the nodes to which it fails back, the most preferred first.
    """

    name: str
    owner: str | None = None
    preferred_owners: tuple[str, ...] = ()


class Cluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A cluster: its nodes, its groups and its resources with their checkpoints.

    `platform` is that of every node.
    """

    format: Literal["clusckpt-cluster/1"]
    nodes: tuple[str, ...]
    groups: tuple[Group, ...]
    resources: tuple[Resource, ...]
    name: str = ""
    platform: Platform = "x64"
