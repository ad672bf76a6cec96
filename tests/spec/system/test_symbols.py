"""History records and never steers; every clause cites a rule and says what it does."""

import pytest
import z3

from clusckpt_spec.readings import MSCS_PAGE, READINGS, Reading
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Role, Symbols, declarations, declare, variables

CLAUSES = (
    *CHECKPOINTS.actions,
    *CALLS.actions,
    *CHECKPOINTS.invariants,
    *CALLS.invariants,
    *CHECKPOINTS.theorems,
    *CHECKPOINTS.step_theorems,
    *LISTS.actions,
    *LISTS.invariants,
    *LISTS.theorems,
    *LISTS.step_theorems,
    *CONTAINERS.actions,
    *CONTAINERS.invariants,
    *CONTAINERS.theorems,
    *CONTAINERS.step_theorems,
)


def _mentioned(term: Term) -> set[str]:
    """The names of all symbols in a term."""
    if z3.is_quantifier(term):
        return _mentioned(term.body())
    if z3.is_var(term):
        return set()
    return {term.decl().name()}.union(*(_mentioned(part) for part in term.children()))


def _history() -> set[str]:
    return {entry.name for entry in declarations(State) if entry.role is Role.HISTORY}


def _terms_after(action: Action, state: Symbols) -> dict[str, Term]:
    """What each symbol is after an action, by name; `guard` is the guard."""
    step = action.clause(state, *action.arguments(state.sorts))
    terms = {"guard": step.guard}
    for entry in declarations(type(state)):
        terms[entry.name] = getattr(step.after, entry.name)(*variables(state.sorts, entry))
    return terms


@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
@pytest.mark.parametrize("action", CHECKPOINTS.actions, ids=lambda one: one.name)
def test_history_never_steers(action: Action, reading: Reading) -> None:
    """No guard and no proper or backup symbol depends on a history symbol."""
    terms = _terms_after(action, declare(State, unbounded(), reading))
    steered = {
        name
        for name, term in terms.items()
        if name not in _history() and _mentioned(term) & _history()
    }

    assert steered == set()


def test_history_is_recorded() -> None:
    """A write is recorded: what is seen and what is left there depend on history."""
    write = next(one for one in CHECKPOINTS.actions if one.name == "write")
    terms = _terms_after(write, declare(State, unbounded(), MSCS_PAGE))

    assert "mine" in _mentioned(terms["mine"])


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one.name)
def test_every_clause_cites_a_rule(
    clause: Action | Invariant | ActionTheorem | StepTheorem,
) -> None:
    """Every action, invariant and theorem cites at least one rule and says what it says."""
    assert clause.rules
    assert all(isinstance(rule, RuleID) for rule in clause.rules)
    assert clause.purpose.endswith((".", ")"))


def test_what_an_action_does_not_mention_stays() -> None:
    """Joining changes which nodes are up, and nothing else."""
    join = next(one for one in CHECKPOINTS.actions if one.name == "join")
    state = declare(State, unbounded(), MSCS_PAGE)
    after = join.clause(state, *join.arguments(state.sorts)).after
    history = _history()
    changed = {
        entry.name
        for entry in declarations(State)
        if entry.name not in history
        and getattr(after, entry.name) is not getattr(state, entry.name)
    }

    assert changed == {"up"}


def test_variables_are_named_apart() -> None:
    """No symbol has two arguments of one name, so none is captured by another."""
    sorts = unbounded()
    state_types: list[type[Symbols]] = [
        one.state_type for one in (CHECKPOINTS, CALLS, LISTS, CONTAINERS)
    ]
    for state_type in state_types:
        for entry in declarations(state_type):
            names = [str(one) for one in variables(sorts, entry)]

            assert len(names) == len(set(names)) == len(entry.domain)
