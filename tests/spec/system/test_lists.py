"""Lists: names without case, the alias of the 32-bit view, answers, and bugs that are refuted."""

import pytest

from clusckpt_proofs.small_tours import ALIAS, OTHER_CASE, PATH, list_program
from clusckpt_proofs.tour import R1, R2, Schedule, run
from clusckpt_spec.prose.formula import formula
from clusckpt_spec.prose.layout import flat
from clusckpt_spec.readings import MS_CMRP, MSCS_PAGE, Reading
from clusckpt_spec.system.action import Step
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.lists.state import ListState
from clusckpt_spec.system.program import Concrete, Program, Table
from clusckpt_spec.system.sorts import Term, unbounded
from clusckpt_spec.system.symbols import declare
from tests.spec.system.small_variants import choosing, refuted

ACTIONS = {action.name: action for action in LISTS.actions}


def _ran(schedule: Schedule, reading: Reading = MSCS_PAGE) -> tuple[Program, Concrete]:
    """The program, and the state that a run on the names of the tour comes to."""
    program, start = list_program(reading)
    return program, run(program, start, schedule)[-1]


def _table(program: Program, state: Concrete, name: str) -> Table:
    return state[[entry.name for entry in program.symbols].index(name)]


@pytest.mark.rule("CKPT-NAMES-CASELESS", "CKPT-ADD-REGISTRY")
def test_another_spelling_is_already_listed() -> None:
    """A path that differs in case alone is refused as listed, and the spelling that came stays."""
    program, state = _ran((("list_root", (R1, PATH)), ("list_roots", (R1,))))
    answered = _table(program, state, "answered")[R1]

    assert program.step(state, ("list_root", (R1, OTHER_CASE))) is None
    assert program.step(state, ("refuse_listed_root", (R1, OTHER_CASE))) == state
    assert [name for name in (PATH, OTHER_CASE, ALIAS) if answered[name]] == [PATH]


@pytest.mark.rule("CKPT-NAMES-CASELESS")
def test_two_spellings_are_two_where_case_counts() -> None:
    """Where paths are compared with case (A9), the other spelling is added beside the first."""
    reading = choosing(MSCS_PAGE, A9="case-sensitive")
    program, state = _ran((("list_root", (R1, PATH)),), reading)

    assert program.step(state, ("list_root", (R1, OTHER_CASE))) is not None
    assert program.step(state, ("refuse_listed_root", (R1, OTHER_CASE))) is None


@pytest.mark.rule("CKPT-NAMES-CASELESS", "CKPT-DELETE-REGISTRY")
def test_a_deletion_ignores_case() -> None:
    """A path is deleted by any of its spellings; the next deletion finds nothing."""
    program, state = _ran((("list_root", (R1, PATH)), ("unlist_root", (R1, OTHER_CASE))))

    assert not any(_table(program, state, "entry_plain")[R1])
    assert program.step(state, ("refuse_unlisted_root", (R1, PATH))) == state


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
def test_the_alias_is_for_the_same_key() -> None:
    """A path in the 32-bit view and its native alias are two entries for one key."""
    program, state = _ran((("list_root_32bit", (R1, PATH)), ("list_root", (R2, ALIAS))))
    root_of = _table(program, state, "root_of")

    assert root_of[R1][PATH] == root_of[R2][ALIAS] == (False, False, True)


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
def test_one_view_makes_a_32bit_add_plain() -> None:
    """Where there is no second view, the 32-bit code adds as the plain one does (A14)."""
    program, state = _ran((("list_root_32bit", (R2, PATH)),))
    plain, narrow = (_table(program, state, f"entry_{kind}") for kind in ("plain", "32bit"))

    assert (plain[R2][PATH], narrow[R2][PATH]) == (True, False)


@pytest.mark.rule("CKPT-ADD-REGISTRY-64BIT")
def test_a_64bit_add_is_for_the_native_key() -> None:
    """The 64-bit code takes the path that the plain code would take, for the same key."""
    program, state = _ran((("list_root_64bit", (R1, PATH)), ("list_root", (R2, PATH))))
    root_of = _table(program, state, "root_of")

    assert root_of[R1][PATH] == root_of[R2][PATH] == (True, True, False)
    assert program.step(state, ("list_root", (R1, PATH))) is None


def test_which_entries_can_be_deleted() -> None:
    """The one delete code takes an entry of the 32-bit code, or of the plain code only (A11)."""
    every, plain_only = (
        _ran((("list_root_32bit", (R1, PATH)),), one) for one in (MSCS_PAGE, MS_CMRP)
    )
    deletion = ("unlist_root", (R1, PATH))

    assert every[0].step(every[1], deletion) is not None
    assert plain_only[0].step(plain_only[1], deletion) is None


