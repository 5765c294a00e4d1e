"""The pages of the help: Markdown in `resources/help/`, with what the tables of the program know filled in.

A page may hold `{key:action}` (the first key of an action of `ui/actions.py`), `{keys}` (all keys, by menu),
`{operators}` and `{fields}` (the query language). A link to another page is `[words](page:its-name)`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from desktop import i18n
from desktop.i18n import _, p_
from desktop.resources import resource
from desktop.ui.actions import Actions, keys_of, menu_name, plain_text
from desktop.ui.shortcut_sheet import keys_by_menu
from desktop.ui.suggestions import choice_word, field_word

if TYPE_CHECKING:
    from desktop.search.fields import Field

#: in the order in which they are shown
NAMES = (
    *("start", "search", "reading", "notes", "actors", "amounts", "timeline", "network"),
    *("import", "export", "keys", "libraries", "privacy"),
)
#: the page of each view of the library
PAGE_OF_VIEW = {"read": "reading"}
_KEY = re.compile(r"\{key:(\w+)\}")
_MARKUP = re.compile(r"[*`#|>]|\]\([^)]*\)|\[|\\")
_ACCENTS = re.compile("[\u0300-\u036f]")
_AROUND = 60  # characters of a place that was found


@dataclass(frozen=True, slots=True)
class Page:
    """A page. text: its Markdown, complete; plain: its words."""

    name: str
    title: str
    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page that has the words that were asked for, and the first place where one stands."""

    page: Page
    place: str


def page_of(view: str) -> str:
    """Return the name of the page about a view of the library."""
    return PAGE_OF_VIEW.get(view, view)


def load(actions: Actions) -> list[Page]:
    """Return all pages in the interface's language."""
    return [_page(name, actions) for name in NAMES]


def _page(name: str, actions: Actions) -> Page:
    source = resource("help", i18n.language(), f"{name}.md").read_text(encoding="utf-8")
    text = _KEY.sub(lambda match: _key(actions, match[1]), source)
    for placeholder, lines in (
        ("{keys}", _keys),
        ("{operators}", lambda _actions: operators()),
        ("{fields}", lambda _actions: fields()),
    ):
        if placeholder in text:
            text = text.replace(placeholder, "\n".join(lines(actions)))
    title = text.partition("\n")[0].lstrip("# ").strip()
    return Page(name, title, text, " ".join(_MARKUP.sub("", text).split()))


def _key(actions: Actions, name: str) -> str:
    """Return the first key of an action as keyboards have it. Raises KeyError for an action there is not."""
    row = next((row for row in actions.rows if row.name == name), None)
    if row is None:
        raise KeyError(name)
    keys = keys_of(row)
    return f"**{keys[0].toString(QKeySequence.SequenceFormat.NativeText)}**" if keys else plain_text(row.text)


def _keys(actions: Actions) -> Iterable[str]:
    for menu, lines in keys_by_menu(actions).items():
        if lines:
            yield f"## {plain_text(menu_name(menu))}\n"
            yield from _table([(f"**{keys}**", words) for words, keys in lines], _("Keys"), _("What they do"))
            yield ""


def operators() -> list[str]:
    """Return the table of what can stand between and around words."""
    rows = (
        ("a b", _("both words, in any order")),
        (f"a {_either()} b", _("one of the two")),
        ("-a, {no} a".format(no=p_("in a search", "NOT")), _("not this")),
        ('"a b"', _("these words side by side")),
        ('"a b"~5', _("with at most five words in between")),
        ("begin*", _("words that begin so")),
        ("spel~", _("with a spelling mistake")),
        ('="Word"', _("in exactly this form")),
        ("( )", _("brackets keep together")),
    )
    return _table([(f"`{sign}`", words) for sign, words in rows], _("Typed"), _("Finds"))


def fields() -> list[str]:
    """Return the table of fields, made from that of the query language."""
    from desktop.search.fields import FIELDS

    rows = []
    for field in FIELDS:
        word = field_word(field)
        names = " ".join(f"`{one}:`" for one in dict.fromkeys((word, field.name, *field.others)))
        examples = ", ".join(f"`{example}`" for example in _examples(field, word))
        rows.append((names, f"{_(field.help)}: {examples}"))
    return _table(rows, _("Field"), _("Asks about"))


def _either() -> str:
    return p_("in a search", "OR")


def _examples(field: Field, word: str) -> Iterable[str]:
    """Yield what can be asked of a field, in the reader's language: every choice where there are few."""
    for value in field.values:
        yield f"{word}:{choice_word(field, value)}"
    for example in () if field.values else field.examples:
        yield example.replace(f"{field.name}:", f"{word}:", 1).replace(" OR ", f" {_either()} ")


def _table(rows: Iterable[tuple[str, str]], left: str, right: str) -> list[str]:
    lines = [f"| {left} | {right} |", "|---|---|"]
    return [*lines, *(f"| {_cell(one)} | {_cell(other)} |" for one, other in rows)]


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def find(pages: Sequence[Page], words: str) -> list[FoundPage]:
    """Return the pages in which all words stand, those with one in the title first, then by how often."""
    asked = _fold(words).split()
    if not asked:
        return []
    found = []
    for number, page in enumerate(pages):
        text, title = _fold(page.plain), _fold(page.title)
        if all(word in text for word in asked):
            in_title = any(word in title for word in asked)
            often = sum(text.count(word) for word in asked)
            found.append((not in_title, -often, number, FoundPage(page, _place(page.plain, text, asked))))
    return [one for *_order, one in sorted(found, key=lambda entry: entry[:3])]


def _place(plain: str, folded: str, asked: Sequence[str]) -> str:
    """Return the words around the first place behind the title where one of the words stands."""
    at = min((place for word in asked if (place := folded.find(word)) >= 0), default=0)
    start, end = max(0, at - _AROUND // 2), at + _AROUND
    cut = plain[start:end] if len(plain) == len(folded) else plain[:_AROUND]
    return f"{'…' if start else ''}{cut.strip()}…"


def _fold(text: str) -> str:
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
