"""Words: the predicates that clauses are written in, and what symbols are after an action.

The one subtle fact: a clause calls `online(s, r)`, but its z3 term says `status(r) = online`. The
definitions here are made by calling those same predicates, so they cannot drift from the clauses.
"""

import inspect
from collections.abc import Callable, Collection, Mapping
from inspect import cleandoc
from types import MappingProxyType
from typing import Final

import z3

from clusckpt_spec.prose.folding import Definition, folded
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system import predicates
from clusckpt_spec.system.call_actions import CallState, answerable
from clusckpt_spec.system.containers import state as containers
from clusckpt_spec.system.containers.state import ContainerState
from clusckpt_spec.system.lists.state import ListState, native_entry, registry_entry
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbols, changing, declare, variables

PRIME: Final = "\N{PRIME}"
"""Marks what a symbol is after an action."""

_PREDICATES: Final[Mapping[type[Symbols], tuple[Callable[..., Term], ...]]] = MappingProxyType(
    {
        State: (
            predicates.online,
            predicates.pending,
            predicates.stopping,
            predicates.running,
            predicates.resting,
            predicates.exists,
            predicates.above,
            predicates.overlap,
        ),
        CallState: (answerable,),
        ListState: (native_entry, registry_entry),
        ContainerState: (
            containers.online,
            containers.pending,
            containers.stopping,
            containers.running,
            containers.resting,
            containers.can_be_stored,
        ),
    }
)
"""The predicates over each kind of state, in the order in which they are explained."""

_SORTS: Final = MappingProxyType(
    {
        "r": "resource",
        "resource": "resource",
        "target": "resource",
        "n": "node",
        "j": "key",
        "k": "key",
        "p": "key",
        "q": "key",
    }
)
"""The sort of each parameter of a predicate, by the parameter's name."""


def words(state_type: type[Symbols]) -> tuple[Definition, ...]:
    """The words for a single state, or for the state before an action.

    >>> [word.name for word in words(CallState)]
    ['answerable']
    """
    return _WORDS[state_type]


def words_after(state_type: type[Symbols]) -> tuple[Definition, ...]:
    """The words for the state after an action, primed; only those that an action can change."""
    return _WORDS_AFTER[state_type]


def changes(
    before: Symbols, after: Symbols, also: Collection[str] = ()
) -> Mapping[str, Definition]:
    """What each symbol that changes is after an action, by its name without the prime.

    The symbols named in `also` are there even if they do not change.
    """
    primed = declare(type(before), before.sorts, before.reading, PRIME)
    found = {}
    for entry in changing(type(before)):
        symbol = getattr(after, entry.name)
        if entry.name in also or symbol is not getattr(before, entry.name):
            parameters = variables(before.sorts, entry)
            found[entry.name] = Definition(
                getattr(primed, entry.name), parameters, symbol(*parameters)
            )
    return found


def in_words(term: Term, state_type: type[Symbols]) -> Term:
    """The term, said in words about the states before and after an action."""
    return folded(term, (*words(state_type), *words_after(state_type)))


def changes_in_words(
    changed: Mapping[str, Definition], state_type: type[Symbols]
) -> Mapping[str, Term]:
    """What each symbol is after an action, said in words and with the primes of those before it."""
    known: list[Definition] = []
    found = {}
    for name, one in changed.items():
        found[name] = in_words(folded(one.body, known), state_type)
        if one.recognisable:
            known.append(one)
    return found


def _words(state_type: type[Symbols], suffix: str) -> tuple[Definition, ...]:
    state = declare(state_type, unbounded(), MSCS_PAGE, suffix)
    return tuple(_word(state, predicate, suffix) for predicate in _PREDICATES[state_type])


def _word(state: Symbols, predicate: Callable[..., Term], suffix: str) -> Definition:
    names = list(inspect.signature(predicate).parameters)[1:]
    sorts = [state.sorts.named(_SORTS[name]) for name in names]
    parameters = tuple(z3.Const(name, sort) for name, sort in zip(names, sorts, strict=True))
    return Definition(
        symbol=z3.Function(predicate.__name__ + suffix, *sorts, z3.BoolSort()),
        parameters=parameters,
        body=predicate(state, *parameters),
        purpose=cleandoc(predicate.__doc__ or ""),
    )


_WORDS: Final[Mapping[type[Symbols], tuple[Definition, ...]]] = MappingProxyType(
    {state_type: _words(state_type, "") for state_type in _PREDICATES}
)
"""The words of each kind of state."""

_WORDS_AFTER: Final[Mapping[type[Symbols], tuple[Definition, ...]]] = MappingProxyType(
    {
        state_type: tuple(
            after
            for before, after in zip(before_action, _words(state_type, PRIME), strict=True)
            if not before.body.eq(after.body)
        )
        for state_type, before_action in _WORDS.items()
    }
)
"""The words of each kind of state after an action that mean something else than before it."""
