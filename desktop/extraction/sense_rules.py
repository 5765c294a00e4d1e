"""Which noun phrase of its sentence says what an amount is for: the rules, in the order they are tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from desktop.extraction.sense_phrases import VALUE, Clause, Range
from desktop.extraction.sense_words import CAPITALS, RUN, STRONG, WEAK, SenseWords
from desktop.model import Mention, MentionKind

_FAR: Final = 24  # tokens of a clause that are looked at on either side
_NEAR: Final = 8  # tokens behind an amount in which its purpose begins
_LONGEST_PREPOSITION: Final = 16  # code points, with the space before and behind it
_LEAST_MONEY: Final = 1000  # a number without a unit below this is none
_MONEY: Final = frozenset((MentionKind.MONEY, MentionKind.NUMBER))

Rule = Callable[["_Asked"], Range | None]


class _Asked:
    """One amount of a clause, with the borders of the clause around it."""

    __slots__ = ("at", "clause", "first", "kind", "last", "low", "words")

    def __init__(self, clause: Clause, at: int, kind: MentionKind) -> None:
        self.clause = clause
        self.words = clause.words
        self.low = clause.low
        self.at = at
        self.kind = kind
        borders = self.words.clause
        first = at
        while first > 0 and at - first < _FAR and self.low[first - 1] not in borders:
            first -= 1
        last = at + 1
        while last < clause.count and last - at < _FAR and self.low[last] not in borders:
            last += 1
        self.first = first  #: tokens [first, last) are the clause
        self.last = last

    def left(self) -> Iterator[int]:
        """Yield the tokens before the amount, nearest first."""
        return iter(range(self.at - 1, self.first - 1, -1))


def may_have_purpose(text: str, mention: Mention, words: SenseWords) -> bool:
    """Tell quickly whether it is worth asking for: an age has none, a count only in the words behind it."""
    if mention.kind != MentionKind.COUNT:
        return mention.kind in _RULES
    following = text[mention.end : mention.end + _LONGEST_PREPOSITION].split(maxsplit=1)
    return bool(following) and following[0].lower() in words.purpose


def purpose(clause: Clause, mention: Mention) -> tuple[int, int] | None:
    """Return where the words stand that say what an amount is for, or None."""
    at = clause.number.get(mention.start)
    rules = _RULES.get(mention.kind)
    if at is None or rules is None:
        return None
    asked = _Asked(clause, at, mention.kind)
    if mention.kind == MentionKind.NUMBER and _small(mention):
        rules = _SMALL
    for rule in rules:
        phrase = rule(asked)
        if phrase is not None and not phrase[0] <= at < phrase[1]:
            place = clause.place(phrase)
            if place is not None:
                return place
    return None


def _small(mention: Mention) -> bool:
    """Tell whether a number without a unit is too small to be money ("vier", "de helft")."""
    amount = mention.amount
    size = (amount.value or amount.low or amount.high) if amount is not None else None
    return size is not None and size < _LEAST_MONEY


# Behind the amount


def _substance(asked: _Asked) -> Range | None:
    """As in "20 megawatt aan stroom", "400 kilo cocaïne", "200 euro compensatie", "a $30bn plan"."""
    clause, words, at = asked.clause, asked.words, asked.at + 1
    if at >= asked.last:
        return None
    if asked.low[at] in words.material and asked.kind not in (MentionKind.DURATION, MentionKind.PERCENT):
        bare = at + 1 < asked.last and asked.low[at + 1] not in words.determiners
        named = bare and clause.capital(at + 1) and words.shape != CAPITALS
        phrase = clause.phrase(at + 1) if bare and not named else None
        return phrase and clause.extended(phrase, bool(words.head(asked.low[phrase[1] - 1])))
    if asked.low[at] in words.comparatives:
        at += 1  # "14 procent minder omzet"
    if at >= asked.last or not clause.nouns(at) or clause.start[at] > clause.end[at - 1] + 1:
        return None
    if words.shape == RUN and (asked.kind in _MONEY or asked.kind == MentionKind.PERCENT):
        return _attributed(asked, at)
    if not _plain_noun(asked, at):
        return None
    phrase = clause.phrase(at)
    return phrase and clause.extended(phrase, bool(words.head(asked.low[phrase[1] - 1])))


def _plain_noun(asked: _Asked, at: int) -> bool:
    """Tell whether the word behind the amount is the thing measured."""
    if asked.low[at] in asked.words.measure or _infinitive(asked, at):
        return False
    if asked.words.head(asked.low[at]):
        return True
    if asked.kind != MentionKind.QUANTITY or asked.words.shape == RUN:
        return False
    return not asked.words.verbal(asked.low[at])


def _infinitive(asked: _Asked, at: int) -> bool:
    """Tell whether a word looks like the verb of an auxiliary in front: "mag 40 megawatt afnemen"."""
    words = asked.words
    if not asked.low[at].endswith(words.infinitive_endings):
        return False
    return not words.auxiliaries.isdisjoint(asked.low[asked.first : asked.at]) and (
        at + 1 == asked.last or asked.clause.ends(at + 1)
    )


def _attributed(asked: _Asked, at: int) -> Range | None:
    """As in "a $30bn plan to build data centres": English and French nouns right behind the amount."""
    clause, words = asked.clause, asked.words
    if not asked.at or asked.low[asked.at - 1] not in words.determiners or words.verbal(asked.low[at]):
        return None
    phrase = clause.phrase(at)
    if phrase is None:
        return None
    end = phrase[1]
    if end < asked.last and asked.low[end] in words.infinitive:
        aim = clause.phrase(end + 1)
        if aim is not None and aim[1] - aim[0] > 1:
            return phrase[0], aim[1]
    return clause.extended(phrase, bool(words.head(asked.low[end - 1])))


def _share(asked: _Asked) -> Range | None:
    """As in "10 procent van de aandelen"; not what a percentage is only reckoned against ("van het bbp")."""
    at = asked.at + 1
    if at >= asked.last or asked.low[at] not in asked.words.share:
        return None
    phrase = asked.clause.phrase(at + 1)
    if phrase is None or any(asked.low[token] in asked.words.bases for token in range(*phrase)):
        return None
    if asked.kind in _MONEY and not (asked.words.head(asked.low[phrase[1] - 1]) or _fraction(asked)):
        return None  # "20 miljoen van de provincie": who gives it
    return asked.clause.extended(phrase, bool(asked.words.head(asked.low[phrase[1] - 1])))


def _fraction(asked: _Asked) -> bool:
    """Tell whether the amount is a bare number that can only be a part of something ("de helft")."""
    amount = asked.clause.values[asked.at].amount
    return asked.kind == MentionKind.NUMBER and amount is not None and (amount.value or 1) <= 1


def _aim(asked: _Asked) -> Range | None:
    """As in "… 8 miljoen euro beschikbaar voor de restauratie van drie kerken"."""
    clause, words = asked.clause, asked.words
    for at in range(asked.at + 1, min(asked.last, asked.at + _NEAR)):
        low = asked.low[at]
        if low in words.purpose and not _within_name(asked, at):
            found = _behind(asked, at)
            if found is not None:
                return found
        elif low in words.verbs and _governed(asked, low):
            phrase = clause.phrase(at + 1)
            if phrase is not None:
                return clause.extended(phrase, bool(words.head(asked.low[phrase[1] - 1])))
        elif low == VALUE and clause.values[at].kind in _MONEY:
            return None
    return None


def _within_name(asked: _Asked, at: int) -> bool:
    """Tell whether a preposition joins two capitals, as in "Bank voor Wederopbouw"."""
    clause = asked.clause
    if asked.words.shape == CAPITALS or not at or at + 1 >= clause.count:
        return False
    return clause.capital(at - 1) and clause.capital(at + 1)


def _next_aim(asked: _Asked) -> Range | None:
    """As in "een lening van 50 miljard voor de wederopbouw": only right behind the amount."""
    at = asked.at + 1
    if at >= asked.last or asked.low[at] not in asked.words.purpose:
        return None
    if asked.kind not in _MONEY and asked.low[at] in asked.words.infinitive:
        return None
    return _behind(asked, at)


def _behind(asked: _Asked, at: int) -> Range | None:
    """Return what follows a preposition of purpose."""
    clause, words = asked.clause, asked.words
    infinitive = asked.low[at] in words.infinitive
    if (
        infinitive
        and words.before_infinitive
        and words.before_infinitive.isdisjoint(asked.low[at + 1 : asked.last])
    ):
        return None
    phrase = clause.phrase(at + 1)
    if phrase is None or phrase[1] > asked.last:
        return None
    if infinitive and words.shape == RUN and phrase[1] - phrase[0] == 1:
        # "pour recruter un attaquant": what the verb is about
        thing = clause.phrase(phrase[1])
        if thing is not None and asked.low[phrase[1]] in words.determiners:
            return clause.extended((phrase[0], thing[1]), False)
    return clause.extended(phrase, bool(words.head(asked.low[phrase[1] - 1])))


def _governed(asked: _Asked, preposition: str) -> bool:
    """Tell whether a verb of the clause takes what follows this preposition as its purpose."""
    verbs = asked.words.verbs[preposition]
    return any(low in verbs for low in asked.low[asked.first : asked.last])


# In front of it


def _link(asked: _Asked) -> int | None:
    """Return the token of the noun the amount is linked to: "boete [op] van …", "in Höhe von …"."""
    low, words, at = asked.low, asked.words, asked.at - 1
    while at >= asked.first and low[at] in words.fillers and low[at] not in words.links:
        at -= 1
    if at < asked.first or low[at] not in words.links:
        return None
    at -= 1
    while at >= asked.first and low[at] in words.links:
        at -= 1
    if at >= asked.first and low[at] in words.vacuous:
        at = asked.clause.before(at)
        if at < asked.first or not asked.clause.ends(at):
            return None
        at -= 1
    if at >= asked.first and low[at] in words.particles:
        at -= 1
    return at if at >= asked.first else None


def _linked_head(asked: _Asked) -> Range | None:
    """As in "een boete van …", "een groei van de economie van …"."""
    return _linked(asked, STRONG)


def _linked_noun(asked: _Asked) -> Range | None:
    """As in "een windpark van 700 megawatt"."""
    return _linked(asked, 0)


def _only_heads(asked: _Asked) -> bool:
    """Tell whether only a head can be linked to the amount: "a fee at …", "un délai de six mois"."""
    words = asked.words
    if asked.kind == MentionKind.DURATION and words.shape == RUN:
        return True
    return asked.low[asked.at - 1] in words.head_links


def _linked(asked: _Asked, least: int) -> Range | None:
    at = _link(asked)
    if at is None:
        return None
    clause, words = asked.clause, asked.words
    phrase = clause.back(at)
    if phrase is None or asked.low[at] in words.vacuous:
        return None
    head = words.head(asked.low[at])
    if not head and (_only_heads(asked) or clause.bare_verb(phrase)):
        return None
    if not head or asked.low[phrase[0] - 1] in words.compounding:
        wider = clause.linked(phrase)
        if wider != phrase:
            return wider
    return phrase if head >= least else None


def _subject(asked: _Asked) -> Range | None:
    """As in "de kosten van de brug lopen op tot …": the nearest head of the clause."""
    clause, words = asked.clause, asked.words
    for at in asked.left():
        head = words.head(asked.low[at])
        if not head or not clause.nouns(at) or _verb(asked, at):
            continue
        if head != STRONG and at < asked.at - 1 and not _measures(asked):
            continue  # "het fonds heeft …"
        phrase = clause.back(at)
        if phrase is not None and asked.low[clause.before(phrase[0])] in words.aside:
            continue
        if phrase is not None:
            wider = clause.linked(phrase)
            return clause.extended(wider, wider == phrase)
    return None


def _measures(asked: _Asked) -> bool:
    """Tell whether a verb of the clause says how much its subject is."""
    words, low = asked.words, asked.low[asked.first : asked.last]
    return not (words.measure.isdisjoint(low) and words.was.isdisjoint(low))


def _verb(asked: _Asked, at: int) -> bool:
    """Tell whether a word that can be a verb and a noun ("kosten", "cost") is the verb here."""
    words = asked.words
    if asked.low[at] not in words.measure:
        return False
    if asked.low[at] in words.ends:
        return True
    phrase = asked.clause.back(at)
    if phrase is not None and phrase[0] and asked.low[phrase[0] - 1] in words.determiners:
        return words.shape == RUN and phrase[1] - phrase[0] > 1
    return (at != asked.first or at + 1 == asked.at) and not asked.clause.capital(at)


def _measured(asked: _Asked) -> Range | None:
    """As in "de sporthal kost …", "vorig jaar bedroeg de bijdrage …"."""
    clause, words = asked.clause, asked.words
    behind = asked.low[asked.at + 1 : asked.last]
    final = not words.measure.isdisjoint(behind) or _compares(asked)
    for at in asked.left():
        if not (asked.low[at] in words.measure and _verb(asked, at)) and not (
            final and asked.low[at] in words.auxiliaries
        ):
            continue
        subject = at - 1
        if at == asked.first:
            subject = _before_insertion(asked)
        while subject >= asked.first and asked.low[subject] in words.auxiliaries:
            subject -= 1
        phrase = None if _inverted(asked, at) or subject < 0 or subject == at else clause.back(subject)
        if phrase is not None:
            wider = clause.linked(phrase)
            wider = wider if wider != phrase else clause.linked(phrase, any_noun=True)
            if not _under_preposition(asked, wider):
                return wider
            outer = clause.back(clause.before(wider[0]) - 1)
            if outer is not None and outer[0] >= asked.first:
                return outer[0], wider[1]  # "olie uit de V.S."
        phrase = clause.phrase(at + 1)
        if phrase is not None and phrase[1] <= asked.at:
            return clause.extended(phrase, True)
    return None


def _inverted(asked: _Asked, verb: int) -> bool:
    """Tell whether the subject stands behind the verb: "Bij de bakker in Breda kost een brood …"."""
    low, words = asked.low[asked.first], asked.words
    if low not in words.complements and low not in words.aside:
        return False
    phrase = asked.clause.phrase(verb + 1)
    return phrase is not None and phrase[1] <= asked.at


def _compares(asked: _Asked) -> bool:
    """Tell whether the amount says how much more the subject is: "… 3 miljoen duurder"."""
    at = asked.at + 1
    return (
        asked.kind != MentionKind.DURATION and at < asked.last and asked.low[at] in asked.words.comparatives
    )


def _under_preposition(asked: _Asked, phrase: Range) -> bool:
    """Tell whether a phrase is no subject: "In Antwerpen steeg de overslag …"."""
    before = asked.clause.before(phrase[0])
    words = asked.words
    if before < 0:
        return False
    low = asked.low[before]
    return low in words.complements or low in words.aside or low in words.joining


def _before_insertion(asked: _Asked) -> int:
    """Return the token before "…, waar niemand op rekende, kost …"; -1 where the clause is no such end."""
    comma = asked.first - 1
    if comma < 1 or asked.low[comma] != ",":
        return -1
    for at in range(comma - 1, max(0, comma - _FAR), -1):
        if asked.low[at] == ",":
            return at - 1
    return -1


def _price(asked: _Asked) -> Range | None:
    """As in "verkocht de spits voor …", "zes fregatten voor …"."""
    clause, at = asked.clause, asked.at - 1
    if at <= asked.first or asked.low[at] not in asked.words.price:
        return None
    counted = clause.counted(at - 1)
    if counted is not None:
        return counted
    phrase = clause.back(at - 1)
    if phrase is None or phrase[0] <= asked.first:
        return None
    if asked.low[phrase[0] - 1] not in asked.words.determiners or _under_preposition(asked, phrase):
        return None
    return clause.linked(phrase, any_noun=True)


def _fronted(asked: _Asked) -> Range | None:
    """As in "Voor het herstel van de dijken reserveert het waterschap …"."""
    clause, words, at = asked.clause, asked.words, asked.first
    if at >= asked.at:
        return None
    low = asked.low[at]
    if low not in words.purpose and not (low in words.verbs and _governed(asked, low)):
        return None
    phrase = clause.phrase(at + 1)
    if phrase is None or phrase[1] > asked.at:
        return None
    return clause.extended(phrase, bool(words.head(asked.low[phrase[1] - 1])))


def _apposition(asked: _Asked) -> Range | None:
    """As in "De subsidie voor warmtepompen, in totaal 150 miljoen euro, …"."""
    clause, words, comma = asked.clause, asked.words, asked.first - 1
    if comma < 1 or asked.low[comma] not in (",", "(", ":"):
        return None
    if any(asked.low[at] not in words.apposition for at in asked.left()):
        return None
    phrase = clause.back(comma - 1)
    if phrase is None or words.adjective(asked.low[comma - 1]):
        return None
    head = words.head(asked.low[comma - 1])
    if asked.low[comma] == ":" and not head:
        return None
    wider = clause.linked(phrase)
    if wider == phrase and not head and clause.before(phrase[0]) == phrase[0] - 1:
        return None  # "zij betaalden vooraf, 3.000 euro"
    return wider if wider != phrase else clause.linked(phrase, any_noun=True)


def _continued(asked: _Asked) -> Range | None:
    """As in "de winst daalde met een derde, tot …": what the amount in front is about."""
    words, comma = asked.words, asked.first - 1
    if comma < 1 or asked.low[comma] != "," or asked.low[comma - 1] != VALUE:
        return None
    if any(low not in words.continuing for low in asked.low[asked.first : asked.at]):
        return None
    before = _Asked(asked.clause, comma - 1, asked.kind)
    return _subject(before) or _measured(before)


def _antecedent(asked: _Asked) -> Range | None:
    """As in "het tekort, dat oploopt tot …": the head a relative clause follows."""
    clause, words, relative = asked.clause, asked.words, asked.first - 1
    if relative > 0 and asked.low[relative] == "," and asked.low[asked.first] in words.relatives:
        relative += 1  # where it opens no clause by itself
    if relative < 1 or asked.low[relative] not in words.relatives:
        return None
    at = relative - 2 if asked.low[relative - 1] == "," else relative - 1
    if at < 0 or words.head(asked.low[at]) != STRONG:
        return None
    phrase = clause.back(at)
    return phrase and clause.linked(phrase)


def _appended(asked: _Asked) -> Range | None:
    """As in "een akkoord voor een datacenter, met investeringen van …": what the sentence said before."""
    clause, words, comma = asked.clause, asked.words, asked.first - 1
    if comma < 1 or asked.low[comma] != "," or asked.low[asked.first] not in words.accompanying:
        return None
    weak = any(words.head(asked.low[at]) == WEAK for at in asked.left())
    if not weak:
        return None
    for at in range(comma - 1, max(-1, comma - _FAR), -1):
        if asked.low[at] in words.purpose - words.infinitive:
            phrase = clause.phrase(at + 1)
            if phrase is not None:
                return clause.extended(phrase, bool(words.head(asked.low[phrase[1] - 1])))
    return None


_SMALL: Final[tuple[Rule, ...]] = (_linked_head, _share)
_RULES: Final[dict[MentionKind, tuple[Rule, ...]]] = {
    **dict.fromkeys(
        _MONEY,
        (
            _substance, _linked_head, _next_aim, _linked_noun, _price, _aim, _fronted, _share, _appended,
            _subject, _measured, _continued, _apposition, _antecedent,
        ),
    ),
    MentionKind.QUANTITY: (
        _linked_noun, _substance, _next_aim, _subject, _measured, _apposition, _antecedent,
    ),
    MentionKind.PERCENT: (_substance, _linked_noun, _share, _subject, _measured, _apposition, _antecedent),
    MentionKind.TEMPERATURE: (_linked_noun, _subject),
    MentionKind.DURATION: (_substance, _linked_noun, _measured),
    MentionKind.COUNT: (_next_aim,),
}  # fmt: skip
