"""A library of many generated articles with their amounts, actors and dates, written straight into SQLite.

    python tests/speed/big_library.py FOLDER [--articles 100000] [--actors 400]

Each article has 15 sentences with an amount each (six kinds, four currencies, some ranges and open ends), 15
to 22 mentions of 400 actors, and three dates. Further actors stand in one to a few articles each. Nothing is
indexed for full text.
"""

from __future__ import annotations

import argparse
import datetime as dt
import math
import random
import sqlite3
import sys
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BATCH = 2000
_SENTENCES = 15
_RARE = 3  # mentions of rare actors in an article
_LETTERS = "etaonirshdlucmgfpwybvkxjqz"
_ROLES = ("minister", "wethouder", "directeur")
_RATES = {"EUR": 1.0, "USD": 0.93, "GBP": 1.17, "XPF": None}
_PURPOSES = ("een datacenter", "de nieuwe brug", "onderzoek", "meer treinen", "het stadion", "warmtenetten")
_KINDS = ("money",) * 6 + ("percent", "percent", "count", "count", "quantity", "number", "duration")


def _names(random_: random.Random) -> list[tuple[str, str]]:
    """Return the names that stand in many articles."""
    starts = ("Noord", "Zuider", "Ooster", "Wester", "Hoog", "Laag", "Nieuw", "Oud", "Klein", "Groot")
    ends = ("veld", "haven", "brug", "markt", "dijk", "huizen", "wijk", "kerk", "bos", "meer")
    kinds = ("organisation", "organisation", "person", "place")
    return [(f"{start}{end}{number or ''}", random_.choice(kinds))
            for number in range(4) for start in starts for end in ends]  # fmt: skip


def _amount(random_: random.Random) -> tuple:
    """Return kind, words, value, low, high, unit, noun, approx, dimension, base ends, euro ends."""
    kind = random_.choice(_KINDS)
    if kind != "money":
        value = round(10 ** random_.uniform(0, 5))
        unit, noun, dimension, words = {
            "percent": ("%", None, "%", f"{value % 100} procent"),
            "count": (None, "huizen", "count", f"{value} huizen"),
            "quantity": ("MW", None, "W", f"{value} megawatt"),
            "number": (None, None, "number", f"{value}"),
            "duration": ("a", None, "s", f"{value % 40 + 1} jaar"),
        }[kind]
        base = float(value)
        return kind, words, str(value), None, None, unit, noun, None, dimension, base, base, None, None
    unit = random_.choices(tuple(_RATES), (80, 14, 5, 1))[0]
    millions = round(10 ** random_.uniform(-2, 4.5), 2)
    low = millions * 1e6
    rate = _RATES[unit]
    kind_of_end = random_.random()
    if kind_of_end < 0.05:
        high, words, values = low * 1.5, f"tussen de {millions} en {millions * 1.5:.2f} miljoen", "range"
    elif kind_of_end < 0.12:
        high, words, values = float("inf"), f"ruim {millions} miljoen", "open"
    else:
        high, words, values = low, f"{millions} miljoen", "value"
    euro = (None, None) if rate is None else (low * rate, high * rate)
    plain = f"{low:.0f}"
    return (
        *(kind, f"{words} {unit}", None if values == "range" else plain),
        *((plain, f"{high:.0f}") if values == "range" else (None, None)),
        *(unit, None, "ge" if values == "open" else None, unit, low, high, *euro),
    )


def _cell(low: float | None, high: float | None) -> int | None:
    """Return the quarter of a power of ten that the worth lies in, as marking does."""
    worth = low if high is None or math.isinf(high) else high
    return math.floor(math.log10(worth) * 4) if worth else None


def _rare_names(random_: random.Random, count: int) -> list[tuple[str, str]]:
    kinds = ("person", "person", "person", "organisation", "place", "event")
    return [(f"Naam {_LETTERS[number % 26]}{number}", random_.choice(kinds)) for number in range(count)]


def _write_names(con: sqlite3.Connection, names: list[tuple[str, str]]) -> None:
    con.execute("BEGIN")
    for number, (name, kind) in enumerate(names, 1):
        key = name.casefold()
        con.execute(
            "INSERT INTO actor(id, uuid, kind, name, own_name) VALUES(?, ?, ?, ?, ?)",
            (number, str(uuid.UUID(int=number)), kind, name, name),
        )
        con.execute(
            "INSERT INTO name_key(id, kind, name, actor_id, own_actor_id, last_word)"
            " VALUES(?, ?, ?, ?, ?, ?)",
            (number, kind, key, number, number, key.rpartition(" ")[2]),
        )
        con.execute(
            "INSERT INTO name_form(id, name_key_id, text, normal) VALUES(?, ?, ?, ?)",
            (number, number, name, key),
        )
    con.execute("COMMIT")


