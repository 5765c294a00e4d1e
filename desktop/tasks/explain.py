"""What a query was taken for, in words: what counted for each of its words, who, how much, from when to when.

`explanation` gathers it; `sections` says it, in the interface's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop.i18n import _, language, n_
from desktop.library import actors
from desktop.model import Actor
from desktop.search import compounds
from desktop.search import query as queries
from desktop.search.fields import FIELDS
from desktop.search.query import Clause, How, Kind, Op, Or, QueryError, Text
from desktop.search.vocabulary import Known
from desktop.tasks import clauses
from desktop.tasks.did_you_mean import Offer, did_you_mean
from desktop.tasks.search import SearchResult, analysis, count, search, understand
from desktop.tasks.session import Session

_SPLIT = (How.WORD, How.PHRASE, How.NEAR)  #: where compounds count
_FORMS = 12  #: words that are named; the others are counted
_ACTORS = 5
_ALIASES = 6


@dataclass(frozen=True, slots=True)
class WordForms:
    """What counted as a word: so many words of the library, and the most frequent of them.

    compounds: the forms that have it as a part. parts: of the word itself, when that is a compound.
    """

    word: str
    how: How
    total: int
    forms: tuple[Known, ...]
    compounds: tuple[Known, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A word, phrase or clause of a query.

    field: of a clause, "" for words. text: as typed. wanted: False = what has it was left out.
    """

    field: str
    start: int
    end: int
    text: str
    wanted: bool
    meaning: str
    articles: int  #: that this alone finds
    words: tuple[WordForms, ...] = ()
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say about a query."""

    query: str
    sentence: str
    total: int
    parts: tuple[Part, ...]
    plain: tuple[tuple[int, int], ...]  #: where something stands that looks like a field, and is none
    left_out: tuple[str, ...]  #: words that say nothing
    problems: tuple[QueryError, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a query, to be shown with a mark under it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what there is to say below it."""

    heading: str
    lines: tuple[str | Place, ...] = ()


def explanation(session: Session, text: str, *, unfinished: bool = False) -> Explanation:
    """Explain a query. unfinished: as in `search`."""
    result = search(session, text, unfinished=unfinished)
    return explain_result(session, result, unfinished=unfinished)


def explain_result(session: Session, result: SearchResult, *, unfinished: bool = False) -> Explanation:
    """Explain a query that was answered already."""
    text = result.query.text
    tree = understand(text, unfinished=unfinished).tree
    leaves: dict[tuple[int, int, bool], list[Text | Clause]] = {}
    for leaf, wanted in dict.fromkeys(queries.leaves(tree)):  # a beginning stands where its word does
        leaves.setdefault((leaf.start, leaf.end, wanted), []).append(leaf)
    return Explanation(
        query=text,
        sentence=clauses.explain(tree),
        total=result.total,
        parts=tuple(_part(session, text, found, wanted) for (*_place, wanted), found in leaves.items()),
        plain=tuple(_like_fields(text)),
        left_out=result.query.ignored,
        problems=result.problems,
        offers=did_you_mean(session, result, unfinished=unfinished),
    )


def _part(session: Session, text: str, leaves: Sequence[Text | Clause], wanted: bool) -> Part:
    """Explain what stands at one place: one leaf, or a word and its beginning, of which either counts."""
    con = session.library.reader()
    words: dict[tuple[str, How], WordForms] = {}
    found: dict[str, Actor] = {}
    for leaf in leaves:
        if isinstance(leaf, Text):
            words |= {(word, how): _word_forms(session, leaf, word, how) for word, how in leaf.words()}
        elif leaf.field in clauses.NAMES:
            kind = clauses.NAMES[leaf.field]
            known = actors.find(con, leaf.value, kind, prefix=leaf.op is Op.PREFIX)
            found |= {actor.id: actor for actor in known}
    first = leaves[0]
    node = first if len(leaves) == 1 else Or(tuple(leaves))
    return Part(
        first.field if isinstance(first, Clause) else "",
        start := _start_of_field(text, first),
        first.end,
        text[start : first.end],
        wanted,
        clauses.explain(node),
        count(session, node, partial(clauses.rows, con)),
        tuple(_telling(words.values())),
        tuple(found.values()),
    )


