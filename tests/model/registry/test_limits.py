"""Names, trees and values are as large as the published limits let them be, and no larger."""

import pytest

from clusckpt.names import fold
from clusckpt.registry import (
    EMPTY_KEY,
    Value,
    content_fits_everywhere,
    key_fits,
    missing_levels,
    put_key,
    value_name_fits,
)
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.events import RegCreateKeyEx, RegistryWrite, RegSetValueEx
from clusckpt_spec.formats.values import RawValue
from tests.drive import Driver

MEGABYTE = 1 << 20


@pytest.mark.parametrize(
    ("path", "fits"),
    [
        (("a", "x" * 255), True),
        (("x" * 256, "a"), False),
        (("\N{GRINNING FACE}" * 127,), True),
        (("\N{GRINNING FACE}" * 128,), False),
        (("\ud800" * 255,), True),
        (("x",) * 512, True),
        (("x",) * 513, False),
    ],
    ids=str,
)
def test_keys(path: tuple[str, ...], fits: bool) -> None:  # noqa: FBT001 - the expectation
    """A key name has at most 255 characters of two bytes, and a tree at most 512 levels."""
    assert key_fits(path) is fits


def test_value_names() -> None:
    """A value name has at most 16,383 characters."""
    assert value_name_fits("x" * 16_383)
    assert not value_name_fits("x" * 16_384)


def test_contents() -> None:
    """The standard format holds contents of one megabyte."""
    assert content_fits_everywhere(Value("v", 3, bytes(MEGABYTE)))
    assert not content_fits_everywhere(Value("v", 3, bytes(MEGABYTE + 1)))


def test_missing_levels() -> None:
    """The levels that a call must create are those below the deepest key that exists."""
    tree = put_key(EMPTY_KEY, ("Software", "Acme"), EMPTY_KEY)

    assert missing_levels(tree, ("SOFTWARE", "acme")) == 0
    assert missing_levels(tree, ("Software", "Other", "X")) == 2


@pytest.mark.parametrize(
    "event",
    [
        RegCreateKeyEx("N1", "Software\\" + "x" * 256),
        RegCreateKeyEx("N1", "\\".join("x" * 33)),
        RegSetValueEx("N1", "Software\\" + "x" * 256, "v", 1),
        RegSetValueEx("N1", "Software", "x" * 16_384, 1),
    ],
    ids=lambda event: type(event).__name__,
)
def test_beyond_the_limits(event: RegistryWrite) -> None:
    """A write beyond a limit fails with a status that is not documented, and changes nothing."""
    driver = Driver()
    before = driver.state
    driver.do(event, Status.UNSPECIFIED_FAILURE)

    assert driver.statuses(event) == {Status.UNSPECIFIED_FAILURE}
    assert driver.state == before


def test_at_the_limits() -> None:
    """A write at a limit succeeds."""
    driver = Driver()
    driver.do(RegCreateKeyEx("N1", "\\".join("x" * 32)))
    driver.do(RegSetValueEx("N1", "Software\\" + "x" * 255, "y" * 16_383, 1))

    assert driver.value("N1", "Software") is None


def test_large_contents_may_be_refused() -> None:
    """Whether a node's registry has the standard format is not known: both answers are allowed."""
    driver = Driver()
    event = RegSetValueEx("N1", "Software", "v", RawValue("REG_BINARY", "00" * (MEGABYTE + 1)))
    answers = {Status.ERROR_SUCCESS, Status.UNSPECIFIED_FAILURE}

    assert driver.statuses(event) == answers
    before = driver.state
    driver.do(event, Status.UNSPECIFIED_FAILURE)
    assert driver.state == before
    driver.do(event)
    assert driver.state.nodes[fold("N1")].registry != before.nodes[fold("N1")].registry
