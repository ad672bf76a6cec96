"""What a person can answer: each check says what is allowed if an answer is something else."""

from collections.abc import Iterable

from clusckpt.files.wording import listed
from clusckpt.parties.dialogue import Check
from clusckpt_spec.api.status import Status
from clusckpt_spec.formats.trace import LEAST_STATUS, MOST_STATUS


def is_done(answer: str) -> str | None:
    """Only `done` will do.

    >>> is_done("done"), is_done("no")
    (None, '"done", when it is so')
    """
    return None if answer == "done" else '"done", when it is so'


def status_fault(answer: str) -> str | None:
    """A number of 32 bits, in decimal or with 0x, the name of a status, or `none`.

    >>> [status_fault(one) is None for one in ("183", "0x80090016", "NTE_BAD_KEY", "none", "ok")]
    [True, True, True, True, False]
    """
    if answer == "none" or answer in Status.__members__:
        return None
    try:
        fits = LEAST_STATUS <= int(answer[:20], 0) <= MOST_STATUS
    except ValueError:
        fits = False
    return None if fits else f"a number of 32 bits, none, or one of {', '.join(Status.__members__)}"


def one_of(names: Iterable[str]) -> Check:
    """A check that only takes these names.

    >>> one_of(["Online", "Offline"])("Up")
    '"Online", "Offline"'
    """
    allowed = list(names)
    return lambda answer: None if answer in allowed else listed(allowed)


def anything(answer: str) -> str | None:
    """A check that takes every answer but none at all.

    >>> anything(""), anything("x")
    ('some text', None)
    """
    return None if answer else "some text"
