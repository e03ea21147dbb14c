"""The separate things that one priority asks to address: list items, or the clauses of one long sentence."""

import re
from collections.abc import Iterator

from matcher.domain.evidence import Span
from matcher.notices.wording import cue, plain
from matcher.text.sentences import sentence_spans

_MARKER = re.compile(
    r"(?:(?:^|\n)\s{0,40}(?:(?P<bullet>[-*·])|(?P<line_number>\d{1,2})[.)]|(?P<line_letter>[a-z])[.)])"
    r"|(?<![^\s;:—])\((?:(?P<letter>[a-z])|(?P<number>\d{1,2}))\))\s{1,8}(?=\S)"
    r"|(?P<dot>[•▪‣●○◦])\s{0,8}(?=\w)"
)
_LEAD_INS = (
    cue(r"\bhow (?:\S{1,30} ){1,5}?(?:will|would|plans? to|intends? to|proposes? to) "),
    cue(r": "),
    cue(r"\b(?:must|should|shall|will|may) (?:(?:include|address|demonstrate|describe|propose) |be designed to )?"),
)
"""The words before the first thing asked for; the earlier entry is the surer sign."""
_JOINT = cue(r"(?:and/or|and|or|as well as|to) ")
_MEANS = cue(
    r"(?:build(?:s|ing)? (?:up)?on|draw(?:s|ing)? on|expand(?:s|ing)? on|leverag(?:e|es|ing)|us(?:e|es|ing)"
    r"|partner(?:s|ing)? with|work(?:s|ing)? with|collaborat(?:e|es|ing) with) "
)
_END = cue(
    r" to (?=(?:create|build|develop|establish|improve|increase|expand|provide|help|ensure|support|enable|offer|give"
    r"|reach|reduce|close|raise|strengthen|advance|promote|prepare|accelerate|deliver|design|implement)\b)"
)
_TRAILING = " \n\r\t\u00a0.;,:—–-"
_FEWEST_WORDS_OF_MEANS, _FEWEST_WORDS_OF_END = 4, 8


def element_spans(text: str, statement: Span) -> tuple[Span, ...]:
    """Return the elements of a priority's `statement`, in order; none where it asks for one thing only.

    An element keeps its commas and its alternatives: only list marks and semicolons separate elements. A long clause
    that names a foundation and what is to be made of it ("build on A to create B") is two.
    """
    words = plain(statement.of(text))
    spans = _listed(words) or _clauses(words)
    trimmed = (_trimmed(words, span) for span in spans)
    return tuple(Span(statement.start + span.start, statement.start + span.end) for span in trimmed if span)


def _listed(words: str) -> list[Span]:
    """Return the items of the first list whose marks run on (a, b, c or 1, 2, 3); a list within an item stays in it."""
    marks = list(_MARKER.finditer(words))
    if not marks:
        return []
    style = marks[0].lastgroup or ""
    items: list[re.Match[str]] = []
    for mark in marks:
        if mark.lastgroup == style and (style in ("bullet", "dot") or _follows(mark[style], len(items))):
            items.append(mark)
    if len(items) < 2:
        return []
    ends = [*(item.start() for item in items[1:]), _end_of_block(words, items[-1].end())]
    return [Span(item.end(), end) for item, end in zip(items, ends, strict=True)]


def _follows(label: str, count: int) -> bool:
    return label in (str(count + 1), chr(ord("a") + count))


def _end_of_block(words: str, start: int) -> int:
    blank_line = re.compile(r"\n\s{0,200}\n").search(words, start)
    return blank_line.start() if blank_line else len(words)


def _clauses(words: str) -> list[Span]:
    """Return the semicolon clauses of the sentence that has most of them."""
    best: list[Span] = []
    for sentence in sentence_spans(words):
        clauses = list(_semicolon_parts(words, sentence))
        if len(clauses) > max(1, len(best)):
            best = clauses
    if not best:
        return []
    first = _without_lead_in(words, best[0])
    return [part for clause in [first, *best[1:]] for part in _means_and_end(words, clause)]


def _semicolon_parts(words: str, sentence: Span) -> Iterator[Span]:
    start, depth = sentence.start, 0
    for index in range(sentence.start, sentence.end):
        letter = words[index]
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif letter == ";" and not depth:
            yield Span(start, index)
            start = index + 1
    yield Span(start, sentence.end)


def _without_lead_in(words: str, clause: Span) -> Span:
    found = (lead_in.search(words, clause.start, clause.end) for lead_in in _LEAD_INS)
    first = next(filter(None, found), None)
    return Span(first.end(), clause.end) if first else clause


def _means_and_end(words: str, clause: Span) -> Iterator[Span]:
    means = _trimmed(words, clause)
    if means and _MEANS.match(words, means.start, means.end):
        for end in _END.finditer(words, means.start, means.end):
            before, after = words[means.start : end.start()], words[end.end() : means.end]
            is_open = before.count("(") > before.count(")")
            long_enough = len(before.split()) >= _FEWEST_WORDS_OF_MEANS and len(after.split()) >= _FEWEST_WORDS_OF_END
            if long_enough and not is_open:
                yield Span(means.start, end.start())
                yield Span(end.end(), means.end)
                return
    yield clause


def _trimmed(words: str, span: Span) -> Span | None:
    """Return `span` without the joints and marks at its ends, or None if nothing remains."""
    start, end = span.start, span.end
    while start < end and words[start] in _TRAILING:
        start += 1
    joint = _JOINT.match(words, start, end)
    if joint:
        start = joint.end()
    end = start + len(words[start:end].rstrip(_TRAILING))
    for joint_word in ("; and", "; or", ", and", ", or"):
        if words[start:end].endswith(joint_word):
            end = start + len(words[start : end - len(joint_word)].rstrip(_TRAILING))
    return Span(start, end) if start < end else None
