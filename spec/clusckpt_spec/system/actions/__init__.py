"""The actions of the transition system, one module per subject.

Start by reading `registry`: the rule that the whole project is about is there.
"""

from clusckpt_spec.system.action import Action
from clusckpt_spec.system.actions.checkpoints import add_checkpoint, remove_checkpoint
from clusckpt_spec.system.actions.database import backup, restore_database
from clusckpt_spec.system.actions.lifecycle import (
    begin_online,
    complete_online,
    delete,
    fail,
    go_offline,
    restore,
)
from clusckpt_spec.system.actions.ownership import crash, failover, join, move
from clusckpt_spec.system.actions.registry import delete_tree, write

ACTIONS: tuple[Action, ...] = (
    write,
    delete_tree,
    add_checkpoint,
    remove_checkpoint,
    begin_online,
    restore,
    complete_online,
    go_offline,
    fail,
    move,
    crash,
    failover,
    join,
    delete,
    backup,
    restore_database,
)
"""Everything that can happen."""

__all__ = ["ACTIONS"]
