"""A case told to a person: what happens, and what each event may change in what is seen."""

from collections.abc import Iterator
from typing import Any

import msgspec

from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.formats.vectors import Case, NearMiss, Result, Step, VectorFile

Flat = dict[str, str]
"""What is seen, each thing by where it is."""


def told(file: VectorFile, case: Case) -> Iterator[str]:
    """The lines about a case; of each result, what is not as it was before the event."""
    yield f"{case.id}  {case.title} ({file.title})"
    yield f"readings: {', '.join(case.readings)}"
    yield f"rules: {', '.join(case.rules)}"
    yield f"ambiguities: {', '.join(case.ambiguities) or 'none'}"
    yield f"fails with: {', '.join(case.kills) or 'no planted bug for certain'}"
    cluster = file.starts[case.start].cluster
    yield f"start: {case.start}, nodes {', '.join(cluster.nodes)}"
    before: Flat = {}
    for number, step in enumerate(case.steps, start=1):
        yield f"{number}. {step.event}"
        yield from _results(file, step, before)
        before = flat(file.observations[step.allowed[step.chosen].observed])


def _results(file: VectorFile, step: Step, before: Flat) -> Iterator[str]:
    for place, result in enumerate(step.allowed):
        mark = "->" if place == step.chosen else "  "
        yield f"   {mark} may return {_answer(result)}: {_changes(file, result, before)}"
    for miss in step.forbidden:
        found = _changes(file, miss, before)
        yield f"      never {_answer(miss)}: {found} [{miss.rule}, {miss.bug}]"


def _answer(result: Result | NearMiss) -> str:
    listed = "" if result.listed is None else f" and list {[*sum(result.listed, ())]}"
    return " or ".join(str(one) for one in result.returned) + listed


def _changes(file: VectorFile, result: Result | NearMiss, before: Flat) -> str:
    after = flat(file.observations[result.observed])
    changed = [f"{at} = {now}" for at, now in after.items() if before.get(at) != now]
    gone = [f"{at} is gone" for at in before if at not in after]
    return "; ".join(changed + gone) or "nothing changes"


def flat(observation: Observation) -> Flat:
    """What was seen as lines, each thing by where it is.

    >>> flat(Observation(states={"A": "Online"}, owners={"G": "N1"}))
    {'states A': 'Online', 'owners G': 'N1'}
    """
    return dict(_flat("", msgspec.to_builtins(observation)))


def _flat(at: str, part: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - any JSON
    if isinstance(part, dict) and part:
        for name, entry in part.items():
            yield from _flat(f"{at} {name}".strip(), entry)
    elif part is None:
        yield at, "not there"
    elif isinstance(part, (list, tuple)):
        yield at, ", ".join(map(str, part)) or "none"
    else:
        yield at, str(part)
