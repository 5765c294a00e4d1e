"""Hostile and damaged input, for every importer: articles or one clear Problem, in time."""

from __future__ import annotations

import gzip
import io
import random
import re
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.importers import IMPORTERS, needs_worker, package, read_file
from desktop.importers.base import Articles
from desktop.workers import Workers
from tests.importers.damage import SAMPLES, SECONDS, mutant, mutant_inside, read_or_problem, samples

FOLDERS = [*(importer.name for importer in IMPORTERS), "nexis"]
MUTANTS = 24  #: of each sample; all of `--all` make more


@pytest.mark.parametrize("folder", FOLDERS)
def test_r41_damaged_samples_end_in_articles_or_a_problem(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("PATH", "")  # no character recognition: another program, and slow
    count = MUTANTS * 40 if request.config.getoption("--all") else MUTANTS
    for sample in samples(folder):
        data = sample.read_bytes()
        for number in range(max(4, count // len(samples(folder)))):
            chance = random.Random(f"{sample.name} {number}")
            inside = number % 2 and zipfile.is_zipfile(sample)
            path = tmp_path / f"{number}{sample.suffix}"
            path.write_bytes(mutant_inside(data, chance) if inside else mutant(data, chance))
            read_or_problem(path)


@pytest.mark.parametrize("folder", FOLDERS)
def test_r31_names_may_lie(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sample under the name of every other format."""
    monkeypatch.setenv("PATH", "")
    for sample in samples(folder)[:2]:
        for importer in IMPORTERS:
            path = tmp_path / ("lie" + importer.suffixes[0])
            path.write_bytes(sample.read_bytes())
            read_or_problem(path)


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("pdf/libreoffice.pdf", "brief.docx"),
        ("docx/pandoc.docx", "brief.zip"),
        ("rtf/pandoc.rtf", "brief.doc"),
        ("odt/pandoc.odt", "brief.txt"),
        ("epub/book.epub", "boek.zip"),
        ("web_page/news-page.html", "pagina.docx"),
        ("mail/letter.eml", "brief.html"),
        ("archive/folder.tar.gz", "map.zip"),
    ],
)
def test_a_file_is_what_it_holds(sample: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes((SAMPLES / sample).read_bytes())
    assert needs_worker(path)
    texts = [article.text for article in read_file(path)]
    assert texts == [article.text for article in read_file(SAMPLES / sample)]


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return path


def kind_of(path: Path) -> tuple[ProblemKind, str]:
    with pytest.raises(Problem) as caught:
        read_file(path)
    assert caught.value.path.startswith(str(path))
    return caught.value.kind, caught.value.detail


@pytest.fixture
def _low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 20 MB be too much, so that bombs are quickly made."""
    monkeypatch.setattr(package, "UNPACKED_MEGABYTES", 20)


@pytest.mark.usefixtures("_low_limit")
def test_a_zip_bomb_is_too_large(tmp_path: Path) -> None:
    bomb = zipped(tmp_path / "bomb.zip", **{f"{n}.txt": bytes(11 * 1024 * 1024) for n in range(2)})
    assert bomb.stat().st_size < 1024 * 1024
    begin = time.process_time()
    assert kind_of(bomb)[0] is ProblemKind.TOO_LARGE
    assert time.process_time() - begin < SECONDS


@pytest.mark.usefixtures("_low_limit")
@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".xlsx"])
def test_a_bomb_in_a_document_is_too_large(suffix: str, tmp_path: Path) -> None:
    types = {".docx": "word__document.xml", ".xlsx": "xl__workbook.xml", ".odt": "content.xml"}
    name = types.get(suffix, "META-INF__container.xml")
    big = {f"{n}.bin": bytes(11 * 1024 * 1024) for n in range(2)}
    path = zipped(tmp_path / ("bomb" + suffix), **{"[Content_Types].xml": b"<a/>", name: b"<a/>"}, **big)
    assert kind_of(path)[0] is ProblemKind.TOO_LARGE


def test_a_lying_size_is_found_out(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lie.zip", **{"a.txt": b"tekst " * 100_000})
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x01\x02") + 24
    data[place : place + 4] = (50).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    outcome = read_or_problem(path)
    assert isinstance(outcome, Problem) or len(outcome[0].text) <= 100


def test_a_gzip_bomb_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "bomb.tar.gz"
    info = tarfile.TarInfo("groot.bin")
    info.size = 2**40
    path.write_bytes(gzip.compress(info.tobuf() + bytes(10_000)))
    assert kind_of(path)[0] is ProblemKind.TOO_LARGE


def test_one_file_that_was_compressed_is_read(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt.gz"
    path.write_bytes(gzip.compress(b"date 2025-01 Kop\n\nEen zin."))
    (article,) = read_file(path)
    assert (article.title, article.path) == ("Kop", f"{path}#artikel.txt")


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = b"date 2025 Kop\n\nTekst."
    for depth in range(6):
        name = "a.txt" if depth == 0 else "a.zip"
        data = zipped(tmp_path / "nested.zip", **{name: data}).read_bytes()
    assert kind_of(tmp_path / "nested.zip")[0] is ProblemKind.TOO_LARGE


def test_names_in_archives_lead_nowhere(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    path = work / "a.zip"
    names = [
        "../../boven.txt",
        "/etc/boven.txt",
        "C:\\boven.txt",
        "con.txt",
        "x" * 300 + ".txt",
        "a\n\tb.txt",
    ]
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, f"date 2025 Kop\n\nDit is {len(name)}.")
    before = set(tmp_path.rglob("*"))
    articles = read_file(path)
    assert len(articles) == len(names)
    assert len({article.path for article in articles}) == len(names)
    assert set(tmp_path.rglob("*")) == before


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]>"
)
SECRET = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
OFFICE = b" ".join(
    b'xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (name, name) for name in (b"office", b"text")
)


@pytest.mark.parametrize(("head", "entity"), [(LAUGHS, b"&m;"), (SECRET, b"&a;")], ids=["laughs", "file"])
def test_entities_are_not_followed(head: bytes, entity: bytes, tmp_path: Path) -> None:
    body = b"<office:text><text:p>Voor" + entity + b" en na.</text:p></office:text>"
    content = head + b"<office:document-content %s><office:body>%s</office:body></office:document-content>"
    path = zipped(tmp_path / "a.odt", **{"content.xml": content % (OFFICE, body)})
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    outcome = read_or_problem(path)
    if not isinstance(outcome, Problem):
        assert len(outcome[0].text) < 200
        hostname = Path("/etc/hostname")
        assert not hostname.exists() or hostname.read_text().strip() not in outcome[0].text


#: name -> what the file holds
LONG_AND_DEEP = {
    "a.html": b"<div>" * 20_000 + b"x",
    "b.html": b"<p>" + b"<b><i>" * 10_000 + b"x",
    "c.html": b"<table><tr><td>" * 5_000 + b"x",
    "d.html": b"<p>x" * 10_000,
    "e.html": b"<a href='" + b"x" * 600_000,
    "f.html": b"<!--" * 20_000 + b"x",
    "g.html": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>Tekst.</p>",
    "a.rtf": b"{\\rtf1 " + b"{" * 100_000,
    "b.rtf": b"{\\rtf1 " + b"\\u233?" * 40_000 + b"}",
    "c.rtf": b"{\\rtf1 " + b"a" * 1_000_000 + b"}",
    "d.rtf": b"{\\rtf1 \\bin99999999999 x}",
    "a.csv": b'tekst;titel\n"' + b"x" * 2_000_000,
    "b.csv": b";" * 1_000_000,
    "a.jsonl": b'{"text": ' + b"[" * 100_000 + b"\n",
    "b.jsonl": b'{"text": "' + b"x" * 1_000_000 + b'"}',
    "a.eml": b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nx",
    "b.eml": b"From: a\nMIME-Version: 1.0\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)),
    "c.eml": b"From: " + b"(" * 50_000 + b"\nSubject: x\n\ny",
    "a.mbox": b"From x Mon Sep  1 10:00:00 2025\n\n" * 2_000,
    "a.txt": b"1 of 2 DOCUMENTS\nLENGTH: 3 words\n" * 5_000,
    "a.pdf": b"%PDF-1.7\n" + b"1 0 obj\n<<" * 20_000,
}


@pytest.mark.parametrize(
    "suffixes", [(".html",), (".rtf", ".csv", ".jsonl"), (".eml", ".mbox", ".txt", ".pdf")]
)
def test_deep_and_long_input_is_bounded(suffixes: tuple[str, ...], tmp_path: Path) -> None:
    """In a worker with little memory, as the program reads it; in time even on a busy machine."""
    with Workers(1) as workers:
        for name, data in LONG_AND_DEEP.items():
            path = tmp_path / name
            if path.suffix not in suffixes:
                continue
            path.write_bytes(data)
            try:
                workers.run(read_file, path, seconds=60, megabytes=700, about=path)
            except Problem as problem:
                assert problem.kind not in (ProblemKind.TOO_SLOW, ProblemKind.CRASHED)
                assert problem.path == str(path)


def test_a_title_that_is_cut_short_ends_in_a_word(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"titel;tekst\n{'woon ' * 200};Een zin over de gemeente.\n", encoding="utf-8")
    outcome = read_or_problem(path)
    assert isinstance(outcome, Articles)
    assert outcome[0].title.endswith(" woon")


def test_a_row_that_says_a_number_too_high_is_refused_soon(tmp_path: Path) -> None:
    sample = (SAMPLES / "table" / "two-sheets.xlsx").read_bytes()
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(io.BytesIO(sample)) as whole, zipfile.ZipFile(path, "w") as changed:
        for info in whole.infolist():
            content = whole.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<row r="3"', b'<row r="99999999999"')
                assert b"99999999999" in content
            changed.writestr(info.filename, content)
    begin = time.process_time()
    assert kind_of(path)[0] is ProblemKind.TOO_LARGE
    assert time.process_time() - begin < SECONDS


LOCKED = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData
xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData>
<CipherReference URI="a.xhtml"/></CipherData></EncryptedData>
</encryption>"""


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("a.odt", {"content.xml": b"\x01\x02", "META-INF__manifest.xml": b"<m><encryption-data/></m>"}),
        ("a.epub", {"META-INF__container.xml": b"<c/>", "META-INF__encryption.xml": LOCKED}),
        ("a.docx", None),
        ("a.xlsx", None),
    ],
)
def test_what_a_password_protects_is_said_to_be(
    name: str, members: dict[str, bytes] | None, tmp_path: Path
) -> None:
    path = tmp_path / name
    if members is None:  # as office programs wrap what they encrypt
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    else:
        zipped(path, **members)
    assert kind_of(path)[0] is ProblemKind.ENCRYPTED


def test_members_with_a_password_cost_themselves(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"open.txt": b"date 2025 Kop\n\nTekst.", "dicht.txt": b"geheim"})
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.rfind(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    read = read_file(path)
    assert [article.title for article in read] == ["Kop"]
    assert [problem.kind for problem in read.problems] == [ProblemKind.ENCRYPTED]


def test_old_word_files_are_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "oud.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    assert kind_of(path) == (ProblemKind.UNKNOWN_FORMAT, "Word 97-2003")


def test_r40_one_bad_file_in_an_archive_costs_itself(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        **{
            "goed.txt": b"date 2025 Kop\n\nTekst.",
            "stuk.pdf": b"%PDF-1.7",
            "leeg.html": b"",
            "half.docx": b"PK\x03\x04",
        },
    )
    read = read_file(path)
    assert [article.title for article in read] == ["Kop"]
    assert sorted(re.sub(r".*#", "", problem.path) for problem in read.problems) == [
        "half.docx", "leeg.html", "stuk.pdf",
    ]  # fmt: skip
