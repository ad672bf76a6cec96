"""An automaton of one part: sets of possible states, and where each line leads from there.

On a typical trace the same sets come back again and again, and so do the lines; what a line does
to a set is worked out once and remembered.
"""

from dataclasses import dataclass, field
from typing import Final

from clusckpt.oracle.candidates import Candidate, closed
from clusckpt.oracle.line import followed
from clusckpt.oracle.observation import mismatches
from clusckpt.oracle.parts.history import later
from clusckpt.oracle.parts.routes import Stop
from clusckpt.rules import Rulebook

MOST_REMEMBERED: Final = 20_000
"""So many candidates and lines are remembered; then all is forgotten, and learnt again."""


@dataclass(eq=False, slots=True)
class PartSet:
    """The candidates of one part, and the sets to which lines lead, by the text of the line."""

    candidates: tuple[Candidate, ...]
    after: "dict[bytes, PartSet]" = field(default_factory=dict)


class Automaton:
    """The sets that are known; the same candidates are always the same set."""

    def __init__(self, rules: Rulebook) -> None:
        """Know nothing yet; `remembered` counts the candidates and lines that are known."""
        self._rules = rules
        self._known: dict[tuple[object, ...], PartSet] = {}
        self.remembered = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to forget."""
        return self.remembered > MOST_REMEMBERED

    def forget(self) -> None:
        """Know nothing any more; sets that were handed out must be asked for again."""
        self._known.clear()
        self.remembered = 0

    def set_of(self, candidates: tuple[Candidate, ...]) -> PartSet:
        """The set of these candidates of a part."""
        key = tuple((one.state, one.provenance) for one in candidates)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = PartSet(candidates)
            self.remembered += len(candidates)
        return known

    def after(self, before: PartSet, stop: Stop, key: bytes) -> PartSet | None:
        """The set after a line; None if the line fits none of its candidates.

        Args:
            before: the set of the part before the line.
            stop: what the part has to do with the line.
            key: what tells the line from other ones, its number left out.

        Raises:
            TooManyCandidates: if more states remain possible than are followed.
            TooManyOrders: if more ends of an online are possible than are followed.
        """
        found = self._followed(before, stop)
        if found is None:
            return None
        after = self.set_of(tuple(Candidate(one.state, later(one.provenance)) for one in found))
        before.after[key] = after
        self.remembered += 1
        return after

    def _followed(self, before: PartSet, stop: Stop) -> list[Candidate] | None:
        candidates = list(before.candidates)
        if stop.has_event:
            found, violation = followed(candidates, stop.line, self._rules)
            return None if violation is not None else found
        reading = self._rules.reading
        every = closed(candidates, self._rules)
        return [one for one in every if not any(mismatches(one, stop.line, reading))] or None
