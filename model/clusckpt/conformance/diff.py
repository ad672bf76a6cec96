"""The difference between two reports, rule by rule."""

import msgspec

from clusckpt.conformance.report import ConformanceReport


class Difference(msgspec.Struct, frozen=True):
    """The rules that came out otherwise in the newer report."""

    newly_broken: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    newly_covered: tuple[str, ...] = ()
    no_longer_covered: tuple[str, ...] = ()


def difference(old: ConformanceReport, new: ConformanceReport) -> Difference:
    """What has changed from an older report to a newer one.

    A rule is mended if it was broken and is now put to the test and holds; if nothing tests it
    any more, it is no longer covered.
    """
    before: dict[str, str] = {one.rule: one.verdict for one in old.rules}
    after: dict[str, str] = {one.rule: one.verdict for one in new.rules}
    none = "not exercised"
    pairs = [(rule, before.get(rule, none), now) for rule, now in after.items()]
    pairs += [(rule, was, none) for rule, was in before.items() if rule not in after]
    return Difference(
        newly_broken=tuple(
            rule for rule, was, now in pairs if now == "violates" and was != "violates"
        ),
        mended=tuple(rule for rule, was, now in pairs if (was, now) == ("violates", "conforms")),
        newly_covered=tuple(rule for rule, was, now in pairs if was == none and now == "conforms"),
        no_longer_covered=tuple(rule for rule, was, now in pairs if now == none and was != none),
    )


def told(found: Difference) -> tuple[str, ...]:
    """The difference in lines.

    >>> told(Difference(mended=("CKPT-IN-BACKUP",)))
    ('mended: CKPT-IN-BACKUP',)
    """
    lines = [
        f"{name.replace('_', ' ')}: {', '.join(rules)}"
        for name, rules in msgspec.structs.asdict(found).items()
        if rules
    ]
    return tuple(lines) or ("no rule came out otherwise",)
