"""`clusckpt-reading/1`: a reading of the documents that somebody else makes, as TOML.

The structures below are the format: the published JSON Schema is generated from them. The one
subtle fact: a file never repeats a whole reading. It names one that ships, and says what is
different and why.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from clusckpt_spec.readings import RestoreWhen

READING_FORMAT: Final = "clusckpt-reading/1"
NAME_PATTERN: Final = "^[a-z0-9][a-z0-9-]{0,59}$"
LONGEST_SUMMARY: Final = 100
"""Characters: a summary is one line."""


class ProductTable(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename="kebab"
):
    """What a product does beyond the 44 ambiguities; what is left out is as in the base."""

    restore_when: RestoreWhen | UnsetType = UNSET
    restore_same_node: bool | UnsetType = UNSET
    restore_force: bool | UnsetType = UNSET
    exclude_keys: tuple[str, ...] | UnsetType = UNSET
    ignore_subkeys: tuple[str, ...] | UnsetType = UNSET
    most_checkpoints: Annotated[int, msgspec.Meta(ge=1, le=0xFFFFFFFF)] | UnsetType = UNSET


class ReadingFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A reading: its name, the shipped reading it starts from, and each difference with a reason.

    `choices` has choices by ambiguity, such as `A1 = "eventual"`; `reasons` has a reason for each
    of them and for each field of `product`, by the same name.
    """

    format: Literal["clusckpt-reading/1"]
    name: Annotated[str, msgspec.Meta(pattern=NAME_PATTERN)]
    summary: str
    base: str
    choices: dict[str, str] = {}
    reasons: dict[str, str] = {}
    product: ProductTable = ProductTable()
