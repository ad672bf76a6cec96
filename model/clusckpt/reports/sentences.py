"""Sentences: each call of a program told to a person."""

from collections.abc import Callable
from typing import Any, Final

import msgspec

from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent

_TOLD: Final[dict[type[AnyEvent], Callable[[Any], str]]] = {
    events.RegCreateKeyEx: lambda one: f"On {one.node} somebody creates {one.key}",
    events.RegSetValueEx: lambda one: (
        f"On {one.node} somebody writes {one.key}\\{one.name} = {_value(one.value)}"
    ),
    events.RegDeleteValue: lambda one: f"On {one.node} somebody deletes {one.key}\\{one.name}",
    events.RegDeleteTree: lambda one: f"On {one.node} somebody deletes {one.key} with all under it",
    events.CryptGenKey: lambda one: f"On {one.node} container {one.container} gets keys {one.keys}",
    events.RegOpenKeyEx: lambda one: f"On {one.node} a process opens {one.key} and keeps it open",
    events.RegCloseKey: lambda one: f"On {one.node} every handle to {one.key} is closed",
    events.RegSetKeySecurity: lambda one: (
        f"On {one.node} the cluster service {_may(one.writable)} write {one.key} from now on"
    ),
    events.CryptSetProvParam: lambda one: (
        f"On {one.node} the cluster service {_may(one.writable)} write container {one.container}"
    ),
    events.ClusterResourceControl: lambda one: (
        f"{one.resource} is sent {one.code}{_input(one.input)}"
    ),
    events.CreateClusterResource: lambda one: f"Resource {one.resource} is created in {one.group}",
    events.OnlineClusterResource: lambda one: f"{one.resource} is asked to come online",
    events.OfflineClusterResource: lambda one: f"{one.resource} is asked to go offline",
    events.FailClusterResource: lambda one: f"{one.resource} fails",
    events.DeleteClusterResource: lambda one: f"{one.resource} is asked to be deleted",
    events.MoveClusterGroup: lambda one: (
        f"Group {one.group} is moved to {one.node or 'the best possible node'}"
    ),
    events.BackupClusterDatabase: lambda one: f"The cluster database is backed up to {one.path}",
    events.RestoreClusterDatabase: lambda one: (
        f"The cluster database is restored from {one.path} on {one.node}"
    ),
    events.NodeCrash: lambda one: f"{one.node} stops at once",
    events.NodeJoin: lambda one: f"{one.node} takes part in the cluster again",
    events.QuorumChange: lambda one: f"The quorum resource is {one.quorum}",
    events.LoseStoredCopy: lambda one: (
        f"The stored copy of {one.checkpoint} of {one.resource} is lost"
    ),
    events.RecreateCheckpoints: lambda one: (
        f"The recovery tool makes every copy of {one.resource} anew"
    ),
    events.CaptureDelayPasses: lambda _: "So much time passes that every change has been captured",
}


def told(event: AnyEvent) -> str:
    r"""A call in a sentence, with the name of the call.

    >>> told(events.RegSetValueEx("N1", "Software\\App", "v", 2))
    'On N1 somebody writes Software\\App\\v = 2 (RegSetValueEx)'
    """
    name = type(event).__name__
    sentence = _TOLD.get(type(event))
    if sentence is None:
        fields = msgspec.structs.asdict(event).values()
        return f"The cluster service does {name} {' '.join(map(str, fields))}"
    return f"{sentence(event)} ({name})"


def _value(value: object) -> str:
    return str(value) if isinstance(value, str | int) else msgspec.json.encode(value).decode()


def _may(writable: bool) -> str:  # noqa: FBT001 - the field as the event has it
    return "may" if writable else "may not"


def _input(text: str | None) -> str:
    return "" if text is None else f" with {text!r}"
