"""Numbers as newspapers write them: figures, words, and both together, in four languages.

"1.200,50", "1,2 mln", "driehonderdvijftig", "anderhalf miljard", "quatre-vingt-dix-sept", "half a million",
"3 1/2", "two thirds", "tientallen miljoenen". The words of a language are data (`numbers.toml`). Without its
unit or noun a number means little: `amounts.py` reads those around it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from desktop.extraction.number_words import FRACTION_SIGNS, LONGEST_FIGURE, PLAIN, NumberWords
from desktop.extraction.spelled_numbers import Number, SpelledNumber, fraction, skip_hyphen
from desktop.extraction.tokens import BREAK, FIGURE, SIGN, WORD, Tokens

_DENOMINATORS: Final = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 20, 32, 50, 64, 100, 1000})


_PARTS: Final = frozenset(map(Decimal, range(1, 10)))  #: of so many: "one in three"
_CLOSERS: Final = frozenset(".,;:!?)]}\"”'’€$£")


def read_number(
    tokens: Tokens, place: int, words: NumberWords, *, sign: bool = True, ratio: bool = True
) -> Number | None:
    """Read the number that begins at a token, or None.

    The longest reading wins. With `sign` a minus directly in front ("-5", "min tien") is part of it.
    """
    low = tokens.low[place]
    kind = tokens.kind[place]
    if kind == BREAK or (kind == WORD and not words.reads[low]):
        return None
    number = _alone(tokens, place, words)
    if number is not None:
        return number
    if sign and kind == SIGN and low == "-":
        return _negative(tokens, place, words) if tokens.kind[place + 1] == FIGURE else None
    if sign and low in words.minus:
        return _negative(tokens, place, words)
    if kind == FIGURE:
        number = _from_figure(tokens, place, words)
    elif kind == SIGN:
        return _from_sign(tokens, place, words)
    else:
        number = _from_words(tokens, place, words)
    if number is None:
        return None
    if ratio and number.end == place + 1 and number.value in _PARTS:
        return _ratio(tokens, number, words) or number
    if tokens.low[number.end] == "-" and tokens.joined(number.end) and not number.figure:
        return None if tokens.low[number.end + 1].endswith(words.ordinal_endings) else number
    return number


def _alone(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read a figure or a number word behind which nothing carries the number on: most of them."""
    after = place + 1
    kind, behind = tokens.kind[place], tokens.kind[after]
    if behind == FIGURE or kind == SIGN:
        return None
    if kind == FIGURE:
        if behind == WORD and tokens.joined(after):
            return None
        figure = words.figure[tokens.low[place]]
        if figure is None or (words.ratio_noun and figure[0] in _PARTS):
            return None
        if tokens.low[after] in words.behind_figure:
            scale = words.scales.get(tokens.low[after])
            if scale is None or tokens.kind[after + 1] == FIGURE or not words.ends[tokens.low[after + 1]]:
                return None
            return Number(after + 1, figure[0] * scale, True, scale=scale)
        return Number(after, figure[0], True, decimals=figure[1])
    value = words.plain[tokens.low[place]]
    if value is None or not words.ends[tokens.low[after]] or (words.ratio_noun and value in _PARTS):
        return None
    return Number(after, value)


def _ratio(tokens: Tokens, above: Number, words: NumberWords) -> Number | None:
    """Read "één op de vijf", "one in three"."""
    size = words.out_of.size(tokens, above.end)
    if not size and not above.article:
        size = words.out_of_strict.size(tokens, above.end)
    place = above.end
    if not size and words.ratio_noun and tokens.kind[place] == WORD:
        place += 1  # "un Français sur cinq"
        size = words.out_of.size(tokens, place)
    if not size:
        return None
    below = read_number(tokens, place + size, words, sign=False, ratio=False)
    if below is None or below.fraction or below.article or below.vague or below.value <= above.value:
        return None
    whole = below.value == below.value.to_integral_value() and below.value <= 10_000
    return Number(below.end, above.value / below.value, fraction=True) if whole else None


