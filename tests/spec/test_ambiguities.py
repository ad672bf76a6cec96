"""The ambiguities: all 44 are there, each with real choices."""

import re

import pytest

from clusckpt_spec.ambiguities import (
    AMBIGUITIES,
    DEFAULT_CHOICES,
    OUT_OF_ALPHABET,
    Ambiguity,
    AmbiguityID,
    Scope,
)
from clusckpt_spec.ambiguities.calls import CALL_AMBIGUITIES
from clusckpt_spec.ambiguities.capture import CAPTURE_AMBIGUITIES
from clusckpt_spec.ambiguities.crypto import CRYPTO_AMBIGUITIES
from clusckpt_spec.ambiguities.paths import PATH_AMBIGUITIES
from clusckpt_spec.ambiguities.restore import RESTORE_AMBIGUITIES
from clusckpt_spec.ambiguities.storage import STORAGE_AMBIGUITIES

MODULES = {
    "calls": CALL_AMBIGUITIES,
    "capture": CAPTURE_AMBIGUITIES,
    "crypto": CRYPTO_AMBIGUITIES,
    "paths": PATH_AMBIGUITIES,
    "restore": RESTORE_AMBIGUITIES,
    "storage": STORAGE_AMBIGUITIES,
}
CHOICE_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_CHOICE_NAME = 30

# Code outside the register asks for these by name.
NAMES_IN_USE = {
    AmbiguityID.A1: {"immediate", "eventual", "optional"},
    AmbiguityID.A2: {"not-saved", "saved"},
    AmbiguityID.A3: {"overwritten", "captured", "either"},
    AmbiguityID.A4: {"at-add", "at-first-online", "on-change-only"},
    AmbiguityID.A5: {"local-tree-captured"},
    AmbiguityID.A6: {"fails", "succeeds-empty"},
    AmbiguityID.A7: {"fails", "stripped"},
    AmbiguityID.A8: {"refused", "normalised", "stored-as-given"},
    AmbiguityID.A9: {"case-insensitive", "case-sensitive"},
    AmbiguityID.A10: {"common-namespace", "native-first-only"},
    AmbiguityID.A11: {"all-three-kinds", "plain-kind-only"},
    AmbiguityID.A12: {"union-of-kinds", "plain-kind-only"},
    AmbiguityID.A13: {"server-default-view", "caller-view"},
    AmbiguityID.A14: {"same-as-plain", "refused"},
    AmbiguityID.A15: {"unordered", "order-of-add"},
    AmbiguityID.A16: {"any-empty-form", "no-bytes", "one-terminator", "two-terminators"},
    AmbiguityID.A17: {"either", "success", "more-data"},
    AmbiguityID.A18: {"double-terminator", "single-terminator"},
    AmbiguityID.A19: {"system-error", "registry-codes"},
    AmbiguityID.A20: {"distinct", "same-checkpoint"},
    AmbiguityID.A21: {"refused", "first-two-separators"},
    AmbiguityID.A22: {"allowed-any-order", "refused"},
    AmbiguityID.A23: {"allowed", "refused"},
    AmbiguityID.A24: {"recaptured", "not-recaptured", "either"},
    AmbiguityID.A25: {"fatal", "logged-and-survived"},
    AmbiguityID.A27: {"online-without-overwrite", "fatal"},
    AmbiguityID.A29: {"like-offline", "like-online"},
    AmbiguityID.A31: {"at-online", "eager"},
    AmbiguityID.A32: {"registry-untouched", "registry-removed"},
    AmbiguityID.A33: {"dropped", "kept-until-offline"},
    AmbiguityID.A37: {"all-to-modify", "all-may-be-waived"},
    AmbiguityID.A38: {"may-refuse", "must-refuse"},
    AmbiguityID.A41: {"list-unchanged", "listed-without-copy"},
    AmbiguityID.A43: {"all-codes", "before-2008", "since-2008"},
}


def number(identifier: AmbiguityID) -> int:
    """Return the number in an ambiguity's ID."""
    return int(identifier.removeprefix("A"))


def test_there_are_44() -> None:
    """The IDs are A1 to A44, without a gap."""
    assert [number(identifier) for identifier in AmbiguityID] == list(range(1, 45))


