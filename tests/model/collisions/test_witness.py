"""Every conflict has a witness that the model executes to the loss and that can be checked."""

from dataclasses import replace
from pathlib import Path

import pytest

from clusckpt.collisions import (
    Effect,
    ModelBug,
    Witness,
    find_conflicts,
    find_witness,
)
from clusckpt.containers import DEFAULT_PROVIDERS
from clusckpt.files.trace_file import dump_trace, load_trace
from clusckpt.names import MOST_LEVELS
from clusckpt.oracle import VerdictKind, replay
from clusckpt.registry import RegistryKey
from clusckpt.rules import KB174070_RULES, MSCS_PAGE_RULES, Part, Rulebook
from clusckpt_spec.formats.cluster import Cluster, Group, RegistryCheckpoint, Resource, View

KEY = r"Software\X"
DEFAULT = DEFAULT_PROVIDERS[1]
BOTH = ("N1", "N2")
READINGS = (MSCS_PAGE_RULES, KB174070_RULES)


def resource(
    name: str,
    *keys: str,
    owners: tuple[str, ...] = BOTH,
    group: str = "",
    view: View = "native",
    crypto: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
) -> Resource:
    """A resource, in a group of its own unless one is named."""
    return Resource(
        name,
        group or f"G{name}",
        possible_owners=owners,
        dependencies=needs,
        registry_checkpoints=tuple(RegistryCheckpoint(key, view) for key in keys),
        crypto_checkpoints=crypto,
    )


def design(*resources: Resource, owners: dict[str, str] | None = None) -> Cluster:
    """A cluster of two nodes."""
    names = dict.fromkeys(one.group for one in resources)
    groups = tuple(Group(name, (owners or {}).get(name)) for name in names)
    return Cluster("clusckpt-cluster/1", BOTH, groups, resources)


def witnesses(cluster: Cluster, rules: Rulebook = MSCS_PAGE_RULES) -> list[Witness]:
    """The witness of every conflict of a design."""
    return [find_witness(cluster, one, rules) for one in find_conflicts(cluster).conflicts]


def calls(witness: Witness) -> list[str]:
    """The calls of a witness with the resource or node that each is about."""
    about = ("resource", "group", "node")
    return [
        f"{type(one.event).__name__} "
        + next(getattr(one.event, name) for name in about if hasattr(one.event, name))
        for one in witness.steps
    ]


@pytest.mark.rule("CKPT-INSTANCES")
def test_across_nodes() -> None:
    """Both store their data, one group moves, and its restore replaces and is captured."""
    (witness,) = witnesses(design(resource("A", KEY), resource("B", KEY)))

    assert calls(witness) == [
        "OnlineClusterResource A",
        "OnlineClusterResource B",
        "RegSetValueEx N1",
        "RegSetValueEx N2",
        "MoveClusterGroup GB",
    ]
    assert witness.steps[4].changed == (
        Effect(Part.OWNER, "GB", "N2", "N1"),
        Effect(Part.REGISTRY, "N1", "A", "B"),
        Effect(Part.COPY, "A", "A", "B"),
    )
    assert witness.replaced_at == 5
    assert witness.story == (
        r"at step 5, restoring Software\X of B on N1 replaced what A had left there while it was "
        "online; step 5 also stored it as the checkpoint of A"
    )


@pytest.mark.rule("CKPT-INSTANCES")
def test_owners_of_today() -> None:
    """The groups start where they are now, if the design says where that is."""
    cluster = design(resource("A", KEY), resource("B", KEY), owners={"GA": "N2", "GB": "N1"})
    (witness,) = witnesses(cluster)

    assert witness.node == "N2"
    assert {group.name: group.owner for group in witness.header.cluster.groups} == {
        "GA": "N2",
        "GB": "N1",
    }


