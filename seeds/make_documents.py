"""Writes the two example proposals that are no text files: `python seeds/make_documents.py` (needs the test extra)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from fpdf import FPDF

FOLDER = Path(__file__).parent / "proposals"
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
"""The date inside the files, so that writing them again does not change it."""

HEALTHY_NEIGHBORHOOD_MARKETS = """
# Healthy Neighborhood Market Network

Los Angeles Food Policy Council

## Summary

In many neighborhoods of Los Angeles the corner store is the grocery. We help its owner to sell fresh food and to earn
a living with it. Within twelve months, 100 markets and food entrepreneurs will be trained.

## The need

Los Angeles County has 3,400 neighborhood markets. They make up 86 percent of grocery retail in South LA and 88
percent in East LA, and most of what they sell is high in calories and poor in nutrients. Families spend millions of
dollars on groceries elsewhere, and diabetes and obesity fall hardest on the communities where fresh food is hardest
to buy.

The owners are often Korean, Latino or African American families, many of them immigrants. They know their customers.
What they lack is time, training in their own language, and capital. Produce is a hard business besides: margins are
thin and the goods spoil.

## What we will do

We hold three large trainings, one in Korean, one in Spanish and one in several languages. Experts from retail,
wholesale, public health and community development teach them, and everybody leaves with a plan for the store. For the
first time, owners who have been through it will train others.

- marketing, store design, buying, and making fresh food pay

- loans for refrigerators and other equipment, through community lenders

- nutrition and health, with the county's Department of Public Health

- partnerships with schools, clinics, churches and neighborhood councils that promise to buy from the store and spread
  the word

## How we reach owners

Staff who speak Korean and Spanish go from store to store. More than 400 small food businesses in areas short of
healthy food have been reached in this way.

## Results that we expect

Half of the markets trained, about 50, stock new produce within six months; about 100,000 people live near them.

- at least three kinds of produce that the store did not carry before, prominently displayed

- owners who feel able to handle perishable stock, by surveys before and after the training

- three owners who teach their peers and speak in public

- sales, new jobs and new investment among all participants
"""

NEIGHBORHOOD_HEALTH_CENTERS = """
# Behavioral Health Care at Neighborhood Health Centers

Planned Parenthood Pasadena and San Gabriel Valley

## Summary

Our four health centers see 35,000 patients a year. For most of them we are the only source of medical care. We will
add what many of them need and cannot find: care for depression and anxiety.

## The need

Nearly a third of the people of Los Angeles said in 2017 that mental health had cost them more than a week of work.
Existing providers meet only a third of California's need. Our patients told us the same in focus groups. 92 percent
of them live at or below twice the federal poverty level, and 66 percent at or below it; more than half are Hispanic
or Latino.

## The pilot, 2019

The first phase shows what is missing in our area and what works.

- screening of every adult patient for depression and anxiety

- first help on the spot, and a personal hand-off to a partner who can go on

- drop-in support groups, and licensed clinical social workers by telehealth

- patient navigators, who also help with housing, food and substance use

## The second phase

At the end of the grant our own centers offer continuing counseling to every patient. Three new centers will open
within three years and will offer it from the first day.

## Where we work

In Pasadena, Eagle Rock, Alhambra and Glendora. A fifth of the county's population lives in our service area.

## How we evaluate

Managers review access, quality, patient satisfaction and cost every month, and the board does every quarter; measures
of behavioral health will join them. Master's students of social work at USC help us to build an instrument that
follows whether patients arrive where they were referred. An advisory council of patients meets regularly.
"""

_DOCX_STYLES = {"#": "Title", "##": "Heading 1", "-": "List Bullet", "": "Normal"}
_PDF_FONTS = {"#": ("B", 16), "##": ("B", 13), "-": ("", 11), "": ("", 11)}


def blocks_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the blocks of `text` as (mark, words); the mark is "#" title, "##" heading, "-" list item, "" paragraph."""
    for block in text.strip().split("\n\n"):
        mark, _, words = block.partition(" ")
        if mark not in _DOCX_STYLES:
            mark, words = "", block
        yield mark, " ".join(words.split())


def write_docx(text: str, path: Path) -> None:
    """Write `text` as a Word document with real headings and lists."""
    document = Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN
    for mark, words in blocks_of(text):
        document.add_paragraph(words, style=_DOCX_STYLES[mark])
    document.save(str(path))


def write_pdf(text: str, path: Path) -> None:
    """Write `text` as a PDF with a text layer."""
    pdf = FPDF(format="letter")
    pdf.set_creation_date(WRITTEN)
    pdf.set_margin(25)
    pdf.add_page()
    for mark, words in blocks_of(text):
        style, size = _PDF_FONTS[mark]
        pdf.set_font("Helvetica", style, size)
        if mark == "##":
            pdf.ln(4)
        line = f"- {words}" if mark == "-" else words
        pdf.multi_cell(0, size * 0.5, line, align="L", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)
    pdf.output(str(path))


if __name__ == "__main__":
    write_docx(HEALTHY_NEIGHBORHOOD_MARKETS, FOLDER / "healthy-neighborhood-markets.docx")
    write_pdf(NEIGHBORHOOD_HEALTH_CENTERS, FOLDER / "neighborhood-health-centers.pdf")
