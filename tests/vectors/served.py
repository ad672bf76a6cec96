"""The model with a planted bug, or without one, behind a protocol.

`python served.py READING BUG` speaks clusckpt-adapter/1; with `plain` in front, it answers the
function calls of `adapter.c` line by line.
"""

import json
import sys
from typing import Any

import msgspec

from clusckpt.gallery import GALLERY
from clusckpt.parties.model import ModelParty
from clusckpt.parties.serve import serve
from clusckpt.rules import rulebook
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.adapter import ObserveParams, ResetParams
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.readings import READINGS


def party_of(reading: str, bug: str) -> ModelParty:
    """The model under a reading, or the planted bug of that name."""
    if bug == "none":
        return ModelParty(rulebook(READINGS[reading]))
    (planted,) = (one for one in GALLERY if one.name == bug)
    return ModelParty(planted.rulebook, behaviour=planted.behaviour)


def answered(party: ModelParty, method: str, given: Any) -> str:  # noqa: ANN401 - any JSON
    """The answer to one function call."""
    if method == "reset":
        given.pop("watch")
        party.reset(msgspec.convert(given, ResetParams))
        return ""
    if method == "observe":
        return msgspec.json.encode(party.observe(msgspec.convert(given, ObserveParams))).decode()
    returned = party.call(msgspec.convert(given, AnyEvent)).returned
    status = Status[returned] if isinstance(returned, str) else returned
    return str((status or 0) & 0xFFFFFFFF)


def answer_lines(party: ModelParty) -> None:
    """Answer until there is no further line; what stands behind the first value is not read."""
    for line in sys.stdin:
        method, _, rest = line.partition(" ")
        given, _ = json.JSONDecoder().raw_decode(rest)
        sys.stdout.write(answered(party, method, given) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    *plain, chosen, planted = sys.argv[1:]
    if plain:
        answer_lines(party_of(chosen, planted))
    else:
        serve(party_of(chosen, planted), sys.stdin.buffer, sys.stdout.buffer)
