"""A review as text for people, with rich.

Whatever came from a file is put into `rich.text.Text`, where no markup is read, after `escaped`
has written out what does not print. Cells fold and are never cut: a cut name is what a review
itself cannot read.
"""

import shlex
from collections.abc import Iterable, Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from clusckpt.collisions import Suggestion, Witness
from clusckpt.files.checkpoint_table import PRINT_AGAIN
from clusckpt.files.wording import escaped
from clusckpt.review.json_form import to_json
from clusckpt.review.report import Finding, Review
from clusckpt.review.sentences import effect_text, event_text, live_when
from clusckpt_spec.register import rule

__all__ = ["render_review", "render_witness", "show_review", "to_json"]

MOST_LINES = 50
"""The most lines of a list; what is left out is counted, and JSON has all of it."""


def show_review(console: Console, review: Review, *, witness: bool = False) -> None:
    """Print a review.

    Args:
        console: where to.
        review: the review.
        witness: whether to execute and print the witness of each conflict.
    """
    console.print(render_review(review), soft_wrap=False)
    for finding in review.findings if witness else ():
        for conflict in finding.conflicts:
            console.print("", render_witness(finding.witness(conflict)), sep="\n", soft_wrap=False)


def render_review(review: Review) -> RenderableType:
    """The whole review."""
    parts: list[RenderableType] = [_title(review)]
    for number, finding in enumerate(review.findings, 1):
        parts += ["", *_finding(finding, number, review)]
    parts += _section(
        "Undecided",
        (
            f"{' and '.join(one.resources)} over {one.key.text}: {one.reason}"
            for one in review.undecided
        ),
        "Say it in a cluster file (clusckpt-cluster/1); possible_owners are what this prints: "
        "Get-ClusterResource NAME | Get-ClusterOwnerNode",
    )
    parts += _section(
        "Unreadable",
        (
            f"{one.path}:{one.line}: {one.reason}: {' '.join(one.text.split())}"
            for one in review.unreadable
        ),
        f"Print the table again, uncut: {PRINT_AGAIN}",
    )
    parts += _section("Without any conflict", review.free)
    parts += _section("Assumed", review.assumptions)
    return Group(*parts)


def render_witness(witness: Witness) -> RenderableType:
    """A witness as a table of its steps, with the story under it."""
    table = _table("step", "event", "status", "what changed")
    for one in witness.steps:
        changed = _plain("\n".join(effect_text(effect) for effect in one.changed), lines=True)
        style = "bold red" if one.number == witness.replaced_at else ""
        cells = (str(one.number), event_text(one.event), one.status.name)
        table.add_row(*map(_plain, cells), changed, style=style)
    title = f"Witness: {witness.replacing} and {witness.replaced} over {witness.key}"
    return Group(_plain(title, "bold"), table, _plain(f"{witness.story}."))


def _title(review: Review) -> Text:
    counted = (
        (len(review.findings), "finding", "findings"),
        (len(review.undecided), "pair undecided", "pairs undecided"),
        (len(review.unreadable), "line unreadable", "lines unreadable"),
        (len(review.free), "resource without a conflict", "resources without a conflict"),
    )
    told = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted)
    return _plain(f"Review of {review.name}: {told}", "bold")


def _finding(finding: Finding, number: int, review: Review) -> Iterator[RenderableType]:
    record = rule(finding.rule)
    yield _plain(f"ERROR {number}  {finding.rule}  {finding.fingerprint}", "bold red")
    yield _plain(f"{record.title}: {', '.join(finding.resources)}")
    keys = _table("key in conflict", "resources and their roots", "nodes")
    for key, holders, nodes in _by_key(finding):
        keys.add_row(*map(_plain, (key, holders, nodes)))
    yield _indented(keys)
    live = list(dict.fromkeys(map(live_when, finding.conflicts)))
    yield from _section("Live", live, indent=2)
    yield _indented(_plain(f'Rule: "{record.sentence}"', "italic"))
    yield from map(_indented, _suggestion(finding.suggestion))
    yield _indented(_plain(f"Witness: clusckpt review --witness {shlex.join(review.files)}"))


def _by_key(finding: Finding) -> Iterator[tuple[str, str, str]]:
    """Each key in conflict with the resources that cover it, and where they can meet."""
    keys: dict[object, tuple[str, dict[str, None], dict[str, None]]] = {}
    for one in finding.conflicts:
        _, holders, nodes = keys.setdefault(one.key.root, (one.key.text, {}, {}))
        for entry in (one.first, one.second):
            view = "" if entry.view == "native" else f" ({entry.view}-bit view)"
            holders[f"{entry.resource}: {entry.given}{view}"] = None
        nodes |= dict.fromkeys(one.nodes)
    for key, holders, nodes in keys.values():
        yield key, "; ".join(holders), ", ".join(node for node in finding.nodes if node in nodes)


def _suggestion(suggestion: Suggestion) -> Iterator[RenderableType]:
    if suggestion.refusal:
        yield _plain(f"No rename can be suggested: {suggestion.refusal}")
        return
    yield _plain(f"Suggested rename, analysed again; {suggestion.keeps} keeps its names:")
    table = _table("resource", "checkpoint now", "suggested name")
    for one in suggestion.renamed:
        view = "" if one.view == "native" else f" ({one.view}-bit view)"
        table.add_row(*map(_plain, (one.resource, f"{one.before}{view}", f"{one.after}{view}")))
    yield table


def _section(
    title: str, lines: Iterable[str], advice: str = "", indent: int = 0
) -> Iterator[RenderableType]:
    told = list(lines)
    if not told:
        return
    if not indent:
        yield ""
    yield _indented(_plain(title, "bold"), indent)
    yield from (_indented(_plain(line), indent + 2) for line in told[:MOST_LINES])
    if len(told) > MOST_LINES:
        left_out = f"and {len(told) - MOST_LINES} more; --format json has them all"
        yield _indented(_plain(left_out), indent + 2)
    if advice:
        yield _indented(_plain(advice, "dim"), indent + 2)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _indented(part: RenderableType, by: int = 2) -> Padding:
    return Padding(part, (0, 0, 0, by), expand=False)


def _plain(text: str, style: str = "", *, lines: bool = False) -> Text:
    r"""Text in which nothing is markup and nothing is hidden; line breaks only if asked for.

    >>> str(_plain("[red]\x1b[0m"))
    '[red]\\u001b[0m'
    """
    shown = "\n".join(map(escaped, text.split("\n"))) if lines else escaped(text)
    return Text(shown, style=style, overflow="fold")
