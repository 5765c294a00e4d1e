"""Figures that are no amounts: names with figures, scores, times of day, telephone numbers, codes."""

from __future__ import annotations

import re
from typing import Final

from desktop.extraction.amount_words import AmountWords
from desktop.extraction.number_words import NumberWords
from desktop.extraction.tokens import BREAK, FIGURE, SIGN, WORD, Tokens
from desktop.extraction.units import UnitNames

_CODE_AHEAD = re.compile(
    r"[0-9]{1,4}(?:-[0-9]{1,5}){3,}(?![0-9])|"  # ISBN
    r"\(?\+[0-9]{1,3}\)?[ .-]?(?:\([0-9]{1,4}\)[ .-]?)?[0-9](?:[ .-]?[0-9]){5,13}(?![0-9])"  # +31 (0) 6 1234
    r"|\([0-9]{2,5}\)[ .-]?[0-9]{3,}[ .-]?[0-9]{2,}(?![0-9])|"  # (206) 555-1212
    r"(?:\+|00)?[0-9]{1,4}[ .-]\(?0?\)?[ ]?[0-9]{1,4}(?:[ .-][0-9]{2,4}){2,4}(?![0-9])"  # +31 6 12 34 56 78
    r"|0[0-9]{1,4}[ /-][0-9]{3,8}(?:[ -][0-9]{1,8})?(?![0-9])"  # 030 123456-0
    r"|0[0-9]{8,10}(?![0-9])"
    r"|[0-9]{4} ?[A-Z]{2}(?![\w])"  # Dutch postcode
    r"|[0-9]{4}/[0-9]{2,4}(?:/[A-Z]{2,4})?(?![0-9])"  # regulation 2016/679
)
_VERSION = re.compile(r"[0-9]{1,4}\Z|[0-9]{1,3}(?:\.[0-9]{1,2}){1,3}\Z")
_ORDINAL: Final = frozenset(
    "e de ste st nd rd th er ère ere re ème eme ième ieme te ter ten tes er. º ª nde nds sten stes".split()
)
_MINUTES = re.compile(r"[0-5][0-9]\Z")
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])[.][0-5][0-9]\Z")
_POSTCODE: Final = 4  #: figures of a Dutch postcode
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+\Z|[0-9]{1,3}(?:,[0-9]{3})+\Z")
_HOURS: Final = frozenset(form.format(hour) for hour in range(25) for form in ("{}", "{:02}"))
_CODE_LEADS: Final = frozenset("+(#№§")


