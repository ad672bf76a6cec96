"""The actions of the transition system, one module per subject.

Start by reading `registry`: the rule that the whole project is about is there.
"""

from clusckpt_spec.system.action import Action
from clusckpt_spec.system.actions.checkpoints import add_checkpoint, remove_checkpoint
from clusckpt_spec.system.actions.copies import capture, lose_copy, recreate
from clusckpt_spec.system.actions.database import backup, restore_database
from clusckpt_spec.system.actions.lifecycle import (
    begin_offline,
    begin_online,
    complete_offline,
    create,
    delete,
    fail,
    save,
    terminate,
)
from clusckpt_spec.system.actions.ownership import crash, failover, join, move
from clusckpt_spec.system.actions.registry import block, delete_tree, unblock, write
from clusckpt_spec.system.actions.restore import (
    complete_online,
    fail_restore,
    miss_copy,
    replicate,
    restore,
)

ACTIONS: tuple[Action, ...] = (
    write,
    delete_tree,
    capture,
    block,
    unblock,
    add_checkpoint,
    remove_checkpoint,
    begin_online,
    restore,
    fail_restore,
    miss_copy,
    replicate,
    complete_online,
    begin_offline,
    save,
    complete_offline,
    terminate,
    fail,
    move,
    crash,
    failover,
    join,
    delete,
    create,
    backup,
    restore_database,
    lose_copy,
    recreate,
)
"""Everything that can happen."""

__all__ = ["ACTIONS"]
