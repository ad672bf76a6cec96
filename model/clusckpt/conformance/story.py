"""A story: what a party did in a program, step by step, and where it left the rules."""

from collections.abc import Iterator

from clusckpt.files.trace_lines import status_number
from clusckpt.oracle import Violation
from clusckpt.oracle.violations import status_name
from clusckpt.reports.reasons import reasons
from clusckpt.reports.sentences import told
from clusckpt_spec.formats.adapter import ResetParams
from clusckpt_spec.formats.trace import Trace, TraceLine


def story(trace: Trace, violation: Violation) -> tuple[str, ...]:
    """The lines of a story: the start, numbered steps, then got, allowed and because.

    Args:
        trace: what happened, up to the violation.
        violation: where it leaves the rules.
    """
    return (*_lines(trace), *reasons(violation))


def _lines(trace: Trace) -> Iterator[str]:
    header = trace.header
    start = ResetParams(header.cluster, header.registry, header.containers)
    yield from (f"   {line}" for line in set_up(start))
    for at, line in enumerate(trace.lines, start=1):
        yield f"{at:2}. {told(line.event)}{_returned(line)}"


def set_up(start: ResetParams) -> tuple[str, ...]:
    """The start of a program: nodes, groups with resources and roots, what is in registries."""
    cluster = start.cluster
    lines = [f"Nodes {', '.join(cluster.nodes)}; every resource is offline."]
    for resource in cluster.resources:
        group = next(one for one in cluster.groups if one.name == resource.group)
        roots = ", ".join(one.key for one in resource.registry_checkpoints) or "no roots"
        owner = group.owner or cluster.nodes[0]
        lines.append(f"{resource.name} in group {group.name} on {owner}: {roots}.")
    for node, tree in start.registry.items():
        values = ", ".join(
            f"{key}\\{name} = {value}" for key, held in tree.items() for name, value in held.items()
        )
        lines.append(f"On {node}: {values or ', '.join(tree)}.")
    for node, held in start.containers.items():
        lines.append(f"On {node} containers: {', '.join(held)}.")
    return tuple(lines)


def _returned(line: TraceLine) -> str:
    if line.returned is None:
        return ""
    return f" → {status_name(status_number(line.returned))}"
