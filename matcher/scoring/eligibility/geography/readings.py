"""What the words for a place may mean: "Springfield, IL", "rural Ohio", "Los Angeles and Orange Counties"."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from matcher.scoring.eligibility.geography.areas import ANYWHERE, Area, Relation, compare
from matcher.scoring.eligibility.geography.gazetteer import Entry, Kind, Renown, named
from matcher.text.layout import collapsed


@dataclass(frozen=True, slots=True)
class Reading:
    """The areas that one place of a list may mean: those that are likely, and all that are possible."""

    likely: tuple[Area, ...]
    possible: tuple[Area, ...]


_COMPASS = r"(?:north|south|east|west|(?:north|south)-?(?:east|west))(?:ern)?"
_STRETCH = (
    "areas?|communit(?:y|ies)|neighborhoods?|count(?:y|ies)|cit(?:y|ies)|towns?|schools?|regions?|parts?|portions?"
    "|lands?"
)
_WITHIN = "of|in|within|across|throughout"
_KINDS = "rural|urban|suburban|inner-city|low-income|underserved|disadvantaged|tribal|coastal|inland"
_PART = re.compile(
    rf"(?:(?:{_KINDS})\s+)*(?:{_STRETCH})\s+(?:{_WITHIN})\s+(?P<of>.+)"
    rf"|(?:{_KINDS}|{_COMPASS}|central|upper|lower|downtown|midtown|uptown)\s+(?P<whole>.+)"
    r"|(?P<place>.+?)\s+(?:neighborhoods?|communities|schools|residents|school district)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:greater|metro|metropolitan)\s+(?P<after>.+?)(?:\s+(?:area|region))?"
    r"|(?P<before>.+?)\s+(?:(?:metro|metropolitan|statistical)\s+)*(?:area|region|metro)",
    re.IGNORECASE,
)
_ALL = re.compile(
    rf"(?:(?:all|the whole|the entire|entire) (?:of )?|(?:statewide|citywide|countywide|nationwide|anywhere)?\s*"
    rf"(?:{_WITHIN})\s+)(?P<place>.+)|(?P<wide>.+?)\s*[-,]?\s*(?:statewide|citywide|countywide)",
    re.IGNORECASE,
)
_KIND_OF = re.compile(
    r"(?:the\s+)?(?P<kind>state|commonwealth|territory|city|town|township|village|borough|nation|republic)\s+of\s+"
    r"(?P<name>.+)",
    re.IGNORECASE,
)
_KINDS_OF = {"state": (Kind.STATE,), "commonwealth": (Kind.STATE,), "territory": (Kind.STATE,)} | dict.fromkeys(
    ("nation", "republic"), (Kind.NATION,)
)
_CITY_KINDS = (Kind.CITY, Kind.REGION)
_COUNTY_OF = re.compile(r"(?:the\s+)?(?:city\s+and\s+)?county\s+of\s+(?P<name>.+)", re.IGNORECASE)
_COUNTIES = re.compile(r"(?P<names>.+?)\s+(?:counties|cos\.?)|counties\s+of\s+(?P<listed>.+)", re.IGNORECASE)
_CITIES = re.compile(r"(?:the\s+)?(?:cities|states|towns)\s+of\s+(?P<names>.+)", re.IGNORECASE)
_CITY = re.compile(r"(?P<name>.+)\s+city", re.IGNORECASE)
_SHORT_COUNTY = re.compile(r"\bCo\.?$")
_BRACKETS = re.compile(r"\s*[(\[](?P<inside>[^)\]]*)[)\]]")
_LONGEST = 300
"""Lists of places are shorter; a longer text is prose."""
_LIST = re.compile(r"\s*;\s*|\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+|\s*/\s*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def readings_of(words: str) -> tuple[Reading, ...]:
    """Return one reading for each place of a list (mostly one); none if some of the words name no known place."""
    if len(words) > _LONGEST:
        return ()
    place = collapsed(_BRACKETS.sub(_in_brackets, words)).strip(" .;:,")
    return _whole(place) or _qualified(place) or _listed(place) or _described(place)


def _in_brackets(found: re.Match[str]) -> str:
    """Keep what makes a name exact, "Springfield (IL)", and drop remarks."""
    return f", {found['inside']}" if named(found["inside"]) else ""


def _whole(place: str) -> tuple[Reading, ...]:
    """Read the words as one name, or as a kind with a name: "City of Los Angeles"."""
    place = _SHORT_COUNTY.sub("County", place)
    if entries := named(place):
        return (_reading(entries),)
    if county := _COUNTY_OF.fullmatch(place):
        entries = named(f"{county['name']} County") or named(f"{county['name']} Parish")
    elif kind := _KIND_OF.fullmatch(place):
        entries = _of_kind(kind["name"], _KINDS_OF.get(kind["kind"].lower(), _CITY_KINDS))
    elif city := _CITY.fullmatch(place):
        entries = _of_kind(city["name"], _CITY_KINDS)
    return (_certain(entries),) if entries else ()


def _of_kind(name: str, kinds: tuple[Kind, ...]) -> tuple[Entry, ...]:
    """Return the places of the first kind that bears the name."""
    entries = named(name)
    return next((chosen for kind in kinds if (chosen := tuple(e for e in entries if e.kind is kind))), ())


def _reading(entries: tuple[Entry, ...]) -> Reading:
    """Weigh the bearers of a name: the renowned ones are likely; one that few know may be yet another place."""
    top = max(entry.renown for entry in entries)
    likely = tuple(entry.area for entry in entries if entry.renown >= min(top, Renown.LARGE))
    if top is Renown.UNMISTAKABLE:
        likely = tuple(entry.area for entry in entries if entry.renown >= Renown.WELL_KNOWN)
        return Reading(likely, likely)
    possible = tuple(entry.area for entry in entries)
    return Reading(likely, possible if top is Renown.WELL_KNOWN else (*possible, ANYWHERE))


def _certain(entries: Iterable[Entry]) -> Reading:
    areas = tuple(entry.area for entry in entries)
    return Reading(areas, areas)


def _qualified(place: str) -> tuple[Reading, ...]:
    """Read "name, wider place"; the wider place tells the bearers of the name apart."""
    name, comma, rest = (part.strip() for part in place.partition(","))
    within = readings_of(rest) if comma else ()
    if len(within) != 1 or not name:
        return ()
    if entries := _entries(name):
        inside = [entry for entry in entries if _is_inside(entry.area, within[0])]
        inside = inside or [entry for entry in entries if _may_lie_in(entry.area, within[0])]
        return (_certain(inside),) if inside else ()
    if (described := readings_of(name)) and len(described) == 1:
        areas = tuple(area for area in described[0].likely if _is_inside(area, within[0]))
        return (Reading(areas, areas),) if areas else ()
    parts = tuple(area.part() for area in within[0].likely)
    return (Reading(parts, (*parts, ANYWHERE)),) if _LIST.search(rest) is None else ()


def _entries(name: str) -> tuple[Entry, ...]:
    """Return the bearers of a name, without the towns that a state or nation of the same name outshines."""
    entries = named(_SHORT_COUNTY.sub("County", name))
    is_unmistakable = any(entry.renown is Renown.UNMISTAKABLE for entry in entries)
    return tuple(entry for entry in entries if not is_unmistakable or entry.renown >= Renown.WELL_KNOWN)


def _is_inside(area: Area, reading: Reading) -> bool:
    return any(compare(area, wider) in (Relation.INSIDE, Relation.SAME) for wider in reading.likely)


def _may_lie_in(area: Area, reading: Reading) -> bool:
    """Whether the place may be in a region of which only the surroundings are known: "London, Ontario"."""
    vague = [wider for wider in reading.likely if not wider.core]
    return any(compare(area, wider) is Relation.OVERLAPS for wider in vague)


def _listed(place: str) -> tuple[Reading, ...]:
    """Read a list of places; each of them must be known."""
    if counties := _COUNTIES.fullmatch(place):
        names = _LIST.split(counties["names"] or counties["listed"])
        return _all_known(_whole(f"{name} County") or readings_of(name) for name in names)
    cities = _CITIES.fullmatch(place)
    names = _LIST.split(cities["names"] if cities else place)
    return _all_known(readings_of(name) for name in names) if len(names) > 1 else ()


def _all_known(parts: Iterable[tuple[Reading, ...]]) -> tuple[Reading, ...]:
    read = list(parts)
    return tuple(reading for part in read for reading in part) if all(read) else ()


def _described(place: str) -> tuple[Reading, ...]:
    """Read "all of Ohio", "Greater Boston" and "rural Ohio"."""
    if (whole := _ALL.fullmatch(place)) and (read := readings_of(whole["place"] or whole["wide"])):
        return read
    if (around := _AROUND.fullmatch(place)) and (read := readings_of(around["after"] or around["before"])):
        return tuple(_mapped(reading, Area.surroundings) for reading in read)
    if (part := _PART.fullmatch(place)) and (read := readings_of(part["of"] or part["whole"] or part["place"])):
        return tuple(_mapped(reading, Area.part) for reading in read)
    return ()


def _mapped(reading: Reading, change: Callable[[Area], Area]) -> Reading:
    return Reading(tuple(map(change, reading.likely)), tuple(map(change, reading.possible)))
