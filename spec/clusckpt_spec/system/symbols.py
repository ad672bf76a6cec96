"""Symbols: the facts that a state consists of, one function symbol each.

Rigid symbols describe the cluster and never change. Proper and backup symbols are the state.
History symbols only record what happened, so that a rule such as "what was left there" can be
said at all; no guard and no other symbol ever depends on one (a test asserts it).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Self, TypeVar

import z3

from clusckpt_spec.readings import Reading
from clusckpt_spec.system.sorts import Sorts, Term

Symbol = Callable[..., Any]
"""A function from elements to a term: a declared z3 symbol, or the state after some change."""


class Role(StrEnum):
    """What a symbol is for."""

    RIGID = "rigid"
    """Describes the cluster; never changes."""
    PROPER = "proper"
    """Part of the state."""
    BACKUP = "backup"
    """Part of the state: what the backup of the cluster database holds."""
    HISTORY = "history"
    """Records what happened, for the claims only."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A symbol's name, role, signature and meaning, as `spec/README.md` prints them."""

    name: str
    role: Role
    domain: tuple[str, ...]
    range: str
    meaning: str


def symbol(role: Role, signature: str, meaning: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Declare a symbol as a field of a state; `signature` is like `resource key -> bool`."""
    return field(metadata={"role": role, "signature": signature, "meaning": meaning})


@dataclass(frozen=True)
class Symbols:
    """A state, before or after an action: the reading, the sorts, and in subclasses the symbols."""

    reading: Reading
    sorts: Sorts

    def updated(self, **symbols: Symbol) -> Self:
        """The state in which the named symbols have changed and all others have not."""
        changed: dict[str, Any] = {**symbols}
        return replace(self, **changed)


StateType = TypeVar("StateType", bound=Symbols)


def declarations(state_type: type[Symbols]) -> Iterator[Declaration]:
    """Every symbol of a kind of state, in order."""
    for entry in fields(state_type):
        if entry.metadata:
            domain, _, target = entry.metadata["signature"].rpartition("->")
            yield Declaration(
                name=entry.name,
                role=entry.metadata["role"],
                domain=tuple(domain.split()),
                range=target.strip(),
                meaning=entry.metadata["meaning"],
            )


def changing(state_type: type[Symbols]) -> tuple[Declaration, ...]:
    """The symbols that actions may change: all but the rigid ones."""
    return tuple(entry for entry in declarations(state_type) if entry.role is not Role.RIGID)


def declare(
    state_type: type[StateType], sorts: Sorts, reading: Reading, suffix: str = ""
) -> StateType:
    """A state of fresh z3 symbols; `suffix` marks the ones that change, e.g. `_next`."""

    def function(entry: Declaration) -> Symbol:
        name = entry.name if entry.role is Role.RIGID else entry.name + suffix
        signature = [sorts.named(sort) for sort in (*entry.domain, entry.range)]
        declared: Symbol = z3.Function(name, *signature)
        return declared

    symbols = {entry.name: function(entry) for entry in declarations(state_type)}
    return state_type(reading, sorts, **symbols)


def bound(s: Symbols, sort: str, names: str) -> tuple[Term, ...]:
    """Variables of one sort to quantify over, from names separated by blanks."""
    return tuple(z3.Const(name, s.sorts.named(sort)) for name in names.split())


_NAMES = {
    (): (),
    ("node",): ("n",),
    ("key",): ("p",),
    ("data",): ("d",),
    ("node", "key"): ("n", "k"),
    ("key", "key"): ("p", "k"),
    ("resource",): ("r",),
    ("resource", "node"): ("r", "n"),
    ("resource", "key"): ("r", "p"),
    ("resource", "resource"): ("r", "x"),
    ("resource", "key", "key"): ("r", "p", "k"),
    ("node", "key", "resource"): ("n", "k", "x"),
    ("resource", "key", "key", "resource"): ("r", "p", "k", "x"),
}


def variables(sorts: Sorts, entry: Declaration) -> tuple[Term, ...]:
    """Variables over the domain of a symbol, named as its meaning names them."""
    names = _NAMES[entry.domain]
    return tuple(
        z3.Const(name, sorts.named(sort)) for name, sort in zip(names, entry.domain, strict=True)
    )
