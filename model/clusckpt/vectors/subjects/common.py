r"""What the subjects share: tiny clusters, what is watched of them, and short names for events.

Resource A is in group GA on N1, with the root `Software\A`; B is in GB on N2.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import product

import msgspec

from clusckpt.vectors.script import Planned, Script, program
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.formats.adapter import ObserveParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    Platform,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    CaptureDelayPasses,
    ClusterResourceControl,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    RegDeleteTree,
    RegSetValueEx,
)
from clusckpt_spec.formats.values import WrittenKey
from clusckpt_spec.formats.vectors import Start

Part = Sequence[AnyEvent | Planned]

ROOT, BELOW = "Software\\A", "Software\\A\\B"
BOX = "1\\\\Box"
ONLINE, OFFLINE, FAIL = (
    OnlineClusterResource("A"),
    OfflineClusterResource("A"),
    FailClusterResource("A"),
)
ARRIVING, LEAVING = Planned(ONLINE, "OnlinePending"), Planned(OFFLINE, "OfflinePending")
FAILED = Planned(FAIL, "Failed")
"""A fails, and is not restarted yet."""

DELAY = CaptureDelayPasses()
AWAY, BACK = MoveClusterGroup("GA", "N2"), MoveClusterGroup("GA", "N1")
CRASH, JOIN = NodeCrash("N1"), NodeJoin("N1")
DROP = RegDeleteTree("N1", ROOT)

SMALL = {ROOT: ("v", "w"), BELOW: ("v",)}
"""The keys that are watched, with their values."""


def write(value: int | str = 2, key: str = ROOT, node: str = "N1") -> RegSetValueEx:
    """Set the value `v` of a key."""
    return RegSetValueEx(node, key, "v", value)


def code(name: str, given: str | None = ROOT, resource: str = "A") -> ClusterResourceControl:
    """Send a control code, by the last part of its name, with a string."""
    return ClusterResourceControl(resource, ControlCode[name].published_name, given)


def resource(
    name: str, group: str, *roots: str, boxes: Sequence[str] = (), needs: Sequence[str] = ()
) -> Resource:
    """A resource with roots and containers."""
    return Resource(
        name,
        group,
        dependencies=tuple(needs),
        registry_checkpoints=tuple(map(RegistryCheckpoint, roots)),
        crypto_checkpoints=tuple(boxes),
    )


def start(
    *resources: Resource,
    keys: Mapping[str, tuple[str, ...]] = SMALL,
    nodes: Sequence[str] = ("N1", "N2"),
    platform: Platform = "x64",
    preferred: Sequence[str] = (),
    boxes: Sequence[str] = (),
    backups: Sequence[str] = (),
    logged: bool = False,
) -> Start:
    """A start in which N1 has the keys that are watched, each with another `v`, and the boxes."""
    owners = {"GA": "N1", "GB": nodes[-1]}
    named = [one for one in owners if one in {entry.group for entry in resources}]
    groups = tuple(Group(one, owners[one], tuple(preferred)) for one in named)
    cluster = Cluster(CLUSTER_FORMAT, tuple(nodes), groups, resources, platform=platform)
    names = tuple(one.name for one in resources)
    watch = ObserveParams(
        states=names,
        owners=tuple(named),
        checkpoints=names,
        registry={node: dict(keys) for node in nodes},
        containers={node: tuple(boxes) for node in nodes} if boxes else {},
        stored={one.name: _watched(one, keys) for one in resources},
        backup_files=tuple(backups),
        logged=logged,
    )
    there: dict[str, WrittenKey] = {key: {"v": 100 + at} for at, key in enumerate(keys)}
    kept = {"N1": dict.fromkeys(boxes, "first")} if boxes else {}
    return Start(cluster, watch, {"N1": there}, kept)


def combined(begin: str, *choices: Mapping[str, Part]) -> Iterator[Script]:
    """Every program that takes one part of each of the choices, in order, with its title."""
    for taken in product(*(one.items() for one in choices)):
        title = ", ".join(name for name, _ in taken if name)
        yield Script(title, begin, program(*(part for _, part in taken)))


def some(scripts: Iterable[Script], one_in: int) -> Iterator[Script]:
    """One in so many of the scripts, drawn by what they say: always the same ones."""
    for script in scripts:
        told = msgspec.json.encode([script.start, script.title])
        if int.from_bytes(sha256(told).digest()[:4], "big") % one_in == 0:
            yield script


def _watched(
    one: Resource, keys: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Of the copy of each root: the keys under it. Without roots, of the first key."""
    roots = [entry.key for entry in one.registry_checkpoints] or list(keys)[:1]
    return {
        root: {key: names for key, names in keys.items() if key.startswith(root)} for root in roots
    }
