"""The date a file says it is of, in the notations of four languages -> YYYY-MM-DD."""

from __future__ import annotations

import re
from datetime import date

from desktop.importers.base import partial_date

_MONTHS = {
    1: "januari january janvier januar jänner jan janv",
    2: "februari february février februar feb févr fév fevrier fevr",
    3: "maart march mars märz mar mrt maa mrz",
    4: "april avril apr avr",
    5: "mei may mai",
    6: "juni june juin jun",
    7: "juli july juillet jul juil",
    8: "augustus august août aug aout",
    9: "september septembre sep sept",
    10: "oktober october octobre okt oct",
    11: "november novembre nov",
    12: "december décembre dezember dec déc dez decembre",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d\d)(?:[-/.](\d\d))?(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s*(?:de\s+|of\s+)?({_NAMES})\b\.?,?\s+(\d{{4}})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b({_NAMES})\b\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE
)
_MONTH_ONLY = re.compile(rf"\b({_NAMES})\b\.?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_MAILED = re.compile(r"(?<!\d)(\d{1,2})-([A-Za-z]{3})-(\d{4})(?!\d)")
_LONGEST = 300  #: characters; what is longer is no date


def day_in(text: str, *, month_first: bool = False) -> str | None:
    """Return the first date a short text holds as YYYY-MM-DD (YYYY-MM where there is no day), else None.

    month_first: how to read 3/12/2025, as American papers do.
    """
    text = text[:_LONGEST]
    if found := _ISO.search(text) or _COMPACT.search(text):
        iso = "-".join(part for part in found.groups() if part)
        if partial_date(iso):
            return iso
    if found := _DAY_FIRST.search(text):
        return _day(found[3], MONTHS[found[2].lower()], found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], MONTHS[found[1].lower()], found[2])
    if (found := _MAILED.search(text)) and found[2].lower() in MONTHS:
        return _day(found[3], MONTHS[found[2].lower()], found[1])
    if found := _NUMERIC.search(text):
        first, second, year = found.groups()
        in_order = (first, second) if month_first else (second, first)
        return _day(year, *in_order) or _day(year, *reversed(in_order))
    if found := _MONTH_ONLY.search(text):
        return f"{found[2]}-{MONTHS[found[1].lower()]:02}"
    return None


def _day(year: str, month: int | str, day: int | str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
