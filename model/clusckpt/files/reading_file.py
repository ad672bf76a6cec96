"""Reading `clusckpt-reading/1`: a reading of the documents that somebody else makes, in TOML."""

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import msgspec

from clusckpt.files.cluster_file import check_format
from clusckpt.files.conversion import converted
from clusckpt.files.errors import UnusableInput
from clusckpt.files.reading_checks import contradiction_faults, reading_faults
from clusckpt.files.reading_product import product_faults
from clusckpt.files.source_text import empty
from clusckpt.files.sources import Source
from clusckpt.files.toml_text import load_toml
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.formats.reading import READING_FORMAT, ProductTable, ReadingFile
from clusckpt_spec.readings import READINGS, Product, Reading


def load_reading(path: str | Path) -> Reading:
    """Read the reading that a file describes.

    Raises:
        UnusableInput: The file is not a reading, or something in it is not allowed.
    """
    try:
        document = load_toml(path)
    except UnusableInput as unusable:
        raise _about_readings(unusable, path) from unusable
    return parse_reading(document.content, document)


def parse_reading(content: object, source: Source) -> Reading:
    """Turn a plain document into a reading.

    Args:
        content: What was read from TOML.
        source: Where it was read.

    Raises:
        UnusableInput: It is not a reading, or something in it is not allowed.

    >>> from clusckpt.files.sources import FileLine
    >>> plain = {"format": "clusckpt-reading/1", "name": "late", "summary": "The page, late."}
    >>> decided = {"choices": {"A1": "eventual"}, "reasons": {"A1": "Seen in our log."}}
    >>> parse_reading(plain | {"base": "mscs-page"} | decided, FileLine("a.toml"))[AmbiguityID.A1]
    'eventual'
    """
    check_format(content, READING_FORMAT, source)
    if found := next(product_faults(content), None):
        raise source.refusal(*found)
    file = converted(content, ReadingFile, source)
    if found := next(reading_faults(file), None):
        raise source.refusal(*found)
    reading = _based(file)
    if found := next(contradiction_faults(file, reading), None):
        raise source.refusal(*found)
    return reading


def _based(file: ReadingFile) -> Reading:
    """The base with every difference of the file applied."""
    base = READINGS[file.base]
    decided = {AmbiguityID(name): choice for name, choice in file.choices.items()}
    return Reading(
        name=file.name,
        summary=file.summary,
        choices=MappingProxyType({**base.choices, **decided}),
        reasons=MappingProxyType({**base.reasons, **file.reasons}),
        product=_changed(base.product, file.product),
    )


def _changed(product: Product, table: ProductTable) -> Product:
    stated = msgspec.structs.asdict(table).items()
    return replace(product, **{name: value for name, value in stated if value is not msgspec.UNSET})


def _about_readings(unusable: UnusableInput, path: str | Path) -> UnusableInput:
    """The same refusal; what is said to be allowed instead of an empty file is a reading."""
    if unusable.came != empty(path).came:
        return unusable
    allowed = f"a reading in {READING_FORMAT}"
    return UnusableInput(unusable.path, None, unusable.came, allowed, "write the reading into it")
