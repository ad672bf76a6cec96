"""A review says to people and programs what it found, and hides and obeys nothing of its input."""

import io
import json

import pytest
from rich.console import Console

from clusckpt.review import (
    Review,
    ReviewInput,
    Unreadable,
    review_design,
    show_review,
    to_json,
)
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource, View

BOTH = ("N1", "N2")
KEY = r"Software\X"

WHOLE = r"""Review of Example: 1 finding, 0 pairs undecided, 0 lines unreadable, 1 resource without
a conflict

ERROR 1  CKPT-INSTANCES  eeb70a28f6aa
Instances that share a key: A, B
  key in conflict  resources and their roots       nodes
  Software\X\Y     A: Software\X; B: Software\X\Y  N1, N2
  Live
    when A or B comes online on N1 or N2 while the other is online there, as after a
    move or failover of the group GA or GB
  Rule: "Multiple resource instances on different nodes must be handled carefully.
  Consider the situation where Resource A[0] stores data[0] in checkpoint A on node 0.
  Resource A[1] stores data[1] in checkpoint A on node 1. If Resource A[1] fails over to
  node 0, the Cluster service will replace data[0] with data[1] in checkpoint A. If
  Resource A[0] depends on data[0], it is likely to fail. One solution to this problem
  is to give the checkpointed keys different names on different nodes."
  Suggested rename, analysed again; A keeps its names:
  resource  checkpoint now  suggested name
  B         Software\X\Y    Software\X (B)\Y
  Witness: clusckpt review --witness 'a b.yaml'

Without any conflict
  C"""

WITNESS = r"""Witness: B and A over Software\X
step  event                                status         what changed
1     OnlineClusterResource(resource="A")  ERROR_SUCCESS  A: Offline -> Online
2     OnlineClusterResource(resource="B")  ERROR_SUCCESS  B: Offline -> Online
3     RegSetValueEx(node="N1",             ERROR_SUCCESS  key on N1: nothing -> A
      key="Software\X", name="LeftBy",                    stored copy of A: nothing -> A
      value="A")
4     RegSetValueEx(node="N2",             ERROR_SUCCESS  key on N2: nothing -> B
      key="Software\X", name="LeftBy",                    stored copy of B: nothing -> B
      value="B")
5     MoveClusterGroup(group="GB",         ERROR_SUCCESS  owner of GB: N2 -> N1
      node="N1")                                          key on N1: A -> B
                                                          stored copy of A: A -> B
at step 5, restoring Software\X of B on N1 replaced what A had left there while it was
online; step 5 also stored it as the checkpoint of A."""

OPEN = r"""Review of Example: 0 findings, 1 pair undecided, 1 line unreadable, 0 resources without
a conflict

Undecided
  A and B over Software\X: the possible owners of "B" are not known
  Say it in a cluster file (clusckpt-cluster/1). Possible owners are printed by:
  Get-ClusterResource NAME | Get-ClusterOwnerNode

Unreadable
  t.txt:7: the Name is cut off: A Cut...
  Print the table again, with nothing cut off:
  Get-ClusterCheckpoint | Format-Table -AutoSize | Out-String -Width 4096"""


def resource(name: str, *keys: str, view: View = "native", known: bool = True) -> Resource:
    """A resource in a group of its own."""
    return Resource(
        name,
        f"G{name}",
        possible_owners=BOTH if known else None,
        registry_checkpoints=tuple(RegistryCheckpoint(key, view) for key in keys),
    )


def reviewed(*resources: Resource, unreadable: tuple[Unreadable, ...] = ()) -> Review:
    """The review of a design that one file describes."""
    groups = tuple(Group(one.group) for one in resources)
    cluster = Cluster("clusckpt-cluster/1", BOTH, groups, resources, "Example")
    return review_design(ReviewInput(cluster, ("a b.yaml",), unreadable))


def shown(review: Review, *, witness: bool = False, width: int = 88) -> str:
    """What is printed on a console without colours."""
    stream = io.StringIO()
    show_review(Console(file=stream, width=width, soft_wrap=True), review, witness=witness)
    return stream.getvalue()


def unfilled(text: str) -> str:
    """A text without the blanks that fill up its lines."""
    return "\n".join(line.rstrip() for line in text.rstrip("\n").split("\n"))


def test_whole_text() -> None:
    """The text has severity, resources, roots, nodes, what makes it live, rule, rename, witness."""
    review = reviewed(resource("A", KEY), resource("B", r"Software\X\Y"), resource("C"))

    assert unfilled(shown(review)) == WHOLE


def test_witness_text() -> None:
    """A witness is a table of steps with event, status and what changed, and its story."""
    text = shown(reviewed(resource("A", KEY), resource("B", KEY)), witness=True)

    assert unfilled(text).endswith(f"\n\n{WITNESS}")


