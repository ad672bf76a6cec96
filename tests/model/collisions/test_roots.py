"""Two checkpoints are of the same key only if their canonical roots are equal."""

import pytest

from clusckpt.collisions import Root, roots_of
from clusckpt.collisions.roots import CheckpointedRoot
from clusckpt.containers import DEFAULT_PROVIDERS
from clusckpt.state import CheckpointKind
from clusckpt_spec.formats.cluster import RegistryCheckpoint, Resource, View


def root_of(key: str, view: View = "native") -> CheckpointedRoot:
    """The root of a resource with one registry checkpoint."""
    (root,) = roots_of(Resource("R", "G", registry_checkpoints=(RegistryCheckpoint(key, view),)))
    return root


def container_of(given: str) -> CheckpointedRoot:
    """The root of a resource with one crypto checkpoint."""
    (root,) = roots_of(Resource("R", "G", crypto_checkpoints=(given,)))
    return root


def test_case_is_kept_and_not_compared() -> None:
    """Spellings of one key have one root, and each keeps its spelling."""
    one, other = root_of(r"Software\Example"), root_of(r"SOFTWARE\eXAMPLE")

    assert one.root == other.root
    assert (one.text, other.text) == (r"Software\Example", r"SOFTWARE\eXAMPLE")


def test_32bit_view() -> None:
    r"""A key of the 32-bit view is the key below `Wow6432Node` in the native view."""
    assert root_of(r"Software\X", "32").root == root_of(r"Software\Wow6432Node\X").root
    assert root_of(r"Software\X", "64").root == root_of(r"Software\X").root
    assert root_of(r"System\X", "32").root == root_of(r"System\X").root


def test_control_sets() -> None:
    """The control set in use is the one that CurrentControlSet leads to; others are others."""
    current = root_of(r"System\CurrentControlSet\Services\X").root

    assert root_of(r"SYSTEM\ControlSet001\Services\X", "32").root == current
    assert root_of(r"SYSTEM\ControlSet002\Services\X").root != current


def test_x86() -> None:
    """On x86 there is one view, so a key is what its name says in any view."""
    entry = RegistryCheckpoint(r"Software\X", "32")
    (root,) = roots_of(Resource("R", "G", registry_checkpoints=(entry,)), "x86")

    assert root.root == root_of(r"Software\X").root


def test_default_provider() -> None:
    """A container is the same with the default provider named and left out."""
    named = container_of(rf"1\{DEFAULT_PROVIDERS[1]}\K")

    assert named.root == container_of(r"1\\k").root != container_of(r"1\P\K").root
    assert named.text == rf"1\{DEFAULT_PROVIDERS[1]}\K"


def test_containers_are_flat() -> None:
    """A container lies under no other, and its name is compared without case."""
    assert container_of(r"1\P\K").root == container_of(r"1\p\k").root
    assert not container_of(r"1\P\K").root.covers(container_of(r"1\P\K\L").root)


def test_kinds_never_meet() -> None:
    """A key and a container of the same name are different things."""
    key = Root(CheckpointKind.REGISTRY, container_of(r"1\P\K").root.folded)

    assert not key.covers(container_of(r"1\P\K").root)
    assert not container_of(r"1\P\K").root.covers(key)


def test_each_root_once() -> None:
    """Two checkpoints of one resource with the same root count once, under the first name."""
    entries = (
        RegistryCheckpoint(r"Software\X", "32"),
        RegistryCheckpoint(r"Software\Wow6432Node\X"),
        RegistryCheckpoint(r"Software\Y"),
    )
    roots = roots_of(Resource("R", "G", registry_checkpoints=entries))

    assert [root.given for root in roots] == [r"Software\X", r"Software\Y"]


@pytest.mark.parametrize(
    ("upper", "lower", "covers"),
    [
        (r"Software\X", r"software\x\Y", True),
        (r"Software\X", r"Software\X", True),
        (r"Software\X\Y", r"Software\X", False),
        (r"Software\X", r"Software\XY", False),
    ],
)
def test_covers(upper: str, lower: str, covers: bool) -> None:  # noqa: FBT001 - the expectation
    """A root covers itself and what lies below it, by whole components."""
    assert root_of(upper).root.covers(root_of(lower).root) is covers
