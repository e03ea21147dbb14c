"""What every part of a CommonGrants answer shares: names in camel case, and what is unknown left out, never null."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from pydantic.json_schema import SkipJsonSchema

Unset = SkipJsonSchema[None]
"""Beside the type of a property that may be left out: it is None here, and in no schema and no answer."""


class Part(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="forbid", defer_build=True)

    def dumped(self) -> dict[str, Any]:
        """Return the part as plain JSON, as the protocol spells it."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


def optional(description: str, **keywords: str) -> Any:  # noqa: ANN401 — as pydantic's own, for a field of any type
    """Return the field of a property that may be left out, with further `keywords` of its schema."""

    def adjusted(schema: dict[str, Any]) -> None:
        schema.pop("default", None)
        schema.update(keywords)

    return Field(None, description=description, json_schema_extra=adjusted)
