"""A digest as a mail that can be read: subject, text and HTML."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.domain.digest import Digest, DigestItem, DigestSection
from matcher.domain.wording import day_words
from matcher.mail.cleaning import one_line
from matcher.mail.items import TITLE_LIMIT, ItemWords, item_words
from matcher.mail.links import Links, SubscriptionLinks
from matcher.mail.subject import subject_line
from matcher.mail.templating import TEMPLATES

FIT_NOTE = (
    "Fit runs from 0 to 1 and depends on your proposal and that notice alone: strong from 0.70, possible from 0.40. It "
    "says how well the two texts agree (0.50: in the samples that the scale was made from, such a pair was as often a "
    "match as not), not how likely you are to win. Eligibility and deadlines never enter it."
)
"""What the numbers of a digest mean, and what they do not; docs/scoring.md has more."""

_NAMED = 10
"""Proposals and sources that the foot of a mail names one by one; the others are counted."""

_QUIET_SUBJECT = "Nothing new fits this week"


@dataclass(frozen=True, slots=True)
class RenderedMail:
    """A mail ready to be built: a one-line subject, a plain text and an HTML page that say the same."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _SectionWords:
    """What a digest says of one proposal, in words."""

    title: str
    new: Sequence[ItemWords]
    brief: Sequence[ItemWords]
    changed: Sequence[ItemWords]
    closing_soon: Sequence[ItemWords]
    waiting: int
    matches_url: str | None

    @property
    def has_items(self) -> bool:
        """Whether anything is shown."""
        return bool(self.new or self.brief or self.changed or self.closing_soon)


def in_both_forms(template: str, words: Mapping[str, object]) -> RenderedMail:
    """Return a mail from the templates of one name, for text and for HTML; `words` has its `subject`."""
    text, html = (TEMPLATES.get_template(f"{template}.{form}").render(words) for form in ("txt", "html"))
    return RenderedMail(str(words["subject"]), text, html)


def render_digest(digest: Digest, links: Links, band: Callable[[float], str]) -> RenderedMail:
    """Put a digest into words; one without items says that nothing new fits.

    Args:
        digest: What to tell; its order is kept.
        links: Where the mail leads.
        band: Names a fit of 0 to 1, for instance "strong".
    """
    sections = [_section_words(section, digest, links, band) for section in digest.sections]
    subject = _subject(sections)
    words = {
        "subject": subject,
        "sections": [section for section in sections if section.has_items] or sections,
        "left_out": _left_out_lines(digest.sections),
        "is_empty": digest.is_empty,
        "when": _when(digest),
        "unreached": _unreached_words(digest.unreached),
        "looked_at": _looked_at_words(digest.looked_at),
        "digest_id": digest.digest_id,
        "fit_note": FIT_NOTE,
        "links": links,
        "endings": _endings(digest, links),
    }
    return in_both_forms("digest", words)


def _when(digest: Digest) -> str:
    day = day_words(digest.as_of)
    return f"Reminder of {day}" if digest.week is None else f"Week {digest.week}, as of {day}"


def _section_words(section: DigestSection, digest: Digest, links: Links, band: Callable[[float], str]) -> _SectionWords:
    def words(items: Sequence[DigestItem]) -> list[ItemWords]:
        return [item_words(item, digest.as_of, band, links.muting(item.opportunity_id)) for item in items]

    return _SectionWords(
        title=one_line(section.proposal_title, TITLE_LIMIT),
        new=words(section.new),
        brief=words(section.brief),
        changed=words(section.changed),
        closing_soon=words(section.closing_soon),
        waiting=section.waiting,
        matches_url=links.matches.get(section.proposal_id),
    )


def _left_out_lines(sections: Sequence[DigestSection]) -> list[str]:
    """Return a sentence on what is not shown for each proposal, and one for all together beyond the first few."""
    told = [section for section in sections if section.left_out]
    named, others = told[:_NAMED], told[_NAMED:]
    lines = [
        f"Not shown{_about(section) if len(sections) > 1 else ''}: {_counted(dict(section.left_out))}."
        for section in named
    ]
    if others:
        total: Counter[str] = Counter()
        for section in others:
            total.update(dict(section.left_out))
        lines.append(f"Not shown for {len(others)} more of your proposals: {_counted(total)}.")
    return lines


def _about(section: DigestSection) -> str:
    return f" for “{one_line(section.proposal_title, TITLE_LIMIT)}”"


def _counted(reasons: Mapping[str, int]) -> str:
    return "; ".join(f"{count:,} {one_line(reason, TITLE_LIMIT)}" for reason, count in reasons.items())


def _unreached_words(sources: Sequence[str]) -> str:
    words = [one_line(text, TITLE_LIMIT) for text in sources[:_NAMED]]
    return "; ".join([*words, f"{len(sources) - _NAMED} more"] if len(sources) > _NAMED else words)


def _looked_at_words(notices: int | None) -> str:
    if notices == 0:
        return "No notice is stored yet, so nothing could fit. Whoever runs this service can import some."
    return "" if notices is None else f"Looked at: {notices:,} notice{'s' if notices > 1 else ''}."


def _subject(sections: Sequence[_SectionWords]) -> str:
    """Return what is inside all sections together, best fit first."""
    if not any(section.has_items for section in sections):
        return _QUIET_SUBJECT
    return subject_line(
        _best_first(item for section in sections for item in (*section.new, *section.brief)),
        _best_first(item for section in sections for item in section.changed),
        _best_first(item for section in sections for item in section.closing_soon),
    )


def _best_first(items: Iterable[ItemWords]) -> list[ItemWords]:
    return sorted(items, key=lambda item: -(item.fit or 0))


def _endings(digest: Digest, links: Links) -> list[tuple[str, SubscriptionLinks]]:
    """Return the subscriptions that can be ended one by one, each with the proposals that it is about."""
    titles: dict[str, list[str]] = {}
    for section in digest.sections:
        titles.setdefault(section.subscription_id, []).append(one_line(section.proposal_title, TITLE_LIMIT))
    return [
        (titles[identifier][0] if len(titles[identifier]) == 1 else "all proposals", found)
        for identifier in titles
        if (found := links.subscriptions.get(identifier)) is not None
    ]
