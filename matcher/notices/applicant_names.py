"""The names that notices give to kinds of applicants, and what each means in our vocabulary.

A name can mean applicant types outright, it can mean a class within them (a hospital is usually a nonprofit, but not
every nonprofit is a hospital), or it can mean nobody whom the vocabulary knows (a federal agency).
"""

import re

from matcher.domain.vocabulary import ApplicantType
from matcher.notices.wording import cue

Types = tuple[ApplicantType, ...]

LOCAL: Types = (ApplicantType.COUNTY_GOVERNMENTS, ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS)
NONPROFITS: Types = (ApplicantType.NONPROFITS_WITH_501C3, ApplicantType.NONPROFITS_WITHOUT_501C3)
COLLEGES: Types = (ApplicantType.PUBLIC_HIGHER_EDUCATION, ApplicantType.PRIVATE_HIGHER_EDUCATION)
BUSINESSES: Types = (ApplicantType.FOR_PROFITS, ApplicantType.SMALL_BUSINESSES)
PUBLIC_BODIES: Types = (ApplicantType.STATE_GOVERNMENTS, *LOCAL, ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS)

_NOT_OF_A_UNION = "".join(
    rf"(?<!{word}\s)"
    for word in ("united", "member", "associated", "of", r"of\sthe", "in", "more", "across", "other", "these")
)
"""Before "states": where it stands for governments, not for a country or for where somebody is."""

_HIGHER = r"(?:institut(?:ions?|es?) of higher (?:education|learning)|colleges?|universit(?:y|ies))"

NAMES: tuple[tuple[re.Pattern[str], Types], ...] = (
    (
        cue(r"\bLEAs?\b|\blocal education(?:al)? agenc(?:y|ies)\b|(?<!independent\s)\bschool districts?\b"),
        (ApplicantType.LOCAL_EDUCATIONAL_AGENCIES,),
    ),
    (cue(r"\bindependent school districts?\b"), (ApplicantType.INDEPENDENT_SCHOOL_DISTRICTS,)),
    (cue(r"\bcharter (?:schools?|management|networks?|school networks?)\b"), (ApplicantType.CHARTER_SCHOOLS,)),
    (
        cue(r"\b(?:without|not hav(?:e|ing)|do not have) (?:[a-z]{1,12} ){0,2}501 ?\(c\) ?\(3\)"),
        (ApplicantType.NONPROFITS_WITHOUT_501C3,),
    ),
    (
        cue(r"\b501 ?\(c\) ?\(3\)(?! of the)|(?<!were\s)(?<!also\s)\btax-?exempt\b(?! (?:bonds?|debt|financing))"),
        (ApplicantType.NONPROFITS_WITH_501C3,),
    ),
    (cue(r"\bwith (?:or|and) without (?:[a-z]{1,12} ){0,2}501 ?\(c\) ?\(3\)"), NONPROFITS),
    (
        cue(r"\b(?:non-?profits?|not[\s-]for[\s-]profits?|charit(?:y|ies)|charitable organizations?"
            r"|non-?govern-?mental organizations?|NGOs?|civil society organizations?)\b"),
        NONPROFITS,
    ),
    (
        cue(r"\bstates?,? (?:(?:and|or|,) ?)?(?:[a-z]{1,12},? ){0,3}governments?\b"
            r"|\bstate, (?:[a-z]{1,12},? ){1,6}governments?\b|\bgovernments? of states?\b"
            r"|\bstate (?:[a-z]{1,14} ){0,2}agenc(?:y|ies)\b|\bSEAs?\b|\bstates (?:are|may)\b"
            rf"|{_NOT_OF_A_UNION}\bstates\b(?= ?(?:[,;.(]|and\b|or\b|$))"),
        (ApplicantType.STATE_GOVERNMENTS,),
    ),
    (
        cue(r"\b(?:units? of )?(?:general )?local (?:[a-z]{1,10} )?governments?\b"
            r"|\blocal,? (?:(?:and|or) )?(?:[a-z]{1,12},? ){0,6}governments?\b"
            r"|\blocal or state governments?\b|\bpolitical subdivisions?\b"),
        LOCAL,
    ),
    (
        cue(r"(?-i:\bcount(?:y|ies)\b|(?:\A|(?<=[,;:/(])|(?<=[,;:]\s)|(?<=\band\s)|(?<=\bor\s))Count(?:y|ies)\b)"
            r"|\bcounty (?:governments?|agenc(?:y|ies))\b"),
        (ApplicantType.COUNTY_GOVERNMENTS,),
    ),
    (
        cue(r"\b(?:cities|towns|townships?|municipalit(?:y|ies)|city (?:[a-z]{1,12} ){0,3}governments?)\b"),
        (ApplicantType.CITY_OR_TOWNSHIP_GOVERNMENTS,),
    ),
    (cue(r"\bspecial (?:purpose )?districts?\b"), (ApplicantType.SPECIAL_DISTRICT_GOVERNMENTS,)),
    (
        cue(r"(?<!foreign\s)\b(?:public|government(?:al)?) (?:agenc(?:y|ies)|entit(?:y|ies))\b"
            r"|(?<!non-)(?<!foreign\s)\bgovernment(?:al)? (?:organizations?|institutions?|facilities)\b"),
        PUBLIC_BODIES,
    ),
    (
        cue(rf"\bpublic(?:/[a-z]{{1,12}})? (?:[a-z-]{{1,12}} ){{0,3}}{_HIGHER}\b|\bcommunity colleges?\b"),
        (ApplicantType.PUBLIC_HIGHER_EDUCATION,),
    ),
    (cue(rf"\bprivate (?:[a-z-]{{1,12}} ){{0,3}}{_HIGHER}\b"), (ApplicantType.PRIVATE_HIGHER_EDUCATION,)),
    (
        cue(r"\binstitut(?:ions?|es?) of higher (?:education|learning)\b|\bIHEs?\b|\bhigher education institutions?\b"
            r"|\b(?:colleges|universities|academia)\b|\b(?:academic|educational) institutions?\b"),
        COLLEGES,
    ),
    (
        cue(r"\b(?:tribes|tribal (?:governments?|nations?|entit(?:y|ies))|indian tribes?)\b"
            r"(?! ?\(other than federally)"),
        (ApplicantType.TRIBAL_GOVERNMENTS,),
    ),
    (
        cue(r"\b(?:tribal|native american|alaska native|native hawaiian|indian) organizations?\b"
            r"|\btribal governments? \(other than federally[\s-]recognized\)"),
        (ApplicantType.OTHER_TRIBAL_ORGANIZATIONS,),
    ),
    (cue(r"\bhousing (?:authorit(?:y|ies)|agenc(?:y|ies))\b"), (ApplicantType.HOUSING_AUTHORITIES,)),
    (
        cue(r"\bindividuals\b(?! (?:with|who|from|in|experiencing|living|and famil))"
            r"|\bthe individual(?=[,.;]|$)"
            r"|\bindividual (?:artists?|applicants?|researchers?|scholars?|writers?|people)\b"),
        (ApplicantType.INDIVIDUALS,),
    ),
    (cue(r"\bsmall business(?:es)?\b"), (ApplicantType.SMALL_BUSINESSES,)),
    (
        cue(r"\bfor-? ?profit (?:[a-z]{1,14} )?\(?other than small business(?:es)?\)?"),
        (ApplicantType.FOR_PROFITS,),
    ),
    (
        cue(r"(?<!not-)(?<!not\s)\bfor-? ?profits?\b|(?<!small\s)\bbusinesses\b|\bcompanies\b|\bindustry\b"
            r"|\bcorporations\b|\bprivate-sector entit(?:y|ies)\b"
            r"|\bcommercial (?:entities|firms|organizations?|\(for-? ?profit\))"),
        BUSINESSES,
    ),
)  # fmt: skip
"""Names that mean their types, and nothing less."""

