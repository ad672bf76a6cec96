"""Which of the readable formats a file has; its contents decide, never its name."""

from pathlib import Path
from typing import Literal

from clusckpt.files.checkpoint_table import looks_like_checkpoint_table
from clusckpt.files.conversion import DESCRIPTION
from clusckpt.files.documents import Document, is_json, parse_document
from clusckpt.files.errors import UnusableInput
from clusckpt.files.json_text import parse_json
from clusckpt.files.source_text import read_source_text
from clusckpt.files.sources import Fault
from clusckpt.files.text_lines import text_lines
from clusckpt.files.wording import shown
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT
from clusckpt_spec.formats.trace import TRACE_FORMAT

Recognised = Literal["cluster", "checkpoint-table", "trace"]

READABLE = (
    f"a cluster ({CLUSTER_FORMAT}, JSON or YAML), a trace ({TRACE_FORMAT}, JSON Lines), "
    "or the output of Get-ClusterCheckpoint"
)
_ADVICE = f"name a file in one of these formats; {DESCRIPTION}"


def recognise(path: str | Path) -> Recognised:
    """Name the format of a file.

    A trace is recognised by its first line alone, since it may be longer than memory.

    Raises:
        UnusableInput: The file cannot be read, or has none of the readable formats.
    """
    if _starts_as_trace(path):
        return "trace"
    text = read_source_text(path)
    if not is_json(text) and looks_like_checkpoint_table(text):
        return "checkpoint-table"
    document = _document(text, str(path))
    written = document.content.get("format") if isinstance(document.content, dict) else None
    if written == CLUSTER_FORMAT:
        return "cluster"
    if written == TRACE_FORMAT:
        came, advice = "a trace header over several lines", "write each object on a single line"
        raise document.refusal((), Fault(came, "one JSON object on each line", advice))
    if written is None:
        came = "a document without a field that names its format"
        raise document.refusal((), Fault(came, READABLE, _ADVICE))
    raise document.refusal(("format",), Fault(f"the format {shown(written)}", READABLE, _ADVICE))


def _starts_as_trace(path: str | Path) -> bool:
    """Whether the first line is a complete header; what is wrong with it is said elsewhere."""
    try:
        with text_lines(path) as numbered:
            first = next(numbered, (1, ""))[1]
        header = parse_json(first, str(path)) if is_json(first) else None
    except UnusableInput:
        return False
    return isinstance(header, dict) and header.get("format") == TRACE_FORMAT


def _document(text: str, path: str) -> Document:
    try:
        return parse_document(text, path)
    except UnusableInput as error:
        if is_json(text) or "clusckpt-" in text:
            raise
        came = "text in none of the formats that can be read"
        raise UnusableInput(path, None, came, READABLE, _ADVICE) from error
