"""Random traces of clusters whose parts are mostly apart, with lies and with gaps."""

from collections.abc import Sequence

from hypothesis import strategies as st

from clusckpt.names import fold, parse_path
from clusckpt.registry import RegistryKey, find
from clusckpt.rules import Rulebook
from clusckpt.start import initial_state
from clusckpt.state import ClusterState, NoTree
from clusckpt.steps import internal_events, step
from clusckpt_spec.api.states import state_label
from clusckpt_spec.formats import events
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import (
    TRACE_FORMAT,
    Header,
    Observation,
    ObservedKey,
    ObservedTree,
    TraceLine,
)
from clusckpt_spec.formats.values import WrittenTree
from tests.drive import ADD, DELETE, GET

NODES = ("N1", "N2")
KEYS = ("S\\A", "S\\B", "S\\A\\X", "T\\C", "S\\b", "S", "U\\D")
CONTAINERS = ("1\\\\K", "1\\\\L")
CODES = (ADD, GET, DELETE)


@st.composite
def headers(draw: st.DrawFn) -> Header:
    """Two nodes and three resources in two or three groups, most with a root of their own."""
    groups = draw(st.sampled_from([("GA", "GB", "GC"), ("GA", "GB", "GB")]))
    resources = tuple(
        Resource(
            name,
            group=group,
            registry_checkpoints=tuple(RegistryCheckpoint(key) for key in keys),
            crypto_checkpoints=boxes,
        )
        for name, group, keys, boxes in zip(
            "ABC",
            groups,
            (draw(_roots("S\\A", "S\\A\\X")), draw(_roots("S\\B")), draw(_roots("T\\C", "S\\A"))),
            ((), draw(_boxes), draw(_boxes)),
            strict=True,
        )
    )
    cluster = Cluster(
        CLUSTER_FORMAT, NODES, tuple(Group(name) for name in sorted(set(groups))), resources
    )
    usual: WrittenTree = {key: {"v": 0} for key in ("S", "S\\A", "S\\B", "T\\C")}
    registry: dict[str, WrittenTree] = {
        node: draw(st.sampled_from([usual, usual, {}])) for node in NODES
    }
    containers = {"N1": {"1\\\\K": "one"}}
    return Header(TRACE_FORMAT, cluster, registry=registry, containers=containers)


def _roots(usual: str, other: str = "U\\D") -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from([(usual,), (usual,), (usual, "V\\" + usual), (other,), ()])


_boxes = st.sampled_from([(), (), ("1\\\\K",)])

_names = st.sampled_from("ABC")
_nodes = st.sampled_from(NODES)
_groups = st.sampled_from(("GA", "GB"))
_keys = st.sampled_from(("S\\A", "S\\B", "T\\C", "S\\A", "S\\B", *KEYS))
_paths = st.sampled_from(("one.bak", "two.bak"))
_values = st.integers(1, 2)

usual_events: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(events.RegSetValueEx, _nodes, _keys, st.just("v"), _values),
    st.builds(events.OnlineClusterResource, _names),
    st.builds(events.OnlineClusterResource, _names),
    st.builds(events.OfflineClusterResource, _names),
    st.builds(events.MoveClusterGroup, _groups, _nodes),
    st.builds(events.NodeCrash, _nodes),
    st.builds(events.NodeJoin, _nodes),
)
"""What happens on every cluster."""

rare_events: st.SearchStrategy[AnyEvent] = st.one_of(
    st.builds(events.RegCreateKeyEx, _nodes, _keys),
    st.builds(events.RegDeleteTree, _nodes, _keys),
    st.builds(events.RegDeleteValue, _nodes, _keys, st.just("v")),
    st.builds(events.RegOpenKeyEx, _nodes, _keys),
    st.builds(events.RegCloseKey, _nodes, _keys),
    st.builds(events.RegSetKeySecurity, _nodes, _keys, st.booleans()),
    st.builds(events.CryptGenKey, _nodes, st.sampled_from(CONTAINERS), st.sampled_from("xy")),
    st.builds(events.ClusterResourceControl, _names, st.sampled_from(CODES), st.sampled_from(KEYS)),
    st.builds(events.FailClusterResource, _names),
    st.builds(events.DeleteClusterResource, _names),
    st.builds(events.CreateClusterResource, _names, _groups),
    st.builds(events.BackupClusterDatabase, _paths),
    st.builds(events.QuorumChange, st.sampled_from(["online", "full", "lost"])),
    st.builds(events.LoseStoredCopy, _names, st.sampled_from(KEYS)),
    st.builds(events.RecreateCheckpoints, _names),
    st.just(events.CaptureDelayPasses()),
)
"""What happens seldom, and may concern several parts."""


