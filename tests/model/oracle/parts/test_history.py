"""What determined the parts of a state last is cut into parts, and put together, in order."""

from clusckpt.names import fold, fold_path
from clusckpt.oracle.candidates import NO_PROVENANCE
from clusckpt.oracle.parts.history import cut, joined_histories, later
from clusckpt.oracle.parts.layout import layout_of
from clusckpt.rules import Change, Part
from clusckpt.rules.course import Where
from clusckpt.start import initial_state
from clusckpt_spec.register import RuleID
from tests.model.oracle.parts.clusters import header

NODE = fold("N1")
BEFORE, AFTER, ABOVE = RuleID.CAPTURE_ONLINE, RuleID.RESTORE_BEFORE_ONLINE, RuleID.ROOT_DELETED


def _change(where: Where, rule: RuleID) -> Change:
    return Change(Part.REGISTRY, NODE, rule, where)


A, B, TOP = (fold_path(path) for path in (("S", "A"), ("S", "B"), ("S",)))


def test_order_around_a_change_above_the_roots() -> None:
    """Changes of a part before and after one above its root are in that order again."""
    layout = layout_of(initial_state(header()))
    assert layout is not None
    changes = (_change(A, BEFORE), _change(B, BEFORE), _change(TOP, ABOVE), _change(A, AFTER))
    history = cut(NO_PROVENANCE.after(changes), layout, range(layout.count))
    changed = [later(one) for one in history.parts]
    changed[2] = later(changed[2].after([_change(B, AFTER)]))
    joined = joined_histories(changed, history.shared)
    told = sorted(joined.rules(Part.REGISTRY, NODE), key=lambda one: one[0])

    assert [rule for _, where, rule in told if where != B] == [BEFORE, ABOVE, AFTER]
    assert [rule for _, where, rule in told if where != A] == [BEFORE, ABOVE, AFTER]
    assert joined.after([_change(TOP, ABOVE)]).latest[Part.REGISTRY, NODE, TOP][-1][0] > max(
        moment for moment, _, _ in told
    )


def test_the_same_order_is_the_same_history() -> None:
    """How often something changed before makes no difference to the last two changes."""
    once = NO_PROVENANCE.after([_change(A, BEFORE), _change(A, AFTER)])
    often = NO_PROVENANCE.after([_change(A, AFTER)] * 9).after(
        [_change(A, BEFORE), _change(A, AFTER)]
    )

    assert once != often
    assert later(once) == later(often)
