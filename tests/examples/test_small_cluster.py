"""The small cluster is a cluster: what its rules promise is seen from outside, and no more."""

import ast
import os
import signal
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from clusckpt_spec.formats.adapter import ObserveParams, ResetParams
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
from clusckpt_spec.formats.events import (
    AnyEvent,
    BackupClusterDatabase,
    CaptureDelayPasses,
    ClusterResourceControl,
    CreateClusterResource,
    DeleteClusterResource,
    FailClusterResource,
    MoveClusterGroup,
    NodeCrash,
    NodeJoin,
    OfflineClusterResource,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RegDeleteValue,
    RestoreClusterDatabase,
)
from clusckpt_spec.readings import MSCS_PAGE, WINDOWS_OBSERVED
from tests.examples.clusters import (
    ADD,
    DELETE,
    GET,
    LOOK,
    LOOK_DEEPER,
    ROOT,
    START,
    control,
    readings_of,
    write,
)
from tests.examples.session import LONGEST_WAIT, RpcError, Session, alive

FOLDER = Path(str(files("clusckpt") / "data" / "examples" / "small_cluster"))
NEVER = "600"
"""A delay of the timer that no test lives to see, in seconds."""


def command(delay: str) -> list[str | Path]:
    """The adapter with a delay of its timer."""
    return [sys.executable, FOLDER / "adapter.py", "--delay", delay]


def running(delay: str) -> Iterator[Session]:
    """A cluster for some tests, of which no process is left after them."""
    with Session(command(delay)) as session:
        yield session

        assert session.close_input() == 0
        assert alive(session.pid) == []


@pytest.fixture(scope="module")
def hesitant() -> Iterator[Session]:
    """A cluster whose timer never runs."""
    yield from running(NEVER)


@pytest.fixture(scope="module")
def prompt() -> Iterator[Session]:
    """A cluster whose timer runs soon."""
    yield from running("0.02")


def statuses(session: Session, *events: AnyEvent) -> list[int | str | None]:
    """What the events answer, on a cluster that starts anew."""
    session.reset(START, LOOK_DEEPER)
    return [session.do(event) for event in events]


def mode(session: Session, node: str) -> object:
    """The value that a node has now."""
    key = session.observe(LOOK).registry[node][ROOT]
    return None if key is None else key["Mode"]


def stored(session: Session) -> object:
    """The value in the stored copy, or None if there is no copy."""
    tree = session.observe(LOOK_DEEPER).stored["SQL"][ROOT]
    key = None if tree is None else tree[ROOT]
    return None if key is None else key["Mode"]


