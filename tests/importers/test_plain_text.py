"""Plain text and Markdown: header, title, headings, wrapping, encodings; no input but a Problem."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.errors import Problem, ProblemKind
from desktop.importers import importer_of, needs_worker, read_file
from desktop.importers.decoding import decode
from desktop.importers.plain_text import read_text
from desktop.model import BlockKind, ImportedArticle
from desktop.workers import Workers

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"

PIECES = [
    "", "", " ", "date 2025-01 Titel", "# Kop", "## ", "---", "===", "- een", "  - twee", "1. x", "> q",
    "```", "| a | b |", "|---|", "Kop", "Een zin. Nog een.", "*a **b* c** [x](y) `z`", "[r]: http://r",
    "&nbsp;", "title: x", "tags: [a, b]", "\ufeff", "\x00", "x  ", "<!--", "-->", "<br>", "![", "[[a|b]]",
    "**", "***a**",
]  # fmt: skip
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=25).map("\n".join)


def lines_of(article: ImportedArticle, kind: BlockKind) -> list[str]:
    return [article.text[b.start : b.end] for b in article.blocks if b.kind is kind]


def article_or_none(text: str, *, markdown: bool = False) -> ImportedArticle | None:
    try:
        return read_text(text, markdown=markdown)
    except Problem as problem:
        if problem.kind is not ProblemKind.EMPTY:
            raise
        return None


@given(text=st.one_of(LINES, st.text()), markdown=st.booleans())
@example(text="\u2028a\u2029b\x85c\x0bd", markdown=False)
@example(text="&#10;&#13;a&#x2028;b", markdown=True)
@example(text="\ud800\udc00 half", markdown=False)
@example(text="a<br>  \nb\\\nc", markdown=True)
def test_any_text_is_an_article_in_which_every_line_is_one_block(text: str, markdown: bool) -> None:
    article = article_or_none(text, markdown=markdown)
    if article is None:
        return
    stands = [(b.start, b.end) for b in article.blocks]
    place, lines = 0, []
    for line in article.text.split("\n"):
        if line.strip():
            lines.append((place, place + len(line)))
        place += len(line) + 1
    assert stands == lines
    assert article.blocks[0].kind is BlockKind.TITLE
    assert [b.kind for b in article.blocks].count(BlockKind.TITLE) == 1
    assert article.title == article.text[: article.blocks[0].end]
    assert article.text == article.title or article.text.startswith(article.title + "\n\n")
    assert article.text == article.text.strip()
    assert "\r" not in article.text
    assert "\n\n\n" not in article.text
    for inline in article.inlines:
        assert any(b.start <= inline.start < inline.end <= b.end for b in article.blocks)
    article.text.encode("utf-8")  # can be stored


@given(text=LINES)
def test_reading_plain_text_keeps_every_visible_character(text: str) -> None:
    """Nothing of the article is lost but bullets and the header's own words."""
    body = "Dit is de eerste regel, en die is te lang om een titel of een tussenkop te zijn. Toch? Ja.\n\n"
    article = read_text("date 2025 Titel\n\n" + body + text)
    from desktop.importers.decoding import normalise

    wanted = [char for char in normalise(body + text) if not char.isspace() and char not in "-*•·▪‣–"]
    got = [char for char in article.text[len("Titel") :] if not char.isspace() and char not in "-*•·▪‣–"]
    assert got == wanted


def test_a_text_may_begin_like_a_compressed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"BZhg is een afkorting.\n\nDit is een zin.")
    assert "BZhg is een afkorting." in read_file(path)[0].text


