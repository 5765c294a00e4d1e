"""Dates that begin with a figure: 2025-01-08, 8-1-2025, 8 januari, the 26th, 2019, 1990s; names of months.

What is found is either partly said (`Part`: the resolver fills in what is missing) or already a `Stretch`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.extraction.date_base import DateBase, Point
from desktop.extraction.date_numbers import day_number, figure_between, ordinal_at, spelled_year, year_number
from desktop.extraction.date_resolver import Part, Stretch
from desktop.extraction.tokens import BREAK, FIGURE, WORD

_ISO = re.compile(r"([12][0-9]{3})([-/.])([01]?[0-9])\2([0-3]?[0-9])(?![0-9])")
_FULL = re.compile(r"([0-3]?[0-9])([-/.])([0-3]?[0-9])\2([12][0-9]{3}|[0-9]{2})(?![0-9/-])")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?![0-9])")
_CLOSERS = frozenset(".,;:!?)]}\"”'’")
_SPACED = re.compile(r"([0-3]?[0-9])( )([01]?[0-9]) ((?:19|20)[0-9]{2})(?![0-9])")
_COMMA_YEAR = re.compile(r"([0-3]?[0-9])([-/])([0-3]?[0-9]),? ((?:19|20)[0-9]{2})(?![0-9])")
_YEAR_MONTH = re.compile(r"([12][0-9]{3}) ?[-/.] ?([01]?[0-9])(?![0-9/%]|[.,-][0-9])")
_MONTH_YEAR = re.compile(r"([01]?[0-9]) {0,2}[-/.] {0,2}((?:19|20)[0-9]{2})(?![0-9/%]|[.,][0-9])")
_DAY_MONTH_DOT = re.compile(r"([0-3]?[0-9])\.([01]?[0-9])\.(?![0-9])")
_DAY_MONTH = re.compile(r"([0-3]?[0-9])([-/])([0-3]?[0-9])(?![0-9/-]|[.,][0-9])")


class DateFigures(DateBase):
    """Reads dates of figures and months."""

    # ------------------------------------------------------------------ figures

    def numeric(self, place: int) -> Point | None:
        """Read dates in figures: 2025-01-08, 8-1-2025, 08/01/25, 8.1., 2016-11, 11/2016."""
        tokens = self.tokens
        before = tokens.low[place - 1] if place else ""
        if tokens.joined(place) and (
            tokens.kind[place - 1] == WORD or before in ("/", ":", "€", "$", "£", "+", "#", ".")
        ):
            return None
        if (
            before == "-"
            and tokens.joined(place)
            and tokens.joined(place - 1)
            and tokens.kind[place - 2] == FIGURE
        ):
            return None
        start, text = tokens.start[place], tokens.text
        for pattern, build in (
            (_COMPACT, self._compact),
            (_ISO, self._iso),
            (_FULL, self._full),
            (_COMMA_YEAR, self._full),
            (_SPACED, self._full),
            (_YEAR_MONTH, self._year_month),
            (_MONTH_YEAR, self._month_year),
            (_DAY_MONTH_DOT, self._day_month_dot),
            (_DAY_MONTH, self._day_month),
        ):
            match = pattern.match(text, start)
            part = build(match, place) if match else None
            if match and part:
                end = place
                while end < tokens.count and tokens.start[end] < match.end():
                    end += 1
                if tokens.end[end - 1] <= match.end():
                    return Point(end, part, "date.figures")
        return None

    def year_figures(self, place: int) -> Point | None:
        """Read what begins with four figures: a whole date is longer than a year, a decade may be."""
        whole = self.numeric(place)
        if whole:
            return whole
        year, decade = self.year(place), self.decade_figures(place)
        return decade if decade and (year is None or decade.end > year.end) else year

    def _compact(self, match: re.Match[str], _place: int) -> Part | None:
        return checked(int(match[1]), int(match[2]), int(match[3]))

    def _iso(self, match: re.Match[str], _place: int) -> Part | None:
        return checked(int(match[1]), int(match[3]), int(match[4]))

    def _full(self, match: re.Match[str], _place: int) -> Part | None:
        first, second, year = int(match[1]), int(match[3]), year_number(match[4])
        if match[2] == "." and len(match[4]) == 2 and not self.words.short_dotted:
            return None  # a time in sports: "2.04.16"
        if self.words.day_first or first > 12:
            return checked(year, second, first) or checked(year, first, second)
        return checked(year, first, second) or checked(year, second, first)

    def _year_month(self, match: re.Match[str], _place: int) -> Part | None:
        month = int(match[2])
        if "." in match[0] and not self.words.day_first:
            return None
        follows_on = len(match[2]) == 2 and month == (int(match[1]) + 1) % 100  # "2010-11": a season
        return Part(int(match[1]), month) if 1 <= month <= 12 and not follows_on else None

    def _month_year(self, match: re.Match[str], place: int) -> Part | None:
        month = int(match[1])
        dotted = "." in match[0]
        if dotted and not (self.words.day_first and len(match[1]) == 2):
            return None
        return Part(int(match[2]), month) if 1 <= month <= 12 else None

    def _day_month_dot(self, match: re.Match[str], _place: int) -> Part | None:
        if self.lang != "de":
            return None
        return checked(None, int(match[2]), int(match[1]))

    def _day_month(self, match: re.Match[str], place: int) -> Part | None:
        """Read "22/4" only where a word before it says that a day comes: others are scores, fractions."""
        tokens, words = self.tokens, self.words
        if tuple(tokens.low[place : place + 3]) in self.names:
            return None
        lead = tokens.low[place - 1] if place else ""
        weekday = tokens.low[place - 2] if lead == "," and place > 1 else lead
        named = weekday in words.weekdays or weekday in words.short_weekdays
        if not named and (words.on.before(tokens, place) < 0 or tokens.low[place + 3] in ("%", "€")):
            return None
        first, second = int(match[1]), int(match[3])
        if match[2] == "-" and not named and max(first, second) <= 12 and not self._paired(match, place):
            return None
        day_first = (words.day_first and second <= 12) or first > 12
        return checked(None, second, first) if day_first else checked(None, first, second)

    def _paired(self, match: re.Match[str], place: int) -> bool:
        """Tell whether another "1-10" stands at the other end of a range ("van 1-10 tot 7-11")."""
        tokens, words = self.tokens, self.words
        after = place + 3
        joint = words.range_to.at(tokens, after) or words.range_and.at(tokens, after)
        if tokens.low[after] == "-" and not tokens.joined(after):
            joint = (after + 1, True)
        if joint and joint[0] < tokens.count:
            return bool(_DAY_MONTH.match(tokens.text, tokens.start[joint[0]]))
        return place > 4 and tokens.kind[place - 2] == FIGURE and tokens.low[place - 3] == "-"

    def day_and_month(self, place: int) -> Point | None:
        """Read "8 januari 2025", "the 8th of January", "8. Januar", "de tweede van augustus"."""
        number = day_number(self.tokens, place, self.words, self.numbers)
        if number is None or (
            self.tokens.joined(place) and self.tokens.low[place - 1] in (":", ".", "€", "$", "£")
        ):
            return None
        after, day = number
        after = self._over_comma(after, "/-")
        after = self.words.day_of.skip(self.tokens, after)
        month = self._month_name(after)
        if month is None:
            return None
        after, value = month
        end, year = self._year_behind(after)
        return Point(end, Part(year, value, day), "date.day") if checked(year, value, day) else None

    def bare_day(self, place: int) -> Point | None:
        """Read the day of "8 tot en met 9 januari": a number that only its neighbour makes a date."""
        number = day_number(self.tokens, place, self.words, self.numbers)
        return Point(number[0], Part(day=number[1]), "date.day") if number else None

    def ordinal_day(self, place: int) -> Point | None:
        """Read "op de 26e", "the 14th", "am 23.": a day whose month is the nearest one."""
        tokens, words = self.tokens, self.words
        article = words.determiners.before(tokens, place)
        if article < 0 or words.on.before(tokens, article) < 0:
            return None
        found = ordinal_at(tokens, place, words, self.numbers)
        if found is None or not 1 <= found[1] <= 31 or tokens.kind[place] != FIGURE:
            return None
        after = found[0]
        if tokens.kind[after] == WORD and not (
            words.of.at(tokens, after) or tokens.low[after] in words.ahead_words
        ):
            return None
        return Point(after, Part(day=found[1]), "date.ordinal")

    def year(self, place: int) -> Point | None:
        """Read a bare year, and "2019-2021", "2024/25" as one stretch."""
        tokens = self.tokens
        written = tokens.low[place]
        if len(written) != 4 or not written.isdecimal() or not "1000" <= written <= "2199":
            return None
        if not self._is_year(place):
            return None
        after = place + 1
        if tokens.low[after] in ("-", "/") and tokens.joined(after) and tokens.joined(after + 1):
            span = self._year_span(place)
            if span or tokens.kind[after + 1] == FIGURE:
                return span
        month = self._month_name(self._over_comma(after, "-/,"))
        if month and not self._year_behind(month[0])[1]:
            again = tokens.low[month[0]] in ("-", "/")
            day = day_number(tokens, month[0] + 1, self.words, self.numbers) if again else None
            if day and checked(int(written), month[1], day[1]):
                return Point(day[0], Part(int(written), month[1], day[1]), "date.day")
            return Point(month[0], Part(int(written), month[1]), "date.month")
        code = self.code(after + 1 if tokens.low[after] == "-" and tokens.joined(after) else after, led=True)
        if code and isinstance(code.what, Part) and code.what.year is None:
            return Point(code.end, replace(code.what, year=int(written)), "date.quarter")
        return Point(place + 1, Part(int(written)), "date.year")

    def _year_span(self, place: int) -> Point | None:
        tokens = self.tokens
        if (
            tokens.low[place + 1] not in ("-", "/")
            or not tokens.joined(place + 1)
            or not tokens.joined(place + 2)
        ):
            return None
        first, second = int(tokens.low[place]), tokens.low[place + 2]
        if not second.isdecimal() or (tokens.joined(place + 3) and tokens.low[place + 3] not in _CLOSERS):
            return None
        last = (
            int(second) if len(second) == 4 else first // 100 * 100 + int(second) if len(second) == 2 else 0
        )
        if not first < last <= first + 300 or (len(second) == 2 and last != first + 1):
            return None
        return Point(place + 3, Stretch(f"{first:04d}", f"{last:04d}"), "date.years")

    def _is_year(self, place: int) -> bool:
        tokens, words = self.tokens, self.words
        number = int(tokens.low[place])
        before, after = place - 1, place + 1
        lead = tokens.low[before] if place else "\n"
        if lead in ("-", "/") and tokens.joined(place) and tokens.kind[before - 1] == FIGURE:
            return False
        if tokens.joined(place) and lead not in ("(", "[", "'", '"', "-", "/", "~", "“", "„", "«"):
            return False
        if tokens.joined(after) and (
            tokens.kind[after] == WORD or tokens.low[after] in ("%", "€", "$", "£", "°")
        ):
            return False
        if self.units.at(tokens, after) or self.units.money_at(tokens, before):
            return False
        if tokens.low[after] in self.numbers.scales or tokens.low[after] in self.numbers.short:
            return False
        if (
            lead in words.strong_year
            or lead in words.all_months
            or words.year_word.before(tokens, place) >= 0
        ):
            return True
        if lead in self.labels and lead not in words.year_labels:
            return False
        if not 1500 <= number <= 2150:
            return lead in words.weak_year and 1000 <= number <= 2150 and tokens.kind[after] != WORD
        if lead in words.weak_year or lead in (
            "(",
            ",",
            "\n",
            ".",
            "-",
            "/",
            "'",
            "“",
            '"',
            "…",
            "*",
            "|",
            ":",
            ";",
        ):
            return not self._counts(after) or (1900 <= number <= 2100 and lead in words.weak_year)
        return 1900 <= number <= 2100 and not self._counts(after)

    def _counts(self, place: int) -> bool:
        """Tell whether the word behind a figure is what it counts: "2000 mensen"."""
        tokens = self.tokens
        if tokens.kind[place] != WORD or tokens.low[place] in self.functions:
            return False
        if self.lang == "de":
            return tokens.capital(place)
        if self.lang == "en":
            return tokens.low[place].endswith("s") and not tokens.capital(place)
        return not tokens.capital(place) and tokens.low[place].endswith(("en", "s", "x", "a"))

    def decade_figures(self, place: int) -> Point | None:
        """Read "1990s", "'90s", "jaren 90", "90er Jahre", "années 1990"."""
        tokens, words = self.tokens, self.words
        written = tokens.low[place]
        if not written.isdecimal() or len(written) not in (2, 4) or written[-1] != "0":
            return None
        after = place + 1
        if tokens.low[after] == "'" and tokens.low[after + 1] == "s" and tokens.joined(after + 1):
            written_s = after + 2
        else:
            written_s = 0
        led = words.decade_before.before(tokens, place - (tokens.low[place - 1] == "'")) >= 0
        if not led and written_s and "s" in words.decade_endings:
            after = written_s
        elif not led:
            if not (tokens.low[after] in ("s", "er", "ern") and tokens.joined(after)):
                return None
            end = words.decade_after.skip(tokens, after + 1)
            if end == after + 1 and tokens.low[after] != "s":
                return None
            after = end
        elif tokens.low[after] == "s" and tokens.joined(after):
            after += 1
        if len(written) == 4 and not "1000" <= written <= "2100":
            return None
        first = (
            int(written)
            if len(written) == 4
            else 1900 + int(written)
            if int(written) >= 30
            else 2000 + int(written)
        )
        return Point(after, Stretch.of(f"{first // 10:03d}X"), "date.decade")

    def code(self, place: int, *, led: bool = False) -> Point | None:
        """Read "Q3 2024", "K4 2016", "H1 2024", "KW 31"."""
        tokens, words = self.tokens, self.words
        letter = tokens.low[place]
        after = place + 1
        if letter not in words.quarter_letters and letter not in words.half_letters:
            return None
        number = tokens.low[after]
        half = letter in words.half_letters
        if (
            not tokens.joined(after)
            or not number.isdecimal()
            or not 1 <= int(number[:3]) <= (2 if half else 4)
        ):
            return None
        if tokens.joined(after + 1) and tokens.kind[after + 1] in (WORD, FIGURE):
            return None
        end, year = self._year_behind(after + 1)
        if year is None and not led and (half or letter not in words.plain_quarters):
            return None
        part = Part(year, half=int(number)) if half else Part(year, quarter=int(number))
        return Point(end, part, "date.quarter")

    # ------------------------------------------------------------------ months

    def _month_name(self, place: int) -> tuple[int, int] | None:
        """Read the name of a month, a short one with its full stop."""
        tokens, words = self.tokens, self.words
        low = tokens.low[place]
        month = words.months.get(low)
        if month:
            return place + 1, month
        month = words.short_months.get(low)
        if not month:
            return None
        end = place + 1
        if tokens.low[end] == "." and tokens.joined(end):
            end += 1
        return end, month

    def _over_comma(self, place: int, signs: str = ",") -> int:
        low = self.tokens.low[place]
        return place + 1 if low and low in signs and self.tokens.kind[place + 1] != BREAK else place

    def _year_behind(self, place: int) -> tuple[int, int | None]:
        """Read the year behind a month: "2025", ", 2025", "'98", "van 1992", "nineteen eighty six"."""
        tokens, words = self.tokens, self.words
        comma, of = self._over_comma(place, ",-/"), words.of.skip(tokens, place)
        for start in {place: 0, comma: 0, of: 0}:  # mostly one and the same
            low, after = tokens.low[start], start + 1
            four = len(low) == 4 and "1000" <= low <= "2199" and low.isdecimal()
            if four and not self._more_figure(start):
                return after, int(low)
            two = start == place and len(low) == 2 and low.isdecimal()
            if two and int(low) > 31 and self._closes_year(after):
                return after, year_number(low)
            short = tokens.low[after]
            if low == "'" and tokens.joined(after) and len(short) == 2 and short.isdecimal():
                return after + 1, year_number(short)
            year = spelled_year(tokens, start, self.numbers)
            if year:
                return year
        return place, None

    def _closes_year(self, place: int) -> bool:
        """Tell whether nothing stands behind "juillet 98" that the figure could count."""
        tokens = self.tokens
        return (tokens.kind[place] != WORD or tokens.low[place] in self.functions) and not self.units.at(
            tokens, place
        )

    def _more_figure(self, place: int) -> bool:
        """Tell whether a unit makes the four digits behind a month a number after all."""
        names, after = self.units, place + 1
        return names.at(self.tokens, after) is not None and not self.tokens.low[after].isalpha()

    def month(self, place: int) -> Point | None:
        """Read "januari", "juni 2023", "February 10", "Feb 10, 2025", "mei de 16e"."""
        tokens, words = self.tokens, self.words
        name = self._month_name(place)
        if name is None:
            return None
        after, month = name
        day = self._day_behind(after)
        if day:
            end, year = self._year_behind(day[0])
            if checked(year, month, day[1]):
                return Point(end, Part(year, month, day[1]), "date.day")
        end, year = self._year_behind(after)
        if tokens.low[place] in self.numbers.values and tokens.kind[end - 1] != FIGURE:
            return None  # "sept mille": seven
        if year is not None:
            return Point(end, Part(year, month), "date.month")
        short = tokens.low[place] in words.short_months and tokens.low[place] not in words.months
        if short and not (words.capital_months and self._surely_month(place)):
            return None
        if not short and (tokens.low[place] in words.doubtful and not self._surely_month(place)):
            return None
        return Point(after, Part(month=month), "date.month")

    def bare_month(self, place: int) -> Point | None:
        """Read the month of "jan-feb 2017": a short name that only its neighbour makes a date."""
        month = self._month_name(place)
        return Point(month[0], Part(month=month[1]), "date.month") if month else None

    def _surely_month(self, place: int) -> bool:
        tokens, words = self.tokens, self.words
        if words.capital_months and not tokens.capital(place):
            return False
        return words.month_after.before(tokens, place) >= 0

    def _day_behind(self, place: int) -> tuple[int, int] | None:
        tokens, words = self.tokens, self.words
        start = words.determiners.skip(tokens, self._over_comma(place, "-/"))
        number = day_number(tokens, start, words, self.numbers)
        if number is None:
            return None
        after = number[0]
        plain = tokens.kind[start] == FIGURE and after == start + 1
        if plain and (self._counts(after) or self.units.at(tokens, after) or tokens.low[after] == ":"):
            return None
        if (
            plain
            and words.day_first
            and tokens.kind[after] == WORD
            and tokens.low[after] not in self.functions
        ):
            return None
        if not plain and tokens.kind[start] == WORD and words.day_first and start == place:
            return None
        return number


def checked(year: int | None, month: int, day: int) -> Part | None:
    """Return the date if its month and day can be such."""
    return Part(year, month, day) if figure_between(month, 1, 12) and figure_between(day, 1, 31) else None
