"""The parts of a Word document that are the same for all: what is in the file, and the styles."""

from __future__ import annotations

import re
from typing import Final
from xml.sax.saxutils import escape

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"

NAMESPACES: Final = (
    f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{_OFFICE}"'
)

CONTENT_TYPES: Final = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{_WORD}.comments+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)

ROOT_RELS: Final = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/></Relationships>'
)

DOCUMENT_RELS: Final = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/comments" Target="comments.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/footer" Target="footer1.xml"/></Relationships>'
)


def core(title: str, made_at: str) -> str:
    """Return the part that says what the document is called and when it was made (ISO date)."""
    day = made_at[:10]
    made = ""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        made = f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Leeslamp</dc:creator>{made}</cp:coreProperties>"
    )


def _style(identity: str, name: str, paragraph: str = "", run: str = "", based_on: str = "Normal") -> str:
    below = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    first = ' w:default="1"' if identity == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{identity}"><w:name w:val="{name}"/>{below}'
        f"<w:qFormat/>{f'<w:pPr>{paragraph}</w:pPr>' if paragraph else ''}"
        f"{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


def _heading(level: int, size: int, before: int) -> str:
    return _style(
        f"Heading{level}",
        f"heading {level}",
        f'<w:keepNext/><w:keepLines/><w:spacing w:before="{before}" w:after="100"/>'
        f'<w:outlineLvl w:val="{level - 1}"/>',
        f'<w:b/><w:sz w:val="{size}"/>',
    )


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


def styles(language: str) -> str:
    """Return the part with the styles; language: "nl" or "en"."""
    code = {"nl": "nl-NL", "en": "en-GB"}.get(language, language)
    small = '<w:color w:val="5F6470"/><w:sz w:val="18"/>'
    edge = '<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="DCD9D0"/></w:pBdr>'
    line = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return (
        f"<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman" w:eastAsia="MS Mincho"/>'
        f'<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{code}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault>"
        "</w:docDefaults>"
        + _style("Normal", "Normal", based_on="")
        + _style("Title", "Title", _spacing(0, 120), '<w:b/><w:sz w:val="40"/>')
        + "".join(_heading(*one) for one in ((1, 30, 480), (2, 25, 320), (3, 22, 240), (4, 22, 240)))
        + _style("BodyText", "Body Text")
        + _style("Quote", "Quote", f'{edge}{_spacing(160, 60)}<w:ind w:left="284"/>')
        + _style("ListBullet", "List Bullet", '<w:ind w:left="360" w:hanging="240"/>')
        + _style("About", "Article Details", "", small)
        + _style("Facts", "Note Details", f'{_spacing(0, 160)}<w:ind w:left="284"/>', small)
        + _style("Note", "Note Text", _spacing(0, 60), '<w:sz w:val="20"/>')
        + _style("Cell", "Table Text", _spacing(20, 20), '<w:sz w:val="18"/>')
        + _style("Footer", "footer", "", small)
        + '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>'
        '<w:color w:val="1A56B0"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Code"><w:name w:val="Code"/><w:rPr>'
        '<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
        + "".join(line.format(side=side) for side in sides)
        + "</w:tblBorders></w:tblPr></w:style></w:styles>"
    )
