"""Proposals as text: questions that stand alone between blank lines, each followed by its answer."""

import re
from collections.abc import Iterator

from matcher.domain.evidence import Span
from matcher.proposals.blocks import blocks_of
from matcher.proposals.fields import SUMMARY, Field
from matcher.proposals.preamble import preamble_fields
from matcher.text.layout import collapsed
from matcher.text.sentences import sentence_spans

LEAST_QUESTIONS = 2
"""One question may be rhetorical; a form asks at least two."""
_QUESTION_WORDS = 80
_NUMBERING = re.compile(r"(?:(?:question|q)\s*\d*\s*[.:)]\s*|\(?\d{1,2}[.):]\s*|[-*•#]+\s*|\*\*)+", re.IGNORECASE)
_INTERROGATIVE = re.compile(
    r"(?:(?:approximately|about|(?:in|on|at|by|for|to|with|from|of) )?\s*"
    r"(?:what|how|which|who|whom|whose|where|when|why)|do|does|did|is|are|was|were|has|have|will|can|could|would|should)"
    r"\b(?! if\b)",
    re.IGNORECASE,
)
_IMPERATIVE = re.compile(
    r"(?:(?:in|using) [^.?!]{3,60}, )?(?:please|briefly|describe|explain|list|identify|summari[sz]e|outline|discuss"
    r"|tell us|indicate|specify)\b",
    re.IGNORECASE,
)
_OF_THE_APPLICANT = re.compile(r"\b(?:we|our|us|my|I)\b")
_TO_THE_APPLICANT = re.compile(r"\byou(?:r|rs)?\b", re.IGNORECASE)


def question_fields(text: str) -> tuple[Field, ...]:
    """Read a text as questions and answers; empty if it holds fewer than two questions.

    A text before the first question is its summary. A question without an answer is left out.
    """
    within = Span(0, len(text))
    blocks = blocks_of(text, within)
    questions = [question for block in blocks if (question := _question_in(text, block))]
    if len(questions) < LEAST_QUESTIONS:
        return ()
    before = [block for block in blocks if block.start < questions[0].start]
    return (*preamble_fields(text, before, SUMMARY), *_answered(text, questions))


def _answered(text: str, questions: list[Span]) -> Iterator[Field]:
    ends = [question.start for question in questions[1:]] + [len(text)]
    for question, end in zip(questions, ends, strict=True):
        field = Field.of_text(_worded(question.of(text)), text, Span(question.end, end))
        if field:
            yield field


def _worded(question: str) -> str:
    """Return the question without its number and without the marks of a format."""
    worded = collapsed(question)
    return worded[_end_of_numbering(worded) :].rstrip("*# ")


def _end_of_numbering(words: str) -> int:
    numbering = _NUMBERING.match(words)
    return numbering.end() if numbering else 0


def _question_in(text: str, block: Span) -> Span | None:
    """Return the question that is the block, or its first line."""
    words = block.of(text)
    if is_question(words):
        return block
    first_line = words.partition("\n")[0].rstrip()
    if first_line.rstrip("*").endswith(("?", ":")) and is_question(first_line):
        return Span(block.start, block.start + len(first_line))
    return None


def is_question(words: str) -> bool:
    """Whether every sentence of `words` asks the applicant for something, and none speaks as the applicant ("we")."""
    words = words[_end_of_numbering(words) :]
    if not words or len(words.split()) > _QUESTION_WORDS:
        return False
    if _OF_THE_APPLICANT.search(words) and not _TO_THE_APPLICANT.search(words):
        return False
    return all(_asks(span.of(words)) for span in sentence_spans(words))


def _asks(sentence: str) -> bool:
    if _IMPERATIVE.match(sentence):
        return True
    ends_asking = sentence.rstrip("*\"'”’) ").endswith("?")
    return ends_asking and _INTERROGATIVE.match(sentence) is not None
