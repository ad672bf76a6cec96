"""What is called for beyond claims is what the engine shows, worked out without it."""

import pytest

from clusckpt_proofs import obligations
from clusckpt_proofs.recheck.expectation import called_for
from clusckpt_spec.readings import READINGS


@pytest.mark.parametrize("name", READINGS)
def test_all_but_one_obligation_is_called_for(name: str) -> None:
    """Everything that the engine shows follows from the specification; the deadlock is extra."""
    shown = {one.name for one in obligations([READINGS[name]])}

    assert shown - called_for(name).keys() == {f"{name}/calls/witness/ordinary_code_closes_a_cycle"}
    assert called_for(name).keys() - shown == set()


@pytest.mark.parametrize("name", ["mscs-page", "live-pair"])
def test_the_terms_are_the_same(name: str) -> None:
    """Each proof states the terms that the specification calls for, in this order."""
    chosen = [
        one
        for one in obligations([READINGS[name]])
        if (one.refutation is not None and one.name.split("/")[2] in {"progress", "collision"})
        or "copy_depends_on_its_owner_only" in one.name
    ]
    differing = []
    for one in chosen:
        wanted = called_for(name)[one.name].refutation
        assert wanted is not None
        assert one.refutation is not None
        pairs = list(zip(wanted(), one.refutation(), strict=True))
        if not all(left.eq(right) for left, right in pairs):
            differing.append(one.name)

    assert chosen
    assert differing == []
