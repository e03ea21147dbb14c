import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from matcher.errors import DocumentRejected
from matcher.text import docx as docx_reader
from matcher.text.documents import DocumentKind, read_document

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return the DOCX file `data` with its main part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            new.writestr(part, change(content) if part == "word/document.xml" else content)
    return stream.getvalue()


def one_paragraph() -> bytes:
    document = docx.Document()
    document.add_paragraph("We plant trees.")
    return saved(document)


def test_headings_paragraphs_lists_and_tables_come_in_order() -> None:
    document = docx.Document()
    document.add_heading("Shade for All", level=1)
    document.add_paragraph("We plant trees.")
    document.add_paragraph("oaks", style="List Bullet")
    document.add_paragraph("elms", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, words in zip(table.rows, [("Year", "Trees"), ("2031", "400")], strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    document.add_paragraph("The end.")

    read = read_document(saved(document), "plan.docx")

    assert read.kind is DocumentKind.DOCX
    assert read.text == ("Shade for All\n\nWe plant trees.\n\n- oaks\n- elms\n\nYear | Trees\n2031 | 400\n\nThe end.")


def test_the_content_decides_not_the_name() -> None:
    assert read_document(one_paragraph(), "plan.txt").text == "We plant trees."


def test_content_controls_and_insertions_are_read_and_deletions_are_not() -> None:
    extra = (
        f"<w:sdt {WORD}><w:sdtContent><w:p><w:r><w:t>From a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        f"<w:p {WORD}><w:ins><w:r><w:t>New</w:t><w:tab/><w:t>words.</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>Old words.</w:delText></w:r></w:del></w:p>"
    ).encode()
    data = changed(one_paragraph(), lambda xml: xml.replace(b"<w:sectPr", extra + b"<w:sectPr", 1))

    assert read_document(data, "plan.docx").text == "We plant trees.\n\nFrom a form.\n\nNew words."


def test_a_truncated_file_is_refused() -> None:
    with pytest.raises(DocumentRejected, match=r"plan\.docx: .* truncated or broken"):
        read_document(one_paragraph()[:2_000], "plan.docx")


def test_a_broken_part_is_refused() -> None:
    data = changed(one_paragraph(), lambda xml: xml[: len(xml) // 2])

    with pytest.raises(DocumentRejected, match="this DOCX file is broken; open it"):
        read_document(data, "plan.docx")


def test_another_zip_archive_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("photo.txt", "words")

    with pytest.raises(DocumentRejected, match="no Word document"):
        read_document(stream.getvalue(), "plan.docx")


def test_an_archive_that_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MAXIMUM_UNPACKED_BYTES", 1_000)

    with pytest.raises(DocumentRejected, match=r"unpacks to .* bytes"):
        read_document(one_paragraph(), "plan.docx")


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish", encoding="utf-8")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "file://{secret}">]>'.encode()

    def add_entity(xml: bytes) -> bytes:
        head, _, rest = xml.partition(b"?>")
        return head + b"?>" + entity + rest.replace(b"We plant", b"We &x; plant")

    assert "swordfish" not in read_document(changed(one_paragraph(), add_entity), "plan.docx").text
