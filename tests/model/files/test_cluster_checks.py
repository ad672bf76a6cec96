"""Every name in a cluster is there once, and every name that is referred to exists."""

from clusckpt.files.cluster_checks import cluster_faults
from clusckpt.files.sources import Fault, Location
from clusckpt_spec.formats.cluster import Cluster, Group, Resource


def cluster_of(
    *resources: Resource,
    nodes: tuple[str, ...] = ("N1", "N2"),
    groups: tuple[Group, ...] = (Group("G", "n1"), Group("H")),
) -> Cluster:
    """Give a cluster with two nodes and two groups, unless others are named."""
    return Cluster("clusckpt-cluster/1", nodes, groups, resources)


def faults_of(cluster: Cluster) -> dict[Location, str]:
    """What came, by location."""
    return {location: fault.came for location, fault in cluster_faults(cluster)}


def test_good_cluster() -> None:
    """References in any spelling are resolved, and an unknown owner is no fault."""
    cluster = cluster_of(
        Resource("Disk", "g", id="1"),
        Resource("Server", "G", id="2", possible_owners=("n2", "N1"), dependencies=("DISK",)),
        Resource("Other", "H"),
        Resource("Another", "H"),
    )

    assert faults_of(cluster) == {}


def test_no_nodes() -> None:
    """A cluster without nodes is refused: nothing could ever collide in it."""
    assert list(cluster_faults(cluster_of(nodes=(), groups=()))) == [
        (
            ("nodes",),
            Fault(
                "a cluster without nodes",
                "at least one node",
                "name the nodes; without them no checkpoint can collide with another",
            ),
        )
    ]


def test_repeated_names() -> None:
    """Nodes, groups, resources and ids are there once, in any spelling."""
    cluster = cluster_of(
        Resource("R", "G", id="ab"),
        Resource("r", "G", id="AB"),
        nodes=("N1", "n1"),
        groups=(Group("G"), Group("g")),
    )

    assert faults_of(cluster) == {
        ("nodes", 1): 'the node "n1" a second time (first as "N1")',
        ("groups", 1, "name"): 'the group "g" a second time (first as "G")',
        ("resources", 1, "name"): 'the resource "r" a second time (first as "R")',
        ("resources", 1, "id"): 'the resource id "AB" a second time (first as "ab")',
    }


def test_empty_names() -> None:
    """Nodes, groups and resources have names."""
    cluster = cluster_of(Resource("", "G"), nodes=("N1", ""), groups=(Group("G"), Group("")))

    assert faults_of(cluster) == {
        ("nodes", 1): 'the node name ""',
        ("groups", 1, "name"): 'the group name ""',
        ("resources", 0, "name"): 'the resource name ""',
    }


def test_unknown_names() -> None:
    """Owners, groups, possible owners and dependencies are in the cluster."""
    cluster = cluster_of(
        Resource("R", "X", possible_owners=("N1", "N9"), dependencies=("Y",)),
        groups=(Group("G", "N8"),),
    )

    assert faults_of(cluster) == {
        ("groups", 0, "owner"): 'the unknown node "N8"',
        ("resources", 0, "group"): 'the unknown group "X"',
        ("resources", 0, "possible_owners", 1): 'the unknown node "N9"',
        ("resources", 0, "dependencies", 0): 'the unknown resource "Y"',
    }


def test_preferred_owners() -> None:
    """The nodes to which a group fails back are in the cluster, each once."""
    cluster = cluster_of(groups=(Group("G", preferred_owners=("n2", "N9", "N2")),))

    assert faults_of(cluster) == {
        ("groups", 0, "preferred_owners", 1): 'the unknown node "N9"',
        ("groups", 0, "preferred_owners", 2): (
            'the preferred owner "N2" a second time (first as "n2")'
        ),
    }


def test_possible_owners() -> None:
    """If possible owners are given, there is at least one, and each once."""
    cluster = cluster_of(
        Resource("R", "G", possible_owners=()), Resource("Q", "G", possible_owners=("N1", "n1"))
    )

    assert faults_of(cluster) == {
        ("resources", 0, "possible_owners"): 'no possible owners for the resource "R"',
        ("resources", 1, "possible_owners", 1): (
            'the possible owner "n1" a second time (first as "N1")'
        ),
    }


def test_dependencies_stay_in_the_group() -> None:
    """A dependency in another group is refused."""
    cluster = cluster_of(Resource("R", "G"), Resource("Q", "H", dependencies=("r",)))

    assert list(cluster_faults(cluster)) == [
        (
            ("resources", 1, "dependencies", 0),
            Fault(
                'the dependency "r", which is in another group',
                'dependencies inside the group "H"',
                "remove the dependency, or put both resources into one group",
            ),
        )
    ]


def test_dependency_twice() -> None:
    """A dependency is named once."""
    cluster = cluster_of(Resource("R", "G"), Resource("Q", "G", dependencies=("R", "r")))

    assert faults_of(cluster) == {
        ("resources", 1, "dependencies", 1): 'the dependency "r" a second time (first as "R")'
    }


def test_dependencies_form_no_cycle() -> None:
    """Resources that wait for each other are refused, and one that waits for itself."""
    pair = cluster_of(
        Resource("R", "G", dependencies=("q",)), Resource("Q", "G", dependencies=("R",))
    )
    alone = cluster_of(Resource("R", "G", dependencies=("R",)))

    assert list(cluster_faults(pair)) == [
        (
            ("resources", 0, "dependencies"),
            Fault(
                'dependencies that form a cycle: "R", "Q", "R"',
                "a resource comes online after all its dependencies (MsCS/resource-dependencies)",
                "remove one of these dependencies",
            ),
        )
    ]
    assert faults_of(alone) == {
        ("resources", 0, "dependencies"): 'dependencies that form a cycle: "R", "R"'
    }


def test_long_chain_of_dependencies() -> None:
    """Ten thousand resources in a row are checked without recursion."""
    chain = [Resource(f"R{place}", "G", dependencies=(f"R{place + 1}",)) for place in range(10_000)]

    assert faults_of(cluster_of(*chain, Resource("R10000", "G"))) == {}
