"""The two solvers, each asked about the text of a file."""

from collections.abc import Callable, Mapping

import cvc5
import z3

Answered = str
"""`sat`, `unsat`, or why there is no answer."""


def z3_answer(text: str, milliseconds: int) -> Answered:
    """What z3 says, in a context of its own.

    >>> z3_answer("(declare-fun a () Bool)(assert (not (= a a)))(check-sat)", 1000)
    'unsat'
    """
    context = z3.Context()
    solver = z3.Solver(ctx=context)
    solver.set("timeout", milliseconds)
    try:
        solver.add(z3.parse_smt2_string(text, ctx=context))
    except z3.Z3Exception as error:
        return f"not read: {_first_line(error)}"
    answer = solver.check()
    return f"unknown: {solver.reason_unknown()}" if answer == z3.unknown else str(answer)


def cvc5_answer(text: str, milliseconds: int) -> Answered:
    """What cvc5 says.

    >>> cvc5_answer("(set-logic ALL)(declare-fun a () Bool)(assert a)(check-sat)", 1000)
    'sat'
    """
    solver = cvc5.Solver()
    solver.setOption("tlimit-per", str(milliseconds))
    solver.setOption("fresh-binders", "true")
    # Where matching finds no more instances, go on with others: complete for stratified sorts.
    solver.setOption("full-saturate-quant", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "certificate")
    symbols = parser.getSymbolManager()
    said = []
    try:
        while not (command := parser.nextCommand()).isNull():
            said.append(command.invoke(solver, symbols).strip())
    except (RuntimeError, ValueError) as error:
        return f"not read: {_first_line(error)}"
    # A declaration says nothing, and a fault is said too: one question has one answer.
    answers = [answer for answer in said if answer]
    return answers[0] if len(answers) == 1 else f"not read: {' '.join(answers) or 'no answer'}"


SOLVERS: Mapping[str, Callable[[str, int], Answered]] = {"z3": z3_answer, "cvc5": cvc5_answer}
"""Both solvers, by name."""


def versions() -> Mapping[str, str]:
    """The version of each solver."""
    return {"z3": z3.get_version_string(), "cvc5": cvc5.__version__}


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
