"""Choices: which clause a reading calls for where the documents leave several."""

from collections.abc import Callable
from functools import partial

from clusckpt.names import Folded
from clusckpt.rules.capture import (
    Changed,
    Concerned,
    Consequence,
    captured,
    doubted,
    ignored,
    noticed,
    undone,
)
from clusckpt.rules.course import Course
from clusckpt.rules.removal import (
    BackUp,
    Comparison,
    Deletion,
    backed_up,
    backed_up_without_crypto,
    compared_with_case,
    compared_without_case,
    deleted,
    deleted_with_trees,
    resource_deleted_first,
)
from clusckpt.rules.restore import (
    Waits,
    every_checkpoint,
    every_stored_copy,
    nothing,
    on_another_node,
)
from clusckpt.state import CheckpointKind, CheckpointName, Resource
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.readings import Reading


def capture_of(reading: Reading) -> Consequence:
    """What follows from a change while online: a copy at once, or a later one (A1, A29, A39)."""
    return _applied(_effect(reading), _counts_as_online(reading))


def recapture_of(reading: Reading) -> Consequence:
    """What follows, while online, from another resource's restore (A24)."""
    choice = reading[AmbiguityID.A24]
    if choice == "recaptured":
        return capture_of(reading)
    if choice == "either":
        return _applied(doubted, _counts_as_online(reading))
    return ignored


def between_of(reading: Reading) -> Consequence:
    """What follows from a change between online and offline (A3)."""
    choice = reading[AmbiguityID.A3]
    if choice == "overwritten":
        return undone
    if choice == "either":
        return _applied(doubted, _counts_between(reading))
    return _applied(_effect(reading), _counts_between(reading))


def in_between(resource: Resource, name: CheckpointName) -> bool:
    """A resource is on its way to offline, or to online with this checkpoint restored already."""
    if resource.state is ResourceState.ONLINE_PENDING:
        return name in resource.restored
    return resource.state is ResourceState.OFFLINE_PENDING


def waits_of(reading: Reading) -> Waits:
    """What must have been restored before a resource is online (A27)."""
    if reading.product.restore_when == "continuous":
        return nothing
    called_for = every_checkpoint if reading[AmbiguityID.A27] == "fatal" else every_stored_copy
    return called_for if reading.product.restore_same_node else partial(on_another_node, called_for)


def deletion_of(reading: Reading) -> Deletion:
    """What a deletion of a resource takes with it (A32, A42)."""
    if reading[AmbiguityID.A32] == "registry-removed":
        return deleted_with_trees
    return deleted if reading[AmbiguityID.A42] == "one-step" else resource_deleted_first


def backup_of(reading: Reading) -> BackUp:
    """Which checkpoints a backup has (A36)."""
    both = reading[AmbiguityID.A36] == "both-kinds"
    return backed_up if both else backed_up_without_crypto


def comparison_of(reading: Reading) -> Comparison:
    """How names of checkpoints are compared (A9)."""
    caseless = reading[AmbiguityID.A9] == "case-insensitive"
    return compared_without_case if caseless else compared_with_case


_Effect = Callable[[Course, Folded, Changed, Concerned], Course]


def _applied(effect: _Effect, concerned: Concerned) -> Consequence:
    def follow(course: Course, node: Folded, changed: Changed) -> Course:
        return effect(course, node, changed, concerned)

    return follow


def _effect(reading: Reading) -> _Effect:
    return captured if reading[AmbiguityID.A1] == "immediate" else noticed


def _counts_as_online(reading: Reading) -> Concerned:
    """Online, and failed where A29 says so; containers too where A39 says so."""
    states = {ResourceState.ONLINE}
    if reading[AmbiguityID.A29] == "like-online":
        states.add(ResourceState.FAILED)
    kinds = _watched_kinds(reading)
    return lambda resource, name: resource.state in states and name.kind in kinds


def _counts_between(reading: Reading) -> Concerned:
    kinds = _watched_kinds(reading)
    return lambda resource, name: in_between(resource, name) and name.kind in kinds


def _watched_kinds(reading: Reading) -> frozenset[CheckpointKind]:
    if reading[AmbiguityID.A39] == "monitored":
        return frozenset(CheckpointKind)
    return frozenset({CheckpointKind.REGISTRY})
