"""Theorems about every action hold, and would not for an action that breaks them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import z3

from clusckpt_proofs.everywhere import everywhere_obligations
from clusckpt_proofs.obligation import Result
from clusckpt_proofs.unbounded import valid
from clusckpt_spec.readings import LIVE_PAIR, MSCS_PAGE, WINDOWS_OBSERVED, Reading
from clusckpt_spec.system.action import Action, Step, action
from clusckpt_spec.system.actions.ownership import join
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.independence import independent, twin
from clusckpt_spec.system.sorts import OFFLINE, ONLINE, Term, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import declare
from clusckpt_spec.system.system import TransitionSystem


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-TREE-REPLACED", "CKPT-OFFLINE-OVERWRITTEN")
@pytest.mark.parametrize("reading", [MSCS_PAGE, WINDOWS_OBSERVED], ids=lambda one: one.name)
def test_they_hold_for_every_action(reading: Reading) -> None:
    """No action copies a mixture, changes a stranger's key, or skips a state."""
    verdicts = [one.verdict() for one in everywhere_obligations(CHECKPOINTS, reading)]

    assert verdicts
    assert [one.name for one in verdicts if one.result is not Result.HOLDS] == []


def test_each_speaks_of_every_action_but_its_exceptions() -> None:
    """An action is left out of a theorem only if the theorem names it."""
    names = {one.name for one in everywhere_obligations(CHECKPOINTS, LIVE_PAIR)}
    actions = {one.name for one in CHECKPOINTS.actions_under(LIVE_PAIR)}
    about = {name.rsplit("/", 1)[1] for name in names if "/nodes_stay_as_they_are/" in name}

    assert about == actions - {"crash", "join"}


@action(node="node", key="key", resource="resource")
def mixed_up(s: State, node: Term, key: Term, resource: Term) -> Step:
    """One key of every copy of a resource is taken from any node."""

    def taken(r: Term, p: Term, k: Term) -> Term:
        return z3.If(z3.And(r == resource, k == key), s.registry(node, k), s.copy(r, p, k))

    return Step(z3.BoolVal(val=True), s.updated(copy=taken))


@action(node="node", key="key")
def wiped(s: State, node: Term, key: Term) -> Step:
    """The cluster service empties any key of any node."""

    def emptied(n: Term, k: Term) -> Term:
        return z3.If(z3.And(n == node, k == key), s.empty(), s.registry(n, k))

    return Step(z3.BoolVal(val=True), s.updated(registry=emptied))


@action(resource="resource")
def jumped(s: State, resource: Term) -> Step:
    """A resource that is offline is online at once."""

    def online(r: Term) -> Term:
        return z3.If(r == resource, ONLINE, s.status(r))

    return Step(s.status(resource) == OFFLINE, s.updated(status=online))


@action(resource="resource", node="node")
def snatched(s: State, resource: Term, node: Term) -> Step:
    """A resource changes hands whatever its state."""
    owners: Callable[[Term], Term] = lambda r: z3.If(r == resource, node, s.owner(r))  # noqa: E731 - as in the clauses
    return Step(z3.BoolVal(val=True), s.updated(owner=owners))


@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-TREE-REPLACED", "CKPT-OFFLINE-OVERWRITTEN")
@pytest.mark.parametrize(
    ("faulty", "theorem"),
    [
        (mixed_up, "copy_is_some_past_tree"),
        (mixed_up, "copies_rest_with_their_resource"),
        (wiped, "registry_changes_under_roots_only"),
        (jumped, "comes_online_restored"),
        (jumped, "states_follow_one_another"),
        (snatched, "owner_changes_at_rest"),
    ],
)
def test_a_faulty_action_breaks_them(faulty: Action, theorem: str) -> None:
    """An action that does what none may do is found by the theorem that says so."""
    claim = next(one for one in CHECKPOINTS.step_theorems if one.name == theorem)
    specification = replace(CHECKPOINTS, actions=(faulty,))
    system = TransitionSystem(specification, MSCS_PAGE, unbounded())
    refuted = z3.Not(claim.claim(system.before, system.after).formula())
    answer = valid([*system.axioms.values(), system.relations[faulty.name], refuted])

    assert answer.result is Result.FAILS


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
@pytest.mark.parametrize(("one", "expected"), [(join, Result.HOLDS), (mixed_up, Result.FAILS)])
def test_what_a_copy_depends_on(one: Action, expected: Result) -> None:
    """A copy that takes a key from any node depends on a node that is not the owner."""
    state = declare(State, unbounded(), MSCS_PAGE)
    axioms = CHECKPOINTS.axioms(state).values()

    assert valid([*axioms, z3.Not(independent(state, twin(state), one))]).result is expected
