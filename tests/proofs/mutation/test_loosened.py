"""Loosened updates: what only one invariant catches, and what follows from the others."""

import pytest

from clusckpt_proofs.mutation.loosened import loosened
from clusckpt_proofs.recheck.expectation import SPECIFICATIONS


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        ("listed_means_claimed", "write/checkpoint/loosen-update/0"),
        ("copy_is_a_tree", "write/stored/loosen-update/0"),
        ("backup_copies_agree", "write/backup_stored/loosen-update/0"),
    ],
)
def test_an_invariant_catches_what_the_others_let_through(claim: str, found: str) -> None:
    """An update that the other invariants allow is caught by the one that does not follow."""
    assert loosened(SPECIFICATIONS["checkpoints"], "mscs-page", claim) == found


def test_what_follows_catches_nothing_more() -> None:
    """An invariant that follows from the others has no loosened update of its own."""
    assert loosened(SPECIFICATIONS["calls"], "mscs-page", "checkpoint_code_is_answerable") is None
