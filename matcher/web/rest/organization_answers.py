"""What the calls about all the data of an organization answer."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from matcher.web.rest.answers import with_example

_KEPT = {"organizations": 1, "proposals": 2, "matches": 57, "subscriptions": 1, "members": 1, "api_keys": 1}


class OrganizationAnswer(BaseModel):
    """An organization, and how much is kept of it."""

    organization_id: str
    name: str = Field(description="What people call it.")
    kept: dict[str, int] = Field(description="How many rows there are, by kind; an erasure takes them all.")

    model_config = with_example({"organization_id": "east-side", "name": "East Side Builders", "kept": _KEPT})


class OrganizationData(BaseModel):
    """All that is kept of an organization."""

    organization_id: str
    exported_at: datetime
    tables: dict[str, list[dict[str, Any]]] = Field(
        description="Every row, by kind. What is kept as a hash, keys and the addresses of feeds, is left out."
    )

    model_config = with_example(
        {
            "organization_id": "east-side",
            "exported_at": "2026-11-22T09:30:00Z",
            "tables": {
                "organizations": [
                    {
                        "organization_id": "east-side",
                        "name": "East Side Builders",
                        "created_at": "2026-11-01T08:00:00+00:00",
                    }
                ]
            },
        }
    )


class ErasedAnswer(BaseModel):
    """What an erasure took away."""

    erased: dict[str, int] = Field(
        description="How many rows are gone, by kind, and how many vectors and files of mails."
    )

    model_config = with_example({"erased": {**_KEPT, "vectors": 312}})
