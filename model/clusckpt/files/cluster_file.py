"""Reading and writing `clusckpt-cluster/1`: one cluster as JSON or YAML."""

from pathlib import Path

import msgspec

from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.files.conversion import converted
from clusckpt.files.documents import load_document
from clusckpt.files.sources import Fault, Source
from clusckpt.files.wording import quoted, shown
from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster


def load_cluster(path: str | Path) -> Cluster:
    """Read the cluster that a file describes.

    Raises:
        UnusableInput: The file is not a cluster, or something in it is not allowed.
    """
    document = load_document(path)
    return parse_cluster(document.content, document)


def parse_cluster(content: object, source: Source) -> Cluster:
    """Turn a plain document into a cluster.

    Args:
        content: What was read from JSON or YAML.
        source: Where it was read: a `Document`, or a `FileLine` if no lines are known.

    Raises:
        UnusableInput: It is not a cluster, or something in it is not allowed.

    >>> from clusckpt.files.sources import FileLine
    >>> plain = {"format": "clusckpt-cluster/1", "nodes": ["N1"], "groups": [], "resources": []}
    >>> parse_cluster(plain, FileLine("a.json")).nodes
    ('N1',)
    """
    check_format(content, CLUSTER_FORMAT, source)
    cluster = converted(content, Cluster, source)
    if found := next(cluster_faults(cluster), None):
        raise source.refusal(*found)
    return cluster


def dump_cluster(cluster: Cluster) -> str:
    """Write a cluster as JSON, without the fields that have their default values."""
    return msgspec.json.format(msgspec.json.encode(cluster), indent=2).decode() + "\n"


def check_format(content: object, expected: str, source: Source) -> None:
    """Check the field `format` before anything else, so that no other format is half read.

    Raises:
        UnusableInput: The document is an object of another format, or of none.
    """
    if not isinstance(content, dict) or content.get("format") == expected:
        return
    advice = "check that this is the file you meant to read, and its version"
    if "format" in content:
        came = f"the format {shown(content['format'])}"
        raise source.refusal(("format",), Fault(came, quoted(expected), advice))
    fault = Fault('an object without the field "format"', quoted(expected), advice)
    raise source.refusal((), fault)
