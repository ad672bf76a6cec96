"""One line of a trace: an event, with what it returned and what was observed beside it."""

from typing import get_args

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.conversion import DESCRIPTION, converted
from clusckpt.files.errors import UnusableInput
from clusckpt.files.json_text import parse_json
from clusckpt.files.observation_checks import observation_faults
from clusckpt.files.sources import Fault, FileLine
from clusckpt.files.trace_checks import event_faults
from clusckpt.files.wording import did_you_mean, shown
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import (
    LEAST_STATUS,
    MOST_STATUS,
    Moment,
    Observation,
    TraceLine,
)

CALLS: dict[str, type[AnyEvent]] = {event.__name__: event for event in get_args(AnyEvent)}
"""The events by the word that stands in `call`."""

NO_MOMENT = Moment()
"""Nothing is said of when a line happened."""


def parse_line(text: str, path: str, number: int, names: ClusterNames) -> TraceLine:
    """Read one line after the header.

    Args:
        text: The line.
        path: The file, for messages.
        number: The number of the line, counted from 1.
        names: The names of the cluster in the header, and those created so far.

    Raises:
        UnusableInput: The line is not an event of this cluster.
    """
    source = FileLine(path, number)
    fields = parse_object(text, path, number)
    returned = _returned(fields.pop("returned", None), source)
    seen = fields.pop("observed", None)
    when = {name: fields.pop(name) for name in ("at", "clock") if name in fields}
    moment = converted(when, Moment, source) if when else NO_MOMENT
    event = converted(fields, _called(fields, source), source)
    if found := next(event_faults(event, names), None):
        raise source.refusal(*found)
    names.learn(event)
    observed = _observed(seen, source, names)
    return TraceLine(number, event, returned, observed, moment.at, moment.clock)


def parse_object(text: str, path: str, number: int) -> dict[str, object]:
    """Read one line that holds one JSON object.

    Raises:
        UnusableInput: The line is blank, is not JSON, or is not an object.
    """
    if not text.strip():
        raise UnusableInput(
            path,
            number,
            "a blank line",
            "one JSON object on each line; the last line may end with a line break",
            "remove the line",
        )
    content = parse_json(text, path, number)
    if not isinstance(content, dict):
        fault = Fault(shown(content), "one JSON object on each line", DESCRIPTION)
        raise FileLine(path, number).refusal((), fault)
    return content


def status_number(returned: int | str) -> int:
    """Give the number of a status that a trace spells as a number or by its name.

    >>> status_number("ERROR_ALREADY_EXISTS"), status_number(183)
    (183, 183)
    """
    return Status[returned].value if isinstance(returned, str) else returned


def _called(fields: dict[str, object], source: FileLine) -> type[AnyEvent]:
    call = fields.get("call")
    allowed = f"one of {', '.join(CALLS)}"
    if "call" not in fields:
        raise source.refusal((), Fault('an object without the field "call"', allowed, DESCRIPTION))
    if isinstance(call, str) and call in CALLS:
        return CALLS[call]
    advice = did_you_mean(call, CALLS, DESCRIPTION) if isinstance(call, str) else DESCRIPTION
    came = f"the unknown call {shown(call)}"
    raise source.refusal(("call",), Fault(came, allowed, advice))


def _returned(returned: object, source: FileLine) -> int | str | None:
    if returned is None:
        return None
    if isinstance(returned, str) and returned in Status.__members__:
        return returned
    if type(returned) is int and LEAST_STATUS <= returned <= MOST_STATUS:
        return returned
    allowed = f"a status of 32 bits as a number, or one of {', '.join(Status.__members__)}"
    advice = "write the number of the status, or leave the field out if it is not known"
    if isinstance(returned, str):
        advice = did_you_mean(returned, Status.__members__, advice)
    raise source.refusal(("returned",), Fault(shown(returned), allowed, advice))


def _observed(observed: object, source: FileLine, names: ClusterNames) -> Observation | None:
    if observed is None:
        return None
    inside = FileLine(source.path, source.line, ("observed",))
    observation = converted(observed, Observation, inside)
    if found := next(observation_faults(observation, names), None):
        raise inside.refusal(*found)
    return observation
