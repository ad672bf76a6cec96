"""Status codes that the documents give a number for, and the one that stands for the rest.

Sources: the control-code pages (MsCS), [MS-CMRP] 3.1.4.x, win32 system error codes.
"""

from enum import IntEnum


class Status(IntEnum):
    """What a call returned."""

    UNSPECIFIED_FAILURE = -1
    """Some failing status: the documents say that the call fails, but not with which code."""
    ERROR_SUCCESS = 0
    """The call did what it says."""
    ERROR_INVALID_FUNCTION = 1
    """The control code is not supported."""
    ERROR_FILE_NOT_FOUND = 2
    """The key is not currently being checkpointed."""
    ERROR_CALL_NOT_IMPLEMENTED = 120
    """The function was removed in this version."""
    ERROR_DIRECTORY = 267
    """The path has a file name in it."""
    ERROR_ALREADY_EXISTS = 183
    """The key is already being checkpointed."""
    ERROR_MORE_DATA = 234
    """The output buffer is too small; the required size was returned."""
    ERROR_IO_PENDING = 997
    """Accepted; the operation goes on."""
    ERROR_DEPENDENT_RESOURCE_EXISTS = 5001
    """Another resource depends on this one."""
    ERROR_HOST_NODE_NOT_AVAILABLE = 5005
    """The node is not active."""
    ERROR_RESOURCE_NOT_FOUND = 5007
    """There is no such resource."""
    ERROR_GROUP_NOT_FOUND = 5013
    """There is no such group."""
    ERROR_RESOURCE_ONLINE = 5019
    """The resource is not offline."""
    ERROR_INVALID_STATE = 5023
    """The resource is in a state in which the request is not allowed."""
    ERROR_RESOURCE_FAILED = 5038
    """The resource has failed."""
    ERROR_QUORUM_DISK_NOT_FOUND = 5086
    """The quorum disk could not be found."""
    ERROR_CLUSTER_NODE_UP = 5056
    """Another node is active; the database cannot be restored now."""
    NTE_BAD_KEY = 0x80090003
    """The keys of the container are not exportable."""
    NTE_BAD_KEYSET = 0x80090016
    """The key container does not exist."""

    def satisfied_by(self, returned: int) -> bool:
        """Whether a returned status is this one; any failing one satisfies UNSPECIFIED_FAILURE.

        >>> Status.UNSPECIFIED_FAILURE.satisfied_by(5), Status.ERROR_SUCCESS.satisfied_by(5)
        (True, False)
        """
        if self is Status.UNSPECIFIED_FAILURE:
            return returned not in (Status.ERROR_SUCCESS, Status.ERROR_IO_PENDING)
        return returned == self
