"""Make the dictionaries by which Dutch and German compounds are cut: `resources/compounds/`.

    python -m venv lists && lists/bin/pip install spacy-lookups-data==1.0.5 wordfreq==3.1.1
    lists/bin/python packaging/make_compounds.py

Sources: for Dutch the nouns of spacy-lookups-data (MIT) with the frequencies of wordfreq (CC BY-SA 4.0), for
German both from spacy-lookups-data; countries, places and persons from our other lists; what is written by
hand from packaging/compounds/. The lists are committed: this script runs only when a source or a choice
changes. One form a line, sorted: word, tab, roles (f may stand first, l last, w is not cut itself) and
frequency in tenths; or word, tab, "=" and its parts.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop.search import dutch  # noqa: E402
from desktop.search.analysis import fold  # noqa: E402
from desktop.search.compounds import LINKS, Dictionary, Entry, cut  # noqa: E402

GAZETTEERS = ROOT / "resources" / "gazetteers"
#: Letters of a noun, and how frequent it must be: decimal logarithm, per thousand million words.
LEAST = {5: 3.0}
LEAST_OF_LONGER = 2.7
MORE_OF_A_VERB = 0.3  #: so much more frequent than the singular is a verb, not a plural
UNLISTED_CAPITAL = 0.7  #: so much more frequent is a noun with a capital than without, if no list has it
LEAST_UNLISTED = 3.5
NOUN_ENDINGS = ("ung", "heit", "keit", "tion", "tat", "schaft", "mus", "logie", "ik")
DROPS_E = re.compile(r"^.{5,}(?<!i)(?<!os)e$")  #: German nouns that may lose their last letter before another
RARE = 3.0  #: frequency of what no list has
NAMED = 2.0  #: smallest frequency of a word that is looked at as a name
COLUMN = {"nl": 1, "de": 4}  #: in countries.txt
OF_A_PLACE = {"nl": ("", "s", "se", "er", "ers"), "de": ("", "er", "s", "ern")}

Frequencies = dict[str, float]


def lookups(name: str) -> Any:
    """Return one table of spacy-lookups-data."""
    import spacy_lookups_data

    path = Path(spacy_lookups_data.__file__).parent / "data" / f"{name}.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return json.load(stream)


def _raise(table: Frequencies, word: str, frequency: float) -> None:
    table[word] = max(frequency, table.get(word, 0.0))


def dutch_words() -> tuple[Frequencies, Frequencies]:
    """Return all words and the forms of nouns, folded, with their frequencies.

    A form of a noun is one that the list has, or a plural with the stem of one. A verb may look the same
    (koersen): it is a noun if it is not much more frequent than the singular.
    """
    import wordfreq

    index = lookups("nl_lemma_index")
    nouns = {word for word in index["noun"] if word.islower() and word.isalpha()}
    index_verbs, adjectives = set(index["verb"]), set(index["adj"])
    frequency = {w: math.log10(f) + 9 for w, f in wordfreq.get_frequency_dict("nl", "large").items()}
    stems: Frequencies = {}
    for word in nouns:
        _raise(stems, dutch.stem(word), frequency.get(word, 0.0))
    words: Frequencies = {}
    forms: Frequencies = {}
    for word, value in frequency.items():
        if word.isalpha():
            folded = fold(word)
            _raise(words, folded, value)
            singular = stems.get(dutch.stem(word), 0.0) if word.endswith(("en", "s")) else 0.0
            verb = word in index_verbs and value > singular + MORE_OF_A_VERB
            if word in nouns or (singular >= 2.5 and word not in adjectives and not verb):
                _raise(forms, folded, value)
    return words, forms


def _least_unlisted(word: str) -> float:
    return LEAST_OF_LONGER if word.endswith(NOUN_ENDINGS) else LEAST_UNLISTED


def german_words() -> tuple[Frequencies, Frequencies]:
    """Return all words and the forms of nouns, folded: what is mostly written with a capital.

    The list of lemmas misses what has no plural (Politik, Schutz); that must be frequent, and no name.
    """
    chances: dict[str, float] = lookups("de_lexeme_prob")
    lemmas: dict[str, str] = lookups("de_lemma_lookup")
    known = {*lemmas, *lemmas.values()}
    named = names("de")
    frequency = {word: chance / math.log(10) + 9 for word, chance in chances.items()}
    words: Frequencies = {}
    forms: Frequencies = {}
    for word, value in frequency.items():
        if word.isalpha():
            _raise(words, fold(word), value)
            folded, capital = fold(word), value - frequency.get(word.lower(), 0)
            unlisted = capital > UNLISTED_CAPITAL and value > _least_unlisted(folded) and folded not in named
            if word.istitle() and ((word in known and capital > 0.3) or unlisted):
                _raise(forms, folded, value)
    return words, forms


def _lines(name: str) -> list[str]:
    return (GAZETTEERS / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def countries(lang: str) -> set[str]:
    """Return the names of countries that are one word, folded."""
    return {fold(name) for line in _lines("countries") if (name := line.split("\t")[COLUMN[lang]]).isalpha()}


def places(lang: str) -> set[str]:
    """Return the names of places and countries that are one word, folded."""
    return {fold(name) for name in _lines("places") if name.isalpha()} | countries(lang)


def names(lang: str) -> set[str]:
    """Return names of places with what is made of them, and of persons."""
    persons = {fold(name) for file in ("first_names", "surnames") for name in _lines(file) if name.isalpha()}
    return persons | {place + ending for place in places(lang) for ending in OF_A_PLACE[lang]}


def entries(lang: str, words: Frequencies, nouns: Frequencies, hand: Mapping[str, Any]) -> dict[str, Entry]:
    """Return what parts may be."""
    listed = {key: set(hand[key].split()) for key in ("nouns", "first", "last", "never")}
    forms = {
        word: Entry(value, True, True)
        for word, value in nouns.items()
        if len(word) >= 5 and value >= LEAST.get(len(word), LEAST_OF_LONGER) and word not in listed["never"]
    }
    for key, first, last in (("nouns", True, True), ("first", True, False), ("last", False, True)):
        for word in listed[key]:
            had = forms.get(word, Entry(words.get(word, RARE)))
            forms[word] = Entry(had.frequency, had.first or first, had.last or last)
    for word in countries(lang):
        if len(word) >= 4 and word not in forms:
            forms[word] = Entry(words.get(word, RARE), first=True)
    if lang == "de":  # Sprachmodell, of Sprache
        for word in [word for word in forms if DROPS_E.search(word) and forms[word].first]:
            forms.setdefault(word[:-1], Entry(forms[word].frequency, first=True))
    return forms


def whole(lang: str, words: Frequencies, forms: dict[str, Entry], hand: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words that would be cut, and must not be."""
    known = Dictionary(forms, LINKS[lang])
    by_hand = set(hand["whole"].split())
    named = {word for word in names(lang) if words.get(word, 0) >= NAMED and word not in forms}
    for word in sorted(by_hand | named | places(lang)):
        if cut(word, known):
            yield word


def make(lang: str) -> None:
    """Write the dictionary of a language and print its size."""
    hand = tomllib.loads((ROOT / "packaging" / "compounds" / f"{lang}.toml").read_text(encoding="utf-8"))
    words, nouns = {"nl": dutch_words, "de": german_words}[lang]()
    forms = entries(lang, words, nouns, hand)
    for word in list(whole(lang, words, forms, hand)):
        forms[word] = forms.get(word, Entry(words.get(word, RARE)))._replace(whole=True)
    rows = [
        f"{word}\t{'f' * entry.first}{'l' * entry.last}{'w' * entry.whole}{round(entry.frequency * 10)}"
        for word, entry in forms.items()
    ]
    rows += [f"{word}\t= {' '.join(parts)}" for word, parts in hand["cuts"].items()]
    target = ROOT / "resources" / "compounds" / f"{lang}.txt"
    target.write_text("\n".join(sorted(rows)) + "\n", encoding="utf-8")
    print(f"{target.name:18} {len(rows):6} entries {target.stat().st_size:8} bytes")


if __name__ == "__main__":
    for each in ("nl", "de"):
        make(each)
