"""Backup and restore of the cluster database, which contains the checkpoints."""

from z3 import And, BoolVal, Exists, ForAll, If, Implies

from clusckpt_spec.register.ids import RuleID
from clusckpt_spec.system.action import Step, action
from clusckpt_spec.system.history import recorded
from clusckpt_spec.system.sorts import DELETED, OFFLINE, Term
from clusckpt_spec.system.state import State
from clusckpt_spec.system.symbols import bound


@action(RuleID.IN_BACKUP)
def backup(s: State) -> Step:
    """The database is backed up with every checkpoint and its copy; an older backup is replaced."""
    (n,) = bound(s, "node", "n")
    after = recorded(s, s).updated(
        backed_up=lambda: BoolVal(True),  # noqa: FBT003 - the z3 constant true
        backup_exists=lambda r: s.status(r) != DELETED,
        backup_checkpoint=s.checkpoint,
        backup_stored=s.stored,
        backup_copy=s.copy,
        unchanged=lambda r, p, _: s.checkpoint(r, p),
        backup_tangled=s.tangled,
        backup_seen=s.seen,
        backup_mine=s.mine,
        backup_carried=s.carried,
    )
    return Step(guard=Exists([n], s.up(n)), after=after)


@action(RuleID.RESTORE_DATABASE, RuleID.IN_BACKUP, node="node")
def restore_database(s: State, node: Term) -> Step:
    """The database is restored on the only active node; what the backup holds is there again.

    The cluster service starts anew, so every resource of the backup is offline; no registry is
    touched until a resource comes online.
    """
    (n,) = bound(s, "node", "n")

    def nothing(_resource: Term, _root: Term) -> Term:
        return BoolVal(False)  # noqa: FBT003 - the z3 constant false

    restored = recorded(
        s,
        s.updated(
            status=lambda r: If(s.backup_exists(r), OFFLINE, DELETED),
            checkpoint=s.backup_checkpoint,
            stored=s.backup_stored,
            copy=s.backup_copy,
            restored=nothing,
            saved=nothing,
            dirty=nothing,
        ),
    )
    after = restored.updated(
        tangled=s.backup_tangled,
        seen=s.backup_seen,
        mine=s.backup_mine,
        carried=s.backup_carried,
        unchanged=lambda r, p, _: s.backup_checkpoint(r, p),
    )
    only_active = And(s.up(node), ForAll([n], Implies(s.up(n), n == node)))
    return Step(guard=And(s.backed_up(), only_active), after=after)
