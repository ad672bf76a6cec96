"""Names in files are there once, are well written, and belong to the cluster."""

from clusckpt.files.names import KnownNames, faulty, repeated
from clusckpt.files.sources import Fault, Found


def of_nodes(names: list[str]) -> list[tuple[tuple[str | int, ...], str]]:
    """Give names the locations that they have in a list of nodes."""
    return [(("nodes", place), name) for place, name in enumerate(names)]


def test_repeated() -> None:
    """Each further spelling of a name is reported with the first one."""
    fault = Fault(
        'the node "n1" a second time (first as "N1")',
        "each node once; case does not tell names apart (CKPT-NAMES-CASELESS)",
        "remove or rename one of the two",
    )
    expected: list[Found] = [(("nodes", 2), fault)]

    assert list(repeated("node", of_nodes(["N1", "N2", "n1"]))) == expected
    assert list(repeated("node", of_nodes(["N1", "N2"]))) == []


def test_faulty() -> None:
    """A name is not empty and holds no control characters."""
    found = list(faulty("node", of_nodes(["N1", "", "N\n2", "N\x7f"])))

    assert [location for location, _ in found] == [("nodes", 1), ("nodes", 2), ("nodes", 3)]
    assert found[1][1] == Fault(
        r'the node name "N\u000a2"',
        "a name of at least one character, without control characters",
        "write the name of the node",
    )


def test_known_names() -> None:
    """A known name is accepted in any spelling, and an unknown one is reported."""
    known = KnownNames("node", ["N1", "Größe"])

    assert "n1" in known
    assert "GRÖßE" in known
    assert "N2" not in known
    assert list(known.unknown(of_nodes(["n1"]))) == []
    assert list(known.unknown(of_nodes(["N12", "X"]))) == [
        (
            ("nodes", 0),
            Fault(
                'the unknown node "N12"',
                'a node of the cluster: "N1", "Größe"',
                'write "N1" if you meant that',
            ),
        ),
        (
            ("nodes", 1),
            Fault(
                'the unknown node "X"',
                'a node of the cluster: "N1", "Größe"',
                "correct the name, or add the node to the cluster",
            ),
        ),
    ]
