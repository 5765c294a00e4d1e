"""Markdown export: the golden file, reading order, and that it reads back as what went in.

After a deliberate change: `python tests/exporters/test_markdown.py` writes the golden file anew.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, export_article, link
from desktop.exporters.markdown import escape, render, tag, yaml_text
from desktop.importers.plain_text import read_text
from desktop.model import (
    Amount,
    Annotation,
    AnnotationId,
    Approx,
    Article,
    ArticleId,
    BlockKind,
    Mention,
    MentionKind,
    TextQuote,
)

GOLDEN = Path(__file__).resolve().parent.parent / "expected" / "exporters" / "notes.md"
ARTICLE = ArticleId("7d9f2c1e-0000-4000-8000-000000000001")


def note_id(number: int) -> AnnotationId:
    return AnnotationId(f"7d9f2c1e-0000-4000-8000-{number:012d}")


def document() -> ExportDocument:
    notes = (
        ExportNote(
            link(ARTICLE, note_id(2)), "# Geen kop\n\n- en <b>geen</b> lijst | [[geen link]] *nee* $1 en $2",
            "Mijn **eigen** nadruk.\n\n- blijft\n- staan", ("AI & energie", "2025"), 3,
            ("ministerie van Economische Zaken", "Nvidia"),
            (("ruim 200 mln euro", Amount(Decimal(200_000_000), unit="EUR", approx=Approx.GE)),
             ("tussen de 120 en 150 miljoen", Amount(low=Decimal(120_000_000), high=Decimal(150_000_000)))),
            start=300, made_at="2025-01-01T00:00:00",
        ),
        ExportNote(link(ARTICLE, note_id(3)), "Eerst gelezen, later gemarkeerd.", start=20, made_at="2"),
        ExportNote(link(ARTICLE, note_id(4)), "Wat er niet meer staat", "Zoekgeraakt", colour=5),
        ExportNote(link(ARTICLE, note_id(5)), note="Over het hele stuk."),
    )  # fmt: skip
    return ExportDocument(
        title='AI-faciliteit: "de kosten"',
        made_at="2025-11-21",
        query='faciliteit bedrag:>100mln€ -"oude plan"',
        articles=(
            ExportArticle(
                "1. Kabinet zoekt plek voor #AI-faciliteit [update]", link(ARTICLE), "2025-03-12",
                "De Noorderkoerier", "Ilse Wiersma", "https://example.org/a_(b)?c=d e", ("ai", "2025"), notes,
            ),
            ExportArticle("Zonder gegevens", "leeslamp://article/x", notes=(ExportNote("leeslamp://article/x?a=y"),)),
        ),
    )  # fmt: skip


def test_the_golden_file() -> None:
    assert render(document()) == GOLDEN.read_text("utf-8")


def test_r27_notes_stand_in_reading_order_whatever_the_order_they_were_made_in() -> None:
    text = render(document())
    places = [
        text.index(words)
        for words in ("Over het hele stuk", "Eerst gelezen", "Geen kop", "Wat er niet meer staat")
    ]
    assert places == sorted(places)


TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=60)
SIGNS = [
    "#", "# ", "> ", "- ", "+ ", "1. ", "1) ", "|", "*a*", "**", "_b_", "`", "```", "<b>", "<!--", "[[w]]",
    "[x](y)", "![", "]", "\\",
    "&amp;", "==", "~~", "%%", "$", "^abc", "---", "===", "http://x_y_z", " ", "woord", "é", "#t",
]  # fmt: skip
NASTY = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join)


@given(words=st.one_of(TEXT, NASTY))
@example(words="2025. Een jaartal")
@example(words="snake_case en _nadruk_")
@example(words="a\\*b")
@example(words="# #")
@example(words="a ##")
def test_escaped_text_reads_back_as_it_was(words: str) -> None:
    """Read by our own Markdown reader, as a quote and as a heading."""
    plain = " ".join(words.split())
    if not plain or read_text("x\n\n" + plain).text != "x\n\n" + plain:
        return  # nothing, or signs that an import takes away or composes
    article = read_text(f"# T\n\n> {escape(words)}\n\n## {escape(words)}", markdown=True)
    kinds = [(block.kind, article.text[block.start : block.end]) for block in article.blocks[1:]]
    assert kinds == [(BlockKind.QUOTE, plain), (BlockKind.HEADING, plain)]


@given(
    title=NASTY, quote=st.lists(NASTY, min_size=1, max_size=3).map("\n".join), tags=st.lists(TEXT, max_size=3)
)
def test_the_document_reads_back(title: str, quote: str, tags: list[str]) -> None:
    """Titles, quotes, order and tags survive, whatever signs they hold."""
    notes = (
        ExportNote("leeslamp://article/a?a=2", quote, tags=tuple(tags), start=9),
        ExportNote("leeslamp://article/a?a=1", "eerste", "eigen `woorden`", start=1),
    )
    text = render(ExportDocument("D", (ExportArticle(title, "leeslamp://article/a", notes=notes),)))
    article = read_text(text, markdown=True)
    said = [(b.kind, b.level, article.text[b.start : b.end]) for b in article.blocks]
    assert article.title == "D"
    headings = [words for kind, level, words in said if kind is BlockKind.HEADING and level == 2]
    assert headings == ([" ".join(title.split())] if title.split() else [])
    quoted = " ".join(words for kind, _level, words in said if kind is BlockKind.QUOTE)
    assert quoted.split() == ["eerste", *quote.split()]
    links = [inline.target for inline in article.inlines if inline.target.startswith("leeslamp:")]
    assert links == [f"leeslamp://article/a{end}" for end in ("", "?a=1", "?a=2")]
    assert article.tags == tuple(sorted({tag(name)[1:] for name in tags if tag(name)}))


@given(text=st.text())
def test_yaml_text_is_one_line_that_json_reads_back(text: str) -> None:
    written = yaml_text(text)
    assert written.splitlines() == [written]
    assert json.loads(written) == text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("AI & energie", "#AI-energie"), ("2025", "#_2025"), ("#al goed", "#al-goed"), ("a/b", "#a/b"),
        ("??", ""), ("coöperatie", "#coöperatie"), ("2025/03", "#_2025/03"), ("x_y-z", "#x_y-z"),
    ],
)  # fmt: skip
def test_tags_are_what_obsidian_takes(name: str, safe: str) -> None:
    assert tag(name) == safe
    assert safe == "" or re.fullmatch(r"#[\w/-]*[^\W\d][\w/-]*", safe)


@pytest.mark.parametrize("note", ["```\ncode", "<!-- weg", "tekst %% weg", "~~~~\nx\n~~~~\n~~~\ny"])
def test_a_note_that_leaves_something_open_swallows_nothing(note: str) -> None:
    notes = (ExportNote("l", "een", note, start=1), ExportNote("l", "twee", start=2))
    text = render(ExportDocument("D", (ExportArticle("A", "l", notes=notes),)))
    assert "\n> twee\n" in text
    article = read_text(text, markdown=True)
    assert "twee" in [article.text[b.start : b.end] for b in article.blocks if b.kind is BlockKind.QUOTE]


def test_actors_and_amounts_of_the_quote_come_along() -> None:
    text = "Beljaarts wil 70 miljoen euro. Brouwer wil 80 miljoen."

    def mention(words: str, kind: MentionKind, actor: str | None = None, value: int | None = None) -> Mention:
        start = text.index(words)
        amount = None if value is None else Amount(Decimal(value), unit="EUR")
        return Mention(start, start + len(words), words, kind, actor=actor, amount=amount)

    mentions = [
        mention("Beljaarts", MentionKind.PERSON, "Dirk Beljaarts"),
        mention("70 miljoen euro", MentionKind.MONEY, value=70_000_000),
        mention("Brouwer", MentionKind.PERSON, "Ymke Brouwer"),
        mention("80 miljoen", MentionKind.NUMBER, value=80_000_000),
    ]
    article = Article(
        ARTICLE,
        1,
        "Titel",
        "2025-01",
        "nl",
        None,
        None,
        None,
        None,
        False,
        "",
        None,
        False,
        None,
        0,
        9,
        2,
        2,
        2,
    )
    annotations = [
        Annotation(note_id(1), ARTICLE, TextQuote(text[:29]), 0, 29),
        Annotation(note_id(2), ARTICLE, TextQuote("weg"), None, None),
    ]
    first, second = export_article(article, annotations, mentions).notes
    assert first.actors == ("Dirk Beljaarts",)
    assert [(words, amount.value) for words, amount in first.amounts] == [("70 miljoen euro", 70_000_000)]
    assert first.link == f"leeslamp://article/{ARTICLE}?a={note_id(1)}"
    assert (second.quote, second.actors, second.start) == ("weg", (), None)


if __name__ == "__main__":
    GOLDEN.write_text(render(document()), encoding="utf-8")
