"""What the tests of vectors share: a sample of the committed cases, and their traces."""

from itertools import chain

from clusckpt.vectors.committed import committed
from clusckpt_spec.formats.events import ClusterResourceControl
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
from clusckpt_spec.formats.vectors import Case, NearMiss, Result, Step, VectorFile

SOME_FAILURE = 31
"""A status that is neither success nor pending, and that no document names."""


def sample(one_in: int) -> list[tuple[VectorFile, Case]]:
    """Every so manieth case of each file."""
    return [(file, case) for file in committed().values() for case in file.cases[::one_in]]


def header(file: VectorFile, case: Case) -> Header:
    """The first line of the trace of a case."""
    start = file.starts[case.start]
    return Header(TRACE_FORMAT, start.cluster, registry=start.registry, containers=start.containers)


def lines(
    file: VectorFile, steps: tuple[Step, ...], last: Result | NearMiss | None = None
) -> list[TraceLine]:
    """The events with the results that are chosen, the last one with another result, if given."""
    results: list[Result | NearMiss] = [step.allowed[step.chosen] for step in steps]
    if last is not None:
        results = [*results[:-1], last]
    return [
        TraceLine(number, step.event, _status(result), _observed(file, step, result))
        for number, (step, result) in enumerate(zip(steps, results, strict=True), start=2)
    ]


def _status(result: Result | NearMiss) -> int:
    status = result.returned[0]
    return SOME_FAILURE if status == "failing" else status


def _observed(file: VectorFile, step: Step, result: Result | NearMiss) -> Observation:
    """The observation; after a list code, a trace has in `checkpoints` what was answered."""
    seen = file.observations[result.observed]
    if not isinstance(step.event, ClusterResourceControl):
        return seen
    strings = chain.from_iterable(result.listed or ())
    listed = {} if result.listed is None else {step.event.resource: tuple(strings)}
    return Observation(
        states=seen.states,
        owners=seen.owners,
        registry=seen.registry,
        containers=seen.containers,
        stored=seen.stored,
        checkpoints=listed,
        bytes_returned=result.sizes[0] if result.sizes else None,
        logged=seen.logged,
        backup_files=seen.backup_files,
    )
