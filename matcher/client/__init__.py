"""A Python client of the REST API: `Client`, and `ApiError` for what is refused."""

from matcher.client.client import Client, Document
from matcher.client.errors import ApiError

__all__ = ["ApiError", "Client", "Document"]
