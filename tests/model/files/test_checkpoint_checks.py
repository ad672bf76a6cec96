"""Each checkpoint of a resource is well written and there once."""

import pytest

from clusckpt.files.checkpoint_checks import checkpoint_faults
from clusckpt.files.sources import Fault
from clusckpt_spec.formats.cluster import RegistryCheckpoint, Resource, View
from clusckpt_spec.register.ids import RuleID


def resource_with(*keys: tuple[str, View], crypto: tuple[str, ...] = ()) -> Resource:
    """Give a resource with registry and crypto checkpoints."""
    checkpoints = tuple(RegistryCheckpoint(key, view) for key, view in keys)
    return Resource("R", "G", registry_checkpoints=checkpoints, crypto_checkpoints=crypto)


def test_good_checkpoints() -> None:
    """Different keys, nested keys and different containers are allowed together."""
    resource = resource_with(
        (r"Software\A", "native"),
        (r"Software\A\B", "32"),
        (r"Software\Wow6432Node\A", "native"),
        crypto=(r"1\P\K", r"1\\K", r"1\P\k"),
    )

    assert list(checkpoint_faults(resource, ("resources", 0))) == []


@pytest.mark.rule(RuleID.ADD_REGISTRY)
@pytest.mark.parametrize("view", ["native", "32", "64"])
def test_key_twice(view: View) -> None:
    """The same key a second time is refused in any spelling and any view."""
    resource = resource_with((r"Software\A", "native"), (r"SOFTWARE\a", view))

    assert list(checkpoint_faults(resource, ("resources", 4))) == [
        (
            ("resources", 4, "registry_checkpoints", 1, "key"),
            Fault(
                r'the key "SOFTWARE\a" a second time (first as "Software\A")',
                "each key once on a resource, whatever its case and view "
                "(CKPT-ADD-REGISTRY: ERROR_ALREADY_EXISTS 183; A10)",
                "remove one of the two checkpoints",
            ),
        )
    ]


def test_crypto_checkpoint_twice() -> None:
    """Exactly the same crypto checkpoint a second time is refused."""
    resource = resource_with(crypto=(r"1\P\K", r"1\P\K"))

    assert list(checkpoint_faults(resource, ("resources", 0))) == [
        (
            ("resources", 0, "crypto_checkpoints", 1),
            Fault(
                r'the crypto checkpoint "1\P\K" a second time',
                "each crypto checkpoint once on a resource",
                "remove one of the two checkpoints",
            ),
        )
    ]


def test_badly_written_checkpoints() -> None:
    """Each badly written checkpoint is reported where it stands."""
    resource = resource_with((r"\A", "native"), ("", "64"), crypto=("K",))

    assert [location for location, _ in checkpoint_faults(resource, ("resources", 0))] == [
        ("resources", 0, "registry_checkpoints", 0, "key"),
        ("resources", 0, "registry_checkpoints", 1, "key"),
        ("resources", 0, "crypto_checkpoints", 0),
    ]
