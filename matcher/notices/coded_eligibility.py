"""The codes of a portal and its free text on eligibility, made one statement.

Codes say who may apply in a vocabulary; the text beside them says what they cannot. The text may narrow what the codes
leave to it ("other", "unrestricted") and may add refusals, places, sizes and partners. Where the two contradict each
other, neither is believed alone: a type that the one takes and the other refuses or leaves out of a closed list stands
among the accepted and among the excluded ones, so that such an applicant is told to ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicant_lists import ApplicantList, read_applicant_lists
from matcher.notices.applicant_names import COLLEGES
from matcher.notices.applicants import applicant_types
from matcher.notices.conditions import asked_of_applicants, each_once
from matcher.notices.eligibility import joined_conditions, read_conditions
from matcher.notices.page import Page, Sentence
from matcher.notices.places import UNITED_STATES
from matcher.notices.refusals import refuses_abroad
from matcher.notices.wording import cue, plain, trimmed
from matcher.text.sentences import sentence_spans

_OTHER, _UNRESTRICTED = ApplicantType.OTHER, ApplicantType.UNRESTRICTED
_ABOUT_LEADERS = cue(
    r"\*?\bwho may serve as (?:an? )?(?:PI|co-PI|principal investigator|project director)\b"
    r".*?(?=\*?\bwho may (?:submit|apply)|\Z)"
)
_LONGEST_NOTE = 900
_MEANT_ALIKE = {ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS: ApplicantType.LOCAL_EDUCATIONAL_AGENCIES}
"""Types that a text names by the wider word: "school districts"."""


_Types = tuple[ApplicantType, ...]


@dataclass(frozen=True, slots=True)
class _Merged:
    """Who may apply by codes and text, of whom the two disagree, and the names that may mean anybody."""

    accepted: _Types
    contested: _Types
    doubts: tuple[str, ...]


def coded_eligibility(
    text: str, section: Span | None, codes: tuple[ApplicantType, ...], unrecognized: tuple[str, ...] = ()
) -> Eligibility:
    """Return who may apply according to a portal's codes and to its text on eligibility.

    Args:
        text: The record as running text, into which the quotes point.
        section: Where in `text` the words on eligibility stand; None if the record has none.
        codes: The applicant types that the codes name.
        unrecognized: Codes that are none of our applicant types.
    """
    if section is None:
        return Eligibility(applicant_types=codes, unrecognized_types=unrecognized)
    words = _ABOUT_LEADERS.sub(lambda match: " " * len(match.group()), plain(section.of(text)))
    stated = read_applicant_lists(words)
    page = Page(text, "", ())
    sentences = tuple(_sentences(words, section))
    conditions = joined_conditions(read_conditions(page, one, is_who=True) for one in sentences)
    merged = _merge(codes, stated)
    places = conditions.places
    if refuses_abroad(words) and not places:
        places = (UNITED_STATES,)
    return Eligibility(
        applicant_types=merged.accepted,
        unrecognized_types=tuple(dict.fromkeys((*unrecognized, *merged.doubts))),
        excluded_types=tuple(dict.fromkeys((*conditions.excluded_types, *merged.contested))),
        places=places,
        size_limits=conditions.size_limits,
        required_partners=conditions.required_partners,
        note=_note(text, section, stated),
        conditions=conditions_in(text, Quote(section.of(text), section)),
    )


def conditions_in(text: str, section: Quote | None) -> tuple[Quote, ...]:
    """Return what a section of `text` on eligibility asks of applicants besides; no section asks nothing."""
    if section is None or section.span is None:
        return ()
    page = Page(text, "", ())
    sentences = _sentences(plain(section.span.of(text)), section.span)
    return each_once([asked for one in sentences if (asked := _asked(page, one))])


def _asked(page: Page, sentence: Sentence) -> Quote | None:
    is_expressed = bool(
        applicant_types(sentence.words) or read_conditions(page, sentence, is_who=True) != Eligibility()
    )
    return asked_of_applicants(page, sentence, is_expressed=is_expressed)


def _sentences(words: str, section: Span) -> Iterator[Sentence]:
    """Yield the sentences of the section; all of them speak of who may apply."""
    for span in sentence_spans(words):
        place = Span(section.start + span.start, section.start + span.end)
        yield Sentence(place, span.of(words), block=0, heading=None)


def _merge(codes: _Types, stated: ApplicantList | None) -> _Merged:
    named = tuple(one for one in codes if one not in (_OTHER, _UNRESTRICTED))
    if stated is None or (_UNRESTRICTED in codes and not (stated.is_exclusive or stated.is_complete)):
        return _Merged(codes, (), ())
    if _UNRESTRICTED in stated.types:
        return _Merged(tuple(dict.fromkeys((*named, _UNRESTRICTED))), (), ())
    return _merged(codes, named, stated) if named else _told(codes, stated)


def _told(codes: _Types, stated: ApplicantList) -> _Merged:
    """Return what the text tells where the codes leave all to it."""
    partly = _taken_in_part(stated, stated.types)
    accepted = (*stated.types, *partly)
    doubts = (*stated.unrecognized, *_classes_in_doubt(stated, accepted))
    if not accepted and not doubts:
        return _Merged(codes, (), ())
    is_explained = bool(accepted) and _explains(stated, accepted, doubts)
    return _Merged((*accepted, *(() if is_explained else (_OTHER,))), partly, doubts)


def _merged(codes: _Types, named: _Types, stated: ApplicantList) -> _Merged:
    """Return what codes and text say together where the codes name types."""
    told = tuple(one for one in stated.types if one not in named)
    unsaid = tuple(one for one in named if one not in stated.types and _MEANT_ALIKE.get(one) not in stated.types)
    contested = unsaid if stated.is_exclusive else ()
    if _OTHER not in codes:
        return _Merged((*named, *told), (*contested, *told), ())
    partly = _taken_in_part(stated, (*named, *told))
    accepted = (*named, *told, *partly)
    doubts = (*stated.unrecognized, *_classes_in_doubt(stated, accepted))
    is_explained = _explains(stated, accepted, doubts)
    return _Merged((*accepted, *(() if is_explained else (_OTHER,))), (*contested, *partly), doubts)


def _explains(stated: ApplicantList, accepted: _Types, doubts: tuple[str, ...]) -> bool:
    """Whether the text says completely who is meant by "other", so that whoever is not accepted may not apply."""
    return stated.is_complete and not doubts and set(stated.passed_over) <= set(accepted)


def _taken_in_part(stated: ApplicantList, accepted: _Types) -> _Types:
    """Return the types of which only a class may apply: "HBCUs" leaves other colleges in doubt, and nobody else.

    Other classes may hold types beyond those that they usually mean (a hospital may be a company), so that their names
    leave everybody in doubt.
    """
    partly = (types for _, types in stated.classes if types == COLLEGES)
    return tuple(dict.fromkeys(one for types in partly for one in types if one not in accepted))


def _classes_in_doubt(stated: ApplicantList, accepted: _Types) -> tuple[str, ...]:
    """Return the names of classes that may mean a type which is not accepted as a whole."""
    return tuple(words for words, types in stated.classes if not set(types) <= set(accepted))


def _note(text: str, section: Span, stated: ApplicantList | None) -> Quote:
    """Quote the section from its telling words on, whole sentences up to a length that can be read."""
    start = section.start + (stated.span.start if stated else 0)
    if section.end - section.start <= _LONGEST_NOTE:
        start = section.start
    end = section.end
    if end - start > _LONGEST_NOTE:
        ends = [start + span.end for span in sentence_spans(text[start:end]) if span.end <= _LONGEST_NOTE]
        end = ends[-1] if ends else start + _LONGEST_NOTE
    span = trimmed(text, start, end) or section
    return Quote(span.of(text), span)
