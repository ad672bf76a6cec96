"""The diagram: what is certain, what moved, what was lost, and where a rule is broken."""

from clusckpt.names import fold
from clusckpt.predictions.bundled import bundled_names, bundled_trace
from clusckpt.reports.diagram import Step
from clusckpt.reports.drawing import MOST_STEPS
from clusckpt.reports.picture import ABSENT, NOWHERE, UNCERTAIN, Place, Root
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES
from clusckpt.state import CheckpointKind, CheckpointName
from clusckpt_spec.formats.events import CaptureDelayPasses, LoseStoredCopy
from clusckpt_spec.formats.trace import Observation
from clusckpt_spec.register import RuleID
from tests.reports.traces import (
    CRASH,
    MOVE,
    OFFLINE,
    ONLINE,
    ROOT,
    diagram,
    steps,
    trace,
    unrestored,
    write,
)

R = fold("R")
THE_ROOT = Root(R, CheckpointName(CheckpointKind.REGISTRY, fold(ROOT)))
ON_N1 = Place("tree", fold("N1"), THE_ROOT)
ON_N2 = Place("tree", fold("N2"), THE_ROOT)
COPY = Place("copy", NOWHERE, THE_ROOT)
STATE = Place("state", R)
OWNER = Place("owner", R)


def shown(step: Step, *places: Place) -> tuple[str, ...]:
    """What a step shows at some places."""
    assert step.cells is not None
    return tuple(step.cells[place] for place in places)


def moved(step: Step) -> list[tuple[str, str, str]]:
    """The moves of a step: what, from or to which node, which data."""
    return [(move.kind.value, move.node, move.label) for move in step.moves]


def test_the_start_shows_contents_and_copies() -> None:
    """Before the first step the copy is what the owner has, and each node has its own data."""
    drawn = diagram(trace(ONLINE))

    assert [drawn.start[place] for place in (ON_N1, ON_N2, COPY)] == ["A", "B", "A"]
    assert [(value.label, value.told) for value in drawn.values] == [
        ("A", ("v = 'old'",)),
        ("B", ("v = 'new'",)),
    ]


def test_a_change_while_online_is_captured() -> None:
    """A write to a root of a resource that is online goes to the quorum in the same step."""
    _, written = steps(MSCS_PAGE_RULES, ONLINE, write("newer"))

    assert shown(written, STATE, ON_N1, COPY) == ("Online", "C", "C")
    assert moved(written) == [("capture", "N1", "C")]


def test_a_change_while_offline_is_lost() -> None:
    """What was written while the resource was offline is replaced, and nothing else has it."""
    *_, written, online = steps(MSCS_PAGE_RULES, ONLINE, OFFLINE, write("newer"), ONLINE)

    assert moved(written) == []
    assert moved(online) == [("restore", "N1", "A"), ("lost", "N1", "C")]


def test_what_another_node_still_has_is_not_lost() -> None:
    """A restore over data that the other node has as well loses nothing."""
    *_, online = steps(MSCS_PAGE_RULES, ONLINE, OFFLINE, write("new"), ONLINE)

    assert moved(online) == [("restore", "N1", "A")]


def test_a_move_restores_on_the_new_owner() -> None:
    """The new owner gets the copy; what it had before is lost."""
    _, moving = steps(MSCS_PAGE_RULES, ONLINE, MOVE)

    assert shown(moving, OWNER, ON_N2) == ("N2", "A")
    assert moved(moving) == [("restore", "N2", "A"), ("lost", "N2", "B")]


def test_a_lost_copy_is_marked() -> None:
    """A copy that goes away, while no node has the same any more, is lost."""
    *_, gone = steps(MSCS_PAGE_RULES, write("newer"), LoseStoredCopy("R", ROOT))

    assert shown(gone, COPY) == (ABSENT,)
    assert moved(gone) == [("lost", NOWHERE, "A")]


def test_what_is_open_is_a_question_mark() -> None:
    """Where captures wait for a timer, the copy is open until the delay has passed."""
    _, written, passed = steps(WINDOWS_OBSERVED_RULES, ONLINE, write("newer"), CaptureDelayPasses())

    assert shown(written, ON_N1, COPY) == ("C", UNCERTAIN)
    assert shown(passed, COPY) == ("C",)
    assert moved(passed) == [("capture", "N1", "C")]


def test_a_node_that_stopped_is_down() -> None:
    """After a crash the node is down, and who owns the group is open."""
    _, crashed = steps(MSCS_PAGE_RULES, ONLINE, CRASH)

    assert shown(crashed, Place("node", fold("N1")), OWNER) == ("down", UNCERTAIN)


def test_a_violation_shows_what_was_seen_and_what_is_allowed() -> None:
    """The step that breaks a rule has the data that was seen, and beside it what is allowed."""
    _, broken = diagram(unrestored()).steps

    assert broken.violation is not None
    assert broken.violation.rule is RuleID.RESTORE_BEFORE_ONLINE
    assert shown(broken, ON_N2) == ("B",)
    assert broken.wrong == {ON_N2: "A"}


def test_steps_after_a_violation_are_drawn() -> None:
    """The trace is followed on from what was seen."""
    told = trace((ONLINE, Observation(states={"R": "Failed"})), OFFLINE, ONLINE)
    broken, _, online = diagram(told).steps

    assert broken.wrong == {STATE: "Online"}
    assert online.violation is None
    assert shown(online, STATE) == ("Online",)


def test_long_traces_are_drawn_around_the_violation() -> None:
    """No more steps are drawn than fit; the first violation is one of them."""
    many = [write(str(number)) for number in range(300)]
    told = trace(*many, (ONLINE, Observation(states={"R": "Failed"})), *many[:40])
    drawn = diagram(told)

    assert len(drawn.steps) == MOST_STEPS
    assert drawn.steps_left_out == 141
    assert [step.number for step in drawn.steps if step.violation] == [301]


def test_every_bundled_trace_is_drawn() -> None:
    """Every line of every bundled trace is a step with cells."""
    for name in bundled_names():
        told = bundled_trace(name)
        drawn = diagram(told, WINDOWS_OBSERVED_RULES)

        assert [step.line for step in drawn.steps] == [line.number for line in told.lines], name
        assert all(step.cells for step in drawn.steps), name
