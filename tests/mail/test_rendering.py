import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import html as lxml_html

from matcher.domain.evidence import Quote
from matcher.errors import InputRejected
from matcher.mail.links import Links, SubscriptionLinks
from matcher.mail.rendering import FIT_NOTE, RenderedMail, render_digest
from matcher.mail.templating import COLUMNS
from tests.samples import (
    DIGEST,
    GARDENS,
    LINKS,
    SECTION,
    YOUTH_BUILD,
    YOUTH_BUILD_NOTICE,
    addressed,
    band,
    digest_of,
    item_of,
    match_of,
    not_addressed,
    plain_item,
    quoted,
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
def rendered() -> RenderedMail:
    return render_digest(DIGEST, LINKS, band)


def flat(text: str) -> str:
    """Return the words without line breaks and quote bars."""
    return " ".join(text.replace("\n   | ", "\n").split())


def shown(page: str) -> str:
    """Return the words that a browser shows."""
    return " ".join(lxml_html.fromstring(page).find("body").text_content().split())


@pytest.mark.parametrize("fact", FACTS)
def test_text_and_html_tell_the_same_facts(rendered: RenderedMail, fact: str) -> None:
    assert fact in flat(rendered.text)
    assert fact in shown(rendered.html)


def test_fit_is_a_band_and_two_decimals(rendered: RenderedMail) -> None:
    fits = ["0.82 strong fit", "0.58 possible fit", "0.71 strong fit"]
    assert re.findall(r"   Fit +(.*)", rendered.text) == fits
    assert re.findall(r"0\.\d\d \w+ fit", shown(rendered.html)) == fits


def test_the_order_of_the_digest_is_kept(rendered: RenderedMail) -> None:
    turned = render_digest(digest_of(*SECTION.new[::-1]), LINKS, band)
    for first, second in ((rendered.text, turned.text), (rendered.html, turned.html)):
        assert first.rindex("YouthBuild") < first.rindex("Learning Gardens")
        assert second.rindex("YouthBuild") > second.rindex("Learning Gardens")


def test_the_text_keeps_to_its_columns_except_for_web_addresses(rendered: RenderedMail) -> None:
    long_lines = [line for line in rendered.text.splitlines() if len(line) > COLUMNS]
    assert all("https://" in line for line in long_lines)
    assert "https://grants.example.org/youth-build?view=full&lang=en\n" in rendered.text


def test_the_text_has_no_trailing_spaces_and_at_most_two_empty_lines(rendered: RenderedMail) -> None:
    assert not re.search(r"[ \t]+\n", rendered.text)
    assert "\n\n\n\n" not in rendered.text


def test_links_lead_to_each_notice_to_its_mute_to_all_matches_and_to_unsubscription(rendered: RenderedMail) -> None:
    assert lxml_html.fromstring(rendered.html).xpath("//a/@href") == [
        "https://grants.example.org/youth-build?view=full&lang=en",
        f"{LINKS.mute_url}?notice=youth-build",
        f"{LINKS.mute_url}?notice=learning-gardens",
        "https://fund.example.org/repair",
        f"{LINKS.mute_url}?notice=home-repair",
        LINKS.matches["p1"],
        LINKS.subscriptions["s1"].unsubscribe_url,
        LINKS.subscriptions["s1"].pause_url,
        LINKS.everything_url,
    ]


def test_without_links_none_is_shown() -> None:
    mail = render_digest(digest_of(plain_item("Gardens")), Links(), band)
    assert "href" not in mail.html
    assert "http" not in mail.text
    assert "nsubscribe" not in mail.text + mail.html


def test_nothing_remote_is_loaded_and_nothing_tracks(rendered: RenderedMail) -> None:
    page = lxml_html.fromstring(rendered.html)
    assert not page.xpath("//img | //script | //link | //iframe | //form | //object | //@src | //@background")
    assert not re.search(r"url\(|@import|@font-face", rendered.html)


def test_the_page_names_its_language_and_heads_its_parts_in_order(rendered: RenderedMail) -> None:
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
    item = item_of(YOUTH_BUILD_NOTICE, match_of("o", 0.5, not_addressed("Purpose")))
    mail = render_digest(digest_of(item), LINKS, band)
    assert "proposal says" not in mail.text
    assert "<blockquote" not in mail.html


def test_an_empty_digest_says_so_and_what_was_left_out() -> None:
    mail = render_digest(digest_of(left_out=(("closed", 7),)), LINKS, band)
    assert mail.subject == "Nothing new fits this week"
    for words in (mail.text, shown(mail.html)):
        assert "Nothing new fits this week" in words
        assert "Not shown: 7 closed." in words
        assert "NEW MATCHES" not in words.upper()


def test_what_changed_is_told_with_its_effect() -> None:
    item = replace(GARDENS, fit=None, effect="your fit 0.81 → too low to show", changes=("close date a → b",))
    mail = render_digest(digest_of(changed=(item,)), LINKS, band)
    assert mail.subject == "1 match changed: Learning Gardens for Rural Schools"
    for words in (mail.text, shown(mail.html)):
        assert "your fit 0.81 → too low to show" in words
        assert "close date a → b" in words
        assert "no match any more" in words


def test_what_finds_no_room_is_named_in_brief_or_counted() -> None:
    mail = render_digest(digest_of(YOUTH_BUILD, brief=(GARDENS,), waiting=4), LINKS, band)
    assert mail.subject.startswith("2 new matches: YouthBuild")
    for words in (flat(mail.text), shown(mail.html)):
        assert "0.58 possible fit; closes: October 30, year not stated" in words
        assert "4 more found no room here and come next week" in words
    assert "hands-on outdoor learning" not in mail.text + mail.html


def test_several_proposals_have_a_section_each_and_can_be_left_one_by_one() -> None:
    other = replace(SECTION, subscription_id="s2", proposal_id="p2", proposal_title="Second", new=(GARDENS,))
    links = replace(
        LINKS, subscriptions={**LINKS.subscriptions, "s2": SubscriptionLinks("https://a.b/u", "https://a.b/p")}
    )
    mail = render_digest(replace(DIGEST, sections=(SECTION, other)), links, band)
    page = lxml_html.fromstring(mail.html)
    assert [heading.text for heading in page.iter("h2")] == ["Rebuilding the East Side, Together", "Second"]
    assert page.findtext(".//h1") == "Funding matches for 2 proposals"
    assert [heading.tag for heading in page.iter("h1", "h2", "h3", "h4")].count("h4") == 5
    for words in (flat(mail.text), shown(mail.html)):
        assert "Not shown for “Second”: 41 below" in words
    assert {"https://a.b/u", "https://a.b/p"} <= set(page.xpath("//a/@href"))


def test_the_foot_of_a_mail_names_ten_proposals_and_sources_and_counts_the_others() -> None:
    left_out = (("below your minimum fit of 0.40", 1_000), ("closed", 2))
    sections = [
        replace(
            SECTION, new=(), closing_soon=(), proposal_id=f"p{number}", proposal_title=f"T{number}", left_out=left_out
        )
        for number in range(13)
    ]
    sources = tuple(f"source-{number} (last reached never)" for number in range(12))
    mail = render_digest(replace(DIGEST, sections=(SECTION, *sections), unreached=sources), LINKS, band)
    for words in (flat(mail.text), shown(mail.html)):
        assert "Not shown for “T8”: 1,000 below your minimum fit of 0.40; 2 closed." in words
        assert "T9" not in words
        assert "Not shown for 4 more of your proposals: 4,000 below your minimum fit of 0.40; 8 closed." in words
        assert "source-9 (last reached never); 2 more." in words
        assert "source-10" not in words


def test_sources_that_were_not_reached_are_named() -> None:
    mail = render_digest(replace(DIGEST, unreached=("grants-gov (last reached 2026-11-20)",)), LINKS, band)
    for words in (flat(mail.text), shown(mail.html)):
        assert "notices may be missing: grants-gov (last reached 2026-11-20)." in words


@pytest.mark.parametrize(
    ("notices", "words"),
    [(1_234, "Looked at: 1,234 notices."), (1, "Looked at: 1 notice."), (0, "No notice is stored yet, so nothing")],
)
def test_the_number_of_notices_that_were_looked_at_is_told(notices: int, words: str) -> None:
    mail = render_digest(replace(DIGEST, looked_at=notices), LINKS, band)
    assert words in flat(mail.text)
    assert words in shown(mail.html)


def test_the_mail_says_what_a_fit_means(rendered: RenderedMail) -> None:
    assert FIT_NOTE in flat(rendered.text)
    assert FIT_NOTE in shown(rendered.html)


def test_the_day_to_begin_is_told_as_inferred() -> None:
    for start, words in ((date(2026, 12, 1), "December 1, 2026 at the latest"), (date(2026, 11, 1), "at once")):
        mail = render_digest(digest_of(replace(YOUTH_BUILD, start_by=start)), LINKS, band)
        for told in (flat(mail.text), shown(mail.html)):
            assert words in told
            assert "(inferred)" in told


def test_equal_digests_give_equal_mails(rendered: RenderedMail) -> None:
    assert render_digest(DIGEST, LINKS, band) == rendered


@pytest.mark.parametrize("url", ["javascript:alert(1)", "example.org", "https://example.org/\r\nBcc: x"])
def test_a_link_that_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(InputRejected, match=r"unsubscribe_url: .* is no web address"):
        Links(unsubscribe_url=url)
    with pytest.raises(InputRejected, match="matches"):
        Links(matches={"p": url})
    with pytest.raises(InputRejected, match="pause_url"):
        SubscriptionLinks("https://example.org", url)


def test_a_script_as_address_of_a_notice_is_not_linked() -> None:
    mail = render_digest(digest_of(replace(YOUTH_BUILD, source_url="javascript:alert(1)")), Links(), band)
    assert "javascript" not in mail.text + mail.html


@hostile
def test_hostile_text_is_shown_as_text_in_every_place(text: str) -> None:
    opportunity = replace(YOUTH_BUILD_NOTICE, title=text, agency_name=text, source_url=text)
    priorities = (addressed(text, evidence=quoted(text, text)), not_addressed(text))
    match = match_of(text, 0.8, *priorities, sentence=text)
    item = replace(item_of(opportunity, match), effect=text, changes=(text,))
    digest = digest_of(item, brief=(item,), changed=(item,), proposal_title=text, left_out=((text, 3),))
    mail = render_digest(replace(digest, unreached=(text,)), LINKS, band)

    page = lxml_html.fromstring(mail.html)
    assert not page.xpath("//script | //img | //@onerror")
    assert len(page.xpath("//article")) == 3
    assert len(page.xpath("//a/@href")) == 7
    for words in (mail.subject, mail.text, mail.html):
        words.encode("utf-8")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", words)
    assert max(len(line) for line in mail.text.splitlines() if "/mute/" not in line) <= COLUMNS


def test_every_notice_can_be_muted_from_either_version_whatever_its_identifier() -> None:
    odd = replace(GARDENS, opportunity_id="a/b?c=d&e é\ud800")
    mail = render_digest(digest_of(YOUTH_BUILD, brief=(odd,), changed=(odd,), closing_soon=(odd,)), LINKS, band)
    links = [f"{LINKS.mute_url}?notice=youth-build", *[f"{LINKS.mute_url}?notice=a%2Fb%3Fc%3Dd%26e%20%C3%A9%3F"] * 3]
    assert re.findall(r"Not for us: (\S+)", mail.text) == links
    found = lxml_html.fromstring(mail.html).xpath("//a[text() = 'Not for us']")
    assert [link.get("href") for link in found] == links
    assert found[0].get("aria-label") == f"Not for us: {YOUTH_BUILD.title}"


def test_escaped_text_reads_as_it_was_written() -> None:
    title = "<script>alert('x')</script> & {{ 7 * 7 }}"
    mail = render_digest(digest_of(replace(plain_item("x"), title=title)), LINKS, band)
    assert title in shown(mail.html)
    assert title in mail.text
    assert "&lt;script&gt;" in mail.html


def test_long_quotes_are_cut_after_a_word() -> None:
    evidence = quoted("one two three " * 100, "four five six " * 100)
    item = item_of(YOUTH_BUILD_NOTICE, match_of("o", 0.5, addressed("Purpose", evidence=evidence)))
    mail = render_digest(digest_of(item), LINKS, band)
    cut = re.findall("“((?:one|four).*?)”", flat(mail.text))
    assert [len(quote) <= 360 for quote in cut] == [True, True]
    assert all(re.search(r"(one|two|three|four|five|six)…$", quote) for quote in cut)


def test_the_quotes_shown_are_those_of_the_most_telling_pair() -> None:
    weak, strong = quoted("weak", "faint", 0.3), quoted("strong", "clear", 0.9)
    match = match_of("o", 0.5, addressed("A", evidence=weak), addressed("B", evidence=strong))
    mail = render_digest(digest_of(item_of(YOUTH_BUILD_NOTICE, match)), LINKS, band)
    assert Quote("strong") == match.best_evidence.proposal
    assert "“strong”" in mail.text
    assert "“clear”" in mail.html
    assert "“weak”" not in mail.text
