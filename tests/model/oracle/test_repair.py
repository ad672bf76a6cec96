"""After a violation the oracle takes what was seen as it is, and follows the trace on."""

from clusckpt.oracle import Judgement, VerdictKind, judge
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    DllOnline,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
from clusckpt_spec.readings import MSCS_PAGE
from clusckpt_spec.register import RuleID

KEY = "Software\\Acme"
HEADER = Header(
    TRACE_FORMAT,
    Cluster(
        CLUSTER_FORMAT,
        ("N1", "N2"),
        (Group("G", owner="N1"),),
        (Resource("A", group="G", registry_checkpoints=(RegistryCheckpoint(KEY),)),),
    ),
    registry={"N1": {KEY: {"v": "old"}}},
)

Step = tuple[AnyEvent, int | None, Observation | None]


def _judged(*steps: Step) -> Judgement:
    lines = [TraceLine(number, *step) for number, step in enumerate(steps, start=2)]
    return judge(HEADER, lines, (MSCS_PAGE,), (MSCS_PAGE,))


def _sees(node: str, text: str | None) -> Observation:
    return Observation(registry={node: {KEY: {"v": text}}})


def _broken(judgement: Judgement) -> list[tuple[int, RuleID]]:
    return [(one.line, one.rule) for one in judgement.telling.violations]


def test_every_violation_of_a_trace_is_reported() -> None:
    """Two restores that bring the wrong data are two violations, and what is right is none."""
    judgement = _judged(
        (OnlineClusterResource("A"), 0, _sees("N1", "old")),
        (RegSetValueEx("N1", KEY, "v", "new"), 0, None),
        (MoveClusterGroup("G", "N2"), 0, _sees("N2", "old")),
        (RegSetValueEx("N2", KEY, "v", "third"), 0, None),
        (MoveClusterGroup("G", "N1"), 0, _sees("N1", "third")),
        (MoveClusterGroup("G", "N2"), 0, _sees("N2", "old")),
    )

    assert [line for line, _ in _broken(judgement)] == [4, 7]
    assert judgement.telling.explained == 2


def test_what_was_seen_is_taken_as_it_is() -> None:
    """Data that came about against the rules are the data from then on."""
    wrong = (OnlineClusterResource("A"), 0, _sees("N1", "foreign"))
    same = _judged(wrong, (OfflineClusterResource("A"), 0, _sees("N1", "foreign")))
    other = _judged(wrong, (OfflineClusterResource("A"), 0, _sees("N1", "old")))

    assert [line for line, _ in _broken(same)] == [2]
    assert [line for line, _ in _broken(other)] == [2, 3]


def test_a_wrong_status_is_one_violation() -> None:
    """A call that fails against the rules is reported once; nothing has changed by it."""
    judgement = _judged(
        (OnlineClusterResource("A"), 5, None),
        (OnlineClusterResource("A"), 0, Observation(states={"A": "Online"})),
    )

    assert [line for line, _ in _broken(judgement)] == [2]


def test_what_cannot_happen_has_happened() -> None:
    """An online out of nowhere is reported, and the resource is online from then on."""
    judgement = _judged(
        (DllOnline("A"), None, None),
        (OfflineClusterResource("A"), 0, Observation(states={"A": "Offline"})),
    )

    assert _broken(judgement) == [(2, RuleID.RESTORE_BEFORE_ONLINE)]


def test_states_owners_and_copies_are_taken_over() -> None:
    """Whatever part was seen otherwise, the same observation is right the next time."""
    seen = Observation(
        states={"A": "Online"},
        owners={"G": "N2"},
        registry={"N2": {KEY: {"v": "x", "w": None}}},
        stored={"A": {KEY: {KEY: {"v": "y"}}}},
    )
    judgement = _judged(
        (RegSetValueEx("N1", "Software\\Other", "v", "1"), 0, seen),
        (RegSetValueEx("N1", "Software\\Other", "v", "2"), 0, seen),
    )

    assert [line for line, _ in _broken(judgement)] == [2]


def test_a_trace_that_conforms_has_no_violation() -> None:
    """The positive control: nothing is repaired where nothing is wrong."""
    judgement = _judged((OnlineClusterResource("A"), 0, _sees("N1", "old")))

    assert judgement.telling.kind is VerdictKind.CONFORMS
    assert judgement.telling.violations == ()