@pytest.mark.rule("CKPT-INSTANCES")
def test_the_one_that_can_move() -> None:
    """If only one of the two has another host, that one moves and replaces."""
    (witness,) = witnesses(design(resource("A", KEY), resource("B", KEY, owners=("N2",))))

    assert (witness.replaced, witness.replacing, witness.node) == ("B", "A", "N2")
    assert calls(witness)[-1] == "MoveClusterGroup GA"


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("group", ["", "G"])
def test_on_one_node(group: str) -> None:
    """In one group, or with one common host and no other, the two take turns on one node."""
    one = resource("A", KEY, owners=("N2",), group=group)
    (witness,) = witnesses(design(one, resource("B", KEY, owners=("N2",), group=group)))

    assert calls(witness) == [
        "OnlineClusterResource B",
        "RegSetValueEx N2",
        "OfflineClusterResource B",
        "OnlineClusterResource A",
        "RegSetValueEx N2",
        "OnlineClusterResource B",
    ]
    assert witness.steps[5].changed == (
        Effect(Part.STATE, "B", "Offline", "Online"),
        Effect(Part.REGISTRY, "N2", "A", "B"),
        Effect(Part.COPY, "A", "A", "B"),
    )


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize(("dependent", "needed"), [("A", "B"), ("B", "A")])
def test_dependencies(dependent: str, needed: str) -> None:
    """The replacing one is never needed by the other, and comes online after what it needs."""
    middle = resource("M", group="G", needs=(needed,))
    ends = {
        dependent: resource(dependent, KEY, group="G", needs=("M",)),
        needed: resource(needed, KEY, group="G"),
    }
    (witness,) = witnesses(design(ends["A"], ends["B"], middle))

    assert (witness.replaced, witness.replacing) == (needed, dependent)
    assert calls(witness)[:2] == [
        f"OnlineClusterResource {needed}",
        f"OnlineClusterResource {dependent}",
    ]


@pytest.mark.rule("CKPT-INSTANCES")
def test_others_do_not_disturb() -> None:
    """Other resources in the groups, with roots around the key and unknown owners elsewhere."""
    cluster = design(
        resource("A", KEY, group="GA", needs=("Disk",)),
        resource("Disk", r"Software\X\Deeper", group="GA"),
        resource("B", "Software", r"Software\X\Y", group="GB", needs=("Address",)),
        resource("Address", KEY, group="GB"),
        Resource("Silent", "GC", registry_checkpoints=(RegistryCheckpoint(KEY),)),
    )
    found = find_conflicts(cluster).conflicts

    assert len(found) == 8
    assert len(witnesses(cluster)) == len(found)


@pytest.mark.rule("CKPT-INSTANCES")
def test_group_that_cannot_move_back() -> None:
    """A group that is where it could not move to plays its part without moving there."""
    bound = resource("Disk", owners=("N1",), group="GA")
    here = resource("A", KEY, group="GA")
    for name in ("0", "B"):
        other = resource(name, KEY, owners=("N2",), group=f"G{name}")
        (witness,) = witnesses(design(here, bound, other, owners={"GA": "N2"}))

        assert witness.node == "N2"
        assert not any(call.startswith("MoveClusterGroup") for call in calls(witness))


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
def test_containers_across_nodes() -> None:
    """Keys that differ from node to node are replaced, and the stored copy is not."""
    one, other = r"1\P\K", r"1\P\k"
    (witness,) = witnesses(design(resource("A", crypto=(one,)), resource("B", crypto=(other,))))

    assert witness.header.containers == {"N1": {one: "keys of A"}, "N2": {other: "keys of B"}}
    assert witness.steps[-1].changed == (
        Effect(Part.OWNER, "GB", "N2", "N1"),
        Effect(Part.CONTAINER, "N1", "keys of A", "keys of B"),
    )
    assert witness.story == (
        r"at step 3, restoring 1\P\k of B on N1 replaced what A had left there while it was "
        "online; the stored copy of A still holds its own keys"
    )


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.rule("CKPT-CRYPTO-CONTAINERS")
@pytest.mark.parametrize("needs", [(), ("A",)])
def test_containers_on_one_node(needs: tuple[str, ...]) -> None:
    """On one node a second add gives the replaced resource a copy of keys of its own."""
    one = resource("A", crypto=(r"1\P\K",), group="G")
    (witness,) = witnesses(design(one, resource("B", crypto=(r"1\P\K",), group="G", needs=needs)))

    assert calls(witness) == [
        "CryptGenKey N1",
        "ClusterResourceControl A",
        "ClusterResourceControl A",
        "OnlineClusterResource A",
        "OnlineClusterResource B",
    ]
    assert (witness.replaced, witness.replacing) == ("A", "B")


