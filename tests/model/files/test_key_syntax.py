"""Keys and crypto checkpoints are written as the control codes take them."""

import pytest

from clusckpt.files.key_syntax import crypto_fault, key_fault
from clusckpt.files.sources import Fault
from clusckpt_spec.register.ids import RuleID

KEY = r"a key below HKEY_LOCAL_MACHINE such as Software\Example"
CRYPTO = r"Type\Name\Key with a decimal provider type (CKPT-ADD-CRYPTO)"


@pytest.mark.rule(RuleID.ADD_REGISTRY)
@pytest.mark.parametrize(
    "key",
    [
        r"Software\Example",
        "SYSTEM",
        r"software\Microsoft\Microsoft SQL Server\MSSQL15.PAY\CPE",
        r"Cluster\Resources\{3f0d9f0e-6b0e-4f0e-9b3c-0a6a3f1d2c11}",
        r"Software\Größe...",
        r"Software\HKLM\x",
        r"HKLMSoftware",
    ],
)
def test_well_written_keys(key: str) -> None:
    """Keys that products checkpoint are accepted."""
    assert key_fault(key) is None


@pytest.mark.rule(RuleID.ADD_REGISTRY)
@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("", Fault("an empty key", KEY, "write the key that is meant")),
        (
            "\\\\Software",
            Fault(
                r'the key "\\Software" with a leading backslash',
                f"{KEY} (CKPT-ADD-REGISTRY: Do not use a leading backslash)",
                'write "Software"',
            ),
        ),
        (
            "Software\\Example\\",
            Fault(
                'the key "Software\\Example\\" with an empty component',
                f"{KEY}; nothing is published about others (A8)",
                "remove the trailing or the doubled backslash",
            ),
        ),
        (
            r"Software\\Example",
            Fault(
                r'the key "Software\\Example" with an empty component',
                f"{KEY}; nothing is published about others (A8)",
                "remove the trailing or the doubled backslash",
            ),
        ),
        (
            "Software\new",
            Fault(
                r'the key "Software\u000aew" with a control character in it',
                f"{KEY}, of printable characters (SysInfo/structure-of-the-registry)",
                "write each backslash twice in JSON and in double quotes, once elsewhere",
            ),
        ),
        (
            "Software\0",
            Fault(
                r'the key "Software\u0000" with a control character in it',
                f"{KEY}, of printable characters (SysInfo/structure-of-the-registry)",
                "write each backslash twice in JSON and in double quotes, once elsewhere",
            ),
        ),
        (
            r"hklm\Software",
            Fault(
                r'the key "hklm\Software" that names the hive',
                f"{KEY}, without the hive (CKPT-ADD-REGISTRY, A8)",
                r'remove "hklm\" from the key',
            ),
        ),
        (
            "HKEY_LOCAL_MACHINE",
            Fault(
                'the key "HKEY_LOCAL_MACHINE" that names the hive',
                f"{KEY}, without the hive (CKPT-ADD-REGISTRY, A8)",
                'remove "HKEY_LOCAL_MACHINE" from the key',
            ),
        ),
    ],
)
def test_badly_written_keys(key: str, fault: Fault) -> None:
    """Every other way to write a key is refused with the rule and a way out."""
    assert key_fault(key) == fault


@pytest.mark.rule(RuleID.ADD_CRYPTO)
@pytest.mark.parametrize(
    "checkpoint",
    [
        r"1\Microsoft Base Cryptographic Provider v1.0\MyKey",
        r"1\\MyKey",
        r"24\Provider\b5a571f2-c28b-48fa-b82f-a80000000000",
        r"1\Provider\Key\with\backslashes",
    ],
)
def test_well_written_crypto_checkpoints(checkpoint: str) -> None:
    """Both published forms are accepted, and everything after the second backslash is the key."""
    assert crypto_fault(checkpoint) is None


@pytest.mark.rule(RuleID.ADD_CRYPTO)
@pytest.mark.parametrize(
    "checkpoint",
    [
        "",
        "MyKey",
        r"1\MyKey",
        r"1\Provider" + "\\",
        r"\Provider\Key",
        r"-1\P\K",
        r"PROV\P\K",
        "\N{ARABIC-INDIC DIGIT ONE}\\P\\K",
    ],
)
def test_badly_written_crypto_checkpoints(checkpoint: str) -> None:
    """A missing part and a type that is not decimal are refused."""
    assert crypto_fault(checkpoint) == Fault(
        f'the crypto checkpoint "{checkpoint}"',
        CRYPTO,
        r"write it like 1\Microsoft Base Cryptographic Provider v1.0\MyKey; Name may be empty",
    )


def test_control_character_in_a_key_container() -> None:
    """A backslash that became a line break is explained, with the word of the caller."""
    assert crypto_fault("1\\Provider\new", "key container") == Fault(
        r'the key container "1\Provider\u000aew"',
        CRYPTO,
        "write each backslash twice in JSON and in double quotes, once elsewhere",
    )
