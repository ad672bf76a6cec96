"""Every location of a document is found on its line, in JSON as in YAML."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.files.json_text import json_steps
from clusckpt.files.lines import line_at
from clusckpt.files.sources import Location
from clusckpt.files.yaml_text import yaml_steps

YAML = """# a comment
nodes: [N1, N2]
resources:
  - name: A
    group: G
  - group: G
    name:
      B
"""
JSON = """
{"nodes": ["N1",
           "N2"],
 "resources": [
  {"name": "A", "group": "G"},
  {"group": "G",
   "name":
     "B"}]}
"""


@pytest.mark.parametrize(
    ("location", "in_yaml", "in_json"),
    [
        ((), 2, 2),
        (("nodes",), 2, 2),
        (("nodes", 1), 2, 3),
        (("resources",), 3, 4),
        (("resources", 0), 4, 5),
        (("resources", 0, "group"), 5, 5),
        (("resources", 1), 6, 6),
        (("resources", 1, "name"), 7, 7),
        (("resources", 1, "type"), 6, 6),
        (("resources", 2, "name"), 3, 4),
        (("groups",), 2, 2),
        (("nodes", 0, "name"), 2, 2),
    ],
)
def test_line_at(location: Location, in_yaml: int, in_json: int) -> None:
    """A location has the line of its name, or of the nearest place above that exists."""
    assert line_at(yaml_steps(YAML, "a"), location) == in_yaml
    assert line_at(json_steps(JSON, "a"), location) == in_json


def test_nothing_has_no_line() -> None:
    """A document without contents has no lines to name."""
    assert line_at(yaml_steps("# only a comment", "a"), ("nodes",)) is None


PLAIN = st.recursive(
    st.none() | st.integers(-9, 9) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=12,
)


def locations_of(content: object, at: Location = ()) -> list[Location]:
    """Every location of a document, in the order of its text."""
    found = [at]
    if isinstance(content, dict):
        for key, value in content.items():
            found += locations_of(value, (*at, key))
    elif isinstance(content, list):
        for place, value in enumerate(content):
            found += locations_of(value, (*at, place))
    return found


@given(PLAIN)
def test_every_location_is_found(content: object) -> None:
    """In indented JSON each value stands on a line of its own, and each is found in order."""
    text = json.dumps(content, indent=1)
    lines = [line_at(json_steps(text, "a"), at) for at in locations_of(content)]

    assert lines == sorted(set(lines), key=lambda line: line or 0)
    assert lines == [line_at(yaml_steps(text, "a"), at) for at in locations_of(content)]
