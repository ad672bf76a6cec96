"""The delete and list codes, for registry roots and key containers alike."""

from collections.abc import Iterator

from clusckpt.names import fold
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.codes import (
    Request,
    named,
    of_kind,
    only_list_changed,
    request_in,
    unreachable,
    well_formed,
    wrong_unreachable,
)
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import Checkpoint, CheckpointKind, ClusterState
from clusckpt.steps import Outcome
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID

_DELETES = {
    ControlCode.DELETE_REGISTRY_CHECKPOINT: CheckpointKind.REGISTRY,
    ControlCode.DELETE_CRYPTO_CHECKPOINT: CheckpointKind.CRYPTO,
}
_LISTS = {
    ControlCode.GET_REGISTRY_CHECKPOINTS: CheckpointKind.REGISTRY,
    ControlCode.GET_CRYPTO_CHECKPOINTS: CheckpointKind.CRYPTO,
}


@property_of(RuleID.DELETE_REGISTRY, RuleID.DELETE_CRYPTO, RuleID.NAMES_CASELESS)
def delete_answers(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """What is on the list is taken off it, copy and all; what is not is answered with an error.

    A reading can keep the one delete code from roots of another view (A11).
    """
    request = request_in(event, *_DELETES)
    if request is None:
        return
    yield from wrong_unreachable(before, request, outcome)
    if unreachable(before, request.name) is not None:
        return
    listed = named(of_kind(before, request.name, _DELETES[request.code]), request.given)
    if listed is None:
        yield from wrong_refusal(request.code.rule, before, outcome, _unknown(request))
    elif listed.view != "native" and chronicle.reading[AmbiguityID.A11] == "plain-kind-only":
        yield from wrong_refusal(request.code.rule, before, outcome, Status.UNSPECIFIED_FAILURE)
    else:
        rule = request.code.rule if listed.given == request.given else RuleID.NAMES_CASELESS
        yield from _wrong_delete(chronicle.reading, rule, before, request, outcome, listed)


@property_of(RuleID.GET_REGISTRY, RuleID.GET_CRYPTO, RuleID.NAMES_CASELESS)
def list_answers(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A list has every string that was added and not deleted, in the case it was given in.

    The size of the buffer is not known, so it may have been too small.
    """
    request = request_in(event, *_LISTS)
    if request is None:
        return
    yield from wrong_unreachable(before, request, outcome)
    if unreachable(before, request.name) is not None:
        return
    kind = _LISTS[request.code]
    expected = {
        given
        for key, given in chronicle.notes.given.items()
        if key[0] == request.name and key[1].kind is kind
    }
    output = outcome.output or frozenset()
    too_small = outcome.status is Status.ERROR_MORE_DATA and not output
    if not too_small and (outcome.status is not Status.ERROR_SUCCESS or output != expected):
        alike = {fold(one) for one in output} == {fold(one) for one in expected}
        yield violation(
            RuleID.NAMES_CASELESS if alike and output != expected else request.code.rule,
            f"{outcome.status.name} with {sorted(output)}",
            f"ERROR_SUCCESS with {sorted(expected)}",
        )
    if outcome.state != before:
        yield violation(request.code.rule, "the cluster changed", "a list changes nothing")


@property_of(RuleID.TYPE_GET_REGISTRY, RuleID.TYPE_GET_CRYPTO)
def types_have_no_list(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """The two codes for resource types list nothing and change nothing."""
    request = request_in(
        event, ControlCode.TYPE_GET_REGISTRY_CHECKPOINTS, ControlCode.TYPE_GET_CRYPTO_CHECKPOINTS
    )
    if request is not None and (outcome.output or outcome.state != before):
        yield violation(
            request.code.rule,
            f"a list of {sorted(outcome.output or ())}, or a change",
            "no checkpoint is listed and nothing changes",
        )


def _unknown(request: Request) -> Status:
    """What an unlisted name is answered: 2 for a registry path; else no number is published."""
    path = well_formed(request.given)
    if path and request.code is ControlCode.DELETE_REGISTRY_CHECKPOINT:
        return Status.ERROR_FILE_NOT_FOUND
    return Status.UNSPECIFIED_FAILURE


def _wrong_delete(
    reading: Reading,
    rule: RuleID,
    before: ClusterState,
    request: Request,
    outcome: Outcome,
    listed: Checkpoint,
) -> Iterator[Violation]:
    """What is wrong with the outcome of a delete that must succeed."""
    name, after = request.name, outcome.state
    if outcome.status is not Status.ERROR_SUCCESS:
        yield violation(rule, outcome.status.name, f"ERROR_SUCCESS: {listed.given} is listed")
    elif name not in after.resources or not only_list_changed(reading, before, after, name):
        yield violation(rule, "more changed than the list", "one entry and its copy go")
    elif set(after.resources[name].checkpoints) != set(before.resources[name].checkpoints) - {
        listed.name
    }:
        yield violation(rule, f"{listed.given} is still listed", f"only {listed.given} goes")
    elif (name, listed.name) in after.copies:
        yield violation(rule, f"a copy of {listed.given} stays", "its copy is dropped (A33)")
