"""The history that follows every action in the same way, so that it is printed once.

The one subtle fact: whether an action's history is the usual one is not written down but seen:
its terms are compared with those that `recorded` gives for that action.
"""

from collections.abc import Mapping
from dataclasses import replace

from clusckpt_spec.prose.folding import Definition
from clusckpt_spec.prose.words import PRIME, changes
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.sorts import unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Role, Symbols, changing, declare


def usual_history() -> Mapping[str, Definition]:
    """What the history symbols are after any action, said with the primes of the other symbols.

    >>> sorted(usual_history())
    ['astray', 'seen', 'tangled', 'unchanged']
    """
    before = declare(State, unbounded(), MSCS_PAGE)
    after = declare(State, unbounded(), MSCS_PAGE, PRIME)
    return _recorded(before, after)


def unusual(before: Symbols, after: Symbols) -> tuple[str, ...]:
    """The history symbols that an action does not treat in the usual way, by name.

    One that it does not mention is among them, if the usual way would be to change it.
    """
    usual: Mapping[str, Definition] = {}
    if isinstance(before, State) and isinstance(after, State):
        usual = _recorded(before, after)
    found = changes(before, after, usual)
    return tuple(
        entry.name
        for entry in changing(type(before))
        if entry.role is Role.HISTORY
        and entry.name in found
        and not (entry.name in usual and usual[entry.name].body.eq(found[entry.name].body))
    )


def _recorded(before: State, after: State) -> Mapping[str, Definition]:
    """The usual history of a step, whatever its own history is."""
    names = [entry.name for entry in changing(State) if entry.role is Role.HISTORY]
    plain = replace(after, **{name: getattr(before, name) for name in names})
    history = recorded(before, plain)
    return {name: one for name, one in changes(before, history).items() if name in names}
