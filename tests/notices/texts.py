"""Notices that the tests read, written for them in the layouts that users bring."""

from matcher.notices.page import Page, read_page
from matcher.text.documents import Document, DocumentKind

SAFE_WALKS = """\
Safe Walks to School: $60m for Calmer Streets

The U.S. Department of Transportation’s new round is here.\u00a0 It has $60m for approximately 12 winning proposals \
from LEAs, alone or in consortia, that want calmer streets. Awards range from $2-4m for districts serving \
1,000-3,000 students to $6-8m for districts serving 12,001+.

Absolute Priority 1: Streets That Children Can Walk. To meet this priority, an applicant must address how it will \
build on the crossing plans of its towns (as defined in the notice) to create routes that every child, parent, or \
neighbor can walk or ride in daylight and at night; teach children to ride; plant trees along the way; and lower the \
number of accidents.

There is little time: the Intent to Apply is due March 3 and the Application is due May 20. I keep a list of \
toolkits on this blog.

Good luck!


3 thoughts on “Safe Walks to School: $60m for Calmer Streets

  1. Pingback: Ten Streets | The Pavement

Ada says:

The deadline was moved to July 7, 2031, and $999m were added for nonprofits.

Leave a Reply

You are commenting using a Mastodon account. Sign out / Switch )

Connecting to %s"""

ORCHARD_FUND = """\
Orchard Fund

The Green Acre Foundation invites proposals from nonprofits with 501(c)(3) status. Applicants must be located in Oregon.

The purpose of the fund is to bring fruit trees to every neighborhood. It helps volunteers learn to prune.

Grants of up to $5,000 are available. Applications are accepted on a rolling basis.
"""

YAML_NOTICE = """\
opportunity_id: orchard-fund-2027
title: Orchard Fund
opportunity_number: OF-27-1
agency_name: Green Acre Foundation
source_url: https://example.org/orchards
status: posted
description: >-
  Brings fruit trees to neighborhoods
  that have none.
priorities:
  - key: "1"
    kind: absolute
    title: Trees for everybody
    text: >-
      Plant fruit trees where people
      can reach them.
    elements:
      - plant fruit trees
      - 'teach the neighbors'' children'
  - key: "2"
    kind: competitive_preference
    title: Schools
    text: "Work with \\u201cgreen\\u201d schools."
    points: 10
eligibility:
  applicant_types: [nonprofits_non_higher_education_with_501c3, state_governments]
  places: [Oregon]
  note: The applicant has worked with trees before.
funding:
  award_floor: 1000
  award_ceiling: 5000
  estimated_total_program_funding: 100000
  expected_number_of_awards: 40
  is_cost_sharing: false
  currency: USD
  tiers:
    - {people_served_minimum: 10, people_served_maximum: 50, award_floor: 1000, award_ceiling: 2000}
key_dates:
  - {name: intent, date: 08-30}
  - {name: application, date: 2027-03-15}
is_rolling: false
assistance_listing_numbers: ["10.675"]
funding_categories: [environment]
"""


def text_document(text: str, kind: DocumentKind = DocumentKind.TEXT) -> Document:
    return Document("notice.txt", kind, text)


def yaml_document(text: str) -> Document:
    return Document("orchard-fund-2027.yaml", DocumentKind.YAML, text)


def page_of(body: str) -> Page:
    """Return the page of a notice with a title and `body`."""
    return read_page(text_document(f"The Lantern Grant\n\n{body}"))
