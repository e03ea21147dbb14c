"""Whom stored data are about: what may be exported, and erased, as one."""

from dataclasses import dataclass
from enum import StrEnum


class SubjectKind(StrEnum):
    """An organization with all that it keeps, one proposal with all that came of it, or the reader of an address."""

    ORGANIZATION = "organization"
    PROPOSAL = "proposal"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom data are about: `value` is an identifier, or an e-mail address in lower case."""

    kind: SubjectKind
    value: str