CLASSES: tuple[tuple[re.Pattern[str], Types], ...] = (
    (
        cue(r"\bhistorically black (?:colleges?|universit)[a-z]*(?: (?:and|or) universit[a-z]*)?|\bHBCUs?\b"
            r"|\b(?:alaska native (?:and|or|&) )?"
            r"(?:hispanic|minority|alaska native|native hawaiian|native american|pacific islander)[\s-]serving"
            r" (?:[a-z-]{1,20} ){0,2}(?:institutions?|colleges?)(?: (?:and|or) universities)?"
            r"|\btrib(?:al|ally controlled) colleges?(?: (?:and|or) universit(?:y|ies))?"
            r"|\bland-?grant (?:institutions?|colleges?|universit[a-z]*)|\bAANAPISIs?s?\b|\bTCCUs?\b"),
        COLLEGES,
    ),
    (
        cue(r"\b(?:faith|community)[\s-]based (?:or community[\s-]based )?organizations?\b"
            r"|\bnon-?profit (?:research|medical|teaching) (?:institut[a-z]*|organizations?)(?: or think-?tanks?)?"
            r"|\bthink[\s-]tanks?\b"),
        NONPROFITS,
    ),
    (
        cue(r"\bhospitals?\b|\bmuseums?\b|\blibraries\b|\bregional organizations?\b"),
        (*NONPROFITS, *PUBLIC_BODIES, *COLLEGES),
    ),
    (
        cue(r"\b(?:port|transit|transportation|publicly chartered|public|joint powers) authorit(?:y|ies)\b"
            r"|\btransit agenc(?:y|ies)\b|\b(?:state and )?(?:local )?workforce (?:development )?boards?\b"
            r"|\b(?:state, )?(?:local,? )?(?:and )?(?:tribal )?law enforcement agenc(?:y|ies)\b"
            r"|\bstate (?:[a-z]{1,14} ){1,2}(?:commissions?|departments?|boards?|offices?)\b"),
        PUBLIC_BODIES,
    ),
)  # fmt: skip
"""Names of a class within types: one of these types may be meant by it or not."""

NOBODY = cue(
    r"\b(?:eligible )?(?:agencies of the )?federal (?:government|entit(?:y|ies)|agenc(?:y|ies)|departments?)s?\b"
    r"|\bfederally[\s-]funded research and development centers?\b|\bFFRDCs?\b|\bUARCs?\b"
    r"|\bnational laborator(?:y|ies)\b|\b(?:foreign|international)(?:[\s-]based)? (?:public )?"
    r"(?:organizations?|institutions?|entit(?:y|ies)|governments?)"
    r"|\bnon-?domestic\b|\bpublic international organizations?\b"
    r"|\b(?:U\.?S\.? )?(?:territor(?:y|ies)|possessions?|outlying areas?|freely associated states)\b"
    r"|\bdistrict of columbia\b|\bpuerto rico\b"
    r"|\b(?:consorti(?:um|a)|groups?|partnerships?) of (?:such|these|any|two|the|eligible|entities"
    r"|[a-z-]{0,12} ?tribes)"
)
"""Names of those whom no applicant type covers, so that a list which has them is complete all the same."""
