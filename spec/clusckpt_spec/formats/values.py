"""Registry contents as the formats write them."""

from enum import IntEnum
from typing import Annotated

import msgspec


class RegistryType(IntEnum):
    """Registry value types with their published numbers (win32 SysInfo/registry-value-types)."""

    REG_NONE = 0
    REG_SZ = 1
    REG_EXPAND_SZ = 2
    REG_BINARY = 3
    REG_DWORD = 4
    REG_DWORD_BIG_ENDIAN = 5
    REG_LINK = 6
    REG_MULTI_SZ = 7
    REG_RESOURCE_LIST = 8
    REG_FULL_RESOURCE_DESCRIPTOR = 9
    REG_RESOURCE_REQUIREMENTS_LIST = 10
    REG_QWORD = 11


class RawValue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value of any type with its exact bytes, two hexadecimal digits for each."""

    type: Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(RegistryType.__members__)})$")]
    hex: Annotated[str, msgspec.Meta(pattern="^[0-9A-Fa-f]*$")]


HexBytes = Annotated[str, msgspec.Meta(pattern="^[0-9A-Fa-f]*$")]
"""Bytes, two hexadecimal digits for each."""

ByteCount = Annotated[int, msgspec.Meta(ge=0, le=0xFFFFFFFF)]
"""The size of a buffer in bytes: 32 bits without a sign."""

WrittenValue = str | Annotated[int, msgspec.Meta(ge=0, le=0xFFFFFFFF)] | RawValue
"""Text stands for REG_SZ, a whole number for REG_DWORD, anything else is written raw."""

WrittenKey = dict[str, WrittenValue]
"""The values of one key by name; `""` names the default value."""

WrittenTree = dict[str, WrittenKey]
"""Keys by their path below HKEY_LOCAL_MACHINE."""
