"""What a mail server's answer means for the mail that it answers."""

import re
import smtplib

from matcher.mail.errors import DeliveryDeferred, DeliveryImpossible, DeliveryRefused, MessageRefused, ServerSilent

_PERMANENT_CODES = range(500, 600)
"""All others pass (RFC 5321, section 4.2.1): a code that SMTP does not have is no reason to give a mail up."""

# RFC 3463: classes 3, 6 and 7 are about the system, the content and policy, not about the mailbox.
_ABOUT_THE_MESSAGE = re.compile(r"\d{3} 5\.[367]\.\d+")


def explained(
    error: smtplib.SMTPException | OSError, server: str, recipient: str
) -> DeliveryRefused | MessageRefused | DeliveryDeferred | DeliveryImpossible:
    """Return our error for one of smtplib or of the network, with the server's own code and words.

    A permanent answer counts against the recipient, unless the server itself says (RFC 3463) that it is about the
    message; one about the log-in or the sender would be the same for everybody.
    """
    code, words = _answer(error)
    if isinstance(error, smtplib.SMTPNotSupportedError) or _is_permanent(code):
        if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
            if _ABOUT_THE_MESSAGE.match(words):
                return MessageRefused(
                    f"{server} refused this mail for what it is: {words}. It is not sent again; the next one is tried",
                    source=recipient,
                )
            return DeliveryRefused(
                f"{server} refused the mail for good: {words}. It is not sent again; check the address with the person "
                "who gave it",
                source=recipient,
            )
        return DeliveryImpossible(
            f"{server} takes no mail from this installation: {words}. Check the user name, the password, the sender "
            f"address and the security that are set; the mail to {recipient} waits until then."
        )
    waits = f"{words}. The mail to {recipient} is sent at the next attempt."
    if code is None:
        return ServerSilent(f"{server} was not reached or fell silent: {waits}")
    return DeliveryDeferred(f"{server} asked to wait: {waits}")


def _is_permanent(code: int | None) -> bool:
    return code in _PERMANENT_CODES


def _answer(error: smtplib.SMTPException | OSError) -> tuple[int | None, str]:
    """Return the server's code, and code and words as one line; without an answer, None and what happened instead."""
    code: int
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return None, str(error).rstrip(".") or type(error).__name__
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return code, " ".join(f"{code} {text}".split()).rstrip(".")
