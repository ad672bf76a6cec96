"""Control codes about checkpoints, from the 32-bit number and the bytes of the buffers.

Start by reading `dispatch`. The cluster service handles every one of them itself and passes none
on to a resource DLL (CKPT-NOT-PASSED-TO-DLL).
"""

from clusckpt.steps.codes.dispatch import control_resource

__all__ = ["control_resource"]
