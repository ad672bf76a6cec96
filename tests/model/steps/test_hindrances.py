"""Processes and administrators can block keys and lock containers, and change nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.blocking import blocked, blocked_keys
from clusckpt.containers import container_id
from clusckpt.names import Folded, FoldedPath, fold, fold_path, lies_under, parse_path
from clusckpt.registry import find
from clusckpt.rules import Move
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import (
    AnyEvent,
    CryptGenKey,
    CryptSetProvParam,
    RegCloseKey,
    RegCreateKeyEx,
    RegDeleteTree,
    RegOpenKeyEx,
    RegSetKeySecurity,
)
from tests.drive import Driver

KEY = r"Software\Acme"
NODE = fold("N1")
WHERE: FoldedPath = fold_path(parse_path(KEY))
BLOCK, UNBLOCK = Move("block", (NODE, WHERE)), Move("unblock", (NODE, WHERE))


@pytest.fixture
def cluster() -> Driver:
    """A cluster whose node N1 has the key and a container."""
    driver = Driver()
    driver.do(RegCreateKeyEx("N1", KEY))
    driver.do(CryptGenKey("N1", r"1\\K", "keys"))
    return driver


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_open_and_close(cluster: Driver) -> None:
    """An open key is blocked, however often it is opened, until all its handles are closed."""
    assert cluster.do(RegOpenKeyEx("n1", KEY.upper())).moves == (BLOCK,)
    assert cluster.do(RegOpenKeyEx("N1", KEY)).moves == ()
    assert cluster.state.nodes[NODE].opened == {WHERE}
    assert cluster.do(RegCloseKey("N1", KEY)).moves == (UNBLOCK,)
    assert cluster.do(RegCloseKey("N1", KEY)).moves == ()
    assert cluster.state.nodes[NODE].opened == frozenset()


@pytest.mark.rule("CKPT-RESTORE-BEFORE-ONLINE")
def test_two_reasons(cluster: Driver) -> None:
    """A key that is both open and unwritable is blocked until it is neither."""
    events: list[AnyEvent] = [
        RegSetKeySecurity("N1", KEY, writable=False),
        RegOpenKeyEx("N1", KEY),
        RegSetKeySecurity("N1", KEY, writable=True),
        RegCloseKey("N1", KEY),
    ]

    assert [cluster.do(event).moves for event in events] == [(BLOCK,), (), (), (UNBLOCK,)]


@pytest.mark.parametrize(
    "event", [RegOpenKeyEx("N1", KEY), RegSetKeySecurity("N1", KEY, writable=False)]
)
def test_missing_key(event: AnyEvent) -> None:
    """A key that does not exist cannot be opened, and so cannot be secured."""
    driver = Driver()
    before = driver.state
    driver.do(event, Status.ERROR_FILE_NOT_FOUND)

    assert driver.state == before


def test_view(cluster: Driver) -> None:
    """A key is opened in the view that is named."""
    cluster.do(RegOpenKeyEx("N1", KEY, "32"), Status.ERROR_FILE_NOT_FOUND)
    cluster.do(RegCreateKeyEx("N1", KEY, "32"))
    cluster.do(RegOpenKeyEx("N1", KEY, "32"))

    assert cluster.state.nodes[NODE].opened == {("SOFTWARE", "WOW6432NODE", "ACME")}


def test_deleted_key(cluster: Driver) -> None:
    """A deleted key has no handles and no rights left, and one created in its place has none."""
    cluster.do(RegCreateKeyEx("N1", KEY + r"\Sub"))
    cluster.do(RegOpenKeyEx("N1", KEY + r"\Sub"))
    cluster.do(RegSetKeySecurity("N1", KEY, writable=False))
    moves = cluster.do(RegDeleteTree("N1", KEY)).moves
    below = (*WHERE, Folded("SUB"))

    assert moves == (Move("delete_tree", (NODE, WHERE)),)
    assert not blocked_keys(cluster.state.nodes[NODE], WHERE)
    cluster.do(RegCreateKeyEx("N1", KEY + r"\Sub"))
    assert not blocked(cluster.state.nodes[NODE], below)


@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_containers(cluster: Driver) -> None:
    """A container that exists can be locked and unlocked, under any of its names."""
    named = r"1\Microsoft Strong Cryptographic Provider\k"
    before = cluster.state
    cluster.do(CryptSetProvParam("N1", named, writable=False))

    assert cluster.state.nodes[NODE].locked == {container_id(r"1\\K")}
    cluster.do(CryptSetProvParam("N1", r"1\\K", writable=True))
    assert cluster.state == before
    cluster.do(CryptSetProvParam("N2", r"1\\K", writable=False), Status.NTE_BAD_KEYSET)
    assert cluster.state == before


keys = st.sampled_from([KEY, KEY + r"\Sub", "software"])
hindrances = st.one_of(
    st.builds(RegOpenKeyEx, st.just("N1"), keys),
    st.builds(RegCloseKey, st.just("N1"), keys),
    st.builds(RegSetKeySecurity, st.just("N1"), keys, st.booleans()),
    st.builds(RegCreateKeyEx, st.just("N1"), keys),
    st.builds(RegDeleteTree, st.just("N1"), keys),
)


def after(told: frozenset[FoldedPath], action: str, key: FoldedPath) -> frozenset[FoldedPath]:
    """What is blocked after a move, as the moves tell; a deleted tree blocks nothing."""
    if action == "delete_tree":
        return frozenset(one for one in told if not lies_under(key, one))
    return {"block": told | {key}, "unblock": told - {key}}.get(action, told)


@given(st.lists(hindrances, max_size=12))
def test_moves_tell_what_is_blocked(events: list[AnyEvent]) -> None:
    """The moves say exactly which keys are blocked, and only keys that exist are."""
    driver, told = Driver(), frozenset[FoldedPath]()
    for event in events:
        before = driver.state.nodes[NODE]
        (status,) = driver.statuses(event)
        for move in driver.do(event, status).moves:
            (*_, key) = move.arguments
            if isinstance(key, tuple):
                told = after(told, move.action, key)
        node = driver.state.nodes[NODE]
        unhindered = replace(node, opened=before.opened, denied=before.denied)

        assert told == node.opened | node.denied
        assert all(find(node.registry, key) is not None for key in told)
        assert isinstance(event, RegCreateKeyEx | RegDeleteTree) or unhindered == before
