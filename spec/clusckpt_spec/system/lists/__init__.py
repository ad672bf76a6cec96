"""The third system, small as well: the lists of checkpoints, as control codes see and change them.

Start by reading `state`, then `registry_codes`. It is about names: which of them are equal, which
name one key, what a list has. Where the copies are and when they are restored is in `checkpoints`
and in `containers`.
"""

from clusckpt_spec.system.lists.specification import LISTS

__all__ = ["LISTS"]
