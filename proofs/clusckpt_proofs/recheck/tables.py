"""The tables of a run, checked before they are used: each has its shape and its elements."""

from collections.abc import Iterable, Mapping
from typing import Any

from clusckpt_proofs.recheck.records import Run
from clusckpt_spec.system.program import Table
from clusckpt_spec.system.sorts import Scope, enumerated
from clusckpt_spec.system.symbols import Declaration, Role, declarations
from clusckpt_spec.system.system import Specification


class NotARun(ValueError):
    """Raised for a run that cannot be executed; its text says why."""


def scope_of(run: Run) -> Scope:
    """The sizes of a run's sorts."""
    sizes = run.sizes
    return Scope(node=sizes.node, resource=sizes.resource, key=sizes.key, data=sizes.data)


def tables(run: Run, specification: Specification) -> tuple[dict[str, Table], dict[str, Table]]:
    """The rigid tables and those of the first state, by symbol.

    Raises:
        NotARun: if a table is missing, unknown, or not of its shape.
    """
    every = list(declarations(specification.state_type))
    rigid = [entry for entry in every if entry.role is Role.RIGID]
    others = [entry for entry in every if entry.role is not Role.RIGID]
    return _all_of(run, run.rigid, rigid), _all_of(run, run.state, others)


def _all_of(run: Run, given: Mapping[str, Any], wanted: Iterable[Declaration]) -> dict[str, Table]:
    declared = {entry.name: entry for entry in wanted}
    for name in sorted(declared.keys() ^ given.keys()):
        message = f"the table of {name!r} is {'missing' if name in declared else 'not called for'}"
        raise NotARun(message)
    return {name: _table(run, entry, entry.domain, given[name]) for name, entry in declared.items()}


def _table(run: Run, entry: Declaration, domain: tuple[str, ...], given: object) -> Table:
    if domain and isinstance(given, list) and len(given) == size(run, domain[0]):
        return tuple(_table(run, entry, domain[1:], part) for part in given)
    if not domain and is_element(run, entry.range, given):
        return given
    message = f"the table of {entry.name!r} is not of its shape"
    raise NotARun(message)


def is_element(run: Run, sort: str, given: object) -> bool:
    """Whether a value is a truth value, or the number of an element of a sort."""
    if sort == "bool":
        return isinstance(given, bool)
    return isinstance(given, int) and not isinstance(given, bool) and 0 <= given < size(run, sort)


def size(run: Run, sort: str) -> int:
    """How many elements a sort has in a run."""
    return int(enumerated(scope_of(run)).named(sort).num_constructors())