def _telling(words: Iterable[WordForms]) -> Iterator[WordForms]:
    """Leave out that a word stands nowhere where words that begin with it do."""
    found = list(words)
    known = {one.word for one in found if one.forms}
    return (one for one in found if one.forms or one.word not in known)


def _start_of_field(text: str, leaf: Text | Clause) -> int:
    """Return where a leaf begins, with the name of its field if that stands right before it."""
    spans = queries.spans(text)
    before = [span.start for span in spans if span.kind is Kind.FIELD and span.end == leaf.start]
    return before[0] if before else leaf.start


def _word_forms(session: Session, leaf: Text, word: str, how: How) -> WordForms:
    found = session.index.look_up(
        lambda words: words.forms(word, how, leaf.number, title=leaf.title, limit=_FORMS)
    )
    total, forms = found or (0, [])
    if how not in _SPLIT:
        return WordForms(word, how, total, tuple(forms))
    within = tuple(form for form in forms if _is_part(word, form.word))
    return WordForms(word, how, total, tuple(forms), within, _parts(word))


def _is_part(word: str, form: str) -> bool:
    """Tell whether a word of the library counts as another one because that is a part of it."""
    stems = set(analysis().query_forms(word).stems)
    if stems.intersection(analysis().query_forms(form).stems):
        return False
    parts = (part for lang in compounds.LANGUAGES for part in compounds.parts(form, lang))
    return any(stems.intersection(analysis().query_forms(part).stems) for part in parts)


def _parts(word: str) -> tuple[str, ...]:
    """Return the smallest parts of a compound; of one in two languages, as the interface's or else Dutch."""
    for lang in sorted(compounds.LANGUAGES, key=lambda lang: (lang != language(), lang != "nl")):
        if found := compounds.parts(word, lang):
            return tuple(compounds.smallest(found))
    return ()


def _like_fields(text: str) -> Iterator[tuple[int, int]]:
    for span in queries.spans(text):
        name, colon, value = text[span.start : span.end].partition(":")
        if span.kind is Kind.WORD and colon and value and name.isalpha() and not value.startswith("//"):
            yield span.start, span.end


def as_record(explained: Explanation) -> dict[str, Any]:
    """Return an explanation as `leeslamp search --json --explain` prints it. Offsets count in the query."""
    return {
        "query": explained.query,
        "sentence": explained.sentence,
        "parts": [
            {
                "start": part.start,
                "end": part.end,
                "text": part.text,
                "wanted": part.wanted,
                "meaning": part.meaning,
                "articles": part.articles,
                "words": [
                    {
                        "word": one.word,
                        "how": one.how.value,
                        "total": one.total,
                        "forms": _counts(one.forms),
                        "compounds": _counts(one.compounds),
                        "parts": one.parts,
                    }
                    for one in part.words
                ],
                "actors": [
                    {"id": one.id, "name": one.name, "aliases": one.aliases, "articles": one.articles}
                    for one in part.actors
                ],
            }
            for part in explained.parts
        ],
        "plain": [
            {"start": start, "end": end, "text": explained.query[start:end]} for start, end in explained.plain
        ],
        "left_out": explained.left_out,
        "problems": [
            {
                "start": problem.start,
                "end": problem.end,
                "kind": problem.kind.value,
                "message": clauses.query_error_text(problem),
            }
            for problem in explained.problems
        ],
        "did_you_mean": [{"query": one.query, "articles": one.articles} for one in explained.offers],
    }


def _counts(forms: Sequence[Known]) -> list[dict[str, Any]]:
    return [{"word": form.word, "articles": form.articles} for form in forms]


# In words


