"""Sentences in which a proposal speaks of its own applicant."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.domain.evidence import Quote, Span
from matcher.domain.proposal import Section
from matcher.text.alignment import align
from matcher.text.layout import collapsed
from matcher.text.sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a proposal: its clean text and the section it stands in."""

    text: str
    section: Section
    part: Span

    def quote(self, original: str) -> Quote:
        """Return the sentence with its place in the `original` text."""
        alignment = align(self.section.answer, original, self.section.span)
        return Quote(self.text, alignment.span_of(self.part) if alignment else None)


def statements_of(sections: Sequence[Section]) -> Iterator[Statement]:
    """Yield the sentences of all sections."""
    for section in sections:
        for part in sentence_spans(section.answer):
            yield Statement(collapsed(part.of(section.answer)), section, part)


def applicant_pattern(organization: str | None, sections: Sequence[Section]) -> str:
    """Return a regular expression for the applicant as a subject: "we", its name, and its short form in brackets."""
    subjects = [r"[Ww]e", r"[Oo]ur (?:organi[sz]ation|agency|nonprofit)", r"[Bb]oth organi[sz]ations"]
    if organization:
        name = organization.partition(",")[0].strip()
        subjects.append(_flexible(name))
        introduced = re.compile(rf"{_flexible(name)}\s+\([\"“]?([A-Z][\w&. -]{{1,30}})[\"”]?\)")
        short_forms = {found[1] for section in sections for found in introduced.finditer(section.answer)}
        subjects += map(_flexible, sorted(short_forms))
    return rf"(?<!\w)(?:{'|'.join(subjects)})(?!\w)"


def _flexible(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))
