import email
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from matcher.errors import InputRejected, RetryLater, Unrecoverable
from matcher.mail.calendar import deadlines_calendar
from matcher.mail.errors import DeliveryDeferred, DeliveryImpossible, DeliveryRefused, MessageRefused
from matcher.mail.message import build_message
from matcher.mail.rendering import render_digest
from matcher.mail.senders import FolderSender, SmtpSender
from tests.samples import DIGEST, LINKS, band

from .mail_servers import Mailbox, free_port, serving

RENDERED = render_digest(DIGEST, LINKS, band)


def mail_to(recipient: str = "grants@example.org", name: str = "2026-W47.s1") -> EmailMessage:
    return build_message(
        RENDERED,
        sender="Funding Digest <digest@example.org>",
        recipient=recipient,
        message_id=f"<{name}@example.org>",
        date=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        unsubscribe_url=LINKS.unsubscribe_url,
        calendar=deadlines_calendar(DIGEST),
    )


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def port(mailbox: Mailbox) -> Iterator[int]:
    with serving(mailbox) as served_port:
        yield served_port


@pytest.fixture
def sender(port: int) -> Iterator[SmtpSender]:
    with SmtpSender("127.0.0.1", port, security="none", timeout_seconds=5) as smtp_sender:
        yield smtp_sender


def test_the_server_receives_the_bytes_that_were_built(sender: SmtpSender, mailbox: Mailbox) -> None:
    sender.send(mail_to())
    (envelope,) = mailbox.delivered
    assert (envelope.mail_from, envelope.rcpt_tos) == ("digest@example.org", ["grants@example.org"])
    assert envelope.content == mail_to().as_bytes()
    received = email.message_from_bytes(envelope.content, policy=SMTP)
    assert received["Subject"] == RENDERED.subject
    assert received.get_body(("html",)).get_content().replace("\r\n", "\n") == RENDERED.html


def test_several_mails_share_one_connection(sender: SmtpSender, mailbox: Mailbox) -> None:
    for name in ("a", "b", "c"):
        sender.send(mail_to(name=name))
    assert len(mailbox.delivered) == 3
    assert len(mailbox.peers) == 1


def test_a_closed_sender_opens_a_new_connection(sender: SmtpSender, mailbox: Mailbox) -> None:
    sender.send(mail_to())
    sender.close()
    sender.send(mail_to())
    assert len(mailbox.delivered) == len(mailbox.peers) == 2


def test_a_recipient_refused_for_good_is_told_with_the_servers_words(sender: SmtpSender, mailbox: Mailbox) -> None:
    mailbox.recipient_answers["gone@example.org"] = "550 5.1.1 no such mailbox here"
    with pytest.raises(DeliveryRefused, match=r"gone@example\.org: .*550 5\.1\.1 no such mailbox here.*not sent again"):
        sender.send(mail_to("gone@example.org"))


def test_after_a_refusal_the_next_recipient_is_served_over_the_same_connection(
    sender: SmtpSender, mailbox: Mailbox
) -> None:
    mailbox.recipient_answers["gone@example.org"] = "550 no such mailbox here"
    sender.send(mail_to("first@example.org"))
    with pytest.raises(DeliveryRefused):
        sender.send(mail_to("gone@example.org"))
    sender.send(mail_to("last@example.org"))
    assert [envelope.rcpt_tos for envelope in mailbox.delivered] == [["first@example.org"], ["last@example.org"]]
    assert len(mailbox.peers) == 1


def test_a_full_mailbox_is_tried_later(sender: SmtpSender, mailbox: Mailbox) -> None:
    mailbox.recipient_answers["grants@example.org"] = "451 4.2.2 try again later"
    with pytest.raises(DeliveryDeferred, match=r"asked to wait: 451 4\.2\.2 try again later\. .*at the next attempt"):
        sender.send(mail_to())
    mailbox.recipient_answers.clear()
    sender.send(mail_to())
    assert len(mailbox.delivered) == 1


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ("554 no thanks", DeliveryRefused),
        ("550 5.1.1 no such user", DeliveryRefused),
        ("554 5.7.1 looks like spam", MessageRefused),
        ("552 5.3.4 too large", MessageRefused),
        ("452 4.3.1 disk full", DeliveryDeferred),
        ("999 what", DeliveryDeferred),
    ],
)
def test_an_answer_to_the_message_counts_against_its_recipient_unless_the_server_says_otherwise(
    sender: SmtpSender, mailbox: Mailbox, answer: str, error: type[Exception]
) -> None:
    mailbox.data_answer = answer
    with pytest.raises(error, match=answer.replace(".", r"\.")):
        sender.send(mail_to())
    mailbox.data_answer = None
    sender.send(mail_to())
    assert len(mailbox.delivered) == 1


