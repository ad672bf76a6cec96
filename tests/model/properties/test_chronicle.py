"""The chronicle has what an observer of every state writes down."""

import pytest

from clusckpt.names import fold
from clusckpt.properties import Run, started
from clusckpt.properties.chronicle import Notes, caseless
from clusckpt.properties.contents import Contents, contents_of, on_node
from clusckpt.properties.happening import CheckpointKey
from clusckpt.registry import EMPTY_KEY
from clusckpt.rules import MSCS_PAGE_RULES, WINDOWS_OBSERVED_RULES
from clusckpt.start import initial_state
from clusckpt.state import CheckpointKind
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.events import (
    BackupClusterDatabase,
    CryptGenKey,
    MoveClusterGroup,
    NodeCrash,
    OnlineClusterResource,
    RegCreateKeyEx,
    RegDeleteTree,
    RegSetValueEx,
    RestoreCheckpoint,
    RestoreClusterDatabase,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header
from tests.model.properties.scenes import (
    CONTAINER,
    KEY,
    MORE,
    ONLINE,
    ROOT_ONLINE,
    SHARED,
    WITH_CONTAINER,
    WITH_ROOT,
    code,
    run_of,
    tree,
)

PATH = (fold("Software"), fold("A"))
INNER = f"{KEY}\\B"
BACKUP = BackupClusterDatabase("P")


def key(resource: str = "A", given: str = KEY) -> CheckpointKey:
    """A registry checkpoint of a resource."""
    return fold(resource), caseless(CheckpointKind.REGISTRY, given)


def latest(notes: Notes) -> Contents:
    """The root as it was seen last, and nothing else: its copy is of that moment."""
    (tree,) = notes.seen[key()]
    return tree


def held(content: int) -> Contents:
    """The contents of the root with v=content."""
    return contents_of(tree(content), PATH)


def test_run_starts_with_what_is_stored() -> None:
    """Lists and copies of the header count as added on the owner."""
    roots = (RegistryCheckpoint(KEY),)
    resources = (Resource("A", "GA", registry_checkpoints=roots),)
    cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("GA"),), resources)
    header = Header(TRACE_FORMAT, cluster, registry={"N1": {KEY: {}}})
    notes = started(MSCS_PAGE_RULES, initial_state(header)).chronicle.notes

    assert notes.given[key()] == KEY
    assert latest(notes) == notes.own[key()] == contents_of(EMPTY_KEY, PATH)


def test_add_is_seen_and_own() -> None:
    """At the add the tree of the owner counts as seen and own, and the owner as the host."""
    chronicle = run_of(*WITH_ROOT).chronicle

    assert chronicle.notes.given[key()] == KEY
    assert latest(chronicle.notes) == chronicle.notes.own[key()] == held(1)
    assert chronicle.hosts[fold("A")] == fold("N1")


def test_offline_change_is_neither_seen_nor_own() -> None:
    """A change while offline is not written down."""
    notes = run_of(*WITH_ROOT, MORE).chronicle.notes

    assert latest(notes) == notes.own[key()] == held(1)


def test_online_change_is_seen_and_own() -> None:
    """A change while online is written down as both."""
    notes = run_of(*ROOT_ONLINE, MORE).chronicle.notes

    assert latest(notes) == notes.own[key()] == held(2)


def test_deleted_root_leaves_what_was_seen() -> None:
    """Without its root, a tree stays as it was seen; a new root makes all of it new."""
    gone = (*ROOT_ONLINE, RegDeleteTree("N1", KEY))
    notes = run_of(*gone).chronicle.notes
    again = run_of(*gone, RegCreateKeyEx("N1", KEY)).chronicle.notes

    assert latest(notes) == notes.own[key()] == held(1)
    assert latest(again) == again.own[key()] == contents_of(EMPTY_KEY, PATH)


def test_delete_forgets() -> None:
    """A checkpoint that is off the list is off the chronicle, and so is one of a lost resource."""
    notes = run_of(*WITH_ROOT, code("DELETE_REGISTRY_CHECKPOINT")).chronicle.notes

    assert (len(notes.given), len(notes.seen), len(notes.own)) == (0, 0, 0)


def test_restore_of_another_is_seen_and_not_own() -> None:
    """What another resource's restore put there is seen, and the other resource is named."""
    notes = run_of(*SHARED, ONLINE, MORE, OnlineClusterResource("B")).chronicle.notes

    assert latest(notes) == held(1)
    assert notes.own[key()] == held(2)
    assert notes.replaced[key()] == frozenset({fold("B")})
    assert key("B") not in notes.replaced


@pytest.mark.parametrize(
    ("first", "last", "written"), [(INNER, KEY, INNER), (KEY, INNER, INNER), (KEY, INNER, KEY)]
)
def test_own_other_root_restored_last_is_own(first: str, last: str, written: str) -> None:
    """What a resource's own other root brings over a change on the way is own; the rest stays."""
    program = (
        RegCreateKeyEx("N1", INNER),
        code("ADD_REGISTRY_CHECKPOINT"),
        code("ADD_REGISTRY_CHECKPOINT", INNER),
        (ONLINE, Status.ERROR_IO_PENDING),
        RestoreCheckpoint("A", first),
        RegSetValueEx("N1", written, "v", 2),
        RestoreCheckpoint("A", last),
    )
    run = run_of(*program, rules=WINDOWS_OBSERVED_RULES)
    resource = run.state.resources[fold("A")]
    there = {
        key(given=one.given): on_node(run.state, fold("N1"), one)
        for one in resource.checkpoints.values()
    }

    assert len(there) == 2
    assert dict(run.chronicle.notes.own.items()) == there


def test_copies_that_disagree_tangle() -> None:
    """A root added within another, after an offline change, tangles the resource for good."""
    program = (
        *WITH_ROOT,
        RegCreateKeyEx("N1", INNER),
        code("ADD_REGISTRY_CHECKPOINT", INNER),
        code("DELETE_REGISTRY_CHECKPOINT", INNER),
    )

    assert run_of(*program[:3]).chronicle.notes.tangled == frozenset()
    assert run_of(*program).chronicle.notes.tangled == frozenset({fold("A")})


def test_host_is_where_the_resource_was_online() -> None:
    """A move makes the new node the host once the resource is online there."""
    assert run_of(*ROOT_ONLINE, MoveClusterGroup("GA", "N2")).chronicle.hosts[fold("A")] == "N2"


def test_backup_keeps_the_notes_of_its_moment() -> None:
    """A restored database brings back what was written down when it was backed up."""
    run = run_of(*ROOT_ONLINE, BACKUP, MORE, NodeCrash("N2"), RestoreClusterDatabase("P", "N1"))

    assert run.chronicle.kept[fold("P")].copies[key()] == held(1)
    assert latest(run.chronicle.notes) == run.chronicle.notes.own[key()] == held(1)


def test_container_changed_after_its_restore_is_unsettled() -> None:
    """Keys generated between restore and online are noted until the container is restored."""
    program = (
        *WITH_CONTAINER,
        (ONLINE, Status.ERROR_IO_PENDING),
        RestoreCheckpoint("A", CONTAINER),
        CryptGenKey("N1", CONTAINER, "other"),
    )
    name = fold("A"), caseless(CheckpointKind.CRYPTO, CONTAINER)

    assert _unsettled(run_of(*program[:-1])) == frozenset()
    assert _unsettled(run_of(*program)) == frozenset({name})


def _unsettled(run: Run) -> frozenset[CheckpointKey]:
    return run.chronicle.unsettled
