import email
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import pytest

from matcher.errors import InputRejected
from matcher.mail.calendar import deadlines_calendar
from matcher.mail.message import build_message
from matcher.mail.rendering import RenderedMail, render_digest
from tests.samples import DIGEST, LINKS, band

from .hostile import hostile

RENDERED = render_digest(DIGEST, LINKS, band)
CALENDAR = deadlines_calendar(DIGEST)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-ID", "List-Unsubscribe",
    "List-Unsubscribe-Post", "MIME-Version", "Content-Type",
}  # fmt: skip


def built(rendered: RenderedMail = RENDERED, **changes: Any) -> EmailMessage:  # noqa: ANN401 - any argument of build_message
    arguments = {
        "sender": "Funding Digest <digest@example.org>",
        "recipient": "grants@example.org",
        "message_id": "<2026-W47.s1@example.org>",
        "date": datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        "unsubscribe_url": LINKS.unsubscribe_url,
        "calendar": CALENDAR,
    }
    return build_message(rendered, **(arguments | changes))


def parsed(message: EmailMessage) -> EmailMessage:
    """Return what a reader on the other side makes of the bytes."""
    return email.message_from_bytes(message.as_bytes(), policy=SMTP)


def test_text_html_and_calendar_come_back_as_they_went_in() -> None:
    message = parsed(built())
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == RENDERED.text
    assert message.get_body(("html",)).get_content().replace("\r\n", "\n") == RENDERED.html
    (calendar,) = message.iter_attachments()
    assert calendar.get_payload(decode=True) == CALENDAR
    assert (calendar["Content-Type"].params["method"], calendar.get_filename()) == ("PUBLISH", "deadlines.ics")


def test_without_deadlines_nothing_is_attached() -> None:
    assert list(parsed(built(calendar=None)).iter_attachments()) == []


def test_headers_say_who_when_and_that_a_machine_wrote_it() -> None:
    message = parsed(built())
    assert message["From"].addresses[0].addr_spec == "digest@example.org"
    assert message["From"].addresses[0].display_name == "Funding Digest"
    assert message["To"] == "grants@example.org"
    assert message["Subject"] == RENDERED.subject
    assert message["Date"].datetime == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert message["Message-ID"] == "<2026-W47.s1@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-ID"] == "Funding digest <funding-digest.example.org>"


def test_unsubscription_takes_one_click() -> None:
    message = parsed(built())
    assert message["List-Unsubscribe"] == f"<{LINKS.unsubscribe_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_an_address_to_post_to_no_unsubscription_is_promised() -> None:
    message = built(unsubscribe_url=None)
    assert message["List-Unsubscribe"] is None
    assert message["List-Unsubscribe-Post"] is None


def test_a_long_unsubscription_address_stays_readable_to_machines() -> None:
    url = "https://matcher.example.org/unsubscribe/" + "t" * 600
    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in built(unsubscribe_url=url).as_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "mailto:leave@example.org",
        "https://example.org/x\r\nBcc: everybody@example.org",
        "https://example.org/>, <https://other.example.org",
        "https://example.org/jardín",
        "https://example.org/" + "t" * 1_000,
    ],
)
def test_an_unsubscription_address_that_breaks_a_header_is_refused(url: str) -> None:
    with pytest.raises(InputRejected, match=r"unsubscribe_url: .* cannot stand in a mail header"):
        built(unsubscribe_url=url)


@pytest.mark.parametrize("field", ["sender", "recipient"])
def test_an_address_with_a_line_break_is_refused(field: str) -> None:
    with pytest.raises(InputRejected, match=f"{field}: .*line break"):
        built(**{field: "a@example.org\r\nBcc: everybody@example.org"})


@pytest.mark.parametrize(
    "message_id", ["", "x@example.org", "<x>", "<a b@example.org>", "<a@b>\r\nBcc: c@d", "<" + "x" * 300 + "@b>"]
)
def test_a_malformed_message_id_is_refused(message_id: str) -> None:
    with pytest.raises(InputRejected, match=r"Message-ID: .* is no message identifier"):
        built(message_id=message_id)


def test_a_date_without_a_time_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        built(date=datetime(2026, 11, 23, 8, 0))


@hostile
def test_hostile_words_add_no_header_and_no_part(text: str) -> None:
    printable = text.encode("utf-8", "replace").decode()
    message = parsed(built(replace(RENDERED, subject=text, text=printable, html=printable)))
    assert set(message.keys()) == HEADERS
    assert len(message.get_all("To")) == 1
    assert len(list(message.walk())) == 5
    assert len(message["Subject"]) <= 120
    assert [part.defects for part in message.walk()] == [[]] * 5


def test_no_line_on_the_wire_is_too_long_or_beyond_ascii() -> None:
    words = "w" * 10_000 + " 🌱é"
    lines = built(replace(RENDERED, subject=words, text=words, html=words)).as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 78
    assert all(line.isascii() for line in lines)


def test_a_long_address_survives_the_wire() -> None:
    address = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.example.org"
    assert parsed(built(recipient=address))["To"].addresses[0].addr_spec == address


def test_equal_arguments_give_equal_bytes() -> None:
    assert built().as_bytes() == built().as_bytes()
