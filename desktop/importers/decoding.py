"""Bytes of a text file -> text: encodings, line ends, characters nobody sees."""

from __future__ import annotations

import codecs
import re
import unicodedata

from desktop.errors import Problem, ProblemKind

#: byte order marks; UTF-32 before UTF-16, whose mark it begins with
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: how bzip2 begins, by size of its blocks: three letters alone may begin a text
BZIP2 = tuple(b"BZh%d1AY&SY" % size for size in range(1, 10))
#: beginnings of files that are something else, whatever their name says
_OTHER_FORMATS = (
    b"%PDF-", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff",
    b"GIF8", b"\x7fELF", b"SQLite format 3", b"RIFF", b"7z\xbc\xaf",
    *BZIP2,
)  # fmt: skip

#: the 8-bit encodings of Western Europe, and what news is written with there beyond ASCII
_WESTERN = ("cp1252", "mac_roman", "cp850")
_LETTERS = frozenset("àáâäåæçèéêëìíîïñòóôöøùúûüÿßœÀÁÂÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜŒ")
_SIGNS = frozenset("€£§©®°²³½¼·…–—‘’“”„‹›«»¿±×µ\xa0")
_INSIDE_WORDS = frozenset("’–—·\xa0")  #: signs that may stand between two letters

#: 8-bit encodings that text of our readers can be in, for the guess
_CANDIDATES = [
    "cp1252", "mac_roman", "cp850", "cp437", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp1257", "iso8859_15", "shift_jis", "gb18030", "big5", "euc_kr", "euc_jp",
]  # fmt: skip

_SAMPLE = 20_000  #: bytes that are enough for a guess
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\u00ad\u200b\u2060]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def decode(data: bytes, path: str = "") -> str:
    """Return the text of a file, newlines "\\n"; raises Problem EMPTY or BINARY.

    UTF-8, UTF-16 and UTF-32 by their marks, UTF-8 and UTF-16 without; else Windows-1252 where that
    gives what European news is written with, else what charset-normalizer makes of a sample.
    """
    if not data.strip():
        raise Problem(ProblemKind.EMPTY, path)
    text = _by_mark(data)
    if text is None:
        if data.startswith(_OTHER_FORMATS):
            raise Problem(ProblemKind.BINARY, path)
        text = _without_mark(data)
    if text is None or len(_CONTROLS.findall(text[:_SAMPLE])) * 50 > len(text[:_SAMPLE]):
        raise Problem(ProblemKind.BINARY, path)
    return normalise(text)


def normalise(text: str) -> str:
    """Return the text with one kind of newline and without characters that nobody can see.

    Composed characters (NFC), so that a name is one sequence of code points however it was typed.
    Control characters, byte order marks, soft hyphens and zero-width spaces go; half a surrogate
    pair, which cannot be stored, becomes U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")
    text = _UNSEEN.sub("", text)
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _without_mark(data: bytes) -> str | None:
    head = data[:_SAMPLE]
    if b"\x00" in head:
        return _utf16_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # A file that is UTF-8 but for a few bytes, as when files of two kinds were pasted together.
    mostly = data.decode("utf-8", "replace")
    wrong = mostly.count("\ufffd")
    right = len(mostly) - len(mostly.encode("ascii", "ignore")) - wrong
    if right > 2 * wrong:
        return data.decode("utf-8", _BYTES_AS_WINDOWS)
    return _eight_bit(data)


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the text if every second byte is mostly zero, as in Latin script; None = not a text."""
    head = data[: _SAMPLE // 2 * 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.6 * half and even < 0.05 * half:
        return data.decode("utf-16-le", "replace")
    if even > 0.6 * half and odd < 0.05 * half:
        return data.decode("utf-16-be", "replace")
    return None


def _eight_bit(data: bytes) -> str:
    """Return the text in the Western encoding that makes most sense, else in the one guessed."""
    first = next(place for place, byte in enumerate(data) if byte > 127)
    sample = data[max(0, first - _SAMPLE // 4) :][:_SAMPLE]
    scores = {encoding: _sense(sample.decode(encoding, _BYTES_AS_WINDOWS)) for encoding in _WESTERN}
    encoding = max(_WESTERN, key=lambda name: scores[name])
    if scores[encoding] < 0.5:
        encoding = _guess(sample) or _WESTERN[0]
    return data.decode(encoding, _BYTES_AS_WINDOWS if encoding == "cp1252" else "replace")


def _sense(text: str) -> float:
    """Say from -1 to 1 how well the non-ASCII characters of a text suit Western Europe."""
    score = 0.0
    strange = [place for place, char in enumerate(text) if ord(char) > 127]
    if 4 * len(strange) > sum(char.isalpha() for char in text):
        return -1.0  # another alphabet
    for place in strange:
        char, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
        if char in _LETTERS:
            score += -1 if char.isupper() and before.islower() else 1
        elif char in _SIGNS and (char in _INSIDE_WORDS or not (before.isalpha() and after.isalpha())):
            score += 0.8
        else:
            score -= 1
    return score / max(1, len(strange))


def _guess(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes  # 30 ms, and rarely needed

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best else None


def _windows_bytes(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are wrong in UTF-8 as Windows-1252, and what even that leaves open as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    text = "".join(
        bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252") for byte in bad
    )
    return text, error.end


_BYTES_AS_WINDOWS = "leeslamp.windows_bytes"
codecs.register_error(_BYTES_AS_WINDOWS, _windows_bytes)
