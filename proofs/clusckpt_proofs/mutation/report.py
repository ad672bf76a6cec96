"""The report: the score for people, as tables and lists, and for programs."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from clusckpt_proofs.mutation.alone import Alone
from clusckpt_proofs.mutation.findings import Finding
from clusckpt_proofs.mutation.judge import Fate
from clusckpt_proofs.mutation.score import Score

_LISTED = (Fate.EQUIVALENT, Fate.SURVIVED, Fate.UNKNOWN)


def show(console: Console, score: Score, seed: int) -> None:
    """Write the lists, the tables and the score."""
    for fate in _LISTED:
        _list(console, score, fate)
    console.print(_counted("operator", score.findings, lambda one: one.operator))
    console.print(_counted("action", score.findings, lambda one: one.action))
    console.print(_counted("reading", score.findings, lambda one: one.reading))
    console.print(_claims(score))
    console.print(_summary(score, seed))


def _summary(score: Score, seed: int) -> str:
    counts = {fate: len(score.fates(fate)) for fate in Fate}
    killed = counts[Fate.PROOF] + counts[Fate.WITNESS]
    return (
        f"specification mutation score {score.ratio:.2%}: {killed} of {len(score.findings)} "
        f"mutants killed ({counts[Fate.PROOF]} by proof, {counts[Fate.WITNESS]} by witness only), "
        f"{counts[Fate.EQUIVALENT]} proved equivalent, {counts[Fate.SURVIVED]} survived, "
        f"{counts[Fate.UNKNOWN]} unknown; seed {seed}"
    )


def document(score: Score, seed: int) -> dict[str, Any]:
    """The score for programs."""
    return {
        "score": round(score.ratio, 6),
        "seed": seed,
        "mutants": len(score.findings),
        "fates": {fate.value: len(score.fates(fate)) for fate in Fate},
        "operators": _table(score.findings, lambda one: one.operator),
        "actions": _table(score.findings, lambda one: one.action),
        "readings": _table(score.findings, lambda one: one.reading),
        "claims": [_described_claim(score, one) for one in score.alone],
        "listed": [_described(one) for one in score.fates(*_LISTED)],
    }


def _list(console: Console, score: Score, fate: Fate) -> None:
    listed: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for one in score.fates(fate):
        listed.setdefault((one.name, one.slip, one.story), []).append(one.reading)
    for (name, slip, story), readings in listed.items():
        console.print(f"{fate.value}: {name} ({', '.join(readings)})", markup=False)
        console.print(f"    {slip}", markup=False)
        for line in story:
            console.print(f"    {line}", markup=False)


def _counted(title: str, findings: Iterable[Finding], key: Callable[[Finding], str]) -> Table:
    table = Table(title, "mutants", *(fate.value for fate in Fate))
    for column in table.columns[1:]:
        column.justify = "right"
    for name, counts in _table(findings, key).items():
        table.add_row(name, str(sum(counts.values())), *(str(counts[fate]) for fate in Fate))
    return table


def _table(findings: Iterable[Finding], key: Callable[[Finding], str]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[Fate]] = {}
    for one in findings:
        counted.setdefault(key(one), Counter())[one.fate] += 1
    return {name: {fate.value: counts[fate] for fate in Fate} for name, counts in counted.items()}


def _claims(score: Score) -> Table:
    table = Table("reading", "claim", "kills at least", "alone at most", "alone, proved")
    for row in _claim_rows(score):
        table.add_row(*row)
    return table


def _claim_rows(score: Score) -> Iterator[tuple[str, ...]]:
    kills, own = score.kills, score.own
    for one in score.alone:
        key = one.reading, one.claim
        none = "none: it follows from the others" if one.follows else "none found"
        yield one.reading, one.claim, str(kills[key]), str(own[key]), one.mutant or none


def _described_claim(score: Score, one: Alone) -> dict[str, Any]:
    key = one.reading, one.claim
    return {
        "reading": one.reading,
        "claim": one.claim,
        "kind": "invariant" if one.invariant else "theorem",
        "kills": score.kills[key],
        "alone": score.own[key],
        "mutant": one.mutant,
        "follows": one.follows,
    }


def _described(one: Finding) -> dict[str, Any]:
    return {
        "fate": one.fate.value,
        "reading": one.reading,
        "mutant": one.name,
        "slip": one.slip,
        "story": list(one.story),
    }
