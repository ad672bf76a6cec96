"""The parts of the document that are made from records and clauses, ready for the templates."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from clusckpt_spec.prose.clauses import SPECIFICATIONS, Clause, clauses_for, kind_of
from clusckpt_spec.prose.notation import clause_of_terms, words_of
from clusckpt_spec.prose.variants import clause_texts
from clusckpt_spec.prose.wording import PAGE_NAME, ROLES
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.register import Rule, RuleID
from clusckpt_spec.register.page import PAGE_SOURCE
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.sorts import unbounded
from clusckpt_spec.system.symbols import Declaration, Role, declarations, declare, variables
from clusckpt_spec.system.system import Specification

_TITLES: Final = {
    "checkpoints": ("Checkpoints", "This is the system that most rules are about."),
    "calls": (
        "Control codes and waiting",
        "The rule CKPT-NOT-PASSED-TO-DLL, about who waits for whom, has a small system of its own.",
    ),
    "lists": (
        "Lists and names",
        "Control codes see names. Here a Key is a name as it was spelled; nothing is copied.",
    ),
    "containers": (
        "Key containers",
        "Nobody watches them for changes. Here a Key is a container, and Data are its keys.",
    ),
}
"""The heading and the introduction of each specification, by its name."""


@dataclass(frozen=True)
class ClauseSection:
    """An action, invariant or theorem: its heading, what it says in words, and its clause.

    `texts` has the clause once for each way in which readings have it.
    """

    heading: str
    name: str
    purpose: str
    rules: tuple[RuleID, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class RuleSection:
    """A rule with its clauses: actions, claims printed here, claims printed elsewhere."""

    rule: Rule
    source: str
    actions: tuple[ClauseSection, ...]
    claims: tuple[ClauseSection, ...]
    elsewhere: tuple[ClauseSection, ...]


@dataclass(frozen=True)
class SymbolRow:
    """A symbol applied to variables, its sorts, and its meaning."""

    head: str
    sorts: str
    meaning: str


@dataclass(frozen=True)
class SystemSection:
    """One specification: its symbols by role, its words, what is given, its start, its actions."""

    title: str
    introduction: str
    symbols: tuple[tuple[str, str, tuple[SymbolRow, ...]], ...]
    words: tuple[tuple[str, str, str], ...]
    axioms: str
    initial: str
    actions: tuple[ClauseSection, ...]


def rule_section(rule: Rule) -> RuleSection:
    """A rule with its clauses; a claim is printed under the first rule that it cites."""
    clauses = clauses_for(rule.id)
    claims = [clause for clause in clauses if not isinstance(clause, Action)]
    return RuleSection(
        rule=rule,
        source=rule.source.replace(PAGE_SOURCE, PAGE_NAME),
        actions=tuple(_section(one) for one in clauses if isinstance(one, Action)),
        claims=tuple(_section(one) for one in claims if one.rules[0] is rule.id),
        elsewhere=tuple(_section(one) for one in claims if one.rules[0] is not rule.id),
    )


def system_sections() -> tuple[SystemSection, ...]:
    """All four specifications."""
    return tuple(_system_section(specification) for specification in SPECIFICATIONS)


def _system_section(specification: Specification) -> SystemSection:
    state_type = specification.state_type
    state = declare(state_type, unbounded(), MSCS_PAGE)
    title, introduction = _TITLES[specification.name]
    return SystemSection(
        title=title,
        introduction=introduction,
        symbols=tuple(_symbols(specification)),
        words=words_of(state_type),
        axioms=clause_of_terms(specification.axioms(state), state_type),
        initial=clause_of_terms(specification.initial(state), state_type),
        actions=tuple(_section(action) for action in specification.actions),
    )


def _symbols(specification: Specification) -> Iterator[tuple[str, str, tuple[SymbolRow, ...]]]:
    entries = list(declarations(specification.state_type))
    for role in Role:
        rows = tuple(_row(entry) for entry in entries if entry.role is role)
        if rows:
            yield (*ROLES[role], rows)


def _row(entry: Declaration) -> SymbolRow:
    names = ", ".join(str(one) for one in variables(unbounded(), entry))
    head = f"{entry.name}({names})" if names else entry.name
    said, _, rest = entry.meaning.partition(": ")
    if said.startswith(f"{entry.name}("):
        return SymbolRow(said, _sorts(entry), rest)
    return SymbolRow(head, _sorts(entry), entry.meaning)


def _sorts(entry: Declaration) -> str:
    target = {"bool": "holds or not"}.get(entry.range, entry.range.capitalize())
    domain = ", ".join(sort.capitalize() for sort in entry.domain)
    return f"{domain} \N{RIGHTWARDS ARROW} {target}" if domain else target


@cache
def _section(clause: Clause) -> ClauseSection:
    return ClauseSection(
        heading=f"{kind_of(clause).capitalize()} {clause.name}",
        name=clause.name,
        purpose=clause.purpose,
        rules=clause.rules,
        texts=clause_texts(clause),
    )
