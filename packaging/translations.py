"""The interface's languages: collect the texts, check the catalogues, compile them.

    python packaging/translations.py extract    bring resources/translations/*.po up to date with the code
    python packaging/translations.py check      say what is missing or wrong; exit code 1 if anything is
    python packaging/translations.py compile    make the .mo files that the program reads

A text is collected where the code calls `_("text")`, `n_("one {n}", "many {n}", number)` or
`p_("context", "text")` of `desktop.i18n`, or marks it in a table with `N_("text")`, which is to be looked
up later as `_(table[key])`. Standard library only: the build hook and `leeslamp.py` use it
before anything is installed.
"""

from __future__ import annotations

import argparse
import ast
import re
import string
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = ROOT / "resources" / "translations"
SOURCES = ROOT / "desktop"
#: The language the texts in the code are written in: its catalogue repeats them.
OWN_LANGUAGE = "en"

Key = tuple[str | None, str]  #: context, text


@dataclass(frozen=True)
class Entry:
    """One text and its translations (one, or one for each plural form; "" = not translated yet)."""

    text: str
    context: str | None = None
    plural: str | None = None
    translations: tuple[str, ...] = ("",)
    places: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        """What identifies the text in a catalogue."""
        return (self.context, self.text)


@dataclass
class Catalogue:
    """A `.po` file: its header (the translation of the empty text) and its entries in order."""

    header: str = ""
    entries: dict[Key, Entry] = field(default_factory=dict)


# Reading and writing .po

_FIELD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s+(\".*)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


def _unquoted(line: str, where: str) -> str:
    if len(line) < 2 or not (line.startswith('"') and line.endswith('"')):
        raise ValueError(f"{where}: text not in quotes")
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), line[1:-1])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
    lines = escaped.split("\n")
    if len(lines) == 1:
        return f'"{escaped}"'
    pieces = [f'"{line}\\n"' for line in lines[:-1]] + ([f'"{lines[-1]}"'] if lines[-1] else [])
    return "\n".join(['""', *pieces])


def _blocks(lines: list[str]) -> Iterator[list[tuple[int, str]]]:
    """Split a file into the groups of lines that are one entry each."""
    block: list[tuple[int, str]] = []
    translated = False
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        starts = line.startswith(("#", "msgctxt", "msgid")) and not line.startswith("msgid_plural")
        if not line or (translated and starts):
            if translated:
                yield block
                block = []
            translated = False
        if line:
            block.append((number, line))
            translated = translated or line.startswith("msgstr")
    if translated:
        yield block


def _parsed(block: list[tuple[int, str]], name: str) -> Entry | None:
    fields: dict[str, str] = {}
    places: list[str] = []
    fuzzy = False
    current = ""
    for number, line in block:
        where = f"{name}:{number}"
        if line.startswith("#:"):
            places += line[2:].split()
        elif line.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in line
        elif line.startswith("#"):
            continue
        elif found := _FIELD.fullmatch(line):
            current = found[1]
            if current in fields:
                raise ValueError(f"{where}: a second {current} in one entry")
            fields[current] = _unquoted(found[3], where)
        elif current:
            fields[current] += _unquoted(line, where)
        else:
            raise ValueError(f"{where}: not understood: {line}")
    if "msgid" not in fields:
        return None
    forms = sorted(
        (int(key[7:-1] or 0) if "[" in key else 0, text)
        for key, text in fields.items()
        if key.startswith("msgstr")
    )
    return Entry(
        text=fields["msgid"],
        context=fields.get("msgctxt"),
        plural=fields.get("msgid_plural"),
        translations=tuple(text for _form, text in forms),
        places=tuple(places),
        fuzzy=fuzzy,
    )


def read_po(path: Path) -> Catalogue:
    """Read a catalogue. Raises ValueError, naming file and line, where it is not well formed."""
    catalogue = Catalogue()
    lines = path.read_text(encoding="utf-8").splitlines()
    for block in _blocks(lines):
        entry = _parsed(block, path.name)
        if entry is None:
            continue
        if entry.text == "" and entry.context is None:
            catalogue.header = entry.translations[0]
        elif entry.key in catalogue.entries:
            raise ValueError(f"{path.name}:{block[0][0]}: a second entry for {entry.text!r}")
        else:
            catalogue.entries[entry.key] = entry
    return catalogue


