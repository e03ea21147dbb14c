import re
from dataclasses import replace

import pytest
from lxml import html as lxml_html

from matcher.domain.digest import DigestItem
from matcher.domain.evidence import Quote
from matcher.errors import InputRejected
from matcher.mail.rendering import COLUMNS, Links, RenderedDigest, render_digest
from tests.samples import (
    DIGEST,
    GARDENS,
    LINKS,
    YOUTH_BUILD,
    addressed,
    band,
    digest_of,
    match_of,
    not_addressed,
    plain_item,
    quoted,
    titled,
)

from .hostile import hostile

FACTS = (
    "Rebuilding the East Side, Together",
    "2026-W47, as of November 22, 2026",
    "YouthBuild: Construction Training for Young Adults",
    "Department of Labor, Employment and Training Administration",
    "You can apply. The notice names nonprofits with 501(c)(3) status, and the proposal says that you are one.",
    "$1,000,000 to $2,000,000, 75 awards expected",
    "January 15, 2027, 54 days left",
    "leave with a carpentry certificate that local builders accept.”",
    "“Applicants must combine paid work experience in the construction of affordable housing",
    "Place graduates in registered apprenticeships",
    "Service to tribal communities (competitive preference)",
    "and 1 more",
    "October 30, year not stated",
    "Unclear whether you can apply.",
    "up to $250,000",
    "Home Repair Challenge",
    "You cannot apply. Only applicants in Oregon may apply, and the proposal names Ohio.",
    "December 1, 2026, 9 days left",
    "Not shown: 41 below your minimum fit of 0.50; 7 closed; 1 muted by you.",
)


@pytest.fixture(scope="module")
def rendered() -> RenderedDigest:
    return render_digest(DIGEST, LINKS, band)


def flat(text: str) -> str:
    """Return the words without line breaks and quote bars."""
    return " ".join(text.replace("\n   | ", "\n").split())


def shown(page: str) -> str:
    """Return the words that a browser shows."""
    return " ".join(lxml_html.fromstring(page).find("body").text_content().split())


@pytest.mark.parametrize("fact", FACTS)
def test_text_and_html_tell_the_same_facts(rendered: RenderedDigest, fact: str) -> None:
    assert fact in flat(rendered.text)
    assert fact in shown(rendered.html)


def test_fit_is_a_band_and_two_decimals(rendered: RenderedDigest) -> None:
    assert re.findall(r"   Fit +(.*)", rendered.text) == ["strong, 0.82", "possible, 0.58", "strong, 0.71"]
    assert re.findall(r"0\.\d\d \w+ fit", shown(rendered.html)) == [
        "0.82 strong fit",
        "0.58 possible fit",
        "0.71 strong fit",
    ]


def test_the_order_of_the_digest_is_kept(rendered: RenderedDigest) -> None:
    turned = render_digest(replace(DIGEST, new=DIGEST.new[::-1]), LINKS, band)
    for first, second in ((rendered.text, turned.text), (rendered.html, turned.html)):
        assert first.rindex("YouthBuild") < first.rindex("Learning Gardens")
        assert second.rindex("YouthBuild") > second.rindex("Learning Gardens")


def test_the_text_keeps_to_its_columns_except_for_web_addresses(rendered: RenderedDigest) -> None:
    long_lines = [line for line in rendered.text.splitlines() if len(line) > COLUMNS]
    assert all("https://" in line for line in long_lines)
    assert "https://grants.example.org/youth-build?view=full&lang=en\n" in rendered.text


def test_the_text_has_no_trailing_spaces_and_at_most_two_empty_lines(rendered: RenderedDigest) -> None:
    assert not re.search(r"[ \t]+\n", rendered.text)
    assert "\n\n\n\n" not in rendered.text


def test_links_lead_to_the_notice_all_matches_and_unsubscription(rendered: RenderedDigest) -> None:
    assert lxml_html.fromstring(rendered.html).xpath("//a/@href") == [
        "https://grants.example.org/youth-build?view=full&lang=en",
        "https://fund.example.org/repair",
        LINKS.matches_url,
        LINKS.unsubscribe_url,
    ]


def test_without_links_none_is_shown() -> None:
    mail = render_digest(digest_of(plain_item("Gardens")), Links(), band)
    assert "href" not in mail.html
    assert "http" not in mail.text
    assert "nsubscribe" not in mail.text + mail.html


def test_nothing_remote_is_loaded_and_nothing_tracks(rendered: RenderedDigest) -> None:
    page = lxml_html.fromstring(rendered.html)
    assert not page.xpath("//img | //script | //link | //iframe | //form | //object | //@src | //@background")
    assert not re.search(r"url\(|@import|@font-face", rendered.html)


