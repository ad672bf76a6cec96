"""A review as text for people, with rich.

Whatever came from a file is put into `rich.text.Text`, where no markup is read, after `escaped`
has written out what does not print. Cells fold and are never cut: a cut name is what a review
itself cannot read.
"""

import shlex
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.text import Text

from clusckpt.collisions import Suggestion, Witness
from clusckpt.files.checkpoint_table import PRINT_AGAIN
from clusckpt.review.json_form import to_json
from clusckpt.review.layout import indented, plain, section, table
from clusckpt.review.report import Finding, Review
from clusckpt.review.sentences import effect_text, event_text, live_when
from clusckpt_spec.register import rule

__all__ = ["render_review", "render_witness", "show_review", "to_json"]

MOST_WITNESSES = 10
"""The most witnesses that are printed of one finding."""

OWNERS = "Get-ClusterResource NAME | Get-ClusterOwnerNode"
"""The command that prints the possible owners of a resource."""


def show_review(console: Console, review: Review, *, witness: bool = False) -> None:
    """Print a review.

    Args:
        console: where to.
        review: the review.
        witness: whether to execute and print the witness of each conflict, or of the first few
            if there are many.
    """
    console.print(render_review(review), soft_wrap=False)
    for finding in review.findings if witness else ():
        for conflict in finding.conflicts[:MOST_WITNESSES]:
            console.print("", render_witness(finding.witness(conflict)), sep="\n", soft_wrap=False)
        left_out = len(finding.conflicts) - MOST_WITNESSES
        if left_out > 0:
            told = f"{left_out} more conflicts of {finding.fingerprint} have witnesses like these."
            console.print("", plain(told), sep="\n", soft_wrap=False)


def render_review(review: Review) -> RenderableType:
    """The whole review."""
    parts: list[RenderableType] = [_title(review)]
    for number, finding in enumerate(review.findings, 1):
        parts += ["", *_finding(finding, number, review)]
    parts += section(
        "Undecided",
        (
            f"{' and '.join(one.resources)} over {one.key.text}: {one.reason}"
            for one in review.undecided
        ),
        ("Say it in a cluster file (clusckpt-cluster/1). Possible owners are printed by:", OWNERS),
    )
    parts += section(
        "Unreadable",
        (
            f"{one.path}:{one.line}: {one.reason}: {' '.join(one.text.split())}"
            for one in review.unreadable
        ),
        ("Print the table again, with nothing cut off:", PRINT_AGAIN),
    )
    parts += section("Without any conflict", review.free)
    parts += section("Assumed", review.assumptions)
    return Group(*parts)


def render_witness(witness: Witness) -> RenderableType:
    """A witness as a table of its steps, with the story under it."""
    drawn = table("step", "event", "status", "what changed")
    for one in witness.steps:
        changed = plain("\n".join(effect_text(effect) for effect in one.changed), lines=True)
        style = "bold red" if one.number == witness.replaced_at else ""
        cells = (str(one.number), event_text(one.event), one.status.name)
        drawn.add_row(*map(plain, cells), changed, style=style)
    title = f"Witness: {witness.replacing} and {witness.replaced} over {witness.key}"
    return Group(plain(title, "bold"), drawn, plain(f"{witness.story}."))


def _title(review: Review) -> Text:
    counted = (
        (len(review.findings), "finding", "findings"),
        (len(review.undecided), "pair undecided", "pairs undecided"),
        (len(review.unreadable), "line unreadable", "lines unreadable"),
        (len(review.free), "resource without a conflict", "resources without a conflict"),
    )
    told = ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counted)
    return plain(f"Review of {review.name}: {told}", "bold")


def _finding(finding: Finding, number: int, review: Review) -> Iterator[RenderableType]:
    record = rule(finding.rule)
    yield plain(f"ERROR {number}  {finding.rule}  {finding.fingerprint}", "bold red")
    yield plain(f"{record.title}: {', '.join(finding.resources)}")
    keys = table("key in conflict", "resources and their roots", "nodes")
    for key, holders, nodes in _by_key(finding):
        keys.add_row(*map(plain, (key, holders, nodes)))
    yield indented(keys)
    live = list(dict.fromkeys(map(live_when, finding.conflicts)))
    yield from section("Live", live, indent=2)
    yield indented(plain(f'Rule: "{record.sentence}"', "italic"))
    yield from map(indented, _suggestion(finding.suggestion))
    yield indented(plain(f"Witness: clusckpt review --witness {shlex.join(review.files)}"))


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
        yield plain(f"No rename can be suggested: {suggestion.refusal}")
        return
    yield plain(f"Suggested rename, analysed again; {suggestion.keeps} keeps its names:")
    drawn = table("resource", "checkpoint now", "suggested name")
    for one in suggestion.renamed:
        view = "" if one.view == "native" else f" ({one.view}-bit view)"
        drawn.add_row(*map(plain, (one.resource, f"{one.before}{view}", f"{one.after}{view}")))
    yield drawn
