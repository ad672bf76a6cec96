"""The relation of a mutant, over any sorts: what it allows, as constraints for the prover."""

from collections.abc import Iterator

import z3

from clusckpt_proofs.mutation.clause import FREE, Clause, Definition
from clusckpt_spec.system.sorts import Term
from clusckpt_spec.system.symbols import changing, variables
from clusckpt_spec.system.system import TransitionSystem


def relation(system: TransitionSystem, clause: Clause) -> Term:
    """The constraint that `after` is `before` with the clause done, for its arguments.

    A symbol of which the clause says nothing may become anything.
    """
    return z3.And(clause.guard, *_equations(system, clause))


def _equations(system: TransitionSystem, clause: Clause) -> Iterator[Term]:
    for entry in changing(type(system.before)):
        name = clause.final[entry.name]
        if name.endswith(FREE):
            continue
        bound = variables(system.sorts, entry)
        declared = clause.by_name.get(name)
        if declared is None:
            value = getattr(system.before, name)(*bound)
        else:
            value = expanded(clause, declared.body)
        equation = getattr(system.after, entry.name)(*bound) == value
        yield z3.ForAll(list(bound), equation) if bound else equation


def expanded(clause: Clause, term: Term) -> Term:
    """The term with every update written out, so that it speaks of the state before alone."""
    for entry in reversed(clause.definitions):
        term = z3.substitute_funs(term, _macro(entry))
    return term


def _macro(entry: Definition) -> tuple[Term, Term]:
    sorts = [one.sort() for one in entry.variables]
    declared = z3.Function(entry.name, *sorts, entry.body.sort())
    places = [z3.Var(at, sort) for at, sort in enumerate(sorts)]
    return declared, z3.substitute(entry.body, *zip(entry.variables, places, strict=True))
