r"""Names of key containers as the control codes take them: `Type\Name\Key`.

How such a string is read is in `clusckpt.containers`. Here is what the reading adds: what becomes
of malformed buffers (A8), and whether the key may have a backslash in it (A21).
"""

from clusckpt.buffers import accepted_text, read_string
from clusckpt.containers import InvalidContainer, parse_container
from clusckpt.rules import Rulebook
from clusckpt_spec.ambiguities import AmbiguityID


def container_text(rules: Rulebook, data: bytes) -> str | None:
    r"""The container that an input buffer names, as it is written there, or None if the call fails.

    Args:
        rules: decides A21, and A8 about the bytes.
        data: the bytes of the buffer.

    >>> from clusckpt.buffers import written_string
    >>> from clusckpt.rules import MSCS_PAGE_RULES
    >>> container_text(MSCS_PAGE_RULES, written_string("1\\\\K"))
    '1\\\\K'
    >>> container_text(MSCS_PAGE_RULES, written_string("PROV_RSA_FULL\\\\K")) is None
    True
    """
    text = accepted_text(read_string(data), rules.reading[AmbiguityID.A8])
    with_backslash = rules.chooses(AmbiguityID.A21, "first-two-separators")
    try:
        parse_container(text or "", key_with_backslash=with_backslash)
    except InvalidContainer:
        return None
    return text
