"""Dates in words: weekdays, "gisteravond", "volgende week", "afgelopen drie jaar", seasons, holidays."""

from __future__ import annotations

from dataclasses import replace

from desktop.extraction.date_base import Point
from desktop.extraction.date_figures import DateFigures
from desktop.extraction.date_numbers import day_number, spelled_year
from desktop.extraction.date_resolver import Part, Stretch
from desktop.extraction.numerals import read_number
from desktop.extraction.spelled_numbers import Number
from desktop.extraction.tokens import FIGURE


class DateNames(DateFigures):
    """Reads dates that begin with a word, except those that count units (`date_units.py`)."""

    def weekday(self, place: int) -> Point | None:
        """Read "maandag", "donderdagavond", "woensdag 29 oktober 2025", "vrijdag de 26e"."""
        tokens, words = self.tokens, self.words
        found = words.weekday_at(tokens, place)
        if found is None or words.every.before(tokens, place) >= 0:
            return None
        weekday, full = found
        after = place + 1
        if tokens.low[after] == "." and not full and tokens.joined(after):
            after += 1
        after = words.part_after.skip(tokens, after)
        start = words.determiners.skip(tokens, self._over_comma(after))
        dated = (
            self.numeric(start)
            or self.day_and_month(start)
            or (self.month(start) if self.lang == "en" else None)
        )
        if dated and isinstance(dated.what, Part) and dated.what.day:
            return Point(dated.end, replace(dated.what, weekday=weekday), "date.day")
        number = day_number(tokens, start, words, self.numbers)
        plain = tokens.kind[start] == FIGURE and number and number[0] == start + 1
        if (
            number
            and (start != after or tokens.kind[start] == FIGURE)
            and (not plain or self.closes(number[0]))
        ):
            return Point(number[0], Part(day=number[1], weekday=weekday), "date.weekday")
        if not full:
            return None
        shifted = self._shift_behind(after)
        if shifted:
            end, shift, unit, nearest = shifted
            what = self.resolver.named(Part(weekday=weekday), shift, nearest=nearest and unit is None)
            return Point(end, what or Part(weekday=weekday), "date.relative") if what else None
        return Point(after, Part(weekday=weekday), "date.weekday")

    def _shift_behind(self, place: int) -> tuple[int, int, str | None, bool] | None:
        """Read "volgende week", "of next week", "prochain" behind a weekday: (end, shift, unit, nearest)."""
        tokens, words = self.tokens, self.words
        direct = words.shift_behind.at(tokens, place)
        start = words.determiners.skip(tokens, words.of.skip(tokens, place))
        for place_ in (place, start):
            shift = words.shift.at(tokens, place_)
            if shift and words.units.get(tokens.low[shift[0]]) == "wk":
                return shift[0] + 1, shift[1][0], "wk", False
            if words.units.get(tokens.low[place_]) == "wk":
                behind = words.shift_behind.at(tokens, place_ + 1)
                if behind:
                    return behind[0], behind[1][0], "wk", False
        if direct:
            return direct[0], direct[1][0], None, direct[1][1]
        return None

    # ------------------------------------------------------------------ words

    def named_day(self, place: int) -> Point | None:
        """Read "vandaag", "gisteravond", "the day before yesterday"."""
        tokens, words = self.tokens, self.words
        period = words.periods.get(tokens.low[place])
        if period:
            whole = self.resolver.unit(*period)
            return Point(place + 1, whole or Part(), "date.relative")
        found = words.days.at(tokens, place)
        end, days = found or (place + 1, words.day_compound(tokens.low[place]))
        if days is None:
            return None
        if tokens.low[place] in words.not_day_words and (
            words.not_days.before(tokens, place) >= 0
            or (self.lang == "de" and tokens.capital(place) and not tokens.starts_sentence(place))
        ):
            return None
        what = self.resolver.days_off(days)
        end = words.part_after.skip(tokens, end)
        return Point(end, what or Part(), "date.relative")

    def shifted(self, place: int) -> Point | None:
        """Read what "vorige", "next", "diese" begins: week, month, weekday, season, "afgelopen drie jaar"."""
        tokens, words = self.tokens, self.words
        found = words.after_next.at(tokens, place)
        if found:
            what = self.resolver.unit("wk", 2)
            return Point(found[0], what, "date.relative") if what else None
        shift = words.shift.at(tokens, place)
        if shift is None or words.every.before(tokens, place) >= 0:
            return None
        if place and tokens.low[place] == "last" and tokens.low[place - 1] in words.verb_before:
            return None  # "could last six weeks"
        after, (step, nearest) = shift
        ahead = self._within_many(place, after) if step > 0 else None
        if ahead:
            return ahead
        second = words.shift.at(tokens, after)  # "deze afgelopen woensdag", "les deux dernières"
        if second and step == 0:
            after, (step, nearest) = second
        return self._many(after, step) or self._one(after, step, nearest=nearest)

    def _one(self, place: int, step: int, *, nearest: bool) -> Point | None:
        tokens, words, resolver = self.tokens, self.words, self.resolver
        low = tokens.low[place]
        unit = words.units.get(low)
        if unit in ("h", "min"):
            return None
        if unit:
            return self._refined(place + 1, unit, resolver.unit(unit, step, nearest=nearest))
        holiday = words.holidays.at(tokens, place)
        part: Part | None = None
        end = place + 1
        weekday = words.weekday_at(tokens, place)
        if holiday:
            end, part = holiday[0], Part(holiday=holiday[1])
        elif weekday and weekday[1]:
            dated = self.weekday(place)
            if dated and isinstance(dated.what, Part) and dated.what.day:
                return dated
            part = Part(weekday=weekday[0])
            end = words.part_after.skip(tokens, end)
        elif low in words.months and not (
            words.capital_months and low in words.doubtful and not tokens.capital(place)
        ):
            part = Part(month=words.months[low])
        elif low in words.seasons:
            part = Part(season=words.seasons[low])
        if part is None:
            return None
        what = resolver.named(part, step, nearest=nearest)
        return Point(end, what, "date.relative") if what else None

    def _refined(self, end: int, unit: str, what: Stretch | None) -> Point | None:
        """Take the weekday of "volgende week vrijdag", the year of "huidige jaar 2008"."""
        tokens, words = self.tokens, self.words
        if what is None or what.low is None:
            return Point(end, Part(), "date.relative") if what is None else None
        if unit == "wk":
            start = words.determiners.skip(tokens, words.on.skip(tokens, self._over_comma(end, "-")))
            weekday = words.weekday_at(tokens, start)
            if weekday and weekday[1]:
                first = what.days()[0]
                if first and self.resolver.by_day:
                    day = first.fromordinal(first.toordinal() + weekday[0])
                    after = words.part_after.skip(tokens, start + 1)
                    return Point(after, Stretch.of(day.isoformat()), "date.relative")
        if unit == "a" and tokens.kind[end] == FIGURE and self.year(end):
            return Point(end + 1, Part(int(tokens.low[end])), "date.year")
        return Point(end, what, "date.relative")

    def _many(self, place: int, step: int) -> Point | None:
        """Read the rest of "afgelopen drie jaar", "next few days"."""
        tokens, words = self.tokens, self.words
        few = words.few.at(tokens, place)
        if few:
            after, count = few
        else:
            number = read_number(tokens, place, self.numbers, sign=False)
            if number and number.fraction and tokens.low[place + 1] in words.units:  # "three quarters"
                value = self.numbers.word_value(tokens.low[place])
                number = Number(place + 1, value) if value else None
            if number is None or number.article or number.fraction or not 1 <= number.value <= 500:
                return None
            after, count = number.end, int(number.value)
        shift = words.shift.at(tokens, after)
        if shift:
            after, step = shift[0], shift[1][0] or step
        unit = words.units.get(tokens.low[after])
        if unit in (None, "h", "min") or unit is None or step == 0:
            return None
        behind = words.shift_behind.at(tokens, after + 1)
        what = self.resolver.many(count, unit, step)
        return Point(behind[0] if behind else after + 1, what or Part(), "date.relative")

    def _within_many(self, place: int, after: int) -> Point | None:
        """Read "binnen de komende tien maanden": counted from the article's date on."""
        tokens, words = self.tokens, self.words
        lead = words.within.before(tokens, place)
        if lead < 0:
            article = words.determiners.before(tokens, place)
            lead = words.within.before(tokens, article) if article > 0 else -1
        chain = self.chain_ahead(after) if lead >= 0 else None
        if chain is None:
            return None
        what = self.resolver.within(chain[1])
        return Point(chain[0], what or Part(), "date.counted", lead)

    def chain_ahead(self, place: int) -> tuple[int, list[tuple[int, str]]] | None:
        """Read "2 jaar, 1 maand en 21 dagen" that begins at a token: (end, parts)."""
        tokens, words = self.tokens, self.words
        parts: list[tuple[int, str]] = []
        end = place
        while len(parts) < 6:
            if parts and tokens.low[place] == ",":
                place += 1
            if parts and tokens.low[place] in self.numbers.glue:
                place += 1
            number = read_number(tokens, place, self.numbers, sign=False)
            if number is None or number.fraction or number.value != int(number.value) or number.value > 5000:
                break
            unit = words.units.get(tokens.low[number.end])
            if unit is None:
                break
            parts.append((int(number.value), unit))
            place = end = number.end + 1
        return (end, parts) if parts else None

    def counted_shift(self, place: int) -> Point | None:
        """Read "5 aankomende jaren", "deux dernières semaines": the number first."""
        tokens, words = self.tokens, self.words
        if tokens.kind[place] == FIGURE and tokens.low[place + 1] not in words.shift:
            return None
        number = read_number(tokens, place, self.numbers, sign=False)
        if number is None or number.article or number.fraction or number.scaled or number.value > 500:
            return None
        shift = words.shift.at(tokens, number.end)
        if shift is None or not shift[1][0] or tokens.low[shift[0]] in words.singular_units:
            return None
        return self._many(place, shift[1][0])

    def season(self, place: int) -> Point | None:
        """Read "zomer 2024", "été dernier"; a season without a year is no date."""
        tokens, words = self.tokens, self.words
        season = words.seasons.get(tokens.low[place])
        if season is None:
            return None
        behind = words.shift_behind.at(tokens, place + 1)
        if behind:
            what = self.resolver.named(Part(season=season), behind[1][0], nearest=behind[1][1])
            return Point(behind[0], what, "date.relative") if what else None
        end, year = self._year_behind(place + 1)
        return Point(end, Part(year, season=season), "date.season") if year else None

    def holiday(self, place: int) -> Point | None:
        """Read "Kerst", "Koningsdag 2018"."""
        found = self.words.holidays.at(self.tokens, place)
        if found is None:
            return None
        end, year = self._year_behind(found[0])
        return Point(end, Part(year, holiday=found[1]), "date.holiday")

    def decade_words(self, place: int) -> Point | None:
        """Read "jaren negentig", "the nineties"."""
        tokens, words = self.tokens, self.words
        led = words.decade_before.at(tokens, place)
        if led:
            start = led[0] + (tokens.low[led[0]] == "'")
            figures = self.decade_figures(start) if tokens.kind[start] == FIGURE else None
            if figures:
                return figures
            value = words.decades.get(tokens.low[start])
            if value is not None:
                return Point(start + 1, Stretch.of(_decade(value)), "date.decade")
            year = spelled_year(tokens, start, self.numbers)
            if year and year[1] % 10 == 0:
                return Point(year[0], Stretch.of(f"{year[1] // 10:03d}X"), "date.decade")
            number = read_number(tokens, start, self.numbers, sign=False)
            if number and number.value in range(20, 100, 10):
                return Point(number.end, Stretch.of(_decade(int(number.value))), "date.decade")
        value = words.decade_names.get(tokens.low[place])
        if value is None:
            return None
        end = words.decade_after.skip(tokens, place + 1)
        if words.decade_after_needed and end == place + 1:
            return None
        return Point(end, Stretch.of(_decade(value)), "date.decade")


def _decade(tens: int) -> str:
    return f"{(1900 + tens) // 10 if tens >= 20 else (2000 + tens) // 10:03d}X"
