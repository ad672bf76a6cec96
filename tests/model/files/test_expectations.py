"""What a format allows is said in words, read off its structures."""

import pytest

from clusckpt.files.expectations import expectation, fields_of, type_at
from clusckpt.files.sources import Location
from clusckpt_spec.formats.cluster import Cluster
from clusckpt_spec.formats.events import RegSetValueEx
from clusckpt_spec.formats.trace import Observation


@pytest.mark.parametrize(
    ("kind", "location", "expected"),
    [
        (Cluster, ("nodes",), "a list"),
        (Cluster, ("nodes", 0), "text"),
        (Cluster, ("groups", 3), 'an object with the fields "name"'),
        (Cluster, ("groups", 0, "owner"), "text or null"),
        (Cluster, ("format",), '"clusckpt-cluster/1"'),
        (
            Cluster,
            ("resources", 0, "registry_checkpoints", 0, "view"),
            '"32", "64", "native"',
        ),
        (Observation, ("states",), "an object"),
        (Observation, (), "an object"),
        (Observation, ("checkpoints", "R", 1), "text"),
        (
            Observation,
            ("registry", "N1", "Software", "Mode"),
            (
                "text or a whole number from 0 to 4294967295 or "
                'an object with the fields "type", "hex" or null'
            ),
        ),
        (Observation, ("registry", "N1", "Software", "Mode", "hex"), "text that matches "),
        (RegSetValueEx, (), 'an object with the fields "call", "node", "key", "name", "value"'),
    ],
)
def test_expectation(kind: type, location: Location, expected: str) -> None:
    """The type at a location is found through lists, objects and alternatives."""
    assert expectation(type_at(kind, location)).startswith(expected)


@pytest.mark.parametrize("location", [("foo",), (0,), ("nodes", "a"), ("nodes", 0, "a")])
def test_location_that_does_not_exist(location: Location) -> None:
    """Beyond the structure, the type of the nearest place above is given."""
    assert expectation(type_at(Cluster, location)) in {
        "text",
        "a list",
        'an object with the fields "format", "nodes", "groups", "resources"',
    }


def test_fields_of() -> None:
    """The fields of an event begin with the one that names its call; text has none."""
    fields = ["call", "node", "key", "name", "value", "view"]

    assert fields_of(type_at(RegSetValueEx, ())) == fields
    assert fields_of(type_at(Cluster, ("name",))) == []
