"""Texts of our own, edited as publishers and scanners do it, with highlights whose true places are known.

Every character keeps the place it came from through all edits, so that the truth is there by construction.
`cases()` gives the same ones in every run.

`python tests/quality/edited_texts.py N [SEED]` prints N of them to be judged by eye.
"""

from __future__ import annotations

import itertools
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from desktop.importers import read_file
from desktop.resources import starter_articles

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORPUS = ROOT / "packaging" / "model" / "corpus"

KEPT = 0.85  #: from this share of its characters on, side by side, a passage still exists
GONE = 0.25  #: up to this share it is gone
_MARK = re.compile(r"\[\[([^|\]]+)\|[^\]]*\]\]")
_WORD = re.compile(r"\w+|\W+")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][”’\"']*(?=\s|$)|$)")

Chars = list[tuple[str, int]]  #: each character with its place in the old text, -1 for new ones
Paragraphs = list[Chars]
Span = tuple[int, int]


class Fate(Enum):
    """What became of a passage."""

    EXISTS = "exists"
    CHANGED = "changed"  #: so much that finding it and giving it up are both right
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Case:
    """One highlight in an old text, and where it is in the new one (None = gone)."""

    kind: str
    old: str
    new: str
    start: int
    end: int
    fate: Fate
    kept: tuple[int, ...]  #: places in the new text of its characters, spaces left out

    @property
    def place(self) -> Span | None:
        """Where the passage is now, from its first to its last character; None when it is gone."""
        return None if self.fate is Fate.GONE else (self.kept[0], self.kept[-1] + 1)

    def judge(self, found: Span | None) -> str:
        """Return "right", "lost" or "wrong" for an answer. An answer that covers much else is wrong."""
        if found is None:
            return "lost" if self.fate is Fate.EXISTS else "right"
        place = self.place
        if place is None:
            return "wrong"
        if self.fate is Fate.CHANGED:  # what it covers must come from the passage for the greater part
            covered = sum(not char.isspace() for char in self.new[slice(*found)])
            ours = sum(found[0] <= one < found[1] for one in self.kept)
            return "right" if ours >= 0.5 * covered else "wrong"
        common = min(found[1], place[1]) - max(found[0], place[0])
        return "right" if common >= 0.8 * (max(found[1], place[1]) - min(found[0], place[0])) else "wrong"


# Where the texts come from


@cache
def texts() -> tuple[str, ...]:
    """Return our texts: the starters, what the names model learns from, samples, other scripts."""
    found = [read_file(path)[0].text for path in sorted(starter_articles().glob("*.txt"))]
    for path in sorted(CORPUS.glob("*.txt")):
        articles = path.read_text(encoding="utf-8").split("\n---\n")
        for article in articles[:8]:
            lines = [line for line in article.strip().split("\n")[1:] if not line.startswith("@")]
            found.append(_MARK.sub(r"\1", "\n".join(lines)).strip())
    found.append(read_file(ROOT / "tests" / "samples" / "plain_text" / "with-header.txt")[0].text)
    found += (HERE / "anchoring" / "scripts.txt").read_text(encoding="utf-8").strip().split("\n---\n")
    return tuple(unicodedata.normalize("NFC", text) for text in found if text.count("\n\n") >= 3)


def taken_apart(text: str) -> Paragraphs:
    """Return the paragraphs of a text with the place of each character."""
    return [
        [(char, match.start() + number) for number, char in enumerate(match[0])]
        for match in re.finditer(r"[^\n]+", text)
    ]


def put_together(paragraphs: Paragraphs) -> tuple[str, dict[int, int]]:
    """Return the text, and for each old place the new one."""
    chars: Chars = []
    for paragraph in paragraphs:
        chars += [*paragraph, ("\n", -1), ("\n", -1)]
    text = "".join(char for char, _place in chars).rstrip("\n")
    return text, {place: new for new, (_char, place) in enumerate(chars) if place >= 0}


def _words(paragraph: Chars) -> str:
    return "".join(char for char, _place in paragraph)


def _fresh(words: str) -> Chars:
    return [(char, -1) for char in words]


# What is done to them: each returns the paragraphs and the old places at which it is interesting to look
Edit = Callable[[Paragraphs, random.Random], tuple[Paragraphs, list[int]]]


def _elsewhere(chance: random.Random, text: Paragraphs) -> str:
    """Return a paragraph of some other text."""
    known = {_words(paragraph)[:40] for paragraph in text} | {""}
    words = ""
    while words[:40] in known:
        parts = [part for part in re.split(r"\n+", chance.choice(texts())) if len(part) > 40]
        words = chance.choice(parts) if not {part[:40] for part in parts} & known else ""
    return words


@cache
def _strange_words() -> tuple[str, ...]:
    return tuple(word for text in texts() for word in re.findall(r"\w{4,}", text))


