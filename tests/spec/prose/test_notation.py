# ruff: noqa: RUF001 - what is expected is written in the notation that is tested
"""Notation: it says what the term says, no more and no less, and reads like a paper."""

import operator
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
import z3

from clusckpt_spec.ambiguities import OUT_OF_ALPHABET, AmbiguityID
from clusckpt_spec.prose.clauses import SPECIFICATIONS, Clause, clauses_for, state_type_of
from clusckpt_spec.prose.folding import Definition
from clusckpt_spec.prose.formula import (
    AND,
    FALSE,
    IMPLIES,
    OR,
    TRUE,
    Atom,
    Binder,
    Cases,
    Formula,
    Junction,
    Negation,
    Relation,
    formula,
    junction,
)
from clusckpt_spec.prose.layout import WIDTH, equation, flat, lines
from clusckpt_spec.prose.notation import (
    clause_of_action,
    clause_of_terms,
    clause_of_usual_history,
)
from clusckpt_spec.prose.noting import noted
from clusckpt_spec.prose.usual_history import unusual
from clusckpt_spec.prose.variants import clause_text, clause_texts, decisive, texts_by_reading
from clusckpt_spec.prose.words import PRIME, changes, changes_in_words, in_words, words, words_after
from clusckpt_spec.readings import (
    KB174070,
    LIVE_PAIR,
    MSCS_PAGE,
    READINGS,
    WINDOWS_OBSERVED,
    Reading,
)
from clusckpt_spec.register import RuleID
from clusckpt_spec.system.action import Action, Step, always
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.claim import ActionTheorem, Invariant, StepTheorem
from clusckpt_spec.system.sorts import OFFLINE, unbounded
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import Symbols, declare
from tests.spec.prose.printed import (
    BEGIN_OFFLINE,
    CAPTURE,
    CAPTURED_WHILE_ONLINE,
    CAPTURED_WHILE_ONLINE_CMRP,
    CAPTURED_WHILE_ONLINE_LIVE,
    CAPTURED_WHILE_ONLINE_OBSERVED,
    COMPLETE_OFFLINE_OBSERVED,
    NODES_STAY,
    OFFLINE_SAVES_EVERY_TREE,
    WRITE,
)

