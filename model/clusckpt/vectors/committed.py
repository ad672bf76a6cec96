"""The committed files: vectors, their manifest, and the ledger of every ID ever published."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec

from clusckpt_spec.formats.vectors import Case, VectorFile, VectorManifest

MANIFEST_NAME = "manifest.json"
LEDGER_NAME = "ledger.json"


class Ledger(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every ID that was ever published; those that are withdrawn with the reason.

    An ID follows from what its case says, so it can be withdrawn and never change its meaning.
    """

    ids: tuple[str, ...]
    withdrawn: dict[str, str] = {}


class UnknownCase(LookupError):
    """No committed case has the ID that was asked for."""


def folder() -> Traversable:
    """Where the committed files are."""
    return resources.files("clusckpt").joinpath("data", "vectors")


@cache
def committed_manifest() -> VectorManifest:
    """The committed manifest.

    >>> committed_manifest().cases >= 2000
    True
    """
    return msgspec.json.decode(folder().joinpath(MANIFEST_NAME).read_bytes(), type=VectorManifest)


@cache
def committed() -> dict[str, VectorFile]:
    """The committed files, by the names that the manifest gives them.

    >>> committed()["capture.json"].file
    'capture'
    """
    return {
        name: msgspec.json.decode(folder().joinpath(name).read_bytes(), type=VectorFile)
        for name in committed_manifest().files
    }


@cache
def ledger() -> Ledger:
    """The committed ledger.

    >>> ledger().withdrawn
    {}
    """
    return msgspec.json.decode(folder().joinpath(LEDGER_NAME).read_bytes(), type=Ledger)


def found(identity: str) -> tuple[VectorFile, Case]:
    """The committed case of an ID, with its file.

    Raises:
        UnknownCase: if there is none; the message says what an ID is like.

    >>> found("none")
    Traceback (most recent call last):
    ...
    clusckpt.vectors.committed.UnknownCase: 'none' is not the ID of a committed case; ...
    """
    for file in committed().values():
        for case in file.cases:
            if case.id == identity:
                return file, case
    message = (
        f"{identity[:60]!r} is not the ID of a committed case; IDs have 12 hexadecimal digits; "
        "`clusckpt vectors --rule RULE` lists them"
    )
    raise UnknownCase(message)


def extended(known: Ledger, ids: set[str]) -> bytes:
    """The ledger with further IDs, as its file has it."""
    every = Ledger(tuple(sorted({*known.ids, *ids})), known.withdrawn)
    return msgspec.json.format(msgspec.json.encode(every), indent=1) + b"\n"


def unaccounted(known: Ledger, ids: set[str]) -> list[str]:
    """What is wrong between the ledger and the cases that there are, in words.

    >>> unaccounted(Ledger(("a", "b"), {"b": "wrong"}), {"a", "c"})
    ['c is not in the ledger']
    >>> unaccounted(Ledger(("a", "b"), {"b": "wrong"}), {"b"})
    ['a is gone without a reason in the ledger', 'b is withdrawn and still there']
    """
    gone = {*known.ids} - ids - {*known.withdrawn}
    return [
        *(f"{one} is gone without a reason in the ledger" for one in sorted(gone)),
        *(f"{one} is not in the ledger" for one in sorted(ids - {*known.ids})),
        *(f"{one} is withdrawn and still there" for one in sorted(ids & {*known.withdrawn})),
    ]
