"""The choice that follows the stance of the register, for every ambiguity.

The one subtle fact: a default is no reading by itself. A named reading starts from it and departs
from it, with a reason, wherever its document speaks.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from clusckpt_spec.ambiguities.ids import AmbiguityID

__all__ = ["DEFAULT_CHOICES"]

DEFAULT_CHOICES: Final[Mapping[AmbiguityID, str]] = MappingProxyType(
    {
        AmbiguityID.A1: "eventual",
        AmbiguityID.A2: "saved",
        AmbiguityID.A3: "either",
        AmbiguityID.A4: "at-add",
        AmbiguityID.A5: "local-tree-captured",
        AmbiguityID.A6: "fails",
        AmbiguityID.A7: "fails",
        AmbiguityID.A8: "refused",
        AmbiguityID.A9: "case-insensitive",
        AmbiguityID.A10: "common-namespace",
        AmbiguityID.A11: "all-three-kinds",
        AmbiguityID.A12: "union-of-kinds",
        AmbiguityID.A13: "server-default-view",
        AmbiguityID.A14: "same-as-plain",
        AmbiguityID.A15: "unordered",
        AmbiguityID.A16: "any-empty-form",
        AmbiguityID.A17: "either",
        AmbiguityID.A18: "double-terminator",
        AmbiguityID.A19: "system-error",
        AmbiguityID.A20: "distinct",
        AmbiguityID.A21: "refused",
        AmbiguityID.A22: "allowed-any-order",
        AmbiguityID.A23: "allowed",
        AmbiguityID.A24: "either",
        AmbiguityID.A25: "logged-and-survived",
        AmbiguityID.A26: "independent",
        AmbiguityID.A27: "online-without-overwrite",
        AmbiguityID.A28: "captured-over",
        AmbiguityID.A29: "like-offline",
        AmbiguityID.A30: "not-until-online",
        AmbiguityID.A31: "at-online",
        AmbiguityID.A32: "registry-untouched",
        AmbiguityID.A33: "dropped",
        AmbiguityID.A34: "abstract-store",
        AmbiguityID.A35: "cpt-and-cpr",
        AmbiguityID.A36: "both-kinds",
        AmbiguityID.A37: "all-to-modify",
        AmbiguityID.A38: "may-refuse",
        AmbiguityID.A39: "not-monitored",
        AmbiguityID.A40: "may-mix",
        AmbiguityID.A41: "list-unchanged",
        AmbiguityID.A42: "one-step",
        AmbiguityID.A43: "all-codes",
        AmbiguityID.A44: "should-dominates",
    }
)
"""One choice name per ambiguity, in order of their numbers."""
