"""Locations are spelled as people write them, and sources turn faults into messages."""

import pytest

from clusckpt.files.sources import Fault, FileLine, Location, spelled, value_at

CONTENT = {"resources": [{"name": "R"}]}


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ((), ""),
        (("nodes",), "nodes"),
        (("resources", 2, "dependencies", 0), "resources[2].dependencies[0]"),
        (("registry", "N\n1"), r"registry.N\u000a1"),
    ],
)
def test_spelled(location: Location, expected: str) -> None:
    """Fields are joined by dots, places in lists stand in brackets, nothing breaks the line."""
    assert spelled(location) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ((), CONTENT),
        (("resources", 0, "name"), "R"),
        (("resources", 1), None),
        (("groups",), None),
        (("resources", "name"), None),
    ],
)
def test_value_at(location: Location, expected: object) -> None:
    """The value at a location is found; a location that does not exist has none."""
    assert value_at(CONTENT, location) == expected


def test_file_line_refusal() -> None:
    """A fault inside an embedded document is reported with its whole location."""
    source = FileLine("a.jsonl", 1, ("cluster",))

    assert str(source.refusal(("nodes",), Fault("null", "a list", "correct it"))) == (
        "a.jsonl:1: got null at cluster.nodes; allowed: a list; next: correct it"
    )


def test_refusal_of_the_whole() -> None:
    """A fault of the whole document is reported without a location."""
    assert str(FileLine("a.json").refusal((), Fault("null", "an object", "correct it"))) == (
        "a.json: got null; allowed: an object; next: correct it"
    )
