"""Names for the elements of finite instances, so that people can read runs.

Nodes, resources and keys get names that suit a small cluster: `N1`, `R1`, `K1`.
"""

from collections.abc import Iterator, Mapping

from clusckpt_spec.system.program import Concrete, Instance, Program, Table
from clusckpt_spec.system.sorts import STATUS
from clusckpt_spec.system.symbols import Declaration

_PREFIXES = {"node": "N", "resource": "R", "key": "K"}
_STATUS: tuple[str, ...] = tuple(
    STATUS.constructor(at).name().replace("_", " ") for at in range(STATUS.num_constructors())
)


def element_name(sort: str, number: Table, rigid: Mapping[str, Table]) -> str:
    """The name of an element, given its number in its sort."""
    if sort == "bool":
        return "true" if number else "false"
    if sort == "status":
        return _STATUS[number]
    if sort == "data":
        constants = {rigid[name]: name for name in ("absent", "empty") if name in rigid}
        return constants.get(number, f"D{number}")
    return f"{_PREFIXES[sort]}{number + 1}"


def instance_name(program: Program, instance: Instance) -> str:
    """An action with its arguments, e.g. `move(R1, N2)`."""
    name, arguments = instance
    action = next(entry for entry in program.specification.actions if entry.name == name)
    shown = [
        element_name(sort, number, program.rigid)
        for (_, sort), number in zip(action.parameters, arguments, strict=True)
    ]
    return f"{name}({', '.join(shown)})"


def differences(program: Program, before: Concrete, after: Concrete) -> Iterator[str]:
    """What an action changed, one `symbol(elements): old -> new` a line."""
    for entry, old, new in zip(program.symbols, before, after, strict=True):
        yield from _differences(program, entry, (), old, new)


def _differences(
    program: Program, entry: Declaration, at: tuple[int, ...], old: Table, new: Table
) -> Iterator[str]:
    if old == new:
        return
    if len(at) < len(entry.domain):
        for number, (old_part, new_part) in enumerate(zip(old, new, strict=True)):
            yield from _differences(program, entry, (*at, number), old_part, new_part)
        return
    elements = ", ".join(
        element_name(sort, number, program.rigid)
        for sort, number in zip(entry.domain, at, strict=True)
    )
    was, now = (element_name(entry.range, value, program.rigid) for value in (old, new))
    yield f"{entry.name}({elements}): {was} -> {now}"
