"""What a mail server's answer means for the mail that it answers."""

import smtplib

from matcher.mail.errors import DeliveryDeferred, DeliveryImpossible, DeliveryRefused

_FIRST_PERMANENT_CODE = 500
"""Codes from here on are permanent, lower ones pass (RFC 5321, section 4.2.1)."""


def explained(
    error: smtplib.SMTPException | OSError, server: str, recipient: str
) -> DeliveryRefused | DeliveryDeferred | DeliveryImpossible:
    """Return our error for one of smtplib or of the network, with the server's own code and words.

    A permanent answer counts against the recipient only where it is about the recipient or the message; one about the
    log-in or the sender would be the same for everybody.
    """
    code, words = _answer(error)
    if isinstance(error, smtplib.SMTPNotSupportedError) or _is_permanent(code):
        if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
            return DeliveryRefused(
                f"{server} refused the mail for good: {words}. It is not sent again; check the address with the person "
                "who gave it",
                source=recipient,
            )
        return DeliveryImpossible(
            f"{server} takes no mail from this installation: {words}. Check the user name, the password, the sender "
            f"address and the security that are set; the mail to {recipient} waits until then."
        )
    happened = "was not reached or fell silent" if code is None else "asked to wait"
    return DeliveryDeferred(f"{server} {happened}: {words}. The mail to {recipient} is sent at the next attempt.")


def _is_permanent(code: int | None) -> bool:
    return code is not None and code >= _FIRST_PERMANENT_CODE


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
