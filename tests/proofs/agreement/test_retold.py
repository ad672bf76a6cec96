"""A run of the transition system is retold as a trace of the model, or said not to be one."""

import pytest

from clusckpt_proofs.agreement import Carrier, retold
from clusckpt_spec.formats.events import OnlineClusterResource, RegCreateKeyEx, RegSetValueEx
from clusckpt_spec.readings import LIVE_PAIR, WINDOWS_OBSERVED

CARRIER = Carrier("one resource", 2, 1, ("A",), 2, WINDOWS_OBSERVED)
SET_UP = (("write", (0, 0, 1)), ("write", (0, 0, 2)), ("add_checkpoint", (0, 0)))


def test_each_step_is_an_event_with_what_is_seen() -> None:
    """The trace has one event a step, what it returned, and what is seen after it."""
    trace = retold(CARRIER, (*SET_UP, ("begin_online", (0,))), "a title")
    created, written, added, online = trace.lines

    assert trace.header.title == "a title"
    assert created.event == RegCreateKeyEx("N1", "A")
    assert written.event == RegSetValueEx("N1", "A", "v", 1)
    assert added.observed is not None
    assert added.observed.stored == {"R1": {"A": {"A": {"v": 1}}}}
    assert added.observed.registry == {"N1": {"A": {"v": 1}}, "N2": {"A": None}}
    assert online.event == OnlineClusterResource("R1")
    assert online.returned == "ERROR_IO_PENDING"


def test_several_steps_can_be_one_event() -> None:
    """Where a product replicates at once, an add and its replication are one event."""
    carrier = Carrier("live", 2, 1, ("A",), 2, LIVE_PAIR)
    trace = retold(carrier, (*SET_UP, ("replicate", (0, 0, 1))), "")

    assert len(trace.lines) == len(SET_UP)


def test_what_the_model_does_not_do_is_refused() -> None:
    """A step that no event of the model does is no part of a trace."""
    with pytest.raises(ValueError, match="no event that does") as refused:
        retold(CARRIER, (("restore", (0, 0)),), "")

    assert str(refused.value) == "the reference model has no event that does ('restore', (0, 0))"
