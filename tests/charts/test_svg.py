"""Pictures as SVG: whole XML whatever the names are, text as text, nothing from elsewhere."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from desktop.charts.svg import FONTS, Svg, width_of

NS = "{http://www.w3.org/2000/svg}"


@given(st.text(max_size=30))
def test_any_name_is_whole_xml(name: str) -> None:
    picture = Svg(100, 50, name, "#ffffff")
    picture.line(0, 0, 10, 10, 2, "#000000", name)
    picture.polygon([(0, 0), (5, 5), (0, 5)], "#123456", name, edge=3)
    picture.circle(5, 5, 2.25, "#123456", name)
    picture.text(5, 6, name, 12, "#000000", bold=True)
    picture.label(5, 6, name, 12, "#000000", "#ffffff")
    document = picture.document()
    read = ET.fromstring(document.encode())
    assert read.get("viewBox") == "0 0 100 50"
    told = "".join(c for c in name if c >= " " or c in "\t\n").replace("\ufffe", "").replace("\uffff", "")
    assert (read.find(f"{NS}text").text or "") == told


def test_fonts_are_generic_and_nothing_is_fetched() -> None:
    picture = Svg(10, 10, "Titel", "#ffffff")
    picture.text(1, 2, "ASML & Nvidia", 12, "#000000")
    document = picture.document()
    assert "sans-serif" in FONTS
    assert "ASML &amp; Nvidia</text>" in document
    assert document.count("http") == 1  # the name of SVG itself
    assert ET.fromstring(document.encode()).find(f"{NS}title").text == "Titel"


def test_widths_grow_with_the_letters() -> None:
    assert width_of("mm", 12) > width_of("ii", 12)
    assert width_of("abc", 24) == 2 * width_of("abc", 12)
    assert width_of("", 12) == 0
