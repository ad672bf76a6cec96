"""A document that does not fit a structure is refused at the exact place and in plain words."""

import pytest

from clusckpt.files.conversion import converted
from clusckpt.files.errors import UnusableInput
from clusckpt.files.sources import FileLine
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.trace import Header, Observation

SEE = "see clusckpt_spec/schemas/README.md for the format"
QUOTES = "write text in double quotes, also where it looks like a number or like yes or no"
VALUE = (
    'text or a whole number from 0 to 4294967295 or an object with the fields "type", "hex" or null'
)


def cluster_with(**fields: object) -> dict[str, object]:
    """Give a plain cluster with some fields replaced."""
    plain: dict[str, object] = {
        "format": "clusckpt-cluster/1",
        "nodes": ["N1"],
        "groups": [{"name": "G"}],
        "resources": [],
    }
    return plain | fields


def message_of(content: object, kind: type) -> str:
    """Convert a document that does not fit and give the message."""
    with pytest.raises(UnusableInput) as refused:
        converted(content, kind, FileLine("a"))
    return str(refused.value)


def test_document_that_fits() -> None:
    """A document that fits becomes the structure."""
    assert converted(cluster_with(), Cluster, FileLine("a")).nodes == ("N1",)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            [],
            (
                "got a list of 0; allowed: an object with the fields "
                f'"format", "nodes", "groups", "resources"; next: correct the value; {SEE}'
            ),
        ),
        (
            cluster_with(nodes="N1"),
            f'got "N1" at nodes; allowed: a list; next: correct the value; {SEE}',
        ),
        (
            cluster_with(nodes=["N1", False]),
            f"got false at nodes[1]; allowed: text; next: {QUOTES}",
        ),
        (
            cluster_with(groups=[{"owner": "N1"}]),
            (
                'got an object without the field "name" at groups[0]; '
                f'allowed: an object with the fields "name"; next: add the field; {SEE}'
            ),
        ),
        (
            cluster_with(groups=[{"name": "G", "ownr": "N1"}]),
            (
                'got the unknown field "ownr" at groups[0].ownr; '
                'allowed: the fields "name", "owner", "preferred_owners"; '
                'next: write "owner" if you meant that'
            ),
        ),
        (
            cluster_with(**{"a` - at `$.nodes": 1}),
            (
                'got the unknown field "a` - at `$.nodes" at a` - at `$.nodes; allowed: the fields '
                '"format", "nodes", "groups", "resources", "name", "platform"; '
                f"next: remove the field; {SEE}"
            ),
        ),
        (
            cluster_with(**{"a` - at `$.nodes[9][...]": 1}),
            (
                'got the unknown field "a` - at `$.nodes[9][...]" at a` - at `$.nodes[9][...]; '
                'allowed: the fields "format", "nodes", "groups", "resources", "name", "platform"; '
                f"next: remove the field; {SEE}"
            ),
        ),
        (
            cluster_with(groups=[{"name": "G", "name`x": 1}]),
            (
                'got the unknown field "name`x" at groups[0].name`x; '
                'allowed: the fields "name", "owner", "preferred_owners"; '
                'next: write "name" if you meant that'
            ),
        ),
        (
            cluster_with(
                resources=[
                    {"name": "R", "group": "G", "registry_checkpoints": [{"key": "a"}] * 2},
                    {
                        "name": "Q",
                        "group": "G",
                        "registry_checkpoints": [{"key": "a"}, {"key": "b", "view": 32}],
                    },
                ]
            ),
            (
                "got 32 at resources[1].registry_checkpoints[1].view; "
                f'allowed: "32", "64", "native"; next: {QUOTES}'
            ),
        ),
    ],
)
def test_cluster_that_does_not_fit(content: object, message: str) -> None:
    """The message names the place, what stood there and what the format allows there."""
    assert message_of(content, Cluster) == f"a: {message}"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            {"states": {"A": "Online", "B": 3, "C": 4}},
            f"got 3 at states.B; allowed: text; next: {QUOTES}",
        ),
        (
            {"registry": {"N1": {"a": {"x": 1}, "b": {"x": 1, "y": []}}, "N2": {"a": {"z": 2.5}}}},
            f"got a list of 0 at registry.N1.b.y; allowed: {VALUE}; next: correct the value; {SEE}",
        ),
        (
            {"registry": {"N1": {"a": {"x": -1}}}},
            f"got -1 at registry.N1.a.x; allowed: {VALUE}; next: correct the value; {SEE}",
        ),
        (
            {"registry": {"N1": {"a": {"x": {"type": "REG_SZ"}}}}},
            (
                'got an object without the field "hex" at registry.N1.a.x; '
                f"allowed: {VALUE}; next: add the field; {SEE}"
            ),
        ),
        (
            {"registry": {"N1": {"a": {"x": {"type": "REG_SZ", "hex": "", "size": 0}}}}},
            (
                'got the unknown field "size" at registry.N1.a.x.size; '
                'allowed: the fields "type", "hex"; '
                f"next: remove the field; {SEE}"
            ),
        ),
        (
            {"stored": {"R": {"a]": {"b": {"c": "ok"}}, "a.b[0]": {"c": "no"}}}},
            (
                'got "no" at stored.R.a.b[0].c; allowed: an object or null; '
                f"next: correct the value; {SEE}"
            ),
        ),
        (
            {"checkpoints": {"R": ["a", 7]}},
            f"got 7 at checkpoints.R[1]; allowed: text; next: {QUOTES}",
        ),
    ],
)
def test_observation_that_does_not_fit(content: object, message: str) -> None:
    """The entry of an object that does not fit is found, although msgspec does not name it."""
    assert message_of(content, Observation) == f"a: {message}"


def test_entry_among_many_is_found() -> None:
    """The one wrong entry among a hundred thousand is found quickly."""
    states: dict[str, object] = {f"R{number}": "Online" for number in range(100_000)}
    states["R77777"] = None

    assert message_of({"states": states}, Observation).startswith("a: got null at states.R77777;")


def test_entry_inside_an_embedded_document() -> None:
    """The place inside a larger document is complete."""
    content = {
        "format": "clusckpt-trace/1",
        "cluster": cluster_with(),
        "registry": {"N1": {"Software": {"a": 1, "b": True}}},
    }

    assert message_of(content, Header).startswith("a: got true at registry.N1.Software.b;")
