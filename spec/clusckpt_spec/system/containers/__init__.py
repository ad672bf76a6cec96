"""The fourth system, small as well: key containers that follow a resource from node to node.

Start by reading `state`, then `copies`. A container has an entry in a list, a copy and a restore
before online, like a root; but it is one thing and not a tree, and nobody watches it for changes.
"""

from clusckpt_spec.system.containers.specification import CONTAINERS

__all__ = ["CONTAINERS"]
