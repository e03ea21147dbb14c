"""What a key asks for, told by general patterns of keys and questions, never by one funder's wording."""

import re
from enum import Enum

from matcher.proposals.fields import Field, spaced

_PEOPLE = (
    "(?:people|persons|individuals|students|pupils|learners|scholars|youth|children|kids|participants|clients|families"
    "|residents|adults|seniors|veterans|patients|beneficiaries|households)"
)
_WORK = "(?:project|proposal|program|application|grant|initiative|submission)"
_NAME = "(?:organi[sz]ation|nonprofit|non-profit|agency|applicant|institution|company)"


class Role(Enum):
    """What a field is to the proposal. The patterns match keys in lower-case words, without their question mark."""

    TITLE = (
        rf"(?:{_WORK} )?(?:title|headline)|{_WORK} name"
        rf"|(?:what is )?(?:the )?(?:name|title) of (?:the |your |this )?{_WORK}"
    )
    ORGANIZATION = (
        rf"(?:legal |full |applicant |lead |sponsoring |your )*{_NAME}(?:(?:'s|’s)? (?:legal |full )?name)?"
        rf"|(?:what is )?(?:the )?(?:legal |full )?name of (?:the |your )?(?:applicant )?{_NAME}"
    )
    YEAR = rf"(?:fiscal |{_WORK} )?year(?: submitted| of {_WORK})?"
    APPLICANT_TYPE = (
        rf"(?:{_NAME}|entity|legal|tax|tax.exempt|nonprofit) (?:type|status|structure|entity type)s?"
        rf"|(?:what )?(?:is the )?types? of (?:{_NAME}|entity)\b.*"
    )
    AMOUNT = (
        r"(?:total )?(?:grant |funding |funds |budget |financial |dollar )?(?:amount |funds |funding )?requested"
        r"(?: (?:amount|funding|funds|budget|grant))?(?: .*)?"
        r"|(?:grant|funding|budget|financial) (?:request|ask)(?: amount)?|request(?:ed)? amount|amount of request"
        r"|(?:what is )?(?:the |your )?(?:total )?amount (?:of (?:funding|money|funds) )?"
        r"(?:you are )?(?:requested|requesting)"
        r"|how much (?:money |funding )?(?:are|do|is) (?:you|your organi[sz]ation) (?:request|ask|seek|need).*"
        r"|what is (?:the |your )?(?:total )?(?:amount|(?:grant|funding|budget) request)\b.*"
    )
    BUDGET = (
        rf"(?:what (?:is|was) )?(?:the |your )?(?:{_NAME}(?:'s|’s)? )?(?:current |total )*"
        r"(?:annual |yearly |operating |organi[sz]ational )+(?:operating )?budget(?: size)?"
        rf"|(?:what (?:is|was) )?(?:the |your )?{_NAME}(?:'s|’s)? (?:total )?budget(?: size)?"
        rf"|(?:what (?:is|was) )?(?:the )?(?:annual|operating) budget of (?:the |your ){_NAME}"
    )
    EMPLOYEES = (
        r"(?:total )?(?:number of )?(?:paid |full.time |current )*(?:employees|staff members)"
        r"|(?:number of|total|paid) (?:paid |full.time )*staff|staff (?:size|count)|head ?count"
        r"|how many (?:paid |full.time )*(?:employees|staff|people) (?:do|does|are|is) "
        rf"(?:you|your {_NAME}|the {_NAME}) (?:employ|have|employed)"
    )
    PARTNERS = (
        r"(?:project |community |key |lead |proposed |your |the )*"
        r"(?:partners?|partner(?:ing)? organi[sz]ations?|collaborators?|co-?applicants?|consortium members?"
        r"|partner(?:ship)? types?|type of partners?)"
        r"|(?:who|which organi[sz]ations) (?:are|will be) (?:your|the) (?:\w+ )?(?:partners|collaborators)\b.*"
        r"|(?:list|name) (?:all |your |the )*(?:\w+ )?partners?\b.*"
    )
    COST_SHARE = (
        r"(?:cost.?shar(?:e|ing)|match(?:ing)?(?: (?:funds?|funding|share|contribution|amount))?|non.?federal share)"
        r"(?: (?:offered|provided|amount|commitment))?"
        r"|(?:do|does|will|can) (?:you|your organi[sz]ation|the applicant) (?:\w+ ){0,4}?"
        r"(?:match(?:ing)? (?:funds?|funding|share)|match|cost.?shar(?:e|ing))\b.*"
    )
    PEOPLE = (
        rf".*\b(?:how many|number of) (?:\w+ )?{_PEOPLE}\b.*\b(?:serv|reach|impact|benefit|affect|participat)\w*\b.*"
        rf"|{_PEOPLE} (?:directly )?(?:served|reached|impacted)|enrollment"
    )
    PLACES = (
        r"where (?:will|do|does|are|is) (?:you|your|the)\b.*\b(?:work|operat|serv|locat|tak)\w*.*"
        r"|(?:in )?(?:which|what) (?:areas?|regions?|count(?:y|ies)|city|cities|states?|neighborhoods?|communities)\b"
        r".*\b(?:work|serv|operat|benefit)\w*\b.*"
        rf"|(?:{_WORK} |service |target |geographic(?:al)? )(?:areas?|regions?|locations?|scope|focus)(?: served)?"
        r"|(?:places?|locations?|counties|county|cities|city|states?|regions?|areas?|communities)(?: served)?"
    )
    BOOKKEEPING = (
        r"(?:.* )?(?:id|ids|uuid|guid|slug|identifiers?|urls?|uri|links?|href|permalink|website|images?|photos?|picture"
        r"|logo|thumbnail|video|videos|file name|filename|class|layout|template|published|draft|status|version|weight"
        r"|order|position|category|categories|tags|keywords|indicator|created|updated|created at|updated at|date"
        r"|timestamp|email|e-mail|phone|telephone|fax|ein|tax id|zip|zip code|postal code|address|contact|schema"
        r"|language|locale|currency)"
        r"|(?:cached|youtube|image|video|photo|meta|seo|og|twitter|facebook|instagram) .*"
    )
    ANSWER = ".*"


_PATTERNS = {role: re.compile(role.value, re.DOTALL) for role in Role}
_KEY_LENGTH = 400
_NAME_WORDS = 25
"""Names and titles are shorter; a longer text under such a key is prose."""
_SHORT = frozenset({Role.TITLE, Role.ORGANIZATION, Role.YEAR, Role.APPLICANT_TYPE})


def role_of(field: Field) -> Role:
    """Return what `field` is to the proposal.

    A name for programs whose value is a single word says something about the record, not about the proposal.
    """
    if len(field.key) > _KEY_LENGTH:
        return Role.ANSWER
    role = next(role for role, pattern in _PATTERNS.items() if pattern.fullmatch(spaced(field.key)))
    if role is Role.BOOKKEEPING and not field.is_machine_key:
        return Role.ANSWER
    if role in _SHORT and (len(field.values) > 1 or len(field.answer.split()) > _NAME_WORDS):
        return Role.ANSWER
    if role is Role.ANSWER and field.is_machine_key and len(field.answer.split()) == 1:
        return Role.BOOKKEEPING
    return role
