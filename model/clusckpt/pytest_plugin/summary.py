"""What a run of pytest has shown: kept in the reports of its tests, told at its end."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

KEY: Final = "clusckpt"
"""The name of the property of a test that says what became of its trace."""


def written(verdict: str, rules: Iterable[str]) -> tuple[str, str]:
    """The property of a test: its verdict, then the rules that it exercised.

    >>> written("conforms", ["CKPT-CAPTURE-ONLINE"])
    ('clusckpt', 'conforms: CKPT-CAPTURE-ONLINE')
    """
    return KEY, f"{verdict}: {', '.join(rules)}"


def told(properties: Iterable[tuple[str, object]]) -> list[str]:
    """The lines of the summary; none if no test followed a trace.

    Args:
        properties: the properties of every test.

    >>> for line in told([written("conforms", ["CKPT-B", "CKPT-A"]), written("violates", [])]):
    ...     print(line)
    2 traces followed: 1 conforms, 1 violates
    2 rules exercised: CKPT-A, CKPT-B
    """
    texts = [value for name, value in properties if name == KEY and isinstance(value, str)]
    if not texts:
        return []
    parted = [text.partition(": ") for text in texts]
    verdicts = Counter(verdict for verdict, _, _ in parted)
    rules = {one for _, _, listed in parted for one in listed.split(", ") if one}
    counts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    names = f": {', '.join(sorted(rules))}" if rules else ""
    return [
        f"{_count(len(texts), 'trace')} followed: {counts}",
        f"{_count(len(rules), 'rule')} exercised{names}",
    ]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
