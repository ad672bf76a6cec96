"""Reading what a review is about: one cluster, tables of its checkpoints, or both.

Every file is recognised by its contents. Whatever cannot be read is listed and never guessed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clusckpt.files.checkpoint_table import load_checkpoint_table
from clusckpt.files.cluster_file import load_cluster
from clusckpt.files.errors import UnusableInput
from clusckpt.files.recognise import Recognised, recognise
from clusckpt.files.wording import escaped, quoted
from clusckpt.review.merging import ListedKey, Merging, Unreadable
from clusckpt_spec.formats.cluster import Cluster

_ALLOWED = "a cluster (clusckpt-cluster/1) and any number of outputs of Get-ClusterCheckpoint"


@dataclass(frozen=True, slots=True)
class ReviewInput:
    """A design as it was read.

    `listed` are the checkpoints that only a table lists: nobody knows the view of their keys.
    """

    cluster: Cluster
    files: tuple[str, ...]
    unreadable: tuple[Unreadable, ...] = ()
    listed: frozenset[ListedKey] = frozenset()


def read_design(paths: Iterable[str | Path]) -> ReviewInput:
    """Read the files of one design and bring them together.

    Raises:
        UnusableInput: a file cannot be read, is a trace, or is a second cluster.
        ValueError: there is no file.
    """
    files = tuple(str(path) for path in paths)
    if not files:
        message = f"no file to review; allowed: {_ALLOWED}"
        raise ValueError(message)
    kinds = {path: _kind(path) for path in files}
    clusters = [path for path in kinds if kinds[path] == "cluster"]
    if len(clusters) > 1:
        came = f"a second cluster, after {quoted(clusters[0])}"
        raise UnusableInput(clusters[1], None, came, _ALLOWED, "review each cluster by itself")
    merging = Merging(load_cluster(clusters[0]) if clusters else None)
    for path, kind in kinds.items():
        if kind == "checkpoint-table":
            merging.add_table(path, load_checkpoint_table(path))
    unreadable = tuple(merging.unreadable)
    return ReviewInput(merging.design(), files, unreadable, frozenset(merging.listed))


def _kind(path: str) -> Recognised:
    """What a file holds, unless it is a trace, which has nothing to review."""
    kind = recognise(path)
    if kind == "trace":
        came, advice = "a trace (clusckpt-trace/1)", f"run: clusckpt check {escaped(path)}"
        raise UnusableInput(path, None, came, _ALLOWED, advice)
    return kind
