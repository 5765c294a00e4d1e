"""Make the generated lists of the language packs, and check the hand-written factors of units.

    python packaging/make_unit_lists.py            writes resources/languages/<code>/currencies.toml
    python packaging/make_unit_lists.py --check    compares the factors in symbols.toml with Pint's

Needs the packages babel and pint, at build time only. The names of currencies are those of the Unicode CLDR
(by way of Babel), for the ISO 4217 codes in symbols.toml; hand-written names in units.toml win over them.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

LANGUAGES = ("nl", "en", "fr", "de")
RESOURCES = Path(__file__).resolve().parent.parent / "resources" / "languages"
# What Pint calls the symbols; it knows the others by the same name or has no such unit.
PINT = {
    "m2": "meter**2",
    "km2": "kilometer**2",
    "dm2": "decimeter**2",
    "cm2": "centimeter**2",
    "mm2": "millimeter**2",
    "ft2": "foot**2",
    "in2": "inch**2",
    "mi2": "mile**2",
    "m3": "meter**3",
    "km3": "kilometer**3",
    "dm3": "decimeter**3",
    "cm3": "centimeter**3",
    "mm3": "millimeter**3",
    "ft3": "foot**3",
    "ha": "hectare",
    "ar": "are",
    "bbl": "oil_bbl",
    "gal": "gallon",
    "tsp": "teaspoon",
    "tbsp": "tablespoon",
    "floz": "fluid_ounce",
    "qt": "quart",
    "st": "stone",
    "wk": "week",
    "d": "day",
    "h": "hour",
    "min": "minute",
    "kn": "knot",
    "ly": "light_year",
    "AU": "astronomical_unit",
    "mi": "mile",
    "ft": "foot",
    "in": "inch",
    "yd": "yard",
    "nmi": "nautical_mile",
    "hp": "metric_horsepower",
    "t": "metric_ton",
    "kt": "1000*metric_ton",
    "Mt": "1e6*metric_ton",
    "Gt": "1e9*metric_ton",
    "turn": "turn",
    "a": "julian_year",
    "mo": "julian_year/12",
    "qtr": "julian_year/4",
    "rad": "radian",
    "cup": "cup",
    "pint": "pint",
    "lb": "pound",
    "oz": "ounce",
    "acre": "acre",
}
BASES = {
    "length": "meter",
    "area": "meter**2",
    "volume": "meter**3",
    "mass": "kilogram",
    "time": "second",
    "power": "watt",
    "energy": "joule",
    "voltage": "volt",
    "current": "ampere",
    "frequency": "hertz",
    "pressure": "pascal",
    "force": "newton",
    "data": "bit",
    "angle": "degree",
    "length/time": "meter/second",
}
SKIPPED = {
    "Wp",
    "VA",
    "Ah",
    "FLOPS",
    "px",
    "Sv",
    "Bq",
    "mol",
    "B",
    "cal",
    "TCE",
    "acre",
}  # no such unit, or another


def main() -> int:
    """Run the program; returns its exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare factors with Pint, write nothing")
    if parser.parse_args().check:
        return check_factors()
    for lang in LANGUAGES:
        write_currencies(lang)
    return 0


def symbols() -> dict[str, dict[str, object]]:
    """Return what symbols.toml holds."""
    with (RESOURCES / "symbols.toml").open("rb") as file:
        return tomllib.load(file)


def write_currencies(lang: str) -> None:
    """Write the CLDR names of currencies in a language, lower case, singular and plural."""
    from babel import Locale
    from babel.numbers import get_currency_name

    codes = str(symbols()["codes"]["list"]).split()
    names: dict[str, str] = {}
    for code in codes:
        for count in (1, 2, 5):
            name = get_currency_name(code, count=count, locale=Locale(lang)).lower()
            if name == code.lower() or "(" in name or any(char.isdigit() for char in name):
                continue
            for form in forms(name, lang):
                names.setdefault(form, code)
    lines = [f'"{name}" = "{code}"' for name, code in sorted(names.items())]
    source = "the Unicode CLDR (Unicode License V3)"
    head = f"# Made by packaging/make_unit_lists.py from {source}; do not edit.\n\n[money]\n"
    (RESOURCES / lang / "currencies.toml").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def forms(name: str, lang: str) -> list[str]:
    """Return a name with the endings that its adjective takes in German."""
    first, _, rest = name.partition(" ")
    if lang != "de" or not rest or not first.endswith(("er", "e", "es")):
        return [name]
    stem = first.rstrip("rs").rstrip("e")
    return [f"{stem}{ending} {rest}" for ending in ("e", "en", "er")]


def check_factors() -> int:
    """Compare each factor with Pint's; returns 1 if one differs by more than a millionth."""
    import pint

    registry = pint.UnitRegistry()
    data = symbols()
    wrong = seen = 0
    units: dict[str, list[str]] = {**data["units"], **data["prefixed"]}  # type: ignore[dict-item]
    for name, (dimension, factor, *_) in units.items():
        base = BASES.get(dimension)
        if base is None or name in SKIPPED or dimension == "temperature":
            continue
        value = registry(PINT.get(name, name)).to(base).magnitude
        seen += 1
        if abs(float(Decimal(factor)) - value) > 1e-6 * abs(value):
            wrong += 1
            print(f"{name}: {factor} {base} here, {value} by Pint", file=sys.stderr)
    print(f"{seen} factors compared, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
