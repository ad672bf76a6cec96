"""Which readings a clause exists under, and its text under each: printed once where it is one text.

The one subtle fact: a clause is not said to hold under a reading, it is asked. So a clause that
takes a reading's choice prints that choice, and readings that choose alike share one text.
"""

from collections.abc import Mapping
from typing import Final

from clusckpt_spec.prose.clauses import Clause, clauses_for
from clusckpt_spec.prose.notation import clause_of_action, clause_of_invariant, clause_of_theorem
from clusckpt_spec.readings import MSCS_READINGS, Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import ActionTheorem, Invariant

_LABEL: Final = f"{'readings':<10}"
"""Before the names of the readings that a text is for; claims begin in the same column."""


def clause_text(clause: Clause, reading: Reading) -> str:
    """A clause as it is under one reading."""
    match clause:
        case Action():
            return clause_of_action(clause, reading)
        case Invariant():
            return clause_of_invariant(clause, reading)
        case ActionTheorem():
            return clause_of_theorem(clause, reading)


def texts_by_reading(clause: Clause) -> Mapping[str, tuple[str, ...]]:
    """Each distinct text of a clause, with the names of the readings that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for reading in MSCS_READINGS:
        if clause.when(reading):
            text = clause_text(clause, reading)
            found[text] = (*found.get(text, ()), reading.name)
    return found


def clause_texts(clause: Clause) -> tuple[str, ...]:
    """Each distinct text of a clause, headed by the readings that have it unless all have."""
    space = "\n\n" if isinstance(clause, Action) else "\n"
    return tuple(
        text if len(names) == len(MSCS_READINGS) else f"{_LABEL}{', '.join(names)}{space}{text}"
        for text, names in texts_by_reading(clause).items()
    )


def clauses_text(rule: RuleID) -> str:
    """Every clause of the transition system that cites a rule, with what it says first.

    The text is empty for a rule without a clause there.
    """
    texts = []
    for clause in clauses_for(rule):
        summary = clause.purpose.split("\n\n", maxsplit=1)[0]
        kind = "theorem" if isinstance(clause, ActionTheorem) else type(clause).__name__.lower()
        texts.append(f"{kind} {clause.name}: {summary}")
        texts.extend(clause_texts(clause))
    return "\n\n".join(texts)
