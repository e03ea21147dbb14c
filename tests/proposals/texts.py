"""Short proposals of our own in the layouts that users bring."""

FRONT_MATTER = r"""---
published: true
organization_id: '417'
year_submitted: 2031
category: green
title: >-
  Shade for All: Trees Where They
  Are Missing
project_summary: "We plant.That’s our work.\r\n\r\nNeighbors \"water\" & keep."
project_image: 'https://example.org/trees.jpg'
project_areas:
  - North Side
  - Old Town
'In two sentences, please describe your proposal.': "We plant.That’s our work.\r\n\r\nNeighbors \"water\" & keep."
Where will you be working?:
  - North Side
  - Old Town
What will change?:
  - Summer temperatures of the hottest streets
  - 'Trees that live for three years (counted, mapped)'
Please explain how you will test your plan. How will you measure it?: >-
  We count the trees that live after one and after three years, and

  we measure the temperature of twenty streets.
cached_project_image: >-
  https://example.org/cache/trees.jpg
organization_name: 'Shade Club, a Project of Old Town Foundation'

---
"""

QUESTIONS = """Applications to the next Green Streets Challenge are open until June 3rd, 2032.
2031 Green Streets Challenge

Shade Club Plants Four Hundred Trees

With the help of many hands, Shade Club Old Town (Shade Club) has grown to become one of the largest nonprofit tree
networks of the county, and it plants where no tree grows.


What is the main theme of your application?

Green Streets

In which areas of the county will you be directly working?

North Side

Old Town

Describe the project this grant will support.

We dig, we plant, and we water. But how will we reach more streets?

Our crews ask the neighbors first.

Approximately how many residents will this work impact?

Direct Impact: 2,400

Indirect Impact: 9,000

How much funding are you requesting?

$25,000

Describe the role of other organizations.

We work with charter schools. While separate 501(c)(3) groups, both organizations share a truck.
"""
