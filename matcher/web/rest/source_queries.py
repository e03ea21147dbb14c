"""The parameters of the calls about sources; what is not named here is refused."""

from urllib.parse import quote

from pydantic import BaseModel, Field
from werkzeug.routing import BaseConverter


class SourceNameConverter(BaseConverter):
    """The name of a source in an address: any text, since a file that is imported by hand is named by its path."""

    regex = ".+?"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """Return the name with its slashes escaped, for two in a row are merged by many programs on the way."""
        return quote(value, safe="")


class SourcePath(BaseModel):
    """Which source."""

    name: str = Field(description="The name of the source; escape a slash in it as %2F.")


class RunPath(SourcePath):
    """Which run of which source."""

    run_id: int = Field(description="The identifier of the run.")
