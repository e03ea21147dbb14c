"""Whether a text is a funding notice at all: recipes, reports and proposals are refused with what they lack."""

from collections.abc import Mapping

from matcher.errors import NoticeRejected
from matcher.notices.page import Page
from matcher.notices.wording import cue, plain

_INVITATION = cue(
    r"\b(?:grants?|grantees?|applicants?|apply(?! (?:the|a|an|some|it|them|to the)\b)|funding|solicits?|solicitation"
    r"|cooperative agreements?|fellowships?|scholarships?|request for (?:proposals|applications|information)|RFPs?"
    r"|NOFOs?|call for (?:proposals|applications))\b"
)
_FUNDER_SPEAKS = cue(
    r"\b(?:eligible|eligibility|applicants? (?:must|should|may|will|are|can)"
    r"|applications? (?:are|must|will|should|deadline)|proposals? (?:are|must|will be|should)"
    r"|invit(?:es?|ing) (?:\S{1,20} ){0,4}(?:proposals?|applications?|applicants?)|to apply|deadlines?"
    r"|award (?:ceiling|floor|amount|range)s?|awards? (?:will|range)|grants? (?:of|range|will be)|funding opportunity"
    r"|(?:absolute|preference|invitational) priority)\b"
)
_APPLICANT_SPEAKS = cue(
    r"\b(?:we|our (?:organization|team|network|agency)) (?:\w{1,14} ){0,2}(?:request|seek|propose|plan|hope"
    r"|intend)s?\b|\bthis (?:grant|proposal|project|funding) will\b|\b(?:with|for) this (?:grant|proposal)\b"
    r"|\bif (?:awarded|funded)\b|\b(?:funds|amount|grant) requested\b|\brequested (?:funds|amount|grant)\b"
    r"|\bour (?:proposal|application|request)\b|\byour (?:application|proposal|project|program|organization|work)\b"
    r"|\blead applicant\b|\bour (?:students|clients)\b"
)
_FEWEST_CUES = 2


def require_notice(page: Page, source: str, evidence: Mapping[str, bool]) -> None:
    """Return if `page` is a funding notice.

    Args:
        page: The page as it was read.
        source: The name of the document, for the error.
        evidence: What a notice has, as the words that say it is missing ("no deadline"), and whether it was found.

    Raises:
        NoticeRejected: Nothing of it was found and the text invites nobody to apply, or the text is a proposal.
    """
    if not page.sentences:
        reason = "there is no running text in it; send the words of the notice, or its named fields as YAML"
        raise NoticeRejected(reason, source=source)
    words = plain("\n".join([page.title, page.description]))
    applicant, funder = len(_APPLICANT_SPEAKS.findall(words)), len(_FUNDER_SPEAKS.findall(words))
    if applicant >= _FEWEST_CUES and applicant > funder:
        reason = "this reads as an applicant's proposal, not as a funder's notice; upload it as a proposal"
        raise NoticeRejected(reason, source=source)
    if not any(evidence.values()) and not _INVITATION.search(words):
        raise NoticeRejected(
            f"this does not read as a funding notice: it has {', '.join(evidence)}, and no word of a grant or of "
            "applying; send the text in which the funder announces it",
            source=source,
        )
