"""The line of a location: asked only when a message needs it, so reading stays fast."""

from collections.abc import Iterable
from dataclasses import dataclass

from clusckpt.files.scalars import Scalar
from clusckpt.files.sources import Location
from clusckpt.files.syntax import Step


@dataclass(slots=True)
class _Open:
    """A list or object on the way; `position` is the place or the key of its next value."""

    is_object: bool
    position: Scalar = None
    key_line: int | None = None

    def awaits_key(self) -> bool:
        return self.is_object and self.key_line is None

    def advance(self) -> None:
        self.key_line = None
        if isinstance(self.position, int):
            self.position += 1


def line_at(steps: Iterable[Step], location: Location) -> int | None:
    """Find the line of a location, or of the nearest place above it that exists.

    For a field it is the line of the field's name. The documents that arrive here have no
    duplicate keys, so the first match is the only one.
    """
    line: int | None = None
    stack: list[_Open] = []
    matched = 0
    for step in steps:
        if step.kind == "end":
            stack.pop()
            if len(stack) == matched:
                return line
            continue
        if stack and stack[-1].awaits_key():
            stack[-1].position, stack[-1].key_line = step.value, step.line
            continue
        if _is_next(stack, matched, location):
            matched = len(stack)
            line = stack[-1].key_line or step.line if stack else step.line
            if matched == len(location) or step.kind == "scalar":
                return line
        if stack:
            stack[-1].advance()
        if step.kind != "scalar":
            stack.append(_Open(step.kind == "mapping", 0 if step.kind == "sequence" else None))
    return line


def _is_next(stack: list[_Open], matched: int, location: Location) -> bool:
    if not stack:
        return True
    depth = len(stack)
    return depth - 1 == matched < len(location) and stack[-1].position == location[matched]
