"""How an import is to be done: the reader's choices, and what the rule of a watched folder asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The choices of one import.

    keep_originals: files are copied into the library, by their hash; False: only their path is kept.
    tags: for every article that comes in new. lang: of the articles, None = as the file says, or detected.
    collection: by name, for every article that comes in new; "" = none.
    columns: of tables, what a column tells and its name (see `importers.table.Columns`); () = guessed.
    """

    keep_originals: bool = True
    tags: tuple[str, ...] = ()
    lang: str | None = None
    collection: str = ""
    columns: tuple[tuple[str, str], ...] = ()

    def as_record(self) -> dict[str, Any]:
        """Return what JSON can hold of it."""
        return {
            "keep_originals": self.keep_originals,
            "tags": list(self.tags),
            "lang": self.lang,
            "collection": self.collection,
            "columns": dict(self.columns),
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> ImportOptions:
        """Return what `as_record` was made of; what it does not tell is as usual."""
        return cls(
            keep_originals=record.get("keep_originals", True),
            tags=tuple(record.get("tags", ())),
            lang=record.get("lang"),
            collection=record.get("collection", ""),
            columns=tuple(record.get("columns", {}).items()),
        )
