"""Every colour that text is read in stands out from what is behind it, in both schemes: WCAG 2.2 AA, 4.5 to 1."""

import re
from pathlib import Path

import pytest

from matcher import mail

TEMPLATES = Path(mail.__file__).parent / "templates"
PAIRS = {
    "digest.html": [("body", "body"), ("body", ".item"), ("a", "body"), ("a", ".item"), (".quiet", "body"),
                    (".quiet", ".item"), ("body", ".change")],
    "letter.html": [("body", ".card"), (".quiet", ".card"), (".button", ".button")],
}  # fmt: skip


def declared(css: str, selector: str, name: str) -> str | None:
    """Return the last colour that a style sheet declares for a selector."""
    found = None
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        if selector in [one.strip() for one in selectors.split(",")]:
            match = re.search(rf"(?:^|[;\s]){name}: (#[0-9a-f]{{6}})", body)
            found = match[1] if match else found
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("template", PAIRS)
def test_text_stands_out_from_its_ground(template: str, scheme: str) -> None:
    style = (TEMPLATES / template).read_text(encoding="utf-8").partition("<style>")[2].partition("</style>")[0]
    light, _, dark = style.partition("@media screen and (prefers-color-scheme: dark)")
    for text, ground in PAIRS[template]:
        colours = []
        for selector, name in ((text, "color"), (ground, "background")):
            in_dark = declared(dark.strip().lstrip("{"), selector, name) if scheme == "dark" else None
            colours.append(in_dark or declared(light, selector, name))
        assert None not in colours, (text, ground)
        assert contrast(*colours) >= 4.5, (text, ground, colours)
