"""Units and currencies: how they are written, and what one is worth in the base unit of its dimension.

`resources/languages/symbols.toml` holds symbols, factors and ISO 4217 codes; each language's `units.toml` its
names. Money keeps its own currency: its dimension is the code.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from desktop.extraction.tokens import FIGURE, WORD, Tokens
from desktop.model import MentionKind
from desktop.resources import resource

_KIND_OF_DIMENSION: Final = {
    "time": MentionKind.DURATION,
    "temperature": MentionKind.TEMPERATURE,
    "share": MentionKind.PERCENT,
}
_ZERO_CELSIUS: Final = Decimal("273.15")  # in kelvin


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as found in text: the symbol it stands for and what one of it is in that symbol."""

    symbol: str
    kind: MentionKind
    times: Decimal = Decimal(1)
    cents: bool = False  #: a hundredth: may stand behind whole units ("5 dollar 40 cent")
    sign: bool = False  #: a sign such as % or €, or a code, which may stand directly against the figure
    letters: bool = False  #: a symbol of letters: "km", "t"
    rule: str = field(init=False, compare=False)  #: what found it, as mentions say: "money.sign"

    def __post_init__(self) -> None:
        """Write the rule once, since every amount with the unit names it."""
        object.__setattr__(self, "rule", f"{self.kind.value}.{'sign' if self.sign else 'name'}")


@dataclass(frozen=True, slots=True)
class Symbols:
    """What `symbols.toml` holds, prefixes multiplied out."""

    units: dict[str, tuple[str, Decimal]]  #: symbol -> (dimension, factor to the base unit)
    base: dict[str, str]  #: dimension -> base unit
    written: dict[str, str]
    money: dict[str, str]
    codes: frozenset[str]
    small_codes: frozenset[str]
    prefixes: dict[str, int]
    cents: dict[str, int]


@lru_cache
def symbols() -> Symbols:
    """Return the symbols of all languages; read once."""
    with resource("languages", "symbols.toml").open("rb") as file:
        data = tomllib.load(file)
    units = {name: (dimension, Decimal(factor)) for name, (dimension, factor) in data["units"].items()}
    for name, (dimension, factor, prefixes) in data["prefixed"].items():
        units[name] = (dimension, Decimal(factor))
        for prefix in prefixes.split():
            units[prefix + name] = (dimension, Decimal(factor).scaleb(data["prefixes"][prefix]))
    codes = frozenset(data["codes"]["list"].split())
    return Symbols(
        units=units,
        base=data["dimensions"],
        written=data["written"],
        money=data["money"],
        codes=codes,
        small_codes=frozenset(data["small_codes"]["list"].split()),
        prefixes=data["prefixes"],
        cents=data["minor"],
    )


def is_money(symbol: str) -> bool:
    """Tell whether a symbol is that of a currency."""
    table = symbols()
    return symbol in table.codes or symbol in ("XBT", "ETH")


def dimension_of(symbol: str) -> tuple[str, Decimal]:
    """Return (dimension, factor to its base unit) of a symbol; "km/h" is length/time, money its code."""
    known = symbols().units.get(symbol)
    if known:
        return known
    if "/" in symbol:
        above, below = symbol.split("/", 1)
        (first, factor), (second, divisor) = dimension_of(above), dimension_of(below)
        return f"{first}/{second}", factor / divisor
    return symbol, Decimal(1)


def to_base(value: Decimal, symbol: str) -> Decimal:
    """Convert a value to the base unit of its dimension; bare degrees are taken for Celsius."""
    if symbol in ("°C", "°"):
        return value + _ZERO_CELSIUS
    if symbol == "°F":
        return (value - 32) * 5 / 9 + _ZERO_CELSIUS
    return value * dimension_of(symbol)[1]


