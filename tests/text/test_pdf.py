import pytest
from fpdf import FPDF

from matcher.errors import DocumentRejected
from matcher.text.documents import DocumentKind, read_document

PARAGRAPH = (
    "We plant trees along every street of the old town, and we water them until their roots are deep enough. "
    "Neighbors choose the places, schools grow the seedlings, and the city keeps the list of all that was planted."
)


def page() -> FPDF:
    pdf = FPDF()
    pdf.set_font("Helvetica", size=12)
    pdf.add_page()
    return pdf


def lines(pdf: FPDF, *words: str) -> FPDF:
    for line in words:
        pdf.cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    return pdf


def read(pdf: FPDF) -> str:
    document = read_document(bytes(pdf.output()), "plan.txt")
    assert document.kind is DocumentKind.PDF
    return document.text


def test_wrapped_lines_become_one_paragraph_and_short_lines_stay_apart() -> None:
    pdf = lines(page(), "Shade for All")
    pdf.multi_cell(0, 8, PARAGRAPH, align="L")

    assert read(pdf) == f"Shade for All\n\n{PARAGRAPH}"


def test_words_broken_at_the_end_of_a_line_are_mended() -> None:
    pdf = lines(page(), "Our crews care about the neighbor-", "hoods that have few trees to give them shade.")

    assert read(pdf) == "Our crews care about the neighborhoods that have few trees to give them shade."


def test_a_compound_that_is_written_with_a_hyphen_elsewhere_keeps_it() -> None:
    pdf = lines(
        page(), "A long-term plan keeps trees alive, and a long-", "term lease keeps the ground beneath them ours."
    )

    assert "and a long-term lease" in read(pdf)


def test_list_items_stay_apart() -> None:
    pdf = lines(page(), "- dig holes that are wide enough for roots", "- plant oaks that grow well in this climate")

    assert read(pdf) == "- dig holes that are wide enough for roots\n- plant oaks that grow well in this climate"


def test_a_sentence_runs_across_pages_and_page_numbers_go() -> None:
    pdf = lines(page(), "We plant trees along every street of the old town and", "1")
    pdf.add_page()
    lines(pdf, "water them for three years until they are strong.", "Page 2 of 2")

    assert read(pdf) == (
        "We plant trees along every street of the old town and water them for three years until they are strong."
    )


def test_a_scan_is_refused_with_the_advice_to_recognize_its_text() -> None:
    pdf = page()
    pdf.rect(10, 10, 50, 50)

    with pytest.raises(DocumentRejected, match=r"none of its 1 pages holds text.*OCR"):
        read(pdf)


def test_a_locked_file_is_refused() -> None:
    pdf = lines(page(), "Secret words")
    pdf.set_encryption(owner_password="owner", user_password="user")

    with pytest.raises(DocumentRejected, match="needs a password"):
        read(pdf)


def test_a_file_that_is_only_protected_from_changes_is_read() -> None:
    pdf = lines(page(), "Open words")
    pdf.set_encryption(owner_password="owner")

    assert read(pdf) == "Open words"


def test_a_truncated_file_is_refused() -> None:
    data = bytes(lines(page(), "Words").output())

    with pytest.raises(DocumentRejected, match=r"plan\.pdf: this PDF is broken or truncated"):
        read_document(data[:200], "plan.pdf")
