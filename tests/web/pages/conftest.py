import pytest
from flask.testing import FlaskClient

from tests.web.pages.browsing import Browser


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    return Browser(client)
