"""The block of `key: value` lines between `---` lines at the top of a Markdown file.

Only what front matter is used for is read: plain and quoted values, and lists in either form. It is
not YAML: nothing is ever executed, nested or guessed.
"""

from __future__ import annotations

import re

from desktop.importers.base import Details, partial_date

_KEY = re.compile(r"([A-Za-z_][\w -]{0,40}):(?:\s+(.*)|\s*)$")
_MOST_LINES = 200
_MOST_TAGS = 100

#: what other programs call it
_NAMES = {
    "title": ("title", "titel"),
    "published": ("date", "datum", "published", "publish_date", "created"),
    "source": ("source", "bron", "publisher", "site"),
    "author": ("author", "auteur", "authors", "creator", "by"),
    "url": ("url", "link", "source_url"),
    "lang": ("lang", "language", "taal"),
    "tags": ("tags", "tag", "keywords"),
}


def split(lines: list[str]) -> tuple[Details, str | None, list[str]]:
    """Return what the front matter says, the title it gives, and the lines below it."""
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].rstrip() != "---":
        return Details(), None, lines
    end = next(
        (
            number
            for number in range(first + 1, min(len(lines), first + _MOST_LINES))
            if lines[number].rstrip() in ("---", "...")
        ),
        None,
    )
    values = None if end is None else _values(lines[first + 1 : end])
    if end is None or values is None:
        return Details(), None, lines  # a rule, not front matter

    def one(name: str) -> str | None:
        found = next((values[key] for key in _NAMES[name] if values.get(key)), [])
        return ", ".join(found) or None

    source, url = one("source"), one("url")
    if source and not url and re.match(r"https?://\S+$", source):
        source, url = None, source  # Obsidian's clipper keeps the address under "source"
    details = Details(
        published=partial_date(one("published") or ""),
        lang=_language(one("lang")),
        source=source,
        author=one("author"),
        url=url,
        tags=_tags(values),
    )
    title = " ".join((one("title") or "").split())
    return details, title or None, lines[end + 1 :]


def _values(lines: list[str]) -> dict[str, list[str]] | None:
    """Return the keys in lower case with their values; None when a line is not front matter."""
    values: dict[str, list[str]] = {}
    key = None
    for line in lines:
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        if match := _KEY.match(line):
            key = match[1].strip().lower()
            values[key] = _value(match[2] or "")
        elif key is not None and stripped.startswith("- "):
            values[key].append(_unquoted(stripped[2:]))
        elif key is not None and line[:1] in " \t":
            values[key].append(_unquoted(stripped))  # a value that goes on, or something nested
        else:
            return None
    return values


def _value(text: str) -> list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_unquoted(part) for part in text[1:-1].split(",") if part.strip()]
    if text in ("", "|", ">", "|-", ">-", "~", "null"):
        return []
    return [_unquoted(text)]


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return re.sub(r'\\(["\\])', r"\1", text[1:-1])
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    return re.sub(r"\s+#\s.*$", "", text)


def _tags(values: dict[str, list[str]]) -> tuple[str, ...]:
    found = next((values[key] for key in _NAMES["tags"] if values.get(key)), [])
    if len(found) == 1:
        found = re.split(r",\s*" if "," in found[0] else r"\s+(?=#)", found[0])
    names = (" ".join(tag.strip().lstrip("#").split()) for tag in found)
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_TAGS]


def _language(text: str | None) -> str | None:
    """Return the two-letter code of "nl", "nl-NL" or "nl_NL"."""
    code = re.match(r"([a-z]{2})(?:[-_]|$)", (text or "").strip().lower())
    return code[1] if code else None
