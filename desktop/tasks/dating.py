"""When an article that does not say so was published: from its file's name, or a line that is a date.

What is found so may be another date than the article's: it is kept as doubtful, unless name and line agree.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from desktop.extraction import language
from desktop.extraction.dates import find_dates
from desktop.importers.base import partial_date
from desktop.model import LANGUAGES, ImportedArticle

_IN_NAME: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_. ]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)"
)
_TOP, _FOOT = 4, 2  # lines at the beginning and end that may be the date
_LONGEST_LINE = 70  # characters
_SHARE = 0.4  # of such a line that the date takes at least
_TELLS_LANGUAGE = 5_000  # characters at the beginning that decide the language


def with_date(imported: ImportedArticle) -> ImportedArticle:
    """Return the article with a date, where it has none and one can be found."""
    if imported.published is not None:
        return imported
    in_name, in_text = _of_name(imported.path), _of_lines(imported)
    published = in_text or in_name
    if published is None:
        return imported
    agree = bool(in_name and in_text and in_text.startswith(in_name))
    return replace(imported, published=published, doubtful=not agree)


def _of_name(path: str | None) -> str | None:
    if not path or "#" in path:  # the name of a file that holds several articles dates none of them
        return None
    found = list(_IN_NAME.finditer(PurePath(path).stem))
    if len(found) != 1:
        return None  # none, or one of several: which is not told
    year, between, month, day = found[0].groups()
    if day is None and not between:
        return None  # six figures may be anything
    return partial_date("-".join(part for part in (year, month, day) if part))


def _of_lines(imported: ImportedArticle) -> str | None:
    lines = [line for line in imported.text.split("\n") if line.strip()][1:]  # without the title
    likely = [line for line in (*lines[:_TOP], *lines[_TOP:][-_FOOT:]) if len(line) <= _LONGEST_LINE]
    if not likely or not any(char.isdigit() for line in likely for char in line):
        return None
    lang = imported.lang if imported.lang in LANGUAGES else language.detect(imported.text[:_TELLS_LANGUAGE])
    langs = dict.fromkeys((lang, *LANGUAGES))  # a site's own words need not be in the article's language
    for line, tried in ((line, tried) for line in likely for tried in langs):
        for mention in find_dates(line, tried, None):
            day = mention.period.value if mention.period else None
            if day and len(mention.text) >= _SHARE * len(line.strip()):
                day = partial_date(day)
                if day is not None and len(day) == len("2025-01-08"):
                    return day
    return None