class UnitNames:
    """The names of units and currencies in one language, found by the tokens they consist of."""

    def __init__(self, lang: str) -> None:
        """Read the language's `units.toml` and add the symbols of all languages."""
        with resource("languages", lang, "units.toml").open("rb") as file:
            data = tomllib.load(file)
        generated = resource("languages", lang, "currencies.toml")
        if generated.is_file():
            with generated.open("rb") as file:
                for name, code in tomllib.load(file)["money"].items():
                    data["money"].setdefault(name, code)
        self._names: dict[str, list[tuple[list[str], Unit]]] = {}
        self._symbols: dict[str, list[tuple[list[str], Unit]]] = {}
        self._cold: set[str] = set()  # words as written that begin no unit, filled as words come
        for name, unit in _named_units(data):
            _enter(self._names, name, unit)
        for name, unit in _written_units():
            _enter(self._symbols, name, unit, exact=True)
        self.joined = {name: _unit(symbol) for name, symbol in data.get("joined", {}).items()}
        for table in (self._names, self._symbols):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))
        self._money = {
            first: money
            for first, entries in self._symbols.items()
            if (money := [entry for entry in entries if entry[1].kind is MentionKind.MONEY])
        }
        self.per = frozenset(data["per"]["words"])
        self.not_with_article = frozenset(data.get("not_with_article", {}).get("words", ()))
        self.per_skip = frozenset(data["per"].get("skip", ()))
        self.per_article = frozenset(data["per"].get("articles", ()))
        self.per_begin = self.per | self.per_skip | self.per_article
        self.when_scaled = {name: _unit(code) for name, code in data.get("money_when_scaled", {}).items()}
        self.rest = {
            name: _unit(symbol) if symbol else Unit("", MentionKind.MONEY, Decimal("0.01"), cents=True)
            for name, symbol in data["rest"].items()
        }

    def starts(self, word: str) -> bool:
        """Tell whether the name of a unit begins with this lower-case word."""
        return word in self._names

    def first_tokens(self) -> Iterable[str]:
        """Return the lower-case words that names of units begin with."""
        return self._names

    def at(self, tokens: Tokens, place: int) -> tuple[int, Unit] | None:
        """Return (end, unit) of the longest unit that begins at a token, or None."""
        written = tokens.text[tokens.start[place] : tokens.end[place]]
        if written in self._cold:
            return None
        found = None
        entries = self._names.get(tokens.low[place])
        if entries:
            found = _match(entries, tokens.low, place)
            if found and found[1].cents and len(tokens.low[place]) == 1 and not tokens.joined(place):
                found = None
        if place < tokens.count:
            if entries is None and self._is_cold(written):
                return None
            entries = self._symbols.get(written)
            if entries:
                symbol = _match_written(entries, tokens, place)
                if symbol and (found is None or symbol[0] >= found[0]) and not _runs_on(tokens, symbol[0]):
                    found = symbol
            if found is None:
                found = _code(tokens, place, written)
            if (
                found is None
                and written in self.joined
                and tokens.joined(place)
                and not _runs_on(tokens, place + 1)
            ):
                found = place + 1, self.joined[written]
        return found

    def _is_cold(self, written: str) -> bool:
        """Tell whether no symbol or code begins with a word that is no name; remembered."""
        cold = written not in self._symbols and written not in self.joined and _code_of(written) is None
        if cold:
            if len(self._cold) > _COLD_LIMIT:
                self._cold.clear()
            self._cold.add(written)
        return cold

    def money_at(self, tokens: Tokens, place: int) -> tuple[int, Unit] | None:
        """Return (end, unit) of a currency sign or code that begins at a token: it may stand in front."""
        if place >= tokens.count:
            return None
        written = tokens.text[tokens.start[place] : tokens.end[place]]
        if written in self._cold:
            return None
        entries = self._money.get(written)
        if entries:
            found = _match_written(entries, tokens, place)
            if found:
                return found
        return _code(tokens, place, written)


def _code(tokens: Tokens, place: int, written: str) -> tuple[int, Unit] | None:
    """Read "EUR", "usd", "MEUR", "kGBP", "usd$"."""
    if tokens.kind[place] != WORD or not 3 <= len(written) <= 4:
        return None
    unit = _code_of(written)
    if unit is None or _is_edition(tokens, place, written):
        return None
    end = place + 1
    if len(written) == 3 and tokens.low[end] == "$" and tokens.joined(end):
        end += 1
    return end, unit


def _is_edition(tokens: Tokens, place: int, written: str) -> bool:
    """Tell whether capitals with a small number are rather a name: COP30, not EUR30, COP 30 or COP30m."""
    figure = place + 1
    return (
        tokens.kind[figure] == FIGURE
        and tokens.joined(figure)
        and len(tokens.low[figure]) <= 2
        and not tokens.joined(figure + 1)
        and len(written) == 3
        and written.lower() not in symbols().small_codes
    )


