"""What a page carries besides the notice: menus, banners, share buttons, log-in prompts and other people's comments."""

import re

from matcher.domain.evidence import Span
from matcher.notices.wording import cue, plain, trimmed

_COMMENTS_BEGIN = cue(
    r"(?:\d{1,2}\.\s{1,4})?(?:"
    r"\d{1,5} (?:thoughts?|comments?|responses?|repl(?:y|ies))(?: (?:on|to)\b.*)?"
    r"|(?:leave|post|add|write) (?:a|your) (?:reply|comment)\b.*"
    r"|comments? ?\(\d{1,5}\)|comments are closed\b.*"
    r"|(?:log|sign) ?in to (?:leave|post|add|reply|comment)\b.*"
    r"|join the (?:conversation|discussion)\b.*"
    r"|(?:pingbacks?|trackbacks?)\b.*"
    r"|.{1,60} (?:says|said|wrote):"
    r")"
)
_ONE_LINE = cue(
    r"(?:log|sign) ?-?(?:in|out|up|on)(?: (?:with|using|here|now|or|to|/)\b.*)?|register"
    r"|(?:share|tweet|print|e-?mail)(?: (?:this|on|via|it|to)\b.*)?:?"
    r"|follow (?:us|me|@).*|like (?:this|us|loading)\b.*|subscribe(?: (?:to|for|via)\b.*)?"
    r"|sign up (?:for|to receive) (?:our|the|e-?mail|news)\b.*"
    r"|fill in your details\b.*|you are commenting using\b.*|notify me of\b.*|your e-?mail address will not\b.*"
    r"|required fields are\b.*|save my name\b.*|(?:name|e-?mail|website) ?\*?"
    r"|connecting to .*|.{0,80}(?:%[sd]|\{\{.{0,40}\}\})\W*"
    r"|(?:we|this (?:web)?site|our (?:web)?site|by (?:continuing|using|clicking))\b.{0,160}\bcookies\b.*"
    r"|(?:accept|reject|manage|allow)(?: all)? cookies\b.*"
    r"|(?:cookie|privacy) (?:policy|settings|notice|preferences)\b.*"
    r"|terms of (?:use|service)\b.*|©.*|\(c\) \d{4}\b.*|copyright\b.{0,80}|all rights reserved\.?"
    r"|(?:proudly )?powered by .*"
    r"|skip to (?:main )?(?:content|navigation)|(?:main )?menu|search(?: for:?| this site)?|home|close"
    r"|toggle navigation"
    r"|back to top|next|previous|read more.{0,3}|continue reading\b.*|loading\W*|advertisements?|report this ad"
    r"|home (?:›|»|>|/|\|) .*"
    r"|(?:posted|filed) (?:in|by|under)\b.*|written by\b.*|tagged\b.*|tags:.*|(?:leave a )?comments?|repl(?:y|ies)"
    r"|(?:older|newer|previous|next) (?:posts?|entry|article)\b.*"
    r"|(?:recent|related) (?:posts|articles|comments|stories)"
    r"|you (?:may|might) also (?:like|be interested in)\b.*"
    r"|an official website of\b.*|here's how you know\b.*|official websites use\b.*|(?:a|secure) \.gov websites?\b.*"
    r"|(?:please )?(?:enable )?javascript\b.*"
)
_SITES = frozenset({
    "wordpress", "facebook", "twitter", "google", "google+", "linkedin", "instagram", "youtube", "pinterest",
    "reddit", "tumblr", "whatsapp", "rss", "telegram", "mastodon", "bluesky", "threads", "snapchat", "tiktok",
    "vimeo", "flickr",
})  # fmt: skip
_SITE_WORDS = frozenset({
    "com", "logo", "photo", "picture", "icon", "page", "share", "on", "feed", "account", "email", "print", "x", "and",
})  # fmt: skip
_WORD = re.compile(r"[a-z]+\+?")
_LINE = re.compile(r"[^\n]+")
_LONGEST_CUE = 400
_PARAGRAPH = 120
"""A line this long is prose: page counters and links above it do not begin the comments."""


def content_lines(text: str) -> tuple[Span, ...]:
    """Return the lines of `text` that belong to the notice, without white space at their ends and empty ones."""
    lines: list[Span] = []
    seen_prose = False
    for match in _LINE.finditer(text):
        line = trimmed(text, *match.span())
        if line is None:
            continue
        words = plain(line.of(text))
        if seen_prose and _matches(_COMMENTS_BEGIN, words):
            break
        if not (_matches(_ONE_LINE, words) or _matches(_COMMENTS_BEGIN, words) or _names_sites(words)):
            lines.append(line)
            seen_prose = seen_prose or len(words) >= _PARAGRAPH
    return tuple(lines)


def _matches(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= _LONGEST_CUE and pattern.fullmatch(line) is not None


def _names_sites(line: str) -> bool:
    """Whether a line holds nothing but names of social sites and what a button says about them."""
    words = set(_WORD.findall(line.lower())) if len(line) <= _LONGEST_CUE else set()
    return bool(words & _SITES) and words <= _SITES | _SITE_WORDS
