"""Which readings a clause exists under, and its text under each: printed once where it is one text.

The one subtle fact: a clause is not said to hold under a reading, it is asked. So a clause that
takes a reading's choice prints that choice, and readings that answer alike share one text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Final

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.prose.clauses import SPECIFICATIONS, Clause, clauses_for, every_clause, kind_of
from clusckpt_spec.prose.notation import clause_of_action, clause_of_invariant, clause_of_theorem
from clusckpt_spec.prose.noting import noted
from clusckpt_spec.readings import READINGS, Product, Reading
from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import Invariant

_LABEL: Final = f"{'readings':<10}"
"""Before the names of the readings that a text is for; claims begin in the same column."""


def clause_text(clause: Clause, reading: Reading) -> str:
    """A clause as it is under one reading."""
    match clause:
        case Action():
            return clause_of_action(clause, reading)
        case Invariant():
            return clause_of_invariant(clause, reading)
        case _:
            return clause_of_theorem(clause, reading)


@dataclass(frozen=True)
class Variant:
    """The text of a clause, or none where it does not exist, and what of a reading makes it so."""

    text: str | None
    choices: Mapping[AmbiguityID, str]
    product: Product

    def fits(self, reading: Reading) -> bool:
        """Whether a reading makes the same choices for the same product, and so has the text."""
        same = all(reading[ambiguity] == choice for ambiguity, choice in self.choices.items())
        return same and reading.product == self.product


@cache
def variants(clause: Clause) -> Mapping[str, Variant]:
    """The clause as each reading has it, by the name of the reading."""
    found: dict[str, Variant] = {}
    for reading in READINGS.values():
        known = next((one for one in found.values() if one.fits(reading)), None)
        found[reading.name] = known or _variant(clause, reading)
    return found


def texts_by_reading(clause: Clause) -> Mapping[str, tuple[str, ...]]:
    """Each distinct text of a clause, with the names of the readings that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, variant in variants(clause).items():
        if variant.text is not None:
            found[variant.text] = (*found.get(variant.text, ()), name)
    return found


def decisive() -> tuple[AmbiguityID, ...]:
    """The ambiguities that a guard, an effect, a claim or the existence of a clause depends on."""
    asked = {
        ambiguity
        for specification in SPECIFICATIONS
        for clause in every_clause(specification)
        for variant in variants(clause).values()
        for ambiguity in variant.choices
    }
    return tuple(ambiguity for ambiguity in AmbiguityID if ambiguity in asked)


def clause_texts(clause: Clause) -> tuple[str, ...]:
    """Each distinct text of a clause, headed by the readings that have it unless all have."""
    space = "\n\n" if isinstance(clause, Action) else "\n"
    return tuple(
        text if len(names) == len(READINGS) else f"{_LABEL}{', '.join(names)}{space}{text}"
        for text, names in texts_by_reading(clause).items()
    )


def clauses_text(rule: RuleID) -> str:
    """Every clause of the transition system that cites a rule, with what it says first.

    The text is empty for a rule without a clause there.
    """
    texts = []
    for clause in clauses_for(rule):
        summary = clause.purpose.split("\n\n", maxsplit=1)[0]
        texts.append(f"{kind_of(clause)} {clause.name}: {summary}")
        texts.extend(clause_texts(clause))
    return "\n\n".join(texts)


def _variant(clause: Clause, reading: Reading) -> Variant:
    text, choices = noted(partial(_text_if_any, clause), reading)
    return Variant(text, choices, reading.product)


def _text_if_any(clause: Clause, reading: Reading) -> str | None:
    return clause_text(clause, reading) if clause.when(reading) else None
