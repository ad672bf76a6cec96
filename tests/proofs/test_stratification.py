"""The obligations stay in the fragment that the solver decides."""

import networkx as nx
import pytest
import z3

from clusckpt_proofs.stratification import quantifier_edges, sort_graph
from clusckpt_spec.readings import MSCS_PAGE, READINGS, Reading
from clusckpt_spec.system.calls import CALLS
from clusckpt_spec.system.checkpoints import CHECKPOINTS
from clusckpt_spec.system.containers import CONTAINERS
from clusckpt_spec.system.lists import LISTS
from clusckpt_spec.system.sorts import unbounded
from clusckpt_spec.system.system import Specification, TransitionSystem


@pytest.mark.parametrize(
    "specification", [CHECKPOINTS, CALLS, LISTS, CONTAINERS], ids=lambda one: one.name
)
@pytest.mark.parametrize("reading", READINGS.values(), ids=lambda one: one.name)
def test_no_function_leads_back_to_its_sort(specification: Specification, reading: Reading) -> None:
    """The sorts of every obligation are stratified."""
    graph = sort_graph(TransitionSystem(specification, reading, unbounded()))

    assert nx.is_directed_acyclic_graph(graph)


def test_symbols_count_as_edges() -> None:
    """The owner of a resource is a function from resources to nodes, and so an edge."""
    graph = sort_graph(TransitionSystem(CHECKPOINTS, MSCS_PAGE, unbounded()))

    assert graph.has_edge("Resource", "Node")


def test_alternation_is_an_edge() -> None:
    """A choice of a node for every resource is an edge, and one for no resource is none."""
    sorts = unbounded()
    r, n = z3.Const("r", sorts.resource), z3.Const("n", sorts.node)
    related = z3.Function("related", sorts.resource, sorts.node, z3.BoolSort())
    up = z3.Function("up", sorts.node, z3.BoolSort())
    mentioning = z3.ForAll([r], z3.Exists([n], related(r, n)))
    silent = z3.ForAll([r], z3.Implies(z3.Exists([n], up(n)), z3.Exists([n], up(n))))

    assert [list(quantifier_edges(one)) for one in (mentioning, silent)] == [
        [("Resource", "Node")],
        [],
    ]


def test_a_denied_universal_is_an_existential() -> None:
    """Denying a universal claim inside a universal one is an edge as well."""
    sorts = unbounded()
    p, k = z3.Consts("p k", sorts.key)
    under = z3.Function("under", sorts.key, sorts.key, z3.BoolSort())
    formula = z3.ForAll([p], z3.Not(z3.ForAll([k], under(p, k))))

    assert list(quantifier_edges(formula)) == [("Key", "Key")]
