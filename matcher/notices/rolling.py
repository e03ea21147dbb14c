"""Whether a prose notice takes applications at any time."""

from matcher.notices.page import Page
from matcher.notices.wording import cue

_ROLLING = cue(
    r"\brolling (?:basis|deadline|admission|application|review|submission)s?|\b(?:deadlines?|due dates?):? rolling\b"
)
_ANY_TIME = cue(
    r"\b(?:ongoing|at any ?time|any ?time of (?:the )?year|(?:accepted|submitted|taken) any ?time|year-? ?round"
    r"|continuous(?:ly)?|no (?:application )?deadlines?|open until (?:all )?(?:funds|funding))\b"
)
_APPLICATION = cue(
    r"\b(?:applications?|proposals?|deadlines?|due dates?|letters of (?:inquiry|intent)|LOIs?|apply"
    r"|applicants? may)\b"
)
_TAKEN = cue(
    r"\b(?:accept(?:s|ed|ing)?|submit(?:ted)?|receiv(?:e|ed|ing)|open|apply|deadlines?|due dates?|review(?:s"
    r"|ed)?|taken|invited)\b"
)
_SOMETHING_ELSE = cue(
    r"\b(?:not|never|no longer|rather than|withdraw\w{0,5}|cancel\w{0,6}|terminat\w{0,6}|amend\w{0,6}|chang\w{0,4}"
    r"|question)s?(?: \S{1,20}){0,8}? (?:rolling|ongoing|at any ?time|year-?round|continuous)"
)


def is_rolling(page: Page) -> bool:
    """Return whether a sentence says that applications are taken at any time, in whatever words."""
    for sentence in page.sentences:
        words = sentence.words
        if _SOMETHING_ELSE.search(words):
            continue
        taken_any_time = _ANY_TIME.search(words) and _APPLICATION.search(words) and _TAKEN.search(words)
        if taken_any_time or _ROLLING.search(words):
            return True
    return False
