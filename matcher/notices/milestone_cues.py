"""The words that give a date its meaning: what is due, opens, begins or ends, and what means nothing to applicants."""

from matcher.notices.wording import cue

_PROJECTS = (
    r"\b(?:projects?|awards?|grants?|actions?|work|activities|construction|agreements?|contracts?|fellowships?"
    r"|performance)"
)
NOUN = cue(
    r"(?P<intent>(?:notices?|letters?|statements?|expressions?) of (?:intent|inquiry|interest)(?: to apply)?"
    r"|\bintents? to (?:apply|submit)|\bLOIs?\b|\bpre-?(?:applications?|proposals?)(?: white papers?)?"
    r"|\b(?:concept|white) (?:papers?|notes?|outlines?)|\bstep-?(?:1|one) (?:proposals?|applications?))"
    r"|(?P<end>\b(?:(?:anticipated|project|award|grant) ){0,3}end(?:ing)? dates?\b(?!.{0,60}\bafter )"
    rf"|{_PROJECTS} (?:\w{{1,14}} ){{0,4}}?(?:ends?|completed|concluded?|finished)\b(?!.{{0,80}}\bafter )"
    rf"|{_PROJECTS} (?:\S{{1,20}} ){{0,25}}?be completed (?:by|(?:no|not) later than|on or before)\b"
    r"|\b(?:period of performance|(?:performance|project|grant|award|funding) (?:period|term))\b"
    r".{0,40}\b(?:through|until|end(?:s|ing)?)\b)"
    r"|(?P<start>(?<!application\s)(?<!submission\s)(?<!registration\s)"
    r"\b(?:(?:anticipated|estimated|expected|earliest|project|award|grant) ){0,3}start(?:ing)? dates?\b"
    rf"|{_PROJECTS} (?:periods? )?(?:\w{{1,12}} ){{0,5}}?(?:start(?:s|ing)?|begin(?:s|ning)?|commences?)\b"
    r"(?= (?:on|by|in|no|not|between|from|around|about|approximately|as|after|before|effective)\b|\W{0,4}$)"
    r"|\b(?:period of performance|(?:performance|project|grant|award|funding) (?:period|term))\b"
    r"(?!.{0,40}\b(?:through|until|end(?:s|ing)?)\b))"
    r"|(?P<award>\b(?:award|grant|winner|grantee|awardee|recipient|finalist|applicant|funding decision)s?"
    r" (?:\w{1,12} ){0,3}(?:announce|notif|select)\w{0,12}|\bnotif\w{1,10} of (?:award|funding|selection)"
    r"|\b(?:anticipated|estimated|expected) (?:\w{1,12} )?award dates?|\baward (?:dates?|decisions?|letters))"
    r"|(?P<none>\b(?:webinars?|workshops?|information(?:al)? sessions?|conferences?|office hours|questions|comments?"
    r"|(?:start|end)(?:ing)? dates?|begin(?:s|ning)?"
    r"|inquir(?:y|ies)|regist(?:er|ration)|technical assistance|degrees?|(?:not eligible|ineligible) to apply"
    r"|reports?|meetings?|interviews?|site visits?|(?:last|previous) (?:year|round|cycle)|fiscal year|review(?:ed|s)?"
    r"|enacted|established|founded|signed|born|dated|effective(?: as of| on)?|original(?:ly)?|formerly"
    r"|(?:start|begin|began|commence)(?:s|ed)? (?:(?:no|not) (?:sooner|earlier|later)|(?:on or )?before)"
    r"|(?:could|may|might) close|(?:due|closing) dates? after|(?:issued|published|released) (?:after|before)"
    r"|(?:projects?|actions?|work|activities|construction|agreements?|contracts?|funds|costs) (?:\w{1,14} ){0,4}"
    r"(?:executed|closed out|spent|expended|obligated|incurred))\b)"
    r"|(?P<open>\b(?:applications?|proposals?|submissions?|portal|competition|cycle|round) (?:\w{1,12} ){0,3}"
    r"(?:opens?\b|opened|available)|\bopens\b|\bopening date|\bopening of (?:the )?(?:call|submissions?)|\bcall opening"
    r"|\bopen (?:[\w-]{1,12},? ){0,5}from\b)"
    r"|(?P<post>\b(?:notice|announcement|opportunity|solicitation|RFP|NOFO) (?:\w{1,12} ){0,3}"
    r"(?:posted|published|issued|released)|\b(?:release|post(?:ed|ing)?|publication|issue) date"
    r"|^\W{0,6}(?:date )?(?:posted|published|issued|released)\b|\bdate of (?:notice(?! (?:to|of)\b)|publication)\b"
    r"|\bpublication of (?:the|this) (?:call|notice|announcement|solicitation)\b)"
    r"|(?P<application>\b(?:(?:full|final|grant|completed|step-?2) )?(?:applications?|proposals?|submissions?"
    r"|nominations?)\b|\bapply\b)"
)
DUE = cue(
    r"\b(?:due|deadlines?|cut-?offs?|clos(?:es?|ed|ing)|no later than|not later than|on or before|before|until|through"
    r"|submit(?:ted)?|transmittal|receiv(?:ed?|ing)|accept(?:ed|ing)?|by)\b"
)
DEADLINE = cue(
    r"\b(?:due|deadlines?|cut-?off(?: date)?|closing date|closes?|submit"
    r"|open (?:[\w-]{1,12} ){0,2}(?:until|through|till)"
    r"|(?:appl(?:y|ied)|submit(?:ted)?|receiv(?:ed?|ing)|postmarked) (?:[^.;]{0,60} )?"
    r"(?:(?:no|not) later than|on or before))\b"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
UNTIL = cue(
    rf"\s{{0,3}}(?:extended )?(?:-|–|—|to|through|until)\s{{0,3}}{_WEEKDAY}"
    r"|,? and (?:\w{1,8} ){0,2}(?:end(?:s|ing)?|completed|conclude)"
    r"(?: (?:by|on|(?:no|not) later than|on or before))? "
)
ALSO = cue(rf"\s{{0,3}}[,;&]?\s{{0,3}}(?:and|or)?\s{{0,3}}(?:(?:no|not) later than )?{_WEEKDAY}")