class Traps:
    """Tells which figures of a text are no amounts."""

    def __init__(self, tokens: Tokens, words: AmountWords, numbers: NumberWords, units: UnitNames) -> None:
        """Take the tokens of a text and the words of its language."""
        self.tokens = tokens
        self.words = words
        self.numbers = numbers
        self.units = units

    def end(self, place: int) -> int:
        """Return where reading goes on when the figure at a token is no amount, else 0."""
        tokens, after = self.tokens, place + 1
        figure, start, end = tokens.low[place], tokens.start, tokens.end
        found = self._named(place) if figure in self.words.names_begin else 0
        if not found and not self._no_code(place):
            found = self._code(place)
        if not found and (start[after] == end[place] or tokens.joined(place)):
            found = self._numbering(place) or self._ordinal(place) or self._glued(place)
        if not found and place and tokens.low[place - 1] == "[":
            found = self._reference(place)
        if not found and (figure in _HOURS or "." in figure):
            found = self._time(place)
        return found or (self._label(place) if place and tokens.kind[place - 1] in (WORD, SIGN) else 0)

    def _named(self, place: int) -> int:
        """Whole expressions that begin with a figure: 9/11, 24/7, 4K."""
        low = self.tokens.low
        for size in (3, 2):
            if tuple(low[place : place + size]) in self.words.names:
                return place + size
        return 0

    def _numbering(self, place: int) -> int:
        """The number of a list's item: "2. Vrijdag", "3) Friday" where a line begins."""
        tokens, after, start = self.tokens, place + 1, self.tokens.start[place]
        figure, sign = tokens.low[place], tokens.low[after]
        begins = not start or tokens.text[start - 1] == "\n"
        if not begins or sign not in (".", ")") or len(figure) > 2 or not figure.isdecimal():
            return 0
        if tokens.start[after] != tokens.end[place] or tokens.kind[after + 1] not in (WORD, FIGURE):
            return 0
        return after + 1 if tokens.start[after + 1] > tokens.end[after] else 0

    def _reference(self, place: int) -> int:
        """The number of a note: "3 million euros[2]"."""
        tokens, after = self.tokens, place + 1
        figure = tokens.low[place]
        alone = tokens.start[place] == tokens.end[place - 1] and tokens.start[after] == tokens.end[place]
        return after if alone and tokens.low[after] == "]" and figure.isdecimal() and len(figure) < 4 else 0

    def _ordinal(self, place: int) -> int:
        """The German ordinal "3. Etappe": a full stop that ends no sentence."""
        tokens = self.tokens
        after = place + 1
        if not self.words.ordinal_stop or tokens.low[after] != "." or not tokens.joined(after):
            return 0
        if len(tokens.low[place]) > 2 or not tokens.low[place].isdecimal() or tokens.kind[after + 1] != WORD:
            return 0
        begins = tokens.capital(after + 1) and tokens.low[after + 1] in self.words.stop
        return 0 if begins else after + 1

    def _no_code(self, place: int) -> bool:
        """Tell whether a figure is certainly no code: a word behind it, nothing in front, no leading zero."""
        low, figure = self.tokens.low, self.tokens.low[place]
        if self.tokens.kind[place + 1] != WORD or len(figure) == _POSTCODE or figure[0] == "0":
            return False
        return not place or low[place - 1] not in _CODE_LEADS

    def _code(self, place: int) -> int:
        """Telephone numbers, postcodes, numbers of laws; leading zeros."""
        tokens = self.tokens
        figure = tokens.low[place]
        start = tokens.start[place]
        for sign in ("+", "("):
            if place and start and tokens.text[start - 1] == sign:
                start -= 1
        led = start != tokens.start[place]
        short = len(figure) != _POSTCODE and not led and tokens.kind[place + 1] == WORD and figure[0] != "0"
        if not led and tokens.low[place + 1] == "-":  # "1.000-10.000"
            short = short or self._grouped(place) or self._grouped(place + 2)
        match = None if short else _CODE_AHEAD.match(tokens.text, start)
        if (match and match.end() > tokens.end[place] + 1) or (match and figure[0] == "0"):
            return self._behind(place, match.end())
        if len(figure) > 1 and figure[0] == "0" and figure.isdecimal():
            return place + 1
        if place and tokens.low[place - 1] in ("#", "№", "§"):
            return place + 1
        return 0

    def _grouped(self, place: int) -> bool:
        """Tell whether a figure has groups of thousands and so is a number."""
        figure = self.tokens.low[place]
        return figure[0] != "0" and bool(_GROUPED.match(figure))

    def _behind(self, place: int, offset: int) -> int:
        while place < self.tokens.count and self.tokens.start[place] < offset:
            place += 1
        return place

    def _glued(self, place: int) -> int:
        """Letters against the figure: F-35, COVID-19, G7, 5G, 25e, 4x4, 24/7, 9/11."""
        tokens = self.tokens
        low, kind = tokens.low, tokens.kind
        if tokens.joined(place):
            before = place - 1
            if kind[before] == WORD and self.units.money_at(tokens, before) is None:
                return self._rest(place + 1)
            if low[before] in ("-", "_", ".") and tokens.joined(before) and kind[before - 1] == WORD:
                return self._rest(place + 1)
            if low[before] in ("/", ":") and tokens.joined(before) and kind[before - 1] in (FIGURE, WORD):
                return self._rest(place + 1)
        after = place + 1
        if not tokens.joined(after):
            return 0
        if kind[after] == WORD:
            written = tokens.written(after)
            known = (
                self.units.at(tokens, after)
                or written in self.numbers.letters
                or low[after] in self.numbers.short
                or low[after] in self.numbers.scales
                or low[after] in self.words.age_adjective
            )
            if not known or low[after] in _ORDINAL_ONLY:
                return self._rest(after + 1)
            unit = self.units.at(tokens, after)
            end = unit[0] if unit else after + 1
            return self._rest(end) if tokens.joined(end) and kind[end] == FIGURE else 0
        if low[after] == "-" and kind[after + 1] == WORD and tokens.joined(after + 1):
            code = tokens.written(after + 1)
            if not self.words.plural_ending and not self._measures(after + 1):
                return self._rest(after + 1)  # "112-meldkamer"
            return (
                self._rest(after + 1)
                if code.isupper() and len(code) < 4 and not self.units.at(tokens, after + 1)
                else 0
            )
        if low[after] in ("/", ":") and tokens.joined(after + 1) and kind[after + 1] == FIGURE:
            if low[after] == "/" and low[after + 1] in _DENOMINATORS and low[after + 2] != "/":
                return 0
            return self._rest(after + 2)
        return 0

    def _measures(self, place: int) -> bool:
        """Tell whether what hangs on a figure is a unit, a scale or an age ("34-jarige")."""
        low = self.tokens.low[place]
        known = low in self.words.age_adjective or low in self.numbers.scales or low in self.numbers.short
        return known or self.units.at(self.tokens, place) is not None

    def _rest(self, place: int) -> int:
        """Return the end of the letters, figures, hyphens and slashes that hang together."""
        tokens = self.tokens
        while tokens.joined(place) and (
            tokens.kind[place] in (WORD, FIGURE)
            or (
                tokens.low[place] in ("-", "/", ":", "_")
                and tokens.joined(place + 1)
                and tokens.kind[place + 1] in (WORD, FIGURE)
            )
        ):
            place += 1
        return place

    def _time(self, place: int) -> int:
        """A time of day: 20.30 uur, 20:30, 14h30, om 8 uur, 5 pm."""
        tokens, words = self.tokens, self.words
        low = tokens.low
        figure = low[place]
        after = place + 1
        hours = low[after] in words.time_hours
        if figure not in _HOURS:
            if not _CLOCK.match(figure):
                return 0
            if hours:
                return after + 1
            return after if words.time_before.before(tokens, place) >= 0 and not self._measured(after) else 0
        if low[after] in ("h", "u") and tokens.kind[after + 1] == FIGURE and _MINUTES.match(low[after + 1]):
            return after + 2
        if hours:
            if words.time_parts.size(tokens, after + 1):
                return after + 1
            if words.time_before.before(tokens, place) >= 0:
                return after + 1
        if words.time_parts.size(tokens, after):
            return after
        return 0

    def spoken_time(self, place: int) -> int:
        """Return where a time of day in words ends ("half negen", "eight o'clock"), else 0."""
        tokens, words = self.tokens, self.words
        low = tokens.low
        if low[place] in words.time_begin:
            quarter = words.time_quarter.size(tokens, place)
            if quarter and self._small(place + quarter):
                return place + quarter + 1  # "half past four"
            if low[place] in words.time_half:
                return place + 2 if self._small(place + 1) else 0
        if not self._small(place):
            return 0
        after = place + 1
        if words.time_parts.size(tokens, after):
            return after
        if low[after] in words.time_hours:
            parts = words.time_parts.size(tokens, after + 1)
            return after + 1 if parts or words.time_before.before(tokens, place) >= 0 else 0
        if low[after] in words.time_past and self._small(after + 1):
            return after + 2  # "vijf voor twaalf"
        return after if words.time_quarter.before(tokens, place) >= 0 else 0

    def _small(self, place: int) -> bool:
        low = self.tokens.low[place]
        value = None if low in self.numbers.articles else self.numbers.values.get(low)
        return value is not None and 1 <= value <= 24

    def _measured(self, place: int) -> bool:
        """Tell whether a unit or scale follows, so that "om 8.45 euro" stays an amount."""
        low = self.tokens.low[place]
        return (
            self.units.at(self.tokens, place) is not None
            or low in self.numbers.scales
            or low in self.numbers.short
        )

    def _label(self, place: int) -> int:
        """A word that makes the figure a name: artikel 6, top 10, Studio 100, iPhone 15, Llama 3."""
        tokens = self.tokens
        if not place or tokens.kind[place - 1] == BREAK:
            return 0
        before = place - 1
        if (
            tokens.low[before] == "."
            and tokens.joined(before)
            and place > 1
            and not tokens.capital(before - 1)
        ):
            before -= 1
        if tokens.kind[before] != WORD:
            return 0
        word = tokens.low[before]
        label = word in self.words.labels
        if not label and (before != place - 1 or not tokens.has_capital(before)):
            return 0
        if self._measured(place + 1):
            return 0
        if label:
            verb = word in self.words.weak_labels and self._plural_behind(place + 1)
            return 0 if verb else self._rest(place + 1)  # "will train 10,000 soldiers"
        counts = self.words.nouns_capital and tokens.capital(place + 1) and tokens.kind[place + 1] == WORD
        if not counts and _VERSION.match(tokens.low[place]) and self._name(before):
            return self._rest(place + 1)
        return 0

    def _plural_behind(self, place: int) -> bool:
        tokens, words = self.tokens, self.words
        for step in (0, 1):
            word = tokens.low[place + step]
            if tokens.kind[place + step] != WORD or word in words.stop:
                return False
            if word in words.plurals or (word.endswith(words.plural_ending) and len(word) > 3):
                return True
        return False

    def _name(self, place: int) -> bool:
        """Tell whether a word is written like a name where a sentence does not begin."""
        tokens = self.tokens
        written = tokens.written(place)
        if self.units.money_at(tokens, place):
            return False
        if written[0].islower() or (written.isupper() and len(written) > 1):
            return True
        word = tokens.low[place]
        if word in self.words.stop or (word,) in self.words.before or word in self.words.last_before:
            return False
        return not self.numbers.begins[word] and not self.units.starts(word)


_DENOMINATORS: Final = frozenset(
    ["2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "15", "16", "20", "32", "50", "64", "100"]
)
_ORDINAL_ONLY: Final = _ORDINAL - {"t", "h"}
