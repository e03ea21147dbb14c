"""What a page costs over the whole bundled catalogue: server time under 200 ms, under 100 KB with all that it loads."""

import gzip
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from lxml import html

from matcher.services.import_notices import import_notices
from matcher.web.app import create_app
from tests.conftest import CHECKOUT
from tests.web.browser.furnished import MEMBER, Furnished, furnish
from tests.web.houses import make_house
from tests.web.signing_in import link_to_sign_in

SECONDS = 0.2
BYTES = 100_000
_NOTICE = "dol-youthbuild-2025"
_BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    context = make_house(tmp_path_factory.mktemp("bundled"), ())
    import_notices(context.store, [CHECKOUT / "opportunities"])
    context.rescorer.rescore()
    values = furnish(context, context.store.opportunities.get(_NOTICE).opportunity)
    yield Furnished(context, "", values, link_to_sign_in(context, MEMBER))
    context.store.close()


def test_every_page_is_made_in_time_and_is_light(house: Furnished) -> None:
    client = create_app(house.context).test_client()
    pages = house.pages()
    for page in pages:
        client.get(page, headers=_BROWSER)  # templates and the catalogue are read once in the life of a process
    slow, heavy = {}, {}
    for page in pages:
        begun = time.process_time()
        answer = client.get(f"{page}{'&' if '?' in page else '?'}", headers=_BROWSER, follow_redirects=True)
        seconds = time.process_time() - begun
        assert answer.status_code in (200, 404), page
        size = len(answer.data) + sum(_size(client, file) for file in _files(gzip.decompress(answer.data)))
        slow |= {page: seconds} if seconds > SECONDS else {}
        heavy |= {page: size} if size > BYTES else {}
    assert slow == {}
    assert heavy == {}


def _files(page: bytes) -> set[str]:
    """Return the addresses of what a browser that was never here loads beside a page."""
    root = html.document_fromstring(page)
    return {*root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href"), *root.xpath("//script/@src | //img/@src")}


def _size(client: FlaskClient, file: str) -> int:
    with client.get(file, headers=_BROWSER) as answer:
        return len(answer.data)
