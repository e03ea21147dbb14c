"""The words around an amount that say what it is: the size of one award, or the money that is there in all."""

from matcher.notices.wording import cue

_COSTS = r"(?! (?:direct |project |annual )?(?:costs?|budgets?|revenues?|expen))"
_TIME = r"(?:fiscal |calendar |academic |school |budget )?(?:years?|months?|quarters?|periods?|days?|hours?)\b"
_LINK = (
    r"(?:will|may|can|could|should|must|are|is|be|being|generally|typically|usually|normally|not|anticipated|expected"
    r"|rang(?:e|es|ing)|runs?|var(?:y|ies)|limited|capped|worth|valued|between|from|of|at|to|in|the|an?|up|amounts?"
    r"|exceed|each|for|maximum|minimum|made|awarded|budgeted|grants?|awards?|total|requested|allowed|set)"
)
_IS_THE = r" (?:is (?:the|a) )?(?:(?:grant|award|funding) )?"

TOTAL_BEFORE = cue(
    r"\b(?:total(?:s|ing|ling)?|(?:total|available|program|overall|estimated) (?:program )?(?:funding|funds|amount"
    r"|budget)|indicative budget|available funds|pool)(?: (?:[a-z()]{1,20} ){0,4}|\W{1,4})$"
    r"|\b(?:total|estimated) (?:[a-z]{1,12} ){0,2}(?:funding|funds|budget|allocation)(?: \S{1,20}){1,8}"
    r" (?:is|are|will be)(?: approximately)? $"
    r"|\bfunding available(?: [a-z()]{1,20}){0,9}\W{1,4}$"
    r"|\bavailability of (?:[a-z]{1,20} ){0,3}$"
    r"|\bavailability of [^.;$€£]{0,80}\bfunds (?:of|totaling|in the amount of) $"
)
TOTAL_AFTER = cue(
    rf" (?:in total\b{_COSTS}"
    r"|to (?:give|award|distribute|grant|spend)\b"
    r"|(?:in|for) (?!annual |individual )(?:[a-z-]{1,20} ){0,3}?(?:funding|funds|grants|awards)\b"
    r"|(?:grant )?(?:program|fund|initiative|competition|pool|challenge)\b)"
)
IN_ALL = cue(rf" total\b{_COSTS}")
AVAILABLE = cue(
    r" (?:[a-z]{1,12} )?(?:(?:is|are|will be|has been|have been) (?:[a-z]{1,12} ){0,3}(?:allocated|appropriated"
    r"|available|awarded to)|available)\b(?! (?:for |to |per )?(?:each|every|any one|applicant|recipient|an?)\b)"
)
LASTS = cue(r",? (?:with|for) an? (?:\w{1,12} )?duration\b")
"""A duration belongs to one award."""

LIMITED = cue(
    r"\b(?:projects?|proposals?|applications?) (?:is|are|must be|will be) (?:limited|restricted|capped) (?:to|at)"
    r" (?:an? (?:\w{1,12} ){1,3}of )?$"
)
OR_ELSE = cue(r"(?: for [\w -]{1,60}?)?,? (?:or|and) ")
"""Between two amounts of the same kind for two cases."""

REFUSED = cue(r"\b(?:not|never) (?:be )?(?:accept|consider|fund|review|support)(?:ed)?\b[^.;]{0,100}$")
OTHER_MONEY = cue(
    r"\b(?:budgets?|revenues?|incomes?|assets|fees?|match(?:ing|es)?|salar(?:y|ies)|costs?|cost-?sharing"
    r"|fines?|insurance) (?:\S{1,20} ){0,5}$"
)
EACH = cue(
    r" (?!(?:for|in|to|of|as|from|available|toward|towards|through)\b)(?:[a-z]{1,12} ){0,2}"
    rf"(?:per(?! {_TIME})|apiece|grants?|awards?|stipends?|prizes?|fellowships?)\b"
    rf"|\W{{0,2}}to each\b(?! {_TIME})|,? for individual (?:grant )?awards?\b"
)
EACH_ONE = cue(rf"\W{{0,2}}each\b(?! {_TIME})")
PER_AWARD = cue(r"\bper (?:award|grant|project|applicant|application|recipient)\b")
TO_EACH = cue(r"[^.;]{0,80}\b(?:available|awarded|given|provided) (?:annually |per year |each year )?(?:to|for) each\b")
OF_ONE = cue(
    r"\b(?:awardees?|grantees?|recipients?|applicants?|applications?|each (?:award|grant|project|proposal))\b"
    r"[^.;]{0,60}\b(?:receive|request|apply for)\b[^.;]{0,60}$"
)
OF_AWARD = cue(r"\b(?:awards?|grants?|agreements?|stipends?|fellowships?|prizes?|projects?|requests?)\b")
REQUEST = cue(r"\b(?:requests?|requesting)(?: (?:of|for|totaling))? $")
COMPARED = cue(r"(?:more|less|greater) than|over|under")
AWARD_BEFORE = cue(
    r"\b(?:(?:awards?|grants?|stipends?|prizes?|fellowships?|requests?)"
    r"(?: (?:amounts?|sizes?|ceilings?|floors?|ranges?|maximums?|minimums?))?|request|receive(?: funds| funding)?"
    rf"|apply for|amounts?)\W{{1,4}}(?:for (?:\w{{1,20}} ){{1,3}}(?=are|is|will))?(?:{_LINK} ){{0,6}}$"
    r"|\b(?:maximum|minimum) (?:grant|award|loan|funding) (?:amount |request |size )?(?:per|for each)"
    r" (?:\w{1,20} ){1,3}(?:is|are|:) ?$"
    r"|\bawards (?:successful |eligible |selected )?(?:applicants|recipients|grantees) $"
    r"|\baward each (?:\S{1,20} ){1,4}$"
)
AWARDS_UP_TO = cue(r"\b(?:awards|grants|loans|an? (?:[a-z-]{1,20} ){0,2}(?:award|grant|loan)) (?:of )?$")
AWARDS_AS_VERB = cue(r"\bawards? (?:the )?$")
A_YEAR = cue(r" (?:annually|(?:per|each|a) year)\b")
WILL_AWARD = cue(r"\b(?:may|will|can|shall|to) award (?:the )?$")
FLOOR = cue(r"\b(?:floor|minimum|smallest)\b")
CEILING = cue(r"\b(?:ceiling|maximum|largest|capped|limited to|restricted to|exceed)\b")
MINIMUM_AFTER = cue(rf"{_IS_THE}(?:minimum|floor)\b")
MAXIMUM_AFTER = cue(rf"{_IS_THE}(?:maximum|ceiling|limit|cap)\b")
BOUND_OF_AWARD = cue(
    rf"{_IS_THE}(?:minimum|maximum|floor|ceiling|limit|cap)\b[^.;]{{0,60}}\b(?:award|grant|applicant)s?\b"
)
