"""A folder of articles in every kind of file that can be read, as people have them; some are damaged.

    python tests/speed/mixed_files.py FOLDER [--files 10000] [--seed 1]

The paragraphs are those of `packaging/model/corpus` (news in four languages, written for this project), drawn
anew for each article, with other figures. Of a hundred files 30 are plain text, 8 Markdown, 28 web pages in
twelve layouts, 10 PDF, 6 DOCX, 3 ODT, 4 RTF, 2 EPUB of three articles, 5 mails; the other four are mailboxes,
tables, downloads of Nexis, archives, and files that are cut off, empty, or not what their name says.
"""

from __future__ import annotations

import argparse
import email.message
import io
import json
import random
import re
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
_CORPUS = ROOT / "packaging" / "model" / "corpus"
_LANGUAGES = {"english": "en", "french": "fr", "german": "de"}
_LABEL = re.compile(r"\[\[([^|\]]+)\|[^\]]*\]\]")


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up article."""

    title: str
    day: str
    author: str
    paragraphs: tuple[str, ...]
    lang: str

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


class Writer:
    """Draws articles and puts them into files, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.titles, self.paragraphs = read_corpus()

    def article(self) -> Made:
        chance = self.chance
        lang = chance.choices(("nl", "en", "fr", "de"), (70, 12, 8, 10))[0]
        day = f"{chance.randint(2015, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        author = f"{chance.choice(('Anna', 'Bram', 'Carla', 'Dirk'))} {chance.choice(('Smit', 'Vos', 'Mol'))}"
        drawn = chance.sample(self.paragraphs[lang], chance.choice((4, 6, 8, 12, 20)))
        return Made(self.altered(chance.choice(self.titles[lang])), day, author,
                    tuple(map(self.altered, drawn)), lang)  # fmt: skip

    def altered(self, text: str) -> str:
        """Return the text with other figures, years left as they are."""
        return re.sub(r"(?<![\d.,])\d{1,3}(?![\d])", lambda _: str(self.chance.randint(2, 999)), text)

    def some(self, count: int) -> list[Made]:
        return [self.article() for _ in range(count)]


