"""`clusckpt conform`: does an implementation follow the rules?

What it does is in `conforming`, which is imported only when it is asked for.
"""

import typer

from clusckpt.cli.conform_options import (
    ArtifactsOption,
    Asked,
    BudgetOption,
    Command,
    ConsoleOption,
    DatabaseOption,
    DiffOption,
    FormatOption,
    KeepGoingOption,
    ModelOption,
    ReadingsOption,
    ReportFormat,
    RulesOption,
    SeedOption,
    TimeoutOption,
)
from clusckpt.cli.options import OutputOption


def conform(  # noqa: PLR0913, PLR0917 - each is an option, and typer passes them by name
    command: Command = None,
    model: ModelOption = None,
    console: ConsoleOption = None,
    reading: ReadingsOption = None,
    rules: RulesOption = None,
    budgets: BudgetOption = None,
    seed: SeedOption = 0,
    timeout: TimeoutOption = 60.0,
    database: DatabaseOption = None,
    artifacts: ArtifactsOption = None,
    diff: DiffOption = None,
    form: FormatOption = ReportFormat.TEXT,
    output: OutputOption = None,
    *,
    keep_going: KeepGoingOption = False,
) -> None:
    """Run generated programs on an implementation and report the first rule that it breaks.

    COMMAND is an adapter that speaks clusckpt-adapter/1 on its standard input and output. The
    program that breaks a rule is shrunk to the shortest one and told step by step, with what came
    (got), what was allowed, and the sentence that says so (because). The status is 0 if it
    conforms within the budget, 1 if it violates a rule, 2 if the adapter does not start or an
    option is wrong, 3 if it was undecided or the adapter faulted.

    To begin with: clusckpt conform -- python my_adapter.py

    For a minute, by one reading, with what was found as files:
    clusckpt conform --reading mscs-page --budget 60s --artifacts found -- ./adapter --verbose

    The model itself: clusckpt conform --model windows-observed --reading mscs-page

    Two reports: clusckpt conform --diff old.json new.json
    """
    from clusckpt.cli.conforming import compared, conformance

    if diff is not None:
        raise typer.Exit(compared(*diff, output))
    asked = Asked(
        command=tuple(command or ()),
        model=model,
        console=console,
        readings=tuple(reading or ()),
        rules=tuple(rules or ()),
        budgets=tuple(budgets or ()),
        seed=seed,
        timeout=timeout,
        database=database,
        artifacts=artifacts,
        form=form,
        output=output,
        keep_going=keep_going,
    )
    raise typer.Exit(conformance(asked))
