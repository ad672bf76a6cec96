"""The oracle follows traces with every state that remains possible."""

import pytest

from clusckpt.oracle import Report, VerdictKind, candidates, replay
from clusckpt.oracle.candidates import NO_PROVENANCE, Candidate, closed
from clusckpt.oracle.violations import status_name
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES, Rulebook
from clusckpt.start import initial_state
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    ClusterResourceControl,
    DllOnline,
    MoveClusterGroup,
    NodeCrash,
    OfflineClusterResource,
    OnlineClusterResource,
    RegSetValueEx,
    RestoreCheckpoint,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header, Observation, TraceLine
from clusckpt_spec.formats.values import WrittenTree
from tests.drive import ADD, GET

KEY = "Software\\Acme"


def _header(*keys: str) -> Header:
    """A on N1 of N1 and N2, with checkpoints on these keys, which N1 has."""
    roots = tuple(RegistryCheckpoint(key) for key in keys)
    cluster = Cluster(
        CLUSTER_FORMAT,
        ("N1", "N2"),
        (Group("GA", owner="N1"),),
        (Resource("A", group="GA", registry_checkpoints=roots),),
    )
    registry: dict[str, WrittenTree] = {"N1": {key: {"v": "old"} for key in (*keys, KEY)}}
    return Header(TRACE_FORMAT, cluster, registry=registry)


def _checked(
    header: Header,
    *steps: tuple[AnyEvent, int | None, Observation | None],
    rules: Rulebook = MSCS_PAGE_RULES,
) -> Report:
    lines = [
        TraceLine(number, event, returned, observed)
        for number, (event, returned, observed) in enumerate(steps, start=2)
    ]
    return replay(header, lines, rules)


def _registry(node: str, text: str | None) -> Observation:
    return Observation(registry={node: {KEY: {"v": text}}})


def test_unseen_steps_of_the_service_are_followed() -> None:
    """After a crash the service may have failed the group over and finished, or not yet."""
    for owner, state in (("N1", "Offline"), ("N2", "OnlinePending"), ("N2", "Online")):
        seen = Observation(states={"A": state}, owners={"GA": owner})
        report = _checked(
            _header(KEY),
            (OnlineClusterResource("A"), 0, None),
            (NodeCrash("N1"), None, seen),
        )

        assert report.kind is VerdictKind.CONFORMS


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_online_without_the_restore() -> None:
    """A resource that is online on a node whose tree was not restored breaks that rule."""
    seen = Observation(states={"A": "Online"}, registry={"N2": {KEY: None}})
    report = _checked(
        _header(KEY),
        (OnlineClusterResource("A"), 0, None),
        (MoveClusterGroup("GA", "N2"), 0, seen),
    )

    assert report.violation is not None
    assert report.violation.rule == "CKPT-RESTORE-BEFORE-ONLINE"
    assert report.violation.got == "Software\\Acme on N2: no such key"
    assert report.violation.allowed == ("Software\\Acme on N2: the key exists",)


@pytest.mark.rule("CKPT-CAPTURE-ONLINE")
def test_a_copy_that_was_not_taken() -> None:
    """A copy that is older than a change made while online breaks the rule about capture."""
    stale = Observation(stored={"A": {KEY: {KEY: {"v": "old"}}}})
    report = _checked(
        _header(KEY),
        (OnlineClusterResource("A"), 0, None),
        (RegSetValueEx("N1", KEY, "v", "new"), 0, stale),
    )

    assert report.violation is not None
    assert report.violation.rule == "CKPT-CAPTURE-ONLINE"
    assert report.violation.allowed == (
        "stored copy of Software\\Acme of A, key Software\\Acme: v = 'new'",
    )


@pytest.mark.rule("CKPT-OFFLINE-OVERWRITTEN")
def test_an_offline_change_that_reached_the_copy() -> None:
    """A copy that follows a change made while offline breaks the rule about offline changes."""
    followed = Observation(stored={"A": {KEY: {KEY: {"v": "new"}}}})
    report = _checked(_header(KEY), (RegSetValueEx("N1", KEY, "v", "new"), 0, followed))

    assert report.violation is not None
    assert report.violation.rule == "CKPT-OFFLINE-OVERWRITTEN"


@pytest.mark.rule("CKPT-ADD-REGISTRY")
def test_a_wrong_status() -> None:
    """A second add that succeeds breaks the contract of the control code."""
    report = _checked(_header(KEY), (ClusterResourceControl("A", ADD, KEY), 0, None))

    assert report.violation is not None
    assert report.violation.rule == "CKPT-ADD-REGISTRY"
    assert report.violation.got == "returned ERROR_SUCCESS (0)"
    assert report.violation.allowed == ("returned ERROR_ALREADY_EXISTS (183)",)


def test_any_failing_status_is_an_unspecified_failure() -> None:
    """Where the documents give no status, any failing one conforms, and success does not."""
    event = ClusterResourceControl("A", ADD, "\\" + KEY)
    kinds = [_checked(_header(KEY), (event, status, None)).kind for status in (2, 161, 0)]

    assert kinds == [VerdictKind.CONFORMS, VerdictKind.CONFORMS, VerdictKind.VIOLATES]