@pytest.mark.rule("CKPT-INSTANCES")
def test_many_nested_roots() -> None:
    """However many roots of a resource are nested around the key, the witness is soon executed."""
    nested = ["\\".join(["Software", *"abcdefghijklmnopqrstuvwxyz"[:depth]]) for depth in range(27)]
    cluster = design(resource("A", *nested), resource("B", nested[-1]))
    found = find_conflicts(cluster).conflicts

    assert len(found) == 27
    assert find_witness(cluster, found[0]).key == nested[-1]


@pytest.mark.rule("CKPT-INSTANCES")
def test_deepest_possible_key() -> None:
    """A key of as many levels as are reviewed is no hindrance."""
    deep = "\\".join(["Software", *("x" * (MOST_LEVELS - 1))])
    (witness,) = witnesses(design(resource("A", deep), resource("B", deep)))

    assert witness.key == deep


DESIGNS = {
    "across nodes": design(resource("A", KEY), resource("B", r"software\x\y")),
    "32-bit view": design(
        resource("A", KEY, view="32"), resource("B", r"Software\Wow6432Node\X\Y")
    ),
    "a control set": design(
        resource("A", r"System\ControlSet001\Services\X"),
        resource("B", r"System\CurrentControlSet\Services\X"),
    ),
    "a shared key": design(
        resource("A", r"Software\Policies\X", view="32"), resource("B", r"Software\Policies")
    ),
    "on one node": design(resource("A", KEY, group="G"), resource("B", KEY, group="G")),
    "dependent": design(resource("A", KEY, group="G"), resource("B", KEY, group="G", needs=("A",))),
    "containers": design(resource("A", crypto=(r"1\P\K",)), resource("B", crypto=(r"1\P\k",))),
    "containers on one node": design(
        resource("A", crypto=(r"1\P\K",), group="G"), resource("B", crypto=(r"1\P\k",), group="G")
    ),
    "a default provider": design(
        resource("A", crypto=(r"1\\K",)), resource("B", crypto=(rf"1\{DEFAULT}\K",))
    ),
    "a default provider on one node": design(
        resource("A", crypto=(r"1\\K", r"01\\K"), group="G"),
        resource("B", crypto=(rf"1\{DEFAULT}\K",), group="G"),
    ),
}


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("rules", READINGS, ids=lambda rules: rules.reading.name)
@pytest.mark.parametrize("name", DESIGNS)
def test_trace_conforms(name: str, rules: Rulebook, tmp_path: Path) -> None:
    """The witness as a trace is read again as it was written, and the oracle explains each line."""
    (witness,) = witnesses(DESIGNS[name], rules)
    path = tmp_path / "witness.jsonl"
    path.write_text(dump_trace(witness.trace()), encoding="utf-8")
    trace = load_trace(path)
    report = replay(trace.header, trace.lines, rules)

    assert trace == witness.trace()
    assert (report.kind, report.explained) == (VerdictKind.CONFORMS, len(witness.steps))
    assert all(line.returned == "ERROR_SUCCESS" and line.observed for line in trace.lines)


@pytest.mark.rule("CKPT-INSTANCES")
@pytest.mark.parametrize("name", DESIGNS)
def test_trace_says_enough(name: str) -> None:
    """The observations of a witness suffice to accuse a cluster that does not lose the data."""
    (witness,) = witnesses(DESIGNS[name])
    trace = witness.trace()
    unmoved = trace.lines[-1].observed, trace.lines[-2].observed
    kept = type(trace.lines[-1])(
        trace.lines[-1].number, trace.lines[-1].event, trace.lines[-1].returned, unmoved[1]
    )
    report = replay(trace.header, (*trace.lines[:-1], kept), MSCS_PAGE_RULES)

    assert report.kind is VerdictKind.VIOLATES


def test_no_loss_is_a_bug() -> None:
    """On a model that restores nothing, no witness is claimed."""
    cluster = design(resource("A", KEY), resource("B", KEY))

    def kept(there: RegistryKey | None, copy: RegistryKey) -> RegistryKey:
        return there or copy

    rules = replace(MSCS_PAGE_RULES, replacement=kept)
    with pytest.raises(ModelBug) as raised:
        witnesses(cluster, rules)

    assert str(raised.value) == (
        r"the witness of A and B over Software\X on N1 does not end in the loss: "
        "the data are not those of the other"
    )
