"""Notices and proposals as files."""

from pathlib import Path

GARDENS = """\
opportunity_id: gardens
title: School Gardens
agency_name: City Parks Office
priorities:
  - key: "1"
    kind: absolute
    title: Gardens
    text: Plant vegetable gardens at public schools and teach children to grow food.
    elements:
      - plant vegetable gardens at schools
      - teach children to grow food
eligibility:
  applicant_types: [nonprofits_non_higher_education_with_501c3]
key_dates:
  - {name: post, date: 2026-01-10}
  - {name: application, date: 2026-06-30}
"""
HULLS = """\
opportunity_id: hulls
title: Submarine Hull Repair
priorities:
  - {key: "1", kind: purpose, title: Welding, text: Develop welding of titanium submarine hulls.}
key_dates:
  - {name: application, date: 2026-05-01}
"""
DISTRICTS_ONLY = GARDENS.replace("gardens\ntitle", "districts\ntitle").replace(
    "nonprofits_non_higher_education_with_501c3", "local_educational_agencies"
)
PROPOSAL = """\
# Gardens for every school

## Who are you?
We are Green Yard, a 501(c)(3) nonprofit organization founded in 2004.

## What will you do?
We plant vegetable gardens at public schools with neighbors. We teach children to grow food and to cook what they grow.
"""


def write(folder: Path, **texts: str) -> Path:
    """Write each text as a YAML notice named after its keyword, and return the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder
