"""The composed control codes have the published numbers."""

import pytest

from clusckpt_spec.api.code_layout import Access, ControlObject
from clusckpt_spec.api.control_codes import ControlCode, UnknownControlCode, control_code

PUBLISHED = {
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT": (0x014000A2, 20971682),
    "CLUSCTL_RESOURCE_DELETE_REGISTRY_CHECKPOINT": (0x014000A6, 20971686),
    "CLUSCTL_RESOURCE_GET_REGISTRY_CHECKPOINTS": (0x010000A9, 16777385),
    "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT": (0x014000AE, 20971694),
    "CLUSCTL_RESOURCE_DELETE_CRYPTO_CHECKPOINT": (0x014000B2, 20971698),
    "CLUSCTL_RESOURCE_GET_CRYPTO_CHECKPOINTS": (0x010000B5, 16777397),
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_64BIT": (0x014000BE, 20971710),
    "CLUSCTL_RESOURCE_ADD_REGISTRY_CHECKPOINT_32BIT": (0x014000C2, 20971714),
    "CLUSCTL_RESOURCE_ADD_CRYPTO_CHECKPOINT_EX": (0x014002D6, 20972246),
    "CLUSCTL_RESOURCE_TYPE_GET_REGISTRY_CHECKPOINTS": (0x020000A9, 33554601),
    "CLUSCTL_RESOURCE_TYPE_GET_CRYPTO_CHECKPOINTS": (0x020000B5, 33554613),
}
"""The numbers as the pages and the bindings print them: in hexadecimal and in decimal."""

CHANGES = {code for code in ControlCode if "GET" not in code.name}


@pytest.mark.parametrize("name", PUBLISHED)
def test_code_has_its_published_number(name: str) -> None:
    """Composed from its parts, each code is the number that two kinds of source print."""
    in_hexadecimal, in_decimal = PUBLISHED[name]

    assert control_code(name).value == in_hexadecimal == in_decimal


def test_every_code_is_published() -> None:
    """There is no code beyond those of the table, and none is missing."""
    assert [code.published_name for code in ControlCode] == list(PUBLISHED)


@pytest.mark.parametrize("code", ControlCode)
def test_code_is_found_by_name_and_number(code: ControlCode) -> None:
    """A code is found by its name and by its number, and has a rule."""
    assert control_code(code.published_name) is control_code(code.value) is code
    assert code.rule.value.startswith("CKPT-")


@pytest.mark.parametrize("code", ControlCode)
def test_flags_of_the_codes(code: ControlCode) -> None:
    """A code that changes writes and needs All access; a list reads; none is global or internal."""
    layout = code.layout
    changes = code in CHANGES

    assert code.needs_all_access is layout.modify is changes
    assert layout.access is (Access.WRITE if changes else Access.READ)
    assert (layout.for_all, layout.user, layout.internal) == (False, False, False)


def test_objects_of_the_codes() -> None:
    """Two codes are about resource types, and the others about resources."""
    types = {code for code in ControlCode if code.layout.about is ControlObject.RESOURCE_TYPE}

    assert types == {code for code in ControlCode if code.name.startswith("TYPE_")}
    assert {code.layout.about for code in set(ControlCode) - types} == {ControlObject.RESOURCE}


@pytest.mark.parametrize("other", ["CLUSCTL_OTHER", 0, -1, 0x014000BA])
def test_other_codes_are_unknown(other: str | int) -> None:
    """A code that has nothing to do with checkpoints is refused, with those that have."""
    with pytest.raises(UnknownControlCode) as raised:
        control_code(other)

    assert str(raised.value) == (
        f"{other!r} is not a checkpoint control code; "
        f"allowed: {', '.join(PUBLISHED)}, or their numbers"
    )