def sections(explained: Explanation) -> list[Section]:
    """Say it, in the interface's language."""
    total = n_("{n} article found", "{n} articles found", explained.total)
    said = [Section(total, (_("Searched: {what}").format(what=explained.sentence),))]
    said += [_said_part(part) for part in explained.parts]
    if explained.plain:
        lines = (_said_plain(explained.query[start:end]) for start, end in explained.plain)
        said.append(Section(_("Searched as plain words"), tuple(lines)))
    if explained.left_out:
        words = ", ".join(dict.fromkeys(explained.left_out))
        about = _("{words}: too common to tell articles apart; they count within a phrase").format(
            words=words
        )
        said.append(Section(_("Left out"), (about,)))
    if explained.problems:
        said.append(Section(_("Not understood"), tuple(_said_problems(explained))))
    if explained.offers:
        said.append(Section(_("Did you mean"), tuple(map(_said_offer, explained.offers))))
    return said


def offer_line(offers: tuple[Offer, ...]) -> str:
    """Say in one line what found nothing and what may have been meant."""
    written = ", ".join(_("“{text}”").format(text=word) for word in offers[0].written)
    instead = _(" or ").join(map(_said_offer, offers))
    return _("Little or nothing found for {written}. Did you mean {instead}?").format(
        written=written, instead=instead
    )


def _said_offer(offer: Offer) -> str:
    return f"{offer.query} ({offer.articles})"


def _said_part(part: Part) -> Section:
    number = n_("{n} article", "{n} articles", part.articles)
    heading = _("{text}: {articles}") if part.wanted else _("{text}: {articles}, left out of the result")
    lines = [_capital(part.meaning), *_said_rules(part.field)]
    for word in part.words:
        lines += [line for line in _said_word(word) if line not in lines]
    if part.actors:
        lines += [_said_actor(actor) for actor in part.actors[:_ACTORS]]
        if more := len(part.actors) - _ACTORS:
            lines += [n_("and {n} more actor", "and {n} more actors", more)] if more > 0 else []
    elif part.field and not part.articles:
        lines.append(_("No article has this."))
    return Section(heading.format(text=part.text, articles=number), tuple(lines))


def _said_rules(field: str) -> list[str]:
    """Say how the values of a field are compared."""
    if field in ("date", "mentions"):
        return [_("In whole days, the first and the last included.")]
    if field == "amount":
        return [_("A range counts where it overlaps, and “about” within 10%.")]
    return []


def _said_word(word: WordForms) -> Iterator[str]:
    """Say in what forms a word was found, within which compounds, and which one it is itself."""
    within = set(word.compounds)
    if not word.forms:
        yield _("“{word}” stands in no article").format(word=word.word)
    more = word.total - len(word.forms)
    if forms := _listed([form for form in word.forms if form not in within], 0 if within else more):
        begins = word.how is How.PREFIX
        said = _("Begin with “{word}”: {forms}") if begins else _("“{word}” counted as: {forms}")
        yield said.format(word=word.word, forms=forms)
    if within:
        forms = _listed(word.compounds, more)
        yield _("“{word}” found within: {forms}").format(word=word.word, forms=forms)
    if word.parts:
        parts = " + ".join(word.parts)
        yield _("“{word}” is made up of {parts}; an article with only one of these does not count").format(
            word=word.word, parts=parts
        )


def _listed(forms: Sequence[Known], more: int) -> str:
    said = ", ".join(f"{form.word} ({form.articles})" for form in forms)
    return f"{said}, " + n_("and {n} more word", "and {n} more words", more) if more > 0 else said


def _said_actor(actor: Actor) -> str:
    said = f"{actor.name} ({n_('{n} article', '{n} articles', actor.articles)})"
    if not actor.aliases:
        return said
    aliases = ", ".join(actor.aliases[:_ALIASES])
    more = len(actor.aliases) - _ALIASES
    if more > 0:
        aliases += ", " + n_("and {n} more name", "and {n} more names", more)
    return _("{actor}, also as: {aliases}").format(actor=said, aliases=aliases)


def _said_plain(written: str) -> str:
    name = written.partition(":")[0]
    dutch = language() == "nl"
    known = ", ".join(f"{row.alias if dutch else row.name}:" for row in FIELDS[:4])
    return _("“{text}”: there is no field “{name}:” (there are {known} …)").format(
        text=written, name=name, known=known
    )


def _said_problems(explained: Explanation) -> Iterator[str | Place]:
    for problem in explained.problems:
        yield clauses.query_error_text(problem)
        yield Place(explained.query, problem.start, problem.end)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
