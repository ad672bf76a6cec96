"""Substates: the state of one part of a cluster, and the states of several put together."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from rpds import HashTrieMap

from clusckpt.names import FoldedPath
from clusckpt.oracle.parts.layout import REST, Layout
from clusckpt.oracle.parts.trees import restricted, united, without
from clusckpt.state import ClusterState, Node


def substate(state: ClusterState, layout: Layout, part: int) -> ClusterState:
    """The state of one part: every node, with what belongs to the part, and nothing else.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.oracle.parts.layout import layout_of
    >>> part = substate(two_nodes(), layout_of(two_nodes()), 2)
    >>> list(part.resources), list(part.groups), sorted(part.nodes)
    (['B'], ['GB'], ['N1', 'N2'])
    """
    groups, resources = layout.groups, layout.resources
    return replace(
        state,
        nodes=HashTrieMap(
            {name: _node_of(node, layout, part) for name, node in state.nodes.items()}
        ),
        groups=HashTrieMap({k: v for k, v in state.groups.items() if groups[k] == part}),
        resources=HashTrieMap({k: v for k, v in state.resources.items() if resources[k] == part}),
        copies=HashTrieMap({k: v for k, v in state.copies.items() if resources[k[0]] == part}),
        backups=state.backups if part == REST else HashTrieMap(),
    )


def _node_of(node: Node, layout: Layout, part: int) -> Node:
    def has(path: FoldedPath) -> bool:
        return layout.part_of_key(path) in ((REST, None) if part == REST else (part,))

    own = [root for root, number in layout.roots.items() if number == part]
    rest = part == REST
    tree = without(node.registry, layout.roots) if rest else restricted(node.registry, own)
    held = {
        name: container
        for name, container in node.containers.items()
        if layout.containers.get(name, REST) == part
    }
    locked = (name for name in node.locked if layout.containers.get(name, REST) == part)
    return replace(
        node,
        registry=tree,
        containers=HashTrieMap(held),
        opened=frozenset(filter(has, node.opened)),
        denied=frozenset(filter(has, node.denied)),
        locked=frozenset(locked),
    )


def joined_states(states: Sequence[ClusterState]) -> ClusterState:
    """The states of several parts as the state of one cluster.

    >>> from clusckpt.examples import two_nodes
    >>> from clusckpt.oracle.parts.layout import layout_of
    >>> layout = layout_of(two_nodes())
    >>> states = [substate(two_nodes(), layout, part) for part in range(layout.count)]
    >>> joined_states(states) == two_nodes()
    True
    """
    return reduce(_both, states)


def _both(one: ClusterState, other: ClusterState) -> ClusterState:
    nodes = {name: _both_nodes(node, other.nodes[name]) for name, node in one.nodes.items()}
    return replace(
        one,
        nodes=HashTrieMap(nodes),
        groups=HashTrieMap({**dict(one.groups.items()), **dict(other.groups.items())}),
        resources=HashTrieMap({**dict(one.resources.items()), **dict(other.resources.items())}),
        copies=HashTrieMap({**dict(one.copies.items()), **dict(other.copies.items())}),
        backups=HashTrieMap({**dict(one.backups.items()), **dict(other.backups.items())}),
    )


def _both_nodes(one: Node, other: Node) -> Node:
    return replace(
        one,
        registry=united(one.registry, other.registry),
        containers=HashTrieMap({**dict(one.containers.items()), **dict(other.containers.items())}),
        opened=one.opened | other.opened,
        denied=one.denied | other.denied,
        locked=one.locked | other.locked,
    )
