"""Stories: a state in which a mutant does otherwise, told to a person line by line."""

from collections.abc import Iterator, Sequence

from clusckpt_proofs.mutation.bench import Bench
from clusckpt_proofs.mutation.cases import Case, rows
from clusckpt_proofs.mutation.clause import Clause, function_names
from clusckpt_proofs.mutation.finite import places, sizes
from clusckpt_proofs.mutation.interpretation import Interpretation
from clusckpt_proofs.names import element_name
from clusckpt_spec.system.program import Table
from clusckpt_spec.system.symbols import Declaration, Role, changing, declarations

_IDLE = (False, "false", "absent", "offline")
"""What is not worth saying of a state."""


def difference(bench: Bench, mutant: Clause, case: Case) -> Iterator[str]:
    """The action, what it does and what the mutant does, and the state that it happens in.

    Of the state, only what the guard and the changed update depend on is told, and of that only
    what is not false, absent or offline.
    """
    shown = ", ".join(
        element_name(sort, case.arguments[name], case.tables)
        for name, sort in bench.action.parameters
    )
    original, mutated = _worlds(bench, mutant, case)
    allowed, happens = original.formula(bench.clause.guard), mutated.formula(mutant.guard)
    verb = {(True, True): "does", (True, False): "does not happen as", (False, True): "happens as"}
    yield f"the mutant {verb.get((allowed, happens), 'differs in')} {bench.action.name}({shown})"
    if allowed and happens:
        yield from _unlike(bench, original, mutated, case)
    yield "where " + ", ".join(_facts(bench, mutant, case))


def _worlds(bench: Bench, mutant: Clause, case: Case) -> tuple[Interpretation, Interpretation]:
    scope = sizes(case.scope)
    original = rows([case], scope, bench.instance.terms.reader).mutated(bench.clause)
    return original, original.mutated(mutant)


def _unlike(
    bench: Bench, original: Interpretation, mutated: Interpretation, case: Case
) -> Iterator[str]:
    for entry in changing(bench.instance.system.specification.state_type):
        for place in places(entry.domain, case.scope):
            old, new = (
                _number(world.cell(entry.name + "_next", entry.range.capitalize(), place))
                for world in (original, mutated)
            )
            if old != new:
                was, now = (element_name(entry.range, one, case.tables) for one in (old, new))
                yield f"  {_applied(entry, place, case)} becomes {now} instead of {was}"


def _facts(bench: Bench, mutant: Clause, case: Case) -> Iterator[str]:
    """What the state is, as far as what differs depends on it."""
    spoken = set(function_names(bench.clause.guard) | function_names(mutant.guard))
    for old, new in zip(bench.clause.definitions, mutant.definitions, strict=True):
        if old is not new:
            spoken |= bench.clause.depends(old) | mutant.depends(new)
    for entry in declarations(bench.instance.system.specification.state_type):
        if entry.name not in spoken or (entry.role is Role.RIGID and not entry.domain):
            continue
        for place in places(entry.domain, case.scope):
            value = element_name(entry.range, case.value(entry.name, place), case.tables)
            if value not in _IDLE:
                fact = _applied(entry, place, case)
                yield fact if value == "true" else f"{fact} = {value}"


def _applied(entry: Declaration, place: Sequence[int], case: Case) -> str:
    names = (
        element_name(sort, number, case.tables)
        for sort, number in zip(entry.domain, place, strict=True)
    )
    return f"{entry.name}({', '.join(names)})"


def _number(value: Table) -> Table:
    """The element that a value is in its one case."""
    return value.index(True) if isinstance(value, tuple) else value
