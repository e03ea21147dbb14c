"""What a sentence of a notice asks for, without the clauses that only qualify it."""

import re

_PARENTHESIS = re.compile(r"\s*\([^()]*\)")
_QUALIFIER = re.compile(
    r"[,;]?\s+(?:(?:that|which)\s+(?:is|are)\s+)?"
    r"(?:aligned\s+(?:with|to)|consistent\s+with|in\s+(?:accordance|compliance|alignment)\s+with|pursuant\s+to|subject\s+to|"
    r"as\s+(?:defined|described|specified|required|set\s+forth|set\s+out|authorized)\s+(?:in|by|under))\b.*",
    re.IGNORECASE | re.DOTALL,
)
_LEAST_WORDS = 5


def core_of(text: str) -> str:
    """Return the text without parentheses and without a closing qualification ("… aligned with the standards of …").

    Notices bind every wish to standards and definitions, whose words drown the wish when the two are compared with a
    proposal. A text that would keep fewer than five words stays as it is.
    """
    core = _QUALIFIER.sub("", _PARENTHESIS.sub("", text)).strip()
    return core if len(core.split()) >= _LEAST_WORDS else text
