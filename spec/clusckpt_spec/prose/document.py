"""The specification as a document: `spec/README.md`, made from the register and the clauses.

The one subtle fact: nothing in the document says a second time what a record or a clause says. It
is written out from them, so it cannot drift, and a test compares the committed file.
"""

from collections.abc import Iterator

from clusckpt_spec.ambiguities import AMBIGUITIES
from clusckpt_spec.prose.notation import clause_of_usual_history
from clusckpt_spec.prose.sections import RuleSection, rule_section, system_sections
from clusckpt_spec.prose.templating import filled
from clusckpt_spec.prose.wording import GRADES, ORIGINS
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RULES


def document() -> str:
    """The whole document, as Markdown."""
    return filled(
        "README.md.j2",
        families=list(_families()),
        grades=[(str(grade), meaning) for grade, meaning in GRADES.items()],
        systems=system_sections(),
        usual_history=clause_of_usual_history(),
        ambiguities=list(AMBIGUITIES.values()),
        readings=list(READINGS.values()),
        questions={one.id: one.question for one in AMBIGUITIES.values()},
    )


def _families() -> Iterator[tuple[str, str, list[RuleSection]]]:
    """The heading, the introduction and the rules of each origin."""
    for origin, (heading, introduction) in ORIGINS.items():
        rules = [rule_section(rule) for rule in RULES.values() if rule.origin is origin]
        yield heading, introduction, rules