def test_it_imports_nothing_of_the_checker() -> None:
    """Every import is of the standard library or of the example itself."""
    modules = sorted(FOLDER.glob("*.py"))
    nodes = [node for one in modules for node in ast.walk(ast.parse(one.read_text("utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    origins = {(node.level, node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    absolute = plain | {str(module) for level, module in origins if level == 0}

    assert absolute
    assert {name.split(".")[0] for name in absolute} <= set(sys.stdlib_module_names)
    assert {level for level, _ in origins} == {0, 1}


def test_it_says_what_it_can_do(prompt: Session) -> None:
    """The capabilities name calls and observations of the protocol."""
    capabilities = prompt.initialize()

    assert {"NodeCrash", "RestoreClusterDatabase", "CaptureDelayPasses"} <= set(capabilities.calls)
    assert set(capabilities.observes) == {"states", "owners", "registry", "stored", "checkpoints"}


def test_a_crash_before_the_timer_loses_the_change(hesitant: Session) -> None:
    """The field allows a change to be lost with the node; the page does not."""
    crash = NodeCrash("Node1")
    statuses(hesitant, OnlineClusterResource("SQL"), write(2), crash)

    assert (mode(hesitant, "Node1"), mode(hesitant, "Node2"), stored(hesitant)) == (2, 1, 1)
    assert readings_of(hesitant.trace) == {WINDOWS_OBSERVED.name}


def test_a_crash_after_the_timer_loses_nothing(prompt: Session) -> None:
    """What the timer has stored reaches the other node."""
    statuses(prompt, OnlineClusterResource("SQL"))
    prompt.do(write(2))
    prompt.do(CaptureDelayPasses())
    prompt.do(NodeCrash("Node1"))

    assert (mode(prompt, "Node2"), stored(prompt)) == (2, 2)
    assert WINDOWS_OBSERVED.name in readings_of(prompt.trace)


def test_an_orderly_offline_saves(hesitant: Session) -> None:
    """A move saves what the timer has not, and a node that joins again gets it back."""
    answers = statuses(
        hesitant,
        OnlineClusterResource("SQL"),
        write(2),
        MoveClusterGroup("Group"),
        NodeCrash("Node1"),
        NodeJoin("Node1"),
        MoveClusterGroup("Group", "Node1"),
    )

    assert answers == [0, 0, 0, None, None, 0]
    assert (mode(hesitant, "Node1"), mode(hesitant, "Node2"), stored(hesitant)) == (2, 2, 2)
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_an_offline_change_is_overwritten(hesitant: Session) -> None:
    """A change made while the resource is offline is gone when it comes online."""
    statuses(hesitant, write(7), OnlineClusterResource("SQL"))

    assert mode(hesitant, "Node1") == 1
    assert readings_of(hesitant.trace) == {MSCS_PAGE.name, WINDOWS_OBSERVED.name}


def test_a_failure_saves_nothing(hesitant: Session) -> None:
    """A failed resource is restored at its next online, without what was not captured."""
    failed = FailClusterResource("SQL")
    answers = statuses(hesitant, OnlineClusterResource("SQL"), write(2), failed, failed)

    assert answers == [0, 0, 0, 5004]
    assert hesitant.observe(LOOK).states == {"SQL": "Failed"}
    assert hesitant.do(OfflineClusterResource("SQL")) == 5038
    assert hesitant.do(OnlineClusterResource("SQL")) == 0
    assert mode(hesitant, "Node1") == 1
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_checkpoints_are_added_listed_and_deleted(hesitant: Session) -> None:
    """The control codes answer with the published numbers, whatever the case of a name."""
    answers = statuses(
        hesitant,
        control(ADD, ROOT.upper()),
        control(ADD, "Software\\Missing"),
        control(ADD, "\\Software"),
        control(ADD, "Software"),
        control(DELETE, ROOT.lower()),
        control(DELETE, ROOT),
        ClusterResourceControl("SQL", 0x010000A9, output_size=4),
        ClusterResourceControl("SQL", GET, output_size=200),
        ClusterResourceControl("Nobody", GET),
        ClusterResourceControl("SQL", ADD, ROOT, access="Read"),
        ClusterResourceControl("SQL", ADD, input_bytes="410042000000"),
    )

    assert answers == [183, 2, 87, 0, 0, 2, 234, 0, 5007, 5, 2]
    assert hesitant.observe(LOOK_DEEPER).checkpoints == {"SQL": ("Software",)}
    assert stored(hesitant) is None
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_a_deleted_resource_takes_its_copies_with_it(hesitant: Session) -> None:
    """A resource of the same name has no checkpoints, and its online restores nothing."""
    answers = statuses(
        hesitant,
        OnlineClusterResource("SQL"),
        DeleteClusterResource("SQL"),
        OfflineClusterResource("SQL"),
        DeleteClusterResource("SQL"),
        CreateClusterResource("sql", "group"),
        write(2),
        OnlineClusterResource("SQL"),
    )

    assert answers == [0, 5019, 0, 0, 0, 0, 0]
    assert (mode(hesitant, "Node1"), stored(hesitant)) == (2, None)
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_a_backup_brings_the_copies_back(hesitant: Session) -> None:
    """A restored database has the copies of its backup, and every resource begins offline."""
    answers = statuses(
        hesitant,
        BackupClusterDatabase("D:\\Backup\\quolog.log"),
        BackupClusterDatabase("D:\\Backup"),
        OnlineClusterResource("SQL"),
        write(2),
        OfflineClusterResource("SQL"),
        RestoreClusterDatabase("d:\\backup", "Node1"),
        RestoreClusterDatabase("d:\\backup", "Node1", force=True),
        OnlineClusterResource("SQL"),
    )

    assert answers == [267, 0, 0, 0, 0, 5056, 0, 0]
    assert (mode(hesitant, "Node1"), stored(hesitant)) == (1, 1)
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_registry_functions_answer_by_their_numbers(hesitant: Session) -> None:
    """What is not there cannot be deleted, and the service need not be up for the registry."""
    answers = statuses(
        hesitant,
        RegCreateKeyEx("Node1", f"{ROOT}\\Sub"),
        RegDeleteValue("Node1", ROOT, "Path"),
        RegDeleteValue("Node1", ROOT, "mode"),
        RegDeleteTree("Node1", ROOT),
        RegDeleteTree("Node1", ROOT),
        NodeCrash("Node2"),
        write(5, "Node2"),
    )

    assert answers == [0, 2, 0, 0, 2, None, 0]
    assert mode(hesitant, "Node2") == 5
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_dependencies_come_online_first(hesitant: Session) -> None:
    """A resource brings along what it needs, and takes along what needs it."""
    resources = (Resource("Disk", "G"), Resource("SQL", "G", dependencies=("Disk",)))
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), resources)
    hesitant.reset(ResetParams(cluster), ObserveParams(states=("Disk", "SQL")))
    hesitant.do(OnlineClusterResource("SQL"))
    hesitant.do(DeleteClusterResource("Disk"))
    hesitant.do(OfflineClusterResource("Disk"))
    states = [line.observed.states for line in hesitant.trace.lines if line.observed]

    assert states == [
        dict.fromkeys(("Disk", "SQL"), one) for one in ("Online", "Online", "Offline")
    ]
    assert hesitant.do(DeleteClusterResource("Disk")) == 5001
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


def test_without_a_node_nobody_answers(hesitant: Session) -> None:
    """With every node down, requests fail and nothing is told; a node that joins brings it back."""
    statuses(hesitant, OnlineClusterResource("SQL"), NodeCrash("Node1"), NodeCrash("Node2"))

    assert hesitant.do(OnlineClusterResource("SQL")) == 1722
    assert hesitant.observe(LOOK).states == {}
    assert hesitant.do(NodeJoin("Node1")) is None
    assert hesitant.observe(LOOK).states == {"SQL": "Online"}
    assert WINDOWS_OBSERVED.name in readings_of(hesitant.trace)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", -32700),
        (b"[" * 100_000, -32700),
        (b"[]", -32600),
        (b'{"id": 1, "method": "CryptGenKey"}', -32601),
        (b'{"id": 1, "method": "NodeCrash", "params": {"node": "Nobody"}}', -32602),
        (b'{"id": 1, "method": "OnlineClusterResource"}', -32602),
    ],
)
def test_what_cannot_be_answered_is_an_error(hesitant: Session, line: bytes, code: int) -> None:
    """A request that is no request is answered with the number of its fault, and does no harm."""
    hesitant.reset(START, LOOK)

    assert hesitant.send(line)["error"]["code"] == code
    assert hesitant.do(OnlineClusterResource("SQL")) == 0


