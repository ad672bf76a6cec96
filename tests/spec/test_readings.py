"""The shipped readings: total, reasoned, coherent, and found by name only."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from clusckpt_spec.ambiguities import AMBIGUITIES, DEFAULT_CHOICES, AmbiguityID
from clusckpt_spec.readings import (
    KB174070,
    LIVE_PAIR,
    MS_CMRP,
    MSCS,
    MSCS_PAGE,
    READINGS,
    VCS_REGREP,
    WINDOWS_OBSERVED,
    Product,
    Reading,
    UnknownReading,
    departures,
    reading,
)
from clusckpt_spec.readings.coherence import contradictions

SHIPPED = list(READINGS.values())
LONGEST_SUMMARY = 100


def missing_choices(record: Reading) -> list[AmbiguityID]:
    """List the ambiguities for which a reading picks no choice of the register."""
    return [
        identifier
        for identifier, ambiguity in AMBIGUITIES.items()
        if record.choices.get(identifier) not in {choice.name for choice in ambiguity.choices}
    ]


def differences(record: Reading, base: Reading) -> dict[AmbiguityID, tuple[str, str]]:
    """Where a reading differs from a base: the choice of the base and its own."""
    return {
        identifier: (base[identifier], record[identifier])
        for identifier in AmbiguityID
        if base[identifier] != record[identifier]
    }


def test_names() -> None:
    """The readings are found under their published names."""
    assert dict(READINGS) == {
        "mscs-page": MSCS_PAGE,
        "kb174070": KB174070,
        "ms-cmrp": MS_CMRP,
        "windows-observed": WINDOWS_OBSERVED,
        "vcs-regrep": VCS_REGREP,
        "live-pair": LIVE_PAIR,
    }
    assert [record.name for record in SHIPPED] == list(READINGS)


@pytest.mark.parametrize("record", SHIPPED, ids=list(READINGS))
def test_reading_is_total(record: Reading) -> None:
    """A reading picks exactly one existing choice for each ambiguity and for nothing else."""
    assert missing_choices(record) == []
    assert list(record.choices) == list(AmbiguityID)


def test_wrong_choice_is_noticed() -> None:
    """The check for totality notices a choice that does not exist and one that is missing."""
    choices = {**MSCS_PAGE.choices, AmbiguityID.A1: "sometimes"}
    del choices[AmbiguityID.A44]
    record = Reading("made-up", "Not total.", MappingProxyType(choices), MappingProxyType({}))

    assert missing_choices(record) == [AmbiguityID.A1, AmbiguityID.A44]


@pytest.mark.parametrize("record", SHIPPED, ids=list(READINGS))
def test_departures_have_reasons(record: Reading) -> None:
    """A choice that departs from the register's stance has a reason."""
    departed = {
        identifier
        for identifier in AmbiguityID
        if record[identifier] != DEFAULT_CHOICES[identifier]
    }

    assert departed - set(record.reasons) == set()


@pytest.mark.parametrize("record", SHIPPED, ids=list(READINGS))
def test_texts_are_readable(record: Reading) -> None:
    """The summary fits on a line, and every reason is a sentence."""
    assert len(record.summary) <= LONGEST_SUMMARY
    assert [reason for reason in record.reasons.values() if not reason.endswith(".")] == []


def test_page_is_literal() -> None:
    """The page is read to the letter in what depends on its words."""
    decided = {
        AmbiguityID.A1: "immediate",
        AmbiguityID.A2: "not-saved",
        AmbiguityID.A3: "overwritten",
        AmbiguityID.A4: "at-add",
        AmbiguityID.A6: "fails",
        AmbiguityID.A22: "allowed-any-order",
        AmbiguityID.A23: "allowed",
        AmbiguityID.A24: "recaptured",
        AmbiguityID.A25: "fatal",
        AmbiguityID.A27: "online-without-overwrite",
        AmbiguityID.A29: "like-offline",
    }

    assert {identifier: MSCS_PAGE[identifier] for identifier in decided} == decided
    assert set(decided) <= set(MSCS_PAGE.reasons)


def test_article_adds_the_save() -> None:
    """KB174070 differs from the page in the save at offline alone, and cites itself for it."""
    assert differences(KB174070, MSCS_PAGE) == {AmbiguityID.A2: ("not-saved", "saved")}
    assert KB174070.reasons[AmbiguityID.A2].startswith("KB174070, third statement")
    assert KB174070.reasons[AmbiguityID.A4].startswith("KB174070, first statement")


def test_protocol_departs_from_register() -> None:
    """[MS-CMRP] departs from the register in what it says to the letter, and nowhere else."""
    departed = {
        identifier: MS_CMRP[identifier]
        for identifier in AmbiguityID
        if MS_CMRP[identifier] != DEFAULT_CHOICES[identifier]
    }

    assert departed == {
        AmbiguityID.A2: "not-saved",
        AmbiguityID.A11: "plain-kind-only",
        AmbiguityID.A25: "fatal",
        AmbiguityID.A27: "fatal",
    }