@given(data=st.binary(max_size=300), suffix=st.sampled_from([".txt", ".md"]))
@example(data=b"\x1f\x8b", suffix=".txt")  # a compressed file by its content, and a damaged one
def test_any_bytes_are_an_article_or_a_problem(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any" + suffix)
        path.write_bytes(data)
        outcome: tuple[str, bool]
        try:
            outcome = str(path), bool(read_file(path)[0].text.strip())
        except Problem as problem:
            outcome = problem.path, problem.kind in (
                ProblemKind.EMPTY, ProblemKind.BINARY, ProblemKind.DAMAGED,
            )  # fmt: skip
        assert outcome == (str(path), True)


@pytest.mark.parametrize(
    ("first", "published", "title"),
    [
        ("date 2025-01 Titel", "2025-01", "Titel"),
        (" date 2025-01-31 Titel", "2025-01-31", "Titel"),
        ("date 2025 Een titel. Met punt.", "2025", "Een titel. Met punt."),
        ("\ufeffdate 2025 X", "2025", "X"),
        ("date 2025-13 Titel", None, "date 2025-13 Titel"),
        ("date 2025-02-30 Titel", None, "date 2025-02-30 Titel"),
        ("date 0000 Titel", None, "date 0000 Titel"),
        ("date 20251 Titel", None, "date 20251 Titel"),
        ("dates 2025 Titel", None, "dates 2025 Titel"),
        ("date 2025-01-01T10:00 Titel", None, "date 2025-01-01T10:00 Titel"),
        ("Titel zonder datum", None, "Titel zonder datum"),
    ],
)
def test_the_first_line(first: str, published: str | None, title: str) -> None:
    article = read_text(first + "\n\nEn dan de tekst. Met zinnen.")
    assert (article.published, article.title) == (published, title)
    assert lines_of(article, BlockKind.PARAGRAPH) == ["En dan de tekst. Met zinnen."]


def test_a_header_without_a_title_takes_the_next_short_line() -> None:
    article = read_text("date 2025-01\n\nDe titel\n\nEen alinea met tekst.")
    assert (article.published, article.title) == ("2025-01", "De titel")


def test_without_a_title_the_file_name_or_the_first_words_serve(tmp_path: Path) -> None:
    body = "Dit is een alinea die eindigt met een punt en die daarom geen titel kan zijn, hoe kort ook."
    assert read_text(body).title == "Dit is een alinea die eindigt met een punt en die daarom geen…"
    path = tmp_path / "mijn verslag.txt"
    path.write_text(body, "utf-8")
    article = read_file(path)[0]
    assert (article.title, article.path) == ("mijn verslag", str(path))
    assert article.text == f"mijn verslag\n\n{body}"


def test_a_title_alone_is_an_article() -> None:
    article = read_text("date 2025-01 Alleen een titel\n")
    assert article.text == "Alleen een titel"
    assert [b.kind for b in article.blocks] == [BlockKind.TITLE]


def test_headings_are_short_lines_alone_with_text_below() -> None:
    article = read_text(
        "date 2025 T\n\nEen alinea.\n\nTussenkop\n\nNog een alinea.\n\nWaarom nu?\n\nTekst hier.\n\n"
        "De cijfers:\n\nTekst.\n\n“Onzin.”\n\nMeer tekst. En meer.\n\nDe redactie"
    )
    assert lines_of(article, BlockKind.HEADING) == ["Tussenkop", "Waarom nu?"]


def test_lines_of_a_poem_stay_lines() -> None:
    article = read_text(
        "date 2025 Gedicht\n\nEen korte regel\nen nog een\nklaar\n\nTweede strofe\nis ook kort\n"
    )
    assert article.text.split("\n\n")[1:] == [
        "Een korte regel\nen nog een\nklaar",
        "Tweede strofe\nis ook kort",
    ]
    assert lines_of(article, BlockKind.HEADING) == []


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85"])
def test_every_kind_of_line_end_is_one(end: str) -> None:
    text = "date 2025 T\n\nEen.\n\nTwee."
    assert read_text(text.replace("\n", end)).text == read_text(text).text


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "latin-1",
        "mac_roman",
        "cp850",
    ],
)
def test_encodings_of_dutch_text(encoding: str) -> None:
    text = (
        "Het coördinerend bureau vindt het bezwaar van één café-eigenaar, de heer Müller, geïrriteerd "
        "en naïef. Reünies zijn voortaan vóór de zomer; ideeën daarvoor zijn er al, zegt Zoë Françoise. "
        "Ook de financiële coöperatie uit België deed mee, net als de crèche en het ministère."
    )
    assert decode(text.encode(encoding)) == text


