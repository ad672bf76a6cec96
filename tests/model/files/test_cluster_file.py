"""Clusters are read whole from JSON and YAML, or refused with the line of the first fault."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.files.cluster_file import dump_cluster, load_cluster, parse_cluster
from clusckpt.files.documents import parse_document
from clusckpt.files.errors import UnusableInput
from clusckpt.files.sources import FileLine
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource

YAML = r"""format: clusckpt-cluster/1
nodes: [N1, N2]
groups:
  - {name: G, owner: N1}
resources:
  - name: R
    group: G
    possible_owners: [N1]
    registry_checkpoints:
      - key: Software\Example
      - key: Software\Other
        view: "32"
    crypto_checkpoints:
      - 1\\MyKey
"""
CLUSTER = Cluster(
    "clusckpt-cluster/1",
    ("N1", "N2"),
    (Group("G", "N1"),),
    (
        Resource(
            "R",
            "G",
            possible_owners=("N1",),
            registry_checkpoints=(
                RegistryCheckpoint(r"Software\Example"),
                RegistryCheckpoint(r"Software\Other", "32"),
            ),
            crypto_checkpoints=(r"1\\MyKey",),
        ),
    ),
)
SEE = "see clusckpt_spec/schemas/README.md for the format"


def message_of(tmp_path: Path, raw: bytes) -> str:
    """Read a file that is not a cluster and give the message, with the file called FILE."""
    path = tmp_path / "a"
    path.write_bytes(raw)
    with pytest.raises(UnusableInput) as refused:
        load_cluster(path)
    return str(refused.value).replace(str(path), "FILE", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_yaml_and_json(tmp_path: Path, encoding: str) -> None:
    """The same cluster is read from YAML and from JSON, in each accepted encoding."""
    path = tmp_path / "a"
    path.write_bytes(YAML.encode(encoding))
    from_yaml = load_cluster(path)
    path.write_bytes(dump_cluster(CLUSTER).encode(encoding))
    from_json = load_cluster(path)

    assert from_yaml == CLUSTER
    assert from_json == CLUSTER


def test_dump_leaves_defaults_out() -> None:
    """A written cluster has only the fields that say something, on readable lines."""
    small = Cluster("clusckpt-cluster/1", ("N1",), (Group("G"),), (Resource("R", "G"),))

    assert dump_cluster(small) == (
        "{\n"
        '  "format": "clusckpt-cluster/1",\n'
        '  "nodes": [\n    "N1"\n  ],\n'
        '  "groups": [\n    {\n      "name": "G"\n    }\n  ],\n'
        '  "resources": [\n    {\n      "name": "R",\n      "group": "G"\n    }\n  ]\n'
        "}\n"
    )


NAMES = st.text("aäß \\'\"#:-1", min_size=1, max_size=4)


@given(st.lists(NAMES, min_size=1, unique_by=str.upper), NAMES, NAMES)
def test_dump_and_parse(nodes: list[str], group: str, resource: str) -> None:
    """Reading what was written gives the same cluster, whatever the names."""
    resources = (Resource(resource, group, possible_owners=tuple(nodes)),)
    cluster = Cluster("clusckpt-cluster/1", tuple(nodes), (Group(group, nodes[0]),), resources)
    document = parse_document(dump_cluster(cluster), "a")

    assert parse_cluster(document.content, document) == cluster


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "clusckpt-cluster/1",
            "clusckpt-cluster/2",
            (
                'FILE:1: got the format "clusckpt-cluster/2" at format; '
                'allowed: "clusckpt-cluster/1"; '
                "next: check that this is the file you meant to read, and its version"
            ),
        ),
        (
            "format: clusckpt-cluster/1",
            "",
            (
                'FILE:2: got an object without the field "format"; allowed: "clusckpt-cluster/1"; '
                "next: check that this is the file you meant to read, and its version"
            ),
        ),
        (
            "owner: N1",
            "owner: N3",
            (
                'FILE:4: got the unknown node "N3" at groups[0].owner; '
                'allowed: a node of the cluster: "N1", "N2"; '
                "next: correct the name, or add the node to the cluster"
            ),
        ),
        (
            "    group: G",
            "    group: X",
            (
                'FILE:7: got the unknown group "X" at resources[0].group; '
                'allowed: a group of the cluster: "G"; '
                "next: correct the name, or add the group to the cluster"
            ),
        ),
        (
            "possible_owners: [N1]",
            "possible_owners: []",
            (
                'FILE:8: got no possible owners for the resource "R" '
                "at resources[0].possible_owners; allowed: at least one node; "
                "or no such field if the possible owners are not known; "
                "next: name the nodes that can host the resource, or remove the field"
            ),
        ),
        (
            "possible_owners",
            "possible_owner",
            (
                'FILE:8: got the unknown field "possible_owner" at resources[0].possible_owner; '
                'allowed: the fields "name", "group", "id", "type", "possible_owners", '
                '"dependencies", "registry_checkpoints", "crypto_checkpoints"; '
                'next: write "possible_owners" if you meant that'
            ),
        ),
        (
            r"key: Software\Example",
            r"key: \Software\Example",
            (
                r'FILE:10: got the key "\Software\Example" with a leading backslash at '
                r"resources[0].registry_checkpoints[0].key; "
                r"allowed: a key below HKEY_LOCAL_MACHINE such as Software\Example "
                r"(CKPT-ADD-REGISTRY: Do not use a leading backslash); "
                r'next: write "Software\Example"'
            ),
        ),
        (
            r"key: Software\Other",
            r"key: software\example",
            (
                r'FILE:11: got the key "software\example" a second time '
                r'(first as "Software\Example") '
                r"at resources[0].registry_checkpoints[1].key; "
                r"allowed: each key once on a resource, whatever its case and view "
                r"(CKPT-ADD-REGISTRY: ERROR_ALREADY_EXISTS 183; A10); "
                r"next: remove one of the two checkpoints"
            ),
        ),
        (
            'view: "32"',
            "view: 32",
            (
                "FILE:12: got 32 at resources[0].registry_checkpoints[1].view; "
                'allowed: "32", "64", "native"; '
                "next: write text in double quotes, also where it looks like a number "
                "or like yes or no"
            ),
        ),
        (
            r"- 1\\MyKey",
            r"- PROV_RSA_FULL\\MyKey",
            (
                r'FILE:14: got the crypto checkpoint "PROV_RSA_FULL\\MyKey" at '
                r"resources[0].crypto_checkpoints[0]; "
                r"allowed: Type\Name\Key with a decimal provider type (CKPT-ADD-CRYPTO); "
                r"next: write it like 1\Microsoft Base Cryptographic Provider v1.0\MyKey; "
                r"Name may be empty"
            ),
        ),
        (
            "nodes: [N1, N2]",
            "nodes: [N1, n1]",
            (
                'FILE:2: got the node "n1" a second time (first as "N1") at nodes[1]; '
                "allowed: each node once; case does not tell names apart (CKPT-NAMES-CASELESS); "
                "next: remove or rename one of the two"
            ),
        ),
    ],
)
def test_one_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    """One change to a good file gives the complete message, with the line of the change."""
    assert old in YAML
    assert message_of(tmp_path, YAML.replace(old, new, 1).encode()) == message


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "FILE: got an empty file; "),
        (b"MZ\x90\x00\x03", "FILE:1: got bytes that are not UTF-8; "),
        (b'{"format": "clusckpt-cluster/1",', "FILE:1: got text that ends inside a JSON value "),
        (b"[" * 100, "FILE:1: got lists and objects nested deeper than 32 levels; "),
        (b"[" * 100_000, "FILE:1: got lists and objects nested deeper than 32 levels; "),
        (b"a: " + b"[" * 100_000, "FILE:1: got lists and objects nested deeper than 32 levels; "),
        (b"x" * 10_000_000, 'FILE:1: got "xxx'),
        (b'{"a": 1, "a": 2}', 'FILE:1: got the key "a" a second time in one object; '),
        (YAML.encode("utf-16-le"), "FILE:1: got a NUL character "),
        (YAML.replace("R", "Größe").encode("cp1252"), "FILE:6: got bytes that are not UTF-8; "),
        (b"- 1", "FILE:1: got a list of 1; "),
        (b"# nothing", "FILE: got null; "),
    ],
)
def test_malformed(tmp_path: Path, raw: bytes, message: str) -> None:
    """Files that are no cluster at all are refused by what they are."""
    assert message_of(tmp_path, raw).startswith(message)


def test_cluster_without_lines() -> None:
    """A cluster from elsewhere is checked just the same, with no line to name."""
    plain = {"format": "clusckpt-cluster/1", "nodes": [], "groups": [], "resources": []}
    with pytest.raises(UnusableInput) as refused:
        parse_cluster(plain, FileLine("an export"))

    assert str(refused.value) == (
        "an export: got a cluster without nodes at nodes; allowed: at least one node; "
        "next: name the nodes; without them no checkpoint can collide with another"
    )
    assert parse_cluster(plain | {"nodes": ["N1"]}, FileLine("an export")).nodes == ("N1",)