def test_what_is_open() -> None:
    """Undecided pairs, unreadable lines and free resources are listed with what to do next."""
    unreadable = (Unreadable("t.txt", 7, "A    Cut...", "the Name is cut off"),)
    text = shown(
        reviewed(resource("A", KEY), resource("B", KEY, known=False), unreadable=unreadable)
    )

    assert unfilled(text) == OPEN


def test_long_lists_are_counted() -> None:
    """A list ends after fifty lines with the number of those that are left out."""
    text = shown(reviewed(*(resource(f"R{place:02}") for place in range(60))))

    assert "R49" in text
    assert "R50" not in text
    assert "and 10 more; --format json has them all" in text


def test_many_witnesses_are_counted() -> None:
    """Of many conflicts in one finding some witnesses are printed and the others counted."""
    text = shown(reviewed(*(resource(f"R{place}", KEY) for place in range(6))), witness=True)

    assert text.count("MoveClusterGroup") == 10
    assert "5 more conflicts of " in text


@pytest.mark.parametrize(
    "name", ["[red]A[/red]", "[/]", ":smile:", "A\u202eB", "A\x1b[31mB", "[link=http://x]A", "\\["]
)
def test_hostile_names(name: str) -> None:
    """Markup in names is printed as it is, and what does not print is written out."""
    below = "\\".join([KEY, name.replace("\\", "")])
    review = reviewed(resource(name, KEY), resource(f"{name}2", below))
    text = shown(review, witness=True)
    printed = name.replace("\u202e", "\\u202e").replace("\x1b", "\\u001b")

    assert printed in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_nothing_is_cut() -> None:
    """On a narrow console a long name folds and keeps every letter."""
    long = "L" * 200
    text = shown(reviewed(resource("A", rf"S\{long}"), resource("B", rf"S\{long}")), width=60)

    assert "…" not in text
    assert text.count("L") >= 3 * 200


def test_rename_that_is_refused() -> None:
    """Where no rename can be suggested, the text says why."""
    text = shown(reviewed(resource("A", "Software"), resource("B", KEY)))

    assert "No rename can be suggested: Software\\X of B meets another root at Software" in text


def test_32bit_view_is_named() -> None:
    """A key of the 32-bit view is shown as it was added, with its view."""
    review = reviewed(resource("A", KEY, view="32"), resource("B", r"Software\Wow6432Node\X"))

    assert "A: Software\\X (32-bit view)" in shown(review)


def test_json() -> None:
    """The JSON has the same under field names that stay."""
    review = reviewed(
        resource("A", KEY),
        resource("B", KEY),
        resource("C", r"S\Y"),
        resource("D", r"S\Y", known=False),
    )
    document = json.loads(json.dumps(to_json(review)))

    assert document["status"] == 1
    assert document["findings"][0]["conflicts"] == [
        {
            "resources": ["A", "B"],
            "roots": [
                {
                    "resource": name,
                    "group": f"G{name}",
                    "kind": "registry",
                    "given": KEY,
                    "view": "native",
                    "root": KEY,
                }
                for name in "AB"
            ],
            "key": KEY,
            "nodes": ["N1", "N2"],
            "cross_node": True,
            "live": (
                "when A or B comes online on N1 or N2 while the other is online there, as after a "
                "move or failover of the group GA or GB"
            ),
        }
    ]
    assert document["findings"][0]["suggestion"] == {
        "keeps": "A",
        "renamed": [{"resource": "B", "before": KEY, "after": r"Software\X (B)", "view": "native"}],
        "refusal": "",
    }
    assert [one["resources"] for one in document["undecided"]] == [["C", "D"]]
    assert "witnesses" not in document["findings"][0]


def test_fields_of_the_json() -> None:
    """The fields of the JSON are these, whatever was found."""
    document = to_json(reviewed(resource("A", KEY), resource("B", KEY)), with_witnesses=True)

    assert set(document) == {
        "cluster",
        "files",
        "status",
        "findings",
        "undecided",
        "unreadable",
        "free",
        "assumptions",
    }
    assert set(document["findings"][0]) == {
        "fingerprint",
        "rule",
        "sentence",
        "severity",
        "resources",
        "roots",
        "nodes",
        "conflicts",
        "suggestion",
        "witnesses",
    }


def test_witness_in_json() -> None:
    """On request the JSON has the executed witness of every conflict."""
    document = to_json(reviewed(resource("A", KEY), resource("B", KEY)), with_witnesses=True)
    (witness,) = document["findings"][0]["witnesses"]

    assert witness["replaced_at"] == 5
    assert witness["steps"][4] == {
        "step": 5,
        "event": {"call": "MoveClusterGroup", "group": "GB", "node": "N1"},
        "status": "ERROR_SUCCESS",
        "changed": [
            {"part": "owner", "of": "GB", "before": "N2", "after": "N1"},
            {"part": "registry", "of": "N1", "before": "A", "after": "B"},
            {"part": "copy", "of": "A", "before": "A", "after": "B"},
        ],
    }
