"""`clusckpt-vectors/1`: sequences of events with everything that may come of each of them.

A case says how a cluster stands at the start, what happens to it, and after each event the
complete set of results that the rules allow. An implementation in any language is driven through
the events and is right as long as each of its results is in the set.
"""

from typing import Annotated, Final, Literal

import msgspec

from clusckpt_spec.formats.adapter import ObserveParams
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.formats.values import ByteCount, WrittenTree

VECTORS_FORMAT: Final = "clusckpt-vectors/1"
VECTORS_MANIFEST: Final = "clusckpt-vectors-manifest/1"

Index = Annotated[int, msgspec.Meta(ge=0)]
"""A place in a list of the file, counted from 0."""

CaseID = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{12}$")]
"""The first 12 digits of the SHA-256 of what the case says."""

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""SHA-256 in hexadecimal."""


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every structure of the format has in common."""


class Start(_Part, frozen=True):
    """How the cluster stands at the start, as the header of a trace says it; what is watched.

    `watch` is what is looked at after each event, as the parameters of `observe`.
    """

    cluster: Cluster
    watch: ObserveParams
    registry: dict[str, WrittenTree] = {}
    containers: dict[str, dict[str, str]] = {}


class Result(_Part, frozen=True):
    """A result that is allowed: any of the statuses, with this observation.

    `returned` has numbers, or `failing` for any status but success and pending. `observed` is a
    place in the file's `observations`. Of a control code that lists checkpoints, `listed` has the
    strings in ranks (those of a rank come before those of the next, and in any order), and
    `sizes` what lpcbBytesReturned may be.
    """

    returned: tuple[int | Literal["failing"], ...]
    observed: Index
    listed: tuple[tuple[str, ...], ...] | None = None
    sizes: tuple[ByteCount, ...] = ()


class NearMiss(_Part, frozen=True):
    """A result that is not allowed and breaks `rule`; `bug` has it: planted, or a line seen."""

    returned: tuple[int | Literal["failing"], ...]
    observed: Index
    rule: str
    bug: str
    listed: tuple[tuple[str, ...], ...] | None = None
    sizes: tuple[ByteCount, ...] = ()


class Step(_Part, frozen=True):
    """An event and every result that is allowed after what was observed so far.

    The sequence goes on from the observation of the allowed result `chosen`. An implementation
    that has another allowed observation is right, and the rest of the case says nothing about it.
    """

    event: AnyEvent
    allowed: tuple[Result, ...]
    chosen: Index
    forbidden: tuple[NearMiss, ...] = ()


class Case(_Part, frozen=True):
    """A sequence from a start of the file.

    `readings` are those under which exactly these results are allowed, `rules` those that
    determine what comes out. `ambiguities` are those of which the first of the readings could not
    choose otherwise with the same results. `kills` are the planted bugs that fail the case,
    however they choose between what they may do.
    """

    id: CaseID
    title: str
    start: str
    readings: tuple[str, ...]
    rules: tuple[str, ...]
    steps: tuple[Step, ...]
    ambiguities: tuple[str, ...] = ()
    kills: tuple[str, ...] = ()


class VectorFile(_Part, frozen=True):
    """All cases about one subject; starts and observations stand once for all of them.

    `statuses` are the numbers of the status names that an implementation may answer with.
    """

    format: Literal["clusckpt-vectors/1"]
    file: str
    title: str
    statuses: dict[str, int]
    starts: dict[str, Start]
    observations: tuple[Observation, ...]
    cases: tuple[Case, ...]


class ListedFile(_Part, frozen=True):
    """A file in the manifest; `rules` has the number of its cases for each rule."""

    cases: int
    steps: int
    bytes: int
    sha256: Digest
    rules: dict[str, int]


class Coverage(_Part, frozen=True):
    """How many cases there are for each rule, event and so on.

    `actions` are those of the transition system that the cases take; `choices` the choices of
    ambiguities on which a case depends, as `A1=immediate`.
    """

    rules: dict[str, int]
    events: dict[str, int]
    actions: dict[str, int]
    statuses: dict[str, int]
    choices: dict[str, int]
    readings: dict[str, int]
    bugs: dict[str, int]


class VectorManifest(_Part, frozen=True):
    """The manifest of a folder of vectors."""

    format: Literal["clusckpt-vectors-manifest/1"]
    cases: int
    files: dict[str, ListedFile]
    coverage: Coverage