def test_key_containers_are_refused(hesitant: Session) -> None:
    """A cluster with key containers cannot be set up, and that is said."""
    with pytest.raises(RpcError, match="there are no key containers here"):
        hesitant.reset(ResetParams(START.cluster, containers={"Node1": {"1\\\\Box": "k"}}), LOOK)


def test_calls_before_a_reset_are_refused() -> None:
    """Without a cluster there is nothing to call."""
    with Session(command(NEVER)) as session:
        with pytest.raises(RpcError, match="send reset first"):
            session.ask("OnlineClusterResource", {"resource": "SQL"})
        assert session.shut_down() == 0


@pytest.mark.parametrize("end", ["shutdown", "end of input", "SIGTERM"])
def test_it_leaves_no_process_and_no_file(
    end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is ended, every node ends with it, and its directory is gone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Session(command(NEVER)) as session:
        session.reset(START, LOOK)
        session.do(NodeCrash("Node1"))
        before, directories = alive(session.pid), list(tmp_path.iterdir())
        if end == "SIGTERM":
            os.kill(session.pid, signal.SIGTERM)
        status = session.shut_down() if end == "shutdown" else session.close_input()

        assert len(before) > 1
        assert len(directories) == 1
        assert (status, alive(session.pid), list(tmp_path.iterdir())) == (0, [], [])


def test_nodes_end_with_an_adapter_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing outlives the adapter, even if it had no time to clean up."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Session(command(NEVER)) as session:
        session.reset(START, LOOK)
        before = alive(session.pid)
        status = session.kill()

        assert len(before) > 1
        assert status == -signal.SIGKILL
        assert vanished(session.pid)


def vanished(group: int) -> bool:
    """Whether every process of a group ends before anybody loses patience."""
    patience = time.monotonic() + LONGEST_WAIT
    while alive(group) and time.monotonic() < patience:
        time.sleep(0.01)
    return not alive(group)
