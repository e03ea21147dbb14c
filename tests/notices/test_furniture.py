import pytest

from matcher.notices.furniture import content_lines

PROSE = (
    "The fund pays for gardens in towns that have none, and it takes proposals from everybody who wants to plant one, "
    "however small the garden may be."
)


def kept(text: str) -> list[str]:
    return [line.of(text) for line in content_lines(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Log in",
        "Sign up for our newsletter",
        "Share this:",
        "Tweet",
        "Tumblr picture",
        "Facebook | LinkedIn | Instagram",
        "Google+ icon",
        "You are commenting using a Bluesky account. Sign out / Switch )",
        "Fill in your details, or pick one of these services:",
        "Connecting to %s",
        "We use cookies to make this site better. By continuing you accept them.",
        "Accept all cookies",
        "Skip to main content",
        "© 2031 Green Acre Foundation",
        "All rights reserved.",
        "An official website of the United States government",
        "Home › Grants › Gardens",
        "Posted in Gardens by Ada",
        "Your email address will not be published.",
        "Recent posts",
        "Privacy policy",
    ],
)
def test_a_line_that_belongs_to_the_page_is_left_out(line: str) -> None:
    assert kept(f"{PROSE}\n{line}\n{PROSE}") == [PROSE, PROSE]


@pytest.mark.parametrize(
    "line",
    [
        "Follow the instructions below to apply.",
        "Share your plans with your neighbors before you apply.",
        "Home repairs are eligible.",
        "Search committees may apply.",
        "Print three copies of the form",
        "Posted on August 13, 2012",
        "Comments from the public are due May 1.",
    ],
)
def test_a_line_of_the_notice_that_begins_like_furniture_is_kept(line: str) -> None:
    assert kept(f"{PROSE}\n{line}") == [PROSE, line]


@pytest.mark.parametrize(
    "header",
    [
        "2 thoughts on “Gardens”",
        "14 Comments",
        "Leave a Reply",
        "Leave a comment",
        "Comments (3)",
        "  1. Pingback: A blog",
        "Ada says:",
        "Log in to leave a comment",
        "Join the conversation",
    ],
)
def test_everything_from_the_first_comment_on_is_left_out(header: str) -> None:
    assert kept(f"{PROSE}\n{header}\nThe deadline is May 1.\n{PROSE}") == [PROSE]


def test_a_comment_counter_above_the_prose_hides_nothing() -> None:
    assert kept(f"Gardens\n2 Comments\n{PROSE}") == ["Gardens", PROSE]
