"""Dates that count or divide: "drie jaar geleden", "derde kwartaal van 2024", "eind maart", "week 31"."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Final

from desktop.extraction.date_base import Point
from desktop.extraction.date_names import DateNames
from desktop.extraction.date_numbers import ordinal_at, spelled_year
from desktop.extraction.date_resolver import DAY, Part, Stretch
from desktop.extraction.numerals import read_number
from desktop.extraction.periods import add_months, nth_weekday, span, week_of
from desktop.extraction.tokens import BREAK, FIGURE, SIGN, WORD

_HALF: Final = Decimal("0.5")
_MANY: Final = 5000  #: larger numbers count no days
_RANK: Final = 3  #: words between a rank and the span it holds for
_WHOLES: Final = frozenset({"wk", "mo", "qtr", "half", "a", "decade", "century"})
_SIZES: Final = {"mo": 1, "qtr": 3, "half": 6, "a": 12}


class DateUnits(DateNames):
    """Reads every kind of date; `read` is the way in."""

    # ------------------------------------------------------------------ units

    def unit(self, place: int) -> Point | None:
        """Read what stands around a unit: "twee weken geleden", "semaine dernière", "week 31"."""
        tokens, words = self.tokens, self.words
        unit = words.units.get(tokens.low[place])
        if unit is None:
            return None
        behind = words.shift_behind.at(tokens, place + 1)
        if behind and unit not in ("h", "min"):
            end, (step, nearest) = behind
            return self._refined(end, unit, self.resolver.unit(unit, step, nearest=nearest))
        if unit == "wk":
            found = self._week(place)
            if found:
                return found
        if unit == "weekend" and (
            words.determiners.before(tokens, place) >= 0 or words.on.before(tokens, place) >= 0
        ):
            what = self.resolver.weekend(self.tense(place))
            return Point(place + 1, what, "date.relative") if what else None
        return self._counted(place)

    def _week(self, place: int) -> Point | None:
        """Read "week 31", "week 3 van 2027", "de week van 10 april"."""
        tokens, words = self.tokens, self.words
        after = place + 1
        number = tokens.low[after]
        numbered = len(number) <= 2 and number.isdecimal() and 1 <= int(number) <= 53
        if numbered and (self.closes(after + 1) or words.of.at(tokens, after + 1)):
            end, year = self._year_behind(after + 1)
            return Point(end, Part(year, week=int(number)), "date.week")
        start = words.of_week.skip(tokens, after)
        if start == after:
            return None
        start = words.determiners.skip(tokens, start)
        day = self.day_and_month(start) or self.month(start) or self.numeric(start)
        if day is None or not isinstance(day.what, Part) or day.what.day is None:
            return None
        what = self.resolver.part(day.what)
        if what is None or what.low is None:
            return None
        return Point(
            words.of_week_end.skip(tokens, day.end), Stretch.of(week_of(span(what.low)[0])), "date.week"
        )

    def _counted(self, place: int) -> Point | None:
        """Read "drie jaar geleden", "over twee weken", "binnen vijf dagen", "2 jaar en 21 dagen na Pasen"."""
        words, tokens = self.words, self.tokens
        chain = self._chain(place)
        if chain is None:
            return None
        start, spans = chain
        end = place + 1
        half = self.numbers.and_half.size(tokens, end)
        if half and spans[0][1] == "a":  # "il y a deux ans et demi"
            end, spans = end + half, [*spans, (6, "mo")]
        more = self._chain_behind(end)
        if more:
            end, further = more
            spans = [*spans, *further]
        offset = self._offset(start, end, spans)
        if offset:
            return offset
        led = self._counted_ahead(start, end, spans)
        if led:
            return led
        ago = words.ago_after.at(tokens, end)
        if ago:
            return self._counted_point(start, ago[0], self.resolver.away(spans, -1))
        ahead = words.ahead_after.at(tokens, end)
        if ahead and not self._hours(spans):
            return self._counted_point(start, ahead[0], self.resolver.away(spans, 1))
        return None

    def _offset(self, start: int, end: int, spans: list[tuple[int, str]]) -> Point | None:
        """Read "drie dagen na Pasen", "two weeks from tomorrow"."""
        words, tokens = self.words, self.tokens
        for phrases, sign in ((words.offset_after, 1), (words.offset_before, -1)):
            offset = phrases.at(tokens, end)
            base = self.read(words.determiners.skip(tokens, offset[0])) if offset else None
            known = self.resolve(base) if base else None
            if base and known and base.start < 0 and not self._hours(spans):
                lead = words.ahead_before.before(tokens, start)
                what = self.resolver.away(spans, sign, known)
                return self._counted_point(lead if lead >= 0 else start, base.end, what)
        return None

    def _chain_behind(self, place: int) -> tuple[int, list[tuple[int, str]]] | None:
        """Read ", 1 maand en 21 dagen" behind a first part."""
        tokens = self.tokens
        if tokens.low[place] == ",":
            place += 1
        if tokens.low[place] in self.numbers.glue:
            place += 1
        return self.chain_ahead(place)

    def _counted_ahead(self, start: int, end: int, spans: list[tuple[int, str]]) -> Point | None:
        """Read the word in front: "vor zwei Jahren", "il y a", "over", "dans", "within"."""
        words, tokens = self.words, self.tokens
        lead = words.ago_before.before(tokens, start)
        if lead >= 0:
            return self._counted_point(lead, end, self.resolver.away(spans, -1))
        if self._hours(spans):
            return None
        lead = words.within.before(tokens, start)
        if lead >= 0:
            return self._counted_point(lead, end, self.resolver.within(spans))
        lead = words.ahead_before.before(tokens, start)
        if lead >= 0 and self.tense(lead) >= 0 and not self._ranked(lead):
            return self._counted_point(lead, end, self.resolver.away(spans, 1))
        return None

    def _ranked(self, place: int) -> bool:
        """Tell whether a rank stands a few words in front: "the worst drought in forty years"."""
        words, front = self.words, self.tokens.low[max(place - _RANK, 0) : place]
        return not words.rank.isdisjoint(front) and words.rank_not.isdisjoint(front)

    def _counted_point(self, start: int, end: int, what: Stretch | None) -> Point:
        return Point(end, what or Part(), "date.counted", start)

    def _hours(self, spans: list[tuple[int, str]]) -> bool:
        return any(unit in ("h", "min") for _, unit in spans)

    def _chain(self, place: int) -> tuple[int, list[tuple[int, str]]] | None:
        """Return where "2 jaar, 1 maand en 21 dagen" begins that ends at a unit, and its parts."""
        tokens, words = self.tokens, self.words
        spans: list[tuple[int, str]] = []
        start = place
        while len(spans) < 6:
            unit = words.units.get(tokens.low[place])
            number = self._number_before(place) if unit else None
            if unit is None or number is None:
                break
            start, count = number
            if count % 1 and unit != "a":
                break
            spans.append((int(count), unit) if count % 1 == 0 else (int(count * 12), "mo"))
            place = start - 1
            if place > 0 and (tokens.low[place] == "," or tokens.low[place] in self.numbers.glue):
                place -= 1
            if place < 0:
                break
        return (start, spans) if spans else None

    def _number_before(self, place: int) -> tuple[int, Decimal] | None:
        """Return where the number of wholes or halves begins that stands before a token, and its value."""
        tokens, words = self.tokens, self.words
        lead = words.few.before(tokens, place)
        few = words.few.at(tokens, lead) if lead >= 0 else None
        if few:
            return lead, Decimal(few[1])
        found = None
        of = words.count_of.before(tokens, place)
        place = of if of >= 0 else place
        for start in range(place - 1, max(place - 6, -1), -1):
            kind, low = tokens.kind[start], tokens.low[start]
            if low != "-" and (kind in (BREAK, SIGN) or (kind == WORD and not self.numbers.part[low])):
                break
            number = read_number(tokens, start, self.numbers, sign=False)
            if number and number.end == place and number.value <= _MANY and number.value % _HALF == 0:
                if number.decimals >= 0 and number.value % 1:
                    continue  # "in 3,5 Jahren" is how long, not when
                found = start, number.value
        return found

    # ------------------------------------------------------------------ parts of periods

    def part_of(self, place: int) -> Point | None:
        """Read "eind maart", "medio 2027", "later dit jaar": the period that contains it."""
        tokens, words = self.tokens, self.words
        found = words.part_of.at(tokens, place)
        side = None if found else words.earlier.at(tokens, place)
        if found is None and side is None:
            return None
        after = (found or side or (place, ""))[0]
        if tokens.low[after] == "-" and tokens.joined(after):
            after += 1
        whole = self._of_period(after, need_of=False)
        if (
            whole is None
            and tokens.low[after - 1] in words.of
            and words.units.get(tokens.low[after]) in _WHOLES
        ):
            this = self.resolver.unit(words.units[tokens.low[after]], 0)  # "end of month"
            whole = (after + 1, this, None) if this else None
        if whole is None:
            return None
        end, what, point = whole
        if side:
            return Point(end, self.resolver.cut(what, side[1]), f"date.{side[1]}")
        return Point(end, point.what if point else what, f"date.{found[1]}" if found else "date.part")

    def rest_of(self, place: int) -> Point | None:
        """Read "de rest van de week"."""
        found = self.words.rest.at(self.tokens, place)
        whole = self._of_period(found[0], need_of=False) if found else None
        return Point(whole[0], self.resolver.cut(whole[1], "rest"), "date.part") if whole else None

    def _of_period(self, place: int, *, need_of: bool) -> tuple[int, Stretch, Point | None] | None:
        """Read "van 2024", "of next year", "de la semaine": a period longer than a day."""
        if self.too_deep:
            return None
        self._depth += 1
        found = self._period_behind(place, need_of=need_of)
        self._depth -= 1
        return found

    def _period_behind(self, place: int, *, need_of: bool) -> tuple[int, Stretch, Point | None] | None:
        tokens, words = self.tokens, self.words
        start = words.of.skip(tokens, place)
        bare = tokens.kind[place] == FIGURE or tokens.low[place] in words.all_months
        if need_of and start == place and not bare and not words.shift.at(tokens, place):
            return None
        start = words.determiners.skip(tokens, start) if not words.shift.at(tokens, start) else start
        year = words.year_word.skip(tokens, start)
        start = year if tokens.kind[year] == FIGURE else start
        spelled = spelled_year(tokens, start, self.numbers) if start > place else None
        if spelled and spelled[1] % 100:
            point: Point | None = Point(spelled[0], Part(spelled[1]), "date.year")
        elif tokens.kind[start] == FIGURE:
            point = self.year(start) or self._forced_year(start)
        else:
            point = self.month(start) or self.season(start) or self.shifted(start) or self._behind_unit(start)
            point = point or self.ordinal_unit(start)
        if point and point.start < 0 and not (isinstance(point.what, Part) and point.what.day):
            what = self.resolve(point)
            return (point.end, what, point) if what else None
        unit = words.units.get(tokens.low[start])
        if unit in _WHOLES and start > place:
            this = self.resolver.unit(unit, 0)
            return (start + 1, this, None) if this else None
        return None

    def _behind_unit(self, place: int) -> Point | None:
        unit = self.words.units.get(self.tokens.low[place])
        behind = self.words.shift_behind.at(self.tokens, place + 1) if unit else None
        what = self.resolver.unit(unit, behind[1][0]) if unit and behind else None
        return Point(behind[0], what, "date.relative") if behind and what else None

    def _forced_year(self, place: int) -> Point | None:
        low = self.tokens.low[place]
        good = len(low) == 4 and low.isdecimal() and "1000" <= low <= "2199"
        return Point(place + 1, Part(int(low)), "date.year") if good else None

    def ordinal_unit(self, place: int) -> Point | None:
        """Read "derde kwartaal van 2024", "eerste vrijdag van juli", "21e eeuw"."""
        tokens, words = self.tokens, self.words
        ordinal = ordinal_at(tokens, place, words, self.numbers)
        if ordinal is None:
            return None
        after, number = ordinal
        half = words.half_words.at(tokens, after)
        if half and number in (1, 2, -1):
            return self._half(half[0], 2 if number < 0 else number)
        if abs(number) == 1:
            several = self._several(after, number)
            if several:
                return several
        unit = words.units.get(tokens.low[after])
        weekday = words.weekday_at(tokens, after)
        end = after + 1
        if unit == "century" and number > 0:
            return Point(end, Stretch.of(f"{number - 1:02d}XX"), "date.century")
        if unit in ("qtr", "half"):
            return self._quarter(end, unit, number)
        if unit in ("d", "wk", "mo", "weekend") or (weekday and weekday[1]):
            whole = self._of_period(end, need_of=True)
            if whole is None and weekday and self.resolver.by_month:
                this = self.resolver.unit("mo", 0)
                whole = (end, this, None) if this else None
            what = self._nth(whole[1], number, unit, weekday[0] if weekday else None) if whole else None
            return Point(whole[0], what, "date.nth") if whole and what else None
        if unit is None and 0 < number <= 31 and words.of.at(tokens, after):
            whole = self._of_period(after, need_of=True)
            short = whole and whole[1].low and whole[1].low == whole[1].high and len(whole[1].low) == 7
            what = self._nth(whole[1], number, "d", None) if whole and short else None
            return Point(whole[0], what, "date.nth") if whole and what else None
        return None

    def _quarter(self, end: int, unit: str, number: int) -> Point | None:
        most = 4 if unit == "qtr" else 2
        number = most if number < 0 else number
        if not 1 <= number <= most:
            return None
        part = Part(quarter=number) if unit == "qtr" else Part(half=number)
        whole = self._of_period(end, need_of=True)
        if whole and whole[1].low and len(whole[1].low) == 4 and whole[1].low == whole[1].high:
            return Point(whole[0], replace(part, year=int(whole[1].low)), "date.quarter")
        return Point(end, part, "date.quarter")

    def _half(self, end: int, number: int) -> Point | None:
        whole = self._of_period(end, need_of=True)
        if whole is None or whole[1].low is None or whole[1].low != whole[1].high:
            return None
        value = whole[1].low
        if len(value) == 4 and value.isdecimal():
            return Point(whole[0], Part(int(value), half=number), "date.half")
        first, last = span(value)
        middle = first + (last - first + DAY) // 2
        stretch = (first, middle - DAY) if number == 1 else (middle, last)
        return Point(whole[0], Stretch(stretch[0].isoformat(), stretch[1].isoformat()), "date.half")

    def _several(self, place: int, number: int) -> Point | None:
        """Read the rest of "eerste negen maanden van 2024", "last two weeks of March"."""
        tokens, words = self.tokens, self.words
        count = read_number(tokens, place, self.numbers, sign=False)
        if count is None or count.article or count.fraction or not 2 <= count.value <= 60:
            return None
        unit = words.units.get(tokens.low[count.end])
        whole = self._of_period(count.end + 1, need_of=True) if unit else None
        if unit is None or whole is None:
            return None
        first, last = whole[1].days()
        if first is None or last is None:
            return None
        what = _first_units(first, last, int(count.value), unit, number)
        return Point(whole[0], what, "date.nth") if what else None

    def _nth(self, whole: Stretch, number: int, unit: str | None, weekday: int | None) -> Stretch | None:
        """Return the n-th day, week, month or weekday of a period."""
        first, last = whole.days()
        if first is None or last is None or number == 0:
            return None
        if weekday is not None:
            if (last - first).days > 31:
                return None
            day = nth_weekday(first.year, first.month, weekday, number)
            return Stretch.of(day.isoformat()) if day else None
        if unit == "d":
            day = last + DAY * (number + 1) if number < 0 else first + DAY * (number - 1)
            return Stretch.of(day.isoformat()) if first <= day <= last else None
        if unit == "mo":
            day = (
                add_months(dt.date(last.year, last.month, 1), number + 1)
                if number < 0
                else add_months(first, number - 1)
            )
            return Stretch.of(day.isoformat()[:7]) if first <= day <= last else None
        if unit == "wk":  # a week belongs to the period that its Thursday is in, as in ISO 8601
            edge = (
                last - DAY * ((last.weekday() - 3) % 7)
                if number < 0
                else first + DAY * ((3 - first.weekday()) % 7)
            )
            day = edge + 7 * DAY * (number + 1 if number < 0 else number - 1)
            return Stretch.of(week_of(day)) if first <= day <= last else None
        return None

    def spelled(self, place: int) -> Point | None:
        """Read a year in words behind "in", "sinds": "in negentienachtentwintig"."""
        tokens = self.tokens
        if not place or tokens.low[place - 1] not in self.words.strong_year:
            return None
        found = spelled_year(tokens, place, self.numbers)
        if found is None or found[1] % 100 == 0 or not self.closes(found[0]):
            return None
        return Point(found[0], Part(found[1]), "date.year")


def _first_units(first: dt.date, last: dt.date, count: int, unit: str, side: int) -> Stretch | None:
    if unit in _SIZES:
        months = count * _SIZES[unit]
        low, high = (first, add_months(first, months) - DAY)
        if side < 0:
            low, high = add_months(last + DAY, -months), last
        return Stretch(low.isoformat()[:7], high.isoformat()[:7]) if first <= low and high <= last else None
    days = {"d": 1, "wk": 7}.get(unit)
    if days is None:
        return None
    size = DAY * (count * days - 1)
    return Stretch(
        *(
            (first.isoformat(), (first + size).isoformat())
            if side > 0
            else ((last - size).isoformat(), last.isoformat())
        )
    )