Term = Any
ACTIONS = {action.name: action for one in SPECIFICATIONS for action in one.actions}
INVARIANTS = {one.name: one for each in SPECIFICATIONS for one in each.invariants}
Theorem = ActionTheorem | StepTheorem
ONE_ACTION: dict[str, Theorem] = {one.name: one for each in SPECIFICATIONS for one in each.theorems}
EVERY_ACTION = {one.name: one for each in SPECIFICATIONS for one in each.step_theorems}
THEOREMS = ONE_ACTION | EVERY_ACTION
CLAUSES: tuple[Clause, ...] = (*ACTIONS.values(), *INVARIANTS.values(), *THEOREMS.values())
P, Q, R = Atom("p"), Atom("q"), Atom("r")
RELATIONS = {"=": operator.eq, "↔": operator.eq, "≠": operator.ne, IMPLIES: z3.Implies}
LONG = Atom("a" * (WIDTH // 2))


@dataclass(frozen=True)
class Printed:
    """A term of a clause as the clause has it, and as it is printed, with what was folded."""

    name: str
    term: Term
    in_words: Term
    definitions: tuple[Definition, ...]


def printed_terms() -> Iterator[Printed]:
    """Every term that is printed: guards, updates, premises, conclusions, axioms, first states.

    Under every reading, but a term that readings share once.
    """
    known: set[tuple[str, int]] = set()
    for reading in READINGS.values():
        for one in _under(reading):
            if (one.name, one.term.get_id()) not in known:
                known.add((one.name, one.term.get_id()))
                yield replace(one, name=f"{reading.name}: {one.name}")


def _under(reading: Reading) -> Iterator[Printed]:
    for action in ACTIONS.values():
        if action.when(reading):
            yield from _of_action(action, reading)
    claims: list[Invariant | Theorem] = [*INVARIANTS.values(), *THEOREMS.values()]
    for claim in claims:
        if claim.when(reading):
            yield from _of_claim(claim, reading)
    for specification in SPECIFICATIONS:
        state = declare(specification.state_type, unbounded(), reading)
        named = {**specification.axioms(state), **specification.initial(state)}
        for name, term in named.items():
            yield _printed(f"{specification.name}: {name}", term, specification.state_type)


def _of_action(action: Action, reading: Reading) -> Iterator[Printed]:
    state_type = state_type_of(action)
    before = declare(state_type, unbounded(), reading)
    step = action.clause(before, *action.arguments(unbounded()))
    yield _printed(f"guard of {action.name}", step.guard, state_type)
    changed = changes(before, step.after)
    known: tuple[Definition, ...] = ()
    for name, term in changes_in_words(changed, state_type).items():
        definitions = (*words_after(state_type), *words(state_type), *known)
        yield Printed(f"{name} in {action.name}", changed[name].body, term, definitions)
        known = (changed[name], *known)


def _of_claim(entry: Invariant | Theorem, reading: Reading) -> Iterator[Printed]:
    state_type = state_type_of(entry)
    before, after = (declare(state_type, unbounded(), reading, mark) for mark in ("", PRIME))
    claim = entry.claim(before) if isinstance(entry, Invariant) else entry.claim(before, after)
    for name, term in {**claim.premises, "conclusion": claim.conclusion}.items():
        yield _printed(f"{name} of {entry.name}", term, state_type)


def _printed(name: str, term: Term, state_type: type[Symbols]) -> Printed:
    definitions = (*words_after(state_type), *words(state_type))
    return Printed(name, term, in_words(term, state_type), definitions)


def unfolded(term: Term, definitions: tuple[Definition, ...]) -> Term:
    """The term with every defined symbol replaced by what it stands for."""
    for one in definitions:
        places = [z3.Var(at, sort.sort()) for at, sort in enumerate(one.parameters)]
        body = z3.substitute(one.body, *zip(one.parameters, places, strict=True))
        if one.parameters:
            term = z3.substitute_funs(term, (one.symbol, body))
        else:
            term = z3.substitute(term, (one.head, one.body))
    return term


def symbols_of(term: Term) -> Iterator[tuple[tuple[str, int], Any]]:
    """The symbols of a term, by their printed name and how many arguments they take."""
    if z3.is_quantifier(term):
        yield from symbols_of(term.body())
    elif z3.is_app(term):
        kind = term.decl().kind()
        if kind in {z3.Z3_OP_UNINTERPRETED, z3.Z3_OP_DT_CONSTRUCTOR}:
            name = str(term.decl().name())
            is_status = kind == z3.Z3_OP_DT_CONSTRUCTOR
            printed = name.replace("_", " ") if is_status else name
            yield (printed, term.num_args()), term.decl()
        for child in term.children():
            yield from symbols_of(child)


def read_back(tree: Formula, symbols: Mapping[tuple[str, int], Any]) -> Term:
    """The term that a printed formula says."""
    match tree:
        case Atom("true" | "false"):
            term = z3.BoolVal(tree == TRUE)
        case Atom(name, arguments):
            term = symbols[name, len(arguments)](*(read_back(one, symbols) for one in arguments))
        case Negation(part):
            term = z3.Not(read_back(part, symbols))
        case Junction(sign, parts):
            join = z3.And if sign == AND else z3.Or
            term = join(*(read_back(part, symbols) for part in parts))
        case Relation(sign, left, right):
            term = RELATIONS[sign](read_back(left, symbols), read_back(right, symbols))
        case Cases(cases, otherwise):
            term = read_back(otherwise, symbols)
            for value, condition in reversed(cases):
                term = z3.If(read_back(condition, symbols), read_back(value, symbols), term)
        case Binder(sign, variables, body):
            bound = list(constants(variables))
            known = {**symbols, **{(str(one), 0): one.decl() for one in bound}}
            term = (z3.ForAll if sign == "∀" else z3.Exists)(bound, read_back(body, known))
    return term


def constants(variables: str) -> Iterator[Term]:
    """The constants that a list of variables such as `r : Resource, p, k : Key` declares."""
    waiting: list[str] = []
    for part in variables.split(", "):
        name, _, sort = part.partition(" : ")
        waiting.append(name)
        if sort:
            yield from (z3.Const(one, unbounded().named(sort.lower())) for one in waiting)
            waiting = []


def equivalent(left: Term, right: Term) -> bool:
    """Whether two terms are the same in every state."""
    solver = z3.Solver()
    solver.set("timeout", 20_000)
    solver.add(left != right)
    return bool(solver.check() == z3.unsat)


PRINTED = {one.name: one for one in printed_terms()}


def test_action_reads_like_a_paper() -> None:
    """An action is printed with its guard, what changes in named words, and its own history."""
    assert clause_of_action(ACTIONS["write"]) == WRITE


def test_readings_have_their_own_clause() -> None:
    """Where saves come one by one, an offline is complete once every tree has been saved."""
    assert clause_of_action(ACTIONS["begin_offline"]) == BEGIN_OFFLINE
    assert clause_of_action(ACTIONS["complete_offline"], WINDOWS_OBSERVED) == (
        COMPLETE_OFFLINE_OBSERVED
    )


def test_action_names_its_readings() -> None:
    """An action that only some readings have is printed with their names."""
    assert clause_texts(ACTIONS["capture"]) == (CAPTURE,)


def test_invariant_names_its_premises() -> None:
    """An invariant is printed with each premise beside its name, once for each form it has."""
    assert clause_texts(INVARIANTS["captured_while_online"]) == (
        CAPTURED_WHILE_ONLINE,
        CAPTURED_WHILE_ONLINE_CMRP,
        CAPTURED_WHILE_ONLINE_OBSERVED,
        CAPTURED_WHILE_ONLINE_LIVE,
    )


def test_theorem_about_every_action_names_the_exceptions() -> None:
    """A theorem about every action is printed with the actions that it does not speak of."""
    assert clause_texts(THEOREMS["nodes_stay_as_they_are"]) == (NODES_STAY,)


def test_theorem_names_its_action_and_reading() -> None:
    """A theorem is printed with its action, and with the reading if only one promises it."""
    assert clause_texts(THEOREMS["offline_saves_every_tree"]) == (OFFLINE_SAVES_EVERY_TREE,)


def test_shared_clause_names_no_reading() -> None:
    """A clause that all readings have in the same way is printed once, without their names."""
    (text,) = clause_texts(ACTIONS["join"])

    assert text == clause_of_action(ACTIONS["join"], LIVE_PAIR)


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda one: one.name)
def test_variant_is_what_its_reading_has(clause: Clause) -> None:
    """Each reading's clause is printed where its name stands, and is the clause as it has it."""
    printed = {name: text for text, names in texts_by_reading(clause).items() for name in names}
    expected = {
        name: clause_text(clause, reading)
        for name, reading in READINGS.items()
        if clause.when(reading)
    }

    assert printed
    assert printed == expected


def test_clauses_depend_on_what_they_ask() -> None:
    """Exactly the ambiguities that a clause asks for are said to be decisive."""
    named = {str(ambiguity) for ambiguity in decisive()}

    assert {"A1", "A2", "A3", "A24", "A25", "A27"} <= named
    assert not named & set(OUT_OF_ALPHABET)


def test_choices_that_are_asked_for_are_noted() -> None:
    """What a function asks of a reading is noted with the choice, and nothing else is."""
    answer, choices = noted(lambda reading: reading[AmbiguityID.A2] == "saved", KB174070)

    assert answer
    assert choices == {AmbiguityID.A2: "saved"}


def test_what_does_not_change_is_not_printed() -> None:
    """A node that joins changes who is up, and nothing else is printed."""
    printed = clause_of_action(ACTIONS["join"])

    assert printed.splitlines()[2:] == ["when  ¬up(node)", "", "then  up′(n) ↔ up(n) ∨ n = node"]


@pytest.mark.parametrize("name", PRINTED)
def test_words_unfold_to_the_clause(name: str) -> None:
    """What is printed in words is, word by word unfolded, the very term of the clause."""
    printed = PRINTED[name]

    assert unfolded(printed.in_words, printed.definitions).eq(printed.term)


@pytest.mark.parametrize("name", PRINTED)
def test_formula_says_the_term(name: str) -> None:
    """What is printed, read back as a term, is equivalent to the term that was printed."""
    term = PRINTED[name].in_words
    back = read_back(formula(term), dict(symbols_of(term)))

    assert equivalent(back, term)


def test_wrong_formula_is_noticed() -> None:
    """A formula that lost a condition is not equivalent to its term."""
    term = PRINTED["mscs-page: guard of write"].in_words
    tree = formula(term)
    assert isinstance(tree, Junction)
    less = junction(AND, tree.parts[1:])

    assert not equivalent(read_back(less, dict(symbols_of(term))), term)


def test_wrong_word_is_noticed() -> None:
    """A word that is unfolded to something else does not give the clause again."""
    printed = PRINTED["mscs-page: guard of begin_offline"]
    (online,) = (one for one in printed.definitions if one.name == "online")
    wrong = Definition(online.symbol, online.parameters, z3.Not(online.body))

    assert not unfolded(printed.in_words, (wrong,)).eq(printed.term)


def test_words_are_folded() -> None:
    """No clause says at length what a word says."""
    spelt_out = re.compile(r"= online\b|registry′?\([^()]*\) ≠ absent|∧ j ≠ k")
    texts = [text for clause in CLAUSES for text in clause_texts(clause)]

    assert [text for text in texts if spelt_out.search(text)] == []
    assert spelt_out.search("status(r) = online ∧ registry′(n, k) ≠ absent")


def test_no_line_is_too_long() -> None:
    """No line of a clause is longer than the width."""
    texts = [
        *(text for clause in CLAUSES for text in clause_texts(clause)),
        clause_of_usual_history(),
    ]
    for specification in SPECIFICATIONS:
        state = declare(specification.state_type, unbounded(), MSCS_PAGE)
        named = {**specification.axioms(state), **specification.initial(state)}
        texts.append(clause_of_terms(named, specification.state_type))

    assert [line for text in texts for line in text.splitlines() if len(line) > WIDTH] == []


def test_unusual_history_is_printed() -> None:
    """History is printed with exactly the actions whose history is not the usual one."""
    every = {one.name: clause_of_action(one) for one in CHECKPOINTS.actions}
    printed = {name for name, text in every.items() if "\nhistory\n" in text}

    assert printed == {
        "write",
        "delete_tree",
        "add_checkpoint",
        "capture",
        "save",
        "restore",
        "replicate",
        "complete_online",
        "backup",
        "restore_database",
        "recreate",
    }


def test_forgotten_history_is_unusual() -> None:
    """An action that would leave the history alone is not taken for one with the usual history."""
    before = declare(State, unbounded(), MSCS_PAGE)
    after = before.updated(status=lambda _: OFFLINE)

    assert unusual(before, after) == ("tangled", "seen", "astray", "unchanged")


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Junction(AND, (P, Junction(OR, (Q, R)))), "p ∧ (q ∨ r)"),
        (Junction(OR, (P, Junction(AND, (Q, R)))), "p ∨ (q ∧ r)"),
        (Relation(IMPLIES, Junction(AND, (P, Q)), Junction(OR, (Q, R))), "p ∧ q → q ∨ r"),
        (Relation(IMPLIES, Relation(IMPLIES, P, Q), R), "(p → q) → r"),
        (Relation("↔", Relation(IMPLIES, P, Q), R), "p → q ↔ r"),
        (Junction(AND, (Relation("↔", P, Q), R)), "(p ↔ q) ∧ r"),
        (Negation(P), "¬p"),
        (Negation(Junction(AND, (P, Q))), "¬(p ∧ q)"),
        (Negation(Binder("∀", "k : Key", P)), "¬(∀ k : Key. p)"),
        (Binder("∃", "k : Key", Junction(AND, (P, Q))), "∃ k : Key. p ∧ q"),
        (Junction(AND, (P, Binder("∀", "k : Key", Q))), "p ∧ (∀ k : Key. q)"),
        (Relation("=", Atom("f", (P, Q)), R), "f(p, q) = r"),
    ],
)
def test_parentheses_are_few(tree: Formula, text: str) -> None:
    """Parentheses stand where the signs would be read otherwise, or where they would mix."""
    assert flat(tree) == text


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Junction(AND, (LONG, P, LONG)), [f"{LONG.name} ∧ p", f"∧ {LONG.name}"]),
        (Relation(IMPLIES, LONG, LONG), [LONG.name, f"→ {LONG.name}"]),
        (
            Negation(Junction(OR, (LONG, LONG))),
            [f"¬({LONG.name}", f"  ∨ {LONG.name})"],
        ),
        (
            Binder("∀", "k : Key", Junction(AND, (LONG, LONG))),
            ["∀ k : Key.", f"    {LONG.name}", f"    ∧ {LONG.name}"],
        ),
        (Cases(((P, Q),), R), ["p  if q", "r  otherwise"]),
    ],
)
def test_long_formula_is_broken(tree: Formula, expected: list[str]) -> None:
    """A formula that is too long is broken at its outermost sign, which begins the next line."""
    assert lines(tree) == expected


