"""The execution of one program on a party, judged call by call."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from clusckpt.conformance.course import Course, Execution
from clusckpt.conformance.program import Program
from clusckpt.conformance.wanted import wanted
from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.errors import UnusableInput
from clusckpt.files.trace_checks import event_faults
from clusckpt.files.trace_lines import parse_line
from clusckpt.names import fold
from clusckpt.parties.party import Fault, FaultKind, Party, PartyFault
from clusckpt.rules import Rulebook
from clusckpt_spec.api.control_codes import control_code
from clusckpt_spec.formats import events
from clusckpt_spec.formats.adapter import Answer, Capabilities, ObserveParams, ResetParams
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Observation, TraceLine


def execute(
    party: Party, capabilities: Capabilities, program: Program, rulebooks: Sequence[Rulebook]
) -> Execution:
    """Run a program on a party, to its end, to a fault, or until no reading explains it.

    Args:
        party: what answers the calls; it has answered `initialize` already.
        capabilities: what it answered.
        program: the cluster to set up, and the calls to make.
        rulebooks: those of the readings to judge by.
    """
    fault = None
    course = Course(program, rulebooks)
    try:
        course = _set_up(party, course)
        for line in _lines(party, capabilities, course):
            course.follow(line)
            if course.has_ended:
                break
    except PartyFault as error:
        fault = error.fault
    return course.execution(fault)


def _set_up(party: Party, course: Course) -> Course:
    """Set the cluster up as far as the party supports it; if it does not, there are no calls."""
    program, rulebooks = course.program, [*course.rulebooks.values()]
    refused = 0
    for start in _starts(program.start):
        with _refusals() as refusals:
            party.reset(start)
        if not refusals:
            able = Course(Program(start, program.events), rulebooks)
            able.unsupported["reset"] += refused
            return able
        refused += 1
    unable = Course(Program(program.start, ()), rulebooks)
    unable.unsupported["reset"] += refused
    return unable


def _starts(start: ResetParams) -> Iterator[ResetParams]:
    """A start, and without what not every party has: containers, then dependencies."""
    replace = msgspec.structs.replace
    yield start
    bare = replace(start, containers={})
    if bare != start:
        yield bare
    resources = (
        replace(one, dependencies=(), crypto_checkpoints=()) for one in start.cluster.resources
    )
    plain = replace(bare, cluster=replace(start.cluster, resources=tuple(resources)))
    if plain != bare:
        yield plain


@contextmanager
def _refusals() -> Iterator[list[Fault]]:
    """Where a party may say that it does not support something: that is not its fault."""
    refusals: list[Fault] = []
    try:
        yield refusals
    except PartyFault as error:
        if error.fault.kind is not FaultKind.UNSUPPORTED:
            raise
        refusals.append(error.fault)


def _lines(party: Party, capabilities: Capabilities, course: Course) -> Iterator[TraceLine]:
    """Make each call that can happen, look at the cluster after it, and tell both as a line."""
    program = course.program
    asked = wanted(program, capabilities.observes)
    names = ClusterNames.of(program.start.cluster)
    number = 2
    for event in program.events:
        if next(event_faults(event, names), None) or not course.can_happen(event):
            course.skipped += 1
            continue
        with _refusals() as refusals:
            answer = party.call(event)
        if refusals:
            course.unsupported[_named(event)] += 1
            continue
        seen = party.observe(_beside(event, asked))
        yield _checked(number, event, answer, seen, names)
        number += 1


def _named(event: AnyEvent) -> str:
    """The name of a call; of a control code, which one."""
    code = f" {event.code}" if isinstance(event, events.ClusterResourceControl) else ""
    return f"{type(event).__name__}{code}"


def _beside(event: AnyEvent, asked: ObserveParams) -> ObserveParams:
    """What to look at after an event: in a trace, the list beside a list code is its answer."""
    if not isinstance(event, events.ClusterResourceControl):
        return asked
    if control_code(event.code).needs_all_access:
        return asked
    others = tuple(one for one in asked.checkpoints if fold(one) != fold(event.resource))
    return msgspec.structs.replace(asked, checkpoints=others)


def _checked(
    number: int, event: AnyEvent, answer: Answer, seen: Observation, names: ClusterNames
) -> TraceLine:
    """The line that an answer makes, held to all that a line of a trace file is held to.

    Raises:
        PartyFault: if the answer names what there is not, or has a status that is none.
    """
    observed = msgspec.structs.replace(
        seen, output=answer.output, bytes_returned=answer.bytes_returned
    )
    fields: dict[str, object] = dict(msgspec.to_builtins(event))
    fields |= {"returned": answer.returned, "observed": observed}
    method = type(event).__name__
    try:
        return parse_line(msgspec.json.encode(fields).decode(), method, number, names)
    except UnusableInput as error:
        detail = f"got {error.came}; allowed: {error.allowed}"
        raise PartyFault(Fault(FaultKind.WRONG_ANSWER, method, detail, error.advice)) from error
