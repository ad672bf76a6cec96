"""A run as equations: what satisfiable terms speak of, set to what the run says it is.

With them a solver has nothing left to choose, so the run is an example of the terms, or it is not.
"""

from collections.abc import Iterator

from clusckpt_proofs.recheck.commands import declares
from clusckpt_proofs.recheck.records import Run
from clusckpt_proofs.recheck.showing import executed
from clusckpt_spec.system.program import Table
from clusckpt_spec.system.sorts import Sorts, elements
from clusckpt_spec.system.symbols import Declaration, declarations


def equations(run: Run, text: str) -> Iterator[str]:
    """What a run says of every symbol that a text declares: before its last step, and after it.

    Raises:
        NotARun: if the run cannot be executed.
    """
    done = executed(run)
    sorts = done.program.state.sorts
    *before, last = done.states
    first = before[-1] if before else last
    names = [entry.name for entry in done.program.symbols]
    tables = {**done.program.rigid, **dict(zip(names, first, strict=True))}
    for entry in declarations(done.program.specification.state_type):
        if declares(text, entry.name):
            yield from _equations(sorts, entry, entry.name, (), tables[entry.name])
        if declares(text, f"{entry.name}_next"):
            after = last[names.index(entry.name)]
            yield from _equations(sorts, entry, f"{entry.name}_next", (), after)
    if done.schedule:
        name, chosen = done.schedule[-1]
        for (parameter, sort), number in zip(done.action(name).parameters, chosen, strict=True):
            if declares(text, parameter):
                yield f"(= {parameter} {_element(sorts, sort, number)})"


def _equations(
    sorts: Sorts, entry: Declaration, name: str, chosen: tuple[str, ...], table: Table
) -> Iterator[str]:
    if len(chosen) < len(entry.domain):
        for number, part in enumerate(table):
            element = _element(sorts, entry.domain[len(chosen)], number)
            yield from _equations(sorts, entry, name, (*chosen, element), part)
        return
    applied = f"({name} {' '.join(chosen)})" if chosen else name
    yield f"(= {applied} {_element(sorts, entry.range, table)})"


def _element(sorts: Sorts, sort: str, number: Table) -> str:
    if sort == "bool":
        return "true" if number else "false"
    return str(elements(sorts.named(sort))[number])
