"""The entry points of a resource DLL: the functions that its resource monitor calls.

Startup is left out: it is called once for the whole DLL, before there is any resource whose
checkpoints could be spoken of.
"""

from enum import StrEnum


class EntryPoint(StrEnum):
    """An entry point, by its published name (MsCS, resource DLL entry-point functions)."""

    OPEN = "Open"
    """The DLL gets to know a resource; it may add checkpoints here (MsCS/implementing-open)."""
    CLOSE = "Close"
    """The DLL has to forget a resource."""
    ONLINE = "Online"
    """A resource is to come online."""
    OFFLINE = "Offline"
    """A resource is to go offline in order."""
    TERMINATE = "Terminate"
    """A resource is to go offline at once, in order or not."""
    LOOKS_ALIVE = "LooksAlive"
    """A quick look at whether a resource is working."""
    IS_ALIVE = "IsAlive"
    """A thorough look at whether a resource is working."""
    ARBITRATE = "Arbitrate"
    """A node tries to get hold of a quorum-capable resource."""
    RELEASE = "Release"
    """A node lets go of a quorum-capable resource."""
    RESOURCE_CONTROL = "ResourceControl"
    """A control code for a resource has been passed on to its DLL."""
    RESOURCE_TYPE_CONTROL = "ResourceTypeControl"
    """A control code for a resource type has been passed on to its DLL."""
