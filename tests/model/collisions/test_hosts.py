"""A resource can be hosted where its whole group can, and where the group is now."""

from clusckpt.collisions import Hosts, hosts_of_resources
from clusckpt.collisions.hosts import NO_NODES
from clusckpt.names import Folded, fold
from clusckpt_spec.formats.cluster import Cluster, Group, Resource


def hosts(*resources: Resource, owner: str | None = None) -> dict[Folded, Hosts]:
    """The hosts of resources in one group."""
    cluster = Cluster("clusckpt-cluster/1", ("N1", "N2", "N3"), (Group("G", owner),), resources)
    return dict(hosts_of_resources(cluster))


def nodes(*names: str) -> frozenset[Folded]:
    """Folded names of nodes."""
    return frozenset(map(fold, names))


def exactly(*names: str) -> Hosts:
    """Nodes about which nothing is unknown."""
    return Hosts(nodes(*names), nodes(*names))


def test_group_moves_as_one() -> None:
    """Only a possible owner of every resource of the group can host any of them."""
    found = hosts(
        Resource("A", "G", possible_owners=("N1", "N2")),
        Resource("B", "g", possible_owners=("n2", "N3")),
    )

    assert found == {"A": exactly("N2"), "B": exactly("N2")}


def test_unknown_possible_owners_leave_a_bound() -> None:
    """With a resource of unknown possible owners, the others still bound the hosts."""
    found = hosts(
        Resource("A", "G", possible_owners=("N1", "N2")),
        Resource("B", "G"),
    )

    assert found[fold("A")] == Hosts(NO_NODES, nodes("N1", "N2"))
    assert hosts(Resource("B", "G")) == {"B": Hosts(NO_NODES, None)}


def test_where_the_group_is_now() -> None:
    """The owner of the group hosts those of its resources that it is a possible owner of."""
    found = hosts(
        Resource("A", "G", possible_owners=("N1", "N2")),
        Resource("B", "G", possible_owners=("N2",)),
        owner="n1",
    )

    assert found == {"A": exactly("N1", "N2"), "B": exactly("N2")}


def test_what_a_resource_needs() -> None:
    """Where the group is now, a resource needs the owner to host all that it depends on."""
    found = hosts(
        Resource("A", "G", possible_owners=("N2",)),
        Resource("B", "G", possible_owners=("N1",), dependencies=("a",)),
        Resource("C", "G", possible_owners=("N1",), dependencies=("B",)),
        Resource("D", "G", possible_owners=("N1",)),
        owner="N1",
    )

    assert found == {"A": exactly(), "B": exactly(), "C": exactly(), "D": exactly("N1")}


def test_where_the_group_is_now_is_known() -> None:
    """The owner of the group hosts a resource, whatever is not known of the rest of the group."""
    found = hosts(
        Resource("A", "G", possible_owners=("N1", "N2")),
        Resource("B", "G"),
        owner="n1",
    )

    assert found == {
        "A": Hosts(nodes("N1"), nodes("N1", "N2")),
        "B": Hosts(NO_NODES, nodes("N1", "N2")),
    }


def test_group_that_can_move_nowhere() -> None:
    """Without a common possible owner the group stays where it is, if that is known."""
    resources = (
        Resource("A", "G", possible_owners=("N1",)),
        Resource("B", "G", possible_owners=("N2",)),
    )

    assert hosts(*resources, owner="N1")[fold("A")] == exactly("N1")
    assert hosts(*resources, owner="N1")[fold("B")].nowhere
    assert hosts(*resources)[fold("A")] == Hosts(NO_NODES, nodes("N1"))
