"""The names of places and the areas that they name, from the tables in `matcher/scoring/data/places`."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache
from importlib.resources import files
from itertools import chain

from matcher.scoring.eligibility.geography.areas import Area, Path
from matcher.text.layout import collapsed

_NATION = "US"
_MARK = "*"
"""Before a name: once for a large city or nation, twice for a city that needs no state beside its name."""


class Kind(Enum):
    """What a named place is."""

    NATION = "nation"
    STATE = "state"
    COUNTY = "county"
    CITY = "city"
    REGION = "region"


class Renown(IntEnum):
    """How surely a name without more means this place."""

    ONE_OF_MANY = 0
    LARGE = 1
    """A city of 100,000 people."""
    WELL_KNOWN = 2
    """A city of 250,000 people (a million abroad), a nation, a region, a county with the word "County"."""
    UNMISTAKABLE = 3
    """A state, or a nation of ten million: towns of its name are always told apart from it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place that a name may mean."""

    area: Area
    kind: Kind
    renown: Renown


@cache
def places_hash() -> str:
    """Return the SHA-256 of all tables: verdicts on places depend on them."""
    tables = sorted((files("matcher.scoring") / "data" / "places").iterdir(), key=lambda table: table.name)
    return hashlib.sha256(b"".join(table.read_bytes() for table in tables)).hexdigest()


def named(name: str) -> tuple[Entry, ...]:
    """Return the places that bear `name`; none if it is no name of a place that we know.

    Case, accents, periods, hyphens and a leading "the" do not matter. A name of two letters is an abbreviation and
    must be written in capitals.
    """
    key = normalized(name)
    letters = name.replace(".", "").strip()
    if len(key) == len("CA") and not letters.isupper():
        return ()
    return _index().get(key, ())


def normalized(name: str) -> str:
    """Return the name as the index spells it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = letters.casefold().replace(".", "").replace("'", "").replace("-", " ").replace("&", " and ").split()
    words = [_SPELLINGS.get(word, word) for word in words]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


_SPELLINGS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}


@cache
def _index() -> Mapping[str, tuple[Entry, ...]]:
    found: defaultdict[str, dict[Entry, None]] = defaultdict(dict)
    for name, entry in chain(_nations(), _states(), _regions(), _counties(), _cities_abroad()):
        found[normalized(name)][entry] = None
    for name, entry in _bare_counties():
        key = normalized(name)
        same = [other.renown for other in found[key] if other.kind is Kind.CITY and _lies_in(other, entry)]
        if same or not found[key]:
            renown = max(same, default=Renown.ONE_OF_MANY)
            found[key][Entry(entry.area, Kind.COUNTY, renown)] = None
    return {key: tuple(entries) for key, entries in found.items()}


def _lies_in(city: Entry, county: Entry) -> bool:
    return {path[:-1] for path in city.area.core} == county.area.core


def _nations() -> Iterator[tuple[str, Entry]]:
    for code, names in _rows("nations.txt"):
        for marked in names.split("|"):
            renown = Renown.UNMISTAKABLE if marked.startswith(_MARK) else Renown.WELL_KNOWN
            yield marked.lstrip(_MARK), Entry(Area.exact((code,)), Kind.NATION, renown)


def _states() -> Iterator[tuple[str, Entry]]:
    for code, name in _rows("states.txt"):
        entry = Entry(Area.exact((_NATION, code)), Kind.STATE, Renown.UNMISTAKABLE)
        yield from ((name, entry), (code, entry))


def _counties() -> Iterator[tuple[str, Entry]]:
    for state, county, *cities in _rows("counties.txt"):
        if county:
            yield county, Entry(Area.exact((_NATION, state, county)), Kind.COUNTY, Renown.WELL_KNOWN)
        for marked in "".join(cities).split("|"):
            if marked:
                yield _city(marked, (_NATION, state, county))


def _bare_counties() -> Iterator[tuple[str, Entry]]:
    """Yield counties by their names without "County", as in "Kern and Tulare"."""
    for state, county, *_ in _rows("counties.txt"):
        for suffix in (" County", " Parish"):
            if county.endswith(suffix):
                area = Area.exact((_NATION, state, county))
                yield county.removesuffix(suffix), Entry(area, Kind.COUNTY, Renown.ONE_OF_MANY)


def _cities_abroad() -> Iterator[tuple[str, Entry]]:
    for nation, cities in _rows("world_cities.txt"):
        for marked in cities.split("|"):
            yield _city(marked, (nation, "", ""))


def _city(marked: str, within: Path) -> tuple[str, Entry]:
    name = marked.lstrip(_MARK)
    return name, Entry(Area.exact((*within, name)), Kind.CITY, Renown(len(marked) - len(name)))


def _regions() -> Iterator[tuple[str, Entry]]:
    for line in _lines("regions.txt"):
        names, _, units = line.partition(" =")
        certain, _, uncertain = units.partition("+")
        core = frozenset(_units(certain))
        area = Area(core, core | frozenset(_units(uncertain)))
        for name in names.split("|"):
            yield name, Entry(area, Kind.REGION, Renown.WELL_KNOWN)


def _units(written: str) -> Iterator[Path]:
    """Yield the paths of units such as "DE", "US-CA/Kern County" and "*"."""
    for unit in filter(None, map(str.strip, written.split(";"))):
        codes, *inner = unit.split("/")
        yield () if unit == "*" else (*codes.split("-"), *inner)


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(name))


def _lines(name: str) -> Iterator[str]:
    text = (files("matcher.scoring") / "data" / "places" / name).read_text(encoding="utf-8")
    return (collapsed(line) if "\t" not in line else line for line in text.splitlines() if not line.startswith("#"))
