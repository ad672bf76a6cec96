"""YAML: only what JSON can say as well, in the notation of YAML.

No anchors, aliases, tags, merge keys or second documents, so a short file cannot describe a
huge document and nothing is ever constructed from a file but plain values. Dates stay text.
"""

import re
from collections.abc import Iterator

import yaml

from clusckpt.files.errors import UnusableInput
from clusckpt.files.scalars import (
    LONGEST_NUMBER,
    Scalar,
    checked_number,
    checked_text,
    refused_number,
)
from clusckpt.files.syntax import Step, assemble
from clusckpt.files.wording import cut, quoted

VALUE_LIMIT = 1_000_000
"""The most values in one YAML document; YAML is too slow to read for more."""

_BACKSLASHES = "write each backslash in double quotes twice, or leave the quotes out"
_QUOTES = "correct the text at that place; put text with special characters in quotes"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IMPLICIT: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_CONSTRUCTOR = yaml.constructor.SafeConstructor()


def parse_yaml(text: str, path: str) -> object:
    """Read one YAML document.

    Raises:
        UnusableInput: It is not YAML, or it holds something that the formats do not allow.

    >>> parse_yaml("nodes: [N1]", "a.yaml")
    {'nodes': ['N1']}
    """
    return assemble(yaml_steps(text, path), path)


def yaml_steps(text: str, path: str) -> Iterator[Step]:
    """Give the steps of a document, refusing what the formats do not allow.

    Raises:
        UnusableInput: It is not YAML, or it holds something that the formats do not allow.
    """
    documents = 0
    try:
        for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
            line = 1 if event.start_mark is None else event.start_mark.line + 1
            documents += isinstance(event, yaml.DocumentStartEvent)
            _refuse_extras(event, documents, path, line)
            if number > VALUE_LIMIT:
                raise _too_many(path, line)
            yield from _step(event, path, line)
    except yaml.YAMLError as error:
        raise _not_yaml(error, path) from error


def _step(event: yaml.Event, path: str, line: int) -> Iterator[Step]:
    if isinstance(event, yaml.ScalarEvent):
        yield Step("scalar", line, _scalar(event, path, line))
    elif isinstance(event, yaml.MappingStartEvent):
        yield Step("mapping", line)
    elif isinstance(event, yaml.SequenceStartEvent):
        yield Step("sequence", line)
    elif isinstance(event, yaml.CollectionEndEvent):
        yield Step("end", line)


def _refuse_extras(event: yaml.Event, documents: int, path: str, line: int) -> None:
    came = None
    anchor: str | None = getattr(event, "anchor", None)
    tag: str | None = getattr(event, "tag", None)
    if isinstance(event, yaml.AliasEvent):
        came = f"the alias *{cut(anchor or '')}"
    elif anchor is not None:
        came = f"the anchor &{cut(anchor)}"
    elif tag is not None:
        came = f"the tag {quoted(tag)}"
    elif documents > 1:
        came = "a second YAML document"
    if came is not None:
        raise _refused(came, path, line)


def _scalar(event: yaml.ScalarEvent, path: str, line: int) -> Scalar:
    written = event.value
    tag = _tag(written) if event.implicit[0] else "str"
    if tag == "merge":
        came = "the merge key <<"
        raise _refused(came, path, line)
    if tag == "null":
        return None
    if tag == "bool":
        return bool(_CONSTRUCTOR.bool_values[written.lower()])
    if tag in {"int", "float"}:
        return _number(tag, written, path, line)
    return checked_text(written, path, line)


def _tag(written: str) -> str:
    """Name the type that YAML 1.1 sees in text without quotes."""
    for tag, pattern in _IMPLICIT.get(written[:1], ()):
        if pattern.match(written):
            return tag.rpartition(":")[2]
    return "str"


def _number(tag: str, written: str, path: str, line: int) -> int | float:
    node = yaml.ScalarNode(tag, written)
    construct = {"int": _CONSTRUCTOR.construct_yaml_int, "float": _CONSTRUCTOR.construct_yaml_float}
    try:
        number = construct[tag](node) if len(written) <= LONGEST_NUMBER else None
    except ValueError:  # PyYAML takes "0x_" for a number
        number = None
    if number is None:
        raise refused_number(written, path, line)
    return checked_number(number, written, path, line)


def _refused(came: str, path: str, line: int) -> UnusableInput:
    return UnusableInput(
        path,
        line,
        came,
        "one YAML document without anchors, aliases, tags and merge keys",
        "write the value out at each place; put text that starts with &, * or ! in quotes",
    )


def _too_many(path: str, line: int) -> UnusableInput:
    return UnusableInput(
        path,
        line,
        f"more than {VALUE_LIMIT} values in one YAML document",
        f"at most {VALUE_LIMIT} values",
        "write the document as JSON, which may be longer",
    )


def _not_yaml(error: yaml.YAMLError, path: str) -> UnusableInput:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "unknown reason"
    return UnusableInput(
        path,
        None if mark is None else mark.line + 1,
        f"text that is neither JSON nor YAML ({cut(reason)})",
        "JSON, or YAML 1.1",
        _BACKSLASHES if "escape" in reason else _QUOTES,
    )
