"""Entries: which checkpoints of a resource an input names.

Entries are found by the strings that they were added with, compared as the reading says.
"""

from clusckpt.containers import container_id
from clusckpt.rules import Rulebook
from clusckpt.state import Checkpoint, CheckpointKind, Resource
from clusckpt_spec.ambiguities import AmbiguityID


def roots_named(rules: Rulebook, resource: Resource, path: str) -> list[Checkpoint]:
    """The registry checkpoints of a path, compared as A9 says; one for each registry (A10)."""
    wanted = rules.comparison(path)
    return [
        entry
        for entry in _of_kind(resource, CheckpointKind.REGISTRY)
        if rules.comparison(entry.given) == wanted
    ]


def containers_named(rules: Rulebook, resource: Resource, given: str) -> list[Checkpoint]:
    """The crypto checkpoints of a container: by its string, or by what it denotes (A20)."""
    distinct = rules.chooses(AmbiguityID.A20, "distinct")
    form = rules.comparison if distinct else container_id
    entries = _of_kind(resource, CheckpointKind.CRYPTO)
    return [entry for entry in entries if form(entry.given) == form(given)]


def _of_kind(resource: Resource, kind: CheckpointKind) -> list[Checkpoint]:
    """The entries of one kind, those of the native registry first."""
    listed = [entry for entry in resource.checkpoints.values() if entry.name.kind is kind]
    return sorted(listed, key=lambda entry: entry.name)
