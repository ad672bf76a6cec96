"""JSON is read as the standard says, less what the formats do not allow."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusckpt.files import json_text
from clusckpt.files.errors import UnusableInput
from clusckpt.files.json_text import json_steps, parse_json
from clusckpt.files.syntax import assemble

DEEP = (
    "got lists and objects nested deeper than 32 levels; "
    "allowed: at most 32 levels; the formats need fewer than 10; "
    "next: check that the file is what you meant to read"
)
TWICE = "a second time in one object; allowed: each key once; next: remove one of the two"
NUMBERS = (
    "allowed: finite numbers; whole numbers from -9223372036854775808 to 18446744073709551615; "
    "next: correct the number, or write text in double quotes"
)


def message_of(text: str, first_line: int = 1) -> str:
    """Read JSON that is not allowed and give the message."""
    with pytest.raises(UnusableInput) as refused:
        parse_json(text, "a.json", first_line)
    return str(refused.value)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(PLAIN, st.booleans(), st.sampled_from([None, 2]))
def test_both_readings_agree(content: object, ascii_only: bool, indent: int | None) -> None:  # noqa: FBT001
    """The standard library and our own tokens read the same from every document."""
    text = json.dumps(content, ensure_ascii=ascii_only, indent=indent)

    assert parse_json(text, "a.json") == content
    assert assemble(json_steps(text, "a.json"), "a.json") == content


@pytest.mark.parametrize("levels", [33, 100, 100_000])
@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_deep_nesting(levels: int, opening: str) -> None:
    """Nesting of any depth beyond the limit gives the same message, and no recursion."""
    assert message_of(opening * levels) == f"a.json:1: {DEEP}"


def test_nesting_at_the_limit() -> None:
    """Thirty-two levels are read, and brackets inside text do not count."""
    text = '["[[[[{{{{\\"[[", ' * 31 + "[]" + "]" * 31

    assert str(parse_json(text, "a.json")).count("[[[[") == 31


def test_many_brackets_that_close_again() -> None:
    """Only depth is limited, not the number of lists."""
    assert parse_json("[" + "[]," * 100 + "[]]", "a.json") == [[]] * 101


def test_deep_line() -> None:
    """The line of the first bracket that is too deep is named."""
    assert message_of("[\n" * 100) == f"a.json:33: {DEEP}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"a": 1,\n"a": 2}', f'2: got the key "a" {TWICE}'),
        ('{"b": {"a": 1,\n\n"\\u0061": 2}, "b": 3}', f'3: got the key "a" {TWICE}'),
        ("[1,\nNaN]", f'2: got the number "NaN"; {NUMBERS}'),
        ("[-Infinity]", f'1: got the number "-Infinity"; {NUMBERS}'),
        ("[1e400]", f'1: got the number "1e400"; {NUMBERS}'),
        ("[18446744073709551616]", f'1: got the number "18446744073709551616"; {NUMBERS}'),
        (
            "[" + "9" * 100_000 + "]",
            f'1: got the number "{"9" * 80}…" (100000 characters); {NUMBERS}',
        ),
        (
            "[0." + "9" * 100_000 + "]",
            f'1: got the number "0.{"9" * 78}…" (100002 characters); {NUMBERS}',
        ),
        (
            '["x",\n"\\ud800"]',
            (
                r'2: got half of a surrogate pair in "\ud800"; '
                r"allowed: text of complete Unicode characters; "
                r"next: correct the escape \uD800 to \uDFFF that has no partner"
            ),
        ),
    ],
)
def test_what_the_formats_do_not_allow(text: str, message: str) -> None:
    """What JSON or Python lets through and the formats do not is refused on its line."""
    assert message_of(text) == f"a.json:{message}"


@pytest.mark.parametrize("word", ["NaNx", "1e999x", "18446744073709551616.", "-Infinityx"])
def test_number_with_more_behind_it(word: str) -> None:
    """What only begins as a number that is not allowed is refused as what it is."""
    assert message_of(f"[{word}]") == (
        f'a.json:1: got the bare word "{word}"; allowed: JSON (RFC 8259) without comments; '
        "next: put text in double quotes"
    )


LEXEMES = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        '"',
        '"a"',
        '"a":',
        "1",
        "-",
        ".",
        "e9",
        "NaN",
        "1e999",
        "null",
        "18446744073709551616",
        "\\",
        "\\ud800",
        "\n",
        " ",
        "x",
    ]
)


@given(st.lists(LEXEMES, max_size=12).map("".join))
@settings(max_examples=1000)
def test_nothing_but_json_is_read(text: str) -> None:
    """Whatever is read is JSON for the standard library as well, and says the same."""
    try:
        content = parse_json(text, "a.json")
    except UnusableInput:
        return

    assert content == json.loads(text)


def test_number_of_values_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document with too many commas is refused before it takes too much memory."""
    monkeypatch.setattr(json_text, "COMMA_LIMIT", 3)

    assert parse_json("[1,2,3,4]", "a.json") == [1, 2, 3, 4]
    assert message_of("[1,2,3,4,5]") == (
        "a.json:1: got a JSON document with 4 commas; "
        "allowed: at most 3 commas, and so a bounded number of values; "
        "next: check that the file is what you meant to read"
    )


def test_surrogate_pair() -> None:
    """A complete pair of escapes is one character."""
    assert parse_json('"\\ud83d\\ude00"', "a.json") == "\N{GRINNING FACE}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{"nodes": ["N1"\n',
            (
                "2: got text that ends inside a JSON value (Expecting ',' delimiter); "
                "allowed: complete JSON; next: check that the file was copied completely"
            ),
        ),
        (
            '{"nodes": [\n"N1',
            (
                "2: got text that ends inside a JSON value (Unterminated string starting at); "
                "allowed: complete JSON; next: check that the file was copied completely"
            ),
        ),
        (
            '{"nodes":\n  N1}',
            (
                "2: got text that is not JSON (Expecting value, column 3); "
                "allowed: JSON (RFC 8259) without comments; "
                "next: correct the text at that place"
            ),
        ),
        (
            r'{"key": "Software\Example"}',
            (
                r"1: got text that is not JSON (Invalid \escape, column 18); "
                r"allowed: JSON (RFC 8259) without comments; "
                r"next: write each backslash in text twice"
            ),
        ),
        (
            "{} {}",
            (
                "1: got text that is not JSON (Extra data, column 4); "
                "allowed: JSON (RFC 8259) without comments; "
                "next: correct the text at that place"
            ),
        ),
    ],
)
def test_not_json(text: str, message: str) -> None:
    """Text that is not JSON is refused with the place and a way out."""
    assert message_of(text) == f"a.json:{message}"


@pytest.mark.parametrize("text", ["[1,\nNaN]", '{"a": 1,\n"a": 2}', "[1,\nx]", "[" * 32 + "\n["])
def test_first_line_counts(text: str) -> None:
    """Lines count on from the line of the file on which the text starts."""
    assert message_of(text, first_line=7).startswith("a.json:8: ")


@pytest.mark.parametrize("text", ['"' + '\\"' * 1_000_000, '["' + "\\" * 2_000_001, "[" + '"' * 99])
def test_unterminated_text_takes_no_time(text: str) -> None:
    """Quotes and backslashes without end are read once, not again from every quote."""
    assert message_of("[" * 40 + text).startswith("a.json:1: ")
    assert message_of(text).startswith("a.json:1: ")
