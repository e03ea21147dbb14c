from matcher.notices.page import read_page
from matcher.text.documents import DocumentKind
from tests.notices.texts import ORCHARD_FUND, SAFE_WALKS, text_document


def test_the_first_line_is_the_title_with_plain_white_space() -> None:
    page = read_page(text_document("Green\u00a0Towns:  the “Tree” Fund\n\nIt plants trees."))

    assert page.title == "Green Towns: the “Tree” Fund"
    assert page.description == "It plants trees."


def test_a_banner_above_the_title_is_no_part_of_the_notice() -> None:
    page = read_page(
        text_document("Another challenge is open now through June 28th, 2031.\nTree Fund\n\nIt plants trees.")
    )

    assert (page.title, page.description) == ("Tree Fund", "It plants trees.")


def test_a_notice_that_begins_with_a_sentence_has_no_title_of_its_own() -> None:
    page = read_page(text_document("The Tree Fund invites proposals.\n\nEligibility\n\nNonprofits may apply."))

    assert page.title == ""
    assert page.description.startswith("The Tree Fund invites proposals.")


def test_a_markdown_heading_is_a_title_without_its_mark() -> None:
    assert read_page(text_document("# Tree Fund\n\nIt plants trees.", DocumentKind.MARKDOWN)).title == "Tree Fund"


def test_front_matter_gives_the_title_and_nothing_else() -> None:
    text = "---\ntitle: 'Tree Fund'\nauthor: Ada\n---\nIt plants trees.\n\nNonprofits may apply.\n"

    page = read_page(text_document(text, DocumentKind.FRONT_MATTER))

    assert (page.title, page.description) == ("Tree Fund", "It plants trees.\n\nNonprofits may apply.")


def test_offsets_are_those_of_the_document() -> None:
    page = read_page(text_document(SAFE_WALKS))

    assert page.text == SAFE_WALKS
    assert all(len(sentence.span.of(SAFE_WALKS)) == len(sentence.words) for sentence in page.sentences)
    assert [block.span.of(SAFE_WALKS)[:12] for block in page.blocks] == [
        "The U.S. Dep",
        "Absolute Pri",
        "There is lit",
        "Good luck!",
    ]


def test_a_wrapped_paragraph_is_one_block_and_list_items_are_blocks_of_their_own() -> None:
    body = (
        "We pay for trees in every neighborhood that has none of its own and wants\n"
        "some very much.\n- apple trees\n- pear trees that\n  grow tall\n"
    )
    page = read_page(text_document(f"Tree Fund\n\n{body}"))

    assert [block.is_item for block in page.blocks] == [False, True, True]
    assert page.blocks[2].span.of(page.text) == "- pear trees that\n  grow tall"


def test_a_sentence_knows_the_heading_above_it() -> None:
    page = read_page(text_document("Tree Fund\n\nWho can apply\n\nAnybody with a spade may apply.\n"))

    assert [(sentence.words, sentence.heading and sentence.heading.words) for sentence in page.sentences] == [
        ("Who can apply", None),
        ("Anybody with a spade may apply.", "Who can apply"),
    ]


def test_the_description_is_the_notice_without_its_title() -> None:
    page = read_page(text_document(ORCHARD_FUND))

    assert page.description.split() == ORCHARD_FUND.removeprefix("Orchard Fund").split()