def test_the_page_names_its_language_and_heads_its_parts_in_order(rendered: RenderedDigest) -> None:
    page = lxml_html.fromstring(rendered.html)
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == rendered.subject
    headings = [element.tag for element in page.iter("h1", "h2", "h3")]
    assert headings == ["h1", "h2", "h3", "h3", "h2", "h3"]


def test_a_digest_of_new_matches_alone_has_no_section_of_reminders() -> None:
    mail = render_digest(digest_of(GARDENS), LINKS, band)
    assert "closing soon" not in (mail.subject + mail.text + mail.html).lower()
    assert "Not shown" not in mail.text + mail.html


def test_a_digest_of_reminders_alone_has_no_section_of_new_matches() -> None:
    mail = render_digest(digest_of(closing_soon=(GARDENS,)), LINKS, band)
    assert "new matches" not in (mail.subject + mail.text + mail.html).lower()
    assert "Learning Gardens for Rural Schools" in mail.text


def test_without_evidence_nothing_is_quoted() -> None:
    item = DigestItem(YOUTH_BUILD.opportunity, match_of("o", 0.5, not_addressed("Purpose")))
    mail = render_digest(digest_of(item), LINKS, band)
    assert "proposal says" not in mail.text
    assert "<blockquote" not in mail.html


def test_an_empty_digest_is_no_mail() -> None:
    with pytest.raises(ValueError, match="a quiet week sends no mail"):
        render_digest(digest_of(), LINKS, band)


def test_equal_digests_give_equal_mails(rendered: RenderedDigest) -> None:
    assert render_digest(DIGEST, LINKS, band) == rendered


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "https://example.org/\r\nBcc: x"])
def test_a_link_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(InputRejected, match=r"unsubscribe_url: .* is no web address"):
        Links(unsubscribe_url=url)
    with pytest.raises(InputRejected, match="matches_url"):
        Links(matches_url=url)


def test_a_script_as_address_of_a_notice_is_not_linked() -> None:
    opportunity = replace(YOUTH_BUILD.opportunity, source_url="javascript:alert(1)")
    mail = render_digest(digest_of(replace(YOUTH_BUILD, opportunity=opportunity)), Links(), band)
    assert "javascript" not in mail.text + mail.html


@hostile
def test_hostile_text_is_shown_as_text_in_every_place(text: str) -> None:
    opportunity = replace(YOUTH_BUILD.opportunity, title=text, agency_name=text, source_url=text)
    priorities = (addressed(text, evidence=quoted(text, text)), not_addressed(text))
    match = match_of(text, 0.8, *priorities, sentence=text)
    digest = replace(digest_of(DigestItem(opportunity, match)), proposal_title=text, left_out=((text, 3),))
    mail = render_digest(digest, LINKS, band)

    page = lxml_html.fromstring(mail.html)
    assert not page.xpath("//script | //img | //@onerror")
    assert len(page.xpath("//article")) == 1
    assert page.xpath("//a/@href") == [LINKS.matches_url, LINKS.unsubscribe_url]
    for words in (mail.subject, mail.text, mail.html):
        words.encode("utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", words)
    assert max(map(len, mail.text.splitlines())) <= COLUMNS


def test_escaped_text_reads_as_it_was_written() -> None:
    title = "<script>alert('x')</script> & {{ 7 * 7 }}"
    mail = render_digest(digest_of(titled(plain_item("x"), title)), LINKS, band)
    assert title in shown(mail.html)
    assert title in mail.text
    assert "&lt;script&gt;" in mail.html


def test_long_quotes_are_cut_after_a_word() -> None:
    evidence = quoted("one two three " * 100, "four five six " * 100)
    item = DigestItem(YOUTH_BUILD.opportunity, match_of("o", 0.5, addressed("Purpose", evidence=evidence)))
    mail = render_digest(digest_of(item), LINKS, band)
    cut = re.findall("“((?:one|four).*?)”", flat(mail.text))
    assert [len(quote) <= 360 for quote in cut] == [True, True]
    assert all(re.search(r"(one|two|three|four|five|six)…$", quote) for quote in cut)


def test_the_quotes_shown_are_those_of_the_most_telling_pair() -> None:
    weak, strong = quoted("weak", "faint", 0.3), quoted("strong", "clear", 0.9)
    match = match_of("o", 0.5, addressed("A", evidence=weak), addressed("B", evidence=strong))
    mail = render_digest(digest_of(DigestItem(YOUTH_BUILD.opportunity, match)), LINKS, band)
    assert Quote("strong") == match.best_evidence.proposal
    assert "“strong”" in mail.text
    assert "“clear”" in mail.html
    assert "“weak”" not in mail.text
