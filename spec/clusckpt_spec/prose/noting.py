"""Choices that note which of them were asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from clusckpt_spec.ambiguities.ids import AmbiguityID
from clusckpt_spec.readings import Reading

Answer = TypeVar("Answer")


class _Noting(dict[AmbiguityID, str]):
    def __init__(self, choices: Mapping[AmbiguityID, str]) -> None:
        super().__init__(choices)
        self.asked: Final[set[AmbiguityID]] = set()

    def __getitem__(self, ambiguity: AmbiguityID) -> str:
        self.asked.add(ambiguity)
        return super().__getitem__(ambiguity)


def noted(
    function: Callable[[Reading], Answer], reading: Reading
) -> tuple[Answer, Mapping[AmbiguityID, str]]:
    """What a function answers for a reading, and the choices that the answer depends on.

    >>> from clusckpt_spec.readings import MSCS_PAGE
    >>> noted(lambda reading: reading[AmbiguityID.A1], MSCS_PAGE)[1]
    {<AmbiguityID.A1: 'A1'>: 'immediate'}
    """
    noting = _Noting(reading.choices)
    answer = function(replace(reading, choices=noting))
    return answer, {one: reading[one] for one in AmbiguityID if one in noting.asked}
