"""`clusckpt-trace/1`: what happened on a cluster, as JSON Lines.

The first line is the header with the cluster at the start; every further line is one event with
what it returned and what was observed right after it. Whatever was not seen is left out.
"""

from typing import Annotated, Final, Literal

import msgspec

from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.values import ByteCount, HexBytes, WrittenTree, WrittenValue

TRACE_FORMAT: Final = "clusckpt-trace/1"

LEAST_STATUS = -(2**31)
MOST_STATUS = 2**32 - 1
"""A status is 32 bits wide; tools print it with or without a sign."""

ObservedKey = dict[str, WrittenValue | None] | None
"""What a key holds: the named values (null: no such value); null instead: no such key."""

ObservedTree = dict[str, ObservedKey]
"""Keys by their path; keys and values that are not named were not looked at."""

Outcome = Literal["reported", "inferred"]

Missing = Literal["registry", "lifecycle", "ownership"]
"""Kinds of events: writes to a registry; online, offline and failure; moves, crashes and joins."""

Seconds = Annotated[float, msgspec.Meta(ge=0)]
"""Since any moment, by the clock of the line."""


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The first line: where the trace comes from and how the cluster stands at the start.

    `outcome` says whether the source reported what came out, or whether that is inferred from it.
    `registry` gives the contents of each node; `containers` its machine key containers and
    their keys. At the start every node is up, every resource is offline on the owner of its
    group, and the copy of each checkpoint is the tree as the owner has it.

    `missing` names the kinds of events that the source does not log, or not all of them. `skew`
    is how far two clocks of the lines may disagree, in seconds; without it the lines are in order.
    """

    format: Literal["clusckpt-trace/1"]
    cluster: Cluster
    title: str = ""
    source: str = ""
    incident: str | None = None
    outcome: Outcome = "reported"
    registry: dict[str, WrittenTree] = {}
    containers: dict[str, dict[str, str]] = {}
    missing: tuple[Missing, ...] = ()
    skew: Seconds | None = None


class LoggedEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry of the event log: its number, and the resource and key or container it names."""

    id: int
    resource: str | None = None
    about: str | None = None


class Observation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody saw right after an event.

    `states` by resource, `owners` by group, `registry` by node, `containers` by node,
    `stored` copies on the quorum by resource and root (null: no copy), `checkpoints` by
    resource: the complete list that the GET control code returned, in any order. `output` are
    the bytes that the control code of this line wrote to its output buffer, in hexadecimal, and
    `bytes_returned` is what it left in lpcbBytesReturned. `groups` has the states of groups,
    `logged` entries of the event log since the line before (others may be missing), and
    `backup_files` the files of a backup by its path.
    """

    states: dict[str, str] = {}
    owners: dict[str, str] = {}
    registry: dict[str, ObservedTree] = {}
    containers: dict[str, dict[str, str | None]] = {}
    stored: dict[str, dict[str, ObservedTree | None]] = {}
    checkpoints: dict[str, tuple[str, ...]] = {}
    output: HexBytes | None = None
    bytes_returned: ByteCount | None = None
    groups: dict[str, str] = {}
    logged: tuple[LoggedEvent, ...] | None = None
    backup_files: dict[str, tuple[str, ...]] = {}


class Moment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When a line happened, and by which clock."""

    at: Seconds | None = None
    clock: Annotated[str, msgspec.Meta(min_length=1, max_length=255)] | None = None


class TraceLine(msgspec.Struct, frozen=True):
    """One line after the header: the event, the status it returned, what was observed.

    In the file the fields of the event stand beside `returned`, `observed`, `at` and `clock`;
    `number` is the line's number, counted from 1. `at` is when it happened by the `clock` of that
    name, which is a node's, say. Lines of one clock are in order; of two lines of different clocks
    the order is known only if they are further apart than the skew of the header.
    """

    number: int
    event: AnyEvent
    returned: int | str | None = None
    observed: Observation | None = None
    at: float | None = None
    clock: str | None = None


class Trace(msgspec.Struct, frozen=True):
    """A whole trace."""

    header: Header
    lines: tuple[TraceLine, ...]
