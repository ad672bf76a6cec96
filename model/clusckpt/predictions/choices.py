"""What the bundled traces say about the choices that the documents leave open.

A trace is held against one reading at a time, with one choice changed: it supports the choices
that still explain it and refutes the others. What was inferred and not reported is no evidence,
and is marked as such.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from clusckpt.oracle.evidence import evidence
from clusckpt.predictions.bundled import bundled_names, bundled_trace
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.readings import MSCS_PAGE, WINDOWS_OBSERVED, Reading

EVIDENCE_FILE: Final = "evidence.json"

NEXT_TO: Final = (WINDOWS_OBSERVED, MSCS_PAGE)
"""The readings next to which choices are tried."""

Spoken = dict[str, dict[str, list[dict[str, Any]]]]
"""By choice, what supports and what refutes it."""


def weighed() -> dict[str, Any]:
    """The table as the committed file has it, made anew by trying every choice on every trace."""
    return table({name: bundled_trace(name) for name in bundled_names()}, NEXT_TO)


def table(traces: Mapping[str, Trace], next_to: Sequence[Reading]) -> dict[str, Any]:
    """What traces say about each ambiguity, and the ambiguities about which they say nothing."""
    spoken: dict[AmbiguityID, Spoken] = {}
    for name, trace in traces.items():
        for reading in next_to:
            for found in evidence(trace, reading):
                choices = spoken.setdefault(found.ambiguity, _unweighed(found.ambiguity))
                for choice in found.supported:
                    _note(choices[choice]["supported"], name, trace, reading)
                for choice in found.refuted:
                    _note(choices[choice]["refuted"], name, trace, reading)
    return {
        "ambiguities": {
            ambiguity: {"question": record.question, "choices": spoken[ambiguity]}
            for ambiguity, record in AMBIGUITIES.items()
            if ambiguity in spoken
        },
        "silent": [ambiguity for ambiguity in AMBIGUITIES if ambiguity not in spoken],
    }


def _unweighed(ambiguity: AmbiguityID) -> Spoken:
    choices = AMBIGUITIES[ambiguity].choices
    return {choice.name: {"supported": [], "refuted": []} for choice in choices}


def _note(entries: list[dict[str, Any]], name: str, trace: Trace, reading: Reading) -> None:
    """Note a trace once, with every reading next to which it says the same."""
    if entries and entries[-1]["trace"] == name:
        entries[-1]["next_to"].append(reading.name)
        return
    outcome = trace.header.outcome
    entries.append({"trace": name, "outcome": outcome, "next_to": [reading.name]})
