"""The text of terms is always the same, and says what the terms say."""

import pytest
import z3

from clusckpt_proofs.recheck.commands import refusal
from clusckpt_proofs.recheck.statement import same
from clusckpt_proofs.smtlib import text
from clusckpt_proofs.unbounded import unbounded_obligations
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.sorts import Term, unbounded


def _some() -> list[list[Term]]:
    """The terms of some obligations, made anew."""
    every = [*unbounded_obligations(CALLS, MSCS_PAGE)]
    every += list(unbounded_obligations(CHECKPOINTS, MSCS_PAGE))[::40]
    return [one.refutation() for one in every if one.refutation is not None]


def test_what_is_in_memory_does_not_matter() -> None:
    """Written in another order, among other terms, each text is the same."""
    first = [text(terms, "unsat") for terms in _some()]
    again = [text(terms, "unsat") for terms in reversed(_some())]

    assert first == again[::-1]


def test_text_is_read_back() -> None:
    """What z3 reads back from a text are the terms that were written."""
    for terms in _some():
        read = z3.parse_smt2_string(text(terms, "unsat"), ctx=z3.Context())

        assert len(read) == len(terms)
        assert all(same(one, term) for one, term in zip(read, terms, strict=True))


def test_texts_are_let_through() -> None:
    """No text that is written is refused before a solver sees it."""
    assert [refusal(text(terms, "unsat")) for terms in _some()] == [None] * len(_some())


def test_variables_of_one_name_are_told_apart() -> None:
    """A variable inside the scope of another one of its name gets another name."""
    node = unbounded().node
    n = z3.Const("n", node)
    near = z3.Function("near", node, node, z3.BoolSort())
    inner = z3.Exists([n], near(n, n))
    m = z3.Const("m", node)
    both = z3.ForAll([m], z3.substitute(z3.Exists([n], z3.And(near(m, n), inner)), (m, m)))
    written = text([both], "sat")

    assert "(exists ((n Node)) (and (near m n) (exists ((n_ Node)) (near n_ n_))))" in written


def test_other_operators_are_refused() -> None:
    """A term with an operator that no term of the specification has is not written."""
    number = z3.Int("number")

    with pytest.raises(ValueError, match="the certificates have no operator '>'"):
        text([number > 0], "sat")
