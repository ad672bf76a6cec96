"""Every name of a key leads to the one path under which the model keeps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.names import Path, fold_path, parse_path
from clusckpt.registry import (
    REDIRECTED_KEYS,
    SHARED_KEYS,
    canonical,
    find,
    in_32bit_view,
    is_shared,
    tree_from_written,
)
from clusckpt_spec.formats.cluster import View

NAMES = (
    "Software",
    "SYSTEM",
    "wow6432node",
    "Classes",
    "CLSID",
    "Policies",
    "Microsoft",
    "RPC",
    "CurrentControlSet",
    "ControlSet001",
    "controlset002",
    "X",
)
VIEWS: tuple[View, ...] = ("native", "32", "64")

tails = st.lists(st.sampled_from(NAMES), max_size=4).map(tuple)
table = st.sampled_from(sorted(SHARED_KEYS | REDIRECTED_KEYS))
paths: st.SearchStrategy[Path] = st.one_of(
    st.builds(lambda top, tail: (top, *tail), st.sampled_from(NAMES[:2]), tails),
    st.builds(lambda key, tail: (*key, *tail), table, tails),
)
views = st.sampled_from(VIEWS)


@given(paths, views)
def test_canonical_is_idempotent(path: Path, view: View) -> None:
    """A canonical path stays as it is, in the native view and in the one it was named in."""
    lies = canonical(path, view)

    assert canonical(lies) == lies
    assert canonical(lies, view) == lies


@given(paths)
def test_native_view_is_the_identity(path: Path) -> None:
    """In the native view a path stays as it is, unless it goes through the current control set."""
    controlled = fold_path(path[:2]) == ("SYSTEM", "CONTROLSET001")

    assert canonical(path, "64") == canonical(path)
    assert (canonical(path) == path) is not controlled
    assert len(canonical(path)) == len(path)


@given(paths, paths)
def test_views_meet_on_shared_keys_only(one: Path, other: Path) -> None:
    """A key of the 32-bit view is one of the native view only if it is shared, or named there."""
    narrow, wide = fold_path(canonical(one, "32")), fold_path(canonical(other))
    through = fold_path(other[:2]) == ("SOFTWARE", "WOW6432NODE")

    assert narrow != wide or is_shared(fold_path(other)) or through


@given(paths)
def test_a_key_is_in_one_place_or_in_two(path: Path) -> None:
    """Both views have a key in one place exactly if it is shared or lies in Wow6432Node."""
    through = fold_path(path[:2]) == ("SOFTWARE", "WOW6432NODE")

    assert (canonical(path, "32") == canonical(path)) is (is_shared(fold_path(path)) or through)


@given(paths, views)
def test_x86_has_one_view(path: Path, view: View) -> None:
    """On x86 every view is the native one."""
    assert canonical(path, view, platform="x86") == canonical(path)


@pytest.mark.rule("CKPT-ADD-REGISTRY-32BIT")
@pytest.mark.parametrize(
    ("key", "lies"),
    [
        ("Software", r"Software\Wow6432Node"),
        (r"software\Acme", r"software\Wow6432Node\Acme"),
        (r"Software\wow6432node\X", r"Software\wow6432node\X"),
        (r"Software\Microsoft\X", r"Software\Wow6432Node\Microsoft\X"),
        (r"SOFTWARE\MICROSOFT\MSMQ\Parameters", r"SOFTWARE\MICROSOFT\MSMQ\Parameters"),
        (r"Software\Policies\Acme", r"Software\Policies\Acme"),
        (r"Software\Classes\.txt", r"Software\Classes\.txt"),
        (r"Software\Classes\CLSID\{0}", r"Software\Wow6432Node\Classes\CLSID\{0}"),
        (r"System\ControlSet001\Services", r"System\CurrentControlSet\Services"),
        (r"System\ControlSet002\Services", r"System\ControlSet002\Services"),
        (r"Security\Software", r"Security\Software"),
    ],
)
def test_32bit_view(key: str, lies: str) -> None:
    """A key of the 32-bit view lies below Wow6432Node, unless both views share it."""
    assert in_32bit_view(parse_path(key)) == parse_path(lies)


def test_another_control_set_can_be_current() -> None:
    """Only the control set in use is the one that CurrentControlSet leads to."""
    first, second = ("System", "ControlSet001", "X"), ("System", "ControlSet002", "X")

    assert canonical(second, current_set=2) == ("System", "CurrentControlSet", "X")
    assert canonical(first, current_set=2) == first


def test_written_trees_are_kept_canonically() -> None:
    """What a header writes under the name of a control set is found under the link to it."""
    tree = tree_from_written({r"System\ControlSet001\Services\X": {"Start": 4}})
    there = find(tree, ("System", "CurrentControlSet", "Services", "X"))

    assert there is not None
    assert find(tree, ("System", "ControlSet001")) is None


def test_the_table_contradicts_itself_nowhere() -> None:
    """No key is both shared and redirected, and all of them are in Software."""
    assert SHARED_KEYS.isdisjoint(REDIRECTED_KEYS)
    assert {key[0] for key in SHARED_KEYS | REDIRECTED_KEYS} == {"SOFTWARE"}
