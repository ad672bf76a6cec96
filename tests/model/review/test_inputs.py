"""What is reviewed is read from clusters and tables, brought together, and never guessed."""

from pathlib import Path

import pytest

from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.files.errors import UnusableInput
from clusckpt.names import MOST_LEVELS
from clusckpt.review import ReviewInput, Unreadable, read_design
from clusckpt_spec.formats.cluster import Group, RegistryCheckpoint, Resource

PUBLISHED = Path(__file__).resolve().parents[2] / "data" / "powershell-outputs.txt"

CLUSTER = r"""format: clusckpt-cluster/1
name: Example
nodes: [N1, N2]
groups: [{name: G}]
resources:
  - name: Server
    group: G
    possible_owners: [N1]
    registry_checkpoints: [{key: 'Software\X', view: '32'}]
    crypto_checkpoints: ['1\P\K']
"""

TABLE = r"""
Resource     Name            Type Key
--------     ----            ---- ---
SERVER       software\x
server       Software\Y
Server       P               1    k
Server       P               1    K2
Other        Software\Z
OTHER        SOFTWARE\Z
"""


def write(folder: Path, name: str, text: str) -> str:
    """Write a file and give its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def refused(*paths: str) -> str:
    """The message with which files are refused."""
    with pytest.raises(UnusableInput) as refusal:
        read_design(paths)
    return str(refusal.value)


@pytest.mark.parametrize("order", [1, -1], ids=["cluster first", "table first"])
def test_table_adds_to_a_cluster(tmp_path: Path, order: int) -> None:
    """A table adds what is new to the resources of the cluster, in any case, and new resources."""
    files = [write(tmp_path, "a.yaml", CLUSTER), write(tmp_path, "b.txt", TABLE)][::order]
    given = read_design(files)

    assert given.cluster.resources == (
        Resource(
            "Server",
            "G",
            possible_owners=("N1",),
            registry_checkpoints=(
                RegistryCheckpoint(r"Software\X", "32"),
                RegistryCheckpoint(r"Software\Y"),
            ),
            crypto_checkpoints=(r"1\P\K", r"1\P\K2"),
        ),
        Resource(
            "Other",
            "unknown group of Other",
            registry_checkpoints=(RegistryCheckpoint(r"Software\Z"),),
        ),
    )
    assert given.cluster.groups == (Group("G"), Group("unknown group of Other"))
    assert given.listed == {("SERVER", r"SOFTWARE\Y"), ("OTHER", r"SOFTWARE\Z")}
    assert given.unreadable == ()
    assert list(cluster_faults(given.cluster)) == []


def test_published_output() -> None:
    """Of the published tables the whole row is read once; each cut one is listed with its line."""
    given = read_design([PUBLISHED])

    assert [(one.name, one.possible_owners) for one in given.cluster.resources] == [
        ("Cluster Name", None)
    ]
    assert given.cluster.resources[0].registry_checkpoints == (
        RegistryCheckpoint(r"software\clusname"),
    )
    assert given.cluster.resources[0].crypto_checkpoints == ()
    assert [(one.line, one.reason) for one in given.unreadable] == [
        (5, 'the Name is cut off: "Microsoft Enhanced Cryptog..."'),
        (11, 'the Name is cut off: "Microsoft Enhanced Cryptog..."'),
        (21, 'the Name is cut off: "Microsoft Base Cryptograph..."'),
    ]


def test_rows_that_are_no_checkpoints(tmp_path: Path) -> None:
    """A whole row that no control code would accept is listed as unreadable, in its place."""
    deep = "\\".join(["x"] * (MOST_LEVELS + 1))
    path = write(
        tmp_path,
        "a.txt",
        "\n".join(
            [
                f"Resource  {'Name':<900}Type  Key",
                f"--------  {'----':<900}----  ---",
                f"A         {'Provider':<900}      Key",
                rf"A         {chr(92) + 'Software':<900}",
                f"A         {'Cut...':<900}",
                f"A         {deep}",
            ]
        ),
    )
    found = read_design([path])

    assert found.cluster.resources == ()
    assert found.unreadable == (
        Unreadable(
            path,
            3,
            "A  Provider  Key",
            "the Type is blank, and without the provider type the container is not known",
        ),
        Unreadable(
            path,
            4,
            r"A  \Software",
            r'the key "\Software" with a leading backslash; allowed: a key below '
            r"HKEY_LOCAL_MACHINE such as Software\Example (CKPT-ADD-REGISTRY: Do not use a "
            "leading backslash)",
        ),
        found.unreadable[2],
        Unreadable(
            path,
            6,
            f"A  {deep}",
            f"a key of {MOST_LEVELS + 1} levels; allowed: a key below HKEY_LOCAL_MACHINE such as "
            rf"Software\Example, of at most {MOST_LEVELS} levels",
        ),
    )
    assert found.unreadable[2].reason == 'the Name is cut off: "Cut..."'


def test_group_name_that_is_taken(tmp_path: Path) -> None:
    """A resource that only a table names never slips into a group of the cluster."""
    cluster = CLUSTER.replace("{name: G}", "{name: G}, {name: Unknown group of OTHER}")
    given = read_design([write(tmp_path, "a.yaml", cluster), write(tmp_path, "b.txt", TABLE)])

    assert given.cluster.groups[-1] == Group("unknown group of Other'")


def test_table_alone_has_no_nodes() -> None:
    """Without a cluster, neither nodes nor possible owners are made up."""
    given = read_design([PUBLISHED])

    assert (given.cluster.nodes, given.cluster.name) == ((), "")


def test_trace(tmp_path: Path) -> None:
    """A trace is not reviewed; the message names the command that reads it."""
    path = write(tmp_path, "a.jsonl", '{"format": "clusckpt-trace/1"}\n')

    assert refused(path) == (
        f"{path}: got a trace (clusckpt-trace/1); allowed: a cluster (clusckpt-cluster/1) and any "
        f"number of outputs of Get-ClusterCheckpoint; next: run: clusckpt check {path}"
    )


def test_second_cluster(tmp_path: Path) -> None:
    """Two clusters are not mixed up into one."""
    one, other = write(tmp_path, "a.yaml", CLUSTER), write(tmp_path, "b.yaml", CLUSTER)

    assert refused(one, other) == (
        f'{other}: got a second cluster, after "{one}"; allowed: a cluster (clusckpt-cluster/1) '
        "and any number of outputs of Get-ClusterCheckpoint; next: review each cluster by itself"
    )


def test_same_file_twice(tmp_path: Path) -> None:
    """A file that is named twice is read once."""
    path = write(tmp_path, "a.txt", TABLE)

    assert read_design([path, path]).cluster == read_design([path]).cluster
    assert read_design([path, path]).unreadable == ()


def test_too_deep(tmp_path: Path) -> None:
    """A key of more levels than can be followed is refused where it stands."""
    deep = "\\".join(["x"] * (MOST_LEVELS + 1))
    path = write(tmp_path, "a.yaml", CLUSTER.replace(r"Software\X", deep))

    assert f"{path}:9: got a key of {MOST_LEVELS + 1} levels at " in refused(path)
    assert f"of at most {MOST_LEVELS} levels; next: leave it out" in refused(path)


def test_missing_file() -> None:
    """A file that is not there is refused as such."""
    assert refused("nowhere.yaml").startswith("nowhere.yaml: got no such file; ")


def test_no_file() -> None:
    """A review of nothing is refused."""
    with pytest.raises(ValueError, match="no file to review"):
        read_design([])


def test_many_rows(tmp_path: Path) -> None:
    """Ten thousand rows of one resource are read in one go."""
    rows = "\n".join(rf"A         Software\{place}" for place in range(10_000))
    path = write(tmp_path, "a.txt", f"Resource  Name\n--------  ----\n{rows}\n")
    given: ReviewInput = read_design([path])

    assert len(given.cluster.resources[0].registry_checkpoints) == 10_000
