"""Runs of the transition system, retold as traces of the reference model.

A run says `restore(R1, K1)`; a trace says what anybody could have logged. Each step of the run is
an event of the model whose outcome is this very step and leads to the same state, so a run that
can be retold is one that both readings of the rules allow.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clusckpt.state import ClusterState
from clusckpt.steps import Outcome, step
from clusckpt_proofs.agreement.abstraction import Abstraction
from clusckpt_proofs.agreement.carrier import VALUE_NAME, Carrier
from clusckpt_proofs.agreement.comparison import explained
from clusckpt_spec.api.states import state_label
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Header, Observation, ObservedKey, Trace, TraceLine
from clusckpt_spec.system.program import Instance, Table


def retold(carrier: Carrier, schedule: Iterable[Instance], title: str) -> Trace:
    """The trace of a run from the carrier's start, with what was returned and what can be seen.

    Raises:
        ValueError: if the reference model has no event for a step of the run.
    """
    abstraction, state = Abstraction(carrier), carrier.start
    lines: list[TraceLine] = []
    waiting = list(schedule)
    while waiting:
        event, outcome, done = _event(abstraction, state, waiting)
        state, waiting = outcome.state, waiting[done:]
        seen = _seen(abstraction, state)
        lines.append(TraceLine(len(lines) + 2, event, outcome.status.name, seen))
    header = Header(carrier.header.format, carrier.header.cluster, title=title)
    return Trace(header, tuple(lines))


def _event(
    abstraction: Abstraction, state: ClusterState, waiting: Sequence[Instance]
) -> tuple[AnyEvent, Outcome, int]:
    """The first event, in the carrier's order, that does the next step, or the next few at once."""
    for event in abstraction.carrier.events:
        for outcome in step(state, event, abstraction.carrier.rules):
            instances = [one for move in outcome.moves for one in abstraction.instances(move)]
            is_next = bool(instances) and instances == list(waiting[: len(instances)])
            if is_next and not explained(abstraction, state, outcome)[1]:
                return event, outcome, len(instances)
    message = f"the reference model has no event that does {waiting[0]}"
    raise ValueError(message)


def _seen(abstraction: Abstraction, state: ClusterState) -> Observation:
    """The state of every resource, every key of every node, every copy."""
    carrier = abstraction.carrier
    tables: Mapping[str, Any] = dict(
        zip(
            (entry.name for entry in carrier.program.symbols),
            abstraction.state(state),
            strict=True,
        )
    )
    trees = zip(carrier.node_names, tables["registry"], strict=True)
    names = enumerate(carrier.resource_names)
    return Observation(
        states={one.name: state_label(one.state) for one in state.resources.values()},
        registry={
            node: {key: _held(data) for key, data in zip(carrier.keys, tree, strict=True)}
            for node, tree in trees
        },
        stored={
            name: {
                root: _copy(carrier, tables["stored"][number][at], tables["copy"][number][at], root)
                for at, root in enumerate(carrier.keys)
            }
            for number, name in names
        },
    )


def _copy(carrier: Carrier, stored: Table, copy: Table, root: str) -> dict[str, ObservedKey] | None:
    """The copy of a root, key by key; None if there is none."""
    if not stored:
        return None
    below = [at for at, key in enumerate(carrier.keys) if f"{key}\\".startswith(f"{root}\\")]
    return {carrier.keys[at]: _held(copy[at]) for at in below}


def _held(data: Table) -> ObservedKey:
    """What a key is seen to hold: absent, empty, or a value."""
    if not data:
        return None
    return {VALUE_NAME: data - 1 if data > 1 else None}
