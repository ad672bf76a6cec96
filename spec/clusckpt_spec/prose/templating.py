"""The templates of this package: `*.md.j2` makes Markdown, `*.svg.j2` makes pictures."""

from pathlib import Path
from typing import Any, Final

import jinja2

from clusckpt_spec.prose.markdown import anchor, escaped, linked

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


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
    environment.filters |= {"anchor": anchor, "escaped": escaped, "linked": linked}
    return environment.get_template(template).render(**content)
