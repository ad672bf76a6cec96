"""The specification as a document: `spec/README.md`, made from the register and the clauses.

The one subtle fact: nothing in the document says a second time what a record or a clause says. It
is written out from them, so it cannot drift, and a test compares the committed file.
"""

import re
from collections.abc import Iterator
from typing import Final

from clusckpt_spec.ambiguities import AMBIGUITIES, OUT_OF_ALPHABET, AmbiguityID
from clusckpt_spec.incidents import INCIDENTS, Incident
from clusckpt_spec.prose.notation import clause_of_usual_history
from clusckpt_spec.prose.sections import RuleSection, rule_section, system_sections
from clusckpt_spec.prose.templating import filled
from clusckpt_spec.prose.variants import decisive
from clusckpt_spec.prose.wording import GRADES, ORIGINS
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RULES, RuleID

_EMPTY_LINES: Final = re.compile(r"\n{3,}")
"""More empty lines than one, which the templates leave where a part is left out."""


def document() -> str:
    """The whole document, as Markdown."""
    text = filled(
        "README.md.j2",
        families=list(_families()),
        covered=list(READINGS),
        decisive=[str(ambiguity) for ambiguity in decisive()],
        grades=[(str(grade), meaning) for grade, meaning in GRADES.items()],
        systems=system_sections(),
        usual_history=clause_of_usual_history(),
        ambiguities=list(AMBIGUITIES.values()),
        readings=list(READINGS.values()),
        questions={one.id: one.question for one in AMBIGUITIES.values()},
        reasons={ambiguity: _reasons(ambiguity) for ambiguity in AMBIGUITIES},
        incidents=list(INCIDENTS.values()),
        out_of_alphabet=OUT_OF_ALPHABET,
        evidence={ambiguity: _evidence(ambiguity) for ambiguity in AMBIGUITIES},
        touched={ambiguity: _touched(ambiguity) for ambiguity in AMBIGUITIES},
    )
    return _EMPTY_LINES.sub("\n\n", text)


def _families() -> Iterator[tuple[str, str, list[RuleSection]]]:
    """The heading, the introduction and the rules of each origin."""
    for origin, (heading, introduction) in ORIGINS.items():
        rules = [rule_section(rule) for rule in RULES.values() if rule.origin is origin]
        yield heading, introduction, rules


def _reasons(ambiguity: AmbiguityID) -> list[tuple[str, str, str]]:
    """The readings that give a reason, with choice and reason; those that agree together."""
    together: dict[tuple[str, str], list[str]] = {}
    for reading in READINGS.values():
        if ambiguity in reading.reasons:
            decided = (reading[ambiguity], reading.reasons[ambiguity])
            together.setdefault(decided, []).append(reading.name)
    return [(", ".join(names), *decided) for decided, names in together.items()]


def _evidence(ambiguity: AmbiguityID) -> list[tuple[Incident, str]]:
    """The incidents that speak for a choice, each with the choice."""
    return [
        (incident, choice)
        for incident in INCIDENTS.values()
        for supported, choice in incident.evidence
        if supported is ambiguity
    ]


def _touched(ambiguity: AmbiguityID) -> list[RuleID]:
    """The rules that the ambiguity touches."""
    return [rule.id for rule in RULES.values() if ambiguity in rule.ambiguities]