def read_corpus() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return headlines and paragraphs by language, without their labels."""
    titles: dict[str, list[str]] = {}
    paragraphs: dict[str, list[str]] = {}
    for file in [*_CORPUS.glob("*.txt"), *(_CORPUS / "training").glob("*.txt")]:
        lang = next((code for name, code in _LANGUAGES.items() if name in file.stem), "nl")
        for one in re.split(r"(?m)^---$", file.read_text(encoding="utf-8")):
            lines = [line for line in one.splitlines() if line.strip() and line[0] not in "#@"]
            lines = [_LABEL.sub(r"\1", line).strip() for line in lines]
            titles.setdefault(lang, []).extend(lines[:1])
            paragraphs.setdefault(lang, []).extend(line for line in lines[1:] if len(line) > 60)
    return titles, paragraphs


def plain(w: Writer) -> bytes:
    made = w.article()
    return f"date {made.day[:7]} {made.title}\n\n{made.text}\n".encode()


def markdown(w: Writer) -> bytes:
    made = w.article()
    title = json.dumps(made.title, ensure_ascii=False)
    head = f"---\ntitle: {title}\ndate: {made.day}\nauthor: {made.author}\n---\n\n"
    return (head + f"# {made.title}\n\n{made.text}\n").encode()


def web_page(w: Writer) -> bytes:
    from tests.quality.page_layouts import LAYOUTS, Article

    made = w.article()
    layout = w.chance.choice(list(LAYOUTS.values()))
    article = Article(made.title, made.day, list(made.paragraphs), "De Veenpost", made.author, w.chance)
    return (layout(article) + "</body></html>").encode()


def pdf(w: Writer) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    made, out, styles = w.article(), io.BytesIO(), getSampleStyleSheet()
    pieces = [Paragraph(escape(made.title), styles["Title"]), Paragraph(made.day, styles["Normal"])]
    pieces += [Paragraph(escape(text), styles["BodyText"]) for text in made.paragraphs]
    SimpleDocTemplate(out, title=made.title, author=made.author).build(pieces)
    return out.getvalue()


def docx(w: Writer) -> bytes:
    import docx as word

    made, out = w.article(), io.BytesIO()
    document = word.Document()
    document.core_properties.title, document.core_properties.author = made.title, made.author
    document.add_heading(made.title, 0)
    for text in made.paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def odt(w: Writer) -> bytes:
    made = w.article()
    spaces = " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text")
    )
    body = "".join(f"<text:p>{escape(text)}</text:p>" for text in made.paragraphs)
    content = (
        f"<office:document-content {spaces}><office:body><office:text>"
        f'<text:h text:outline-level="1">{escape(made.title)}</text:h>{body}'
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def rtf(w: Writer) -> bytes:
    made = w.article()
    coded = [
        "".join(char if ord(char) < 128 else f"\\u{ord(char)}?" for char in text if char not in "{}\\")
        for text in (made.title, *made.paragraphs)
    ]
    return ("{\\rtf1\\ansi\\uc1 " + "\\par\n".join(coded) + "\\par}").encode("ascii")


def epub(w: Writer) -> bytes:
    some = w.some(3)
    pages = {
        f"a{n}.xhtml": (
            f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{escape(made.title)}</title></head><body>'
            f"<h1>{escape(made.title)}</h1>{''.join(f'<p>{escape(text)}</p>' for text in made.paragraphs)}"
            "</body></html>"
        ).encode()
        for n, made in enumerate(some)
    }
    kind = 'media-type="application/xhtml+xml"'
    items = "".join(f'<item id="a{n}" href="a{n}.xhtml" {kind}/>' for n in range(3))
    spine = "".join(f'<itemref idref="a{n}"/>' for n in range(3))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Bundel</dc:title>'
        f"<dc:date>{some[0].day}</dc:date></metadata><manifest>{items}</manifest>"
        f"<spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
        '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    head = {"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()}
    return zipped({**head, "b.opf": package.encode(), **pages})


def mail(w: Writer) -> bytes:
    made = w.article()
    message = email.message.EmailMessage()
    message["From"] = f"{made.author} <brief@example.org>"
    message["Subject"], message["Date"] = made.title, f"{made.day[8:]} Mar {made.day[:4]} 08:00:00 +0100"
    message.set_content(made.text)
    message.add_alternative("".join(f"<p>{escape(text)}</p>" for text in made.paragraphs), subtype="html")
    return message.as_bytes()


def mailbox(w: Writer) -> bytes:
    return b"".join(b"From brief Sat Mar  1 08:00:00 2025\n" + mail(w) + b"\n" for _ in range(20))


def lines(w: Writer) -> bytes:
    records = [{"title": m.title, "text": m.text, "date": m.day, "author": m.author} for m in w.some(20)]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def workbook(w: Writer) -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["titel", "datum", "tekst"])
    for made in w.some(20):
        sheet.append([made.title, made.day, made.text])
    book.save(out)
    return out.getvalue()


def nexis(w: Writer) -> bytes:
    some = w.some(8)
    parts = [
        f"{number} of {len(some)} DOCUMENTS\n\nDe Veenpost\n\n{made.day}\n\n{made.title}\n\n"
        f"BYLINE: {made.author}\n\nSECTION: Binnenland; Blz. 3\n\n"
        f"LENGTH: {len(made.text.split())} woorden\n\n"
        f"{made.text}\n\nLOAD-DATE: {made.day}\n\nLANGUAGE: DUTCH; NEDERLANDS\n\n"
        for number, made in enumerate(some, 1)
    ]
    return "\n\n\n".join(parts).encode()


def archive(w: Writer) -> bytes:
    kinds = {"een.txt": plain, "map/twee.html": web_page, "map/drie.docx": docx, "vier.pdf": pdf}
    return zipped({name: make(w) for name, make in kinds.items()})


def half(w: Writer) -> bytes:
    data = docx(w)
    return data[: len(data) // 2]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


#: suffix, how it is made, how many of a thousand
KINDS: tuple[tuple[str, Callable[[Writer], bytes], int], ...] = (
    (".txt", plain, 300), (".md", markdown, 80), (".html", web_page, 280), (".pdf", pdf, 100),
    (".docx", docx, 60), (".odt", odt, 30), (".rtf", rtf, 40), (".epub", epub, 20), (".eml", mail, 50),
    (".mbox", mailbox, 2), (".jsonl", lines, 3), (".xlsx", workbook, 3), (".txt", nexis, 6),
    (".zip", archive, 6), (".docx", half, 8), (".txt", lambda _: b"", 4), (".pdf", web_page, 4),
    (".html", pdf, 2), (".epub", lambda w: w.chance.randbytes(3000), 2),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    writer = Writer(options.seed)
    counts = [share for _suffix, _make, share in KINDS]
    for number in range(options.files):
        suffix, make, _share = writer.chance.choices(KINDS, counts)[0]
        folder = options.folder / f"map {number // 500}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{number:05}{suffix}").write_bytes(make(writer))


if __name__ == "__main__":
    main()
