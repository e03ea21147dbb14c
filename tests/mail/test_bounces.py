"""Reports of mail servers and of readers, as they are really written."""

import pytest

from matcher.errors import DocumentRejected
from matcher.mail.bounces import MAXIMUM_BYTES, Bounce, read_report

MESSAGE_ID = "<digest.1@example.org>"


def report(
    *recipients: str, action: str = "failed", status: str = "5.1.1", returned: str = "text/rfc822-headers"
) -> bytes:
    blocks = "\n\n".join(
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; 550 {status}\n no such user"
        for recipient in recipients
    )
    return (
        (
            "From: MAILER-DAEMON@mx.example.org\nMIME-Version: 1.0\n"
            'Content-Type: multipart/report; report-type="delivery-status"; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nSorry.\n\n"
            f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n{blocks}\n\n"
            f"--b\nContent-Type: {returned}\n\nTo: a@example.org\nMessage-ID: {MESSAGE_ID}\n\n--b--\n"
        )
        .replace("\n", "\r\n")
        .encode()
    )


COMPLAINT = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
    b"--b\r\nContent-Type: text/plain\r\n\r\nThis is spam.\r\n\r\n"
    b"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n"
    b"Original-Rcpt-To: <Cross@example.org>\r\n\r\n"
    b"--b\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Message-ID: <digest.1@example.org>\r\nTo: Cross@example.org\r\n\r\nhi\r\n"
    b"--b--\r\n"
)


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_each_recipient_of_a_failure_is_told_with_the_servers_words_and_the_mail(returned: str) -> None:
    found = read_report(report("Officer@Example.org", "treasurer@example.org", returned=returned))
    words = "smtp; 550 5.1.1 no such user"
    assert found == [
        Bounce("officer@example.org", True, False, words, MESSAGE_ID),
        Bounce("treasurer@example.org", True, False, words, MESSAGE_ID),
    ]


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")])
def test_only_a_permanent_failure_is_for_good(action: str, status: str) -> None:
    (found,) = read_report(report("officer@example.org", action=action, status=status))
    assert not found.is_permanent


def test_a_complaint_is_for_good() -> None:
    assert read_report(COMPLAINT) == [Bounce("cross@example.org", True, True, "reported as abuse", MESSAGE_ID)]


def test_a_report_without_the_mail_names_no_message() -> None:
    content = report("officer@example.org").replace(b"text/rfc822-headers", b"text/plain")
    assert read_report(content)[0].message_id is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: hello\r\n\r\nhello",
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b--\r\n',
        report(),
        report("nobody"),
        b"x" * (MAXIMUM_BYTES + 1),
    ],
)
def test_what_is_no_report_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentRejected):
        read_report(content)