@st.composite
def traces(
    draw: st.DrawFn, rules: Rulebook, longest: int = 12
) -> tuple[Header, Sequence[TraceLine]]:
    """A run of the model told as a trace that leaves most out, and now and then lies."""
    header = draw(headers())
    state, lines = initial_state(header), []
    for number in range(2, 2 + draw(st.integers(1, longest))):
        event = draw(st.one_of(usual_events, usual_events, rare_events))
        found = sorted(step(state, event, rules), key=repr)
        returned = None
        if found:
            outcome = draw(st.sampled_from(found))
            state, returned = outcome.state, outcome.status.value
        for _ in range(draw(st.integers(0, 3))):
            state = _by_itself(draw, state, rules)
        told = returned if draw(st.booleans()) and returned is not None and returned >= 0 else None
        lines.append(TraceLine(number, event, told, draw(_observations(state))))
        if not found and not draw(st.booleans()):
            lines.pop()
    return header, lines


def _by_itself(draw: st.DrawFn, state: ClusterState, rules: Rulebook) -> ClusterState:
    possible = list(internal_events(state, rules))
    if not possible:
        return state
    found = sorted(step(state, draw(st.sampled_from(possible)), rules), key=repr)
    return draw(st.sampled_from(found)).state if found else state


@st.composite
def _observations(draw: st.DrawFn, state: ClusterState) -> Observation | None:
    """Some of the state, true in most cases."""
    if draw(st.booleans()):
        return None
    lies = draw(st.sampled_from([False] * 7 + [True]))
    states = {}
    for name in draw(st.sets(_names, max_size=2)):
        entry = state.resources.get(fold(name))
        if entry is not None:
            states[name] = "Failed" if lies else state_label(entry.state)
    owners = {
        group: "N1" if lies else str(state.groups[fold(group)].owner)
        for group in draw(st.sets(_groups, max_size=1))
    }
    registry: dict[str, ObservedTree] = {}
    if draw(st.booleans()):
        node, key = draw(_nodes), draw(_keys)
        tree = state.nodes[fold(node)].registry
        registry[node] = {key: {"v": draw(_values)} if lies else _seen(tree, key)}
    stored: dict[str, dict[str, ObservedTree | None]] = {}
    if draw(st.booleans()):
        stored = draw(_stored(state, lies=lies))
    return Observation(states=states, owners=owners, registry=registry, stored=stored)


@st.composite
def _stored(
    draw: st.DrawFn, state: ClusterState, *, lies: bool
) -> dict[str, dict[str, ObservedTree | None]]:
    found: dict[str, dict[str, ObservedTree | None]] = {}
    for name, resource in sorted(state.resources.items()):
        for entry in resource.checkpoints.values():
            copy = state.copies.get((name, entry.name))
            if not entry.root or isinstance(copy, NoTree) or draw(st.booleans()):
                continue
            seen: ObservedKey = {"v": draw(_values)}
            if not lies and isinstance(copy, RegistryKey):
                value = copy.values.get(fold("v"))
                seen = {"v": None if value is None else int.from_bytes(value.content, "little")}
            gone = copy is None and not lies
            found.setdefault(name, {})[entry.given] = None if gone else {entry.given: seen}
    return found


def _seen(tree: RegistryKey, key: str) -> ObservedKey:
    there = find(tree, parse_path(key))
    if there is None:
        return None
    value = there.values.get(fold("v"))
    return {"v": None if value is None else int.from_bytes(value.content, "little")}
