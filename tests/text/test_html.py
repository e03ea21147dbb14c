from pathlib import Path

from matcher.text.html import html_text


def test_blocks_become_lines_and_entities_letters() -> None:
    markup = "<h1>Shade &amp; Trees</h1><p>One\n  <b>two</b>&nbsp;three.</p><div>Four<br>five</div>"

    assert html_text(markup) == "Shade & Trees\n\nOne two three.\n\nFour\n\nfive"


def test_what_is_not_read_is_dropped_with_all_within_and_the_words_after_it_stay() -> None:
    markup = "<p>Keep<script>let a = '<p>no</p>'</script> this</p><nav><ul><li>Home</li></ul></nav><style>p {}</style>"

    assert html_text(markup) == "Keep this"


def test_list_items_have_a_dash_and_stand_together() -> None:
    assert html_text("<p>We:</p><ul><li>dig<li><p>plant</p></ul><p>Done.</p>") == "We:\n\n- dig\n- plant\n\nDone."


def test_cells_of_a_row_stand_on_one_line() -> None:
    markup = "<table><tr><th>Tier</th><th>Award</th></tr><tr><td>Small</td><td>$5</td></tr></table>"

    assert html_text(markup) == "Tier | Award\n\nSmall | $5"


def test_the_title_of_the_page_comes_first_where_no_heading_does() -> None:
    assert html_text("<html><head><title>Trees</title></head><body><p>Dig.</p></body></html>") == "Trees\n\nDig."
    assert html_text("<html><head><title>Site</title></head><body><h1>Trees</h1></body></html>") == "Trees"


def test_no_file_is_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("swordfish", encoding="utf-8")
    markup = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><p>Words &x; more</p>'

    text = html_text(markup)

    assert "Words" in text
    assert "swordfish" not in text


def test_deeply_nested_markup_is_read() -> None:
    assert "words" in html_text("<div>" * 200 + "words" + "</div>" * 200)
