"""The capture timer of a node: which checkpoints have changed, and when they are captured."""

from collections.abc import Callable
from dataclasses import dataclass, field

Due = tuple[str, str]
"""A changed checkpoint: the folded name of its resource, and its file."""


@dataclass(slots=True)
class Timer:
    """One run of the timer serves every change since it was started.

    >>> now = 10.0
    >>> timer = Timer(0.5, lambda: now)
    >>> timer.mark(("SQL", "1.cpt"))
    >>> now = 10.25
    >>> timer.seconds_left(), timer.expired()
    (0.25, [])
    >>> now = 10.5
    >>> timer.seconds_left(), timer.expired(), timer.seconds_left()
    (0.0, [('SQL', '1.cpt')], None)
    """

    delay: float
    clock: Callable[[], float]
    runs: int = 0
    due: set[Due] = field(default_factory=set)
    at: float | None = None

    def mark(self, changed: Due) -> None:
        """A checkpoint has changed; the timer is started unless it runs."""
        self.due.add(changed)
        if self.at is None:
            self.at = self.clock() + self.delay

    def forget(self, resource: str) -> None:
        """Nothing of a resource is to be captured any more."""
        self.due = {due for due in self.due if due[0] != resource}

    def seconds_left(self) -> float | None:
        """How long until the timer runs, or None if it was not started."""
        return None if self.at is None else max(0.0, self.at - self.clock())

    def expired(self) -> list[Due]:
        """What is to be captured now; the timer stops."""
        if self.at is None or self.clock() < self.at:
            return []
        due, self.due, self.at = sorted(self.due), set(), None
        self.runs += 1
        return due
