"""The message of an unusable input says everything on one line."""

import pickle

from clusckpt.files.errors import UnusableInput


def test_message_with_a_line() -> None:
    """The message gives file, line, what came, what is allowed and what to do next."""
    error = UnusableInput("a.json", 3, "the number 7", "text", "put it in quotes")

    assert str(error) == "a.json:3: got the number 7; allowed: text; next: put it in quotes"


def test_message_without_a_line() -> None:
    """When the whole file is meant, the message gives no line."""
    error = UnusableInput("a.json", None, "an empty file", "text", "export it again")

    assert str(error) == "a.json: got an empty file; allowed: text; next: export it again"


def test_hostile_file_name_stays_on_one_line() -> None:
    """A file name with a line break or an escape sequence cannot forge further output."""
    error = UnusableInput("a\n\x1b[2Jb", None, "x", "y", "z")

    assert str(error) == r"a\u000a\u001b[2Jb: got x; allowed: y; next: z"


def test_it_travels_between_processes() -> None:
    """Pickling keeps every part, so workers can report it."""
    error = UnusableInput("a.json", 3, "x", "y", "z")

    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - our own bytes
