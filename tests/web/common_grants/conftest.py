"""A house behind a real socket."""

from collections.abc import Iterator

import pytest

from matcher.bootstrap import Context
from matcher.services.keys import issue_key
from tests.web.serving import served


@pytest.fixture
def address(context: Context) -> Iterator[str]:
    with served(context) as found:
        yield found


@pytest.fixture
def key(context: Context) -> str:
    return issue_key(context.store, "local", "tests")[1]
