"""`clusckpt vectors`: the portable test vectors, shown, written and checked."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from clusckpt.cli.options import opened
from clusckpt.files.errors import UnusableInput
from clusckpt.vectors.committed import (
    LEDGER_NAME,
    UnknownCase,
    committed,
    committed_manifest,
    extended,
    folder,
    found,
    ledger,
    unaccounted,
)
from clusckpt.vectors.explanation import told
from clusckpt.vectors.files import generated, ids_of
from clusckpt_spec.register import rule

OutputFolder = Annotated[
    Path | None, typer.Option("--output", help="Generate all files and write them to this folder.")
]
ListFlag = Annotated[bool, typer.Option("--list", help="List every case.")]
CheckFlag = Annotated[
    bool, typer.Option("--check", help="Generate all files and compare them with those shipped.")
]
RuleOption = Annotated[str | None, typer.Option("--rule", help="List the cases of this rule.")]
CaseOption = Annotated[str | None, typer.Option("--explain", help="Tell the case with this ID.")]


def vectors(
    *,
    every: ListFlag = False,
    of_rule: RuleOption = None,
    case: CaseOption = None,
    check: CheckFlag = False,
    output: OutputFolder = None,
) -> None:
    """Show the test vectors, or generate them and write them or compare them.

    Without options: the files, with what they cover.

    Example: clusckpt vectors --rule CKPT-CAPTURE-ONLINE
    """
    with opened(None) as console:
        if check:
            raise typer.Exit(1 if _differences(console) else 0)
        if output is not None:
            _write(console, output)
        elif case is not None:
            _explain(console, case)
        elif every or of_rule is not None:
            _list(console, None if of_rule is None else rule(of_rule).id.value)
        else:
            _summary(console)


def _summary(console: Console) -> None:
    manifest = committed_manifest()
    for name, entry in manifest.files.items():
        title = committed()[name].title
        console.print(
            f"[bold]{name:16}[/bold] {entry.cases:5} cases {entry.steps:6} steps  {title}"
        )
    console.print(f"\n{manifest.cases} cases, {folder()}")
    covered = manifest.coverage
    for what in covered.__struct_fields__:
        console.print(f"{what}: {len(getattr(covered, what))}")


def _list(console: Console, of_rule: str | None) -> None:
    for name, file in committed().items():
        for one in file.cases:
            if of_rule is None or of_rule in one.rules:
                console.print(escape(f"{one.id}  {name.removesuffix('.json'):10}  {one.title}"))


def _explain(console: Console, identity: str) -> None:
    try:
        file, case = found(identity)
    except UnknownCase as unknown:
        raise typer.BadParameter(str(unknown), param_hint="--explain") from unknown
    for line in told(file, case):
        console.print(escape(line))


def _differences(console: Console) -> int:
    """Compare what is generated with what is shipped, and say how many files differ."""
    files = generated()
    wrong = unaccounted(ledger(), ids_of(files))
    for name, content in files.items():
        shipped = folder().joinpath(name)
        if not shipped.is_file() or shipped.read_bytes() != content:
            wrong.append(f"{name} is not what is generated")
    for fault in wrong:
        console.print(f"[red]{escape(fault)}[/red]")
    if wrong:
        console.print("write them anew with `clusckpt vectors --output FOLDER`, and look at why")
    else:
        console.print(f"{len(files)} files are as generated")
    return len(wrong)


def _write(console: Console, output: Path) -> None:
    files = generated()
    files[LEDGER_NAME] = extended(ledger(), ids_of(files))
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (output / name).write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnusableInput(
            str(output),
            None,
            f"a folder that cannot be written ({reason})",
            "a folder that can be made and written to",
            "choose another --output",
        ) from error
    console.print(f"{len(files)} files written to {escape(str(output))}")
