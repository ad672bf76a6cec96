"""`clusckpt rules`: the rule register."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from clusckpt.cli.options import Format, FormatOption, OutputOption, opened, write_json
from clusckpt.cli.rules_table import described_table, show_table
from clusckpt.links import faults, links
from clusckpt_spec.incidents import INCIDENTS
from clusckpt_spec.prose import clauses_text
from clusckpt_spec.register import RULES, Rule, rule
from clusckpt_spec.register.links import PENDING, LinkKind

Identifier = Annotated[
    str | None, typer.Argument(help="A rule ID, to see the whole rule.", show_default=False)
]

AsTable = Annotated[
    bool,
    typer.Option("--table", help="What tests each rule under each reading, and why if nothing."),
]


def rules(
    identifier: Identifier = None,
    *,
    as_table: AsTable = False,
    form: FormatOption = Format.TEXT,
    output: OutputOption = None,
) -> None:
    """List the rules, or print one with sentence, formal clause, model clause, proof and tests.

    With --table: properties, published incidents and planted bugs by reading. Without, the list
    ends with the links that are pending and with orphans, of which there must be none.

    Example: clusckpt rules CKPT-CAPTURE-ONLINE
    """
    orphans = list(faults())
    chosen = list(RULES.values()) if identifier is None else [rule(identifier)]
    with opened(output) as console:
        if as_table:
            ids = [entry.id for entry in chosen]
            if form is Format.JSON:
                write_json(console, described_table(ids))
            else:
                show_table(console, ids)
        elif form is Format.JSON:
            write_json(console, [described(entry) for entry in chosen])
        elif identifier is not None:
            show(console, chosen[0])
        else:
            show_list(console, chosen)
            for fault in orphans:
                console.print(f"[red]orphan[/red] {fault.rule} {fault.kind}: {fault.reason}")
    raise typer.Exit(1 if orphans and identifier is None else 0)


def show_list(console: Console, chosen: list[Rule]) -> None:
    """Write a line per rule, then how many links are pending for which issue."""
    for entry in chosen:
        console.print(f"[bold]{entry.id.value:29}[/bold] {entry.grade.value:17} {entry.title}")
    console.print()
    for reason, kinds in _pending_by_reason().items():
        counted = ", ".join(f"{number} {kind}" for kind, number in kinds.items())
        console.print(f"pending  {reason}: {counted}")


def show(console: Console, entry: Rule) -> None:
    """Write everything about one rule."""
    console.print(f"[bold]{entry.id}[/bold]  {entry.title}  ({entry.grade})")
    console.print(f"“{escape(entry.sentence)}”")
    console.print(f"source: {escape(entry.source)}\n")
    console.print(escape(entry.meaning) + "\n")
    console.print(escape(clauses_text(entry.id)) or "(no clause in the transition system yet)")
    for kind, targets in links()[entry.id].items():
        console.print(f"\n[bold]{kind}[/bold]")
        for target in targets:
            console.print(f"  {escape(_with_title(kind, target))}")
        if (entry.id, kind) in PENDING:
            console.print(f"  pending: {PENDING[entry.id, kind]}")
        elif not targets:
            console.print("  none")


def described(entry: Rule) -> dict[str, Any]:
    """A rule for programs."""
    return {
        "id": entry.id.value,
        "title": entry.title,
        "sentence": entry.sentence,
        "source": entry.source,
        "grade": entry.grade.value,
        "meaning": entry.meaning,
        "ambiguities": [ambiguity.value for ambiguity in entry.ambiguities],
        "links": {kind.value: list(targets) for kind, targets in links()[entry.id].items()},
        "pending": {
            kind.value: PENDING[entry.id, kind] for kind in LinkKind if (entry.id, kind) in PENDING
        },
    }


def _with_title(kind: LinkKind, target: str) -> str:
    return f"{target}  {INCIDENTS[target].title}" if kind is LinkKind.INCIDENT else target


def _pending_by_reason() -> dict[str, dict[LinkKind, int]]:
    counted: dict[str, dict[LinkKind, int]] = {}
    for (_, kind), reason in PENDING.items():
        kinds = counted.setdefault(reason, {})
        kinds[kind] = kinds.get(kind, 0) + 1
    return counted
