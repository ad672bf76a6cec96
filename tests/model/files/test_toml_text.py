"""TOML is read within bounds, and whatever is wrong with it is one clear message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.files.errors import UnusableInput
from clusckpt.files.sources import Location
from clusckpt.files.toml_text import LINE_LIMIT, TEXT_LIMIT, parse_toml

TEXT = """# first line
name = "a"
x.y = 1

[choices]   # table
A1 = "eventual"
"A2" = "saved"

[ other ]
z = [
  1,
]
"""


def message_of(text: str) -> str:
    """The message for a text that is refused."""
    with pytest.raises(UnusableInput) as refused:
        parse_toml(text, "FILE")
    return str(refused.value)


def read_or_refused(text: str) -> bool:
    """Whether a text is read, or refused with a message on one line."""
    try:
        document = parse_toml(text, "FILE")
    except UnusableInput as error:
        return str(error).isprintable()
    line = document.line_of(("a", "a"))
    return line is None or 1 <= line <= len(text.splitlines())


def test_content() -> None:
    """A document is what the standard parser makes of it."""
    assert parse_toml(TEXT, "FILE").content == {
        "name": "a",
        "x": {"y": 1},
        "choices": {"A1": "eventual", "A2": "saved"},
        "other": {"z": [1]},
    }


@pytest.mark.parametrize(
    ("location", "line"),
    [
        (("name",), 2),
        (("x", "y"), 3),
        (("choices",), 5),
        (("choices", "A1"), 6),
        (("choices", "A2"), 7),
        (("choices", "A3"), 5),
        (("other", "z", 0), 10),
        (("missing",), None),
        ((), None),
    ],
)
def test_lines(location: Location, line: int | None) -> None:
    """A field is found on its line, and one that is missing on the line of its table."""
    assert parse_toml(TEXT, "FILE").line_of(location) == line


def test_no_line_is_better_than_a_wrong_one() -> None:
    """With text of several lines in a document, no line is told at all."""
    text = 'reason = """\nA1 = "no field"\n"""\nA1 = "field"\n'

    assert parse_toml(text, "FILE").line_of(("A1",)) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = \n", "FILE:1: got text that is not TOML (Invalid value, column 5); "),
        ('a = 1\nb = "\\q"', "FILE:2: got text that is not TOML ("),
        ("[a]\nb = 1\n[a]\n", "FILE:3: got text that is not TOML (Cannot declare ('a',) twice, "),
        ("a = 1\na = 2", "FILE: got text that is not TOML (Cannot overwrite a value"),
        ("{", "FILE:1: got text that is not TOML (Invalid statement, column 1); "),
        ("a = " + "[" * 1900, "FILE: got lists and tables nested too deep to be read; "),
        ("a = [" + "[\n" * 20_000, "FILE: got lists and tables nested too deep to be read; "),
        ("a" * 2001, "FILE:1: got a line of 2001 characters; "),
        ("\n" * (TEXT_LIMIT + 1), f"FILE: got a TOML document of {TEXT_LIMIT + 1} characters; "),
    ],
    ids=["value", "text", "table", "twice", "json", "deep", "long-deep", "long-line", "huge"],
)
def test_refused(text: str, message: str) -> None:
    """What is not TOML, or is out of bounds, is refused by what it is."""
    assert message_of(text).startswith(message)


def test_message_says_what_to_do() -> None:
    """The message is complete: what came, what is allowed, what to do next."""
    assert message_of("a = 1\nb") == (
        "FILE: got text that is not TOML (Expected '=' after a key in a key/value pair); "
        "allowed: TOML 1.0; "
        "next: correct the text at that place; a name stands once, and text stands in quotes"
    )


def test_long_dotted_keys_are_bounded() -> None:
    """The costliest document within bounds is read: as many long dotted keys as fit."""
    key = ".a" * ((LINE_LIMIT - 10) // 2)
    lines = [f"k{number}{key} = 1" for number in range(TEXT_LIMIT // LINE_LIMIT)]

    assert len(parse_toml("\n".join(lines), "FILE").content) == len(lines)


@given(st.text(max_size=60) | st.text("[]{}=.'\"\n\\a1 #", max_size=60))
def test_any_text(text: str) -> None:
    """Any text is read, or refused with a message on one line."""
    assert read_or_refused(text)
