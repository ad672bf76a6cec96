"""Reasons: what a trace has, what the rules allow instead, and the rule that says so."""

from clusckpt.oracle import Violation
from clusckpt_spec.register import rule


def reasons(violation: Violation) -> tuple[str, ...]:
    r"""What came, what was allowed instead, and the rule that says so with its source.

    >>> from clusckpt_spec.register import RuleID
    >>> broken = Violation(3, "NodeCrash", "a copy", ("no copy",), RuleID.CAPTURE_ONLINE)
    >>> print("\n".join(reasons(broken)[:2]))
       got      a copy
       allowed  no copy
    """
    broken = rule(violation.rule)
    allowed = [
        f"   {'allowed' if at == 0 else 'or     '}  {text}"
        for at, text in enumerate(violation.allowed)
    ]
    return (
        f"   got      {violation.got}",
        *allowed,
        f"   because  {broken.id} {broken.title}: “{broken.sentence}”",
        f"            {broken.source}",
    )
