"""The rulebook: one clause for every rule that a product could get wrong, under one reading.

The model takes every such decision through its rulebook. Replace one clause and the model has
exactly one bug, which is how the gallery plants them.
"""

from dataclasses import dataclass

from clusckpt.names import Folded
from clusckpt.rules.capture import Capture, captured
from clusckpt.rules.course import Course
from clusckpt.rules.removal import (
    BackUp,
    Comparison,
    Deletion,
    backed_up,
    compared_without_case,
    deleted,
)
from clusckpt.rules.restore import (
    Replacement,
    Target,
    Waits,
    every_stored_copy,
    on_the_owner,
    replaced,
    restored,
)
from clusckpt.state import Checkpoint
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.readings import KB174070, MSCS_PAGE, Reading

_REQUIRED = {
    AmbiguityID.A1: "immediate",
    AmbiguityID.A3: "overwritten",
    AmbiguityID.A4: "at-add",
    AmbiguityID.A6: "fails",
    AmbiguityID.A22: "allowed-any-order",
    AmbiguityID.A24: "recaptured",
    AmbiguityID.A25: "fatal",
    AmbiguityID.A27: "online-without-overwrite",
    AmbiguityID.A29: "like-offline",
}
"""The choices that the model implements so far, where it implements only one."""


class UnsupportedReading(ValueError):
    """A reading makes a choice that the reference model does not implement yet."""


@dataclass(frozen=True)
class Rulebook:
    """The clauses that the model decides by; the defaults are the documented rules."""

    reading: Reading
    capture: Capture = captured
    replacement: Replacement = replaced
    target: Target = on_the_owner
    waits: Waits = every_stored_copy
    deletion: Deletion = deleted
    backup: BackUp = backed_up
    comparison: Comparison = compared_without_case

    @property
    def saves_at_offline(self) -> bool:
        """Whether an orderly offline saves every checkpoint (A2)."""
        return self.reading[AmbiguityID.A2] == "saved"

    def restore(self, course: Course, resource: Folded, checkpoint: Checkpoint) -> Course:
        """Restore one checkpoint by this rulebook's clauses."""
        return restored(
            course,
            resource,
            checkpoint,
            capture=self.capture,
            replacement=self.replacement,
            target=self.target,
        )


def rulebook(reading: Reading) -> Rulebook:
    """The rulebook of a reading.

    Raises:
        UnsupportedReading: if the reading makes a choice that is not implemented.

    >>> rulebook(MSCS_PAGE).saves_at_offline, rulebook(KB174070).saves_at_offline
    (False, True)
    """
    for ambiguity, choice in _REQUIRED.items():
        if reading[ambiguity] != choice:
            message = (
                f"reading {reading.name!r} takes {reading[ambiguity]!r} for {ambiguity}; the "
                f"reference model implements {choice!r} there; use the reading "
                f"{MSCS_PAGE.name!r} or {KB174070.name!r}"
            )
            raise UnsupportedReading(message)
    return Rulebook(reading)


MSCS_PAGE_RULES = rulebook(MSCS_PAGE)
KB174070_RULES = rulebook(KB174070)
