"""The words of dates in one language: months, weekdays, "volgende", "geleden", holidays, as data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from desktop.extraction.phrases import Phrases, listed
from desktop.extraction.tokens import BREAKS, Known, Tokens
from desktop.resources import resource

#: what a word or sign tells of the tense of its clause
NOTHING: Final = 0
PAST: Final = 1
FUTURE: Final = 2
ENDS: Final = 3  #: ... that the clause ends here
ENDS_LOOSE: Final = 4  #: ... that it ends unless something stands directly behind ("2.5", "mid-March")
_CLAUSE_SIGNS: Final = frozenset(',.;:!?()–—"“”„»«')

SHIFTS: Final = {
    "this": (0, False),
    "last": (-1, False),
    "next": (1, False),
    "past": (-1, True),
    "coming": (1, True),
    "before_last": (-2, False),
    "second_next": (2, False),
}


@dataclass(frozen=True, slots=True)
class DateWords:
    """What `dates.toml` holds."""

    day_first: bool
    short_dotted: bool  #: "15.05.99" is a date
    months: dict[str, int]  #: full names
    short_months: dict[str, int]
    all_months: frozenset[str]
    doubtful: frozenset[str]  #: months that are common words too ("may", "mars")
    capital_months: bool
    month_after: Phrases  #: what must stand before those
    weekdays: dict[str, int]  #: Monday = 0
    short_weekdays: dict[str, int]
    seasons: dict[str, str]
    part_suffixes: tuple[str, ...]
    day_heads: dict[str, int]  #: "gister", "morgen": what a part of the day can be joined to
    part_after: Phrases
    days: Phrases
    periods: dict[str, tuple[str, int]]  #: "Vorjahr": (unit, shift)
    not_days: Phrases
    not_day_words: frozenset[str]
    units: dict[str, str]
    singular_units: frozenset[str]
    verb_before: frozenset[str]  #: behind these "last" is a verb
    shift: Phrases  #: value: (-1 | 0 | 1, nearest)
    after_next: Phrases
    shift_behind: Phrases  #: shifts that stand behind ("la semaine prochaine")
    every: Phrases  #: "elke", "every": what follows is a habit
    ago_after: Phrases
    ago_before: Phrases
    few: Phrases  #: value: how many that is taken for
    ahead_before: Phrases
    ahead_after: Phrases
    rank: frozenset[str]  #: "the third time in five years" is no date
    rank_not: frozenset[str]  #: ... but "the third match is in five days" is
    count_of: Phrases  #: what can stand between a number and its unit ("une dizaine d'années")
    offset_after: Phrases
    offset_before: Phrases
    ahead_words: frozenset[str]  #: words that may follow a bare day ("op de 26e terug")
    within: Phrases
    part_of: Phrases  #: value: "early" | "mid" | "late"
    earlier: Phrases  #: value: "earlier" | "later"
    rest: Phrases
    range_from: Phrases
    range_from_and: Phrases
    range_unmarked: Phrases  #: "van": read in front of a range, but no part of the mark
    range_to: Phrases
    range_and: Phrases
    listing: Phrases
    since: Phrases
    until: Phrases
    after: Phrases
    before: Phrases
    before_day: Phrases  #: "voor": before, but only in front of a day or the end of something
    or_later: Phrases
    or_earlier: Phrases
    or_begin: frozenset[str]  #: first tokens of those two
    determiners: Phrases
    of: Phrases
    of_week: Phrases  #: "week van", "week beginnend op"
    of_week_end: Phrases
    day_of: Phrases
    on: Phrases
    year_word: Phrases
    now: Phrases
    strong_year: frozenset[str]
    year_labels: frozenset[str]  #: labels that a year may follow ("seizoen 2024")
    weak_year: frozenset[str]
    ordinals: dict[str, int]
    ordinal_suffixes: frozenset[str]
    ordinal_stop: bool  #: "8." is an ordinal
    quarter_letters: frozenset[str]
    plain_quarters: frozenset[str]  #: letters that need no year ("Q3"; "K3" is a band)
    half_letters: frozenset[str]
    half_words: Phrases
    decade_before: Phrases
    decade_after: Phrases
    decade_endings: frozenset[str]
    decades: dict[str, int]
    decade_names: dict[str, int]  #: words that need nothing in front ("nineties")
    decade_after_needed: bool
    clause: frozenset[str]  #: words that begin another clause: what tense it has says nothing here
    past: frozenset[str]
    past_endings: tuple[str, ...]
    past_prefix: tuple[str, ...]  #: "ge-" of participles
    future: frozenset[str]
    holidays: Phrases
    day_links: frozenset[str]  #: what can stand between the figure of a day and its month
    joints: frozenset[str]  #: first tokens of what joins dates to a range or list, commas and dashes too
    joint_ends: frozenset[str]  #: last tokens of what joins dates to a range
    openers: frozenset[str]  #: last tokens of "sinds", "tot en met", "na"
    leads: frozenset[str]  #: last tokens of all that can stand in front of a date and belongs to it
    day_followers: set[str]  #: words that may stand behind the figure of a day
    rank_followers: set[str]  #: words that may stand behind an ordinal in a date, besides what it ranks
    pairs: dict[str, frozenset[str]]  #: words that only begin phrases ("de"): what may follow them

    def weekday_at(self, tokens: Tokens, place: int) -> tuple[int, bool] | None:
        """Return (weekday, written in full) of a token: "maandag", "donderdagavond", "wo"."""
        low = tokens.low[place]
        weekday = self.weekdays.get(low)
        if weekday is not None:
            return weekday, True
        weekday = self.short_weekdays.get(low)
        if weekday is not None:
            return weekday, False
        weekday = self.compound_weekday(low)
        return None if weekday is None else (weekday, True)

    def is_past(self, word: str) -> bool:
        """Tell whether a word is a verb of the past, as far as lists and endings tell."""
        if word in self.past or (len(word) > 4 and word.endswith(self.past_endings)):
            return True
        return len(word) > 5 and word.startswith(self.past_prefix) and word.endswith(("d", "t", "en"))

    def tells(self, word: str) -> int:
        """Return what a word or sign tells of the tense of its clause: PAST, …"""
        if word in self.clause or word in BREAKS:
            return ENDS
        if word in _CLAUSE_SIGNS:
            return ENDS_LOOSE
        return FUTURE if word in self.future else PAST if self.is_past(word) else NOTHING

    def compound_weekday(self, word: str) -> int | None:
        """Return the weekday of a compound: "donderdagavond"."""
        return _compound(word, self.weekdays, self.part_suffixes)

    def day_compound(self, word: str) -> int | None:
        """Return the days of a compound: "gisteravond", "morgenmiddag"."""
        return _compound(word, self.day_heads, self.part_suffixes)


def _compound(word: str, heads: Mapping[str, int], endings: tuple[str, ...]) -> int | None:
    if not endings or not word.endswith(endings):
        return None
    for ending in endings:
        if word.endswith(ending):
            found = heads.get(word[: -len(ending)])
            if found is not None:
                return found
    return None


def _months(names: list[str]) -> dict[str, int]:
    return {word: number for number, words in enumerate(names, 1) for word in words.split()}


def _weekdays(names: list[str]) -> dict[str, int]:
    return {word: number for number, words in enumerate(names) for word in words.split()}


def _group(table: Mapping[str, list[str]], names: Iterable[str]) -> Phrases:
    return Phrases((word, name) for name in names for word in table.get(name, ()))


@lru_cache
def date_words(lang: str) -> DateWords:
    """Return the date words of a language; read once."""
    with resource("languages", lang, "dates.toml").open("rb") as file:
        data = tomllib.load(file)
    months, weekdays, parts = data["months"], data["weekdays"], data["day_parts"]
    ago, ahead, part_of, ranges = data["ago"], data["ahead"], data["part_of"], data["range"]
    opens, glue, decades, quarters = data["open"], data["glue"], data["decades"], data["quarters"]
    listing, range_to, range_and = (Phrases(listed(ranges[name])) for name in ("list", "to", "and"))
    leads = [opens["since"], opens["until"], opens["after"], opens["before"], opens.get("before_day", ())]
    day_of = Phrases(listed(glue["day_of"]))
    all_months = frozenset(_months(months["names"])) | frozenset(_months(months["short"]))
    determiners, year_word = Phrases(listed(glue["determiners"])), Phrases(listed(glue["year"]))
    or_later, or_earlier = (Phrases(listed(opens[name])) for name in ("or_later", "or_earlier"))
    joint_ends = frozenset(word for table in (range_to, range_and) for word in table.last_tokens())
    openers = frozenset(word for lead in leads for word in Phrases(listed(lead)).last_tokens())
    words = DateWords(
        day_first=data["order"] == "dmy",
        short_dotted=data.get("short_dotted", False),
        months=_months(months["names"]),
        short_months=_months(months["short"]),
        all_months=all_months,
        doubtful=frozenset(months["doubtful"]),
        capital_months=months.get("capital", False),
        month_after=Phrases(listed(months["alone_after"])),
        weekdays=_weekdays(weekdays["names"]),
        short_weekdays=_weekdays(weekdays["short"]),
        seasons=data["seasons"],
        part_suffixes=tuple(parts["suffixes"]),
        day_heads=parts.get("heads", {}),
        part_after=Phrases(listed(parts["after"])),
        days=Phrases(data["days"].items()),
        periods={word: (unit, step) for word, (unit, step) in data.get("periods", {}).items()},
        not_days=Phrases(listed(data["not_days"]["before"])),
        not_day_words=frozenset(data["not_days"]["words"]),
        units=data["units"],
        singular_units=frozenset(data["units_singular"]["words"]),
        verb_before=frozenset(data["shift"].get("verb_before", ())),
        shift=Phrases((word, SHIFTS[name]) for name in SHIFTS for word in data["shift"].get(name, ())),
        shift_behind=Phrases(
            (word, SHIFTS[name]) for name in SHIFTS for word in data["shift_behind"].get(name, ())
        ),
        every=Phrases(listed(data["not_days"]["every"])),
        after_next=Phrases(listed(data["shift"]["after_next"])),
        ago_after=Phrases(listed(ago["after"])),
        ago_before=Phrases(listed(ago["before"])),
        few=Phrases([*listed(ago["few"], 3), *listed(ago.get("two", ()), 2)]),
        ahead_before=Phrases(listed(ahead["before"])),
        ahead_after=Phrases(listed(ahead["after"])),
        rank=frozenset(ahead.get("rank", ())),
        rank_not=frozenset(ahead.get("rank_not", ())),
        count_of=Phrases(listed(glue.get("count_of", ()))),
        offset_after=Phrases(listed(data["offset"]["after"])),
        offset_before=Phrases(listed(data["offset"]["before"])),
        ahead_words=frozenset(glue.get("ahead", ())),
        within=Phrases(listed(ahead["within"])),
        part_of=_group(part_of, ("early", "mid", "late")),
        earlier=_group(part_of, ("earlier", "later")),
        rest=Phrases(listed(part_of["rest"])),
        range_from=Phrases(listed(ranges["from"])),
        range_unmarked=Phrases(listed(ranges.get("unmarked", ()))),
        range_from_and=Phrases(listed(ranges["from_and"])),
        range_to=range_to,
        range_and=range_and,
        listing=listing,
        since=Phrases(listed(opens["since"])),
        until=Phrases(listed(opens["until"])),
        after=Phrases(listed(opens["after"])),
        before=Phrases(listed(opens["before"])),
        before_day=Phrases(listed(opens.get("before_day", ()))),
        or_later=or_later,
        or_earlier=or_earlier,
        or_begin=frozenset([*or_later.first_tokens(), *or_earlier.first_tokens()]),
        determiners=determiners,
        of=Phrases(listed(glue["of"])),
        of_week=Phrases(listed(glue["of_week"])),
        of_week_end=Phrases(listed(glue.get("of_week_end", ()))),
        day_of=day_of,
        on=Phrases(listed(glue["on"])),
        year_word=year_word,
        now=Phrases(listed(glue["now"])),
        year_labels=frozenset(data["year"].get("labels", ())),
        strong_year=frozenset(data["year"]["strong"]),
        weak_year=frozenset(data["year"]["weak"]),
        ordinals=data["ordinals"],
        ordinal_suffixes=frozenset(data["ordinal_suffixes"]["list"]),
        ordinal_stop=data["ordinal_suffixes"].get("stop", False),
        quarter_letters=frozenset(quarters["letters"]),
        plain_quarters=frozenset("q"),
        half_letters=frozenset(quarters["halves"]),
        half_words=Phrases(listed(quarters["half_words"])),
        decade_before=Phrases(listed(decades["before"])),
        decade_endings=frozenset(decades.get("endings", ())),
        decade_after=Phrases(listed(decades["after"])),
        decades=decades["words"],
        decade_names=decades.get("names", {}),
        decade_after_needed=decades.get("after_needed", False),
        clause=frozenset(data["tense"]["clause"].split()),
        past=frozenset(data["tense"]["past"].split()),
        past_prefix=tuple(data["tense"].get("past_prefix", ())),
        past_endings=tuple(data["tense"].get("past_endings", ())),
        future=frozenset(data["tense"]["future"].split()),
        holidays=Phrases(data["holidays"].items()),
        day_links=frozenset([*all_months, *day_of.first_tokens(), "/", "-"]),
        joints=frozenset(word for table in (listing, range_to, range_and) for word in table.first_tokens())
        | {",", "-", "~"},
        joint_ends=joint_ends,
        openers=openers,
        leads=openers | joint_ends | {*determiners.last_tokens(), *year_word.last_tokens()},
        day_followers=set(),
        rank_followers=set(),
        pairs={},
    )
    words.pairs.update(_pairs(words))
    words.day_followers.update(words.all_months, words.ordinal_suffixes, _DECADE_ENDINGS)
    for phrases in (words.day_of, words.range_to, words.range_and, words.listing, words.shift):
        words.day_followers.update(phrases.first_tokens())
    words.rank_followers.update(words.day_followers, words.half_words.first_tokens(), words.of.first_tokens())
    return words


@lru_cache
def tenses(lang: str) -> Known:
    """Return what words and signs tell of the tense of their clause, in a language."""
    return Known(date_words(lang).tells)


_DECADE_ENDINGS: Final = ("s", "er", "ern")


def _pairs(words: DateWords) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the words that begin phrases only, with what may follow them."""
    tables = (
        words.days,
        words.shift,
        words.after_next,
        words.holidays,
        words.part_of,
        words.earlier,
        words.rest,
        words.decade_before,
    )
    alone = {
        *words.all_months,
        *words.weekdays,
        *words.short_weekdays,
        *words.units,
        *words.seasons,
        *words.ordinals,
    }
    for word in {word for table in tables for word in table.first_tokens()} - alone:
        found = [table.seconds(word) for table in tables if word in table]
        if word.isalpha() and all(second is not None for second in found):
            yield word, frozenset().union(*(second for second in found if second is not None))
