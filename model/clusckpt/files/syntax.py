"""JSON and YAML as one stream of steps, and the document that the steps describe.

Everything here works without recursion, so hostile nesting costs nothing but a clear message.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from clusckpt.files.errors import UnusableInput
from clusckpt.files.scalars import Scalar
from clusckpt.files.wording import quoted

DEPTH_LIMIT = 32
"""How many lists and objects may stand inside each other."""


class Step(NamedTuple):
    """One step through a document; `value` counts for scalars only."""

    kind: Literal["mapping", "sequence", "end", "scalar"]
    line: int
    value: Scalar = None


@dataclass(slots=True)
class _Open:
    """A list or object that has not ended; `key` is the one that waits for its value."""

    container: dict[str, object] | list[object]
    key: str | None = None

    def accept(self, value: object, line: int, path: str) -> None:
        if isinstance(self.container, list):
            self.container.append(value)
        elif self.key is None:
            self.key = _new_key(self.container, value, line, path)
        else:
            self.container[self.key] = value
            self.key = None


def assemble(steps: Iterable[Step], path: str) -> object:
    """Build the document that the steps describe; None if there are no steps.

    Raises:
        UnusableInput: A key is there twice or is not text, or the nesting is too deep.
    """
    top: list[object] = []
    stack = [_Open(top)]
    for step in steps:
        if step.kind == "end":
            stack.pop()
        elif step.kind == "scalar":
            stack[-1].accept(step.value, step.line, path)
        else:
            opened = _Open({} if step.kind == "mapping" else [])
            stack[-1].accept(opened.container, step.line, path)
            stack.append(opened)
            if len(stack) > DEPTH_LIMIT + 1:
                raise too_deep(path, step.line)
    return top[0] if top else None


def too_deep(path: str, line: int) -> UnusableInput:
    """Give the exception for lists and objects that stand too deep inside each other."""
    return UnusableInput(
        path,
        line,
        f"lists and objects nested deeper than {DEPTH_LIMIT} levels",
        f"at most {DEPTH_LIMIT} levels; the formats need fewer than 10",
        "check that the file is what you meant to read",
    )


def _new_key(container: dict[str, object], key: object, line: int, path: str) -> str:
    if not isinstance(key, str):
        raise UnusableInput(
            path,
            line,
            "a key that is not text",
            "field names and other keys as text",
            "put the key in double quotes",
        )
    if key in container:
        raise UnusableInput(
            path,
            line,
            f"the key {quoted(key)} a second time in one object",
            "each key once",
            "remove one of the two",
        )
    return key
