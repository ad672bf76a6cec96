"""Clauses in ordinary mathematical notation, as plain text.

The one subtle fact: what a clause leaves unsaid is unchanged, so only the symbols that it changes
are printed, each with a prime for what it is afterwards. The history that follows every action in
the same way is printed once (`clause_of_usual_history`), and with an action only where it differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Final

import z3

from clusckpt_spec.prose.clauses import state_type_of
from clusckpt_spec.prose.folding import Definition
from clusckpt_spec.prose.formula import EQUAL, IFF, Formula, declared, formula
from clusckpt_spec.prose.layout import WIDTH, equation, flat, indented, lines
from clusckpt_spec.prose.usual_history import unusual, usual_history
from clusckpt_spec.prose.words import PRIME, changes, changes_in_words, in_words, words
from clusckpt_spec.readings import MSCS_PAGE, Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import ActionTheorem, Claim, Invariant, StepTheorem
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Role, Symbols, declarations, declare

_MARGIN: Final = len("then  ")
"""Where the parts of an action begin."""

_CLAIM_MARGIN: Final = len("for all   ")
"""Where the parts of a claim begin."""


def clause_of_action(action: Action, reading: Reading = MSCS_PAGE) -> str:
    """An action: its parameters, when it may happen, and what is different afterwards."""
    state_type = state_type_of(action)
    before = declare(state_type, unbounded(), reading)
    step = action.clause(before, *action.arguments(unbounded()))
    differing = unusual(before, step.after)
    changed = changes(before, step.after, differing)
    history = {one.name for one in declarations(state_type) if one.role is Role.HISTORY}
    equations = _equations(changed, state_type)
    proper = [text for name in changed if name not in history for text in equations[name]]
    own = [text for name in differing for text in equations[name]]
    guard = _formula_of(step.guard, state_type)
    return _text(
        [_signature(action)],
        _headed("when", lines(guard, WIDTH - _MARGIN)),
        _headed("then", proper or ["nothing changes"]),
        ["history", *indented(own, _MARGIN)] if own else [],
    )


def clause_of_invariant(invariant: Invariant, reading: Reading = MSCS_PAGE) -> str:
    """An invariant: the elements that it is about, its premises with their names, and the claim."""
    state_type = state_type_of(invariant)
    claim = invariant.claim(declare(state_type, unbounded(), reading))
    return _text(_claim(invariant.variables, claim, state_type))


def clause_of_theorem(theorem: ActionTheorem | StepTheorem, reading: Reading = MSCS_PAGE) -> str:
    """A theorem about one action or about all; a prime marks what a symbol is after it."""
    state_type = state_type_of(theorem)
    before, after = (declare(state_type, unbounded(), reading, mark) for mark in ("", PRIME))
    claim = theorem.claim(before, after)
    after_action = _headed("after", wrap(_after(theorem), WIDTH - _CLAIM_MARGIN), _CLAIM_MARGIN)
    return _text([*after_action, *_claim(theorem.variables, claim, state_type)])


def _after(theorem: ActionTheorem | StepTheorem) -> str:
    if isinstance(theorem, ActionTheorem):
        return _signature(theorem.action)
    names = ", ".join(action.name for action in theorem.except_for)
    return f"any action but {names}" if names else "any action"


def clause_of_usual_history() -> str:
    """What the history symbols are after every action, unless the action says otherwise."""
    return _text([text for texts in _equations(usual_history(), State).values() for text in texts])


def clause_of_terms(terms: Mapping[str, Term], state_type: type[Symbols]) -> str:
    """Named formulas about one state, each below its name."""
    return _text(
        *(
            [f"{name}:", *indented(lines(_formula_of(term, state_type), WIDTH - 4))]
            for name, term in terms.items()
        )
    )


def words_of(state_type: type[Symbols]) -> tuple[tuple[str, str, str], ...]:
    """Each word with its parameters, what it says, and the formula that it stands for."""
    return tuple(
        (flat(formula(word.head)), word.purpose, flat(formula(word.body)))
        for word in words(state_type)
    )


def _formula_of(term: Term, state_type: type[Symbols]) -> Formula:
    return formula(in_words(term, state_type))


def _equations(
    changed: Mapping[str, Definition], state_type: type[Symbols]
) -> Mapping[str, list[str]]:
    found = {}
    for name, term in changes_in_words(changed, state_type).items():
        head = flat(formula(changed[name].head))
        sign = IFF if z3.is_bool(term) else EQUAL
        found[name] = equation(head, sign, formula(term), WIDTH - _MARGIN)
    return found


def _claim(
    variables: Iterable[tuple[str, str]], claim: Claim, state_type: type[Symbols]
) -> list[str]:
    named = declared((name, sort.capitalize()) for name, sort in variables)
    conclusion = lines(_formula_of(claim.conclusion, state_type), WIDTH - _CLAIM_MARGIN)
    premises = {name: flat(_formula_of(term, state_type)) for name, term in claim.premises.items()}
    column = max(map(len, premises.values()), default=0) + 3
    listed = [f"{text:<{column}}({name})" for name, text in premises.items()]
    return [
        *([f"for all   {named}"] if named else []),
        *(_headed("if", listed, _CLAIM_MARGIN) if listed else []),
        *_headed("then" if listed else "holds", conclusion, _CLAIM_MARGIN),
    ]


def _signature(action: Action) -> str:
    parameters = declared((name, sort.capitalize()) for name, sort in action.parameters)
    return f"{action.name}({parameters})"


def _headed(word: str, texts: Sequence[str], margin: int = _MARGIN) -> list[str]:
    first, *others = texts
    return [f"{word:<{margin}}{first}", *indented(others, margin)]


def _text(*parts: Sequence[str]) -> str:
    """The parts, with an empty line between them."""
    return "\n\n".join("\n".join(part) for part in parts if part)
