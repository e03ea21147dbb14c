"""The one mail that comes before the first digest: whether its reader wants it."""

from dataclasses import dataclass

from matcher.errors import InputRejected
from matcher.mail.cleaning import one_line, web_address
from matcher.mail.items import TITLE_LIMIT
from matcher.mail.rendering import RenderedMail, in_both_forms
from matcher.mail.subject import SUBJECT_LIMIT


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for, in words: what the digest is about, and when it comes; `days` is how long the link holds.

    Raises:
        InputRejected: The link is not http or https.
    """

    about: str
    schedule: str
    confirm_url: str
    days: int

    def __post_init__(self) -> None:
        if web_address(self.confirm_url) is None:
            raise InputRejected(f"{self.confirm_url!r} is no web address", source="confirm_url")


def render_question(question: Question) -> RenderedMail:
    """Put the question into words."""
    about = one_line(question.about, TITLE_LIMIT)
    subject = one_line(f"Please confirm: a weekly funding digest about {about}", SUBJECT_LIMIT)
    words = {
        "subject": subject,
        "about": about,
        "schedule": one_line(question.schedule, TITLE_LIMIT),
        "confirm_url": question.confirm_url,
        "days": question.days,
    }
    return in_both_forms("confirmation", words)
