"""Beyond the small carriers, model and transition system agree on random runs."""

import pytest
from hypothesis import Phase, settings

from clusckpt.gallery import GALLERY
from clusckpt_proofs.agreement import Carrier
from clusckpt_spec.readings import MSCS_PAGE, READINGS, Reading
from tests.machines import bounded, check_agreement

KEYS = ("A", "A\\B", "A\\B\\C", "D")


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
@pytest.mark.rule("CKPT-CAPTURE-ONLINE", "CKPT-RESTORE-BEFORE-ONLINE", "CKPT-MOVE-GROUP")
@pytest.mark.rule("CKPT-FAILOVER", "CKPT-RESTORE-DATABASE", "CKPT-KB-SAVE-AT-OFFLINE")
def test_random_runs_agree(reading: Reading) -> None:
    """On three nodes, three resources and nested keys, each step of one is a step of the other."""
    carrier = Carrier(
        "large", 3, 3, KEYS, 3, reading=reading, impossible=frozenset({(0, 2), (1, 0)})
    )
    check_agreement(carrier, bounded(15, 30))


def test_random_runs_tell_a_planted_bug() -> None:
    """On a smaller carrier, a model with a planted bug comes to disagree with the system."""
    carrier = Carrier("medium", 2, 2, KEYS[:3], 2, reading=MSCS_PAGE)
    offline = next(bug.rulebook for bug in GALLERY if bug.name == "capture while offline")
    search = settings(bounded(200, 40), phases=(Phase.generate,))

    with pytest.raises(AssertionError, match=r"comes to another state|has no event for"):
        check_agreement(carrier, search, offline)
