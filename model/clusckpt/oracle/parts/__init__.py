"""Following a trace in the parts of a cluster that cannot influence each other.

Start by reading `layout`, which says what the parts are; `PartwiseFollower` is what `judge` uses.
"""

from clusckpt.oracle.parts.follower import PartwiseFollower

__all__ = ["PartwiseFollower"]
