"""Collisions of checkpoints in a design (CKPT-INSTANCES): found, demonstrated, repaired.

The collision theorem of the design says when two resources can lose data to each other: they
conflict over a key if both have a root at or above it and some node can host both. Without a
conflict, what a resource left under its roots stays there while it is online; for every conflict
a schedule of at most eight events ends in the loss. `find_conflicts` decides this for a design,
`find_witness` executes such a schedule on the reference model, and `suggest_renames` gives names
under which the resources cannot meet. Start by reading `definition`.
"""

from clusckpt.collisions.bug import ModelBug
from clusckpt.collisions.conflicts import (
    Analysis,
    Component,
    TooManyOverlaps,
    find_conflicts,
)
from clusckpt.collisions.definition import conflict, covers
from clusckpt.collisions.graph import CollisionGraph, Relation, collision_graph
from clusckpt.collisions.hosts import Hosts, hosts_of_resources
from clusckpt.collisions.pairs import Conflict, Undecided
from clusckpt.collisions.rename import (
    RenamedRoot,
    Suggestion,
    renamed_cluster,
    suggest_renames,
)
from clusckpt.collisions.roots import CheckpointedRoot, Root, roots_of
from clusckpt.collisions.watching import Effect
from clusckpt.collisions.witness import Witness, WitnessStep, find_witness

__all__ = [
    "Analysis",
    "CheckpointedRoot",
    "CollisionGraph",
    "Component",
    "Conflict",
    "Effect",
    "Hosts",
    "ModelBug",
    "Relation",
    "RenamedRoot",
    "Root",
    "Suggestion",
    "TooManyOverlaps",
    "Undecided",
    "Witness",
    "WitnessStep",
    "collision_graph",
    "conflict",
    "covers",
    "find_conflicts",
    "find_witness",
    "hosts_of_resources",
    "renamed_cluster",
    "roots_of",
    "suggest_renames",
]
