"""Web pages: nothing is fetched, details from where pages keep them, lies about encodings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.importers.web_page import read_page

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    "<p>"
    + "</p><p>".join(f"Alinea {n} gaat over de brug, en die kost {n},5 miljoen euro." for n in range(1, 8))
    + "</p>"
)

GRAPH = """<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"],
"headline": "X", "datePublished": "2025-03-12"}]}</script>"""


def page(head: str = "", body: str = "", text: str = TEXT) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}<article>{text}</article></body></html>"


def test_no_code_that_could_reach_a_network_is_loaded() -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom desktop.importers import read_file\n"
        "read_file(Path('tests/samples/web_page/windows-1252.htm'))\n"
        "assert 'trafilatura' in sys.modules\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('urllib3', 'certifi', 'requests')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_importing_the_importers_loads_none_of_their_libraries() -> None:
    heavy = "lxml trafilatura nh3 pypdfium2 docx openpyxl tarfile"
    code = (
        f"import sys, desktop.importers; print([name for name in '{heavy}'.split() if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ('<meta property="article:published_time" content="2025-03-12T23:30:00+01:00">', "", "2025-03-12"),
        ('<meta name="date" content="12/03/2025">', "", "2025-03-12"),
        (GRAPH, "", "2025-03-12"),
        ("", '<h1>Kop</h1><time datetime="2025-03-12">gisteren</time>', "2025-03-12"),
        ("", "<h1>Kop</h1><p>Woensdag 12 maart 2025, 08.00 uur</p>", "2025-03-12"),
        ('<link rel="canonical" href="https://k.example/2025/03/12/kop">', "", "2025-03-12"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": </script>', "", None),
        ("", "<nav><time datetime='2024-01-01'>x</time></nav>", None),
    ],
)  # fmt: skip
def test_the_date(head: str, body: str, wanted: str | None) -> None:
    assert read_page(page(head, body), path="x.html").published == wanted


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        ("<title>De brug kost te veel | De Turfsteker</title>", "", "De brug kost te veel"),
        ("<title>De Turfsteker</title>", "<h1>De brug kost te veel</h1>", "De brug kost te veel"),
        ('<meta property="og:title" content="De brug &amp; de pont">', "<h1>Regio</h1>", "De brug & de pont"),
        ("<title>Kabinet - Raad: 3-0 - NRC</title>", "<h1>Kabinet - Raad: 3-0</h1>", "Kabinet - Raad: 3-0"),
    ],
)  # fmt: skip
def test_the_title(head: str, body: str, wanted: str) -> None:
    assert read_page(page(head, body), path="x.html").title == wanted


def test_links_that_are_no_links_have_no_target() -> None:
    links = "".join(f'<a href="{to}">x</a> ' for to in ("javascript:alert(1)", "/daar", "file:///etc/passwd"))
    text = f"{TEXT}<p>Klik {links}</p>"
    head = '<link rel="canonical" href="https://k.example/a/b">'
    article = read_page(page(head, text=text), path="x.html")
    assert [inline.target for inline in article.inlines] == ["", "https://k.example/daar", ""]


def test_a_language_of_ours_is_left_to_the_text() -> None:
    assert read_page('<html lang="en">' + TEXT, path="x.html").lang is None
    assert read_page('<html lang="es-ES">' + TEXT, path="x.html").lang == "es"


def test_characters_that_xml_does_not_know_are_left_out() -> None:
    article = read_page(
        "<body><p>Een&#1; zin</p><form>weg</form>en &#2;meer&#xFFFF;.</body>" + TEXT, path="x.html"
    )
    assert "Een zin" in article.text
    assert "\x02" not in article.text
