r"""Names of key containers as the control codes take them: `Type\Name\Key`.

How such a string is read is in `clusckpt.containers`. Here is what the reading adds: whether the
key may have a backslash in it (A21), and whether the two ways to name the default provider are
two checkpoints or one (A20).
"""

from dataclasses import dataclass

from clusckpt.buffers import accepted_text, read_string
from clusckpt.containers import ContainerName, InvalidContainer, parse_container
from clusckpt.names import Folded
from clusckpt.rules import Rulebook
from clusckpt_spec.ambiguities import AmbiguityID


@dataclass(frozen=True, slots=True)
class GivenContainer:
    """A container that a code accepted: the text, which joins the list, and its parts."""

    text: str
    name: ContainerName


def given_container(rules: Rulebook, data: bytes) -> GivenContainer | None:
    r"""The container that an input buffer names, or None if the call fails.

    Args:
        rules: decides A21, and A8 about the bytes.
        data: the bytes of the buffer.

    >>> from clusckpt.buffers import written_string
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> given_container(MSCS_PAGE_RULES, written_string("PROV_RSA_FULL\\\\K")) is None
    True
    """
    text = accepted_text(read_string(data), rules.reading[AmbiguityID.A8])
    with_backslash = rules.reading[AmbiguityID.A21] == "first-two-separators"
    try:
        name = parse_container(text or "", key_with_backslash=with_backslash)
    except InvalidContainer:
        return None
    return GivenContainer(text or "", name)


def compared_container(rules: Rulebook, given: GivenContainer) -> Folded:
    """The form in which containers are compared: as given, or by what they denote (A20)."""
    distinct = rules.reading[AmbiguityID.A20] == "distinct"
    return rules.comparison(given.text if distinct else str(given.name.canonical))