def test_other_alphabets_without_a_mark() -> None:
    text = "Правительство выделит семьдесят миллионов на строительство центра обработки данных. " * 3
    assert decode(text.encode("cp1251")) == text.strip() or decode(text.encode("cp1251")) == text


def test_a_few_wrong_bytes_do_not_spoil_utf8() -> None:
    data = "Eén coöperatie, twee cafés, drie ideeën. ".encode() * 3 + "Plan: € 5 miljoen – vóór mei".encode(
        "cp1252"
    )
    assert decode(data).endswith("Plan: € 5 miljoen – vóór mei")
    assert decode(data).startswith("Eén coöperatie")


def test_r35_composed_and_invisible_characters() -> None:
    assert read_text("Szabo\u0301 over co\u00adope\u200bratie").text == "Szabó over cooperatie"


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\nabc", b"Rar!\x1a\x07abc", bytes(range(256)) * 4, b"\x00" * 50]
)
def test_what_is_no_text_is_said_to_be_binary(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(data)
    with pytest.raises(Problem) as caught:
        read_file(path)
    assert caught.value.kind is ProblemKind.BINARY


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    kinds = {}
    folder = tmp_path / "map.txt"
    folder.mkdir()
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    (tmp_path / "x.xyz").write_text("x")
    for path in (tmp_path / "none.txt", folder, large, tmp_path / "x.xyz", tmp_path / "nul\0.txt"):
        with pytest.raises(Problem) as caught:
            read_file(path)
        kinds[path.name] = caught.value.kind
    assert list(kinds.values()) == [
        ProblemKind.NOT_FOUND, ProblemKind.NOT_READABLE, ProblemKind.TOO_LARGE, ProblemKind.UNKNOWN_FORMAT,
        ProblemKind.NOT_READABLE,
    ]  # fmt: skip


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Problem) as caught:
        read_file(tmp_path / "pipe.txt")
    assert caught.value.kind is ProblemKind.NOT_READABLE


@pytest.mark.parametrize(
    "text",
    [
        "a" * 3_000_000, "[" * 100_000, "*a " * 200_000, "`" + "a` ``" * 100_000, "<a " * 200_000,
        "![[" * 100_000, "> " * 50_000, "&a" * 300_000, "(" * 100_000 + "[a](" * 50_000, "_a_" * 200_000,
        "http://" * 100_000, "| " * 300_000,
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_r41_long_lines_take_no_time(text: str) -> None:
    begin = time.perf_counter()
    article_or_none(text)
    article_or_none(text, markdown=True)
    assert time.perf_counter() - begin < 10


def test_large_text_is_for_a_worker(tmp_path: Path) -> None:
    small, large = tmp_path / "small.txt", tmp_path / "large.txt"
    small.write_text("kort", "utf-8")
    large.write_text("x" * (2 * 1024 * 1024 + 1), "utf-8")
    assert not needs_worker(small)
    assert needs_worker(large)
    assert not needs_worker(tmp_path / "missing.txt")
    assert importer_of(Path("A.TXT")).name == "plain_text"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the two real articles are not here")
def test_the_two_real_articles() -> None:
    import json

    gold = json.loads((SEEDS / "gold.json").read_text("utf-8"))
    for path in sorted(SEEDS.glob("*.txt")):
        article = read_file(path)[0]
        wanted = gold[path.name]
        assert article.published == wanted["published"]
        assert article.title.startswith(wanted["title_starts"])
        assert lines_of(article, BlockKind.HEADING) == wanted["headings"]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_r41_one_long_line_takes_little_memory(suffix: str, tmp_path: Path) -> None:
    """Read where large files are read: in a worker, which ends when it takes more."""
    path = tmp_path / ("line" + suffix)
    path.write_text("het woord " * 1_000_000, "utf-8")
    with Workers(1) as workers:
        (article,) = workers.run(read_file, path, seconds=60, megabytes=200)
    assert len(article.text) > 9_000_000
