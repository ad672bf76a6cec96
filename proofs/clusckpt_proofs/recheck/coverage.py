"""The manifest as a whole: is everything there that the register and the specification call for?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from clusckpt_proofs.recheck.checking import Task
from clusckpt_proofs.recheck.expectation import SPECIFICATIONS, called_for, rules_called_for
from clusckpt_proofs.recheck.findings import Finding, Unusable, disagreement
from clusckpt_proofs.recheck.records import Certificate, Manifest
from clusckpt_spec.readings import READINGS
from clusckpt_spec.register import RULES


def require_readings(manifest: Manifest) -> None:
    """Refuse a manifest of readings that do not ship here: nothing could be compared with it.

    Raises:
        Unusable: if there is no reading, or one that is not known.
    """
    unknown = sorted(set(manifest.readings) - set(READINGS))
    if unknown or not manifest.readings:
        message = (
            f"the manifest is about the readings {unknown or 'none'}; known: {', '.join(READINGS)}"
        )
        raise Unusable(message)


def obligation_faults(manifest: Manifest) -> Iterator[Finding]:
    """Every obligation that is missing, listed twice, or not as the specification has it."""
    times = Counter(entry.name for entry in manifest.obligations)
    yield from (
        disagreement(name, "the manifest lists the obligation more than once")
        for name, number in sorted(times.items())
        if number > 1
    )
    for reading in manifest.readings:
        for name in sorted(called_for(reading).keys() - times.keys()):
            yield disagreement(name, "the specification calls for it, and no certificate shows it")
    for entry in manifest.obligations:
        yield from _faults(manifest, entry)


def _faults(manifest: Manifest, entry: Certificate) -> Iterator[Finding]:
    reading, specification, kind, *_ = (*entry.name.split("/"), "", "")
    if (reading, specification, kind) != (entry.reading, entry.specification, entry.kind):
        yield disagreement(entry.name, "the name is not that of its reading, system and kind")
    if entry.reading not in manifest.readings or entry.specification not in SPECIFICATIONS:
        yield disagreement(entry.name, "its reading or its system is not one of the manifest's")
        return
    expected = {file.path: file.expected for file in manifest.files}
    shown = {expected.get(path) for path in entry.files}
    wanted = called_for(entry.reading).get(entry.name)
    if wanted is not None and tuple(wanted.rules) != entry.rules:
        yield disagreement(entry.name, "its rules are not those that the specification cites")
    if wanted is not None and shown != _evidence(wanted.kind):
        yield disagreement(entry.name, "its files are not the evidence that its kind needs")
    if shown == {"sat"}:
        yield disagreement(entry.name, "terms that can hold together show nothing without a run")


def _evidence(kind: str) -> set[str]:
    executed = {"witness": {"executes"}, "counterexample": {"executes"}}
    return {"needed": {"sat", "executes"}, **executed}.get(kind, {"unsat"})


def rule_faults(manifest: Manifest) -> Iterator[Finding]:
    """Every rule that the register does not have, and every rule of it that nothing certifies."""
    cited = {rule for entry in manifest.obligations for rule in entry.rules}
    for rule in sorted(cited - {str(known) for known in RULES}):
        yield disagreement(rule, "the register has no such rule")
    for missing in sorted(rules_called_for(manifest.readings) - cited):
        yield disagreement(missing, "the rule has no certificate, and is not listed as pending")


def beyond(manifest: Manifest) -> list[str]:
    """The obligations that do not follow from the specification alone; their files are checked."""
    return [
        entry.name
        for entry in manifest.obligations
        if entry.reading in manifest.readings and entry.name not in called_for(entry.reading)
    ]


def tasks(directory: Path, manifest: Manifest, milliseconds: int) -> Sequence[list[Task]]:
    """All files to check, in portions; those runs of a reading that are one run go together."""
    serving: dict[str, list[Certificate]] = {file.path: [] for file in manifest.files}
    for entry in manifest.obligations:
        for path in entry.files:
            serving.setdefault(path, []).append(entry)
    files = {file.path: file for file in manifest.files}
    found: dict[tuple[str, str], list[Task]] = {}
    for number, file in enumerate(manifest.files):
        serves = tuple(serving[file.path])
        others = {path for entry in serves for path in entry.files} & files.keys() - {file.path}
        beside = tuple(files[path] for path in sorted(others)) if file.expected == "sat" else ()
        first = serves[0].reading if serves else ""
        portion = first if file.expected == "executes" else str(number // _PORTION)
        task = Task(directory, file, beside, serves, milliseconds)
        found.setdefault((file.expected, portion), []).append(task)
    return list(found.values())


_PORTION = 24
"""So many files of terms are checked at a time, by one process."""
