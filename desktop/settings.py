"""The reader's settings: declared once here, kept as one JSON file, never a reason not to start.

A value that is missing, unknown or of the wrong shape counts as the default. The file is written
beside itself and then put in place, so that it is always whole.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting's default and the test that a stored value must pass."""

    default: Any
    valid: Callable[[Any], bool]


def _one_of(*values: str) -> Setting:
    return Setting(values[0], lambda value: value in values)


def _whole(default: int, low: int, high: int) -> Setting:
    return Setting(default, lambda v: isinstance(v, int) and not isinstance(v, bool) and low <= v <= high)


def _flag(default: bool) -> Setting:
    return Setting(default, lambda value: isinstance(value, bool))


def _text(default: str = "") -> Setting:
    return Setting(default, lambda value: isinstance(value, str))


def _numbers(low: int, high: int) -> Setting:
    def valid(value: Any) -> bool:
        return isinstance(value, dict) and all(
            isinstance(key, str) and isinstance(n, int) and low <= n <= high for key, n in value.items()
        )

    return Setting({}, valid)


def _texts() -> Setting:
    return Setting([], lambda v: isinstance(v, list) and all(isinstance(item, str) for item in v))


def _entries() -> Setting:
    return Setting([], lambda v: isinstance(v, list) and all(isinstance(item, dict) for item in v))


SETTINGS: dict[str, Setting] = {
    "language": _one_of("system", "nl", "en"),
    "theme": _one_of("system", "light", "sepia", "dark"),
    "typeface": _one_of("source_serif", "source_sans", "system_serif", "system_sans"),  # of articles
    "text_size": _whole(13, 8, 32),  # points, at 100 % zoom
    "line_height": _whole(165, 110, 240),  # per cent of the size
    "column_width": _whole(65, 40, 120),  # characters on a line
    "zooms": _numbers(50, 300),  # per cent, of the articles (UUID) with a zoom of their own, oldest first
    "library": _text(),  # folder of the library that was open; "" = the default one
    "recent_libraries": _texts(),  # newest first
    "searches": _texts(),  # search history, newest first
    "sort": _one_of("relevance", "date", "amount", "notes"),
    "saved_searches_open": _flag(True),  # the list of them, above the results
    "names_by_model": _flag(True),  # in the background, after the rules; False also while it is paused
    "originals": _one_of("copy", "reference"),  # imported files: into the library, or only where they are
    "fold_copies": _flag(True),  # of articles with nearly one text only one is in the list
    "mark_person": _flag(True),  # which marks are shown: see MarkGroup in ui/marks.py
    "mark_organisation": _flag(True),
    "mark_place": _flag(True),
    "mark_event": _flag(True),
    "mark_amount": _flag(True),
    "mark_date": _flag(True),
    "mark_other": _flag(False),
    "mark_highlight": _flag(True),
    "geometry": _text(),  # base64 of QMainWindow.saveGeometry
    "splitter": _text(),  # base64 of QSplitter.saveState
    "side_tab": _whole(0, 0, 3),
    "amounts_order": _one_of("text", "value", "kind"),  # in the side panel
    "dates_order": _one_of("text", "time"),
    "amounts_columns": _text(),  # base64 of QHeaderView.saveState
    "actors_columns": _text(),  # base64 of QHeaderView.saveState
    "actors_order": _one_of("articles", "name", "kind", "role", "aliases", "mentions", "first", "last"),
    "actors_descending": _flag(True),
    "actor_page": _text(),  # base64 of QSplitter.saveState
    "collections_shown": _flag(False),  # the list below the results
    "notes_columns": _text(),  # base64 of QHeaderView.saveState
    "notes_order": _one_of("place", "made", "changed", "colour"),
    "notes_descending": _flag(True),
    "notes_grouping": _one_of("article", "tag", "colour", "day", "none"),
    "notes_card": _text(),  # base64 of QSplitter.saveState
    "network_within": _one_of("sentence", "article"),
    "network_actors": _whole(40, 20, 60),
    "export_scope": _one_of("result", "article", "library"),
    "export_format": _one_of(
        *("markdown", "html", "docx", "pdf", "xlsx", "csv", "evidence", "jsonld", "bibtex", "ris", "csl")
    ),
    "export_whole": _flag(False),
    "export_template": _text(),  # file of the reader's own
    "view": _one_of(
        *("read", "amounts", "timeline", "actors", "network", "notes")
    ),  # of the library; see ui/library_views.py
    "last_article": _text(),  # UUID
    "drafts": _entries(),  # of notes not stored yet; see ui/draft_desk.py
    "last_folder": _text(),  # where the file dialog was
}


class Settings:
    """The settings of one user. path None keeps them in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self._values = self._load()

    def _load(self) -> dict[str, Any]:
        if self.path is None or not self.path.exists():
            return {}
        try:
            stored = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            logger.info("settings not readable, using defaults: %s", error)
            return {}
        return stored if isinstance(stored, dict) else {}

    def get(self, key: str) -> Any:
        """Return the value of a declared setting. Raises KeyError for an undeclared one."""
        setting = SETTINGS[key]
        value = self._values.get(key, setting.default)
        return value if setting.valid(value) else setting.default

    def set(self, key: str, value: Any) -> None:
        """Store a value. Raises KeyError for an undeclared setting, ValueError for an invalid value."""
        if not SETTINGS[key].valid(value):
            raise ValueError(f"{key}: {value!r}")
        if self._values.get(key) == value:
            return
        self._values[key] = value
        self._save()

    def remember(self, key: str, value: str, limit: int = 10) -> None:
        """Put value first in a list setting, once, keeping at most `limit`."""
        others = [item for item in self.get(key) if item != value]
        self.set(key, [value, *others][:limit])

    def forget(self, key: str, value: str) -> None:
        """Take a value out of a list setting."""
        self.set(key, [item for item in self.get(key) if item != value])

    def _save(self) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            fresh.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(fresh, self.path)
        except OSError as error:
            logger.info("settings not saved: %s", error)
