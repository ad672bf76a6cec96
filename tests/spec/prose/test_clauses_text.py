"""The clauses of a rule, as `clusckpt rules ID` prints them."""

from clusckpt_spec.prose import clauses_text
from clusckpt_spec.register import RuleID


def test_every_clause_of_a_rule_is_printed() -> None:
    """The text has each action and claim that cites the rule, after what it says in a sentence."""
    text = clauses_text(RuleID.DELETED_WITH_RESOURCE)

    assert text.startswith("action delete: An offline or failed resource is deleted")
    assert "delete(resource : Resource)" in text
    assert "deleted_leaves_no_checkpoint" in text


def test_a_step_that_changes_nothing_says_so() -> None:
    """A code that only refuses is printed with a guard and nothing changed."""
    assert "then  nothing changes" in clauses_text(RuleID.ADD_CRYPTO)
