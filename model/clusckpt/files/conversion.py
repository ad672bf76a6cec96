"""From a plain document to the structures of a format, with every mismatch explained.

msgspec decides whether a document fits; this module only words its answer: it looks up what
stood there and what the format allows there, and names the entry that msgspec leaves open.
"""

import re
from copy import copy
from typing import TypeVar, cast

import msgspec

from clusckpt.files.expectations import expectation, fields_of, type_at
from clusckpt.files.sources import Fault, Found, Location, Source, value_at
from clusckpt.files.wording import did_you_mean, listed, quoted, shown

Structure = TypeVar("Structure")

DESCRIPTION = "see clusckpt_spec/schemas/README.md for the format"

_PLACE = re.compile(r" - at `(\$[^`]*)`$")
_STEP = re.compile(r"\.(?P<field>\w+)|\[(?P<index>\d+)\]|(?P<entry>\[\.\.\.\])")
_MISSING = re.compile(r"Object missing required field `(.*?)`")
_UNKNOWN = "Object contains unknown field `"


def converted(content: object, kind: type[Structure], source: Source) -> Structure:
    """Turn a plain document into a structure of a format, without bending any type.

    Raises:
        UnusableInput: The document does not fit the structure.

    >>> from clusckpt_spec.formats.cluster import Group
    >>> from clusckpt.files.sources import FileLine
    >>> converted({"name": "G"}, Group, FileLine("a.json"))
    Group(name='G', owner=None, preferred_owners=())
    """
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        raise source.refusal(*_found(message, content, kind)) from error


def _found(message: str, content: object, kind: type) -> Found:
    """Word one of msgspec's messages, and find the place that it is about."""
    location = _location(message, content, kind)
    expected = type_at(kind, location)
    allowed = expectation(expected)
    if missing := _MISSING.match(message):
        came = f"an object without the field {quoted(missing.group(1))}"
        return location, Fault(came, allowed, f"add the field; {DESCRIPTION}")
    if message.startswith(_UNKNOWN):
        return _unknown_field(message, content, kind, location)
    value = value_at(content, location)
    return location, Fault(shown(value), allowed, _advice(value, allowed))


def _unknown_field(message: str, content: object, kind: type, at: Location) -> Found:
    """Find the field itself: its name may be made to look like a part of the message."""
    location = at if _unknown_names(message, content, kind, at) else ()
    name = max(_unknown_names(message, content, kind, location), key=len, default="")
    fields = fields_of(type_at(kind, location))
    advice = did_you_mean(name, fields, f"remove the field; {DESCRIPTION}")
    fault = Fault(f"the unknown field {quoted(name)}", f"the fields {listed(fields)}", advice)
    return (*location, name), fault


def _unknown_names(message: str, content: object, kind: type, at: Location) -> list[str]:
    """List the unknown fields of an object that the message may be about."""
    value = value_at(content, at)
    present = set(value) - set(fields_of(type_at(kind, at))) if isinstance(value, dict) else set()
    return [name for name in present if message.startswith(f"{_UNKNOWN}{name}`")]


def _advice(value: object, allowed: str) -> str:
    wants_text = allowed.startswith(("text", '"')) and "number" not in allowed
    if wants_text and isinstance(value, (bool, int, float)):
        return "write text in double quotes, also where it looks like a number or like yes or no"
    return f"correct the value; {DESCRIPTION}"


def _location(message: str, content: object, kind: type) -> Location:
    """Read msgspec's place, such as `$.registry[...]`, and find the entry behind `[...]`."""
    place = _PLACE.search(message)
    location: Location = ()
    for step in _STEP.finditer(place.group(1) if place else ""):
        if step["field"] is not None:
            location += (step["field"],)
        elif step["index"] is not None:
            location += (int(step["index"]),)
        else:
            entry = _culprit(message, content, location, kind)
            if entry is None:
                break
            content = _reduced(content, location, {entry})
            location += (entry,)
    return location


def _culprit(message: str, content: object, location: Location, kind: type) -> str | None:
    """Find the first entry of an object for which msgspec says this, by halving the object."""
    entries = value_at(content, location)
    names = list(entries) if isinstance(entries, dict) else []
    while len(names) > 1:
        half = names[: len(names) // 2]
        try:
            msgspec.convert(_reduced(content, location, set(half)), kind)
        except msgspec.ValidationError as error:
            names = half if str(error) == message else names[len(half) :]
        else:
            names = names[len(half) :]
    return names[0] if names else None


def _reduced(content: object, location: Location, names: set[str]) -> object:
    """Copy a document with only some entries left in the object at a location."""
    container = cast("dict[str | int, object]", content)  # a list is indexed in the same way
    if not location:
        return {name: container[name] for name in container if name in names}
    changed = copy(container)
    changed[location[0]] = _reduced(container[location[0]], location[1:], names)
    return changed
