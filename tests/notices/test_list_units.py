from matcher.notices.list_units import list_units


def test_items_on_lines_within_a_paragraph_and_after_semicolons_are_told_apart() -> None:
    words = "Eligible: -States: all. -Tribes\n\n1. Cities\n2. Towns\n\nschools; and colleges"

    assert [(unit.words.strip(), unit.mark) for unit in list_units(words)] == [
        ("Eligible:", ""),
        ("States: all.", "-"),
        ("Tribes", "-"),
        ("Cities", "1"),
        ("Towns", "1"),
        ("schools", ""),
        ("colleges", ";"),
    ]


def test_a_unit_knows_where_it_stands() -> None:
    words = "We take: a) states, b) tribes."

    assert [words[unit.start : unit.start + len(unit.words)] for unit in list_units(words)] == [
        unit.words for unit in list_units(words)
    ]


def test_a_hyphen_within_words_is_no_mark() -> None:
    (unit,) = list_units("Non-profit, self-governed groups - and others")

    assert unit.mark == ""
