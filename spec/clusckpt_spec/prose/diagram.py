"""What a state diagram consists of: lanes of states, with boxes around them and arrows between."""

from dataclasses import dataclass
from enum import StrEnum

from clusckpt_spec.readings import Reading


class Effect(StrEnum):
    """What an arrow does to stored copies."""

    CAPTURED = "captured"
    """The stored copy is the tree on the owner, from now on."""
    RESTORED = "restored"
    """The tree on the owner is the stored copy, from now on."""
    DROPPED = "dropped"
    """There is no stored copy any more."""
    AS_BACKED_UP = "as backed up"
    """The stored copy is the one in the backup."""
    NONE = ""
    """The stored copy stays as it is."""


@dataclass(frozen=True, slots=True)
class Box:
    """Several states with a border around them: an arrow from it may start in each of them."""

    name: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """Actions that lead from any of the sources to the target.

    `only` names the readings that have the arrow, where not all readings of its lane have it.
    """

    name: str
    actions: tuple[str, ...]
    sources: tuple[str, ...]
    target: str
    note: str = ""
    effect: Effect = Effect.NONE
    only: tuple[str, ...] = ()

    @property
    def label(self) -> tuple[tuple[str, str], ...]:
        """What is written beside the arrow: lines of text, each with its kind."""
        listed = ", ".join(self.actions).replace(", restore", ",\nrestore").splitlines()
        lines = [("action", text) for text in listed]
        lines += [("quiet", text) for text in (self.note, ", ".join(self.only)) if text]
        if self.effect:
            lines.append((kind(self.effect), str(self.effect)))
        return tuple(lines)

    @property
    def description(self) -> str:
        """The arrow in words, for readers who do not see it."""
        said = f": {self.effect}" if self.effect else ""
        under = f", under {', '.join(self.only)}" if self.only else ""
        path = f"from {', '.join(self.sources)} to {self.target}"
        return f"{', '.join(self.actions)}, {path}{under}{said}"

    def under(self, reading: Reading) -> bool:
        """Whether a reading has the arrow."""
        return not self.only or reading.name in self.only


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the diagrams: of a resource, or of one of its checkpoints under some readings."""

    name: str
    title: str
    readings: tuple[Reading, ...]
    states: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def kind(effect: Effect) -> str:
    """The name of the colour of an effect."""
    return effect.replace(" ", "-")