def test_every_ambiguity_has_one_record() -> None:
    """Every ID has exactly one record among all the modules."""
    recorded = [record.id for records in MODULES.values() for record in records]

    assert sorted(recorded, key=number) == list(AmbiguityID)


def test_register_is_in_order() -> None:
    """The register maps every ID to its own record, from A1 to A44."""
    assert list(AMBIGUITIES) == list(AmbiguityID)
    assert [record.id for record in AMBIGUITIES.values()] == list(AmbiguityID)


@pytest.mark.parametrize("records", MODULES.values(), ids=list(MODULES))
def test_module_is_in_order(records: tuple[Ambiguity, ...]) -> None:
    """Within a module the records stand in the order of their numbers."""
    numbers = [number(record.id) for record in records]

    assert numbers == sorted(numbers)


@pytest.mark.parametrize("record", AMBIGUITIES.values(), ids=list(AMBIGUITIES))
def test_choices_are_distinct(record: Ambiguity) -> None:
    """Every ambiguity has at least two choices, with distinct names and meanings."""
    assert len(record.choices) >= 2
    assert len({choice.name for choice in record.choices}) == len(record.choices)
    assert len({choice.meaning for choice in record.choices}) == len(record.choices)


@pytest.mark.parametrize("record", AMBIGUITIES.values(), ids=list(AMBIGUITIES))
def test_choice_names_are_short(record: Ambiguity) -> None:
    """Every choice name is short, in lower case, with hyphens between its words."""
    misnamed = [
        choice.name
        for choice in record.choices
        if not CHOICE_NAME.fullmatch(choice.name) or len(choice.name) > LONGEST_CHOICE_NAME
    ]

    assert misnamed == []


@pytest.mark.parametrize("record", AMBIGUITIES.values(), ids=list(AMBIGUITIES))
def test_record_is_readable(record: Ambiguity) -> None:
    """The question is one question, and no text is empty or padded with blanks."""
    texts = (
        record.question,
        record.evidence,
        record.stance,
        *(choice.meaning for choice in record.choices),
    )

    assert record.question.endswith("?")
    assert record.question.count("?") == 1
    assert [text for text in texts if not text or text != " ".join(text.split())] == []
    assert [text for text in texts if text[-1] not in ".?"] == []


@pytest.mark.parametrize("identifier", NAMES_IN_USE, ids=list(NAMES_IN_USE))
def test_names_in_use_exist(identifier: AmbiguityID) -> None:
    """The choice names that other code asks for exist, and no third one crept in beside them."""
    names = {choice.name for choice in AMBIGUITIES[identifier].choices}
    in_use = NAMES_IN_USE[identifier]

    assert in_use <= names
    assert names == in_use or identifier is AmbiguityID.A5


def test_every_scope_is_used() -> None:
    """Each scope occurs, so none is there for show."""
    assert {record.scope for record in AMBIGUITIES.values()} == set(Scope)


def test_default_is_total() -> None:
    """The default picks one existing choice for every ambiguity, in order."""
    picked = [
        (identifier, choice)
        for identifier, choice in DEFAULT_CHOICES.items()
        if choice in {offered.name for offered in AMBIGUITIES[identifier].choices}
    ]

    assert [identifier for identifier, _ in picked] == list(AmbiguityID)


def test_what_no_run_tells_apart_has_a_reason() -> None:
    """Each ambiguity that is out of the alphabet says why, and behaviour is hardly ever out."""
    behaviour = [
        identifier
        for identifier in OUT_OF_ALPHABET
        if AMBIGUITIES[identifier].scope is Scope.BEHAVIOUR
    ]

    assert [reason for reason in OUT_OF_ALPHABET.values() if not reason.endswith(".")] == []
    assert behaviour == [AmbiguityID.A40]


def test_register_cannot_be_changed() -> None:
    """Nobody can put another record or default into the register."""
    with pytest.raises(TypeError, match="does not support item assignment"):
        AMBIGUITIES[AmbiguityID.A1] = AMBIGUITIES[AmbiguityID.A2]  # type: ignore[index]
    with pytest.raises(TypeError, match="does not support item assignment"):
        DEFAULT_CHOICES[AmbiguityID.A1] = "optional"  # type: ignore[index]
