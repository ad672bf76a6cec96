"""A layout tells apart what cannot influence each other, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from clusckpt.names import fold_path
from clusckpt.oracle.parts.layout import REST, Layout, layout_of
from clusckpt.rules import Part
from clusckpt.start import initial_state, registry_checkpoint
from tests.model.oracle.parts.clusters import header


def _layout(*roots: Sequence[str], boxes: Sequence[str] = ()) -> Layout:
    named = dict(zip("ABC", roots, strict=False))
    layout = layout_of(initial_state(header(named, boxes=boxes)))
    assert layout is not None
    return layout


@pytest.mark.parametrize(
    ("roots", "boxes", "apart"),
    [
        ((("S\\A",), ("S\\B",)), (), True),
        ((("S\\A",), ("S\\AB",)), (), True),
        ((("S\\A",), ("s\\a\\X",)), (), False),
        ((("S\\A", "T"), ("T\\B", "U")), (), False),
        ((("S\\A",), ("S\\B",)), ("1\\\\K",), False),
    ],
)
def test_what_is_apart(roots: tuple[Sequence[str], ...], boxes: Sequence[str], apart: bool) -> None:  # noqa: FBT001 - a column of a table
    """Resources are one part if their roots overlap or they share a container."""
    resources = _layout(*roots, boxes=boxes).resources

    assert (len(set(resources.values())) == len(roots)) is apart


def test_resources_of_a_group_are_one_part() -> None:
    """What moves together is followed together."""
    state = initial_state(header())
    entry = state.resources["B"]  # type: ignore[index] # folded as it is
    moved = replace(state, resources=state.resources.insert("B", replace(entry, group="GA")))  # type: ignore[arg-type] # folded as it is
    layout = layout_of(moved)

    assert layout is not None
    assert set(layout.resources.values()) == {layout.groups["GA"]}  # type: ignore[index] # folded as it is


def test_keys() -> None:
    """A key under a root belongs to its part, one beside it to the rest, one above to none."""
    layout = _layout(("S\\A",), ("S\\B",))
    keys = ("S\\A", "s\\b\\X", "S\\C", "S")
    parts = [layout.part_of_key(fold_path(tuple(key.split("\\")))) for key in keys]

    assert parts == [1, 2, REST, None]


def test_changes_above_a_root_belong_to_no_part() -> None:
    """A change of a key above roots, or of a registry as a whole, concerns several parts."""
    layout = _layout(("S\\A",), ("S\\B",))
    where = (fold_path(("S",)), fold_path(("S", "B")), None)

    assert [layout.part_of_change(Part.REGISTRY, "N1", one) for one in where] == [None, 2, None]  # type: ignore[arg-type] # folded as it is


def test_a_root_without_a_path_cannot_be_told_apart() -> None:
    """A registry checkpoint whose root is the whole registry leaves no parts."""
    state = initial_state(header())
    checkpoint = replace(
        registry_checkpoint(header().cluster.resources[0].registry_checkpoints[0]), root=()
    )
    entry = state.resources["A"]  # type: ignore[index] # folded as it is
    listed = entry.checkpoints.insert(checkpoint.name, checkpoint)
    changed = state.with_resource("A", replace(entry, checkpoints=listed))  # type: ignore[arg-type] # folded as it is

    assert layout_of(changed) is None


def test_copies_of_a_deleted_resource_cannot_be_told_apart() -> None:
    """A copy whose resource is gone belongs to no part."""
    state = initial_state(header())

    assert layout_of(replace(state, resources=state.resources.remove("A"))) is None  # type: ignore[arg-type] # folded as it is
