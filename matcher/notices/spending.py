"""What the money may be spent on, and what is not funded."""

from matcher.domain.evidence import Quote
from matcher.notices.listing import Matter, listed
from matcher.notices.page import Page
from matcher.notices.wording import cue

_WORK = (
    r"(?:activities|uses|costs|expenses|expenditures|projects?(?: types)?|purposes|use of (?:grant )?funds|items|work)"
)
_ALLOWED = r"(?:eligible|allowable|allowed|permitted|permissible|approved|fundable|authorized|supported)"
_REFUSED = (
    r"(?:ineligible|non-?eligible|unallowable|non-?allowable|disallowed|prohibited|impermissible|unauthorized"
    r"|not (?:eligible|allowable|allowed|permitted|authorized))"
)
_MONEY = r"(?:funds?|funding|grants?|awards?|money|monies)"
_GIVER = (
    r"(?:we|(?:the|this|our) (?:\w{1,20} ){0,3}?"
    r"(?:foundation|fund|program|trust|agency|department|grant|committee|board))"
)
_TIMED = r"(?! (?:before|after|by|within|until|prior|no later|on or)\b)"
"""By when money is to be spent says nothing of what it is spent on."""

_NEGATIVE = (
    rf"\b{_MONEY} (?:(?:may|can|must|shall|will|should|are|is) ?not(?: to)? (?:be )?"
    rf"(?:used?|spent|support|fund|pay|cover|awarded|available|applied|expended)\b{_TIMED}"
    r"|(?:do|does)(?: not|n't) (?:cover|pay|fund|support)\b)"
    rf"|\b{_GIVER} (?:do|does|will|can|may|shall)(?: ?not|n't)(?: \w{{1,14}}){{0,2}}? "
    r"(?:fund|support|pay|award|make grants|give|provide (?:grants|funding|support)"
    r"|consider (?:funding|requests|proposals))\b"
    rf"|\b(?:costs?|expenses?|activities|projects?|purchases?|uses)\b.{{0,80}}\b(?:are|is) (?:{_REFUSED}|excluded)\b"
    r"|\b(?:are|is) not (?:an )?(?:eligible|allowable) (?:for funding|costs?|expenses?|uses?|activit(?:y|ies))\b"
    rf"|\b{_REFUSED} (?:activities|uses|costs|expenses)(?: under (?:\w{{1,20}} ){{1,4}}?)? ?(?:include|are)\b"
    r"|\bnot be (?:funded|supported|reimbursed)\b"
    rf"|\bno (?:[a-z]{{1,14}} ){{0,4}}?{_MONEY} (?:may|can|shall|will) be (?:used|spent|expended)\b"
    r"|\b(?:are|is) ineligible for (?:[a-z]{1,12} )?(?:funding|reimbursement|assistance)\b"
    r"|\b(?:propos(?:e|es|ing)|focus(?:ed|es|ing)? on|involv(?:e|es|ing)) [^.;]{0,120}?\b(?:will|are|is)"
    r" (?:be )?(?:considered |deemed )?(?:non-?responsive|not (?:be )?responsive)\b"
    r"|\b(?:costs?|expenses?|activities|projects|purchases|uses)\b[^.;]{0,80}?\b(?:will|shall|are|is|may|can) ?not"
    r" (?:be )?(?:covered|allowed|fundable|considered for (?:funding|support))\b"
)
_POSITIVE = (
    rf"\b{_MONEY} (?:(?:may|can|must|shall|will|should) (?:only )?be (?:used|spent|expended)\b{_TIMED}"
    r"|(?:(?:may|can|will|shall|must) )?(?:also )?(?:covers?|pays? for|reimburses?|finances?)\b"
    r"|(?:is|are) (?:available|intended|provided) to (?:cover|pay for|carry out|reimburse|finance|purchase)\b)"
    rf"|\b{_ALLOWED} (?:[a-z-]{{1,16}} ){{0,2}}?"
    r"(?:activities|uses|costs|expenses|projects|improvements|purchases|types)"
    r"(?: (?:under|for|of) (?:[a-z]{1,16} ){1,4}?)? ?(?:(?:may|can|could) )?(?:includ(?:e|es|ing)|are)\b"
    r"|\b(?:activities|costs|expenses|projects|uses) (?:that are )?eligible for (?:[a-z]{1,16} ){1,4}?(?:include|are)\b"
    r"|\b(?:activities|expenses|costs|uses|projects|proposals) (?:may|can|could|might) include"
    r"(?:,? but (?:are |is )?not (?:be )?limited to| the following| ?:)"
    r"|\b(?:grantees|recipients|awardees) (?:may|can|must|shall) use "
    r"(?:\w{1,14} ){0,3}(?:funds|funding|awards?|grants?)\b"
    r"|\b(?:(?:project|program|grant|proposed) activities|(?-i:Activities)) (?:may|can|could) include\b"
    r"|\b(?:projects|proposals|applications) (?:may|can|could) include the following (?:types of )?activities\b"
)
_APPLYING = (
    r"\b(?:to apply|applicants?(?! (?:should|must) note)|apply for|peer-?review(?:ed)?|meritorious|late|incomplete)\b"
)
_SPENT_ON = rf"{_WORK}(?: (?:of|for) (?:grant |award )?fund(?:s|ing))?"
_ACTIVITIES = Matter(
    heading=cue(
        rf"(?:examples of )?(?:{_ALLOWED}(?: and {_ALLOWED})? {_SPENT_ON}"
        r"|(?:required|authorized|funded|funding) activities|uses? of (?:\w{1,12} )?funds"
        r"|what (?:we|the \w{1,20}) (?:will )?(?:fund|support)s?|what (?:is|can be|will be) funded"
        r"|how (?:\w{1,12} )?(?:funds|funding|grants?) (?:may|can) be used"
        r"|what (?:\w{1,12} ){0,3}(?:funds|funding|grants?) (?:may|can) (?:be used for|pay for|cover))\W*"
    ),
    sentence=cue(_POSITIVE),
    other=cue(_NEGATIVE),
)
_EXCLUSIONS = Matter(
    heading=cue(
        rf"(?:{_REFUSED} {_SPENT_ON}|(?:funding|grant) (?:restrictions|limitations|exclusions)"
        r"|(?:restrictions|limitations) on (?:the )?(?:use of )?(?:grant |award )?fund(?:s|ing)|exclusions"
        r"|(?:what )?(?:we|the \w{1,20}) (?:do|does|will)(?: not|n't) (?:fund|support)"
        r"|what (?:is|will)(?: not|n't)(?: be)? funded|not funded"
        r"|unfunded activities|activities (?:that are )?not (?:funded|supported|eligible))\W*"
    ),
    sentence=cue(_NEGATIVE),
    other=cue(_APPLYING),
)


def read_activities(page: Page) -> tuple[Quote, ...]:
    """Return what `page` says the money may be spent on, thing by thing."""
    return listed(page, _ACTIVITIES)


def read_exclusions(page: Page) -> tuple[Quote, ...]:
    """Return what `page` says is not funded, thing by thing; who may not apply is not among it."""
    return listed(page, _EXCLUSIONS)
