"""What a directory of certificates holds: the manifest, and executed runs.

The format is `clusckpt-certificates/1`. The engine writes it, the re-checker reads it, and neither
needs more of the other than these structures.
"""

from typing import Annotated, Any, Literal

import msgspec

CERTIFICATES_FORMAT: Literal["clusckpt-certificates/1"] = "clusckpt-certificates/1"
"""The format of a manifest and of the directory that it describes."""

MANIFEST = "manifest.json"
"""The name of the manifest in its directory."""

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Path = Annotated[
    str, msgspec.Meta(pattern=r"^((unsat|sat)/[0-9a-f]{16}\.smt2|runs/[0-9a-f]{16}\.json)$")
]
Number = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Size = Annotated[int, msgspec.Meta(ge=1, le=8)]

Expected = Literal["unsat", "sat", "executes"]
"""What the solvers must say of a file of terms, and that a run can be executed."""


class Record(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True
):
    """A part of the format; a field that it does not know is an error."""


class Sizes(Record, frozen=True, kw_only=True):
    """How many elements each sort of a finite instance has."""

    node: Size
    resource: Size
    key: Size
    data: Size


class Step(Record, frozen=True, kw_only=True):
    """An action with the numbers of the elements that it is done to."""

    action: Name
    elements: tuple[Number, ...] = ()


class Happens(Record, tag="happens", tag_field="what", frozen=True, kw_only=True):
    """The step of that number does the action."""

    action: Name
    step: Number


class Met(Record, tag="met", tag_field="what", frozen=True, kw_only=True):
    """After so many steps, all premises of an invariant hold for the elements."""

    invariant: Name
    elements: tuple[Number, ...] = ()
    step: Number


class Applies(Record, tag="applies", tag_field="what", frozen=True, kw_only=True):
    """In the step of that number, all premises of a theorem hold for the elements."""

    theorem: Name
    elements: tuple[Number, ...] = ()
    step: Number


class Breaks(Record, tag="breaks", tag_field="what", frozen=True, kw_only=True):
    """The run ends in a state in which an invariant does not hold.

    Less a premise, it is the invariant of the run's own reading, and it did hold before the last
    step, unless the run is from an initial state. With every premise (`without` is not given), it
    is the invariant as any reading promises it, and the run shows that its own does not.
    """

    invariant: Name
    without: Name | None = None


class Stuck(Record, tag="stuck", tag_field="what", frozen=True, kw_only=True):
    """After the run an action may not happen."""

    action: Name
    elements: tuple[Number, ...] = ()


Shown = Happens | Met | Applies | Breaks | Stuck
"""What a run is the evidence of."""


class Run(Record, frozen=True, kw_only=True):
    """A run of a finite instance: tables of the cluster and of its first state, then the steps.

    A table is an element number or a truth value, or a list of tables, one for each element of the
    symbol's next argument. `start` says what the first state is: an initial one, or any in which
    all that is promised holds.
    """

    specification: Name
    reading: Name
    sizes: Sizes
    rigid: dict[Name, Any]
    state: dict[Name, Any]
    start: Literal["initial", "promised"]
    steps: tuple[Step, ...] = ()
    shows: Shown


class File(Record, frozen=True, kw_only=True):
    """A file of the directory, its SHA-256, and what is expected of it."""

    path: Path
    sha256: Hash
    expected: Expected


class Certificate(Record, frozen=True, kw_only=True):
    """An obligation, and the files that show it; obligations with the same terms share a file."""

    name: Name
    kind: Name
    rules: tuple[Name, ...] = ()
    reading: Name
    specification: Name
    files: Annotated[tuple[Path, ...], msgspec.Meta(min_length=1, max_length=2)]


class Solver(Record, frozen=True, kw_only=True):
    """The solver whose answers are expected, with its version."""

    name: Name
    version: Name


class Manifest(Record, frozen=True, kw_only=True):
    """All obligations under some readings, and every file of the directory but this one."""

    format: Literal["clusckpt-certificates/1"]
    generator: Name
    solver: Solver
    readings: tuple[Name, ...]
    files: tuple[File, ...]
    obligations: tuple[Certificate, ...]
