"""Written registry contents have well written keys, and no two names that differ in case only."""

import pytest

from clusckpt.files.registry_checks import (
    Tree,
    container_fault,
    container_faults,
    stored_faults,
    tree_faults,
    value_fault,
)
from clusckpt.files.sources import Fault
from clusckpt_spec.formats.values import RawValue, RegistryType


def test_good_tree() -> None:
    """Missing keys, missing values, the default value and raw values are all allowed."""
    tree: Tree = {
        r"Software\A": {"": "x", "Mode": 1, "Gone": None, "Raw": RawValue("REG_BINARY", "00fF")},
        r"Software\B": None,
    }

    assert list(tree_faults(("registry", "N1"), tree)) == []


def test_bad_tree() -> None:
    """Each fault of a tree is reported where it stands."""
    tree: Tree = {
        r"Software\A": {"Mode": 1, "MODE": 2, "Raw": RawValue("REG_BINARY", "0")},
        r"SOFTWARE\a": {},
        r"\Software": None,
    }
    found = {location: fault.came for location, fault in tree_faults(("registry", "N1"), tree)}

    assert found == {
        ("registry", "N1", r"SOFTWARE\a"): (
            r'the key "SOFTWARE\a" a second time (first as "Software\A")'
        ),
        ("registry", "N1", r"Software\A", "MODE"): (
            'the value "MODE" a second time (first as "Mode")'
        ),
        ("registry", "N1", r"Software\A", "Raw"): 'the bytes "0"',
        ("registry", "N1", r"\Software"): r'the key "\Software" with a leading backslash',
    }


@pytest.mark.parametrize("registry_type", RegistryType.__members__)
def test_every_type_can_be_written_raw(registry_type: str) -> None:
    """Each registry type is known by its name."""
    assert value_fault(RawValue(registry_type, "")) is None


@pytest.mark.parametrize("digits", ["0", "zz", "00 11", "00\n", "0x00"])
def test_bytes(digits: str) -> None:
    """Bytes are pairs of hexadecimal digits and nothing else."""
    fault = value_fault(RawValue("REG_BINARY", digits))

    assert fault is not None
    assert fault.allowed == "two hexadecimal digits for each byte"


def test_unknown_type() -> None:
    """A type with another name is refused with all names."""
    fault = value_fault(RawValue("REG_SZ\n", "00"))

    assert fault == Fault(
        r'the type "REG_SZ\u000a"',
        f"one of {', '.join(RegistryType.__members__)}",
        "write the type by its name",
    )


@pytest.mark.parametrize("value", ["text", "", 0, None])
def test_plain_values(value: str | int | None) -> None:
    """Text, numbers and missing values have nothing to check."""
    assert value_fault(value) is None


def test_containers() -> None:
    """Containers are written like crypto checkpoints."""
    found = list(container_faults(("containers", "N1"), [r"1\P\K", r"1\\K", "K"]))

    assert [location for location, _ in found] == [("containers", "N1", "K")]
    assert found[0][1].came == 'the key container "K"'
    assert container_fault(r"1\\K") is None


def test_stored_copies() -> None:
    """Roots are keys or containers, keys are there once, and copies are checked like any tree."""
    found = {
        location: fault.came
        for location, fault in stored_faults(
            ("stored", "R"),
            {
                r"Software\A": {r"Software\A\\B": {}},
                r"software\a": None,
                r"1\\K": None,
                r"1\\k": None,
                "": None,
            },
        )
    }

    assert found == {
        ("stored", "R", r"software\a"): (
            r'the root "software\a" a second time (first as "Software\A")'
        ),
        ("stored", "R", r"Software\A", r"Software\A\\B"): (
            r'the key "Software\A\\B" with an empty component'
        ),
        ("stored", "R", ""): "an empty key",
    }


def test_one_key_under_two_names() -> None:
    """A key that is there under the names of two control sets is refused where it is again."""
    names = r"System\CurrentControlSet\A", r"System\ControlSet001\a", r"System\ControlSet002\A"
    found = list(tree_faults(("registry", "N1"), {name: {} for name in names}))

    assert [(location, fault.came) for location, fault in found] == [
        (
            ("registry", "N1", names[1]),
            rf'the key "{names[1]}", which is "{names[0]}" under another name',
        )
    ]


def test_one_container_under_two_names() -> None:
    """A container is there once, in whatever case and with or without its default provider."""
    named = r"1\Microsoft Strong Cryptographic Provider\K"
    found = list(container_faults(("containers", "N1"), [r"1\\K", r"1\\k", named, r"1\P\K"]))

    assert [(location[-1], fault.came) for location, fault in found] == [
        (r"1\\k", r'the key container "1\\k" a second time (first as "1\\K")'),
        (named, rf'the key container "{named}", which is "1\\K" under another name'),
    ]
