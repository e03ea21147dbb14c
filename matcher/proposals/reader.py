"""A document to a proposal: one small module per layout reads its fields, this one gives them their meaning."""

from collections.abc import Sequence
from pathlib import PurePath

from matcher.domain.evidence import Span
from matcher.domain.proposal import Proposal, Section
from matcher.errors import DocumentRejected
from matcher.proposals.fields import Field
from matcher.proposals.front_matter import front_matter_fields
from matcher.proposals.headings import has_markdown_headings, heading_fields
from matcher.proposals.organization import organization_in
from matcher.proposals.profile import profile_of
from matcher.proposals.questions import question_fields
from matcher.proposals.roles import Role, role_of
from matcher.proposals.structured import json_fields, yaml_fields
from matcher.text.documents import Document, DocumentKind
from matcher.text.layout import collapsed

_NO_SECTION = frozenset({Role.TITLE, Role.ORGANIZATION, Role.YEAR, Role.APPLICANT_TYPE, Role.BOOKKEEPING})


def read_proposal(document: Document) -> Proposal:
    """Read a proposal of any layout; what it does not say stays unknown.

    The title is the stated one, or else the name of the file without its suffix.

    Raises:
        DocumentRejected: JSON or YAML that cannot be parsed or is no mapping (file and line are named), or a document
            that holds no answer to any question.
    """
    fields = _fields(document)
    sections = _sections(fields)
    if not sections:
        raise DocumentRejected(
            "no answer, section or running text was found beside names and numbers; add what the proposal plans to do",
            source=document.name,
        )
    by_role = {role_of(field): field for field in reversed(fields)}
    title, stated = by_role.get(Role.TITLE), by_role.get(Role.ORGANIZATION)
    organization = stated.values[0].quote if stated else organization_in(sections, document.text)
    return Proposal(
        title=collapsed(title.answer) if title else PurePath(document.name).stem,
        text=document.text,
        sections=sections,
        organization=organization.text if organization else None,
        profile=profile_of(fields, sections, organization, document.text),
        source=document.name,
    )


def _fields(document: Document) -> tuple[Field, ...]:
    if document.kind is DocumentKind.JSON:
        return json_fields(document.text, document.name)
    if document.kind is DocumentKind.YAML:
        return yaml_fields(document.text, document.name)
    if document.kind is DocumentKind.FRONT_MATTER:
        return front_matter_fields(document.text, document.name)
    return _fields_of_running_text(document.text)


def _fields_of_running_text(text: str) -> tuple[Field, ...]:
    fields = () if has_markdown_headings(text) else question_fields(text)
    return fields or heading_fields(text, Span(0, len(text)))


def _sections(fields: Sequence[Field]) -> tuple[Section, ...]:
    """Return the answers among `fields`; of two with the same words, the one under a question in plain words."""
    kept: dict[str, Field] = {}
    for field in fields:
        if role_of(field) in _NO_SECTION or (field.is_machine_key and len(field.answer.split()) == 1):
            continue
        words = collapsed(field.answer).casefold()
        if words in kept and not (kept[words].is_machine_key and not field.is_machine_key):
            continue
        kept.pop(words, None)
        kept[words] = field
    return tuple(Section(field.question, field.answer, field.span) for field in kept.values())