@pytest.mark.rule("CKPT-GET-REGISTRY")
def test_lists_are_compared_as_sets() -> None:
    """GET may answer in any order, but must answer everything, once, in the case as added."""
    header = _header(KEY, "Software\\Other")
    get = ClusterResourceControl("A", GET)

    def kind(*listed: str) -> VerdictKind:
        return _checked(header, (get, 0, Observation(checkpoints={"A": listed}))).kind

    assert kind("Software\\Other", KEY) is VerdictKind.CONFORMS
    assert kind(KEY) is VerdictKind.VIOLATES
    assert kind(KEY, KEY, "Software\\Other") is VerdictKind.VIOLATES
    assert kind(KEY.upper(), "Software\\Other") is VerdictKind.VIOLATES


def test_what_cannot_happen() -> None:
    """The resource DLL's Online before the restore is an event that cannot happen."""
    report = _checked(
        _header(KEY), (OnlineClusterResource("A"), 997, None), (DllOnline("A"), None, None)
    )

    assert report.kind is VerdictKind.CONFORMS
    report = _checked(_header(KEY), (DllOnline("A"), None, None))
    assert report.violation is not None
    assert report.violation.allowed == ("it cannot happen here",)


def test_steps_of_the_service_can_be_logged() -> None:
    """A log that shows the restore is followed exactly."""
    pending = Observation(states={"A": "OnlinePending"}, registry={"N1": {KEY: {"v": "old"}}})
    report = _checked(
        _header(KEY),
        (RegSetValueEx("N1", KEY, "v", "edit"), 0, None),
        (OnlineClusterResource("A"), 997, None),
        (RestoreCheckpoint("A", KEY), None, pending),
        (DllOnline("A"), None, Observation(states={"A": "Online"})),
    )

    assert report.kind is VerdictKind.CONFORMS


@pytest.mark.parametrize(
    ("seen", "what"),
    [
        (Observation(states={"A": "Failed"}), "state of A: Failed"),
        (Observation(states={"X": "Online"}), "state of X: Online"),
        (Observation(owners={"GA": "N2"}), "owner of GA: N2"),
        (Observation(containers={"N1": {"1\\\\C": "k"}}), "container 1\\\\C on N1: 'k'"),
        (Observation(stored={"A": {KEY: None}}), "stored copy of Software\\Acme of A: no copy"),
        (Observation(stored={"A": {"X": {}}}), "stored copy of X of A: a copy"),
        (_registry("N1", None), "Software\\Acme on N1: v = no such value"),
    ],
)
def test_every_kind_of_observation_counts(seen: Observation, what: str) -> None:
    """An observation of any kind that is not so is reported as what it is."""
    report = _checked(_header(KEY), (OfflineClusterResource("A"), 0, seen))

    assert report.violation is not None
    assert report.violation.got == what


def test_allowed_values_are_listed_by_number_and_not_all() -> None:
    """Under a delayed reading many values are possible: the first are listed, the rest counted."""
    numbers = [*range(7, 12), 1, 2, 3, 4, 5]
    steps: list[tuple[AnyEvent, int | None, Observation | None]] = [
        (OnlineClusterResource("A"), 0, Observation(states={"A": "Online"}))
    ]
    steps += [(RegSetValueEx("N1", KEY, "v", number), 0, None) for number in numbers]
    wrong = Observation(stored={"A": {KEY: {KEY: {"v": "none of them"}}}})
    steps[-1] = (RegSetValueEx("N1", KEY, "v", 5), 0, wrong)
    report = _checked(_header(KEY), *steps, rules=WINDOWS_OBSERVED_RULES)

    assert report.violation is not None
    listed = [text.rpartition(" = ")[2] for text in report.violation.allowed[:-1]]
    assert listed == ["1", "2", "3", "4", "5", "7", "8", "9"]
    assert report.violation.allowed[-1].endswith(": 3 further possibilities")


def test_too_many_states_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """When more states remain possible than are followed, the verdict says what would decide."""
    monkeypatch.setattr(candidates, "LARGEST_SET", 2)
    report = _checked(_header(KEY, "Software\\Other"), (OnlineClusterResource("A"), None, None))

    assert report.kind is VerdictKind.UNDECIDED
    assert report.decisive.endswith(
        "of every resource's state and every group's owner would decide"
    )


def test_closing_keeps_each_state_once() -> None:
    """The closure of a state that goes nowhere by itself is that state."""
    state = initial_state(_header(KEY))
    only = [Candidate(state, NO_PROVENANCE)]

    assert closed(only * 3, MSCS_PAGE_RULES) == only


def test_statuses_are_named() -> None:
    """A status is shown with its name and number, or with its number alone."""
    assert status_name(183) == "ERROR_ALREADY_EXISTS (183)"
    assert status_name(31) == "31"
