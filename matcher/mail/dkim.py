"""DKIM (RFC 6376): a signature by which the receiving side knows that a mail is from this domain, and unchanged."""

from dataclasses import dataclass, field
from pathlib import Path

import dkim

from matcher.errors import Unrecoverable

# RFC 8058, section 4: both headers of the one-click unsubscription must be signed; the others are what RFC 6376,
# section 5.4.1, recommends of those that we write.
_SIGNED_HEADERS = (
    b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"content-type", b"auto-submitted",
    b"list-id", b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DkimSigner:
    """Signs for one domain with the RSA key whose public half stands in the DNS at `selector._domainkey.domain`.

    Raises:
        Unrecoverable: The key is no RSA key in PEM.
    """

    domain: str
    selector: str
    private_key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        self.signed(b"From: nobody@example.org\r\n\r\n")

    def signed(self, message: bytes) -> bytes:
        """Return the message as it goes over the wire, led by its signature."""
        try:
            signature: bytes = dkim.sign(
                message,
                self.selector.encode(),
                self.domain.encode(),
                self.private_key,
                canonicalize=(b"relaxed", b"relaxed"),
                include_headers=[name for name in _SIGNED_HEADERS if _has(message, name)],
            )
        except (dkim.DKIMException, ValueError, IndexError) as error:
            raise Unrecoverable(
                f"the DKIM key cannot sign: {error}; give an RSA key in PEM, as `openssl genrsa 2048` makes one"
            ) from error
        return signature + message


def read_signer(key_file: Path, selector: str, domain: str) -> DkimSigner:
    """Return what signs with the key in a file.

    Raises:
        Unrecoverable: The file cannot be read, or holds no RSA key in PEM.
    """
    try:
        return DkimSigner(domain, selector, key_file.read_bytes())
    except OSError as error:
        raise Unrecoverable(f"the DKIM key {key_file} cannot be read: {error.strerror}") from error


def _has(message: bytes, header: bytes) -> bool:
    head = message.partition(b"\r\n\r\n")[0].lower()
    return head.startswith(header + b":") or b"\r\n" + header + b":" in head