def _places(paragraph: Chars) -> list[int]:
    return [place for _char, place in paragraph if place >= 0]


def add_paragraphs(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    for _number in range(chance.randint(1, 4)):
        text.insert(chance.randrange(len(text) + 1), _fresh(_elsewhere(chance, text)))
    return text, []


def remove_paragraph(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    gone = text.pop(chance.randrange(len(text)))
    return text, _places(gone)


def replace_paragraph(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    number = chance.randrange(len(text))
    gone = text[number]
    text[number] = _fresh(_elsewhere(chance, text))
    return text, _places(gone)


def move_paragraph(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    moved = text.pop(chance.randrange(len(text)))
    text.insert(chance.randrange(len(text) + 1), moved)
    return text, _places(moved)


def _sentences(paragraph: Chars) -> list[Chars]:
    return [paragraph[m.start() : m.end()] for m in _SENTENCE.finditer(_words(paragraph))]


def _longest(text: Paragraphs, chance: random.Random) -> int:
    """Return the number of a paragraph with at least two sentences, if there is one."""
    long = [number for number, paragraph in enumerate(text) if len(_sentences(paragraph)) > 1]
    return chance.choice(long or range(len(text)))


def remove_sentence(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    number = _longest(text, chance)
    sentences = _sentences(text[number])
    gone = sentences.pop(chance.randrange(len(sentences)))
    text[number] = [char for sentence in sentences for char in sentence]
    return text, _places(gone)


def move_sentence(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    number = _longest(text, chance)
    sentences = _sentences(text[number])
    moved = sentences.pop(chance.randrange(len(sentences)))
    text[number] = [char for sentence in sentences for char in sentence]
    goal = chance.randrange(len(text))
    there = _sentences(text[goal])
    there.insert(chance.randrange(len(there) + 1), [*_fresh(" "), *moved])
    text[goal] = [char for sentence in there for char in sentence]
    return text, _places(moved)


def _reworded(chars: Chars, chance: random.Random, share: float) -> Chars:
    """Replace, drop or add this share of the words."""
    new: Chars = []
    for match in _WORD.finditer(_words(chars)):
        part = chars[match.start() : match.end()]
        if match[0].isalpha() and chance.random() < share:
            way = chance.choice(("replace", "replace", "add", "drop"))
            if way == "add":
                part = [*part, *_fresh(" " + chance.choice(_strange_words()))]
            else:
                part = _fresh(chance.choice(_strange_words())) if way == "replace" else []
        new += part
    return new


def reword_sentence(
    text: Paragraphs, chance: random.Random, share: float = 0.08
) -> tuple[Paragraphs, list[int]]:
    number = _longest(text, chance)
    sentences = _sentences(text[number])
    one = chance.randrange(len(sentences))
    places = _places(sentences[one])
    sentences[one] = _reworded(sentences[one], chance, share)
    text[number] = [char for sentence in sentences for char in sentence]
    return text, places


def rewrite_sentence(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    return reword_sentence(text, chance, 0.6)


def reword_everywhere(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    return [_reworded(paragraph, chance, 0.025) for paragraph in text], []


def change_signs(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    signs = {
        **dict.fromkeys("“”«»", chance.choice('"„”')),
        **dict.fromkeys("’‘", "'"),
        '"': "”",
        "'": "’",
        "–": chance.choice("-—"),
        "-": chance.choice("‑‐"),
        " ": chance.choice(" \xa0\u202f"),
        "…": "...",
    }
    return [
        [(new, place) for char, place in paragraph for new in signs.get(char, char)] for paragraph in text
    ], []


def break_words(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    """Put soft hyphens into long words, or break lines."""
    into = chance.choice(("\u00ad", "\u200b"))
    broken = []
    for paragraph in text:
        new: Chars = []
        for number, (char, place) in enumerate(paragraph):
            if number % 11 == 7 and char.isalpha():
                new.append((into, -1))
            new.append((char, place))
        broken.append(new)
    return broken, []


_LOOKALIKES = {"l": "1", "o": "0", "e": "c", "i": "l", "m": "rn", "B": "8", "h": "b", "u": "n", "S": "5"}


def scan(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    """Misread one character in fifty, as scanners do; lose or double some."""
    read = []
    for paragraph in text:
        new: Chars = []
        for char, place in paragraph:
            if char.isspace() or chance.random() > 0.02:
                new.append((char, place))
            elif char in _LOOKALIKES:
                new += [(one, place) for one in _LOOKALIKES[char]]
            elif chance.random() < 0.5:
                new += [(char, place), (chance.choice(".,'i "), -1)]
        read.append(new)
    return read, []


def decompose(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    """Write accents as characters of their own, as some systems do."""
    return [
        [(part, place) for char, place in paragraph for part in unicodedata.normalize("NFD", char)]
        for paragraph in text
    ], []


def cut_off(text: Paragraphs, chance: random.Random) -> tuple[Paragraphs, list[int]]:
    """Lose the second half, as when a download broke off."""
    kept = max(1, len(text) // 2)
    return text[:kept], [place for paragraph in text[kept:] for place in _places(paragraph)]


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        add_paragraphs, remove_paragraph, replace_paragraph, move_paragraph, remove_sentence, move_sentence,
        reword_sentence, rewrite_sentence, reword_everywhere, change_signs, break_words,
        scan, decompose, cut_off,
    )
}  # fmt: skip


# Traps: the old text is given a twin of a passage first

_SWAPPED = {"miljoen": "miljard", "million": "billion", "niet": "wel", "not": "also", "meer": "minder"}


def near_twin(words: str, chance: random.Random) -> str:
    """Return a sentence that says something else in almost the same words."""
    other = re.sub(r"\d", lambda match: str((int(match[0]) + chance.randint(1, 8)) % 10), words)
    for old, new in _SWAPPED.items():
        other = re.sub(rf"\b{old}\b", new, other)
    if other == words:
        found = list(re.finditer(r"\b\w{4,}\b", words))
        if found:
            word = chance.choice(found)
            other = words[: word.start()] + chance.choice(_strange_words()) + words[word.end() :]
    return other


@dataclass(frozen=True, slots=True)
class Trap:
    """An old text with a sentence that has a twin somewhere, and a new text in which one of them is gone."""

    old: str
    new: str
    went: dict[int, int]
    marked: Span


FATES = ("both stay", "gone", "twin gone", "twin comes")


def trap(text: str, chance: random.Random, *, exact: bool, beside: bool, fate: str) -> Trap | None:
    """Give a sentence a twin, right behind it or in another paragraph, and let one of them go."""
    paragraphs = [_words(paragraph) for paragraph in taken_apart(text)]
    long = [number for number, words in enumerate(paragraphs) if len(words) > 80]
    if len(long) < 2:
        return None
    home, goal = chance.sample(long, 2)
    words = _words(chance.choice(_sentences(_fresh(paragraphs[home])))).strip()
    twin = words if exact else near_twin(words, chance)
    if not 25 <= len(words) <= 300 or text.count(words) != 1 or (twin == words and not exact):
        return None
    at = paragraphs[home].index(words)
    if beside:
        goal, cut = home, at + len(words)
    else:
        cut = paragraphs[goal].find(" ", len(paragraphs[goal]) // 2)
    if fate != "twin comes":
        paragraphs[goal] = f"{paragraphs[goal][:cut]} {twin}{paragraphs[goal][cut:]}"
    old = "\n\n".join(paragraphs)
    start = sum(len(words) + 2 for words in paragraphs[:home]) + at
    chars = taken_apart(old)
    if fate == "twin comes":
        chars[goal][cut:cut] = _fresh(f" {twin}")
    elif fate == "twin gone":
        del chars[goal][cut : cut + 1 + len(twin)]
    elif fate == "gone":
        del chars[home][at : at + len(words)]
    if chance.random() < 0.5:
        chars.insert(chance.randrange(len(chars)), _fresh(_elsewhere(chance, chars)))
    new, went = put_together(chars)
    return Trap(old, new, went, (start, start + len(words)))


def mention_again(text: str, chance: random.Random) -> Trap | None:
    """Drop a sentence and use some words of it in a new paragraph."""
    chars = taken_apart(text)
    home = _longest(chars, chance)
    sentence = chance.choice(_sentences(chars[home]))
    spans = [match.span() for match in re.finditer(r"\S+", _words(sentence))]
    if len(spans) < 5:
        return None
    first = chance.randrange(len(spans) - 3)
    last = min(len(spans) - 1, first + chance.randint(2, 6)) - 1
    phrase = sentence[spans[first][0] : spans[last][1]]
    start, end = phrase[0][1], phrase[-1][1] + 1
    if text.count(text[start:end]) != 1:
        return None
    chars[home] = [char for char in chars[home] if char not in sentence]
    other = _elsewhere(chance, chars)
    cut = other.find(" ", len(other) // 2)
    fresh = f"{other[:cut]} {text[start:end]}{other[cut:]}"
    chars.insert(chance.randrange(len(chars) + 1), _fresh(fresh))
    return Trap(text, *put_together(chars), (start, end))


def follow_up(text: str, other: str, chance: random.Random) -> Trap:
    """Put another article in the place of a text; paragraphs that are in both stay."""
    known = {_words(paragraph): paragraph for paragraph in taken_apart(text)}
    chars = [known.get(words) or _fresh(words) for words in re.findall(r"[^\n]+", other)]
    return Trap(text, *put_together(chars), _marked(text, chance, []))


# The cases
def _marked(text: str, chance: random.Random, near: list[int]) -> Span:
    """Return a passage as readers mark them: words, half sentences, sentences, paragraphs, more."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    if near:
        place = chance.choice(near)
        lines = [(begin, end) for begin, end in lines if begin <= place < end]
    begin, end = chance.choice(lines)
    way = chance.random()
    if way < 0.08:
        return begin, end
    if way < 0.12 and end < len(text):
        following = text.find("\n\n", end + 2)
        return begin, following if following > 0 else len(text)
    spans = [(begin + m.start(), begin + m.end()) for m in re.finditer(r"\S+", text[begin:end])]
    count = min(len(spans), chance.choice((1, 2, 3, 4, 6, 8, 12, 20, 40)))
    first = chance.randrange(len(spans) - count + 1)
    if near:
        at = next((number for number, span in enumerate(spans) if span[1] > place), 0)
        first = min(max(0, at - chance.randrange(count)), len(spans) - count)
    return spans[first][0], spans[first + count - 1][1]


def _case(kind: str, old: str, new: str, went: dict[int, int], span: Span) -> Case:
    order = [went[place] for place in range(*span) if place in went and not old[place].isspace()]
    kept = tuple(sorted(order))
    signs = sum(not old[place].isspace() for place in range(*span))
    if len(kept) <= GONE * signs:
        return Case(kind, old, new, *span, Fate.GONE, kept)
    fresh = sum(not char.isspace() for char in new[kept[0] : kept[-1] + 1]) - len(kept)
    whole = len(kept) >= KEPT * signs and fresh <= (1 - KEPT) * signs and order == sorted(order)
    return Case(kind, old, new, *span, Fate.EXISTS if whole else Fate.CHANGED, kept)


def _edited(chance: random.Random) -> Iterator[Case]:
    """Yield for each text and each edit a few highlights, most of them where the edit was made."""
    for text in texts():
        for names in ([name] for name in EDITS):
            more = chance.sample(sorted(EDITS), 1) if chance.random() < 0.3 else []
            chars, near = taken_apart(text), list[int]()
            for name in [*names, *more]:
                chars, at = EDITS[name](chars, chance)
                near += at
            new, went = put_together(chars)
            for number in range(4):
                span = _marked(text, chance, near if number < 3 else [])
                yield _case("+".join([*names, *more]), text, new, went, span)


def _trapped(chance: random.Random) -> Iterator[Case]:
    """Yield highlights of sentences that have a twin, and of pieces of them."""
    for text in texts():
        for exact, beside, fate in itertools.product((True, False), (True, False), FATES):
            made = trap(text, chance, exact=exact, beside=beside, fate=fate)
            if made is None or (exact and beside and fate != "both stay"):
                continue  # which of two neighbours came or went cannot be told when they say the same
            kind = f"{'twin' if exact else 'near twin'}{' beside it' if beside else ''}, {fate}"
            start, end = made.marked
            yield _case(kind, made.old, made.new, made.went, (start, end))
            spans = [match.span() for match in re.finditer(r"\S+", made.old[start:end])]
            if len(spans) > 3:
                first = chance.randrange(len(spans) - 2)
                piece = start + spans[first][0], start + spans[chance.randrange(first + 1, len(spans))][1]
                yield _case(kind, made.old, made.new, made.went, piece)


def _replaced(chance: random.Random) -> Iterator[Case]:
    """Yield highlights of what is gone while the words, or the persons and places, are still there."""
    all_texts = texts()
    for number, text in enumerate(all_texts):
        for _number in range(4):
            made = mention_again(text, chance)
            if made is not None:
                yield _case("mentioned again", made.old, made.new, made.went, made.marked)
            other = all_texts[(number + chance.choice((-2, -1, 1, 2))) % len(all_texts)]
            made = follow_up(text, other, chance)
            yield _case("follow-up", made.old, made.new, made.went, made.marked)


@cache
def cases(seed: str = "") -> tuple[Case, ...]:
    """Return all cases, the same in every run; another seed gives others of the same kinds."""
    return (
        *_edited(random.Random("edited" + seed)),
        *_trapped(random.Random("twins" + seed)),
        *_replaced(random.Random("replaced" + seed)),
    )


def main() -> None:
    """Print some cases."""
    for case in random.Random(" ".join(sys.argv[2:])).sample(cases(), int(sys.argv[1])):
        there = case.new[max(0, case.place[0] - 30) : case.place[1] + 30] if case.place else "-"
        sys.stdout.write(
            f"[{case.kind}] {case.fate.value}\n  old {case.old[case.start : case.end]!r}\n  new {there!r}\n"
        )


if __name__ == "__main__":
    main()
