"""The small systems of lists and of key containers: decidable, proved, with needed premises."""

import networkx as nx
import pytest
import z3

from clusckpt_proofs.batches import discharged
from clusckpt_proofs.decode import Counterexample
from clusckpt_proofs.needed import FiniteSystem
from clusckpt_proofs.obligation import Result
from clusckpt_proofs.stratification import sort_graph
from clusckpt_spec.prose.clauses import Clause
from clusckpt_spec.readings import READINGS, Reading
from clusckpt_spec.system.action import Action
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.symbols import Role, declarations, declare, variables
from clusckpt_spec.system.system import Specification, TransitionSystem
from tests.spec.system.small_variants import VARIANTS, proofs

SMALL = (LISTS, CONTAINERS)
BY_NAME = pytest.mark.parametrize("specification", SMALL, ids=lambda one: one.name)
BY_READING = pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
ACTIONS = [(one, action) for one in SMALL for action in one.actions]


@BY_NAME
@BY_READING
def test_no_function_leads_back_to_its_sort(specification: Specification, reading: Reading) -> None:
    """The sorts of every obligation are stratified, so that the solver answers."""
    graph = sort_graph(TransitionSystem(specification, reading, unbounded()))

    assert nx.is_directed_acyclic_graph(graph)


@BY_NAME
def test_every_obligation_holds(specification: Specification) -> None:
    """Under every reading that ships here, everything is proved, for any size."""
    wanted = [one for reading in READINGS.values() for one in proofs(specification, reading)]
    verdicts = list(discharged(wanted))

    assert verdicts
    assert [one.name for one in verdicts if one.result is not Result.HOLDS] == []


@pytest.mark.parametrize("reading", VARIANTS, ids=lambda one: one.name)
@BY_NAME
def test_other_choices_are_proved_too(specification: Specification, reading: Reading) -> None:
    """What is promised under choices that no shipped reading makes is proved as well."""
    verdicts = list(discharged(proofs(specification, reading)))

    assert [one.name for one in verdicts if one.result is not Result.HOLDS] == []


@BY_NAME
@BY_READING
def test_every_premise_is_needed(specification: Specification, reading: Reading) -> None:
    """Without any one of its premises, no invariant holds: a step that is executed breaks it."""
    finite = FiniteSystem(specification, reading)
    not_needed = []
    for invariant in specification.invariants_under(reading):
        for premise in invariant.claim(finite.system.before).premises:
            found = finite.counterexample(invariant, premise)
            if not isinstance(found, Counterexample) or not found.breaks(invariant, premise):
                not_needed.append((invariant.name, premise))

    assert not_needed == []


def _mentioned(term: Term) -> set[str]:
    """The names of all symbols in a term."""
    if z3.is_quantifier(term):
        return _mentioned(term.body())
    if z3.is_var(term):
        return set()
    return {term.decl().name()}.union(*(_mentioned(part) for part in term.children()))


@BY_READING
@pytest.mark.parametrize(("specification", "action"), ACTIONS, ids=lambda one: one.name)
def test_history_never_steers(
    specification: Specification, action: Action, reading: Reading
) -> None:
    """No guard and no part of the state depends on what is only recorded."""
    state = declare(specification.state_type, unbounded(), reading)
    step = action.clause(state, *action.arguments(state.sorts))
    entries = list(declarations(specification.state_type))
    history = {entry.name for entry in entries if entry.role is Role.HISTORY}
    steering = _mentioned(step.guard) & history
    for entry in entries:
        if entry.name not in history:
            after = getattr(step.after, entry.name)(*variables(state.sorts, entry))
            steering |= _mentioned(after) & history

    assert steering == set()


def test_history_is_recorded() -> None:
    """What stands is recorded at an add, and depends on what stood before."""
    state = declare(LISTS.state_type, unbounded(), READINGS["mscs-page"])
    add = next(one for one in LISTS.actions if one.name == "list_root")
    step = add.clause(state, *add.arguments(state.sorts))
    (entry,) = (one for one in declarations(LISTS.state_type) if one.name == "standing")

    after = getattr(step.after, entry.name)(*variables(state.sorts, entry))

    assert "standing" in _mentioned(after)


def _clauses(specification: Specification) -> list[Clause]:
    """Every action, invariant and theorem."""
    return [
        *specification.actions,
        *specification.invariants,
        *specification.theorems,
        *specification.step_theorems,
    ]


def test_names_are_told_apart() -> None:
    """No two specifications share the name of a symbol, an action or a claim."""
    every: tuple[Specification, ...] = (CHECKPOINTS, CALLS, *SMALL)
    symbols = [entry.name for one in every for entry in declarations(one.state_type)]
    clauses = [clause.name for one in every for clause in _clauses(one)]

    assert len(symbols) == len(set(symbols))
    assert len(clauses) == len(set(clauses))


@BY_NAME
def test_every_clause_cites_a_rule(specification: Specification) -> None:
    """Every action, invariant and theorem cites a rule and says what it says."""
    clauses = _clauses(specification)

    assert [one.name for one in clauses if not one.rules] == []
    assert [one.name for one in clauses if not one.purpose.endswith((".", ")"))] == []