def test_a_refused_sender_address_is_no_fault_of_the_recipient(sender: SmtpSender, mailbox: Mailbox) -> None:
    mailbox.sender_answer = "553 5.7.1 sender not owned by you"
    with pytest.raises(DeliveryImpossible, match=r"553 5\.7\.1 sender not owned by you.*sender address") as raised:
        sender.send(mail_to())
    assert isinstance(raised.value, Unrecoverable)
    assert not isinstance(raised.value, InputRejected)


def test_a_server_that_drops_the_connection_is_tried_later(sender: SmtpSender, mailbox: Mailbox) -> None:
    mailbox.drops_after_data = True
    with pytest.raises(DeliveryDeferred, match="was not reached or fell silent: Connection unexpectedly closed"):
        sender.send(mail_to())
    mailbox.drops_after_data = False
    sender.send(mail_to())
    assert len(mailbox.delivered) == 1


def test_an_idle_connection_that_the_server_ends_is_reopened(mailbox: Mailbox) -> None:
    with (
        serving(mailbox, timeout=0.2) as port,
        SmtpSender("127.0.0.1", port, security="none", timeout_seconds=5) as sender,
    ):
        sender.send(mail_to(name="a"))
        connection = sender._connection
        assert connection is not None
        connection.sock.settimeout(5)
        while connection.sock.recv(1024):  # until the server hangs up
            pass
        sender.send(mail_to(name="b"))
    assert len(mailbox.delivered) == len(mailbox.peers) == 2


def test_a_silent_server_is_given_up_after_the_time_out(mailbox: Mailbox, port: int) -> None:
    mailbox.silent_seconds = 1.0
    with (
        SmtpSender("127.0.0.1", port, security="none", timeout_seconds=0.2) as sender,
        pytest.raises(DeliveryDeferred, match=r"fell silent: .*timed out"),
    ):
        sender.send(mail_to())


def test_an_absent_server_is_tried_later() -> None:
    port = free_port()
    sender = SmtpSender("127.0.0.1", port, security="none", timeout_seconds=5)
    with pytest.raises(DeliveryDeferred, match=rf"127\.0\.0\.1:{port} was not reached .*refused.*grants@example\.org"):
        sender.send(mail_to())


def test_a_folder_keeps_each_mail_as_one_file(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "outbox"
    FolderSender(folder).send(mail_to(name="a"))
    FolderSender(folder).send(mail_to(name="b"))
    assert sorted(path.name for path in folder.iterdir()) == ["a@example.org.eml", "b@example.org.eml"]
    assert (folder / "a@example.org.eml").read_bytes() == mail_to(name="a").as_bytes()


def test_the_same_message_id_overwrites_its_file(tmp_path: Path) -> None:
    FolderSender(tmp_path).send(mail_to("first@example.org"))
    FolderSender(tmp_path).send(mail_to("second@example.org"))
    (path,) = tmp_path.iterdir()
    assert b"To: second@example.org" in path.read_bytes()


@pytest.mark.parametrize("name", ["../../etc/passwd", ".hidden", "a/b", "a|b&c", "x" * 150 + "/" * 40])
def test_no_message_id_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "outbox"
    message = mail_to()
    message.replace_header("Message-ID", f"<{name}@example.org>")
    FolderSender(folder).send(message)
    assert [path.parent for path in tmp_path.rglob("*.eml")] == [folder]


def test_message_ids_that_look_alike_keep_their_own_files(tmp_path: Path) -> None:
    for name in ("a/b", "a|b", "a%2Fb", "x" * 150 + "/" * 40, "x" * 150 + "/" * 41):
        message = mail_to()
        message.replace_header("Message-ID", f"<{name}@example.org>")
        FolderSender(tmp_path).send(message)
    assert len(list(tmp_path.iterdir())) == 5


def test_a_message_without_an_id_is_refused(tmp_path: Path) -> None:
    message = mail_to()
    del message["Message-ID"]
    with pytest.raises(InputRejected, match="Message-ID: the message has no Message-ID"):
        FolderSender(tmp_path).send(message)


def test_a_folder_that_cannot_be_written_is_tried_later(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(DeliveryDeferred, match=r"could not be written to .*Make the folder writable") as raised:
        FolderSender(blocked).send(mail_to())
    assert isinstance(raised.value, RetryLater)
