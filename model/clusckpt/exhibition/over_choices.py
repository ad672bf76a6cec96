"""Exhibits that choose otherwise where the documents differ: the page's model with other choices.

A product that makes another choice than the page breaks the page; the second rule of an exhibit
is that of the answer by which it shows. Where the page leaves a choice open, a product that makes
one is odd at most.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from clusckpt.exhibition.exhibit import Exhibit, Kind
from clusckpt.exhibition.over_model import OVER_MODEL
from clusckpt.parties.model import ModelParty
from clusckpt_spec.ambiguities import AMBIGUITIES, AmbiguityID
from clusckpt_spec.readings import MSCS_PAGE, Reading
from clusckpt_spec.register import RuleID

_A = AmbiguityID
_R = RuleID


def _choosing(choices: Mapping[AmbiguityID, str]) -> Reading:
    """The page's reading with other choices."""
    told = ", ".join(f"{one} {choice}" for one, choice in choices.items())
    return replace(MSCS_PAGE, name=f"mscs-page, {told}", choices={**MSCS_PAGE.choices, **choices})


def _bug(ambiguity: AmbiguityID, choice: str, rule: RuleID, *told_as: RuleID) -> Exhibit:
    (meaning,) = (one.meaning for one in AMBIGUITIES[ambiguity].choices if one.name == choice)
    return Exhibit(
        f"choose {choice} for {ambiguity}",
        Kind.BUG,
        OVER_MODEL,
        f"{AMBIGUITIES[ambiguity].question} {meaning}",
        MSCS_PAGE,
        partial(ModelParty, _choosing({ambiguity: choice})),
        rule,
        told_as,
    )


def _odd(name: str, description: str, choices: Mapping[AmbiguityID, str]) -> Exhibit:
    party = partial(ModelParty, _choosing(choices))
    return Exhibit(name, Kind.ODD, OVER_MODEL, description, MSCS_PAGE, party)


CHOICE_BUGS: Final = (
    _bug(_A.A1, "eventual", _R.CAPTURE_ONLINE),
    _bug(_A.A1, "optional", _R.CAPTURE_ONLINE),
    _bug(_A.A2, "saved", _R.OFFLINE_OVERWRITTEN),
    _bug(_A.A4, "at-first-online", _R.KB_CAPTURE_AT_ADD),
    _bug(_A.A4, "on-change-only", _R.KB_CAPTURE_AT_ADD),
    _bug(_A.A5, "nothing-captured", _R.KB_CAPTURE_AT_ADD),
    _bug(_A.A6, "succeeds-empty", _R.ADD_REGISTRY),
    _bug(_A.A7, "stripped", _R.ADD_REGISTRY),
    _bug(_A.A8, "normalised", _R.ADD_REGISTRY),
    _bug(_A.A8, "stored-as-given", _R.ADD_REGISTRY),
    _bug(_A.A9, "case-sensitive", _R.NAMES_CASELESS, _R.ADD_REGISTRY),
    _bug(_A.A10, "native-first-only", _R.ADD_REGISTRY_64BIT),
    _bug(_A.A11, "plain-kind-only", _R.DELETE_REGISTRY),
    _bug(_A.A12, "plain-kind-only", _R.GET_REGISTRY),
    _bug(_A.A13, "caller-view", _R.ADD_REGISTRY),
    _bug(_A.A18, "single-terminator", _R.GET_REGISTRY),
    _bug(_A.A23, "refused", _R.ADD_REGISTRY),
    _bug(_A.A25, "logged-and-survived", _R.RESTORE_BEFORE_ONLINE, _R.ONLINE_STATES),
    _bug(_A.A27, "fatal", _R.RESTORE_BEFORE_ONLINE, _R.ONLINE_STATES),
    _bug(_A.A29, "like-online", _R.OFFLINE_OVERWRITTEN),
    _bug(_A.A30, "at-move", _R.RESTORE_BEFORE_ONLINE),
    _bug(_A.A31, "eager", _R.RESTORE_BEFORE_ONLINE),
    _bug(_A.A32, "registry-removed", _R.DELETED_WITH_RESOURCE, _R.RESTORE_BEFORE_ONLINE),
    _bug(_A.A33, "kept-until-offline", _R.DELETE_REGISTRY),
    _bug(_A.A41, "listed-without-copy", _R.ADD_REGISTRY, _R.GET_REGISTRY),
    _bug(_A.A43, "before-2008", _R.ADD_REGISTRY_64BIT, _R.ADD_REGISTRY_32BIT),
)
"""Each makes one other choice that shows from outside."""

CHOICE_ODD: Final = (
    _odd(
        "lists in the order of the adds, and nothing in no bytes",
        "Where the page leaves lists and failures open, the choices that say most are made.",
        {
            _A.A15: "order-of-add",
            _A.A16: "no-bytes",
            _A.A17: "success",
            _A.A19: "registry-codes",
            _A.A38: "must-refuse",
        },
    ),
    _odd(
        "ends an empty list once, and asks for a buffer",
        "An empty list is one terminator, and a call without a buffer answers more data.",
        {_A.A16: "one-terminator", _A.A17: "more-data"},
    ),
)
"""Each makes choices that the page leaves open."""
