"""SMT-LIB files are untrusted: only commands that declare, assert and ask are let through.

A solver also obeys commands that write files, so a file is looked at before a solver sees it.
"""

import re
from collections.abc import Iterable

_ALLOWED = re.compile(r"\((set-logic ALL|declare-(sort|fun|datatypes) |assert |check-sat)")
_CHARACTERS = re.compile(r"[A-Za-z0-9_=>() \-]*")
_REMARK = "; clusckpt: the answer is "
_ASK = "(check-sat)"
_END = f"{_ASK}\n"


def refusal(text: str) -> str | None:
    r"""Why the text is not given to a solver, or None if it is.

    >>> refusal("(set-logic ALL)\n(assert true)\n(check-sat)\n") is None
    True
    >>> refusal('(set-option :diagnostic-output-channel "x")\n(check-sat)\n')
    'line 1 is not a declaration, an assertion or the question at the end'
    """
    lines = text.splitlines()
    if not lines or lines[-1] != _ASK or lines.count(_ASK) != 1:
        return "the file does not ask one question, at its end"
    for number, line in enumerate(lines, start=1):
        remark = number == 1 and line in (_REMARK + "unsat", _REMARK + "sat")
        if not remark and not _harmless(line):
            return f"line {number} is not a declaration, an assertion or the question at the end"
    return None


def _harmless(line: str) -> bool:
    """Whether a line is one command of those allowed, and no more than one."""
    if not _ALLOWED.match(line) or not _CHARACTERS.fullmatch(line):
        return False
    depth = 0
    for position, character in enumerate(line, start=1):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return position == len(line)
    return False


def asserting(text: str, further: Iterable[str]) -> str:
    """The text with further assertions before the question."""
    asserted = "".join(f"(assert {term})\n" for term in further)
    return text.removesuffix(_END) + asserted + _END


def declares(text: str, name: str) -> bool:
    """Whether the text declares a function of that name."""
    return f"\n(declare-fun {name} (" in text
