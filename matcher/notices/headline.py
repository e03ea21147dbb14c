"""What identifies a prose notice: its title, the agency behind it, its numbers, and an identifier made of them."""

import hashlib
import re
import unicodedata

from matcher.notices.page import Page, shorter
from matcher.notices.wording import cue, plain
from matcher.text.layout import collapsed

_LONGEST_TITLE = 120
_LONGEST_SLUG = 60
_TITLE_LABEL = cue(
    r"[\W_]{0,4}(?:(?:funding )?opportunity title|(?:program|project|grant|competition) (?:name|title)"
    r"|title)[*_]{0,2}:[*_]{0,2} ?(?P<value>\S[^\n]{2,200})"
)
_AGENCY_LABEL = cue(
    r"[\W_]{0,4}(?:(?:funding |federal |awarding |issuing |sponsoring )?agency(?: name)?|funder|sponsor|grantmaker"
    r"|issued by|offered by|funded by)[*_]{0,2}:[*_]{0,2} ?(?P<value>\S[^\n]{2,200})"
)
_NUMBER_LABEL = cue(
    r"\b(?:(?:funding )?opportunity (?:announcement )?number|(?:FOA|NOFO|NOFA|RFP|RFA|solicitation|announcement)"
    r" (?:number|no\.?|#))[\W_]{1,4}(?P<value>[A-Z\d][\w./-]{2,39})"
)
_LISTING = cue(
    r"\b(?:assistance listings?|CFDA|ALN)(?: \(?(?:ALN|numbers?"
    r"|nos?\.?)\)?){0,2}[\W_]{1,4}(?P<value>\d{2}\.[A-Z\d]{2,3})\b"
)
_NAME_WORD = r"(?:[A-Z][\w&.'’-]{0,30}|U\.S\.)"
_JOINED = rf"{_NAME_WORD}(?:(?:,? (?:and|of|for|the|on|&) (?:the )?|, (?:and )?| ){_NAME_WORD}){{0,6}}"
_PUBLIC = re.compile(
    (
        rf"(?:(?:U\.?S\.?|United States|Federal|{_NAME_WORD}(?: State)?) )?"
        r"(?:Department|Ministry|Office|Bureau|Administration|Institutes?|Commission|Corporation|Endowment"
        r"|Agency|Council)"
        rf" (?:of|for|on) (?:the )?{_JOINED}"
    ).replace(" ", r"\s{1,3}")
)
_NAMED = re.compile(
    (
        rf"(?:{_NAME_WORD} ){{1,5}}"
        r"(?:(?P<giver>Foundation|Endowment|Philanthropies|Agency|Authority|Commission|Corporation|Department"
        r"|Administration)|Trust|Council|Institute|Fund|Service)\b"
        rf"(?: (?:for|of) (?:the )?{_JOINED})?"
    ).replace(" ", r"\s{1,3}")
)
_ACTS = cue(
    r"(?:\)?,? (?:\([A-Z]{2,8}\) )?(?:is|are|will|has|invites?|announces?|seeks?|offers?|awards?|accepts?|provides?"
    r"|supports?|requests?|welcomes?|today|plans?)\b)"
)
_PRIVATE_GIVERS = frozenset({"Foundation", "Endowment", "Philanthropies"})
_ARTICLE = re.compile(r"(?:the|this|a|an|our|for|by|from|in|at|of|and)\s+", re.IGNORECASE)


def notice_title(page: Page) -> str:
    """Return the title: the one that a label names, or the first line, or the beginning of the first sentence."""
    for block in page.blocks:
        match = _TITLE_LABEL.match(block.words.split("\n", 1)[0])
        if match:
            return collapsed(block.span.of(page.text)[match.start("value") : match.end("value")]).strip("*_ ")
    if page.title:
        labeled = _TITLE_LABEL.match(page.title)
        return labeled["value"] if labeled else page.title
    return shorter(page.sentences[0].span.of(page.text), _LONGEST_TITLE) if page.sentences else ""


def agency_name(page: Page) -> str | None:
    """Return who gives the money: the name behind a label, or else the first name that acts, or the first one."""
    for sentence in page.sentences:
        match = _AGENCY_LABEL.match(sentence.words)
        if match:
            return collapsed(match["value"]).strip("*_ .|")
    found = [match for sentence in page.sentences for match in _agencies(sentence.words)]
    acting = (name for name, acts in found if acts)
    return next(acting, next((name for name, _ in found), None))


def _agencies(words: str) -> list[tuple[str, bool]]:
    """Return the names of agencies and foundations in a sentence, each with whether it does something there.

    A "Fund" or "Council" is often a program or a guest: it counts only if it acts.
    """
    public = list(_PUBLIC.finditer(words))
    taken = {offset for match in public for offset in range(*match.span())}
    named = [match for match in _NAMED.finditer(words) if taken.isdisjoint(range(*match.span()))]
    kept = public + [match for match in named if _is_giver(match) or _acts(words, match)]
    return [(_bare(match.group()), _acts(words, match)) for match in sorted(kept, key=lambda match: match.start())]


def _is_giver(match: re.Match[str]) -> bool:
    return match["giver"] in _PRIVATE_GIVERS or (match["giver"] is not None and len(match.group().split()) > 2)


def _acts(words: str, match: re.Match[str]) -> bool:
    return match.group().endswith("'s") or _ACTS.match(words, match.end()) is not None


def _bare(name: str) -> str:
    """Return a name without the possessive and the little word before it."""
    bare = collapsed(name)
    while article := _ARTICLE.match(bare):
        bare = bare[article.end() :]
    return re.sub(r"'s?$", "", bare).rstrip(" .,")


def opportunity_number(page: Page) -> str | None:
    """Return the number that the funder prints on the notice, if it is labelled as one."""
    found = (_NUMBER_LABEL.search(sentence.words) for sentence in page.sentences)
    match = next(filter(None, found), None)
    return match["value"].rstrip(".-/") if match else None


def assistance_listing_numbers(page: Page) -> tuple[str, ...]:
    """Return the labelled assistance listing numbers, such as 84.416."""
    return tuple(
        dict.fromkeys(match["value"] for sentence in page.sentences for match in _LISTING.finditer(sentence.words))
    )


def prose_id(title: str, agency: str | None) -> str:
    """Return an identifier of title and agency alone, so that an amended text keeps it."""
    folded = unicodedata.normalize("NFKD", plain(title)).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:_LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(f"{agency or ''}\n{title}".casefold().encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug or 'notice'}-{digest[:8]}"
