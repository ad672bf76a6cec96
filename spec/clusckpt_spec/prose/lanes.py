"""The arrows of the diagrams: of a resource, and of a checkpoint under two families of readings.

What follows the loss of a stored copy is not drawn: it can happen in every state.
"""

from typing import Final

from clusckpt_spec.prose.diagram import Arrow, Box, Effect, Lane
from clusckpt_spec.readings import KB174070, MS_CMRP, MSCS_PAGE, MSCS_READINGS, WINDOWS_OBSERVED

OFFLINE, PENDING, ONLINE = "offline", "online pending", "online"
STOPPING, FAILED, DELETED = "offline pending", "failed", "deleted"
_REST: Final = Box("at rest", (OFFLINE, FAILED))
_RUNNING: Final = Box("running", (PENDING, ONLINE, STOPPING))
_EXISTING: Final = (OFFLINE, PENDING, ONLINE, STOPPING, FAILED)
_OBSERVED: Final = (WINDOWS_OBSERVED.name,)
_FATAL: Final = (MSCS_PAGE.name, KB174070.name, MS_CMRP.name)
_SAVED_AT_ONCE: Final = "under kb174070: captured"

RESOURCE: Final = Lane(
    name="resource",
    title="A resource",
    readings=MSCS_READINGS,
    states=(OFFLINE, PENDING, ONLINE, STOPPING, FAILED, DELETED),
    boxes=(_REST, _RUNNING),
    arrows=(
        Arrow("begin", ("begin_online",), _REST.states, PENDING),
        Arrow("restore", ("restore",), (PENDING,), PENDING, "one root at a time", Effect.RESTORED),
        Arrow("survive", ("fail_restore",), (PENDING,), PENDING, "goes on", only=_OBSERVED),
        Arrow("complete", ("complete_online",), (PENDING,), ONLINE, "once all are restored"),
        Arrow("stop", ("begin_offline",), (ONLINE,), STOPPING, _SAVED_AT_ONCE),
        Arrow(
            "save",
            ("save",),
            (STOPPING,),
            STOPPING,
            "one root at a time",
            Effect.CAPTURED,
            only=_OBSERVED,
        ),
        Arrow("finish", ("complete_offline", "terminate"), (STOPPING,), OFFLINE),
        Arrow("fail", ("fail",), _RUNNING.states, FAILED, "nothing is captured"),
        Arrow("cannot-restore", ("fail_restore",), (PENDING,), FAILED, only=_FATAL),
        Arrow("miss", ("miss_copy",), (PENDING,), FAILED, only=(MS_CMRP.name,)),
        Arrow("crash", ("crash",), _RUNNING.states, OFFLINE, "nothing is captured"),
        Arrow("delete", ("delete",), _REST.states, DELETED, effect=Effect.DROPPED),
        Arrow("create", ("create",), (DELETED,), OFFLINE, "no checkpoints"),
        Arrow(
            "database",
            ("restore_database",),
            (*_EXISTING, DELETED),
            OFFLINE,
            "in the backup",
            Effect.AS_BACKED_UP,
        ),
        Arrow(
            "database-without",
            ("restore_database",),
            _EXISTING,
            DELETED,
            "not in the backup",
            Effect.DROPPED,
        ),
    ),
)
"""The states of a resource."""

UNLISTED, STORED, RESTORED = "not listed", "stored", "restored"
FOLLOWED, CHANGED = "followed", "changed"
_CHANGES: Final = ("write", "delete_tree", "restore")
_TO_DATABASE: Final = (
    ("database", STORED, "listed in the backup", Effect.AS_BACKED_UP),
    ("database-unlisted", UNLISTED, "not listed in the backup", Effect.DROPPED),
)


