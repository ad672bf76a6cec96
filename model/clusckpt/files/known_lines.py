"""Known lines: the lines of a trace that were read before, and need not be read again.

What a line says does not depend on its number; and once it is allowed, it stays so, because the
names that lines may use only become more.
"""

from typing import Final

from clusckpt.files.cluster_names import ClusterNames
from clusckpt.files.trace_lines import parse_line
from clusckpt_spec.formats.trace import TraceLine

MOST_KNOWN: Final = 4096
"""So many lines are known; then all are forgotten."""

LONGEST_KNOWN: Final = 4096
"""A line of more characters is read again each time."""


class KnownLines:
    """Reads the lines of one trace; a line that is there often is parsed and checked once."""

    def __init__(self, path: str, names: ClusterNames) -> None:
        """Begin after the header.

        Args:
            path: The file, for messages.
            names: The names of the cluster in the header; those that lines create are added.
        """
        self._path, self._names = path, names
        self._known: dict[str, TraceLine] = {}

    def parsed(self, text: str, number: int) -> TraceLine:
        """The line of that text and number.

        Raises:
            UnusableInput: The line is not an event of this cluster.
        """
        known = self._known.get(text)
        if known is None:
            return self._learnt(text, number)
        return TraceLine(number, known.event, known.returned, known.observed, known.at, known.clock)

    def _learnt(self, text: str, number: int) -> TraceLine:
        line = parse_line(text, self._path, number, self._names)
        if len(text) <= LONGEST_KNOWN:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[text] = line
        return line
