"""The rulebook: one clause for every rule that a product could get wrong, under one reading.

The model takes every such decision through its rulebook. Replace one clause and the model has
exactly one bug, which is how the gallery plants them.
"""

from dataclasses import dataclass, replace
from functools import cache, cached_property

from clusckpt.names import Folded, FoldedPath
from clusckpt.products import replicated, with_kept
from clusckpt.registry import EMPTY_KEY, RegistryKey
from clusckpt.rules.capture import Consequence
from clusckpt.rules.choices import (
    backup_of,
    between_of,
    capture_of,
    comparison_of,
    deletion_of,
    recapture_of,
    waits_of,
)
from clusckpt.rules.course import Course
from clusckpt.rules.removal import BackUp, Comparison, Deletion
from clusckpt.rules.restore import (
    Replacement,
    Restoration,
    Restoring,
    Target,
    Waits,
    on_the_owner,
    replaced,
    restored,
)
from clusckpt.state import Checkpoint, ClusterState, Copy
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import KB174070, MS_CMRP, MSCS_PAGE, WINDOWS_OBSERVED, Reading


@dataclass(frozen=True)
class Rulebook:
    """The clauses that the model decides by; `rulebook` takes those that a reading calls for.

    `capture` says what follows from a change while a resource is online, `between` from one on
    its way there or from there, and `recapture` from another resource's restore (None: what
    follows from any change). `restores` names the checkpoints that an online restores, `waits`
    those that it waits for.
    """

    reading: Reading
    capture: Consequence
    between: Consequence
    restores: Waits
    waits: Waits
    deletion: Deletion
    backup: BackUp
    comparison: Comparison
    recapture: Consequence | None = None
    restoration: Restoration = restored
    replacement: Replacement = replaced
    target: Target = on_the_owner

    def chooses(self, ambiguity: AmbiguityID, choice: str) -> bool:
        """Whether the reading makes this choice."""
        return self.reading[ambiguity] == choice

    def names(self, text: str, checkpoint: Checkpoint) -> bool:
        """Whether a text is the name of a checkpoint, compared as the reading says (A9)."""
        return self.comparison(text) == self.comparison(checkpoint.given)

    @property
    def saves_at_offline(self) -> bool:
        """Whether an orderly offline saves every checkpoint (A2)."""
        return self.chooses(AmbiguityID.A2, "saved")

    @property
    def saves_in_between(self) -> bool:
        """Whether that is done one by one until the resource is offline (A2, A3)."""
        return self.saves_at_offline and self.chooses(AmbiguityID.A3, "either")

    @property
    def first_copy_at_online(self) -> bool:
        """Whether the online takes the first copy where the add has not (A4, A5)."""
        if self.chooses(AmbiguityID.A4, "at-add"):
            return self.chooses(AmbiguityID.A5, "nothing-captured")
        return self.chooses(AmbiguityID.A4, "at-first-online")

    @property
    def survives_failures(self) -> bool:
        """Whether a resource comes online although a restore failed (A25)."""
        return self.chooses(AmbiguityID.A25, "logged-and-survived")

    @property
    def spreads_copies(self) -> bool:
        """Whether other nodes get a tree when it is captured (A31, live replication)."""
        live = self.reading.product.restore_when == "continuous"
        return live or self.chooses(AmbiguityID.A31, "eager")

    @property
    def restores_at_move(self) -> bool:
        """Whether a move restores on the new node although nothing comes online (A30)."""
        return self.chooses(AmbiguityID.A30, "at-move")

    @property
    def keeps_removed_copies(self) -> bool:
        """Whether the copy of a checkpoint that is removed stays until its resource rests (A33)."""
        return self.chooses(AmbiguityID.A33, "kept-until-offline")

    @property
    def remembers_node(self) -> bool:
        """Whether the node on which a resource was last offline counts for its next restore."""
        return not self.reading.product.restore_same_node

    @property
    def leaves_keys_out(self) -> bool:
        """Whether the product replicates only a part of a tree (ExcludeKeys, IgnoreSubKeys)."""
        product = self.reading.product
        return bool(product.exclude_keys or product.ignore_subkeys)

    @cached_property
    def has_side_effects(self) -> bool:
        """Whether any of these four holds."""
        elsewhere = self.spreads_copies or self.restores_at_move
        return elsewhere or self.remembers_node or self.leaves_keys_out

    @cached_property
    def restoring(self) -> Restoring:
        """The clauses by which a restore goes."""
        recapture = self.capture if self.recapture is None else self.recapture
        return Restoring(self.replacement, self.target, self.between, recapture)

    def restore(self, course: Course, resource: Folded, checkpoint: Checkpoint) -> Course:
        """Restore one checkpoint by this rulebook's clauses."""
        by = self.restoring
        if self.leaves_keys_out:
            by = replace(by, replacement=self.replacing(course.state, resource, checkpoint))
        return self.restoration(course, resource, checkpoint, by)

    def replicated(self, state: ClusterState, resource: Folded, checkpoint: Checkpoint) -> Copy:
        """The stored copy of a checkpoint without what the product leaves out."""
        copy = state.copies[resource, checkpoint.name]
        if not isinstance(copy, RegistryKey):
            return copy
        roots = _roots(state, resource)
        return replicated(copy, checkpoint.folded_root, roots, self.reading.product)

    def replacing(
        self, state: ClusterState, resource: Folded, checkpoint: Checkpoint
    ) -> Replacement:
        """What a restore of a checkpoint makes of the tree that is there."""
        if not self.leaves_keys_out:
            return self.replacement
        roots, product = _roots(state, resource), self.reading.product

        def replacement(there: RegistryKey | None, copy: RegistryKey) -> RegistryKey:
            tree = self.replacement(there, copy)
            return with_kept(tree, there or EMPTY_KEY, checkpoint.folded_root, roots, product)

        return replacement


def _roots(state: ClusterState, resource: Folded) -> list[FoldedPath]:
    entries = state.resources[resource].checkpoints.values()
    return [entry.folded_root for entry in entries if entry.root]


@cache
def rulebook(reading: Reading) -> Rulebook:
    """The rulebook of a reading.

    >>> from clusckpt_spec.readings import MSCS_PAGE, KB174070
    >>> rulebook(MSCS_PAGE).saves_at_offline, rulebook(KB174070).saves_at_offline
    (False, True)
    """
    recaptured = reading[AmbiguityID.A24] == "recaptured"
    return Rulebook(
        reading,
        capture=capture_of(reading),
        between=between_of(reading),
        restores=waits_of(reading),
        waits=waits_of(reading),
        deletion=deletion_of(reading),
        backup=backup_of(reading),
        comparison=comparison_of(reading),
        recapture=None if recaptured else recapture_of(reading),
    )


MSCS_PAGE_RULES = rulebook(MSCS_PAGE)
KB174070_RULES = rulebook(KB174070)
MS_CMRP_RULES = rulebook(MS_CMRP)
WINDOWS_OBSERVED_RULES = rulebook(WINDOWS_OBSERVED)
