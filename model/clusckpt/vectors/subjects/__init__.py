"""The subjects: what each file of vectors is about, and the scripts of its cases."""

from clusckpt.vectors.script import Subject
from clusckpt.vectors.subjects.backup import BACKUP
from clusckpt.vectors.subjects.capture import CAPTURE
from clusckpt.vectors.subjects.codes import CODES
from clusckpt.vectors.subjects.containers import CONTAINERS
from clusckpt.vectors.subjects.deletion import DELETION
from clusckpt.vectors.subjects.failures import FAILURES
from clusckpt.vectors.subjects.instances import INSTANCES
from clusckpt.vectors.subjects.life import LIFE
from clusckpt.vectors.subjects.restore import RESTORE
from clusckpt.vectors.subjects.steps import STEPWISE

SUBJECTS: tuple[Subject, ...] = (
    CAPTURE,
    RESTORE,
    CODES,
    CONTAINERS,
    DELETION,
    INSTANCES,
    LIFE,
    BACKUP,
    FAILURES,
    STEPWISE,
)
"""Every subject, in the order of the manifest."""

__all__ = ["SUBJECTS"]
