"""What the checkpoints of one resource must keep to: each one well written, and there once."""

from collections.abc import Iterator

from clusckpt.files.key_syntax import crypto_fault, key_fault
from clusckpt.files.names import repeated
from clusckpt.files.sources import Fault, Found, Location
from clusckpt.files.wording import quoted
from clusckpt_spec.formats.cluster import Resource


def checkpoint_faults(resource: Resource, at: Location) -> Iterator[Found]:
    """Find what is wrong with the checkpoints of a resource.

    Args:
        resource: The resource.
        at: Where it stands in the document.
    """
    yield from _registry_faults(resource, at)
    yield from _crypto_faults(resource, at)


def _registry_faults(resource: Resource, at: Location) -> Iterator[Found]:
    named: list[tuple[Location, str]] = [
        ((*at, "registry_checkpoints", place, "key"), checkpoint.key)
        for place, checkpoint in enumerate(resource.registry_checkpoints)
    ]
    for location, key in named:
        if fault := key_fault(key):
            yield location, fault
    for location, fault in repeated("key", named):
        allowed = (
            "each key once on a resource, whatever its case and view "
            "(CKPT-ADD-REGISTRY: ERROR_ALREADY_EXISTS 183; A10)"
        )
        yield location, fault._replace(allowed=allowed, advice="remove one of the two checkpoints")


def _crypto_faults(resource: Resource, at: Location) -> Iterator[Found]:
    seen: set[str] = set()
    for place, checkpoint in enumerate(resource.crypto_checkpoints):
        location: Location = (*at, "crypto_checkpoints", place)
        if fault := crypto_fault(checkpoint):
            yield location, fault
        if checkpoint in seen:
            came = f"the crypto checkpoint {quoted(checkpoint)} a second time"
            allowed = "each crypto checkpoint once on a resource"
            yield location, Fault(came, allowed, "remove one of the two checkpoints")
        seen.add(checkpoint)
