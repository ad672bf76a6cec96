r"""Markdown: text that shows as it was written, anchors, and links to rules and ambiguities.

The one subtle fact: in Markdown a backslash before punctuation disappears, so the two of
`Type\\Key` have to be escaped although the one of `Software\Acme` has not.
"""

import re
from typing import Final

from clusckpt_spec.ambiguities import AmbiguityID

_PUNCTUATION: Final = r"[!-/:-@\[-`{-~]"
_SPECIAL: Final = re.compile(
    rf"\\(?={_PUNCTUATION}|$)|[*`|<>]|(?<!\w)_|_(?!\w)", flags=re.MULTILINE
)
_AMBIGUITY: Final = re.compile(rf"(?<!\[)\b({'|'.join(reversed(AmbiguityID))})\b")
_NOT_IN_ANCHOR: Final = re.compile(r"[^\w\- ]")


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(escaped(r"1\\AcmeKeys under Software\Acme_X, a*b"))
    1\\\AcmeKeys under Software\Acme_X, a\*b
    """
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def linked(text: str) -> str:
    """Text in which each ambiguity that is named leads to its section.

    >>> linked("How soon is A1.")
    'How soon is [A1](#a1).'
    """
    return _AMBIGUITY.sub(lambda found: f"[{found[0]}](#{anchor(found[0])})", text)


def anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading.

    >>> anchor("Action `write`: what it does")
    'action-write-what-it-does'
    """
    return _NOT_IN_ANCHOR.sub("", heading.lower()).replace(" ", "-")
