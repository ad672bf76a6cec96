"""The start of a trace is made from its header."""

import pytest

from clusckpt.names import fold
from clusckpt.registry import EMPTY_KEY, find, value_of
from clusckpt.start import crypto_checkpoint, initial_state, registry_checkpoint
from clusckpt.state import CheckpointKind, Container
from clusckpt_spec.api.states import ResourceState
from clusckpt_spec.formats.cluster import (
    CLUSTER_FORMAT,
    Cluster,
    Group,
    RegistryCheckpoint,
    Resource,
)
from clusckpt_spec.formats.trace import TRACE_FORMAT, Header


def _header(*resources: Resource, owner: str | None = None) -> Header:
    cluster = Cluster(CLUSTER_FORMAT, ("N1", "N2"), (Group("G", owner),), resources)
    return Header(
        TRACE_FORMAT,
        cluster,
        registry={"n1": {"Software\\A": {"v": 1}}},
        containers={"N1": {"1\\\\C": "k"}},
    )


def test_everything_is_up_and_offline() -> None:
    """At the start every node is up and every resource offline, with nothing restored."""
    state = initial_state(_header(Resource("R", group="g")))

    assert all(node.up for node in state.nodes.values())
    assert state.resources[fold("R")].state is ResourceState.OFFLINE
    assert state.resources[fold("R")].restored == frozenset()


@pytest.mark.rule("CKPT-KB-CAPTURE-AT-ADD")
def test_copies_are_as_at_the_add() -> None:
    """A checkpoint has the copy of what its owner has; one whose root is missing has none."""
    roots = (RegistryCheckpoint("software\\a"), RegistryCheckpoint("Software\\Missing"))
    resource = Resource("R", group="G", registry_checkpoints=roots, crypto_checkpoints=("1\\\\c",))
    state = initial_state(_header(resource))
    copies = {name.folded: copy for (_, name), copy in state.copies.items()}

    assert copies == {
        fold("Software\\A"): EMPTY_KEY.with_value(value_of("v", 1)),
        fold("1\\\\C"): Container("k"),
    }


@pytest.mark.parametrize(
    ("owner", "possible", "expected"),
    [(None, None, "N1"), (None, ("N2",), "N2"), ("n2", None, "N2"), (None, ("N1", "N2"), "N1")],
)
def test_groups_have_an_owner(
    owner: str | None, possible: tuple[str, ...] | None, expected: str
) -> None:
    """The owner is the written one, or the first node that can host every resource."""
    state = initial_state(_header(Resource("R", "G", possible_owners=possible), owner=owner))

    assert state.groups[fold("G")].owner == fold(expected)


def test_registries_hold_what_is_written() -> None:
    """A node has the written keys and those above them; other nodes have empty registries."""
    state = initial_state(_header())

    assert find(state.nodes[fold("N1")].registry, ("SOFTWARE", "a")) is not None
    assert state.nodes[fold("N2")].registry == EMPTY_KEY


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
def test_views_name_different_roots() -> None:
    """The same path in two views is one name and two keys."""
    plain = registry_checkpoint(RegistryCheckpoint("Software\\A"))
    other = registry_checkpoint(RegistryCheckpoint("Software\\A", "32"))

    assert plain.name == other.name
    assert (plain.root, other.root) == (("Software", "A"), ("Software", "Wow6432Node", "A"))
    assert crypto_checkpoint("1\\\\C").name.kind is CheckpointKind.CRYPTO