def test_long_equation_goes_below_its_sign() -> None:
    """What does not fit beside what it is equal to stands below it, indented."""
    assert equation("f(p)", "=", P) == ["f(p) = p"]
    assert equation("f" * WIDTH, "=", P) == [f"{'f' * WIDTH} =", "    p"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (z3.And(z3.Bool("p"), z3.BoolVal(True)), P),  # noqa: FBT003 - the z3 constant true
        (z3.Or(z3.Bool("p"), z3.BoolVal(True)), TRUE),  # noqa: FBT003
        (z3.And(z3.Bool("p"), z3.BoolVal(False)), FALSE),  # noqa: FBT003
        (z3.Not(z3.Not(z3.Bool("p"))), P),
        (z3.Not(z3.Int("p") == z3.Int("q")), Relation("≠", P, Q)),
        (z3.Not(z3.Int("p") != z3.Int("q")), Relation("=", P, Q)),
        (z3.Bool("p") == z3.Bool("q"), Relation("↔", P, Q)),
        (z3.If(z3.Not(z3.Bool("p")), z3.Int("q"), z3.Int("r")), Cases(((R, P),), Q)),
    ],
)
def test_nothing_empty_is_said(given: Term, kept: Formula) -> None:
    """Truth values, double negations and negated conditions are gone from what is printed."""
    assert formula(given) == kept


