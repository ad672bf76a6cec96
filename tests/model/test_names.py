"""Names are compared as Windows compares them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.names import InvalidPath, fold, join_path, lies_under, overlap, parse_path


@pytest.mark.rule("CKPT-NAMES-CASELESS")
def test_case_does_not_matter() -> None:
    """Two spellings of a name that differ in case are the same name."""
    assert fold("SOFTWARE\\Acme") == fold("software\\aCME")


@pytest.mark.rule("CKPT-NAMES-CASELESS")
def test_letters_that_grow_stay() -> None:
    """A letter whose upper case has two characters stays itself, as in Windows."""
    assert fold("ß") != fold("SS")


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    """A folded name is folded already, for every text of one case."""
    assert len(fold(name)) == len(name)


@pytest.mark.rule("CKPT-ADD-REGISTRY")
@pytest.mark.parametrize("text", ["", "\\Software", "Software\\", "Software\\\\Acme", "A\0B"])
def test_invalid_paths_are_refused(text: str) -> None:
    """An empty component or a NUL is refused, and so is a leading backslash."""
    with pytest.raises(InvalidPath):
        parse_path(text)


@given(st.lists(st.text(st.characters(exclude_characters="\\\0"), min_size=1), min_size=1))
def test_paths_round_trip(components: list[str]) -> None:
    """A path reads back as it was joined."""
    assert parse_path(join_path(tuple(components))) == tuple(components)


def test_trees_that_share_a_key_overlap() -> None:
    """A root overlaps a root below it and not its sibling, nor a longer name."""
    tree, branch, sibling = (fold("A"),), (fold("A"), fold("B")), (fold("AB"),)

    assert lies_under(tree, branch)
    assert overlap(branch, tree)
    assert not overlap(tree, sibling)
