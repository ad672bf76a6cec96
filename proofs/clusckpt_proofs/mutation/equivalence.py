"""Equivalence: the proof that a mutant is no change, for any number of nodes, resources and keys.

It is the same relation on every state that satisfies the axioms and the invariants, so no claim
could tell it from the original, and no run either.
"""

from collections.abc import Iterator

import z3

from clusckpt_proofs.mutation.clause import FREE, Clause
from clusckpt_proofs.mutation.mutants import GUARD, Mutant
from clusckpt_proofs.mutation.relation import expanded
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import changing, variables
from clusckpt_spec.system.system import TransitionSystem


def equivalent(
    system: TransitionSystem, original: Clause, mutant: Mutant, timeout_milliseconds: int
) -> bool:
    """Whether z3 proves that the mutant does what the original does, in every lawful state."""
    if any(name.endswith(FREE) for name in mutant.clause.final.values()):
        return False
    lawful = [*system.axioms.values(), system.invariant]
    for difference in _differences(system, original, mutant):
        solver = z3.Solver()
        solver.set("timeout", timeout_milliseconds)
        solver.add(*lawful, *difference)
        if solver.check() == z3.unsat:
            return True
    return False


def _differences(
    system: TransitionSystem, original: Clause, mutant: Mutant
) -> Iterator[list[Term]]:
    """What must be impossible: first that the update differs, then that a state after does."""
    if mutant.where == GUARD:
        yield [z3.Xor(original.guard, mutant.clause.guard)]
        return
    old, new = original.by_name[mutant.where], mutant.clause.by_name[mutant.where]
    yield [original.guard, expanded(original, old.body) != expanded(original, new.body)]
    yield [original.guard, z3.Or(list(_after(system, original, mutant.clause)))]


def _after(system: TransitionSystem, original: Clause, mutant: Clause) -> Iterator[Term]:
    """For each symbol, that some element tells the states after the two clauses apart."""
    for entry in changing(type(system.before)):
        bound = variables(system.sorts, entry)
        # Constants of their own, so that each symbol may differ elsewhere.
        fresh = [z3.FreshConst(one.sort()) for one in bound]
        old, new = (_final(system, clause, entry.name, fresh) for clause in (original, mutant))
        if not old.eq(new):
            yield old != new


def _final(system: TransitionSystem, clause: Clause, symbol: str, arguments: list[Term]) -> Term:
    entry = clause.by_name.get(clause.final[symbol])
    if entry is None:
        return getattr(system.before, clause.final[symbol])(*arguments)
    body = expanded(clause, entry.body)
    return z3.substitute(body, *zip(entry.variables, arguments, strict=True))
