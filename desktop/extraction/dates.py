"""Dates and periods in a text, resolved against the article's date.

At every word that a date can begin with one date is read (`date_units.py` and below it); here dates are
joined to ranges ("van 8 tot en met 9 januari", "10 en 11 februari") and opened ("sinds 2011").
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from desktop.extraction.date_base import Point
from desktop.extraction.date_resolver import DAY, Part, Resolver, Stretch, after, joined
from desktop.extraction.date_units import DateUnits
from desktop.extraction.date_words import DateWords
from desktop.extraction.openings import Opening, Openings, openings_in
from desktop.extraction.periods import first_last_day, span
from desktop.extraction.quick import mention_of, period_of
from desktop.extraction.tokens import BREAK, FIGURE, WORD, Tokens
from desktop.model import Mention, MentionKind, Period, Source

__all__ = ["dates_of", "find_dates", "first_last_day"]

_DASHES: Final = frozenset({"-", "~"})


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    what: Stretch | None
    rule: str


def find_dates(text: str, lang: str, reference: str | None) -> list[Mention]:
    """Return the dates of a text in order, not overlapping.

    `lang` is nl, en, fr or de; `reference` is the article's date (YYYY, YYYY-MM or YYYY-MM-DD) or None. A
    date that needs a reference and has none is a mention without period.
    """
    tokens = Tokens(text)
    return dates_of(tokens, openings_in(tokens, lang), lang, reference)[0]


def dates_of(
    tokens: Tokens, begun: Openings, lang: str, reference: str | None
) -> tuple[list[Mention], bytearray]:
    """Return the dates, and for every token whether it is part of one.

    `begun`: what `openings_in` says of the tokens.
    """
    reader = _DateReader(tokens, lang, Resolver(reference))
    taken = bytearray(len(tokens.low))
    mentions = []
    for found in reader.find(begun):
        start, end = tokens.start[found.start], tokens.end[found.end - 1]
        taken[found.start : found.end] = b"\x01" * (found.end - found.start)
        held = (start, end, tokens.text[start:end], MentionKind.DATE, Source.RULE, 1.0, found.rule)
        mentions.append(mention_of(*held, None, None, None, _period(found.what)))
    return mentions, taken


def _period(what: Stretch | None) -> Period | None:
    if what is None:
        return None
    return period_of(what.low) if what.low == what.high else period_of(None, what.low, what.high)


class _DateReader:
    def __init__(self, tokens: Tokens, lang: str, resolver: Resolver) -> None:
        self.tokens = tokens
        self.points = DateUnits(tokens, lang, resolver)
        self.words: DateWords = self.points.words
        self.resolver = resolver

    def find(self, begun: Openings) -> list[_Found]:
        found: list[_Found] = []
        last = 0
        for place, opening in begun:
            if place < last or not opening.date or not self._warm(place, opening):
                continue
            items = [item for item in self._at(place) if item.start >= last]
            if items:
                found += items
                last = max(items[-1].end, place + 1)
        return found

    def _warm(self, place: int, opening: Opening) -> bool:
        """Tell whether a date can begin at a token, as far as the token and the next one show."""
        tokens = self.tokens
        if opening.follows is not None:
            return tokens.low[place + 1] in opening.follows
        kind = tokens.kind[place]
        if kind == FIGURE:
            return self.points.may_be_date(place)
        if kind != WORD:  # an apostrophe: "'90"
            return tokens.kind[place + 1] == FIGURE
        if opening.short and self._only_weekday(place):
            return False
        if opening.ordinal:
            return not self.points.ranks_something(place)
        return not (opening.number and self.points.counts_something(place))

    def _only_weekday(self, place: int) -> bool:
        """Tell whether "zo", "sun" stands before a word that no day of the month can begin with."""
        tokens, words, after = self.tokens, self.words, place + 1
        low = tokens.low[after]
        if tokens.kind[after] != WORD:
            return False
        return not (low in words.determiners or low in words.part_after or self.points.readers_of(low))

    def _at(self, place: int) -> list[_Found]:
        """Return the date or dates that begin at a token."""
        point = self.points.read(place)
        series = self._series(place)
        if series and (point is None or series[-1].end > point.end):
            return series
        if point is None:
            return []
        start = point.start if point.start >= 0 else place
        ranged = self._range(start, point)
        if ranged:
            return [ranged]
        return self._single(start, point)

    # ------------------------------------------------------------------ ranges

    def _opening(self, start: int, *, joint_and: bool) -> int:
        """Return where "van", "tussen de" before a range begins, or -1."""
        tokens, words = self.tokens, self.words
        phrases = words.range_from_and if joint_and else words.range_from
        lead = phrases.before(tokens, start)
        if lead < 0:
            article = words.determiners.before(tokens, start)
            lead = phrases.before(tokens, article) if article > 0 else -1
        return lead

    def _joint(self, start: int, end: int) -> tuple[int, int] | None:
        """Read what joins the ends of a range: (where the second end begins, where the range begins)."""
        tokens, words = self.tokens, self.words
        if not self._goes_on(end):
            return None
        joint = words.range_to.at(tokens, end)
        if joint:
            return joint[0], max(self._opening(start, joint_and=False), -1)
        if tokens.low[end] in _DASHES and tokens.kind[end + 1] != BREAK:
            if tokens.joined(end) == tokens.joined(end + 1) or tokens.low[end] == "~":
                opening = self._opening(start, joint_and=False)
                return end + 1, opening if opening >= 0 else self._opening(start, joint_and=True)
            return None
        joint = words.range_and.at(tokens, end)
        lead = self._opening(start, joint_and=True) if joint else -1
        return (joint[0], lead) if joint and lead >= 0 else None

    def _marked(self, lead: int, start: int) -> int:
        """Return where the mark of a range begins whose opening word stands at `lead` (-1 = none)."""
        unmarked = self.words.range_unmarked.at(self.tokens, lead) if lead >= 0 else None
        return start if lead < 0 or (unmarked and unmarked[0] == start) else lead

    def _range(self, start: int, first: Point) -> _Found | None:
        joint = self._joint(start, first.end)
        if joint is None:
            return None
        place, lead = joint
        second = self._second(place, first)
        if second is None:
            return None
        what = self._between(first, second, self.points.tense(start))
        if what is None:
            return None
        return _Found(self._marked(lead, start), second.end, what, "date.range")

    def _second(self, place: int, first: Point) -> Point | None:
        now = self.words.now.at(self.tokens, place)
        if now:
            today = self.resolver.days_off(0)
            return Point(now[0], today, "date.relative") if today else None
        place = self.words.on.skip(self.tokens, place)
        place = self.words.determiners.skip(self.tokens, place)
        second = self.points.read(place)
        if second and (second.start < 0 or second.start >= place):
            return second
        if isinstance(first.what, Part) and first.what.month and first.what.day:
            day = self.points.bare_day(place)
            if day and self.points.closes(day.end):
                return day
        return None

    def _between(self, first: Point, second: Point, tense: int) -> Stretch | None:
        if isinstance(first.what, Part) and isinstance(second.what, Part):
            whole = joined(first.what, second.what, self.resolver, tense)
            if whole or not _rooted(first.what):
                return whole
        low, high = self.points.resolve(first, tense), self.points.resolve(second, tense)
        if low is None or high is None or low.low is None or high.high is None:
            return None
        if span(low.low)[0] > span(high.high)[1]:
            if isinstance(first.what, Part) and first.what.year is None and first.what.month:
                year = span(high.high)[1].year
                earlier = [self.resolver.part(replace(first.what, year=back)) for back in (year, year - 1)]
                for past in earlier:
                    if past and past.low and span(past.low)[0] <= span(high.high)[1]:
                        return Stretch(past.low, high.high)
            if not isinstance(second.what, Part) or not _rooted(second.what):
                return None
            high = self.resolver.part(replace(second.what, year=span(low.low)[0].year + 1), tense)
            if second.what.weekday is not None and second.what.day is None:
                high = _next_weekday(low.low, second.what.weekday)
        return Stretch(low.low, high.high) if high else None

    def _series(self, place: int) -> list[_Found]:
        """Read days that share their month: "8 tot en met 9 januari", "8, 9 en 12 mei"."""
        tokens, words, points = self.tokens, self.words, self.points
        if tokens.kind[place] == FIGURE:
            if len(tokens.low[place]) > 2 or tokens.joined(place):
                return []
            if not (tokens.joined(place + 1) or self._goes_on(place + 1)):
                return []
        elif not points.opens_series(tokens.low[place]):
            return []
        month = points.bare_month(place)
        if month and not self._goes_on(month.end):
            return []
        if month:
            return self._months(place, month)
        day = points.bare_day(place)
        weekday = None
        if day is None:
            weekday = words.weekday_at(tokens, place)
            start = words.determiners.skip(tokens, place + 1) if weekday else place
            day = points.bare_day(start) if weekday else None
            if day is None:
                return []
        if not self._goes_on(day.end):
            return []
        ends = self._joint(place, day.end)
        if ends:
            second = self._second(ends[0], day)
            if (
                second is None
                or not isinstance(second.what, Part)
                or not second.what.day
                or not second.what.month
            ):
                return []
            what = self._between(day, second, points.tense(place))
            return [_Found(self._marked(ends[1], place), second.end, what, "date.range")] if what else []
        return self._listed(place, day)

    def _goes_on(self, end: int) -> bool:
        """Tell whether what can join days to a series or range stands here."""
        return self.tokens.low[end] in self.words.joints

    def _months(self, place: int, first: Point) -> list[_Found]:
        """Read "jan-feb 2017", "nov tot maart"."""
        joint = self._joint(place, first.end)
        if joint is None:
            return []
        second = self.points.read(self.words.determiners.skip(self.tokens, joint[0]))
        second = second or self.points.bare_month(joint[0])
        if second is None or not isinstance(second.what, Part) or second.what.month is None:
            return []
        what = self._between(first, second, 0)
        return [_Found(self._marked(joint[1], place), second.end, what, "date.range")] if what else []

    def _listed(self, place: int, first: Point) -> list[_Found]:
        tokens, words, points = self.tokens, self.words, self.points
        days = [(place, first)]
        end = first.end
        for _ in range(6):
            joint = words.listing.at(tokens, end)
            after = joint[0] if joint else end + 1 if tokens.low[end] == "," else -1
            if after < 0:
                return []
            after = words.determiners.skip(tokens, after)
            whole = points.day_and_month(after)
            if whole and isinstance(whole.what, Part):
                return self._shared(days, after, whole)
            day = points.bare_day(after)
            if day is None:
                return []
            days.append((after, day))
            end = day.end
        return []

    def _shared(self, days: list[tuple[int, Point]], place: int, last: Point) -> list[_Found]:
        """Give listed days the month of the last; days in a row are one stretch."""
        if not isinstance(last.what, Part) or last.what.day is None:
            return []
        numbers = [day.what.day or 0 for _, day in days if isinstance(day.what, Part)] + [last.what.day]
        if any(second - first != 1 for first, second in pairwise(numbers)):
            return [
                *(
                    _Found(
                        start,
                        day.end,
                        self.resolver.part(replace(last.what, day=number, weekday=None)),
                        "date.day",
                    )
                    for (start, day), number in zip(days, numbers, strict=False)
                ),
                _Found(place, last.end, self.resolver.part(last.what), "date.day"),
            ]
        what = joined(Part(day=numbers[0]), last.what, self.resolver, 0)
        return [_Found(days[0][0], last.end, what, "date.range")] if what else []

    # ------------------------------------------------------------------ single dates

    def _single(self, start: int, point: Point) -> list[_Found]:
        words, tokens = self.words, self.tokens
        open_year = isinstance(point.what, Part) and point.what.year is None
        tense = self.points.tense(start) if open_year else 0
        if tense < 0 and self._until(start):
            tense = 0
        what = self.points.resolve(point, tense)
        if what is None:
            empty = isinstance(point.what, Part) and point.what == Part() and self.resolver.value is not None
            return [] if empty or not self._exists(point) else [_Found(start, point.end, None, point.rule)]
        if tokens.low[point.end] in words.or_begin:
            later = words.or_later.at(tokens, point.end)
            if later:
                return [_Found(start, later[0], Stretch(what.low, None), "date.open")]
            earlier = words.or_earlier.at(tokens, point.end)
            if earlier:
                return [_Found(start, earlier[0], Stretch(None, what.high), "date.open")]
        return [self._opened(start, point, what)]

    def _until(self, start: int) -> bool:
        """Tell whether "tot", "until" stands in front: what it leads to is rarely past."""
        article = self.words.determiners.before(self.tokens, start)
        return any(
            place >= 0 and self.words.until.before(self.tokens, place) >= 0 for place in (start, article)
        )

    def _exists(self, point: Point) -> bool:
        """Tell an unknown year from a day that does not exist ("30 februari")."""
        if not isinstance(point.what, Part) or not (point.what.month and point.what.day):
            return True
        return Resolver("2024").part(replace(point.what, year=point.what.year or 2024)) is not None

    def _opened(self, start: int, point: Point, what: Stretch) -> _Found:
        """Take "sinds", "tot en met", "na", "before" in front: open at one end."""
        words, tokens = self.words, self.tokens
        counted = point.start >= 0 or point.rule == "date.counted"
        if counted or not start or tokens.low[start - 1] not in words.leads:
            return _Found(start, point.end, what, point.rule)
        places = [start]
        article = words.determiners.before(tokens, start)
        year = words.year_word.before(tokens, start)
        places += [place for place in (article, year, words.determiners.before(tokens, year)) if place > 0]
        since_now = self._from_now(start, point, what)
        if since_now:
            return _Found(since_now[0], point.end, since_now[1], "date.range")
        best: tuple[int, str] | None = None
        for place in places:
            if not place or tokens.low[place - 1] not in words.openers:
                continue
            for phrases, kind in (
                (words.since, "since"),
                (words.until, "until"),
                (words.after, "after"),
                (words.before, "before"),
                (words.before_day, "before" if point.rule in _BEFORE_DAY else ""),
            ):
                lead = phrases.before(tokens, place)
                if lead >= 0 and (best is None or lead < best[0]):
                    best = (lead, "until" if kind == "before" and point.rule == "date.late" else kind)
        opened = _open(what, best[1]) if best and best[1] else None
        if best and opened:
            return _Found(best[0], point.end, opened, "date.open")
        return _Found(start, point.end, what, point.rule)

    def _from_now(self, start: int, point: Point, what: Stretch) -> tuple[int, Stretch] | None:
        """Take "tussen nu en" in front of a date."""
        words, tokens = self.words, self.tokens
        for place in (start, words.determiners.before(tokens, start)):
            if place <= 0 or tokens.low[place - 1] not in words.joint_ends:
                continue
            for joints, openings in (
                (words.range_and, words.range_from_and),
                (words.range_to, words.range_from),
            ):
                joint = joints.before(tokens, place) if place > 0 else -1
                now = words.now.before(tokens, joint) if joint > 0 else -1
                lead = openings.before(tokens, now) if now > 0 else -1
                today = self.resolver.days_off(0) if lead >= 0 else None
                if today is None or today.low is None or what.high is None:
                    continue
                if span(what.high)[1] < span(today.low)[0] and isinstance(point.what, Part):
                    what = after(point.what, today.low, self.resolver) or what
                if what.high and span(what.high)[1] >= span(today.low)[0]:
                    return lead, Stretch(today.low, what.high)
        return None


_BEFORE_DAY: Final = frozenset({"date.day", "date.figures", "date.late", "date.nth"})


def _rooted(part: Part) -> bool:
    return part.month is not None or part.year is not None or part.weekday is not None


def _next_weekday(low: str, weekday: int) -> Stretch:
    day = span(low)[0]
    return Stretch.of((day + DAY * ((weekday - day.weekday()) % 7)).isoformat())


def _open(what: Stretch, kind: str) -> Stretch | None:
    if what.low is None or what.high is None:
        return None
    if kind == "since":
        return Stretch(what.low, None)
    if kind == "until":
        return Stretch(None, what.high)
    first, last = span(what.low)[0], span(what.high)[1]
    try:
        day = last + DAY if kind == "after" else first - DAY
    except OverflowError:
        return None
    value = day.isoformat()
    if what.low == what.high and len(what.low) in (4, 7) and what.low.replace("-", "").isdecimal():
        value = value[: len(what.low)]
    return Stretch(value, None) if kind == "after" else Stretch(None, value)
