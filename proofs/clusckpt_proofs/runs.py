"""Executed runs as records, for certificates."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Literal

from clusckpt_proofs.recheck.records import Run, Shown, Sizes, Step
from clusckpt_spec.system.program import Concrete, Instance, Program


def recorded(
    program: Program,
    state: Concrete,
    schedule: Iterable[Instance],
    shows: Shown,
    *,
    start: Literal["initial", "promised"] = "initial",
) -> Run:
    """The record of a run from a state, which shows something.

    A run from an initial state is one that can occur. A run from a state in which all that is
    promised holds (`promised`) says what the promises allow, reachable or not.
    """
    return Run(
        specification=program.specification.name,
        reading=program.reading.name,
        sizes=Sizes(**asdict(program.scope)),
        rigid=dict(program.rigid),
        state={entry.name: table for entry, table in zip(program.symbols, state, strict=True)},
        start=start,
        steps=tuple(Step(action=name, elements=elements) for name, elements in schedule),
        shows=shows,
    )
