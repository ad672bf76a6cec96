"""Faulty answers of control codes: each takes the place of the step."""

from dataclasses import replace

from clusckpt.buffers import OutputBuffer, answers
from clusckpt.names import fold
from clusckpt.properties.run import Behaviour
from clusckpt.rules import Rulebook
from clusckpt.state import CheckpointKind, ClusterState, Resource
from clusckpt.steps import Outcome, step
from clusckpt_spec.api.control_codes import ControlCode, control_code
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent, ClusterResourceControl

Outcomes = frozenset[Outcome]


def taken_for(code: ControlCode, other: ControlCode) -> Behaviour:
    """A behaviour that carries out one code as if it were another."""

    def behave(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
        asked = _asked(event, code)
        if asked is not None:
            event = ClusterResourceControl(asked.resource, other.value, asked.input)
        return step(state, event, rules)

    return behave


def backslash_stripped(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The plain add code takes a path with a leading backslash."""
    asked = _asked(event, ControlCode.ADD_REGISTRY_CHECKPOINT)
    if asked is not None:
        given = (asked.input or "").removeprefix("\\")
        event = ClusterResourceControl(asked.resource, asked.code, given)
    return step(state, event, rules)


def unknown_deleted(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The delete of a root that is not listed succeeds."""
    outcomes = step(state, event, rules)
    if _asked(event, ControlCode.DELETE_REGISTRY_CHECKPOINT) is None:
        return outcomes
    unknown = {one for one in outcomes if one.status is Status.ERROR_FILE_NOT_FOUND}
    deleted = {replace(one, status=Status.ERROR_SUCCESS) for one in unknown}
    return (outcomes - unknown) | deleted


def list_empty_offline(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """Only a resource that is online lists its roots."""
    outcomes = step(state, event, rules)
    asked = _asked(event, ControlCode.GET_REGISTRY_CHECKPOINTS)
    if asked is None or _is_online(_resource(state, asked)):
        return outcomes
    return frozenset(_listing(one, asked, frozenset(), rules) for one in outcomes)


def fixed_keys_taken(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A container is taken although its keys cannot be exported."""
    if _asked(event, ControlCode.ADD_CRYPTO_CHECKPOINT) is None:
        return step(state, event, rules)
    loose = state
    for name, node in state.nodes.items():
        containers = node.containers
        for container, kept in containers.items():
            containers = containers.insert(container, replace(kept, exportable=True))
        loose = loose.with_node(name, replace(node, containers=containers))
    outcomes = step(loose, event, rules)
    return frozenset(replace(one, state=replace(one.state, nodes=state.nodes)) for one in outcomes)


def listed_though_it_failed(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The extended add code fails, and the container is listed all the same."""
    asked = _asked(event, ControlCode.ADD_CRYPTO_CHECKPOINT_EX)
    if asked is None:
        return step(state, event, rules)
    plain = ControlCode.ADD_CRYPTO_CHECKPOINT.value
    added = step(state, ClusterResourceControl(asked.resource, plain, asked.input), rules)
    return frozenset(replace(one, status=Status.UNSPECIFIED_FAILURE) for one in added)


def crypto_copy_left(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The delete of a crypto checkpoint takes it off the list and leaves its copy."""
    outcomes = step(state, event, rules)
    left = _asked(event, ControlCode.DELETE_CRYPTO_CHECKPOINT) is not None
    return _with_copies_of(state, outcomes) if left else outcomes


def crypto_kept_listed(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """The delete of a crypto checkpoint succeeds, and it stays on the list with its copy."""
    outcomes = step(state, event, rules)
    if _asked(event, ControlCode.DELETE_CRYPTO_CHECKPOINT) is None:
        return outcomes
    return frozenset(replace(one, state=state) for one in outcomes)


def types_list(code: ControlCode, kind: CheckpointKind) -> Behaviour:
    """A behaviour in which a code for resource types lists the checkpoints of a resource."""

    def behave(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
        outcomes = step(state, event, rules)
        asked = _asked(event, code)
        resource = None if asked is None else _resource(state, asked)
        if asked is None or resource is None:
            return outcomes
        entries = resource.checkpoints.values()
        output = frozenset(entry.given for entry in entries if entry.name.kind is kind)
        return frozenset(_listing(one, asked, output, rules) for one in outcomes)

    return behave


def no_copy_at_add(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """An add to a resource that is not online takes no first copy."""
    outcomes = step(state, event, rules)
    asked = _asked(event, ControlCode.ADD_REGISTRY_CHECKPOINT)
    if asked is None or _is_online(_resource(state, asked)):
        return outcomes
    return _with_copies_of(state, outcomes)


def passed_to_the_dll(state: ClusterState, event: AnyEvent, rules: Rulebook) -> Outcomes:
    """A code reaches the DLL of an online resource, which hangs, and the resource is failed."""
    outcomes = step(state, event, rules)
    asked = _asked(event, *ControlCode)
    resource = None if asked is None else _resource(state, asked)
    if asked is None or resource is None or not _is_online(resource):
        return outcomes
    hung = replace(resource, state=ResourceState.FAILED, restored=frozenset())
    after = state.with_resource(fold(asked.resource), hung)
    return frozenset(replace(one, state=after) for one in outcomes)


def _asked(event: AnyEvent, *codes: ControlCode) -> ClusterResourceControl | None:
    """The event, if it is a control code that is among these."""
    if isinstance(event, ClusterResourceControl) and control_code(event.code) in codes:
        return event
    return None


def _resource(state: ClusterState, asked: ClusterResourceControl) -> Resource | None:
    return state.resources.get(fold(asked.resource))


def _is_online(resource: Resource | None) -> bool:
    return resource is not None and resource.state is ResourceState.ONLINE


def _listing(
    one: Outcome, asked: ClusterResourceControl, strings: frozenset[str], rules: Rulebook
) -> Outcome:
    """The outcome with another list for its answer, as far as the output buffer has room."""
    buffer = OutputBuffer(asked.output_size, asked.output_null)
    answer = next(iter(answers((tuple(sorted(strings)),), buffer, rules.reading)))
    written = answer.listing is not None and answer.listing.is_written
    output = strings if written else None
    return replace(one, status=answer.status, output=output, listing=answer.listing)


def _with_copies_of(state: ClusterState, outcomes: Outcomes) -> Outcomes:
    return frozenset(
        replace(one, state=replace(one.state, copies=state.copies)) for one in outcomes
    )
