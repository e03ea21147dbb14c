"""Proposals as front matter: a `---` block of YAML whose keys may be whole questions, and Markdown after it."""

import re

from matcher.domain.evidence import Span
from matcher.errors import DocumentRejected
from matcher.proposals.fields import Field
from matcher.proposals.headings import heading_fields
from matcher.proposals.nodes import yaml_mapping
from matcher.proposals.roles import Role, role_of
from matcher.proposals.structured import mapping_fields

_OPENING = re.compile(r"\s*---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)


def front_matter_fields(text: str, name: str) -> tuple[Field, ...]:
    """Read the YAML block, then the sections of what follows it.

    Raises:
        DocumentRejected: The block is not closed, or is no YAML mapping; the file and line are named.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if not opening or not closing:
        raise DocumentRejected("the front matter has no closing --- line; add one after its last key", source=name)
    block = mapping_fields(yaml_mapping(text, Span(opening.end(), closing.start()), name))
    has_title = any(role_of(field) is Role.TITLE for field in block)
    return (*block, *heading_fields(text, Span(closing.end(), len(text)), has_title=has_title))
