"""Only commands that declare, assert and ask reach a solver."""

import pytest

from clusckpt_proofs.recheck.commands import asserting, declares, refusal
from clusckpt_proofs.recheck.solvers import SOLVERS

GOOD = """; clusckpt: the answer is unsat
(set-logic ALL)
(declare-fun a () Bool)
(assert (and a (not a)))
(check-sat)
"""
LINE = "line {} is not a declaration, an assertion or the question at the end"


def test_a_text_of_allowed_commands_is_let_through() -> None:
    """Declarations, assertions and one question are what a file may have."""
    assert refusal(GOOD) is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("(assert (and", "(echo (and", LINE.format(4)),
        ("(assert (and a (not a)))", "(assert a)(exit)", LINE.format(4)),
        ("(assert (and a (not a)))", "(assert a", LINE.format(4)),
        ("(assert (and a (not a)))", "(assert a))", LINE.format(4)),
        ("(assert (and a (not a)))", '(assert (= a "x"))', LINE.format(4)),
        ("(assert (and a (not a)))", "(assert |a|)", LINE.format(4)),
        ("(set-logic ALL)", "(set-option :print-success true)", LINE.format(2)),
        ("; clusckpt", "; other", LINE.format(1)),
        ("(check-sat)\n", "", "the file does not ask one question, at its end"),
        ("(assert", "(check-sat)\n(assert", "the file does not ask one question, at its end"),
    ],
)
def test_anything_else_is_refused(old: str, new: str, message: str) -> None:
    """Any other command, a second one on a line, and text in quotes are refused."""
    assert refusal(GOOD.replace(old, new)) == message


def test_an_empty_text_is_refused() -> None:
    """A file that asks nothing is refused."""
    assert refusal("") == "the file does not ask one question, at its end"


def test_assertions_are_added_before_the_question() -> None:
    """Further assertions stand before the question, and count."""
    open_question = GOOD.replace("(and a (not a))", "a").replace("unsat", "sat")

    for answer_of in SOLVERS.values():
        assert answer_of(open_question, 20_000) == "sat"
        assert answer_of(asserting(open_question, ["(not a)"]), 20_000) == "unsat"


def test_only_whole_names_are_declared() -> None:
    """A name counts as declared if it is, and not if a longer one is."""
    assert declares(GOOD, "a")
    assert not declares(GOOD.replace("fun a", "fun a_next"), "a")


@pytest.mark.parametrize("name", SOLVERS)
def test_what_a_solver_cannot_read_is_no_answer(name: str) -> None:
    """A text with an unknown symbol is not answered with sat or unsat."""
    assert SOLVERS[name](GOOD.replace("(not a)", "(not b)"), 20_000).startswith("not read: ")
