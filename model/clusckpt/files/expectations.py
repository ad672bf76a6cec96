"""What a format allows at a place, in words; read off the structures themselves."""

from functools import cache

import msgspec

from clusckpt.files.sources import Location
from clusckpt.files.wording import listed


@cache
def _described(kind: type) -> msgspec.inspect.Type:
    return msgspec.inspect.type_info(kind)


def type_at(kind: type, location: Location) -> msgspec.inspect.Type:
    """Find the type that a structure asks for at a location.

    >>> from clusckpt_spec.formats.cluster import Cluster
    >>> expectation(type_at(Cluster, ("nodes", 0)))
    'text'
    """
    described = _described(kind)
    for step in location:
        inner = _inner(described, step)
        if inner is None:
            break
        described = inner
    return described


def fields_of(described: msgspec.inspect.Type) -> list[str]:
    """Name the fields of a structure, the one that tags it first; of all, if there are several."""
    if isinstance(described, msgspec.inspect.UnionType):
        return [name for member in described.types for name in fields_of(member)]
    if not isinstance(described, msgspec.inspect.StructType):
        return []
    tag = [] if described.tag_field is None else [described.tag_field]
    return tag + [field.encode_name for field in described.fields]


def expectation(described: msgspec.inspect.Type) -> str:
    """Say in words what a type allows.

    >>> expectation(msgspec.inspect.type_info(str | None))
    'text or null'
    """
    match described:
        case msgspec.inspect.UnionType():
            return " or ".join(expectation(member) for member in described.types)
        case msgspec.inspect.LiteralType():
            return listed(str(value) for value in described.values)
        case msgspec.inspect.StrType(pattern=str() as pattern):
            return f"text that matches {pattern}"
        case msgspec.inspect.IntType(ge=int() as least, le=int() as most):
            return f"a whole number from {least} to {most}"
        case msgspec.inspect.StructType():
            needed = [name for name in fields_of(described) if name not in _optional(described)]
            return f"an object with the fields {listed(needed)}" if needed else "an object"
        case _:
            return _PLAIN.get(type(described), "a value of the format")


def _optional(described: msgspec.inspect.StructType) -> set[str]:
    return {field.encode_name for field in described.fields if not field.required}


_PLAIN: dict[type[msgspec.inspect.Type], str] = {
    msgspec.inspect.StrType: "text",
    msgspec.inspect.IntType: "a whole number",
    msgspec.inspect.BoolType: "true or false",
    msgspec.inspect.NoneType: "null",
    msgspec.inspect.DictType: "an object",
    msgspec.inspect.VarTupleType: "a list",
}


def _inner(described: msgspec.inspect.Type, step: str | int) -> msgspec.inspect.Type | None:
    """Find the type one step further inside; None if there is nothing inside."""
    match described:
        case msgspec.inspect.UnionType():
            found = (_inner(member, step) for member in described.types)
            return next((inner for inner in found if inner is not None), None)
        case msgspec.inspect.StructType():
            named = {field.encode_name: field.type for field in described.fields}
            return named.get(step) if isinstance(step, str) else None
        case msgspec.inspect.DictType():
            return described.value_type if isinstance(step, str) else None
        case msgspec.inspect.VarTupleType():
            return described.item_type if isinstance(step, int) else None
        case _:
            return None
