"""What the network of actors says: of a whole, of an actor, of two of them."""

from __future__ import annotations

from desktop.charts.ties import Tie
from desktop.i18n import _, format_number, kind_name, n_
from desktop.tasks.network import Network, Within
from desktop.tasks.network_files import drawn_words, times_words, together

_NAMED = 4  # neighbours that a card names


def heading(found: Network) -> str:
    """Say how much is shown."""
    actors = n_("{n} actor", "{n} actors", len(found.actors))
    return f"{actors} · {drawn_words(found)}"


def facts(found: Network, target: int | Tie) -> str:
    """Say what there is to know of an actor or of two, a line for each fact."""
    return _pair_facts(found, target) if isinstance(target, Tie) else _actor_facts(found, target)


def _actor_facts(found: Network, number: int) -> str:
    actor = found.actors[number]
    lines = [
        actor.name,
        f"{kind_name(actor.kind).capitalize()} · " + n_("in {n} article", "in {n} articles", actor.articles),
    ]
    neighbours = found.neighbours(number)
    if neighbours:
        names = ", ".join(found.actors[other].name for other in neighbours[:_NAMED])
        with_ = n_("with {n} other actor", "with {n} other actors", len(neighbours))
        lines.append(f"{with_[:1].upper()}{with_[1:]}")
        lines.append(_("Above all: {names}").format(names=names))
    else:
        lines.append(_("Never together with one of the others"))
    return "\n".join(lines)


def _pair_facts(found: Network, tie: Tie) -> str:
    one, other = found.actors[tie.one], found.actors[tie.other]
    said = together(found, tie.count)
    lines = [
        pair_name(found, tie),
        f"{said[:1].upper()}{said[1:]}",
        times_words(tie),
        " · ".join(
            f"{actor.name}: " + n_("{n} article", "{n} articles", actor.articles) for actor in (one, other)
        ),
    ]
    return "\n".join(lines)


def pair_name(found: Network, tie: Tie) -> str:
    """Return the names of two actors."""
    return f"{found.actors[tie.one].name} – {found.actors[tie.other].name}"


def target_name(found: Network, target: int | Tie) -> str:
    """Return the name of an actor or the names of two."""
    return pair_name(found, target) if isinstance(target, Tie) else found.actors[target].name


def strength_text(tie: Tie) -> str:
    """Write how strong a tie is, as a number from 0 to 100."""
    return format_number(round(tie.strength * 100))


def within_name(within: Within) -> str:
    """Return what two actors share, for the head of a column."""
    return _("Sentences") if within is Within.SENTENCE else _("Articles")


def as_query(found: Network, target: int | Tie) -> str:
    """Return what finds the articles of an actor or of two, within what was asked already."""
    numbers = (target.one, target.other) if isinstance(target, Tie) else (target,)
    asked = found.question.query.strip()
    for number in numbers:
        clause = 'actor:"{}"'.format(found.actors[number].name.replace('"', " "))
        if clause not in asked:
            asked = f"{asked} {clause}".strip()
    return asked


_BESIDE = 44  # characters of a sentence kept on each side of a name
_LONG = 170  # characters from which on a sentence is cut


def cut(sentence: str, marks: tuple[tuple[int, int], ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return what of a long sentence stands around the names, and where they are in it."""
    if len(sentence) <= _LONG or not marks:
        return sentence, marks
    kept: list[list[int]] = []
    for start, end in marks:
        low = 0 if start <= _BESIDE else sentence.find(" ", start - _BESIDE, start) + 1 or start
        high = len(sentence)
        if end + _BESIDE < high:
            space = sentence.rfind(" ", end, end + _BESIDE)
            high = space if space >= 0 else end
        if kept and low <= kept[-1][1] + 3:
            kept[-1][1] = max(kept[-1][1], high)
        else:
            kept.append([low, high])
    words, places = "", []
    for low, high in kept:
        words += ("… " if not words else " … ") if low else ""
        places += [(s + len(words) - low, e + len(words) - low) for s, e in marks if low <= s and e <= high]
        words += sentence[low:high]
    return words + (" …" if kept[-1][1] < len(sentence) else ""), tuple(places)
