"""The specification of key containers: what is given, and how a cluster starts."""

from collections.abc import Mapping

from z3 import ForAll, Not, Or

from clusckpt_spec.system.containers.copies import (
    add_crypto_checkpoint,
    fail_container_restore,
    generate_keys,
    refuse_crypto_checkpoint,
    remove_crypto_checkpoint,
    replicate_container,
    restore_container,
)
from clusckpt_spec.system.containers.invariants import CONTAINER_INVARIANTS
from clusckpt_spec.system.containers.lifecycle import (
    accept_offline,
    accept_online,
    create_resource,
    delete_resource,
    fail_over,
    fail_resource,
    move_resource,
    run_offline,
    run_online,
    run_terminate,
    save_container,
    start_node,
    stop_node,
)
from clusckpt_spec.system.containers.lifecycle_theorems import LIFECYCLE_THEOREMS
from clusckpt_spec.system.containers.state import ContainerState
from clusckpt_spec.system.containers.step_theorems import CONTAINER_STEP_THEOREMS
from clusckpt_spec.system.containers.theorems import KEY_THEOREMS
from clusckpt_spec.system.sorts import OFFLINE, Term
from clusckpt_spec.system.symbols import bound
from clusckpt_spec.system.system import Specification


def initial(s: ContainerState) -> Mapping[str, Term]:
    """All nodes are active, with whatever containers they have; nothing is listed or stored."""
    (r,) = bound(s, "resource", "r")
    (p,) = bound(s, "key", "p")
    (n,) = bound(s, "node", "n")
    listed = Or(s.crypto_checkpoint(r, p), s.crypto_stored(r, p))
    done = Or(s.crypto_restored(r, p), s.crypto_saved(r, p))
    return {
        "nodes are active": ForAll([n], s.active(n)),
        "resources are at rest": ForAll([r], s.phase(r) == OFFLINE),
        "no crypto checkpoint": ForAll([r, p], Not(Or(listed, done))),
    }


CONTAINERS = Specification(
    name="containers",
    state_type=ContainerState,
    axioms=lambda _: {},
    initial=initial,
    actions=(
        generate_keys,
        add_crypto_checkpoint,
        refuse_crypto_checkpoint,
        remove_crypto_checkpoint,
        accept_online,
        restore_container,
        fail_container_restore,
        replicate_container,
        run_online,
        accept_offline,
        save_container,
        run_offline,
        run_terminate,
        fail_resource,
        move_resource,
        fail_over,
        stop_node,
        start_node,
        delete_resource,
        create_resource,
    ),
    invariants=CONTAINER_INVARIANTS,
    theorems=(*KEY_THEOREMS, *LIFECYCLE_THEOREMS),
    step_theorems=CONTAINER_STEP_THEOREMS,
)