def write_po(path: Path, catalogue: Catalogue) -> None:
    """Write a catalogue. Places are files without line numbers, so that moved code changes nothing."""
    parts = [f'msgid ""\nmsgstr {_quoted(catalogue.header)}\n']
    for entry in catalogue.entries.values():
        lines = [f"#: {place}" for place in entry.places]
        if entry.fuzzy:
            lines.append("#, fuzzy")
        if entry.context is not None:
            lines.append(f"msgctxt {_quoted(entry.context)}")
        lines.append(f"msgid {_quoted(entry.text)}")
        if entry.plural is None:
            lines.append(f"msgstr {_quoted(entry.translations[0])}")
        else:
            lines.append(f"msgid_plural {_quoted(entry.plural)}")
            lines += [f"msgstr[{form}] {_quoted(text)}" for form, text in enumerate(entry.translations)]
        parts.append("\n".join(lines) + "\n")
    path.write_text("\n".join(parts), encoding="utf-8", newline="\n")


# Compiling


def mo_bytes(catalogue: Catalogue) -> bytes:
    """Return the catalogue in the binary form of GNU gettext (little-endian, revision 0, no hash table).

    Entries that are fuzzy or not wholly translated are left out: gettext then shows the text itself.
    Format: GNU gettext manual, section "The Format of GNU MO Files".
    """
    pairs = {b"": catalogue.header.encode()}
    for entry in catalogue.entries.values():
        if entry.fuzzy or not all(entry.translations):
            continue
        key = entry.text if entry.context is None else f"{entry.context}\x04{entry.text}"
        if entry.plural is not None:
            key += f"\0{entry.plural}"
        pairs[key.encode()] = "\0".join(entry.translations).encode()
    keys = sorted(pairs)
    start = 28 + 16 * len(keys)
    positions: list[list[tuple[int, int]]] = [[], []]
    blob = bytearray()
    for column, texts in enumerate((keys, [pairs[key] for key in keys])):
        for text in texts:
            positions[column].append((len(text), start + len(blob)))
            blob += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    table = b"".join(struct.pack("<2I", *pair) for column in positions for pair in column)
    return head + table + bytes(blob)


