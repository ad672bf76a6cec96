"""The state of the transition system: one function symbol per fact about the cluster.

Rigid symbols describe the cluster and never change. Proper symbols are the state. History
symbols only record what happened, so that a rule such as "what was left there" can be said at
all; no guard and no proper symbol ever depends on one (a test asserts it).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

import z3

from clusckpt_spec.readings import Reading
from clusckpt_spec.system.sorts import Sorts, Term

Symbol = Callable[..., Any]
"""A function from elements to a term: a declared z3 symbol, or the state after some change."""


class Role(StrEnum):
    """What a symbol is for."""

    RIGID = "rigid"
    PROPER = "proper"
    BACKUP = "backup"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A symbol's name, role, signature and meaning, as `spec/README.md` prints them."""

    name: str
    role: Role
    domain: tuple[str, ...]
    range: str
    meaning: str


def _symbol(role: Role, signature: str, meaning: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    return field(metadata={"role": role, "signature": signature, "meaning": meaning})


@dataclass(frozen=True)
class State:
    """A state, before or after an action: its symbols, the reading, and the sorts they range over."""

    reading: Reading
    sorts: Sorts

    under: Symbol = _symbol(
        Role.RIGID, "key key -> bool", "under(p, k): key k is p itself or lies somewhere below p"
    )
    possible: Symbol = _symbol(
        Role.RIGID, "resource node -> bool", "possible(r, n): node n is a possible owner of r"
    )
    claims: Symbol = _symbol(
        Role.RIGID,
        "resource key -> bool",
        "claims(r, p): the design ever gives root p to r; only the collision theorem speaks of it",
    )
    alone: Symbol = _symbol(
        Role.RIGID, "resource -> bool", "alone(r): no conflict of the design involves r"
    )
    absent: Symbol = _symbol(Role.RIGID, "-> data", "the key does not exist")
    empty: Symbol = _symbol(Role.RIGID, "-> data", "the key exists and has no values")

    up: Symbol = _symbol(Role.PROPER, "node -> bool", "up(n): node n takes part in the cluster")
    registry: Symbol = _symbol(
        Role.PROPER, "node key -> data", "registry(n, k): what key k holds on node n"
    )
    status: Symbol = _symbol(Role.PROPER, "resource -> status", "status(r): the state of r")
    owner: Symbol = _symbol(Role.PROPER, "resource -> node", "owner(r): the node that hosts r")
    checkpoint: Symbol = _symbol(
        Role.PROPER, "resource key -> bool", "checkpoint(r, p): root p is in the list of r"
    )
    stored: Symbol = _symbol(
        Role.PROPER, "resource key -> bool", "stored(r, p): the quorum has a copy of root p of r"
    )
    copy: Symbol = _symbol(
        Role.PROPER,
        "resource key key -> data",
        "copy(r, p, k): what key k holds in the stored copy of root p of r",
    )
    restored: Symbol = _symbol(
        Role.PROPER,
        "resource key -> bool",
        "restored(r, p): the owner has had the copy of root p since r began to come online",
    )

    backed_up: Symbol = _symbol(Role.BACKUP, "-> bool", "there is a backup of the database")
    backup_exists: Symbol = _symbol(
        Role.BACKUP, "resource -> bool", "backup_exists(r): r is in the backup"
    )
    backup_checkpoint: Symbol = _symbol(
        Role.BACKUP, "resource key -> bool", "checkpoint(r, p) in the backup"
    )
    backup_stored: Symbol = _symbol(
        Role.BACKUP, "resource key -> bool", "stored(r, p) in the backup"
    )
    backup_copy: Symbol = _symbol(
        Role.BACKUP, "resource key key -> data", "copy(r, p, k) in the backup"
    )

    tangled: Symbol = _symbol(
        Role.HISTORY,
        "resource -> bool",
        "tangled(r): two copies of r have at some time disagreed about a key that both cover (A22)",
    )
    seen: Symbol = _symbol(
        Role.HISTORY,
        "resource key key -> data",
        "seen(r, p, k): key k under root p as it last was while r was online, or at the add",
    )
    mine: Symbol = _symbol(
        Role.HISTORY,
        "resource key key -> data",
        "mine(r, p, k): key k under root p as last left there other than by another's restore",
    )
    unchanged: Symbol = _symbol(
        Role.HISTORY,
        "resource key key -> bool",
        "unchanged(r, p, k): copy(r, p, k) has been what it is since the backup",
    )
    backup_tangled: Symbol = _symbol(
        Role.HISTORY, "resource -> bool", "tangled(r) at the time of the backup"
    )
    backup_seen: Symbol = _symbol(
        Role.HISTORY, "resource key key -> data", "seen(r, p, k) at the time of the backup"
    )
    backup_mine: Symbol = _symbol(
        Role.HISTORY, "resource key key -> data", "mine(r, p, k) at the time of the backup"
    )

    def updated(self, **symbols: Symbol) -> "State":
        """The state in which the named symbols have changed and all others have not."""
        return replace(self, **symbols)


def declarations() -> Iterator[Declaration]:
    """Every symbol of a state, in order."""
    for entry in fields(State):
        if entry.metadata:
            domain, _, target = entry.metadata["signature"].rpartition("->")
            yield Declaration(
                name=entry.name,
                role=entry.metadata["role"],
                domain=tuple(domain.split()),
                range=target.strip(),
                meaning=entry.metadata["meaning"],
            )


def changing() -> tuple[Declaration, ...]:
    """The symbols that actions may change: all but the rigid ones."""
    return tuple(entry for entry in declarations() if entry.role is not Role.RIGID)


def declare(sorts: Sorts, reading: Reading, suffix: str = "") -> State:
    """A state of fresh z3 symbols; `suffix` marks the ones that change, e.g. `_next`."""

    def function(entry: Declaration) -> Symbol:
        name = entry.name if entry.role is Role.RIGID else entry.name + suffix
        signature = [sorts.named(sort) for sort in (*entry.domain, entry.range)]
        declared: Symbol = z3.Function(name, *signature)
        return declared

    return State(reading, sorts, **{entry.name: function(entry) for entry in declarations()})


def bound(s: State, sort: str, names: str) -> tuple[Term, ...]:
    """Variables of one sort to quantify over, from names separated by blanks."""
    return tuple(z3.Const(name, s.sorts.named(sort)) for name in names.split())


def variables(sorts: Sorts, entry: Declaration) -> tuple[Term, ...]:
    """Variables over the domain of a symbol, named as its meaning names them."""
    letters = {"node": "n", "resource": "r", "key": "k"}
    names = [letters[sort] for sort in entry.domain]
    if entry.domain[:2] == ("resource", "key"):
        names[1:] = ["p", "k"][: len(names) - 1]
    return tuple(
        z3.Const(name, sorts.named(sort)) for name, sort in zip(names, entry.domain, strict=True)
    )
