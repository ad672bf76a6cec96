"""JSON: read by the standard library, and once more by our own tokens if something is suspicious.

The standard library is fast but names no line for a duplicate key, and it takes NaN. So its
hooks only notice that something is not allowed; the second reading then finds what and where.
"""

import json
import math
import re
from collections.abc import Iterator

from clusckpt.files.errors import UnusableInput
from clusckpt.files.scalars import (
    LONGEST_NUMBER,
    Scalar,
    allowed_integer,
    checked_number,
    checked_text,
    refused_number,
)
from clusckpt.files.syntax import DEPTH_LIMIT, Step, assemble, too_deep
from clusckpt.files.wording import quoted

COMMA_LIMIT = 2_000_000
"""The most commas in one JSON document: with the depth, they bound the number of its values."""

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]|[^\s{}\[\]:,"]++', re.DOTALL)
_BRACKET = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[{}\[\]]', re.DOTALL)
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?P<fraction>\.[0-9]+)?(?P<exponent>[eE][-+]?[0-9]+)?")
_CONSTANTS = {"NaN", "Infinity", "-Infinity"}
_ALLOWED = "JSON (RFC 8259) without comments"
_BACKSLASHES = "write each backslash in text twice"
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}


class _SuspiciousError(ValueError):
    """The standard library met something that the formats do not allow."""


def parse_json(text: str, path: str, first_line: int = 1) -> object:
    """Read one JSON document.

    Args:
        text: The document.
        path: The file, for messages.
        first_line: The line of the file on which the text starts.

    Raises:
        UnusableInput: It is not JSON, or it holds something that the formats do not allow.

    >>> parse_json('{"nodes": ["N1"]}', "a.json")
    {'nodes': ['N1']}
    """
    _refuse_size(text, path, first_line)
    _refuse_depth(text, path, first_line)
    try:
        content: object = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _not_json(error, path, first_line) from error
    except _SuspiciousError:
        return assemble(json_steps(text, path, first_line), path)
    if _SURROGATE_ESCAPE.search(text):
        return assemble(json_steps(text, path, first_line), path)
    return content


def json_steps(text: str, path: str, first_line: int = 1) -> Iterator[Step]:
    """Give the steps of a document that is JSON at least up to the first thing refused."""
    line, counted = first_line, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        lexeme = match.group()
        if lexeme in "{[":
            yield Step("mapping" if lexeme == "{" else "sequence", line)
        elif lexeme in "}]":
            yield Step("end", line)
        else:
            yield Step("scalar", line, _scalar(lexeme, path, line))


def _scalar(lexeme: str, path: str, line: int) -> Scalar:
    if lexeme.startswith('"'):
        return checked_text(str(json.loads(lexeme)), path, line)
    if lexeme in _WORDS:
        return _WORDS[lexeme]
    if lexeme in _CONSTANTS or len(lexeme) > LONGEST_NUMBER:
        raise refused_number(lexeme, path, line)
    number = _NUMBER.fullmatch(lexeme)
    if number is None:
        came = f"the bare word {quoted(lexeme)}"
        raise UnusableInput(path, line, came, _ALLOWED, "put text in double quotes")
    if number["fraction"] or number["exponent"]:
        return checked_number(float(lexeme), lexeme, path, line)
    return checked_number(int(lexeme), lexeme, path, line)


def _refuse_size(text: str, path: str, first_line: int) -> None:
    commas = text.count(",")
    if commas > COMMA_LIMIT:
        raise UnusableInput(
            path,
            first_line,
            f"a JSON document with {commas} commas",
            f"at most {COMMA_LIMIT} commas, and so a bounded number of values",
            "check that the file is what you meant to read",
        )


def _refuse_depth(text: str, path: str, first_line: int) -> None:
    if text.count("[") + text.count("{") <= DEPTH_LIMIT:
        return
    depth = 0
    for match in _BRACKET.finditer(text):
        lexeme = match.group()
        if lexeme in "[{":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise too_deep(path, first_line + text.count("\n", 0, match.start()))
        elif lexeme in "]}":
            depth = max(depth - 1, 0)


def _not_json(error: json.JSONDecodeError, path: str, first_line: int) -> UnusableInput:
    line = first_line + error.lineno - 1
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string"):
        return UnusableInput(
            path,
            line,
            f"text that ends inside a JSON value ({error.msg})",
            "complete JSON",
            "check that the file was copied completely",
        )
    return UnusableInput(
        path,
        line,
        f"text that is not JSON ({error.msg}, column {error.colno})",
        _ALLOWED,
        _BACKSLASHES if "escape" in error.msg else "correct the text at that place",
    )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise _SuspiciousError
    return content


def _integer(written: str) -> int:
    if len(written) > LONGEST_NUMBER or not allowed_integer(number := int(written)):
        raise _SuspiciousError
    return number


def _float(written: str) -> float:
    if len(written) > LONGEST_NUMBER or not math.isfinite(number := float(written)):
        raise _SuspiciousError
    return number


def _constant(_written: str) -> object:
    raise _SuspiciousError


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_float, parse_constant=_constant
)
