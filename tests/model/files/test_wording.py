"""Messages show what stood in a file without growing or breaking because of it."""

import pytest

from clusckpt.files.wording import closest, cut, did_you_mean, escaped, listed, quoted, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Software\\Grün", "Software\\Grün"),
        ("a\r\nb", r"a\u000d\u000ab"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\ud800", r"\ud800"),
    ],
)
def test_escaped(text: str, expected: str) -> None:
    """Printable text stays as it is, and everything else is written out."""
    assert escaped(text) == expected


def test_long_text_is_cut() -> None:
    """Text of any length takes little room, and the message says how long it was."""
    assert cut("x" * 81) == "x" * 80 + "…"
    assert quoted("x" * 10_000_000) == '"' + "x" * 80 + '…" (10000000 characters)'
    assert quoted("x" * 80) == '"' + "x" * 80 + '"'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("no", '"no"'),
        (None, "null"),
        (False, "false"),
        (7, "7"),
        (2.5, "2.5"),
        ({"a": 1}, "an object with 1 fields"),
        ([1, 2], "a list of 2"),
    ],
)
def test_shown(value: object, expected: str) -> None:
    """Single values are shown in the notation of JSON, and others by their size."""
    assert shown(value) == expected


def test_listed() -> None:
    """Twelve names are listed, and only counted after that."""
    assert listed([]) == "none"
    assert listed(["a"] * 12).count('"a"') == 12
    assert listed(["a"] * 14).endswith('"a" and 2 more')


def test_closest() -> None:
    """A misspelt name is recognised, a different one and a huge one are not."""
    known = ["OnlineClusterResource", "NodeCrash"]

    assert closest("onlineClusterResourse", known) == "OnlineClusterResource"
    assert closest("Backup", known) is None
    assert closest("N" * 1_000_000, known) is None


def test_did_you_mean() -> None:
    """The advice names the closest name, or else what the caller says."""
    assert did_you_mean("NodeCrsh", ["NodeCrash"], "x") == 'write "NodeCrash" if you meant that'
    assert did_you_mean("Backup", ["NodeCrash"], "look it up") == "look it up"
