"""Following in parts: the verdicts of `Follower`, in far less time where parts are apart."""

from typing import Final

from clusckpt.oracle.candidates import TooManyCandidates
from clusckpt.oracle.parts.division import Division, divided
from clusckpt.oracle.replay import Follower, too_many
from clusckpt.oracle.windows import Window
from clusckpt.rules import Rulebook
from clusckpt.steps.completion import TooManyOrders
from clusckpt_spec.formats.trace import Header, TraceLine

MOST_DIVIDED: Final = 256
"""Of more candidates of the whole cluster it is not asked whether they can be told apart."""


class PartwiseFollower(Follower):
    """A trace followed line by line under one reading, in parts where that is exact.

    Where `Follower` is undecided because the states of parts multiply, this one may decide. A
    trace that lacks lines, or whose lines are in no known order, is followed as a whole.

    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> from clusckpt_spec.formats.cluster import CLUSTER_FORMAT, Cluster, Group, Resource
    >>> from clusckpt_spec.formats.events import OnlineClusterResource
    >>> from clusckpt_spec.formats.trace import TRACE_FORMAT
    >>> cluster = Cluster(CLUSTER_FORMAT, ("N1",), (Group("G"),), (Resource("A", group="G"),))
    >>> follower = PartwiseFollower(Header(TRACE_FORMAT, cluster), MSCS_PAGE_RULES)
    >>> follower.follow(TraceLine(2, OnlineClusterResource("A"), "ERROR_SUCCESS"))
    >>> follower.report().kind.value
    'conforms'
    """

    def __init__(self, header: Header, rules: Rulebook, *, goes_on: bool = False) -> None:
        """Begin with the cluster of the header."""
        super().__init__(header, rules, goes_on=goes_on)
        self._is_divisible = header.skew is None and not header.missing
        self._earlier: Division | None = None
        self._division: Division | None = None
        self._divide()

    @property
    def is_divided(self) -> bool:
        """Whether parts are followed apart at the moment."""
        return self._division is not None

    def follow(self, line: TraceLine) -> None:
        """Follow one more line, unless the report is fixed already."""
        if self._division is None:
            super().follow(line)
            self._divide()
        elif not self.has_ended:
            self._follow_in_parts(self._division, line)

    def follow_window(self, window: Window) -> None:
        """Follow some more lines whose order is not known, in every order that is possible."""
        if len(window) == 1:
            self.follow(window[0])
        else:
            super().follow_window(window)

    def _follow_in_parts(self, division: Division, line: TraceLine) -> None:
        try:
            candidates, violation = division.follow(line)
        except (TooManyCandidates, TooManyOrders):
            self._decisive = too_many(line)
            return
        if violation is not None:
            self._violations.append(violation)
        self._explained += not self._violations
        if candidates is not None:
            self.candidates = candidates
            self._divide()

    def _divide(self) -> None:
        """Follow parts apart from now on, if the candidates allow it."""
        self._division = None
        few = len(self.candidates) <= MOST_DIVIDED
        if few and self._is_divisible and not self.has_ended:
            self._division = divided(self.candidates, self._rules, self._earlier)
            self._earlier = self._division or self._earlier
