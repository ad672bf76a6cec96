"""Text that XML can hold; a trace or an implementation may well say what it cannot."""

import re
from typing import Final

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    r"""The text with a replacement character for each one that XML has no way to write.

    >>> clean("a\x00b") == "a\ufffdb"
    True
    """
    return _NOT_IN_XML.sub("\ufffd", text)
