"""The ID of a case follows from what it says, and no ID is lost."""

from hashlib import sha256

import msgspec

from clusckpt.vectors.cases import ID_DIGITS
from clusckpt.vectors.committed import Ledger, committed, extended, folder, ledger, unaccounted
from clusckpt_spec.formats.vectors import Case, VectorFile


def identity(file: VectorFile, case: Case) -> str:
    """The ID that a case must have, from the committed file alone."""

    def seen(place: int) -> str:
        return msgspec.json.encode(file.observations[place]).decode()

    steps = [
        [
            step.event,
            [[one.returned, seen(one.observed), one.listed, one.sizes] for one in step.allowed],
            seen(step.allowed[step.chosen].observed),
        ]
        for step in case.steps
    ]
    said = (
        file.file.encode()
        + msgspec.json.encode(file.starts[case.start])
        + msgspec.json.encode(steps)
    )
    return sha256(said).hexdigest()[:ID_DIGITS]


def test_every_id_follows_from_its_case() -> None:
    """Each committed ID is that of its content, so a case that says something else has another."""
    wrong = [
        case.id
        for file in committed().values()
        for case in file.cases
        if identity(file, case) != case.id
    ]

    assert wrong == []


def test_another_meaning_has_another_id() -> None:
    """A case with one allowed result less does not keep its ID."""
    file = committed()["capture.json"]
    case = next(one for one in file.cases if len(one.steps[-1].allowed) > 1)
    step = case.steps[-1]
    less = msgspec.structs.replace(
        case,
        steps=(
            *case.steps[:-1],
            msgspec.structs.replace(step, allowed=step.allowed[:-1], chosen=0),
        ),
    )

    assert identity(file, less) != case.id


def test_ids_are_unique_and_in_the_ledger() -> None:
    """No two cases have one ID, and the ledger has exactly those and the withdrawn ones."""
    ids = [case.id for file in committed().values() for case in file.cases]

    assert len(ids) == len(set(ids))
    assert unaccounted(ledger(), set(ids)) == []


def test_a_lost_id_is_found() -> None:
    """An ID that is gone without a reason is told, and an extended ledger keeps it."""
    known = Ledger(("a", "b"))

    assert unaccounted(known, {"a"}) == ["b is gone without a reason in the ledger"]
    assert msgspec.json.decode(extended(known, {"c"}), type=Ledger).ids == ("a", "b", "c")


def test_the_manifest_has_the_hashes() -> None:
    """The SHA-256 and the size of every file are those in the manifest."""
    manifest = msgspec.json.decode(folder().joinpath("manifest.json").read_bytes())
    for name, listed in manifest["files"].items():
        content = folder().joinpath(name).read_bytes()

        assert sha256(content).hexdigest() == listed["sha256"]
        assert len(content) == listed["bytes"]
