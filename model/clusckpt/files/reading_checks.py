"""What a reading file must keep to beyond its structure: known names, and a reason for each.

Each check yields the faults that it finds, in the order of the document; the reader reports
the first.
"""

from collections.abc import Iterator

import msgspec

from clusckpt.files.sources import Fault, Found
from clusckpt.files.wording import did_you_mean, listed, quoted
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.formats.reading import LONGEST_SUMMARY, ReadingFile
from clusckpt_spec.readings import READINGS, Reading, dimension
from clusckpt_spec.readings.coherence import contradictions

_AMBIGUITIES = f"{AmbiguityID.A1} to {list(AmbiguityID)[-1]}"


def reading_faults(file: ReadingFile) -> Iterator[Found]:
    """Find everything that is wrong with a reading file whose structure is right."""
    yield from _name_faults(file)
    yield from _choice_faults(file)
    yield from _reason_faults(file)


def contradiction_faults(file: ReadingFile, reading: Reading) -> Iterator[Found]:
    """Find choices that exclude each other in the reading that a file makes of its base."""
    for ambiguity, allowed in contradictions(reading.choices, reading.product):
        origin = "" if ambiguity in file.choices else f" of the base {quoted(file.base)}"
        came = f"the choice {quoted(reading[ambiguity])}{origin} for {ambiguity}"
        advice = f"choose what fits together, with a reason: spec/README.md, {ambiguity}"
        yield ("choices", ambiguity.value), Fault(came, allowed, advice)


def _name_faults(file: ReadingFile) -> Iterator[Found]:
    own = "give the reading a name of its own"
    if not file.name.isprintable():
        # A pattern that ends in `$` lets a line break at the end pass.
        allowed = "small letters, digits and hyphens"
        yield ("name",), Fault(f"the name {quoted(file.name)}", allowed, own)
    if file.name in READINGS:
        came = f"the name {quoted(file.name)}, which a shipped reading has"
        yield ("name",), Fault(came, f"a name other than {listed(READINGS)}", own)
    summary = file.summary
    if not summary.strip() or not summary.isprintable() or len(summary) > LONGEST_SUMMARY:
        allowed = f"one line of 1 to {LONGEST_SUMMARY} characters"
        advice = "say on one line what the reading follows"
        yield ("summary",), Fault(f"the summary {quoted(summary)}", allowed, advice)
    if file.base not in READINGS:
        came = f"the unknown base {quoted(file.base)}"
        otherwise = "start from the shipped reading that is closest"
        advice = did_you_mean(file.base, READINGS, otherwise)
        yield ("base",), Fault(came, f"a shipped reading: {listed(READINGS)}", advice)


def _choice_faults(file: ReadingFile) -> Iterator[Found]:
    for name, choice in file.choices.items():
        at = ("choices", name)
        if name not in AMBIGUITIES:
            came = f"the unknown ambiguity {quoted(name)}"
            advice = "spell it as spec/README.md does; every ambiguity is explained there"
            yield at, Fault(came, _AMBIGUITIES, advice)
            continue
        ambiguity = AMBIGUITIES[AmbiguityID(name)]
        allowed = [one.name for one in ambiguity.choices]
        if choice not in allowed:
            came = f"the unknown choice {quoted(choice)} for {name} ({ambiguity.question})"
            advice = did_you_mean(choice, allowed, "pick one of them, or leave the choice out")
            yield at, Fault(came, listed(allowed), advice)


def _reason_faults(file: ReadingFile) -> Iterator[Found]:
    decided = dict.fromkeys(file.choices, "choices") | {
        dimension(name): "product"
        for name, value in msgspec.structs.asdict(file.product).items()
        if value is not msgspec.UNSET
    }
    for name, table in decided.items():
        if not file.reasons.get(name, "").strip():
            came = f"{quoted(name)} without a reason"
            allowed = "a reason, with its source, for each choice and for each field of the product"
            yield (table, name), Fault(came, allowed, f"add {name} to the table [reasons]")
    for name in file.reasons:
        if name not in decided:
            came = f"a reason for {quoted(name)}, which the file does not decide"
            allowed = f"reasons for what it decides: {listed(decided)}"
            yield ("reasons", name), Fault(came, allowed, "decide it too, or remove the reason")
