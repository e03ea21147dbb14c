"""Who may apply according to a prose notice, and where, with the sentence that says so."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from matcher.domain.evidence import Quote, Span
from matcher.domain.opportunity import Eligibility
from matcher.domain.vocabulary import ApplicantType
from matcher.notices.applicants import applicant_types
from matcher.notices.conditions import asked_of_applicants, each_once
from matcher.notices.page import Page, Sentence
from matcher.notices.partners import required_partners
from matcher.notices.places import limiting_places
from matcher.notices.refusals import refused_types
from matcher.notices.sizes import size_limits
from matcher.notices.wording import cue
from matcher.text.layout import collapsed

_WHO = cue(
    r"\b(?:eligible|eligibility|who (?:can|may|should) apply|(?:may|can) apply|open (?:only )?to"
    r"|applicants? (?:must|should|shall) be|applicants? (?:are|include)"
    r"|(?:limited|restricted|available|awarded) (?:only )?to"
    r"|(?:applications?|proposals?|submissions?) (?:are (?:accepted|invited|welcome) )?from"
    r"|(?:applications?|proposals?|submissions?) (?:may|can|must|shall|will) (?:only )?be (?:submitted|accepted)"
    r" (?:only )?(?:by|from)|(?:qualified|qualifying) (?:applicants|entities)|is intended for"
    r"|(?:awards?|grants?|funding|funds) (?:[a-z]{1,12} ){0,3}to|any(?:one| organization| entity| person) (?:may|can)"
    r"|invites?|welcomes?)\b"
)
_HEADING = cue(
    r"[\W\d]{0,8}(?:[IVX]{1,4}\. )?(?:(?:additional )?(?:information|details) (?:on|about) eligib"
    r"|eligib|who (?:can|may|is|should)|(?:qualified |qualifying )?applicant"
    r"|(?:entities|organizations|those) eligible|(?:qualified|qualifying) entit)"
)
_LISTED = cue(
    r"\b(?:eligible applicants|eligible entities|those eligible|eligible to apply) (?:are|include"
    r"|is)(?: limited to)? ?:? ?(?P<names>[^.;]{3,200})"
)


def read_eligibility(page: Page) -> Eligibility:
    """Return who may apply, where, of what size and with whom; what the notice does not say stays empty.

    Names that mean none of the applicant types are kept as `unrecognized_types`. A type that the notice both takes and
    refuses stands in both places.
    """
    types: dict[ApplicantType, None] = {}
    unrecognized: dict[str, None] = {}
    conditions: list[Eligibility] = []
    telling: list[Sentence] = []
    asks: list[Quote] = []
    for sentence, is_who in _sentences(page):
        found = applicant_types(sentence.words) if is_who else ()
        unknown = _unrecognized(sentence.words) if is_who and not found else ()
        condition = read_conditions(page, sentence, is_who=is_who)
        types.update(dict.fromkeys(found))
        unrecognized.update(dict.fromkeys(unknown))
        conditions.append(condition)
        is_expressed = bool(found or unknown or condition != Eligibility())
        if is_who and (asked := asked_of_applicants(page, sentence, is_expressed=is_expressed)):
            asks.append(asked)
        if is_expressed:
            telling.append(sentence)
    return replace(
        joined_conditions(conditions),
        applicant_types=_without_contradiction(tuple(types)),
        unrecognized_types=tuple(unrecognized),
        note=_note(page, telling),
        conditions=each_once(asks),
    )


def read_conditions(page: Page, sentence: Sentence, *, is_who: bool) -> Eligibility:
    """Return whom one sentence refuses and what places, sizes and partners it demands; nothing else is filled.

    Args:
        page: The page that the sentence stands on.
        sentence: The sentence.
        is_who: Whether it speaks of who may apply.
    """
    return Eligibility(
        excluded_types=refused_types(sentence.words),
        places=limiting_places(sentence.words, is_about_applicants=is_who),
        size_limits=tuple(size_limits(page, sentence)),
        required_partners=tuple(required_partners(page, sentence)),
    )


def joined_conditions(conditions: Iterable[Eligibility]) -> Eligibility:
    """Return the conditions of several sentences together, each once."""
    several = list(conditions)
    return Eligibility(
        excluded_types=tuple(dict.fromkeys(one for part in several for one in part.excluded_types)),
        places=tuple(dict.fromkeys(one for part in several for one in part.places)),
        size_limits=tuple(dict.fromkeys(one for part in several for one in part.size_limits)),
        required_partners=tuple(dict.fromkeys(one for part in several for one in part.required_partners)),
    )


def _sentences(page: Page) -> Iterator[tuple[Sentence, bool]]:
    """Yield every sentence, and whether it speaks of who may apply: by its own words or by its heading's."""
    introduced: Sentence | None = None
    for sentence in page.sentences:
        is_item = page.blocks[sentence.block].is_item
        is_who = _is_under_heading(sentence, is_item=is_item) or _WHO.search(sentence.words) is not None
        is_listed = introduced is not None and is_item
        yield sentence, is_who or is_listed
        if is_who and sentence.words.rstrip().endswith(":"):
            introduced = sentence
        elif not is_listed:
            introduced = None


def _is_under_heading(sentence: Sentence, *, is_item: bool) -> bool:
    """Whether the heading above speaks of applicants; one that ends with a colon speaks for its list only."""
    heading = sentence.heading
    if heading is None or not _HEADING.match(heading.words):
        return False
    return is_item or not heading.words.endswith(":")


def _unrecognized(words: str) -> tuple[str, ...]:
    match = _LISTED.search(words)
    return (collapsed(match["names"]),) if match else ()


def _without_contradiction(types: tuple[ApplicantType, ...]) -> tuple[ApplicantType, ...]:
    """Drop "anybody" where the notice also names types: the names are the narrower statement."""
    named = tuple(one for one in types if one is not ApplicantType.UNRESTRICTED)
    return named or types


def _note(page: Page, telling: list[Sentence]) -> Quote | None:
    """Quote the first telling sentence, and those that follow it without another between."""
    if not telling:
        return None
    end = telling[0].span.end
    for sentence in telling[1:]:
        if page.text[end : sentence.span.start].strip():
            break
        end = sentence.span.end
    return page.quote(Span(telling[0].span.start, end))
