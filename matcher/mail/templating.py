"""The templates of mails: HTML is escaped, text keeps to its columns, and a name that nobody gave is an error."""

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

COLUMNS = 78
"""Characters of a line of the text version (RFC 5322, section 2.1.1); only web addresses are longer."""


def wrapped(text: str, first: str = "", following: str | None = None) -> str:
    """Return one line broken into lines of COLUMNS, the first led by `first` and the others by `following`.

    A line ends at a space; only a word that no line holds is cut.
    """
    following = " " * len(first) if following is None else following
    lines, lead = [], first
    while len(lead) + len(text) > COLUMNS:
        room = COLUMNS - len(lead)
        end = text.rfind(" ", 1, room + 1)
        end = room if end == -1 else end
        lines.append(f"{lead}{text[:end]}".rstrip())
        text, lead = text[end:].lstrip(), following
    lines.append(f"{lead}{text}".rstrip())
    return "\n".join(lines)


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
