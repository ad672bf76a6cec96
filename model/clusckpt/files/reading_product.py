"""What the table `[product]` of a reading file must keep to, one field at a time.

The fields have hyphens in their names, and each is looked up in the structure of the format.
"""

from collections.abc import Iterator

import msgspec

from clusckpt.files.conversion import DESCRIPTION
from clusckpt.files.expectations import expectation, type_at
from clusckpt.files.key_syntax import key_fault
from clusckpt.files.sources import Fault, Found, Location, value_at
from clusckpt.files.wording import did_you_mean, listed, quoted, shown
from clusckpt_spec.formats.reading import ProductTable, ReadingFile

TABLE = "product"

_FIELDS = {field.encode_name: field.type for field in msgspec.structs.fields(ProductTable)}
_KEY_LISTS = ("exclude-keys", "ignore-subkeys")


def product_faults(content: object) -> Iterator[Found]:
    """Find what is wrong with the product of a document; its other parts are not looked at."""
    table = value_at(content, (TABLE,))
    if not isinstance(table, dict):
        return
    for name, value in table.items():
        yield from _field_faults(content, str(name), value)
    for name in _KEY_LISTS:
        for place, key in enumerate(table.get(name, ())):
            if fault := key_fault(key):
                yield (TABLE, name, place), fault


def _field_faults(content: object, name: str, value: object) -> Iterator[Found]:
    if name not in _FIELDS:
        came = f"the unknown field {quoted(name)}"
        advice = did_you_mean(name, _FIELDS, f"remove the field; {DESCRIPTION}")
        yield (TABLE, name), Fault(came, f"the fields {listed(_FIELDS)}", advice)
        return
    try:
        msgspec.convert(value, _FIELDS[name])
    except msgspec.ValidationError:
        at = (TABLE, name, *_first_that_is_no_text(value))
        allowed = expectation(type_at(ReadingFile, at))
        advice = f"correct the value; {DESCRIPTION}"
        yield at, Fault(shown(value_at(content, at)), allowed, advice)


def _first_that_is_no_text(value: object) -> Location:
    """The place in a list of what should be text and is not; nothing for any other value."""
    entries = value if isinstance(value, list) else []
    places = (place for place, entry in enumerate(entries) if not isinstance(entry, str))
    return tuple(place for place in [next(places, None)] if place is not None)
