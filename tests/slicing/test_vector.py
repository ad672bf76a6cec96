"""A vector made from a slice has all that is allowed, and what was seen as a near miss."""

from importlib import resources

import msgspec
import pytest

from clusckpt.files.trace_file import load_trace
from clusckpt.oracle import VerdictKind, replay
from clusckpt.rules import MSCS_PAGE_RULES
from clusckpt.slicing import Slice, sliced
from clusckpt.slicing.vector import NoVector, regression_vector
from clusckpt_spec.formats.events import DllOnline
from clusckpt_spec.formats.trace import Trace
from clusckpt_spec.formats.vectors import VectorFile
from tests.slicing.traces import header, trace, violation
from tests.vectors.samples import header as header_of
from tests.vectors.samples import lines

FLIPS = resources.files("clusckpt").joinpath("data", "incidents", "rc11-login-mode-flips.jsonl")


def _slice(whole: Trace) -> Slice:
    wanted = violation(whole, MSCS_PAGE_RULES)
    assert wanted is not None
    return sliced(whole.header, whole.lines, MSCS_PAGE_RULES, wanted)


def test_what_was_seen_is_forbidden_and_the_rest_allowed() -> None:
    """The oracle explains every allowed result of the last step, and not the near miss."""
    file = regression_vector(_slice(load_trace(str(FLIPS))), MSCS_PAGE_RULES, "flips")
    (case,) = file.cases
    last = case.steps[-1]
    verdicts = {
        name: {
            replay(header_of(file, case), lines(file, case.steps, one), MSCS_PAGE_RULES).kind
            for one in results
        }
        for name, results in (("allowed", last.allowed), ("forbidden", last.forbidden))
    }

    assert verdicts == {
        "allowed": {VerdictKind.CONFORMS},
        "forbidden": {VerdictKind.VIOLATES},
    }
    assert case.readings == ("mscs-page",)
    assert last.forbidden[0].rule == "CKPT-RESTORE-BEFORE-ONLINE"


def test_the_file_is_one_of_vectors() -> None:
    """It can be written and read as clusckpt-vectors/1, and is the same every time."""
    found = _slice(load_trace(str(FLIPS)))
    file = regression_vector(found, MSCS_PAGE_RULES, "flips")

    assert msgspec.json.decode(msgspec.json.encode(file), type=VectorFile) == file
    assert regression_vector(found, MSCS_PAGE_RULES, "flips") == file


def test_what_cannot_happen_makes_no_vector() -> None:
    """An event that cannot happen at all has no allowed results, and so no case."""
    found = _slice(trace(header(), (DllOnline("R0"), None)))

    with pytest.raises(NoVector, match="in a case every event can happen"):
        regression_vector(found, MSCS_PAGE_RULES, "none")