def fill(con: sqlite3.Connection, articles: int, seed: int = 1, actors: int = 400) -> int:
    """Write the articles; return how many amounts there are."""
    random_ = random.Random(seed)
    names = _names(random_)
    frequent = len(names)
    names += _rare_names(random_, max(actors - frequent, 0))
    _write_names(con, names)
    mention = 0
    amounts = 0
    for first in range(1, articles + 1, _BATCH):
        rows: dict[str, list[tuple]] = {
            table: [] for table in ("article", "version", "form", "mention", "amount", "period")
        }
        for row in range(first, min(first + _BATCH, articles + 1)):
            mention, amounts = _article(random_, names, frequent, row, mention, amounts, rows)
        con.execute("BEGIN")
        con.executemany(
            "INSERT INTO article(id, uuid, version_id, title, published, first_day, last_day, lang, source,"
            " words, added_at, sort_day) VALUES(?, ?, ?, ?, ?, ?, ?, 'nl', 'Krant', 200, ?, ?)",
            rows["article"],
        )
        con.executemany(
            "INSERT INTO text_version(id, article_id, number, hash, created_at, extracted_by, text)"
            " VALUES(?, ?, 1, ?, '2026-01-01T00:00:00Z', 'speed', ?)",
            rows["version"],
        )
        con.executemany(
            "INSERT INTO mention(id, article_id, start, end, text, kind, source, confidence, name_key_id,"
            " role) VALUES(?, ?, ?, ?, ?, ?, 'rule', 1.0, ?, ?)",
            [(*one, _role(one)) for one in rows["mention"]],
        )
        con.executemany(
            "INSERT INTO amount(mention_id, article_id, kind, value, low, high, unit, noun, approx,"
            " dimension, base_low, base_high, euro_low, euro_high, sentence_start, sentence_end,"
            f" purpose_start, purpose_end, purpose, cell) VALUES({', '.join('?' * 20)})",
            rows["amount"],
        )
        con.executemany(
            "INSERT INTO period(mention_id, article_id, value, first_day, last_day, days)"
            " VALUES(?, ?, ?, ?, ?, 0)",
            rows["period"],
        )
        con.executemany("INSERT INTO article_form VALUES(?, ?, ?, 1)", rows["form"])
        con.execute("COMMIT")
    con.execute("ANALYZE")
    return amounts


def _role(mention: tuple) -> str | None:
    """Return the role in front of every fourth person."""
    number, *_place, kind, _actor = mention
    return _ROLES[number // 4 % len(_ROLES)] if kind == "person" and number % 4 == 0 else None


def _article(
    random_: random.Random,
    names: list[tuple[str, str]],
    frequent: int,
    row: int,
    mention: int,
    amounts: int,
    rows: dict[str, list[tuple]],
) -> tuple[int, int]:
    day = (dt.date(2016, 1, 1) + dt.timedelta(int(random_.triangular(0, 3950, 3600)))).isoformat()
    title = f"Plan {row} voor {names[random_.randrange(frequent)][0]}"
    text = f"{title}\n\n"
    used: dict[int, int] = {}
    for number in range(_SENTENCES):
        start = len(text)
        actor = random_.randrange(frequent)
        name, kind = names[actor]
        mention += 1
        rows["mention"].append((mention, row, start, start + len(name), name, kind, actor + 1))
        used[actor + 1] = used.get(actor + 1, 0) + 1
        amount_kind, words, *values = _amount(random_)
        cell = _cell(*(values[-2:] if amount_kind == "money" else values[-4:-2]))
        text += f"{name} legt "
        mention += 1
        amount, begin = mention, len(text)
        rows["mention"].append((mention, row, begin, begin + len(words), words, amount_kind, None))
        purpose = random_.choice(_PURPOSES)
        text += f"{words} opzij voor "
        at = len(text)
        text += purpose
        if random_.random() < 0.4:
            other = random_.randrange(frequent)
            text += " samen met "
            mention += 1
            place = len(text)
            text += names[other][0]
            rows["mention"].append((mention, row, place, len(text), *names[other], other + 1))
            used[other + 1] = used.get(other + 1, 0) + 1
        if number < 3:
            text += " op "
            mention += 1
            rows["mention"].append((mention, row, len(text), len(text) + 10, day, "date", None))
            rows["period"].append((mention, row, day, day, day))
            text += day
        text += ". "
        rows["amount"].append(
            (amount, row, amount_kind, *values, start, len(text) - 1, at, at + len(purpose), purpose, cell)
        )
        amounts += 1
    for rare in _some_rare(random_, frequent, len(names)):
        name, kind = names[rare]
        mention += 1
        rows["mention"].append((mention, row, len(text), len(text) + len(name), name, kind, rare + 1))
        used[rare + 1] = used.get(rare + 1, 0) + 1
        text += f"{name} was erbij. "
    rows["article"].append((row, str(uuid.UUID(int=row)), row, title, day, day, day, f"{day}T00:00:00Z", day))
    rows["version"].append((row, row, f"{row:x}", text.rstrip()))
    rows["form"].extend((row, actor, count) for actor, count in used.items())
    return mention, amounts


def _some_rare(random_: random.Random, first: int, end: int) -> list[int]:
    """Return a few of the rare names, those at the beginning oftener."""
    if first == end:
        return []
    return [first + int(random_.random() ** 2 * (end - first)) for _ in range(_RARE)]


def make(folder: Path, articles: int, actors: int = 400) -> int:
    """Make the library in a folder; return how many amounts it has."""
    from desktop.extraction import stamp
    from desktop.library import connection
    from desktop.library.database import Library

    Library.open(folder).close()
    con = connection.connect(folder / connection.DATABASE)
    con.execute("PRAGMA synchronous = OFF")
    amounts = fill(con, articles, actors=actors)
    con.execute("UPDATE text_version SET extracted_by = ?", (stamp(),))  # nothing is to be read again
    con.execute("DELETE FROM link_todo")
    con.close()
    return amounts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--actors", type=int, default=400)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    started = time.perf_counter()
    amounts = make(options.folder, options.articles, options.actors)
    print(f"articles={options.articles} {amounts=} seconds={time.perf_counter() - started:.0f}")


if __name__ == "__main__":
    main()
