"""Witnesses: for a conflict, a schedule that the reference model has executed to the loss.

After the last event the replaced resource is online, and its data are what the other resource
left there. That this is so is checked on the states of the model, not assumed.
"""

from dataclasses import dataclass

from clusckpt.collisions.bug import ModelBug
from clusckpt.collisions.opening import left_by, opening
from clusckpt.collisions.pairs import Conflict
from clusckpt.collisions.roles import Roles, cast
from clusckpt.collisions.schedule import MOST_EVENTS, schedule
from clusckpt.collisions.watching import Effect, Seen, effects, observation, seen
from clusckpt.rules import MSCS_PAGE_RULES, Part, Rulebook
from clusckpt.start import initial_state
from clusckpt.state import CheckpointKind, ClusterState
from clusckpt.steps import step
from clusckpt_spec.api.states import ResourceState, state_label
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Header, Observation, Trace, TraceLine

_ONLINE = state_label(ResourceState.ONLINE)


@dataclass(frozen=True, slots=True)
class WitnessStep:
    """One event, what it returned, what it changed, and what is there after it."""

    number: int
    event: AnyEvent
    status: Status
    changed: tuple[Effect, ...]
    observed: Observation


@dataclass(frozen=True, slots=True)
class Witness:
    """A schedule that was executed and ends in the loss.

    In step `replaced_at` a restore of `replacing` replaces, on `node` and at `key`, what
    `replaced` had left there while it is online.
    """

    header: Header
    steps: tuple[WitnessStep, ...]
    replaced_at: int
    replaced: str
    replacing: str
    node: str
    key: str
    story: str

    def trace(self) -> Trace:
        """The witness in `clusckpt-trace/1`, with what was returned and observed."""
        lines = (
            TraceLine(one.number + 1, one.event, one.status.name, one.observed)
            for one in self.steps
        )
        return Trace(self.header, tuple(lines))


def find_witness(
    cluster: Cluster, conflict: Conflict, rules: Rulebook = MSCS_PAGE_RULES
) -> Witness:
    """Execute the schedule of a conflict on the reference model.

    Args:
        cluster: the design in which the conflict was found.
        conflict: the conflict.
        rules: the rulebook, which carries the reading.

    Raises:
        ModelBug: the schedule does not run, or does not end in the loss.
    """
    roles = cast(cluster, conflict)
    header = opening(cluster, roles)
    state = initial_state(header)
    history, steps = [seen(state, roles)], []
    for number, event in enumerate(schedule(roles), 1):
        state = _after(state, event, rules)
        history.append(seen(state, roles))
        changed = effects(*history[-2:])
        watched = observation(state, roles)
        steps.append(WitnessStep(number, event, Status.ERROR_SUCCESS, changed, watched))
    replaced_at = _loss(history, roles)
    return Witness(
        header=header,
        steps=tuple(steps),
        replaced_at=replaced_at,
        replaced=roles.replaced.resource,
        replacing=roles.replacing.resource,
        node=roles.node,
        key=roles.key.text,
        story=_story(roles, replaced_at),
    )


def _after(state: ClusterState, event: AnyEvent, rules: Rulebook) -> ClusterState:
    """The only state in which the event can have returned success."""
    states = {one.state for one in step(state, event, rules) if one.status is Status.ERROR_SUCCESS}
    if len(states) != 1:
        message = f"{event} can succeed in {len(states)} ways; a witness needs exactly one"
        raise ModelBug(message)
    return states.pop()


def _loss(history: list[Seen], roles: Roles) -> int:
    """The step in which the data were replaced, if the end shows what the theorem promises."""
    registry = roles.key.root.kind is CheckpointKind.REGISTRY
    place = (Part.REGISTRY if registry else Part.CONTAINER), roles.node
    state = Part.STATE, roles.replaced.resource
    copy = Part.COPY, roles.replaced.resource
    own, foreign = left_by(roles.replaced), left_by(roles.replacing)
    last = len(history) - 1
    before, end = history[last - 1], history[last]
    promised = {
        f"there are more than {MOST_EVENTS} events": last <= MOST_EVENTS,
        "the resource is not online throughout": before[state] == end[state] == _ONLINE,
        "the data were not its own before": before[place] == before[copy] == own,
        "the data are not those of the other": end[place] == foreign,
        "the stored copy is not as it must be": end[copy] == (foreign if registry else own),
    }
    for fault, holds in promised.items():
        if not holds:
            message = (
                f"the witness of {roles.replaced.resource} and {roles.replacing.resource} over "
                f"{roles.key.text} on {roles.node} does not end in the loss: {fault}"
            )
            raise ModelBug(message)
    return last


def _story(roles: Roles, at: int) -> str:
    replaced, replacing = roles.replaced.resource, roles.replacing.resource
    told = (
        f"at step {at}, restoring {roles.replacing.text} of {replacing} on {roles.node} replaced "
        f"what {replaced} had left there while it was online"
    )
    if roles.key.root.kind is CheckpointKind.REGISTRY:
        return f"{told}; step {at} also stored it as the checkpoint of {replaced}"
    return f"{told}; the stored copy of {replaced} still holds its own keys"