@pytest.mark.rule("CKPT-GET-REGISTRY", "CKPT-GET-CRYPTO", "CKPT-ADD-CRYPTO")
def test_the_two_lists_are_apart() -> None:
    """A root and a container of one name are listed, answered and deleted apart."""
    added: Schedule = (("list_root", (R1, PATH)), ("list_container", (R1, PATH)))
    program, state = _ran((*added, ("unlist_root", (R1, PATH)), ("list_containers", (R1,))))

    assert not _table(program, state, "entry_plain")[R1][PATH]
    assert _table(program, state, "answered_crypto")[R1] == (True, False, False)


@pytest.mark.rule("CKPT-DELETE-CRYPTO")
def test_a_container_is_deleted_by_its_name() -> None:
    """A container leaves the list once; the second deletion changes nothing."""
    program, state = _ran((("list_container", (R1, PATH)), ("unlist_container", (R1, PATH))))

    assert program.step(state, ("unlist_container", (R1, PATH))) is None
    assert program.step(state, ("refuse_unlisted_container", (R1, PATH))) == state


@pytest.mark.rule("CKPT-ADD-CRYPTO-EX", "CKPT-TYPE-GET-REGISTRY", "CKPT-TYPE-GET-CRYPTO")
def test_unsupported_codes_change_nothing() -> None:
    """What is "TBD" or not supported leaves the whole state as it is, and lists nothing."""
    program, state = _ran((("list_root", (R1, PATH)), ("list_container", (R1, PATH))))
    codes: Schedule = (
        ("send_extended_crypto_code", (R1, ALIAS)),
        ("list_roots_of_type", ()),
        ("list_containers_of_type", ()),
    )

    assert [program.step(state, code) for code in codes] == [state] * len(codes)


def test_clauses_read_like_a_paper() -> None:
    """A guard and a claim, in the notation of the document."""
    state = declare(LISTS.state_type, unbounded(), MSCS_PAGE)
    code = ACTIONS["refuse_listed_container"]
    guard = code.clause(state, *code.arguments(state.sorts)).guard
    (claim,) = (one for one in LISTS.invariants if one.name == "alias_and_path_are_for_one_key")

    assert flat(formula(guard)) == (
        "present(resource) ∧ (∃ q : Key. entry_crypto(resource, q) ∧ caseless(q, name))"
    )
    assert flat(formula(claim.claim(state).conclusion)) == "root_of(r, p, k) ↔ root_of(x, q, k)"


@pytest.mark.rule("CKPT-NAMES-CASELESS")
def test_an_add_that_minds_case_is_refuted() -> None:
    """If only the very same spelling were refused, a path could be listed twice."""

    def add(s: ListState, resource: Term, path: Term) -> Step:
        step = ACTIONS["list_root"].clause(s, resource, path)
        return Step(s.present(resource), step.after)

    found = refuted(LISTS, "list_root", add)

    assert {"no_root_is_listed_twice", "equal_path_is_not_added"} <= found


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
def test_a_32bit_add_of_the_native_key_is_refuted() -> None:
    """If the 32-bit code took the key that the path names natively, the alias would not be it."""

    def add(s: ListState, resource: Term, path: Term) -> Step:
        step = ACTIONS["list_root_32bit"].clause(s, resource, path)
        native = ACTIONS["list_root"].clause(s, resource, path)
        assert isinstance(native.after, ListState)
        return Step(step.guard, step.after.updated(root_of=native.after.root_of))

    assert refuted(LISTS, "list_root_32bit", add) == {
        "alias_and_path_are_for_one_key",
        "narrow_add_is_for_the_alias",
        "narrow_entry_is_for_its_alias",
    }


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_an_answer_that_leaves_an_entry_out_is_refuted() -> None:
    """If the list code left out what the 32-bit code added, its answer would not be the list."""

    def list_roots(s: ListState, resource: Term) -> Step:
        step = ACTIONS["list_roots"].clause(s, resource)
        return Step(step.guard, s.updated(answered=s.entry_plain))

    assert refuted(LISTS, "list_roots", list_roots) == {"answer_is_what_stands"}


@pytest.mark.rule("CKPT-ADD-CRYPTO", "CKPT-ADD-CRYPTO-EX")
def test_codes_that_reach_the_other_list_are_refuted() -> None:
    """If the extended crypto code listed a root, two theorems would not hold."""

    def send(s: ListState, resource: Term, name: Term) -> Step:
        return ACTIONS["list_root"].clause(s, resource, name)

    assert refuted(LISTS, "send_extended_crypto_code", send) == {
        "extended_code_lists_nothing",
        "roots_are_listed_by_their_codes",
    }
