"""Faulty conduct when something fails or is missing: each takes the place of the step."""

from __future__ import annotations  # rpds maps are generic for the type checker only

from dataclasses import replace

from rpds import HashTrieMap

from clusckpt.names import Folded, fold
from clusckpt.properties.run import Behaviour
from clusckpt.registry import RegistryKey, find, put_key
from clusckpt.rules import Rulebook
from clusckpt.state import ClusterState, Node
from clusckpt.steps import Outcome, step
from clusckpt_spec.formats.events import (
    AnyEvent,
    CreateClusterResource,
    QuorumChange,
    RecreateCheckpoints,
)

Outcomes = frozenset[Outcome]

_NOT_RESTORED = 1024
"""The event that tells of a tree that was not restored."""


def failed_silently(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A restore that fails is survived, and no event tells of it."""
    return frozenset(replace(one, logged=frozenset()) for one in step(state, event, rules))


def restored_half_way(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A restore that meets an open key has replaced the values of the root by then."""
    outcomes = step(state, event, rules)
    return frozenset(replace(one, state=_half_restored(one)) for one in outcomes)


def _half_restored(outcome: Outcome) -> ClusterState:
    state = outcome.state
    told = {(one.resource, one.about) for one in outcome.logged if one.id == _NOT_RESTORED}
    for name, given in sorted(told):
        for entry in state.resources[name].checkpoints.values() if name in state.resources else ():
            copy, node = state.copies.get((name, entry.name)), state.owner_of(name)
            there = find(state.nodes[node].registry, entry.root) if entry.root else None
            if entry.given == given and isinstance(copy, RegistryKey) and there is not None:
                half = put_key(state.nodes[node].registry, entry.root, there.with_values_of(copy))
                state = state.with_registry(node, half)
    return state


def resurrected(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A resource that is created gets the checkpoints that one of its name has in a backup."""
    outcomes = step(state, event, rules)
    if not isinstance(event, CreateClusterResource) or fold(event.resource) in state.resources:
        return outcomes
    return frozenset(replace(one, state=_from_backups(one.state, event)) for one in outcomes)


def _from_backups(state: ClusterState, event: CreateClusterResource) -> ClusterState:
    name = fold(event.resource)
    for _, backup in sorted(state.backups.items(), key=lambda one: one[0]):
        old = backup.resources.get(name)
        if old is not None and name in state.resources:
            new = replace(state.resources[name], checkpoints=old.checkpoints)
            state = state.with_resource(name, new)
    return state


def independent(*kinds: type[AnyEvent]) -> Behaviour:
    """A behaviour in which some requests mind no dependency."""

    def behave(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
        if not isinstance(event, kinds):
            return step(state, event, rules)
        loose = state
        for name, resource in state.resources.items():
            loose = loose.with_resource(name, replace(resource, dependencies=frozenset()))
        outcomes = step(loose, event, rules)
        return frozenset(replace(one, state=_bound(state, one.state)) for one in outcomes)

    return behave


def _bound(before: ClusterState, after: ClusterState) -> ClusterState:
    """The state with the dependencies that there were before."""
    for name, resource in after.resources.items():
        was = before.resources.get(name)
        if was is not None:
            bound = replace(resource, dependencies=was.dependencies)
            after = after.with_resource(name, bound)
    return after


def recreated_elsewhere(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The recovery tool copies what another node has, not what the owner has."""
    name = fold(event.resource) if isinstance(event, RecreateCheckpoints) else Folded("")
    others = [] if name not in state.resources else sorted({*state.nodes} - {state.owner_of(name)})
    if not others:
        return step(state, event, rules)
    group = state.resources[name].group
    elsewhere = state.groups.insert(group, replace(state.groups[group], owner=others[0]))
    outcomes = step(replace(state, groups=elsewhere), event, rules)
    return frozenset(
        replace(one, state=replace(one.state, groups=state.groups)) for one in outcomes
    )


def run_on_without_quorum(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The loss of the quorum is noticed, and everything runs on."""
    outcomes = step(state, event, rules)
    if not isinstance(event, QuorumChange):
        return outcomes
    return frozenset(
        replace(one, state=replace(state, quorum=one.state.quorum)) for one in outcomes
    )


def kept_to_itself(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """What is captured reaches no other node."""
    outcomes = step(state, event, rules)
    return frozenset(replace(one, state=_with_nodes(state, event, one.state)) for one in outcomes)


def _with_nodes(before: ClusterState, event: AnyEvent, after: ClusterState) -> ClusterState:
    """The state in which only the node that an event names has another registry than before."""
    named = fold(getattr(event, "node", None) or "")
    nodes: HashTrieMap[Folded, Node] = after.nodes
    for name, node in after.nodes.items():
        if name != named:
            nodes = nodes.insert(name, replace(node, registry=before.nodes[name].registry))
    return replace(after, nodes=nodes)
