"""Parts are followed apart where that is exact, and together where it is not."""

import pytest

from clusckpt.oracle import candidates
from clusckpt.oracle.candidates import NO_PROVENANCE, Candidate
from clusckpt.oracle.parts import PartwiseFollower, automaton, division, factors, follower
from clusckpt.oracle.parts.division import divided
from clusckpt.oracle.replay import Follower
from clusckpt.oracle.verdict import VerdictKind
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES, Rulebook
from clusckpt.start import initial_state
from clusckpt_spec.formats import events
from clusckpt_spec.formats.events import AnyEvent
from clusckpt_spec.formats.trace import Header, TraceLine
from tests.drive import ADD
from tests.model.oracle.parts.clusters import header, line


def _followed(
    start: Header, *lines: TraceLine, rules: Rulebook = MSCS_PAGE_RULES
) -> PartwiseFollower:
    """The follower in parts after some lines, which has reported what the plain one reports."""
    parts = PartwiseFollower(start, rules, goes_on=True)
    plain = Follower(start, rules, goes_on=True)
    for number, one in enumerate(lines, 2):
        told = TraceLine(number, one.event, one.returned, one.observed)
        parts.follow_window((told,))
        plain.follow(told)
    assert parts.report() == plain.report()
    return parts


@pytest.mark.parametrize(
    "event",
    [
        events.ClusterResourceControl("A", ADD, "S\\C"),
        events.CreateClusterResource("C", "GA"),
        events.BackupClusterDatabase("p"),
        events.QuorumChange("full"),
        events.RegSetValueEx("N1", "S", "v", 1),
        events.NodeCrash("N2"),
    ],
)
def test_apart_again_after_the_whole(event: AnyEvent) -> None:
    """After a line of the whole cluster its parts are apart again, if one state remains."""
    seen = {"N1": {"S\\A": {"v": 1}}}
    later = line(events.RegSetValueEx("N1", "S\\A", "v", 1), 0, registry=seen)

    assert _followed(header(), line(event), later, later).is_divided


def test_together_once_a_root_reaches_into_another_part() -> None:
    """A root that is added over another one makes one part of both, and they meet in it."""
    seen = {"N1": {"S\\B": {"v": 7}}}
    add = line(events.ClusterResourceControl("A", ADD, "S\\B"), 0)
    write = line(events.RegSetValueEx("N1", "S\\B", "v", 7), 0, registry=seen)
    online = [line(events.OnlineClusterResource(name), 0) for name in "AB"]
    lost = line(events.MoveClusterGroup("GB", "N2"), 0, registry={"N2": {"S\\B": {"v": 0}}})

    parts = _followed(header(), add, *online, write, lost)

    assert [one.line for one in parts.report().violations] == [6]


def test_violations_of_both_kinds_of_parts() -> None:
    """A wrong observation in one part, or in two at once, breaks the rules that it breaks."""
    write = events.RegSetValueEx("N1", "S\\A", "v", 1)
    wrong = {"N1": {"S\\A": {"v": 2}, "S\\B": {"v": 3}}}
    lines = (
        line(write, 0, registry=wrong),
        line(write, 0, states={"B": "Online"}),
        line(write, 5),
        line(events.DllOnline("B")),
        line(write, 0, registry={"N1": {"S\\A": {"v": 1}}}),
    )

    parts = _followed(header(), *lines)

    assert [one.line for one in parts.report().violations] == [2, 3, 4, 5]
    assert parts.is_divided


def test_blame_of_a_change_above_the_roots() -> None:
    """A key that vanished with the one above it is blamed on that, and not on what was before."""
    lines = (
        line(events.RegSetValueEx("N1", "S\\A", "v", 1), 0),
        line(events.RegDeleteTree("N1", "S"), 0),
        line(events.RegSetValueEx("N1", "S\\B", "v", 1), 0),
        line(events.CryptGenKey("N1", "1\\\\K", "x"), 0, registry={"N1": {"S\\A": {"v": 1}}}),
    )

    assert [one.line for one in _followed(header(), *lines).report().violations] == [5]


def test_sets_of_parts_do_not_multiply(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many states of the whole cluster are no matter until a line concerns the whole."""
    for module in (candidates, factors):
        monkeypatch.setattr(module, "LARGEST_SET", 7)
    start = header({name: (f"S\\{name}",) for name in "ABC"})
    writes = [events.RegSetValueEx("N1", f"S\\{name}", "v", 1) for name in "ABC"]
    lines = [
        *(line(events.OnlineClusterResource(name), 0) for name in "ABC"),
        *(line(write, 0) for write in writes),
    ]
    parts = PartwiseFollower(start, WINDOWS_OBSERVED_RULES)
    plain = Follower(start, WINDOWS_OBSERVED_RULES)
    for one in lines:
        parts.follow(one)
        plain.follow(one)

    assert plain.report().kind is VerdictKind.UNDECIDED
    assert parts.report().kind is VerdictKind.CONFORMS

    parts.follow(line(events.BackupClusterDatabase("p"), 0))

    assert parts.report().kind is VerdictKind.UNDECIDED


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the length of a trace, only so many sets and routes are known at a time."""
    monkeypatch.setattr(automaton, "MOST_REMEMBERED", 20)
    monkeypatch.setattr(division, "MOST_ROUTES", 10)
    values = [*range(40), *range(40)]
    lines = [line(events.RegSetValueEx("N1", "S\\A", "v", value), 0) for value in values]
    wrong = line(events.RegSetValueEx("N1", "S\\A", "v", 1), 0, registry={"N1": {"S\\A": None}})

    _followed(header(), *lines, wrong)
    start = Candidate(initial_state(header()), NO_PROVENANCE)
    parts = divided([start], MSCS_PAGE_RULES)
    assert parts is not None
    sizes = []
    for one in lines:
        parts.follow(one)
        sizes.append(parts.remembered)

    assert 10 < max(learnt for learnt, _ in sizes) <= 20 + 2
    assert max(routes for _, routes in sizes) == 10


def test_a_line_that_came_before_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same states, the same line leads to the same states."""
    write = line(events.RegSetValueEx("N1", "S\\A", "v", 1), 0)
    parts = _followed(header(), write, write)

    def refused(*_: object) -> None:
        pytest.fail("worked out again")

    monkeypatch.setattr(automaton, "followed", refused)
    parts.follow(write)

    assert parts.report().explained == 3


def test_traces_with_gaps_are_followed_as_a_whole() -> None:
    """Where lines may be missing, or their order is not known, parts are not told apart."""
    start = header()
    gaps = Header(start.format, start.cluster, registry=start.registry, missing=("registry",))
    clocks = Header(start.format, start.cluster, registry=start.registry, skew=1.0)

    assert not PartwiseFollower(gaps, MSCS_PAGE_RULES).is_divided
    assert not PartwiseFollower(clocks, MSCS_PAGE_RULES).is_divided
    assert PartwiseFollower(start, MSCS_PAGE_RULES).is_divided


def test_many_states_of_the_whole_are_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more states remain than are worth the try, the whole cluster is followed on."""
    lines = [line(events.OnlineClusterResource("A"), 0), line(events.BackupClusterDatabase("p"), 0)]

    assert _followed(header(), *lines).is_divided
    monkeypatch.setattr(follower, "MOST_DIVIDED", 0)
    assert not _followed(header(), *lines).is_divided
