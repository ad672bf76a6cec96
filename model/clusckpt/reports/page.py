"""The page: verdicts, reasons and space-time diagrams of traces, in one HTML file.

The file needs no network and no script to be read. All that comes from a trace is escaped, and
characters that would not print, such as bidi overrides, are written out.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from shlex import quote
from typing import Final

import jinja2

from clusckpt.oracle import Evidence, Judgement, JudgementKind, Report, VerdictKind
from clusckpt.reports.diagram import Diagram
from clusckpt.reports.layout import root_numbers
from clusckpt.reports.observed import shortened
from clusckpt.reports.svg import COLOURS, PATTERNS, chart
from clusckpt_spec.ambiguities import AMBIGUITIES
from clusckpt_spec.formats.trace import Header
from clusckpt_spec.register import rule

SYMBOLS: Final = {
    JudgementKind.CONFORMS: "✔",
    JudgementKind.ALLOWED_ONLY_UNDER: "◐",
    JudgementKind.VIOLATES: "✖",
    JudgementKind.UNSPECIFIED: "?",
    JudgementKind.UNDECIDED: "?",
    VerdictKind.CONFORMS: "✔",
    VerdictKind.VIOLATES: "✖",
    VerdictKind.UNDECIDED: "?",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A trace on the page.

    Args:
        path: the file.
        header: its first line.
        judgement: what it comes to.
        diagram: what is drawn of it, under the reading of the report that tells most.
        reading: the reading as the user chose it, if one was chosen.
        evidence: which choices it supports and refutes, if that was asked for.
    """

    path: str
    header: Header
    judgement: Judgement
    diagram: Diagram
    reading: str | None = None
    evidence: Sequence[Evidence] | None = None

    @property
    def command(self) -> str:
        """The command that says the same again."""
        reading = self.reading or self.judgement.telling.reading
        return f"clusckpt check {quote(self.path)} --reading {quote(reading)}"


def page(subjects: Sequence[Subject]) -> str:
    """The page about some traces.

    >>> page([]).splitlines()[0]
    '<!DOCTYPE html>'
    """
    script = _text("page.js")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            subjects=[_filled(at, one) for at, one in enumerate(subjects, start=1)],
            style=_text("page.css"),
            script=script,
            script_digest=digest,
            symbols=SYMBOLS,
            rule=rule,
            questions={found: AMBIGUITIES[found].question for found in AMBIGUITIES},
            colours=COLOURS,
            patterns=PATTERNS,
        )
    )
    return "".join(_printable(text))


def _filled(number: int, subject: Subject) -> Mapping[str, object]:
    judgement = subject.judgement
    telling = judgement.telling
    return {
        "id": f"t{number}",
        "subject": subject,
        "judgement": judgement,
        "telling": telling,
        "others": [one for one in _others(judgement, telling) if one.violations],
        "chart": chart(subject.diagram),
        "roots": root_numbers(subject.diagram),
        "steps": {step.line: step.number for step in subject.diagram.steps},
        "left_out": tuple(_left_out(subject.diagram)),
    }


def _others(judgement: Judgement, telling: Report) -> list[Report]:
    return [one for one in judgement.reports.values() if one is not telling]


def _left_out(diagram: Diagram) -> Iterator[str]:
    """What is not drawn."""
    counts = {
        "nodes": diagram.scope.nodes_left_out,
        "resources": diagram.scope.resources_left_out,
        "checkpoints": diagram.roots_left_out,
        "steps": diagram.steps_left_out,
    }
    yield from (f"{count} {what}" for what, count in counts.items() if count)


def _printable(text: str) -> Iterator[str]:
    """The text with every character written out that would not print."""
    for letter in text:
        printable = letter == "\n" or letter.isprintable()
        yield letter if printable else f"\\u{ord(letter):04x}"


def _text(name: str) -> str:
    file = resources.files("clusckpt").joinpath("reports", "templates", name)
    return file.read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_text),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["shortened"] = shortened
    return environment
