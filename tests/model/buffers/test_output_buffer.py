"""The output buffer rule, under every choice that the documents leave."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt.buffers import Answer, Ending, Listing, OutputBuffer, answers, decoded, sizes
from clusckpt_spec.ambiguities import AmbiguityID
from clusckpt_spec.api.status import Status
from clusckpt_spec.readings import MSCS_PAGE, Reading

ACME = (("Software\\Acme",),)
ACME_SIZE = 30
NULL = OutputBuffer(0, is_null=True)

rank = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1),
    min_size=1,
    max_size=3,
).map(lambda listed: tuple(sorted(listed)))
ranks = st.lists(rank, max_size=3).map(tuple)


def read_as(choices: Mapping[AmbiguityID, str]) -> Reading:
    """The reading of the page with other choices."""
    return replace(MSCS_PAGE, choices={**MSCS_PAGE.choices, **choices})


def told(
    listed: tuple[tuple[str, ...], ...],
    buffer: OutputBuffer,
    choices: Mapping[AmbiguityID, str] | None = None,
) -> dict[Status, set[int]]:
    """What each answer may leave in lpcbBytesReturned."""
    possible = answers(listed, buffer, read_as(choices or {}))
    return {one.status: set(one.listing.sizes) if one.listing else set() for one in possible}


@pytest.mark.rule("CKPT-GET-REGISTRY")
@pytest.mark.parametrize(
    ("size", "status"),
    [
        (0, Status.ERROR_MORE_DATA),
        (ACME_SIZE - 1, Status.ERROR_MORE_DATA),
        (ACME_SIZE, Status.ERROR_SUCCESS),
        (2**32 - 1, Status.ERROR_SUCCESS),
    ],
)
def test_a_list_fits_or_its_size_is_told(size: int, status: Status) -> None:
    """A buffer of the required size takes the list; a smaller one is told that size."""
    assert told(ACME, OutputBuffer(size)) == {status: {ACME_SIZE}}


def test_an_unknown_size_may_be_too_small() -> None:
    """Where the size of the buffer was not seen, both answers are possible."""
    assert told(ACME, OutputBuffer()) == {
        Status.ERROR_SUCCESS: {ACME_SIZE},
        Status.ERROR_MORE_DATA: {ACME_SIZE},
    }


@given(ranks, st.sampled_from(Ending), st.integers(0, 100))
def test_what_is_written_fits_and_is_the_list(
    listed: tuple[tuple[str, ...], ...], ending: Ending, size: int
) -> None:
    """What is written is no longer than the buffer, and holds exactly the strings of the list."""
    reading = read_as({AmbiguityID.A18: ending.value})
    for answer in answers(listed, OutputBuffer(size), reading):
        listing = answer.listing

        assert listing is not None
        assert listing.is_written == (answer.status is Status.ERROR_SUCCESS)
        assert len(listing.example) <= size
        assert listing.fault(listing.example) is None or not listing.is_written
        if listing.is_written:
            assert listing.admits(decoded(listing.example, ending))
            assert len(listing.example) in listing.sizes


@given(ranks)
def test_there_is_always_an_answer(listed: tuple[tuple[str, ...], ...]) -> None:
    """Every buffer has at least one answer, and no status twice."""
    for buffer in (OutputBuffer(), OutputBuffer(0), OutputBuffer(3), NULL):
        statuses = [one.status for one in answers(listed, buffer, MSCS_PAGE)]

        assert statuses
        assert len(statuses) == len(set(statuses))


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (
            "either",
            {Status.ERROR_SUCCESS: {0, ACME_SIZE}, Status.ERROR_MORE_DATA: {ACME_SIZE}},
        ),
        ("success", {Status.ERROR_SUCCESS: {0, ACME_SIZE}}),
        ("more-data", {Status.ERROR_MORE_DATA: {ACME_SIZE}}),
    ],
)
def test_without_a_buffer(choice: str, expected: dict[Status, set[int]]) -> None:
    """NULL and zero may be answered with success, with the size, or with either (A17)."""
    assert told(ACME, NULL, {AmbiguityID.A17: choice}) == expected
    assert told(ACME, OutputBuffer(is_null=True), {AmbiguityID.A17: choice}) == expected


def test_nothing_is_written_without_a_buffer() -> None:
    """Whatever is answered to NULL and zero, no list is in the buffer."""
    written = [one.listing.is_written for one in answers(ACME, NULL, MSCS_PAGE) if one.listing]

    assert written == [False, False]


def test_null_with_a_size_fails() -> None:
    """A NULL buffer that is said to have room makes the call fail, with a status not published."""
    buffer = OutputBuffer(8, is_null=True)

    assert list(answers(ACME, buffer, MSCS_PAGE)) == [Answer(Status.UNSPECIFIED_FAILURE, None)]


@pytest.mark.parametrize(
    ("choice", "forms"),
    [
        ("any-empty-form", {0, 2, 4}),
        ("no-bytes", {0}),
        ("one-terminator", {2}),
        ("two-terminators", {4}),
    ],
)
def test_the_forms_of_an_empty_list(choice: str, forms: set[int]) -> None:
    """An empty list has no bytes, one terminator or two, or any of these (A16)."""
    reading = {AmbiguityID.A16: choice}

    assert told((), OutputBuffer(8), reading) == {Status.ERROR_SUCCESS: forms}
    assert told((), OutputBuffer(), reading)[Status.ERROR_SUCCESS] == forms


def test_an_empty_list_can_be_too_long() -> None:
    """A form that does not fit is answered with its size, and one that fits with success."""
    assert told((), OutputBuffer(2)) == {
        Status.ERROR_SUCCESS: {0, 2},
        Status.ERROR_MORE_DATA: {4},
    }
    assert told((), NULL, {AmbiguityID.A16: "no-bytes", AmbiguityID.A17: "more-data"}) == {
        Status.ERROR_SUCCESS: {0}
    }


@pytest.mark.parametrize(
    ("choice", "size"), [("double-terminator", ACME_SIZE), ("single-terminator", ACME_SIZE - 2)]
)
def test_the_ending_counts(choice: str, size: int) -> None:
    """A list without the last terminator is two bytes shorter (A18)."""
    assert sizes(ACME, read_as({AmbiguityID.A18: choice})) == {size}


def test_ranks_come_in_order() -> None:
    """Strings of one rank come in any order, and before those of the next."""
    listing = Listing((("A", "B"), ("C",)), frozenset({14}), Ending.DOUBLE, is_written=True)

    assert listing.strings == ("A", "B", "C")
    assert [listing.admits(one) for one in (("B", "A", "C"), ("A", "C", "B"))] == [True, False]
    assert [listing.admits(one) for one in (("A", "B"), ("A", "B", "C", "C"))] == [False, False]


def test_faults_of_form() -> None:
    """The form of the bytes is judged apart from what they list."""
    listing = Listing((), frozenset({2}), Ending.DOUBLE, is_written=True)

    assert listing.fault(bytes(2)) is None
    assert listing.fault(bytes(4)) == "an empty list of 4 bytes"
    assert listing.fault(b"A") == "1 bytes are not a whole number of characters"
