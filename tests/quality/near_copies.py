"""Texts for measuring near copies: what papers do to an agency's report, and what only looks like that.

The originals are articles of our own in four languages. Reports of made-up events are put together from
phrases. Each event can be told in two ways of its own, with
the same names, figures and one quotation: as two papers do that each sent somebody.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "packaging" / "model" / "corpus" / "training"

_TOWNS = ("Zutphen", "Harderwijk", "Oosterveen", "Winschoten", "Roermond", "Terneuzen", "Emmen", "Weert")
_NAMES = ("Anna Berg", "Joost Verhulst", "Karin Dorsman", "Pieter de Wit", "Samira Bouzid", "Tom Hoekstra")
_FIRMS = ("Nordwatt", "Zeelicht", "Havenkracht", "Delta Data", "Van Rijn Logistiek", "Agrivast")
_THINGS = ("zonnepark", "datacenter", "distributiehal", "warmtenet", "treinstation", "zwembad")
_QUOTES = (
    "Wij hebben hier jaren aan gewerkt en het is goed dat er nu eindelijk duidelijkheid komt voor iedereen",
    "Dit is niet wat ons was beloofd en we gaan daar de komende weken heel kritische vragen over stellen",
    "Zonder deze investering was het over een paar jaar stil geweest in deze wijk, dat moet je ook zeggen",
)
#: each fact in two tellings; what stands in brackets is chosen for every report anew
_FACTS = [
    fact.splitlines()
    for fact in (HERE / "near_copies_texts" / "events.txt").read_text(encoding="utf-8").split("\n\n")
]
_OWN = (
    "Lees ook: waarom bouwen in dit land steeds langer duurt, en wat gemeenten daaraan proberen te doen.",
    "Dit artikel is met behulp van een persbureau gemaakt. Heeft u een tip, mail dan onze redactie.",
    "Elders in de regio lopen vergelijkbare discussies, zo schreven wij hier vorige week in een reportage.",
)
_SYNONYMS = {
    "krijgt": "ontvangt", "ongeveer": "circa", "begint": "start", "moet": "zou moeten", "zegt": "stelt",
    "kosten": "uitgaven", "besluit": "oordeel", "mensen": "werknemers", "plan": "voorstel",
    "bekendgemaakt": "gemeld", "ook": "eveneens", "maar": "echter", "volgens": "aldus", "nieuwe": "andere",
    "the": "this", "said": "told reporters", "der": "dieser", "les": "ces",
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """A made-up event: what every report of it has in common."""

    number: int

    def told(self, way: int, dice: random.Random) -> str:
        """Return a report of it. way: 0 or 1, in words that have nothing in common."""
        own = random.Random(self.number)
        name = own.choice(_NAMES)
        facts = {
            "thing": own.choice(_THINGS), "town": own.choice(_TOWNS), "sum": own.randint(2, 300),
            "month": own.choice(("maart", "mei", "september", "november")), "months": own.randint(5, 40),
            "firm": own.choice(_FIRMS), "people": own.randint(20, 900), "objections": own.randint(3, 400),
            "share": own.randint(5, 60), "name": name, "last": name.split()[-1],
            "quote": own.choice(_QUOTES), "year": own.randint(1998, 2022),
        }  # fmt: skip
        order = list(range(1, len(_FACTS)))
        dice.shuffle(order)
        paragraphs = [_chosen(_FACTS[place][way], dice).format(**facts) for place in (0, *order)]
        title = f"{facts['thing'].capitalize()} {facts['town']} {facts['sum']} miljoen duurder"
        return "\n\n".join((title, *paragraphs))


def _chosen(phrase: str, dice: random.Random) -> str:
    """Return the phrase with one of each row of choices ("[a|b]")."""
    return re.sub(r"\[([^\]]+)\]", lambda choices: dice.choice(choices[1].split("|")), phrase)


def copied(text: str, how: str, dice: random.Random) -> str:
    """Return what a paper makes of an agency's text. how: headline, cut, edits, framed, or all."""
    title, *paragraphs = text.split("\n\n")
    if how in ("headline", "all"):
        title = f"Opnieuw onrust: {title.lower()}"
        paragraphs[0] = f"{dice.choice(_TOWNS).upper()} (ANP) - {paragraphs[0]}"
    if how in ("cut", "all"):
        paragraphs = paragraphs[: max(2, round(len(paragraphs) * dice.uniform(0.4, 0.8)))]
    if how in ("edits", "all"):
        paragraphs = [_edited(paragraph, dice) for paragraph in paragraphs]
    if how in ("framed", "all"):
        paragraphs = [*paragraphs, dice.choice(_OWN)]
    return "\n\n".join((title, *paragraphs))


def reports() -> list[str]:
    """Return the articles of the names model's training texts, without their labels: title and body."""
    found = []
    for file in sorted(CORPUS.glob("*.txt")):
        for part in re.split(r"^# .*\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            found.append(re.sub(r"\[\[([^|\]]*)\|[^\]]*\]\]", r"\1", part).strip())
    return found


HOW = ("headline", "cut", "edits", "framed", "all")


def _edited(paragraph: str, dice: random.Random) -> str:
    """Return a paragraph in which about one word of twenty is another one, or gone."""
    words = []
    for word in paragraph.split(" "):
        if word in _SYNONYMS and dice.random() < 0.7:
            words.append(_SYNONYMS[word])
        elif dice.random() >= 0.03:
            words.append(word)
    return " ".join(words)
