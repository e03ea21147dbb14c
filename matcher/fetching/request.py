"""What is asked of a server; those who only say what to ask need nothing that sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; `credentials` are fields like `headers`, but neither shown nor sent on to another origin."""

    address: str
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = b""
