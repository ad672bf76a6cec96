"""Key containers: copied at an add, restored before online, never watched; bugs are refuted."""

import pytest
from z3 import And, BoolVal, If, Not, Or

from clusckpt_proofs import unbounded as engine
from clusckpt_proofs.small_tours import BOX, FIXED, NEW, OLD, container_program
from clusckpt_proofs.tour import N1, N2, R1, R2, Schedule, run
from clusckpt_spec.prose.formula import formula
from clusckpt_spec.prose.layout import flat
from clusckpt_spec.readings import KB174070, LIVE_PAIR, MSCS_PAGE, WINDOWS_OBSERVED, Reading
from clusckpt_spec.system.action import Step
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.containers.state import ContainerState
from clusckpt_spec.system.program import Concrete, Program, Table
from clusckpt_spec.system.sorts import DELETED, ONLINE, Term, unbounded
from clusckpt_spec.system.symbols import declare
from tests.spec.system.small_variants import choosing, refuted

ACTIONS = {action.name: action for action in CONTAINERS.actions}

ADDED: Schedule = (("generate_keys", (N1, BOX, OLD)), ("add_crypto_checkpoint", (R1, BOX)))
TO_ONLINE: Schedule = (
    ("accept_online", (R1,)),
    ("restore_container", (R1, BOX)),
    ("run_online", (R1,)),
)
CHANGED_ONLINE: Schedule = (*ADDED, *TO_ONLINE, ("generate_keys", (N1, BOX, NEW)))
TO_OFFLINE: Schedule = (
    ("accept_offline", (R1,)),
    ("save_container", (R1, BOX)),
    ("run_offline", (R1,)),
)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not hold is given up soon."""
    monkeypatch.setattr(engine, "TIMEOUT_MILLISECONDS", 1_000)


def _ran(schedule: Schedule, reading: Reading = MSCS_PAGE) -> tuple[Program, Concrete]:
    """The program, and the state that a run comes to; what the reading lacks is left out."""
    program, start = container_program(reading)
    existing = {action.name for action in CONTAINERS.actions_under(reading)}
    done = tuple(instance for instance in schedule if instance[0] in existing)
    return program, run(program, start, done)[-1]


def _table(program: Program, state: Concrete, name: str) -> Table:
    return state[[entry.name for entry in program.symbols].index(name)]


def _copy(schedule: Schedule, reading: Reading = MSCS_PAGE) -> Table:
    """The keys in the copy after a run."""
    program, state = _ran(schedule, reading)
    return _table(program, state, "crypto_copy")[R1][BOX]


@pytest.mark.rule("CKPT-ADD-CRYPTO")
def test_only_what_can_be_exported_is_added() -> None:
    """A container that is not there, and one of fixed keys, is refused and nothing changes."""
    program, nothing = _ran(())
    _, fixed = _ran((("generate_keys", (N1, BOX, FIXED)),))
    add, refusal = (("add_crypto_checkpoint", (R1, BOX)), ("refuse_crypto_checkpoint", (R1, BOX)))

    assert [program.step(state, add) for state in (nothing, fixed)] == [None, None]
    assert [program.step(state, refusal) for state in (nothing, fixed)] == [nothing, fixed]


@pytest.mark.rule("CKPT-ADD-CRYPTO")
def test_a_failed_add_may_list_without_a_copy() -> None:
    """Where a failed add lists its entry (A41), there is an entry without a copy."""
    reading = choosing(MSCS_PAGE, A41="listed-without-copy")
    program, state = _ran((("refuse_crypto_checkpoint", (R1, BOX)),), reading)
    listed, stored = (_table(program, state, f"crypto_{one}") for one in ("checkpoint", "stored"))

    assert (listed[R1][BOX], stored[R1][BOX]) == (True, False)


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_a_change_while_online_is_not_captured() -> None:
    """New keys on the host of an online resource are in no copy, until an offline saves them."""
    copies = [_copy(CHANGED_ONLINE, one) for one in (MSCS_PAGE, KB174070, WINDOWS_OBSERVED)]
    after = [
        _copy((*CHANGED_ONLINE, *TO_OFFLINE), one)
        for one in (MSCS_PAGE, KB174070, WINDOWS_OBSERVED)
    ]

    assert (copies, after) == ([OLD, OLD, OLD], [OLD, NEW, NEW])


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_keys_that_became_fixed_are_not_saved() -> None:
    """Keys that cannot be exported any more leave the good copy at an offline that saves."""
    fixed: Schedule = (*ADDED, *TO_ONLINE, ("generate_keys", (N1, BOX, FIXED)), *TO_OFFLINE)

    assert [_copy(fixed, one) for one in (KB174070, WINDOWS_OBSERVED)] == [OLD, OLD]


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS", "CKPT-RESTORE-BEFORE-ONLINE")
def test_the_keys_follow_the_resource() -> None:
    """After a move the new host has the keys of the copy before the resource is online there."""
    move: Schedule = (*ADDED, ("move_resource", (R1, N2)))
    program, state = _ran((*move, ("accept_online", (R1,))))
    restored = program.step(state, ("restore_container", (R1, BOX)))

    assert program.step(state, ("run_online", (R1,))) is None
    assert restored is not None
    assert _table(program, restored, "has_container")[N2][BOX]
    assert _table(program, restored, "keys")[N2][BOX] == OLD
    assert program.step(restored, ("run_online", (R1,))) is not None


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_a_change_before_online_is_overwritten_or_stays() -> None:
    """Keys that change after their restore wait for another where A3 says so, else they stay."""
    changed: Schedule = (*ADDED, *TO_ONLINE[:2], ("generate_keys", (N1, BOX, NEW)))
    online = [
        program.step(state, ("run_online", (R1,))) is not None
        for program, state in (_ran(changed, one) for one in (MSCS_PAGE, WINDOWS_OBSERVED))
    ]

    assert online == [False, True]


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_a_live_pair_has_the_keys_before() -> None:
    """Where replication is continuous there is no restore: the other node has had the keys."""
    program, state = _ran((*ADDED, ("replicate_container", (R1, BOX, N2))), LIVE_PAIR)

    assert _table(program, state, "keys")[N2][BOX] == OLD
    assert "restore_container" not in {one.name for one in CONTAINERS.actions_under(LIVE_PAIR)}


@pytest.mark.rule("CKPT-DELETED-WITH-RESOURCE", "CKPT-DELETE-CRYPTO")
def test_deletions_leave_containers_and_no_copy() -> None:
    """Deleting a checkpoint or its resource drops the copy; the node keeps its container."""
    deletions: tuple[Schedule, ...] = (
        (("remove_crypto_checkpoint", (R1, BOX)),),
        (("delete_resource", (R1,)),),
    )
    for deletion in deletions:
        program, state = _ran((*ADDED, *deletion))

        assert not _table(program, state, "crypto_stored")[R1][BOX]
        assert _table(program, state, "has_container")[N1][BOX]
        assert _table(program, state, "keys")[N1][BOX] == OLD


def test_copies_of_two_resources_are_apart() -> None:
    """One container has a copy for each resource that lists it, each of its own moment."""
    later: Schedule = (("generate_keys", (N1, BOX, NEW)), ("add_crypto_checkpoint", (R2, BOX)))
    program, state = _ran((*ADDED, *later))
    copies = _table(program, state, "crypto_copy")

    assert (copies[R1][BOX], copies[R2][BOX]) == (OLD, NEW)


def test_clauses_read_like_a_paper() -> None:
    """A guard and a claim, in the notation of the document."""
    state = declare(CONTAINERS.state_type, unbounded(), MSCS_PAGE)
    online = ACTIONS["run_online"]
    guard = online.clause(state, *online.arguments(state.sorts)).guard
    (claim,) = (one for one in CONTAINERS.invariants if one.name == "copies_can_be_exported")

    assert flat(formula(guard)) == (
        "phase(resource) = online pending"
        " ∧ (∀ p : Key. crypto_stored(resource, p) → crypto_restored(resource, p))"
    )
    assert flat(formula(claim.claim(state).conclusion)) == "exportable(crypto_copy(r, p))"


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
@pytest.mark.usefixtures("impatient")
def test_a_watched_container_is_refuted() -> None:
    """If new keys reached the copies of online resources, two theorems would not hold."""

    def generate(s: ContainerState, node: Term, container: Term, data: Term) -> Step:
        step = ACTIONS["generate_keys"].clause(s, node, container, data)

        def copy(r: Term, p: Term) -> Term:
            watched = And(s.phase(r) == ONLINE, s.host(r) == node, p == container)
            return If(watched, data, s.crypto_copy(r, p))

        return Step(step.guard, step.after.updated(crypto_copy=copy))

    found = refuted(CONTAINERS, "generate_keys", generate)

    assert {"new_keys_reach_no_copy", "copies_are_taken_of_the_host"} <= found


@pytest.mark.rule("CKPT-ADD-CRYPTO")
@pytest.mark.usefixtures("impatient")
def test_an_add_of_fixed_keys_is_refuted() -> None:
    """If an add took what cannot be exported, such keys would be in a copy."""

    def add(s: ContainerState, resource: Term, container: Term) -> Step:
        step = ACTIONS["add_crypto_checkpoint"].clause(s, resource, container)
        there = s.has_container(s.host(resource), container)
        fresh = Not(s.crypto_checkpoint(resource, container))
        return Step(And(s.phase(resource) != DELETED, there, fresh), step.after)

    found = refuted(CONTAINERS, "add_crypto_checkpoint", add)

    assert {"copies_can_be_exported", "add_takes_the_keys_of_the_host"} <= found


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
@pytest.mark.usefixtures("impatient")
def test_an_online_that_waits_for_nothing_is_refuted() -> None:
    """If the online did not wait, a stored container might not have been restored."""

    def online(s: ContainerState, resource: Term) -> Step:
        step = ACTIONS["run_online"].clause(s, resource)
        return Step(Or(step.guard, BoolVal(val=True)), step.after)

    assert "containers_restored_before_online" in refuted(CONTAINERS, "run_online", online)
