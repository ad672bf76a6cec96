"""The life cycle of a resource and of each of its checkpoints, as one state diagram.

The one subtle fact: the arrows are stated here and placed in the template, which can neither leave
one out nor add one; and a test compares them with every step that the actions can take.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from clusckpt_spec.prose.templating import filled


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


_MEANINGS: Final = MappingProxyType(
    {
        Effect.CAPTURED: "the stored copy is now the tree on the owner",
        Effect.RESTORED: "the tree on the owner is now the stored copy",
        Effect.DROPPED: "there is no stored copy any more",
        Effect.AS_BACKED_UP: "the stored copy is now the one in the backup",
    }
)


@dataclass(frozen=True, slots=True)
class Box:
    """Several states with a border around them: an arrow from it may start in each of them."""

    name: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """Actions that lead from any of the sources to the target."""

    name: str
    actions: tuple[str, ...]
    sources: tuple[str, ...]
    target: str
    note: str = ""
    effect: Effect = Effect.NONE

    @property
    def label(self) -> tuple[tuple[str, str], ...]:
        """What is written beside the arrow: lines of text, each with its kind."""
        listed = ", ".join(self.actions).replace(", restore", ",\nrestore").splitlines()
        lines = [("action", text) for text in listed]
        if self.note:
            lines.append(("quiet", self.note))
        if self.effect:
            lines.append((_kind(self.effect), str(self.effect)))
        return tuple(lines)

    @property
    def description(self) -> str:
        """The arrow in words, for readers who do not see it."""
        said = f": {self.effect}" if self.effect else ""
        return f"{', '.join(self.actions)}, from {', '.join(self.sources)} to {self.target}{said}"


@dataclass(frozen=True, slots=True)
class Lane:
    """One of the two diagrams: of a resource, or of one of its checkpoints."""

    name: str
    title: str
    states: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


OFFLINE, PENDING, ONLINE, FAILED, DELETED = (
    "offline",
    "online pending",
    "online",
    "failed",
    "deleted",
)
_REST: Final = Box("at rest", (OFFLINE, FAILED))
_RUNNING: Final = Box("running", (PENDING, ONLINE))

RESOURCE: Final = Lane(
    name="resource",
    title="A resource",
    states=(OFFLINE, PENDING, ONLINE, FAILED, DELETED),
    boxes=(_REST, _RUNNING),
    arrows=(
        Arrow("begin", ("begin_online",), _REST.states, PENDING),
        Arrow("restore", ("restore",), (PENDING,), PENDING, "one root at a time", Effect.RESTORED),
        Arrow("complete", ("complete_online",), (PENDING,), ONLINE, "once all are restored"),
        Arrow("stop", ("go_offline",), (ONLINE,), OFFLINE, "kb174070: captured"),
        Arrow("fail", ("fail",), _RUNNING.states, FAILED, "nothing is captured"),
        Arrow("crash", ("crash",), _RUNNING.states, OFFLINE, "nothing is captured"),
        Arrow("delete", ("delete",), _REST.states, DELETED, effect=Effect.DROPPED),
        Arrow(
            "database",
            ("restore_database",),
            (OFFLINE, PENDING, ONLINE, FAILED, DELETED),
            OFFLINE,
            "if it is in the backup",
            Effect.AS_BACKED_UP,
        ),
    ),
)
"""The states of a resource."""

UNLISTED, STORED, RESTORED, FOLLOWED = "not listed", "stored", "restored", "followed"
_LISTED: Final = Box("listed, with a stored copy", (STORED, RESTORED, FOLLOWED))
_ON_OWNER: Final = Box("restored on the owner", (RESTORED, FOLLOWED))
_CHANGES: Final = ("write", "delete_tree", "restore")

CHECKPOINT: Final = Lane(
    name="checkpoint",
    title="One of its checkpoints",
    states=(UNLISTED, STORED, RESTORED, FOLLOWED),
    boxes=(_LISTED, _ON_OWNER),
    arrows=(
        Arrow("add", ("add_checkpoint",), (UNLISTED,), STORED, "not online", Effect.CAPTURED),
        Arrow("add-online", ("add_checkpoint",), (UNLISTED,), FOLLOWED, "online", Effect.CAPTURED),
        Arrow("remove", ("remove_checkpoint",), _LISTED.states, UNLISTED, effect=Effect.DROPPED),
        Arrow("delete", ("delete",), (STORED,), UNLISTED, effect=Effect.DROPPED),
        Arrow("restore", ("restore",), (STORED,), RESTORED, effect=Effect.RESTORED),
        Arrow("complete", ("complete_online",), (RESTORED,), FOLLOWED),
        Arrow("undo", _CHANGES, (RESTORED,), STORED, "for another resource"),
        Arrow("stop", ("go_offline",), (FOLLOWED,), STORED, "kb174070: captured"),
        Arrow("fail", ("fail", "crash"), _ON_OWNER.states, STORED),
        Arrow(
            "follow",
            _CHANGES,
            (FOLLOWED,),
            FOLLOWED,
            "for another resource",
            Effect.CAPTURED,
        ),
        Arrow(
            "database",
            ("restore_database",),
            (UNLISTED, STORED, RESTORED, FOLLOWED),
            STORED,
            "listed in the backup",
            Effect.AS_BACKED_UP,
        ),
        Arrow(
            "database-unlisted",
            ("restore_database",),
            (UNLISTED, STORED, RESTORED, FOLLOWED),
            UNLISTED,
            "not listed in the backup",
            Effect.DROPPED,
        ),
    ),
)
"""The states of a checkpoint; it is followed once its resource is online, restored before."""

LANES: Final = (RESOURCE, CHECKPOINT)


def picture() -> str:
    """The diagram as SVG."""
    legend = [(_kind(effect), str(effect), meaning) for effect, meaning in _MEANINGS.items()]
    return filled("lifecycle.svg.j2", lanes=LANES, legend=legend)


def _kind(effect: Effect) -> str:
    """The name of the colour of an effect."""
    return effect.replace(" ", "-")