def _code_of(written: str) -> Unit | None:
    """Return the currency of a code, with its scale, or None."""
    table = symbols()
    if len(written) == 3 and (written in table.codes or written in table.small_codes):
        return Unit(written.upper(), MentionKind.MONEY, sign=True)
    factor = _CODE_SCALES.get(written[0]) if len(written) == 4 else None
    if factor and written[1:] in table.codes:
        return Unit(written[1:], MentionKind.MONEY, factor, sign=True)
    return None


_COLD_LIMIT: Final = 50_000  #: words remembered per language
_TIES: Final = frozenset({"'", "-", "_"})
_CODE_SCALES: Final = {"k": Decimal(1000), "T": Decimal(1000), "M": Decimal(10**6)}


def _match(entries: list[tuple[list[str], Unit]], low: list[str], place: int) -> tuple[int, Unit] | None:
    for parts, unit in entries:
        if low[place : place + len(parts)] == parts:
            return place + len(parts), unit
    return None


def _match_written(
    entries: list[tuple[list[str], Unit]], tokens: Tokens, place: int
) -> tuple[int, Unit] | None:
    most = len(entries[0][0])  # the longest is the first
    if most == 1:
        return place + 1, entries[0][1]
    text, start, end = tokens.text, tokens.start, tokens.end
    written = [text[start[at] : end[at]] for at in range(place, min(place + most, tokens.count))]
    for parts, unit in entries:
        if written[: len(parts)] == parts:
            return place + len(parts), unit
    return None


def _runs_on(tokens: Tokens, end: int) -> bool:
    """Tell whether a symbol is only the beginning of a word: "5 l'an", "3 A-merken"."""
    if tokens.kind[end - 1] != WORD:
        return False
    if not tokens.joined(end):
        return False
    more = tokens.kind[end] in (WORD, FIGURE)
    return more or (tokens.low[end] in _TIES and tokens.joined(end + 1) and tokens.kind[end + 1] == WORD)


def _enter(
    table: dict[str, list[tuple[list[str], Unit]]], name: str, unit: Unit, *, exact: bool = False
) -> None:
    tokens = Tokens(name)
    parts = [tokens.written(place) for place in range(tokens.count)] if exact else tokens.low[: tokens.count]
    table.setdefault(parts[0], []).append((parts, unit))


def _named_units(data: Mapping[str, Any]) -> Iterator[tuple[str, Unit]]:
    for name, symbol in data["prefixed"].items():
        yield name, _unit(symbol)
        for prefix, letter in data["prefixes"].items():
            if letter + symbol in symbols().units:
                yield prefix + name, _unit(letter + symbol)
    for section in ("units", "time", "money"):
        for name, value in data[section].items():
            if isinstance(value, str):
                yield name, _unit(value)
            elif value.get("cents"):
                yield name, Unit(value["unit"], MentionKind.MONEY, Decimal("0.01"), cents=True)
            else:
                yield name, _unit(value["unit"], Decimal(value["times"]))
    for name, code in data["cents"].items():
        yield name, Unit(code, MentionKind.MONEY, Decimal("0.01"), cents=True)


def _written_units() -> Iterator[tuple[str, Unit]]:
    table = symbols()
    for name, symbol in table.written.items():
        unit = _unit(symbol)
        yield name, Unit(unit.symbol, unit.kind, sign=not name[0].isalpha(), letters=name[0].isalpha())
    for name, code in table.money.items():
        yield name, Unit(code, MentionKind.MONEY, sign=True)


def _unit(symbol: str, times: Decimal = Decimal(1)) -> Unit:
    if is_money(symbol):
        return Unit(symbol, MentionKind.MONEY, times)
    kind = _KIND_OF_DIMENSION.get(dimension_of(symbol)[0], MentionKind.QUANTITY)
    return Unit(symbol, kind, times, sign=symbol in ("%", "°"))


@lru_cache
def unit_names(lang: str) -> UnitNames:
    """Return the names of units in a language; read once."""
    return UnitNames(lang)