def test_observation_departs_from_register() -> None:
    """The field evidence departs from the register only in showing files."""
    departed = {
        identifier: WINDOWS_OBSERVED[identifier]
        for identifier in AmbiguityID
        if WINDOWS_OBSERVED[identifier] != DEFAULT_CHOICES[identifier]
    }

    assert departed == {AmbiguityID.A34: "file-per-checkpoint"}


@pytest.mark.parametrize("record", SHIPPED, ids=list(READINGS))
def test_choices_fit_together(record: Reading) -> None:
    """No reading picks two choices that exclude each other."""
    captured_at_add = record[AmbiguityID.A4] == "at-add"
    local_tree_captured = record[AmbiguityID.A5] == "local-tree-captured"
    immediate = record[AmbiguityID.A1] == "immediate"

    assert captured_at_add == local_tree_captured
    assert not immediate or record[AmbiguityID.A40] == "atomic"
    assert list(contradictions(record.choices, record.product)) == []


@pytest.mark.parametrize(
    ("made", "product", "found"),
    [
        ({AmbiguityID.A4: "at-first-online"}, MSCS, AmbiguityID.A5),
        ({AmbiguityID.A40: "may-mix"}, MSCS, AmbiguityID.A40),
        ({}, Product(restore_when="continuous"), AmbiguityID.A31),
    ],
)
def test_contradictions_are_noticed(
    made: dict[AmbiguityID, str], product: Product, found: AmbiguityID
) -> None:
    """The check for choices that exclude each other notices each such pair."""
    choices = {**MSCS_PAGE.choices, **made}

    assert [ambiguity for ambiguity, _ in contradictions(choices, product)] == [found]


def test_vendors_depart_from_register() -> None:
    """The readings of other vendors depart from the register only in what their texts say."""
    departed = {
        record.name: {
            identifier: record[identifier]
            for identifier in AmbiguityID
            if record[identifier] != DEFAULT_CHOICES[identifier]
        }
        for record in (VCS_REGREP, LIVE_PAIR)
    }

    assert departed == {
        "vcs-regrep": {AmbiguityID.A6: "succeeds-empty"},
        "live-pair": {AmbiguityID.A31: "eager"},
    }


def test_products() -> None:
    """Readings about MSCS have its product, and those of vendors what their texts document."""
    products = {record.name: record.product for record in SHIPPED if record.product != MSCS}

    assert products == {
        "vcs-regrep": Product(most_checkpoints=63),
        "live-pair": Product(restore_when="continuous"),
    }


@pytest.mark.parametrize("record", SHIPPED, ids=list(READINGS))
def test_products_have_reasons(record: Reading) -> None:
    """A dimension in which a product departs from MSCS has a reason."""
    assert set(departures(record.product)) - set(record.reasons) == set()


def test_unknown_default_is_said() -> None:
    """The reading of RegRep says that the default of RestoreLocally is not documented."""
    assert "no default is documented" in VCS_REGREP.reasons["restore-same-node"]


def test_no_two_readings_agree() -> None:
    """Every shipped reading differs from each other one in at least one choice."""
    assert len({tuple(record.choices.items()) for record in SHIPPED}) == len(SHIPPED)


def test_reading_is_a_value() -> None:
    """Two readings with the same content are equal and have the same hash."""
    twin = Reading(
        MSCS_PAGE.name,
        MSCS_PAGE.summary,
        MappingProxyType(dict(MSCS_PAGE.choices)),
        MappingProxyType(dict(MSCS_PAGE.reasons)),
    )

    assert twin == MSCS_PAGE
    assert hash(twin) == hash(MSCS_PAGE)
    assert len({twin, *SHIPPED}) == len(SHIPPED)


def test_product_is_part_of_the_value() -> None:
    """Two readings that differ in their product alone are different, by their hash as well."""
    other = replace(MSCS_PAGE, product=Product(restore_force=True))

    assert other != MSCS_PAGE
    assert hash(other) != hash(MSCS_PAGE)


def test_reading_cannot_be_changed() -> None:
    """Nobody can change a choice of a shipped reading."""
    with pytest.raises(TypeError, match="does not support item assignment"):
        MSCS_PAGE.choices[AmbiguityID.A1] = "optional"  # type: ignore[index]


def test_reading_is_found() -> None:
    """A reading is found by its name."""
    assert reading("ms-cmrp") is MS_CMRP


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("mscs", "'mscs'"),
        ("MSCS-PAGE", "'MSCS-PAGE'"),
        ("", "''"),
        ("\x1b[31m\ud800", r"'\x1b[31m\ud800'"),
        ("z" * 1_000_000, f"'{'z' * 60}'..."),
    ],
    ids=["part", "upper-case", "empty", "hostile", "huge"],
)
def test_unknown_reading_is_explained(name: str, shown: str) -> None:
    """An unknown name is answered with what came and with the allowed names."""
    with pytest.raises(UnknownReading) as raised:
        reading(name)

    assert str(raised.value) == (
        f"no reading has the name {shown}; "
        "the allowed names are: mscs-page, kb174070, ms-cmrp, windows-observed, "
        "vcs-regrep, live-pair"
    )
    assert raised.value.name == name
