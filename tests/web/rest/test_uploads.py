"""What comes in as a proposal, and what is refused: by file name and reason, while the service goes on."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from matcher.text.documents import MAXIMUM_BYTES
from matcher.web.rest.uploads import MAXIMUM_REQUEST_BYTES
from tests.web.houses import PROPOSAL

FORM = "multipart/form-data; boundary=seam"
TORN_YAML = b'title: Trees for every street\nplan: "We plant trees along\nneeds:\n  - [saplings, water\n'


def locked_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica")
    pdf.write(text="We plant trees along every street.")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(pdf.output()))))
    writer.encrypt("oak", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def form(name: str, content: bytes) -> bytes:
    """Return a form with one file; werkzeug's own client leaves a temporary file open for a long one."""
    head = f'--seam\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--seam--\r\n"


BAD_FILES = [
    ("torn.yaml", lambda: TORN_YAML, "line"),
    ("picture.txt", lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x00\x00" * 40, "text"),
    ("nothing.md", lambda: b"", "empty"),
    ("latin.txt", lambda: b"We plant trees \xff\xfe\x9d along \x81 every \x8d street." * 3, "UTF-8"),
    ("locked.pdf", locked_pdf, "password"),
    ("torn.json", lambda: b'{"title": "Trees", "plan": ', "JSON"),
    ("long.txt", lambda: b"We plant trees. " * (MAXIMUM_BYTES // 16 + 1), "limit"),
]


@pytest.mark.parametrize("url", ["/v1/matches", "/v1/proposals"])
@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES, ids=[name for name, _, _ in BAD_FILES])
def test_a_file_that_cannot_be_read_is_refused_by_name_and_reason_and_the_service_goes_on(
    client: FlaskClient, url: str, name: str, content: Callable[[], bytes], reason: str
) -> None:
    refused = client.post(url, data=form(name, content()), content_type=FORM)
    assert refused.status_code == 422
    assert refused.mimetype == "application/problem+json"
    [flaw] = refused.json["errors"]
    assert flaw["source"] == name
    assert reason in refused.json["detail"]
    assert client.get("/v1/proposals").json["total"] == 0
    taken = client.post(url, data={"file": (io.BytesIO(PROPOSAL.encode()), "plan.md")})
    assert taken.status_code in (200, 201)


def test_the_line_of_a_flaw_is_named(client: FlaskClient) -> None:
    refused = client.post("/v1/matches", data={"file": (io.BytesIO(TORN_YAML), "torn.yaml")}).json
    assert refused["errors"][0]["line"] >= 2


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown", "application/json"])
def test_a_body_that_is_empty_is_refused(client: FlaskClient, content_type: str) -> None:
    refused = client.post("/v1/matches", data=b"", content_type=content_type)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["source"].startswith("body")


def test_a_request_above_the_limit_is_refused_before_it_is_read(client: FlaskClient) -> None:
    class Unread(io.RawIOBase):
        def readinto(self, buffer: object) -> int:
            pytest.fail("the body was read")

    for content_type in ("text/plain", "multipart/form-data; boundary=x"):
        refused = client.post(
            "/v1/matches",
            content_type=content_type,
            environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": str(MAXIMUM_REQUEST_BYTES + 1)},
        )
        assert refused.status_code == 413
        assert "20 MiB" in refused.json["detail"]


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "application/pdf", "image/png", ""])
def test_a_body_of_another_kind_is_refused_with_what_is_taken_instead(client: FlaskClient, content_type: str) -> None:
    refused = client.post("/v1/matches", data=PROPOSAL, content_type=content_type)
    assert refused.status_code == 415
    assert "text/markdown" in refused.json["detail"]


@pytest.mark.parametrize("form", [{}, {"file": "words, not a file"}, {"paper": (io.BytesIO(b"x"), "plan.md")}])
def test_a_form_without_its_file_is_refused(client: FlaskClient, form: dict[str, object]) -> None:
    refused = client.post("/v1/matches", data=form, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert refused.json["errors"][0]["source"] == "file"


def test_two_files_in_one_form_are_refused(client: FlaskClient) -> None:
    files = [(io.BytesIO(PROPOSAL.encode()), name) for name in ("one.md", "two.md")]
    refused = client.post("/v1/matches", data={"file": files})
    assert refused.status_code == 422
    assert "call of its own" in refused.json["detail"]