def test_bound_variable_gets_a_name_of_its_own() -> None:
    """A variable that would be confused with a constant of the same name is marked."""
    key = unbounded().key
    k, up = z3.Const("k", key), z3.Function("up", key, key, z3.BoolSort())
    term = z3.ForAll([k], z3.Exists([k], up(k, k)))
    confusing = z3.substitute(z3.ForAll([k], up(k, z3.Const("x", key))), (z3.Const("x", key), k))

    assert flat(formula(term)) == "∀ k : Key. ∃ k : Key. up(k, k)"
    assert flat(formula(confusing)) == "∀ k₁ : Key. up(k₁, k)"


def test_rule_finds_its_clauses() -> None:
    """A rule finds the actions, invariants and theorems that cite it, of all specifications."""
    deletion = [one.name for one in clauses_for(RuleID.DELETED_WITH_RESOURCE)]

    assert deletion[:2] == ["delete", "create"]
    assert {"deleted_leaves_no_checkpoint", "delete_touches_no_registry"} < set(deletion)
    assert "pass_on" in [one.name for one in clauses_for(RuleID.NOT_PASSED_TO_DLL)]
    assert "list_containers" in [one.name for one in clauses_for(RuleID.GET_CRYPTO)]


def test_clause_of_no_specification_is_refused() -> None:
    """A clause that is in no specification has no kind of state to be printed over."""
    stray = Action("stray", (), (), lambda s: Step(z3.BoolVal(val=True), s), always)
    with pytest.raises(ValueError, match="is in no specification") as raised:
        clause_of_action(stray)

    assert str(raised.value) == "the clause 'stray' is in no specification"
