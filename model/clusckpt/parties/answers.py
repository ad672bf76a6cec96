"""What an adapter answered, decoded and checked: nothing of it is used before."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.observation_checks import observation_faults
from clusckpt.files.registry_checks import bytes_fault
from clusckpt.files.sources import Found, spelled
from clusckpt.files.wording import cut, did_you_mean, shown
from clusckpt.parties.rpc import Response
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.adapter import Answer
from clusckpt_spec.formats.trace import LEAST_STATUS, MOST_STATUS, Observation

T = TypeVar("T")


class WrongResult(ValueError):
    """The result of a response is not what the result of its method must be."""


def decoded_result(response: Response, kind: type[T]) -> T:
    """Decode the result of a response.

    Raises:
        WrongResult: if it is not of that kind.

    >>> from clusckpt.parties.rpc import decoded_response
    >>> response = decoded_response(b'{"jsonrpc": "2.0", "id": 1, "result": {"returned": 5}}')
    >>> decoded_result(response, Answer)
    Answer(returned=5, output=None, bytes_returned=None)
    """
    raw = response.result
    if isinstance(raw, msgspec.UnsetType):
        message = "a response without a result"
        raise WrongResult(message)
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WrongResult(cut(str(error))) from error


def checked_answer(answer: Answer) -> str | None:
    """Say what is wrong with an answer: its status is of 32 bits or known, its bytes are whole.

    >>> checked_answer(Answer("ERROR_SUCESS"))
    'the status "ERROR_SUCESS"; next: write "ERROR_SUCCESS" if you meant that'
    """
    returned = answer.returned
    advice = "write the number of the status (32 bits), its name, or null"
    if isinstance(returned, str) and returned not in Status.__members__:
        advice = did_you_mean(returned, Status.__members__, advice)
        return f"the status {shown(returned)}; next: {advice}"
    if isinstance(returned, int) and not LEAST_STATUS <= returned <= MOST_STATUS:
        return f"the status {cut(str(returned))}; next: {advice}"
    fault = bytes_fault(answer.output)
    return None if fault is None else f"{fault.came} at output; allowed: {fault.allowed}"


def checked_observation(observation: Observation, names: ClusterNames) -> str | None:
    """Say what is wrong with an observation, beyond its structure: names, states, keys, bytes.

    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster
    >>> names = ClusterNames.of(Cluster(CLUSTER_FORMAT, ("N1",), (), ()))
    >>> checked_observation(Observation(owners={"G": "N1"}), names)
    'the unknown group "G" at owners.G; allowed: a group of the cluster: none'
    """
    return _first(observation_faults(observation, names))


def _first(found: Iterator[Found]) -> str | None:
    for location, fault in found:
        return f"{fault.came} at {spelled(location)}; allowed: {fault.allowed}"
    return None
