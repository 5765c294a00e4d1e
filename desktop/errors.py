"""Everything that can go wrong without being our fault.

A `Problem` is shown to the reader as one clear line that names the file (or thing) and the reason;
any other exception is a bug and is shown as one, with its traceback. The sentence itself is made at
the edge by `desktop.i18n.problem_text`, from the kind and its fields, so that no room below has to
speak a language.
"""

from __future__ import annotations

from enum import StrEnum


class ProblemKind(StrEnum):
    """What went wrong; each has its words in `i18n.problem_reason` (a test checks that)."""

    NOT_FOUND = "not_found"  #: no such file or folder
    NOT_READABLE = "not_readable"  #: the system refuses to read it; detail = the system's words
    NOT_WRITABLE = "not_writable"  #: the system refuses to write it; detail = the system's words
    DISK_FULL = "disk_full"
    ALREADY_THERE = "already_there"  #: an equal text stands in the library
    IN_TRASH = "in_trash"  #: an equal text was thrown away; it is not brought back by itself
    UNKNOWN_FORMAT = "unknown_format"  #: no importer for this kind of file; detail = suffix
    EMPTY = "empty"  #: the file holds no text
    BINARY = "binary"  #: named as text, but is not
    TOO_LARGE = "too_large"  #: detail = the limit in words
    ENCRYPTED = "encrypted"  #: opens with a password only
    SCANNED = "scanned"  #: pictures of pages, no text; detail = their numbers
    NO_COLUMN = "no_column"  #: a table without a column of texts; detail = its columns
    DAMAGED = "damaged"  #: cannot be parsed; detail = where and why
    TOO_SLOW = "too_slow"  #: a worker process went over its time; detail = seconds
    CRASHED = "crashed"  #: a worker process died; detail: the work that it did, where no path names it
    LIBRARY_IN_USE = "library_in_use"  #: another process writes to this library
    LIBRARY_TOO_NEW = "library_too_new"  #: made by a newer version; detail = its schema version
    LIBRARY_DAMAGED = "library_damaged"  #: integrity check failed; detail = first finding
    NOT_A_LIBRARY = "not_a_library"  #: the folder holds something else
    NO_SUCH_ARTICLE = "no_such_article"  #: path = the id asked for
    NOT_CORRECTIONS = "not_corrections"  #: no file of corrections, or a damaged one
    NO_SUCH_ACTOR = "no_such_actor"  #: path = the id asked for
    NO_SUCH_ANNOTATION = "no_such_annotation"  #: path = the id asked for
    QUERY = "query"  #: the query cannot be read; detail = why
    CHANGED_SINCE = "changed_since"  #: undo refused: what it would restore was changed later
    BAD_LINE = "bad_line"  #: one line of a JSON-lines stream cannot be read; detail = why
    NOT_NOTES = "not_notes"  #: no file of notes that can be taken in; detail = why
    NOT_A_WHOLE_LIBRARY = "not_a_whole_library"  #: a folder of an exported library that is damaged
    FOLDER_IN_USE = "folder_in_use"  #: a folder to be written holds something else
    TEMPLATE = "template"  #: the reader's template cannot be used; detail = where and why
    UNKNOWN_VALUE = "unknown_value"  #: an option has a value that is not known; detail = the value


class Problem(Exception):
    """Something outside the program is not as it should be.

    path: the file, folder, id or option it is about ("" where there is none).
    detail: one short piece of fact for the sentence, in whatever language it came.
    """

    def __init__(self, kind: ProblemKind, path: object = "", detail: str = "") -> None:
        self.kind = kind
        self.path = str(path)
        self.detail = detail
        super().__init__(kind, self.path, detail)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.path, self.kind.value, self.detail) if part)


class Cancelled(Exception):
    """The reader asked to stop; raised only by `Progress.step`."""
