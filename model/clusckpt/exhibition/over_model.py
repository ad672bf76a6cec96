"""Exhibits over the reference model: its planted bugs and its oddities, as parties."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Final

from clusckpt.exhibition.exhibit import Exhibit, Kind
from clusckpt.exhibition.told import TOLD_AS
from clusckpt.gallery import GALLERY, LEGAL_BUT_ODD, LegalButOdd, PlantedBug
from clusckpt.parties.model import ModelParty

OVER_MODEL: Final = "model"

UNSEEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "leave the copy of a deleted crypto checkpoint": (
            "no observation of the adapter protocol shows the stored copy of a container"
        ),
        "accept a second online request": (
            "a call is answered when all that it sets going has ended, so none meets a resource "
            "that is still coming online"
        ),
        "save what is terminated": (
            "whether the resource DLL went offline in time is not observed, and had it done so, "
            "the save would be right"
        ),
        "survive a failed restore silently": (
            "an event log may be filtered, so an event that is missing from it shows nothing"
        ),
    }
)
"""The planted bugs that nobody can see from outside, with the reason; properties catch them."""


def _party(one: PlantedBug | LegalButOdd) -> ModelParty:
    return ModelParty(one.rulebook, behaviour=one.behaviour)


def _bug(one: PlantedBug) -> Exhibit:
    told = tuple(TOLD_AS.get(one.name, {}))
    party = partial(_party, one)
    return Exhibit(
        one.name, Kind.BUG, OVER_MODEL, one.description, one.judged_by, party, one.rule, told
    )


def _odd(one: LegalButOdd) -> Exhibit:
    party = partial(_party, one)
    return Exhibit(one.name, Kind.ODD, OVER_MODEL, one.description, one.judged_by, party)


MODEL_BUGS: Final = tuple(_bug(one) for one in GALLERY if one.name not in UNSEEN)
MODEL_ODD: Final = tuple(map(_odd, LEGAL_BUT_ODD))
