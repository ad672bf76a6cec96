"""Findings, what is left open, and the exit status that follows."""

from pathlib import Path

import pytest

from clusckpt.files.errors import UnusableInput
from clusckpt.names import fold
from clusckpt.review import ReviewInput, Unreadable, read_design, review_design
from clusckpt.review.report import Review
from clusckpt.review.views import ASSUMPTION, VIEW_NOT_KNOWN
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource
from clusckpt_spec.register import RuleID

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "powershell-outputs.txt"
BOTH = ("N1", "N2")
KEY = r"Software\X"


def resource(name: str, *keys: str, owners: tuple[str, ...] | None = BOTH) -> Resource:
    """A resource in a group of its own."""
    roots = tuple(map(RegistryCheckpoint, keys))
    return Resource(name, f"G{name}", possible_owners=owners, registry_checkpoints=roots)


def design(*resources: Resource, name: str = "") -> Cluster:
    """A cluster of two nodes."""
    groups = tuple(Group(one.group) for one in resources)
    return Cluster("clusckpt-cluster/1", BOTH, groups, resources, name)


def reviewed(*resources: Resource, unreadable: tuple[Unreadable, ...] = ()) -> Review:
    """The review of a design that one file describes."""
    return review_design(ReviewInput(design(*resources), ("folder/a.yaml",), unreadable))


@pytest.mark.rule("CKPT-INSTANCES")
def test_finding() -> None:
    """One key on three instances is one finding, with all that is needed to repair it."""
    review = reviewed(resource("C", KEY), resource("B", r"software\x"), resource("A", KEY, "S"))
    (finding,) = review.findings

    assert finding.rule is RuleID.INSTANCES
    assert finding.resources == ("A", "B", "C")
    assert finding.roots == (KEY,)
    assert finding.nodes == BOTH
    assert [one.resources for one in finding.conflicts] == [("A", "B"), ("A", "C"), ("B", "C")]
    assert [one.after for one in finding.suggestion.renamed] == [
        r"software\x (B)",
        r"Software\X (C)",
    ]
    assert finding.witness().replaced == "A"
    assert finding.witness(finding.conflicts[2]).replaced == "B"
    assert (review.status, review.name) == (1, "a.yaml")


def test_fingerprint_stays() -> None:
    """A fingerprint does not change with spelling, order or nodes, and does with the roots."""
    (one,) = reviewed(resource("A", KEY), resource("B", KEY)).findings
    (same,) = reviewed(resource("b", r"SOFTWARE\X", owners=("N2",)), resource("a", KEY)).findings
    (other,) = reviewed(resource("A", r"Software\Y"), resource("B", r"Software\Y")).findings

    assert one.fingerprint == same.fingerprint == "c2e76f07c10f"
    assert other.fingerprint != one.fingerprint


def test_status_of_a_design_without_conflicts() -> None:
    """Nothing found, nothing open: the review holds."""
    review = reviewed(resource("A", KEY), resource("B", r"Software\Y"))

    assert (review.status, review.free, review.findings) == (0, ("A", "B"), ())


def test_status_of_the_unknown() -> None:
    """What is undecided or unreadable is never a pass, and a finding outweighs both."""
    unreadable = (Unreadable("a.txt", 1, "cut...", "cut off"),)

    assert reviewed(resource("A", KEY), resource("B", KEY, owners=None)).status == 3
    assert reviewed(resource("A", KEY), unreadable=unreadable).status == 3
    assert reviewed(resource("A", KEY), resource("B", KEY), unreadable=unreadable).status == 1


def test_published_output() -> None:
    """The published tables alone decide nothing: cut names are open."""
    review = review_design(read_design([PUBLISHED]))

    assert review.status == 3
    assert len(review.unreadable) == 3
    assert review.assumptions == (ASSUMPTION,)


def listed(*resources: Resource) -> Review:
    """The review of a design of which only tables list the checkpoints."""
    keys = {(fold(r.name), fold(entry.key)) for r in resources for entry in r.registry_checkpoints}
    return review_design(ReviewInput(design(*resources), ("a.txt",), (), frozenset(keys)))


def test_keys_of_unknown_view() -> None:
    """Keys of tables that would overlap in the 32-bit view only are left undecided (A12)."""
    native = resource("B", r"Software\Wow6432Node\X")
    review = listed(resource("A", KEY), native, resource("C", r"System\X"))

    assert [(one.resources, one.reason) for one in review.undecided] == [
        (("A", "B"), VIEW_NOT_KNOWN)
    ]
    assert (review.status, review.free) == (3, ("C",))
    assert reviewed(resource("A", KEY), native).status == 0


def test_keys_of_unknown_view_in_conflict() -> None:
    """A pair that is in conflict in the native view is not listed as undecided beside it."""
    review = listed(resource("A", KEY), resource("B", KEY))

    assert ([one.resources for one in review.findings], review.undecided) == ([("A", "B")], ())
    assert review.assumptions == (ASSUMPTION,)


def test_keys_of_unknown_view_on_different_nodes() -> None:
    """The view does not matter for resources that no node can both host."""
    one = resource("A", KEY, owners=("N1",))

    assert listed(one, resource("B", r"Software\Wow6432Node\X", owners=("N2",))).status == 0


def test_too_many_overlaps() -> None:
    """A design with more overlaps than are looked at is refused, not half reviewed."""
    with pytest.raises(UnusableInput) as refusal:
        reviewed(*(resource(f"R{place}", KEY) for place in range(500)))

    assert str(refusal.value) == (
        "folder/a.yaml: got 124750 pairs of overlapping roots; at most 100000 are looked at; "
        "allowed: fewer; next: review the resources that share a root in several parts"
    )
