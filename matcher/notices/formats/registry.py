"""All formats of funding notices, and which of them a file is in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import DocumentRejected
from matcher.notices.formats import (
    assistance_listings,
    california,
    commongrants,
    eu_portal,
    federal_register,
    feeds,
    grants_gov_detail,
    grants_gov_search,
    grants_gov_xml,
    pennsylvania,
    simpler_grants_gov,
    single,
)
from matcher.notices.formats.opening import HEAD_BYTES
from matcher.notices.formats.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """A format by the name that a person knows it by, with the two functions of its parser."""

    name: str
    recognizes: Callable[[bytes, str], bool]
    read: Callable[[Path], Iterator[Record]]


FORMATS: tuple[Format, ...] = (
    Format("Grants.gov XML extract", grants_gov_xml.recognizes, grants_gov_xml.read),
    Format("Grants.gov search", grants_gov_search.recognizes, grants_gov_search.read),
    Format("Grants.gov opportunity", grants_gov_detail.recognizes, grants_gov_detail.read),
    Format("Simpler.Grants.gov", simpler_grants_gov.recognizes, simpler_grants_gov.read),
    Format("Federal Register", federal_register.recognizes, federal_register.read),
    Format("assistance listings", assistance_listings.recognizes, assistance_listings.read),
    Format("CommonGrants JSON", commongrants.recognizes, commongrants.read),
    Format("California Grants Portal", california.recognizes, california.read),
    Format("Pennsylvania grants", pennsylvania.recognizes, pennsylvania.read),
    Format("EU Funding & Tenders Portal", eu_portal.recognizes, eu_portal.read),
    Format("RSS or Atom feed", feeds.recognizes, feeds.read),
    Format("single notice", single.recognizes, single.read),
)
"""In the order in which they are asked; a single notice may be any text, so it comes last."""


def format_of(path: Path) -> Format | None:
    """Return the format of a file by its content, its name second; None where no parser knows it.

    Raises:
        DocumentRejected: The file cannot be opened.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        reason = f"the file cannot be opened ({error.strerror}); check its name and rights"
        raise DocumentRejected(reason, source=str(path)) from error
    return next((known for known in FORMATS if known.recognizes(head, path.name)), None)
