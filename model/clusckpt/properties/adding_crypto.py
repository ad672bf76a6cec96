"""The add code for key containers: what it asks of the container, and what joins the list."""

from collections.abc import Iterator

from clusckpt.containers import container_id
from clusckpt.properties.answers import wrong_refusal
from clusckpt.properties.chronicle import Chronicle
from clusckpt.properties.codes import (
    Request,
    named,
    names_container,
    of_kind,
    only_list_changed,
    request_in,
    unreachable,
    wrong_unreachable,
)
from clusckpt.properties.marked import property_of
from clusckpt.properties.violation import Violation, violation
from clusckpt.state import CheckpointKind, ClusterState, Quorum
from clusckpt.steps import Outcome
from clusckpt_spec.api.control_codes import ControlCode
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import Reading
from clusckpt_spec.register.ids import RuleID

_RULE = RuleID.ADD_CRYPTO


@property_of(_RULE, RuleID.NAMES_CASELESS)
def crypto_add_answers(
    chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """A container that is there and can be exported joins the list; else the code says why not.

    With which code a second add fails is not published (A19); nothing changes by it.
    """
    request = request_in(event, ControlCode.ADD_CRYPTO_CHECKPOINT)
    if request is None:
        return
    yield from wrong_unreachable(before, request, outcome)
    if unreachable(before, request.name) is not None:
        return
    listed = named(of_kind(before, request.name, CheckpointKind.CRYPTO), request.given)
    if listed is not None:
        rule = _RULE if listed.given == request.given else RuleID.NAMES_CASELESS
        yield from wrong_refusal(rule, before, outcome, Status.UNSPECIFIED_FAILURE)
        return
    refusal = _refusal(before, request)
    if refusal is not None:
        yield from wrong_refusal(_RULE, before, outcome, refusal)
    else:
        yield from _wrong_add(chronicle.reading, before, request, outcome)


@property_of(RuleID.ADD_CRYPTO_EX)
def extended_add_fails_cleanly(
    _chronicle: Chronicle, before: ClusterState, event: AnyEvent, outcome: Outcome
) -> Iterator[Violation]:
    """Of the extended code it is known only that it may fail: then nothing joins (A41)."""
    request = request_in(event, ControlCode.ADD_CRYPTO_CHECKPOINT_EX)
    failed = Status.UNSPECIFIED_FAILURE.satisfied_by(outcome.status)
    if request is not None and failed and outcome.state != before:
        yield violation(
            RuleID.ADD_CRYPTO_EX,
            f"{outcome.status.name}, and the cluster changed",
            "a call that fails changes nothing",
        )


def _refusal(before: ClusterState, request: Request) -> Status | None:
    """The status with which a container is refused, or None if it is not."""
    if not names_container(request.given):
        return Status.UNSPECIFIED_FAILURE
    containers = before.nodes[before.owner_of(request.name)].containers
    container = containers.get(container_id(request.given))
    if container is None:
        return Status.NTE_BAD_KEYSET
    if not container.exportable:
        return Status.NTE_BAD_KEY
    return None if before.quorum is Quorum.ONLINE else Status.UNSPECIFIED_FAILURE


def _wrong_add(
    reading: Reading, before: ClusterState, request: Request, outcome: Outcome
) -> Iterator[Violation]:
    """What is wrong with the outcome of an add that must succeed."""
    name, after = request.name, outcome.state
    if outcome.status is not Status.ERROR_SUCCESS:
        yield violation(_RULE, outcome.status.name, "ERROR_SUCCESS: the container can be added")
    elif name not in after.resources or not only_list_changed(reading, before, after, name):
        yield violation(_RULE, "more changed than the list", "one entry and its copy join")
    else:
        were = {entry.given for entry in of_kind(before, name, CheckpointKind.CRYPTO)}
        now = {entry.given for entry in of_kind(after, name, CheckpointKind.CRYPTO)}
        if now != were | {request.given}:
            yield violation(_RULE, f"the list is {sorted(now)}", f"{request.given} joins it")
