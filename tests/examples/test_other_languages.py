"""Adapters in other languages: small clusters that follow the page to the letter."""

import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from clusckpt_spec.formats.adapter import ResetParams
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    AnyEvent,
    CaptureDelayPasses,
    ClusterResourceControl,
    MoveClusterGroup,
    OfflineClusterResource,
    OnlineClusterResource,
    RegDeleteTree,
    RegSetValueEx,
)
from clusckpt_spec.readings import MSCS_PAGE, WINDOWS_OBSERVED
from tests.examples.clusters import ADD, DELETE, LOOK, ROOT, START, control, readings_of, write
from tests.examples.session import RpcError, Session, alive

FOLDER = Path(str(files("clusckpt") / "data" / "examples"))
LINES = 150
CALLS = {
    "RegSetValueEx",
    "ClusterResourceControl",
    "OnlineClusterResource",
    "OfflineClusterResource",
    "MoveClusterGroup",
}


def program(name: str) -> str:
    """Where a program is; these tests need it."""
    found = shutil.which(name)

    assert found, f"{name} is not installed; install the package (nodejs, gcc or perl) that has it"

    return found


def compiled(folder: Path) -> Path:
    """The adapter in C, compiled without a warning."""
    adapter = folder / "adapter"
    options = ("-std=c11", "-Wall", "-Wextra", "-Werror", "-O2")
    source = FOLDER / "c" / "adapter.c"
    subprocess.run([program("cc"), *options, "-o", adapter, source], check=True)  # noqa: S603 - ours

    return adapter


@pytest.fixture(scope="module", params=["node", "perl", "c"])
def session(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """An adapter that runs."""
    match request.param:
        case "node":
            command: list[str | Path] = [program("node"), FOLDER / "node" / "adapter.js"]
        case "perl":
            command = [program("perl"), FOLDER / "perl" / "adapter.pl"]
        case _:
            command = [compiled(tmp_path_factory.mktemp("c"))]
    with Session(command) as running:
        yield running

        assert running.shut_down() == 0
        assert alive(running.pid) == []


def do(session: Session, *events: AnyEvent) -> list[int | str | None]:
    """What the events answer, on a cluster that starts anew."""
    session.reset(START, LOOK)
    return [session.do(event) for event in events]


@pytest.mark.parametrize("language", ["node", "perl"])
def test_an_example_is_short(language: str) -> None:
    """All files of an example together have less than 150 lines; C needs a JSON reader beside."""
    sources = list((FOLDER / language).iterdir())
    lines = [line for one in sources for line in one.read_text(encoding="utf-8").splitlines()]

    assert sources
    assert len(lines) < LINES


def test_they_say_what_they_can_do(session: Session) -> None:
    """The capabilities name the calls and observations that are there."""
    capabilities = session.initialize()

    assert set(capabilities.calls) == CALLS
    assert capabilities.observes == ("states", "owners", "registry")


def test_a_change_moves_with_the_group(session: Session) -> None:
    """Captured as part of the change, it is on the other node, as the page says."""
    online = OnlineClusterResource("SQL")
    moved = MoveClusterGroup("group", "NODE2")
    answers = do(session, write(6), online, write(2), moved, write(3, "node2"))
    seen = session.observe(LOOK)

    assert answers == [0, 0, 0, 0, 0]
    assert seen.owners == {"Group": "Node2"}
    assert seen.registry["Node1"][ROOT] == {"Mode": 2, "Path": None}
    assert seen.registry["Node2"][ROOT] == {"Mode": 3, "Path": None}
    assert MSCS_PAGE.name in readings_of(session.trace)


def test_an_offline_saves_nothing(session: Session) -> None:
    """What is written while offline gives way to what was captured while online."""
    quoted = 'a "quoted" \\ word'
    answers = do(
        session,
        OnlineClusterResource("SQL"),
        RegSetValueEx("Node1", f"{ROOT}\\Sub", "v", quoted),
        OfflineClusterResource("SQL"),
        RegSetValueEx("Node1", ROOT.upper(), "PATH", "offline"),
        RegSetValueEx("Node1", f"{ROOT}\\Sub", "v", "offline"),
        write(2),
        OnlineClusterResource("SQL"),
    )
    seen = session.observe(LOOK).registry["Node1"]
    while_offline = session.trace.lines[5].observed

    assert answers == [0] * 7
    assert while_offline is not None
    assert while_offline.registry["Node1"][ROOT] == {"Mode": 2, "Path": "offline"}
    assert seen == {ROOT: {"Mode": 1, "Path": None}, f"{ROOT}\\Sub": {"v": quoted}}
    assert MSCS_PAGE.name in readings_of(session.trace)


def test_control_codes_answer_by_their_numbers(session: Session) -> None:
    """Adds and deletes answer as their pages say; a deleted checkpoint restores nothing."""
    answers = do(
        session,
        control(ADD, ROOT.upper()),
        control(ADD, "Software\\Missing"),
        control(ADD, "\\Software"),
        control(ADD, "Software"),
        control(DELETE, ROOT),
        control(DELETE, ROOT),
        control(DELETE, "Software"),
        write(2),
        OnlineClusterResource("SQL"),
        OnlineClusterResource("Nobody"),
        MoveClusterGroup("Nobody"),
    )

    assert answers == [183, 2, 87, 0, 0, 2, 0, 0, 0, 5007, 5013]
    assert session.observe(LOOK).registry["Node1"][ROOT] == {"Mode": 2, "Path": None}
    assert readings_of(session.trace) == {MSCS_PAGE.name, WINDOWS_OBSERVED.name}


@pytest.mark.parametrize("event", [CaptureDelayPasses(), RegDeleteTree("Node1", ROOT)])
def test_other_calls_are_refused(session: Session, event: AnyEvent) -> None:
    """A call that is not there is an error, and the adapter goes on."""
    session.reset(START, LOOK)

    with pytest.raises(RpcError):
        session.do(event)
    assert session.do(OnlineClusterResource("SQL")) == 0


@pytest.mark.parametrize(
    "event",
    [
        RegSetValueEx("Node1", ROOT, "v", 1, view="32"),
        ClusterResourceControl("SQL", ADD, input_bytes="41000000"),
        ClusterResourceControl("SQL", ADD, ROOT, host_node="Node1"),
    ],
)
def test_what_is_not_here_is_refused(session: Session, event: AnyEvent) -> None:
    """What an adapter does not know is an error, not a wrong answer."""
    session.reset(START, LOOK)

    with pytest.raises(RpcError, match="not supported"):
        session.do(event)


@pytest.mark.parametrize(
    "resource",
    [
        Resource("SQL", "G", dependencies=("Disk",)),
        Resource("SQL", "G", registry_checkpoints=(RegistryCheckpoint(ROOT, view="32"),)),
    ],
)
def test_other_clusters_are_refused(session: Session, resource: Resource) -> None:
    """A cluster that an adapter cannot follow is not set up."""
    resources = (Resource("Disk", "G"), resource)
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), resources)

    with pytest.raises(RpcError, match="not supported"):
        session.reset(ResetParams(cluster), LOOK)
