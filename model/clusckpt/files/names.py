"""Names that Windows compares without case: nodes, groups, resources, registry keys and values.

How they are compared is in `clusckpt.names`; here are the faults of names in files (rule
CKPT-NAMES-CASELESS).
"""

from collections.abc import Iterable, Iterator

from clusckpt.files.key_syntax import CONTROL_CHARACTER
from clusckpt.files.sources import Fault, Found, Location
from clusckpt.files.wording import did_you_mean, listed, quoted
from clusckpt.names import Folded, fold


def repeated(kind: str, named: Iterable[tuple[Location, str]]) -> Iterator[Found]:
    """Find names that are there twice, in any spelling.

    Args:
        kind: What the names belong to, for the message.
        named: The names with their locations, in the order of the document.
    """
    first: dict[Folded, str] = {}
    for location, name in named:
        known = first.get(fold(name))
        if known is None:
            first[fold(name)] = name
            continue
        came = f"the {kind} {quoted(name)} a second time (first as {quoted(known)})"
        allowed = f"each {kind} once; case does not tell names apart (CKPT-NAMES-CASELESS)"
        yield location, Fault(came, allowed, "remove or rename one of the two")


def faulty(kind: str, named: Iterable[tuple[Location, str]]) -> Iterator[Found]:
    """Find names that are empty or hold control characters."""
    for location, name in named:
        if not name or CONTROL_CHARACTER.search(name):
            came = f"the {kind} name {quoted(name)}"
            allowed = "a name of at least one character, without control characters"
            yield location, Fault(came, allowed, f"write the name of the {kind}")


class KnownNames:
    """The names of one kind that a cluster has."""

    def __init__(self, kind: str, names: Iterable[str]) -> None:
        """Take the names as the cluster spells them; `kind` is for messages."""
        self._kind = kind
        self._spelled = {fold(name): name for name in names}

    def __contains__(self, name: str) -> bool:
        """Whether the cluster has the name, in any spelling."""
        return fold(name) in self._spelled

    def learn(self, name: str) -> None:
        """Know one more name from now on."""
        self._spelled.setdefault(fold(name), name)

    def unknown(self, named: Iterable[tuple[Location, str]]) -> Iterator[Found]:
        """Find names that the cluster does not have."""
        for location, name in named:
            if name not in self:
                yield location, self._fault(name)

    def _fault(self, name: str) -> Fault:
        spelled = self._spelled.values()
        otherwise = f"correct the name, or add the {self._kind} to the cluster"
        return Fault(
            f"the unknown {self._kind} {quoted(name)}",
            f"a {self._kind} of the cluster: {listed(spelled)}",
            did_you_mean(name, spelled, otherwise),
        )


def known(field: str, names: Iterable[str], among: KnownNames, kind: str) -> Iterator[Found]:
    """Find names in a field that are unknown, or there twice.

    Args:
        field: Where the names stand in the document.
        names: The names.
        among: The names that there are.
        kind: What the names belong to, for the message.
    """
    named: list[tuple[Location, str]] = [((field, name), name) for name in names]
    yield from among.unknown(named)
    yield from repeated(kind, named)
