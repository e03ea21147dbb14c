import dataclasses
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import dkim
import pytest

from matcher.errors import Unrecoverable
from matcher.mail.dkim import DkimSigner, read_signer
from matcher.mail.message import build_message
from matcher.mail.rendering import render_digest
from matcher.mail.senders import FolderSender
from tests.samples import DIGEST, LINKS, band


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dkim") / "key.pem"
    subprocess.run(["openssl", "genrsa", "-out", str(path), "2048"], check=True, capture_output=True)
    return path


def in_dns(key_file: Path) -> bytes:
    """Return the record that a receiver finds in the DNS for the key."""
    public = subprocess.run(
        ["openssl", "rsa", "-in", str(key_file), "-pubout", "-outform", "PEM"], check=True, capture_output=True
    ).stdout
    return b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])


def test_a_receiver_verifies_the_mail_and_both_headers_of_the_unsubscription(key_file: Path, tmp_path: Path) -> None:
    signer = read_signer(key_file, "news", "example.org")
    message = build_message(
        render_digest(DIGEST, LINKS, band),
        sender="digest@example.org",
        recipient="officer@example.org",
        message_id="<1@example.org>",
        date=datetime(2026, 11, 23, tzinfo=UTC),
        unsubscribe_url=LINKS.unsubscribe_url,
        calendar=None,
    )
    FolderSender(tmp_path, signer.signed).send(message)
    (file,) = tmp_path.iterdir()
    wire = file.read_bytes()

    def dns(name: bytes, timeout: int = 5) -> bytes | None:
        return in_dns(key_file) if name == b"news._domainkey.example.org." else None

    assert dkim.verify(wire, dnsfunc=dns)
    signed = wire.partition(b"\r\nFrom:")[0].lower()
    assert b"list-unsubscribe" in signed
    assert b"list-unsubscribe-post" in signed
    assert not dkim.verify(wire.replace(b"One-Click", b"Two-Click"), dnsfunc=dns)
    assert not dkim.verify(wire.replace(b"Funding", b"Finding"), dnsfunc=dns)


def test_a_key_that_is_none_is_told_before_any_mail(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_text("secret", encoding="ascii")
    with pytest.raises(Unrecoverable, match="RSA key in PEM"):
        read_signer(path, "news", "example.org")
    with pytest.raises(Unrecoverable, match="cannot be read"):
        read_signer(tmp_path / "absent", "news", "example.org")


def test_the_key_is_never_shown(key_file: Path) -> None:
    signer = read_signer(key_file, "news", "example.org")
    assert "PRIVATE" not in repr(signer)
    assert {field.name for field in dataclasses.fields(DkimSigner) if field.repr} == {"domain", "selector"}
