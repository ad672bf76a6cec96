"""The layout of control codes: every number has one layout, and every layout one number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusckpt_spec.api.code_layout import (
    Access,
    CodeLayout,
    ControlObject,
    InvalidControlCode,
    composed,
    decoded,
)

layouts = st.builds(
    CodeLayout,
    st.sampled_from(ControlObject),
    st.integers(0, 2**18 - 1),
    st.builds(Access, st.integers(0, 3)),
    modify=st.booleans(),
    for_all=st.booleans(),
    user=st.booleans(),
    internal=st.booleans(),
)
numbers = st.builds(
    lambda about, rest: about << 24 | rest,
    st.sampled_from(ControlObject),
    st.integers(0, 2**24 - 1),
)


@given(layouts)
def test_a_composed_layout_is_decoded(layout: CodeLayout) -> None:
    """Decoding gives back every part that a number was composed of."""
    assert decoded(composed(layout)) == layout


@given(numbers)
def test_a_decoded_number_is_composed(number: int) -> None:
    """Composing gives back every bit of a number that was decoded."""
    assert composed(decoded(number)) == number


@pytest.mark.parametrize(
    ("bit", "flag"), [(23, "for_all"), (22, "modify"), (21, "user"), (20, "internal")]
)
def test_each_flag_is_one_published_bit(bit: int, flag: str) -> None:
    """Each flag of the layout is the bit that the architecture page gives it."""
    layout = decoded(ControlObject.RESOURCE << 24 | 1 << bit)
    flags = ("for_all", "modify", "user", "internal")

    assert [name for name in flags if getattr(layout, name)] == [flag]
    assert (layout.function, layout.access) == (0, Access.ANY)


def test_the_operation_code_holds_function_and_access() -> None:
    """The low twenty bits are the function, and below it two bits of access."""
    layout = CodeLayout(ControlObject.CLUSTER, 3, Access.READ | Access.WRITE, modify=True)

    assert layout.operation == 0b1111
    assert composed(layout) & 0xFFFFF == layout.operation


@pytest.mark.parametrize("number", [-1, 0, 0x03000001, 2**32])
def test_a_number_without_a_published_object_is_refused(number: int) -> None:
    """A number of another width or object is no control code, and the objects are named."""
    with pytest.raises(InvalidControlCode) as raised:
        decoded(number)

    assert str(raised.value) == (
        f"{number} is not a control code: bits 31 to 24 name the object, one of 0x01 RESOURCE, "
        "0x02 RESOURCE_TYPE, 0x04 GROUP, 0x08 NODE, 0x10 NETWORK, 0x20 NETWORK_INTERFACE, "
        "0x40 CLUSTER, 0x80 USER"
    )


@pytest.mark.parametrize("function", [-1, 2**18])
def test_a_function_that_does_not_fit_is_refused(function: int) -> None:
    """A function needs its 18 bits; a larger or negative one is not cut."""
    with pytest.raises(InvalidControlCode) as raised:
        composed(CodeLayout(ControlObject.RESOURCE, function, Access.ANY))

    assert str(raised.value) == f"function {function} is not in 0 to 262143"
