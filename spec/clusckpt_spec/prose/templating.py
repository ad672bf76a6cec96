"""The templates of this package, and how text is made safe for where it goes.

The one subtle fact: in Markdown a backslash before punctuation disappears, so a path such as
`1\\\\AcmeKeys` has to be escaped although most paths would survive.
"""

import re
from pathlib import Path
from typing import Any, Final

import jinja2

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_PUNCTUATION: Final = r"""[!-/:-@\[-`{-~]"""
_SPECIAL: Final = re.compile(
    rf"\\(?={_PUNCTUATION}|$)|[*`|<>]|(?<!\w)_|_(?!\w)", flags=re.MULTILINE
)


def filled(template: str, **content: Any) -> str:  # noqa: ANN401 - whatever a template takes
    """The template of that name, filled in; a name that it misses is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=jinja2.select_autoescape(("svg.j2",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["markdown"] = escaped
    return environment.get_template(template).render(**content)


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it is.

    >>> print(escaped(r"1\\AcmeKeys under Software\Acme_X, <b>, |"))
    1\\\\AcmeKeys under Software\Acme_X, \<b\>, \|
    """
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)