def _always(states: tuple[str, ...]) -> tuple[Arrow, ...]:
    """The arrows that both diagrams of a checkpoint have."""
    listed = states[1:]
    return (
        Arrow("add", ("add_checkpoint",), (UNLISTED,), STORED, "at rest", Effect.CAPTURED),
        Arrow("add-online", ("add_checkpoint",), (UNLISTED,), FOLLOWED, "online", Effect.CAPTURED),
        Arrow("remove", ("remove_checkpoint",), listed, UNLISTED, effect=Effect.DROPPED),
        Arrow("delete", ("delete",), (STORED,), UNLISTED, effect=Effect.DROPPED),
        Arrow("restore", ("restore",), (STORED,), RESTORED, effect=Effect.RESTORED),
        Arrow("complete", ("complete_online",), (RESTORED,), FOLLOWED),
        *(
            Arrow(name, ("restore_database",), states, target, note, effect)
            for name, target, note, effect in _TO_DATABASE
        ),
    )


_AT_ONCE: Final = (UNLISTED, STORED, RESTORED, FOLLOWED)

AT_ONCE: Final = Lane(
    name="at-once",
    title="One of its checkpoints, where capture is part of the change (mscs-page, kb174070)",
    readings=(MSCS_PAGE, KB174070),
    states=_AT_ONCE,
    boxes=(
        Box("listed, with a stored copy", (STORED, RESTORED, FOLLOWED)),
        Box("restored on the owner", (RESTORED, FOLLOWED)),
    ),
    arrows=(
        *_always(_AT_ONCE),
        Arrow("undo", _CHANGES, (RESTORED,), STORED, "for another resource"),
        Arrow("stop", ("begin_offline",), (FOLLOWED,), STORED, only=(MSCS_PAGE.name,)),
        Arrow(
            "save",
            ("begin_offline",),
            (FOLLOWED,),
            STORED,
            effect=Effect.CAPTURED,
            only=(KB174070.name,),
        ),
        Arrow("fail", ("fail", "crash"), (RESTORED, FOLLOWED), STORED),
        Arrow("cannot-restore", ("fail_restore",), (RESTORED,), STORED, "of another root"),
        Arrow("follow", _CHANGES, (FOLLOWED,), FOLLOWED, "for another resource", Effect.CAPTURED),
    ),
)
"""A checkpoint where nothing waits: it is followed once its resource is online."""

_LATER: Final = (*_AT_ONCE, CHANGED)
_ACTIVE: Final = (RESTORED, FOLLOWED, CHANGED)

LATER: Final = Lane(
    name="later",
    title="One of its checkpoints, where a change may wait (ms-cmrp, windows-observed)",
    readings=(MS_CMRP, WINDOWS_OBSERVED),
    states=_LATER,
    boxes=(
        Box("listed, with a stored copy", _LATER[1:]),
        Box("on the owner", _ACTIVE),
        Box("changes count", (FOLLOWED, CHANGED)),
    ),
    arrows=(
        *_always(_LATER),
        Arrow("survive", ("fail_restore",), (STORED,), RESTORED, "the tree stays", only=_OBSERVED),
        Arrow("change-pending", _CHANGES, (RESTORED,), CHANGED, "for another resource"),
        Arrow("again", ("restore",), (CHANGED,), RESTORED, effect=Effect.RESTORED),
        Arrow("capture-pending", ("capture",), (CHANGED,), RESTORED, effect=Effect.CAPTURED),
        Arrow("change", _CHANGES, (FOLLOWED,), CHANGED, "for another resource"),
        Arrow("capture", ("capture",), (CHANGED,), FOLLOWED, effect=Effect.CAPTURED),
        Arrow("save", ("save",), (CHANGED,), FOLLOWED, "", Effect.CAPTURED, _OBSERVED),
        Arrow("stop", ("complete_offline", "terminate"), (FOLLOWED, CHANGED), STORED),
        Arrow("fail", ("fail", "crash"), _ACTIVE, STORED, "what waited is lost"),
        Arrow(
            "cannot-restore",
            ("fail_restore", "miss_copy"),
            (RESTORED, CHANGED),
            STORED,
            "while coming online",
            only=(MS_CMRP.name,),
        ),
    ),
)
"""A checkpoint where changes may wait: it is followed while its resource is online or stopping."""

LANES: Final = (RESOURCE, AT_ONCE, LATER)
"""The diagrams, from the top."""
