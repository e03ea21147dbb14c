"""A person with a browser, as far as the pages are concerned: asks for HTML, fills forms with their hidden fields."""

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

PERSON = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Browser:
    """What a person does on the pages of a house."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.address = ""

    def look(self, address: str) -> html.HtmlElement:
        """Open an address, follow where it leads, and return the page that is found there."""
        return self._page(self.client.get(address, headers=PERSON, follow_redirects=True), 200)

    def press(self, form: html.HtmlElement, button: str, *, status: int = 200, **filled: object) -> html.HtmlElement:
        """Send a form by the button of these words, with what is filled into its fields."""
        [pressed] = [one for one in form.iterfind(".//button") if " ".join(one.text_content().split()) == button]
        values: dict[str, list[str]] = {}
        for name, value in form.form_values():
            if name not in filled:
                values.setdefault(name, []).append(value)
        if pressed.get("name"):
            values[pressed.get("name")] = [pressed.get("value")]
        target = pressed.get("formaction") or form.get("action") or self.address
        answer = self.client.post(target, data={**values, **filled}, headers=PERSON, follow_redirects=True)
        return self._page(answer, status)

    def _page(self, answer: TestResponse, status: int) -> html.HtmlElement:
        assert (answer.status_code, answer.mimetype) == (status, "text/html"), answer.text[:500]
        self.address = answer.request.path
        return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    """Return the words of an element, white space as a reader sees it."""
    return " ".join(element.text_content().split())


def found(page: html.HtmlElement, path: str) -> list[str]:
    """Return the words of all elements at a path."""
    return [words(element) for element in page.iterfind(path)]
