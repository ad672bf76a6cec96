"""Beyond the small carriers, model and transition system agree on random runs."""

import pytest
from hypothesis import Phase, settings

from clusckpt.gallery import GALLERY
from clusckpt_proofs.agreement import Carrier
from clusckpt_spec.readings import KB174070, MSCS_PAGE, Reading
from tests.machines import bounded, check_agreement

KEYS = ("A", "A\\B", "A\\B\\C", "D")


@pytest.mark.parametrize("reading", [MSCS_PAGE, KB174070], ids=lambda one: one.name)
@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-RESTORE-BEFORE-ONLINE", "CKPT-MOVE-GROUP")
@pytest.mark.rule("CKPT-FAILOVER", "CKPT-RESTORE-DATABASE", "CKPT-KB-SAVE-AT-OFFLINE")
def test_random_runs_agree(reading: Reading) -> None:
    """On three nodes, three resources and nested keys, each step of one is a step of the other."""
    carrier = Carrier(
        "large", 3, 3, KEYS, 3, reading=reading, impossible=frozenset({(0, 2), (1, 0)})
    )
    check_agreement(carrier, bounded(15, 30))


def test_random_runs_tell_a_planted_bug() -> None:
    """On that carrier too, a model with a planted bug comes to disagree with the system."""
    carrier = Carrier("large", 3, 3, KEYS, 3, reading=MSCS_PAGE)
    offline = next(bug.rulebook for bug in GALLERY if bug.name == "capture while offline")
    search = settings(bounded(200, 40), phases=(Phase.generate,))

    with pytest.raises(AssertionError, match=r"comes to another state|has no event for"):
        check_agreement(carrier, search, offline)
