"""What is found when an installation is looked over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be.

    `rule` names what was broken in one word, `subject` the row or file that is meant, `found` says what is wrong, and
    `advice` what to do next. `key` is the primary key of the row where it can be made anew from what else is stored.
    """

    rule: str
    subject: str
    found: str
    advice: str
    key: tuple[str, ...] = ()
