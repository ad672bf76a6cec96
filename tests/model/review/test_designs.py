"""The bundled designs say what their sources say, and a review finds what the sources tell of."""

from importlib import resources
from pathlib import Path

import pytest

from clusckpt.collisions import Witness
from clusckpt.review import Review, read_design, review_design

CLUSTERS = Path(str(resources.files("clusckpt").joinpath("data", "clusters")))
SHARED = r"SOFTWARE\Microsoft\SQL Server Cryptographic Provider"


def reviewed(name: str) -> Review:
    """The review of a bundled design."""
    return review_design(read_design([CLUSTERS / name]))


def last(witness: Witness) -> dict[str, tuple[str | None, str | None]]:
    """What the last step changed, before and after."""
    return {
        f"{effect.part} {effect.subject}": (effect.before, effect.after)
        for effect in witness.steps[-1].changed
    }


@pytest.mark.rule("CKPT-INSTANCES")
def test_example_of_the_page() -> None:
    """A[1] moves to node 0, where its data replace those of A[0] in the registry and the copy."""
    (finding,) = reviewed("page-example.yaml").findings
    witness = finding.witness()

    assert finding.resources == ("A[0]", "A[1]")
    assert (witness.replaced, witness.replacing, witness.node) == ("A[0]", "A[1]", "node 0")
    assert last(witness) == {
        "owner Group of A[1]": ("node 1", "node 0"),
        "registry node 0": ("A[0]", "A[1]"),
        "copy A[0]": ("A[0]", "A[1]"),
    }


@pytest.mark.rule("CKPT-INSTANCES")
def test_key_management_of_two_instances() -> None:
    """RC17: B moves to N1 and replaces what A left in the shared key; nothing else is flagged."""
    review = reviewed("sql-key-management.yaml")
    (finding,) = review.findings
    witness = finding.witness()

    assert finding.resources == ("SQL Server (A)", "SQL Server (B)")
    assert finding.roots == (SHARED,)
    assert [one.after for one in finding.suggestion.renamed] == [f"{SHARED} (SQL Server (B))"]
    assert (review.undecided, review.unreadable, review.status) == ((), (), 1)
    assert len(review.free) == 4
    assert last(witness) == {
        "owner SQL Server (B)": ("N2", "N1"),
        "registry N1": ("SQL Server (A)", "SQL Server (B)"),
        "copy SQL Server (A)": ("SQL Server (A)", "SQL Server (B)"),
    }


def test_every_design_is_tested() -> None:
    """There is no bundled design besides the two above."""
    assert {path.name for path in CLUSTERS.iterdir()} == {
        "page-example.yaml",
        "sql-key-management.yaml",
    }
