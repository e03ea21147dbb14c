"""The templates of mails: HTML is escaped, text keeps to its columns, and a name that nobody gave is an error."""

import textwrap

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

COLUMNS = 78
"""Characters of a line of the text version (RFC 5322, section 2.1.1); only web addresses are longer."""


def wrapped(text: str, first: str = "", following: str | None = None) -> str:
    """Return `text` broken into lines of COLUMNS, the first led by `first` and the others by `following`."""
    following = " " * len(first) if following is None else following
    if len(first) + len(text) <= COLUMNS and "\n" not in text:
        return f"{first}{text}".rstrip()
    return textwrap.fill(text, COLUMNS, initial_indent=first, subsequent_indent=following, break_on_hyphens=False)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("matcher.mail"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["wrapped"] = wrapped
    return environment


TEMPLATES = _environment()