def compile_all(folder: Path = CATALOGUES) -> list[Path]:
    """Compile every `.po` of a folder beside itself where the `.mo` is missing or older; return all `.mo`."""
    made = []
    for po in sorted(folder.glob("*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime:
            mo.write_bytes(mo_bytes(read_po(po)))
        made.append(mo)
    return made


# Collecting from the code


def placeholders(text: str) -> set[str]:
    """Return the names in braces. Raises ValueError where the braces do not match."""
    return {
        name.split(".")[0].split("[")[0]
        for _t, name, _f, _c in string.Formatter().parse(text)
        if name is not None
    }


@dataclass
class Collected:
    """The texts of the code in order of appearance, and what is wrong with the calls ("file:line: why")."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def _constant(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


_LOOKED_UP = (ast.Name, ast.Attribute, ast.Subscript)
_SHAPES = {"_": ("text",), "N_": ("text",), "n_": ("text", "plural"), "p_": ("context", "text")}


def _called(node: ast.Call) -> str | None:
    """Return which of our functions is called: `_`, `N_`, `n_`, `p_`, bare or as `i18n._`."""
    function = node.func
    if isinstance(function, ast.Name):
        name = function.id
    elif (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "i18n"
    ):
        name = function.attr
    else:
        return None
    return name if name in _SHAPES else None


def _format_fault(call: ast.Call, text: str) -> str | None:
    """Check `_("…{name}…").format(name=…)`: are the names given those of the text?"""
    if call.args or any(keyword.arg is None for keyword in call.keywords):
        return "format() of a translated text takes names only"
    given, wanted = {keyword.arg for keyword in call.keywords}, placeholders(text)
    return (
        None
        if given == wanted
        else f"format() gives {sorted(map(str, given))}, the text has {sorted(wanted)}"
    )


def _collect_file(path: Path, place: str, found: Collected) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    formatted = {
        id(node.func.value): node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    }
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        where = f"{place}:{node.lineno}"
        shape = _SHAPES[_called(node) or ""]
        parts = {name: _constant(argument) for name, argument in zip(shape, node.args, strict=False)}
        text = parts.get("text")
        if _called(node) == "_" and node.args and isinstance(node.args[0], _LOOKED_UP):
            continue  # a text that stands in a table, marked with N_ there
        if len(parts) < len(shape) or None in parts.values() or not text:
            found.faults.append(f"{where}: not a plain text (no f-string, not joined, not empty)")
            continue
        try:
            placeholders(text)
            wrong = _format_fault(formatted[id(node)], text) if id(node) in formatted else None
        except ValueError as error:
            wrong = str(error)
        if wrong:
            found.faults.append(f"{where}: {wrong}")
        _add(found, Entry(text, parts.get("context"), parts.get("plural"), places=(place,)), where)


def _add(found: Collected, entry: Entry, where: str) -> None:
    known = found.entries.get(entry.key)
    if known is None:
        forms = 1 if entry.plural is None else 2
        found.entries[entry.key] = replace(entry, translations=("",) * forms)
    elif known.plural != entry.plural:
        found.faults.append(f"{where}: {entry.text!r} stands elsewhere with another plural")
    elif entry.places[0] not in known.places:
        found.entries[entry.key] = replace(known, places=known.places + entry.places)


def collect(sources: Path = SOURCES) -> Collected:
    """Find every text that the code under `sources` shows through `_`, `n_` or `p_`."""
    found = Collected()
    for path in sorted(sources.rglob("*.py")):
        _collect_file(path, path.relative_to(sources.parent).as_posix(), found)
    return found


# Checking and updating the catalogues


def _entry_faults(entry: Entry) -> Iterator[str]:
    if entry.fuzzy:
        yield "marked fuzzy"
    if not all(entry.translations):
        yield "not translated"
        return
    sources = [entry.text] if entry.plural is None else [entry.text, entry.plural]
    if len(sources) != len(entry.translations):
        yield f"{len(entry.translations)} forms instead of {len(sources)}"
        return
    for form, (source, translation) in enumerate(zip(sources, entry.translations, strict=True)):
        wanted, given = placeholders(source), placeholders(translation)
        # The singular may spell its number out: "one article".
        if given != wanted and not (
            entry.plural is not None and form == 0 and given | {"n"} == wanted | {"n"}
        ):
            yield f"placeholders {sorted(given)} instead of {sorted(wanted)}"
        for sign in ("…", ":", "\n"):
            if source.endswith(sign) != translation.endswith(sign):
                yield f"one ends in {sign!r}, the other does not"
        if source.count("&") != translation.count("&"):
            yield "shortcut mark & on one side only"


def check(folder: Path = CATALOGUES, found: Collected | None = None) -> list[str]:
    """Return what is wrong with the calls in the code and with each catalogue, one line each."""
    found = found or collect()
    faults = list(found.faults)
    for po in sorted(folder.glob("*.po")):
        catalogue = read_po(po)
        faults += [f"{po.name}: missing: {key[1]!r}" for key in found.entries if key not in catalogue.entries]
        faults += [f"{po.name}: unused: {key[1]!r}" for key in catalogue.entries if key not in found.entries]
        for entry in catalogue.entries.values():
            faults += [f"{po.name}: {entry.text!r}: {why}" for why in _entry_faults(entry)]
            if entry.key in found.entries and found.entries[entry.key].plural != entry.plural:
                faults.append(f"{po.name}: {entry.text!r}: another plural in the code")
    return faults


def _header(language: str) -> str:
    return (
        f"Project-Id-Version: Leeslamp\nLanguage: {language}\nMIME-Version: 1.0\n"
        "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n"
        "Plural-Forms: nplurals=2; plural=(n != 1);\n"
    )


def update(po: Path, found: Collected) -> None:
    """Bring a catalogue up to date: keep translations, add new texts, drop those no longer in the code."""
    catalogue = read_po(po) if po.exists() else Catalogue()
    fresh = Catalogue(catalogue.header or _header(po.stem))
    for key, entry in found.entries.items():
        known = catalogue.entries.get(key)
        if po.stem == OWN_LANGUAGE:
            texts = (entry.text,) if entry.plural is None else (entry.text, entry.plural)
            fresh.entries[key] = replace(entry, translations=texts)
        elif known is not None and known.plural == entry.plural:
            fresh.entries[key] = replace(known, places=entry.places)
        else:
            fresh.entries[key] = entry
    write_po(po, fresh)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("extract", "check", "compile"))
    command = parser.parse_args(arguments).command
    if command == "compile":
        print(*compile_all(), sep="\n")
        return 0
    found = collect()
    if command == "extract":
        CATALOGUES.mkdir(parents=True, exist_ok=True)
        for language in sorted({po.stem for po in CATALOGUES.glob("*.po")} | {OWN_LANGUAGE, "nl"}):
            update(CATALOGUES / f"{language}.po", found)
    faults = check(found=found)
    print(*faults, f"{len(found.entries)} texts, {len(faults)} faults", sep="\n")
    return 1 if faults and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
