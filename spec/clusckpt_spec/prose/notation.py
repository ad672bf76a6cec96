"""Clauses in ordinary mathematical notation, as plain text.

The one subtle fact: what a clause leaves unsaid is unchanged, so only the symbols that it changes
are printed, each with a prime for what it is afterwards. The history that follows every action in
the same way is printed once (`clause_of_usual_history`), and with an action only where it differs.
"""

from collections.abc import Iterable, Mapping, Sequence

from clusckpt_spec.prose.clauses import state_type_of
from clusckpt_spec.prose.folding import Definition, folded
from clusckpt_spec.prose.formula import EQUAL, IFF, Formula, declared, formula
from clusckpt_spec.prose.layout import WIDTH, equation, flat, indented, lines
from clusckpt_spec.prose.usual_history import unusual, usual_history
from clusckpt_spec.prose.words import PRIME, changes, words, words_after
from clusckpt_spec.readings import MSCS_PAGE, Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.claim import ActionTheorem, Claim, Invariant
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Role, Symbols, declarations, declare


def clause_of_action(action: Action, reading: Reading = MSCS_PAGE) -> str:
    """An action: its parameters, when it may happen, and what is different afterwards."""
    state_type = state_type_of(action)
    before = declare(state_type, unbounded(), reading)
    step = action.clause(before, *action.arguments(unbounded()))
    changed = changes(before, step.after)
    history = {one.name for one in declarations(state_type) if one.role is Role.HISTORY}
    equations = _equations(changed, state_type)
    proper = [text for name in changed if name not in history for text in equations[name]]
    own = [text for name in unusual(before, step.after) for text in equations[name]]
    guard = _formula_of(step.guard, state_type)
    return _text(
        [_signature(action)],
        _headed("when", lines(guard, WIDTH - len("when  "))),
        _headed("then", proper),
        ["history", *indented(own, len("then  "))] if own else [],
    )


def clause_of_invariant(invariant: Invariant) -> str:
    """An invariant: the elements that it is about, its premises with their names, and the claim."""
    state_type = state_type_of(invariant)
    claim = invariant.claim(declare(state_type, unbounded(), MSCS_PAGE))
    return _text(_claim(invariant.variables, claim, state_type))


def clause_of_theorem(theorem: ActionTheorem) -> str:
    """A theorem about one action; a prime marks what a symbol is after it."""
    state_type = state_type_of(theorem)
    before, after = (declare(state_type, unbounded(), MSCS_PAGE, mark) for mark in ("", PRIME))
    claim = theorem.claim(before, after)
    heading = f"after     {_signature(theorem.action)}"
    return _text([heading, *_claim(theorem.variables, claim, state_type)])


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


def clause_of_words(state_type: type[Symbols]) -> str:
    """What each word means."""
    return _text(
        [
            text
            for word in words(state_type)
            for text in equation(flat(formula(word.head)), IFF, formula(word.body))
        ]
    )


def _formula_of(term: Term, state_type: type[Symbols]) -> Formula:
    return formula(folded(term, (*words(state_type), *words_after(state_type))))


def _equations(
    changed: Mapping[str, Definition], state_type: type[Symbols]
) -> Mapping[str, list[str]]:
    """For each changed symbol what it is afterwards, said with the primes of those before it."""
    known: list[Definition] = []
    found = {}
    for name, one in changed.items():
        right = _formula_of(folded(one.body, known), state_type)
        sign = IFF if one.symbol.range().name() == "Bool" else EQUAL
        found[name] = equation(flat(formula(one.head)), sign, right, WIDTH - len("then  "))
        if one.recognisable:
            known.append(one)
    return found


def _claim(
    variables: Iterable[tuple[str, str]], claim: Claim, state_type: type[Symbols]
) -> list[str]:
    named = declared((name, sort.capitalize()) for name, sort in variables)
    margin = len("for all   ")
    conclusion = lines(_formula_of(claim.conclusion, state_type), WIDTH - margin)
    premises = {
        name: flat(_formula_of(term, state_type)) for name, term in claim.premises.items()
    }
    column = max(map(len, premises.values()), default=0) + 3
    listed = [f"{text:<{column}}({name})" for name, text in premises.items()]
    return [
        f"for all   {named}",
        *(_headed("if", listed, margin) if listed else []),
        *_headed("then" if listed else "holds", conclusion, margin),
    ]


def _signature(action: Action) -> str:
    parameters = declared((name, sort.capitalize()) for name, sort in action.parameters)
    return f"{action.name}({parameters})"


def _headed(word: str, texts: Sequence[str], margin: int = 6) -> list[str]:
    first, *others = texts
    return [f"{word:<{margin}}{first}", *indented(others, margin)]


def _text(*parts: Sequence[str]) -> str:
    """The parts, with an empty line between them."""
    return "\n\n".join("\n".join(part) for part in parts if part)
