"""YAML is read as far as it says what JSON could say, and refused beyond that."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.files import yaml_text
from clusckpt.files.errors import UnusableInput
from clusckpt.files.yaml_text import parse_yaml

ONE_DOCUMENT = (
    "allowed: one YAML document without anchors, aliases, tags and merge keys; "
    "next: write the value out at each place; put text that starts with &, * or ! in quotes"
)
NUMBERS = (
    "allowed: finite numbers; whole numbers from -9223372036854775808 to 18446744073709551615; "
    "next: correct the number, or write text in double quotes"
)
DEEP = (
    "got lists and objects nested deeper than 32 levels; "
    "allowed: at most 32 levels; the formats need fewer than 10; "
    "next: check that the file is what you meant to read"
)


def message_of(text: str) -> str:
    """Read YAML that is not allowed and give the message."""
    with pytest.raises(UnusableInput) as refused:
        parse_yaml(text, "a.yaml")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("N1", "N1"),
        ("[yes, Off, true]", [True, False, True]),
        ("[~, null, '']", [None, None, ""]),
        ("[12, 0x1F, -1, 1_0, 1:30]", [12, 31, -1, 10, 90]),
        ("[1.5, 2.]", [1.5, 2.0]),
        ("['12', \"no\", '~', '<<']", ["12", "no", "~", "<<"]),
        ("[2026-01-01, =, 1e5, 0o7]", ["2026-01-01", "=", "1e5", "0o7"]),
        (r"key: Software\Example", {"key": r"Software\Example"}),
        ("--- \na: 1\n...\n", {"a": 1}),
        ("# only a comment\n", None),
        ("text: |\n  a\n  b\n", {"text": "a\nb\n"}),
    ],
)
def test_plain_values(text: str, expected: object) -> None:
    """Values are what YAML 1.1 takes them for, but dates stay text."""
    assert parse_yaml(text, "a.yaml") == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1\n", f"1: got the anchor &x; {ONE_DOCUMENT}"),
        ("a: 1\nb: *x\n", f"2: got the alias *x; {ONE_DOCUMENT}"),
        ("a: &x [1]\n", f"1: got the anchor &x; {ONE_DOCUMENT}"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            '1: got the tag "tag:yaml.org,2002:python/object/apply:os.system"; ' + ONE_DOCUMENT,
        ),
        ("a: ! b\n", f'1: got the tag "!"; {ONE_DOCUMENT}'),
        ("a: !!str b\n", f'1: got the tag "tag:yaml.org,2002:str"; {ONE_DOCUMENT}'),
        ("a:\n  <<: {b: 1}\n", f"2: got the merge key <<; {ONE_DOCUMENT}"),
        ("a: 1\n---\nb: 1\n", f"2: got a second YAML document; {ONE_DOCUMENT}"),
        ("a: .inf\n", f'1: got the number ".inf"; {NUMBERS}'),
        ("a: .NaN\n", f'1: got the number ".NaN"; {NUMBERS}'),
        ("a: 0x_\n", f'1: got the number "0x_"; {NUMBERS}'),
        ("a: 99999999999999999999\n", f'1: got the number "99999999999999999999"; {NUMBERS}'),
        (
            "a: " + "1:" * 50_000 + "1\n",
            f'1: got the number "{"1:" * 40}…" (100001 characters); {NUMBERS}',
        ),
        (
            "a: 1\nb: 2\na: 3\n",
            (
                '3: got the key "a" a second time in one object; '
                "allowed: each key once; next: remove one of the two"
            ),
        ),
        (
            "a: 1\n'a': 2\n",
            (
                '2: got the key "a" a second time in one object; '
                "allowed: each key once; next: remove one of the two"
            ),
        ),
        (
            "no: 1\n",
            (
                "1: got a key that is not text; allowed: field names and other keys as text; "
                "next: put the key in double quotes"
            ),
        ),
        (
            "? [a]\n: 1\n",
            (
                "1: got a key that is not text; allowed: field names and other keys as text; "
                "next: put the key in double quotes"
            ),
        ),
        (
            "a: 1\nb: c: d\n",
            (
                "2: got text that is neither JSON nor YAML "
                "(mapping values are not allowed in this context); allowed: JSON, or YAML 1.1; "
                "next: correct the text at that place; put text with special characters in quotes"
            ),
        ),
        (
            'a: "Software\\Xample"\n',
            (
                "1: got text that is neither JSON nor YAML (found unknown escape character); "
                "allowed: JSON, or YAML 1.1; "
                "next: write each backslash in double quotes twice, or leave the quotes out"
            ),
        ),
    ],
)
def test_what_the_formats_do_not_allow(text: str, message: str) -> None:
    """What goes beyond plain values is refused on its line."""
    assert message_of(text) == f"a.yaml:{message}"


@pytest.mark.parametrize("text", ["a: \x01", "a: [", "a: 'b", "\t- a", "%YAML 9.0\n---\na"])
def test_not_yaml(text: str) -> None:
    """Other text that is not YAML is refused as such."""
    assert "got text that is neither JSON nor YAML (" in message_of(text)


@pytest.mark.parametrize("levels", [100, 100_000])
@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_deep_nesting(levels: int, opening: str) -> None:
    """Nesting of any depth beyond the limit gives the same message, and no recursion."""
    assert message_of(opening * levels) == f"a.yaml:1: {DEEP}"


def test_nesting_at_the_limit() -> None:
    """Thirty-two levels are read."""
    assert str(parse_yaml("- " * 32 + "x", "a.yaml")) == "[" * 32 + "'x'" + "]" * 32


def test_number_of_values_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document with too many values is refused before it takes too long."""
    monkeypatch.setattr(yaml_text, "VALUE_LIMIT", 1000)

    assert message_of("- a\n" * 1001) == (
        "a.yaml:999: got more than 1000 values in one YAML document; "
        "allowed: at most 1000 values; next: write the document as JSON, which may be longer"
    )
    assert parse_yaml("- a\n" * 990, "a.yaml") == ["a"] * 990


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text("a1 :-#'\\~no<="),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab"), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN)
def test_json_is_read_as_yaml(content: object) -> None:
    """A document in the notation of JSON says the same when it is read as YAML."""
    assert parse_yaml(json.dumps(content), "a.yaml") == content