def _negative(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    if tokens.kind[place] == SIGN:
        if not tokens.joined(place + 1) or (tokens.joined(place) and tokens.kind[place - 1] != SIGN):
            return None
    elif tokens.kind[place + 1] == WORD and words.word_value(tokens.low[place + 1]) is None:
        return None
    number = read_number(tokens, place + 1, words, sign=False)
    if number is None or number.vague or (number.article and tokens.kind[place] == SIGN):
        return None
    return Number(number.end, -number.value, number.figure, scale=number.scale, decimals=number.decimals)


def _from_sign(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    low = tokens.low[place]
    part = FRACTION_SIGNS.get(low)
    if part:
        return _with_scale(tokens, place + 1, Decimal(part[0]) / part[1], words, figure=True, fraction=True)
    if low in ".," and tokens.joined(place + 1) and not tokens.joined(place):
        figure = tokens.low[place + 1]
        if PLAIN.match(figure) and len(figure) < LONGEST_FIGURE:
            return _with_scale(tokens, place + 2, Decimal("0." + figure), words, figure=True)
    return None


def _from_figure(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    written = tokens.low[place]
    figure = words.figure[written]
    if figure is None:
        return None
    value, decimals = figure
    after = place + 1
    next_low = tokens.low[after]
    part = FRACTION_SIGNS.get(next_low)
    if part:
        value += Decimal(part[0]) / part[1]
        return _with_scale(tokens, after + 1, value, words, figure=True)
    if next_low == "/" and tokens.joined(after):
        over = _over(tokens, place)
        if over is not None:
            return _with_scale(tokens, place + 3, over, words, figure=True, fraction=True)
        return None
    if tokens.kind[after] == FIGURE and tokens.low[after + 1] == "/" and PLAIN.match(written):
        over = _over(tokens, after)
        if over is not None and tokens.joined(after + 1):
            return _with_scale(tokens, after + 3, value + over, words, figure=True)
    if next_low in words.point and decimals < 0:
        digits, end = _digits(tokens, after + 1, words)
        if digits:
            return _with_scale(tokens, end, Decimal(f"{value}.{digits}"), words, figure=True)
    if next_low in words.groups:
        return Number(after + 1, value * words.group_size(next_low), True)
    return _with_scale(tokens, after, value, words, figure=True, decimals=decimals)


def _over(tokens: Tokens, place: int) -> Decimal | None:
    """Return the value of "1/2" at a place, None where the figures make no fraction ("9/11")."""
    above, below = tokens.low[place], tokens.low[place + 2]
    if not (PLAIN.match(above) and PLAIN.match(below) and tokens.joined(place + 2)):
        return None
    if len(above) > 3 or len(below) > 4 or int(below) not in _DENOMINATORS or int(above) >= int(below):
        return None
    if below[0] == "0" or above[0] == "0" or tokens.low[place + 3] == "/":
        return None
    return Decimal(above) / Decimal(below)


def _with_scale(
    tokens: Tokens,
    place: int,
    value: Decimal,
    words: NumberWords,
    *,
    figure: bool = False,
    fraction: bool = False,
    decimals: int = -1,
) -> Number:
    """Read scales behind a value: "1,2 mln", "3 hundred and 21", "2 million 300 thousand"."""
    behind = place
    place = skip_hyphen(tokens, place)
    low = tokens.low[place]
    if low == "a" and tokens.low[place + 1] in words.scales:
        place += 1
    hundred = words.values.get(low) == 100 and value < 100 and not (figure and words.vigesimal)
    if hundred or low in words.scales:
        reader = SpelledNumber(tokens, words, place)
        reader.group, reader.last, reader.seen = value, Decimal(-1), True
        if hundred:
            reader.group = value * 100
            reader.last = reader.room = Decimal(100)
            reader.place += 1
        reader.run()
        return _finish(tokens, reader, words, figure=figure, scaled=True)
    if low in words.short and (tokens.kind[place] == WORD):
        return Number(place + 1, value * words.short[low], figure, scale=words.short[low], dotted=True)
    if tokens.joined(place) and place == behind and tokens.kind[place] == WORD:
        factor = words.letters.get(tokens.written(place))
        loose = not tokens.joined(place + 1) or tokens.low[place + 1] in _CLOSERS
        if factor is not None and loose:
            return Number(place + 1, value * factor, figure, scale=factor, letter=True)
    return Number(behind, value, figure, fraction=fraction, decimals=decimals)


def _finish(
    tokens: Tokens, reader: SpelledNumber, words: NumberWords, *, figure: bool = False, scaled: bool = False
) -> Number:
    """Read "and a half", "and two thirds", "point five" and a last scale behind number words."""
    value, place, low = reader.value, reader.place, tokens.low
    scaled = scaled or reader.scale > 1
    one = reader.scale if reader.scale > 1 else Decimal(1)
    size = words.and_half.size(tokens, place)
    if size:
        smaller = words.scales.get(low[place + size])
        if scaled and smaller and smaller < one:
            return Number(place + size + 1, value + smaller / 2, figure)
        value += one / 2
        return _rescale(tokens, place + size, value, words, figure=figure, scaled=scaled)
    if low[place] in words.glue:
        part = fraction(tokens, place + 1, words)
        if part is not None and (reader.last > -1 or reader.scale > 1):
            value += part.value * one
            return _rescale(tokens, part.end, value, words, figure=figure, scaled=scaled)
    if low[place] in words.point and not scaled:
        digits, end = _digits(tokens, place + 1, words)
        if digits:
            value = Decimal(f"{value}.{digits}")
            return _rescale(tokens, end, value, words, figure=figure, scaled=scaled)
    below = words.fractions.get(low[place])
    if below is not None and value > 1 and (low[place][-1] in "se" or words.ones_first) and not scaled:
        return Number(place + 1, value / below, fraction=True)
    if low[place] in words.groups:
        return Number(place + 1, value * words.group_size(low[place]), figure)
    if low[place] in words.short and tokens.kind[place] == WORD:
        return _with_scale(tokens, place, value, words, figure=figure)
    return Number(place, value, figure, scale=reader.scale)


def _rescale(
    tokens: Tokens, place: int, value: Decimal, words: NumberWords, *, figure: bool, scaled: bool
) -> Number:
    if not scaled:
        return _with_scale(tokens, place, value, words, figure=figure)
    return Number(place, value, figure)


def _digits(tokens: Tokens, place: int, words: NumberWords) -> tuple[str, int]:
    """Read the digits spoken behind "point": "zero eight", "eleven", "25"."""
    digits = ""
    while len(digits) < LONGEST_FIGURE:
        low = tokens.low[place]
        value = words.values.get(low)
        if value is not None and value < 100:
            digits += str(value)
        elif tokens.kind[place] == FIGURE and not digits and PLAIN.match(low) and len(low) < LONGEST_FIGURE:
            digits = low
        else:
            break
        place += 1
    return digits, place


def _from_words(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    low = tokens.low
    word = low[place]
    part = _part_of_whole(tokens, place, words)
    if part is not None:
        return part
    vague = _few(tokens, place, words) or _vague(tokens, place, words)
    if vague is not None:
        return vague
    special = words.special.get(word)
    if special is not None:
        return _from_special(tokens, place, special, words)
    if word in words.half:
        return _half(tokens, place, words)
    if word in words.articles:
        return _from_article(tokens, place, words)
    reader = SpelledNumber(tokens, words, place)
    if not reader.run():
        return None
    return _finish(tokens, reader, words)


def _part_of_whole(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read "twee derde", "de helft", "één op de vijf"."""
    size = words.all_of.size(tokens, place)
    if size > 1:
        return Number(place + size, Decimal("0.5"), fraction=True)
    part = fraction(tokens, place, words)
    if part is not None:
        after = part.end
        if tokens.low[after] in words.fraction_of:
            after += 2 if tokens.low[after + 1] in words.articles else 1
        for behind in (part.end, after):
            scaled = _with_scale(tokens, behind, part.value, words)
            if scaled.scaled:
                return scaled
        return part
    return None


def _from_special(tokens: Tokens, place: int, value: Decimal, words: NumberWords) -> Number | None:
    word = tokens.low[place]
    number = _with_scale(tokens, place + 1, value, words)
    if number.scaled or word not in words.groups:
        return Number(number.end, number.value, fraction=value < 1 and not number.scaled, scale=number.scale)
    return Number(place + 1, value)


def _half(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read "half miljoen", "half a million", "halve"."""
    after = place + 1
    if tokens.low[after] in words.articles:
        after += 1
    if tokens.low[after] == "-" and tokens.joined(after):
        after += 1
    number = _with_scale(tokens, after, Decimal("0.5"), words)
    if number.scaled:
        return number
    if tokens.low[after] in words.groups:
        return Number(after + 1, words.group_size(tokens.low[after]) / 2)
    return Number(after, Decimal("0.5"), fraction=True)


def _from_article(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read what an article begins: "een miljoen", "a hundred and five", "un demi-million", "een half uur"."""
    low = tokens.low
    after = place + 1
    if low[after] in words.half:
        half = _half(tokens, after, words)
        if half is not None:
            return Number(half.end, half.value, fraction=not half.scaled, scale=half.scale)
    if low[after] in words.special:
        return _from_special(tokens, after, words.special[low[after]], words)
    reader = SpelledNumber(tokens, words, after)
    if low[after] in words.scales or words.values.get(low[after]) == 100:
        reader.group, reader.seen, reader.last = Decimal(1), True, Decimal(1)
        if low[after] not in words.scales:
            reader.group, reader.seen = Decimal(0), False
        reader.run()
        return _finish(tokens, reader, words)
    if low[after] in words.short:
        return _with_scale(tokens, after, Decimal(1), words)
    value = words.values.get(low[place])
    if value == 1 and words.and_half.size(tokens, after):
        reader = SpelledNumber(tokens, words, place)
        reader.run()
        return _finish(tokens, reader, words)
    return Number(after, Decimal(1), article=True)


def _few(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read "een paar honderd", "several million", "enkele tienduizenden" as a vague plural."""
    size = words.few.size(tokens, place)
    if not size:
        return None
    after = place + size
    vague = _vague(tokens, after, words)
    if vague is not None:
        return vague
    low = tokens.low[after]
    base = Decimal(100) if words.values.get(low) == 100 else words.scales.get(low)
    if base is None and low in words.groups:
        base = words.group_size(low)
    if base is None:
        return None
    further = words.scales.get(tokens.low[after + 1])
    if further and further > base:
        return Number(after + 2, base * 2 * further, vague=True, scale=further)
    return Number(after + 1, base * 2, vague=True)


def _vague(tokens: Tokens, place: int, words: NumberWords) -> Number | None:
    """Read "tientallen", "honderden miljoenen", "tens of thousands": a lower bound of twice the base."""
    base = words.vague.get(tokens.low[place])
    if base is None and tokens.low[place + 1] in words.fraction_of:
        base = words.vague_of.get(tokens.low[place])
    if base is None:
        return None
    low = tokens.low
    after = place + 1
    value = base * 2
    joint = after + 1 if low[after] in words.fraction_of else after
    further = words.vague.get(low[joint]) or words.scales.get(low[joint])
    if further is not None and further > base:
        return Number(joint + 1, value * further, vague=True, scale=further)
    return Number(after, value, vague=True)
