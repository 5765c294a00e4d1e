"""The page that stands before an exported library: all articles, found without Leeslamp, offline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from desktop.exporters.base import written
from desktop.exporters.web_page import STYLE, head, text_of
from desktop.i18n import _, format_date, n_

_SHOWN = 300  # articles in the list at once

_STYLE = """
body{max-width:56rem}input{font:1rem system-ui,sans-serif;width:100%;padding:.5em .7em;box-sizing:border-box;
background:transparent;color:inherit;border:1px solid var(--dim);border-radius:.4em}
#found li{margin:.5em 0}#found small{font:.8rem system-ui,sans-serif;color:var(--dim)}
ul.files li{margin:.2em 0}
"""

#: Words are folded on both sides: case and accents do not matter.
_SCRIPT = """
const all=window.leeslamp||[],field=document.getElementById('q'),list=document.getElementById('found');
const told=document.getElementById('count'),most=%d,words=%s;
const fold=t=>t.normalize('NFKD').replace(/[\\u0300-\\u036f]/g,'').toLowerCase();
const folded=all.map(a=>fold(a.slice(1).join(' ')));
function show(){const asked=fold(field.value).split(/\\s+/).filter(Boolean);list.textContent='';let n=0;
all.forEach((a,i)=>{if(!asked.every(w=>folded[i].includes(w)))return;n++;if(n>most)return;
const li=document.createElement('li'),link=document.createElement('a'),small=document.createElement('small');
link.href=a[0];link.textContent=a[1];small.textContent=' '+[a[2],a[3],a[4]].filter(Boolean).join(' \\u00b7 ');
li.append(link,small);list.append(li)});told.textContent=words.replace('{n}',n);}
field.addEventListener('input',show);show();
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list. file: where it is, from the page; text: what is searched beside the rest."""

    file: str
    title: str
    published: str | None = None
    source: str | None = None
    author: str | None = None
    text: str = ""


def write_entries(entries: Iterable[Entry], file: BinaryIO) -> int:
    """Write what the page searches, a file of its own beside it; return how many articles there are."""
    count = 0
    file.write(b"window.leeslamp=[\n")
    for entry in entries:
        said = format_date(entry.published, short=True)
        row = [entry.file, entry.title, said, entry.source or "", entry.author or "", entry.text]
        # "</" would end the script where the file is put into a page.
        line = json.dumps(row, ensure_ascii=False).replace("</", "<\\/")
        file.write(line.encode("utf-8", "replace") + b",\n")
        count += 1
    file.write(b"];\n")
    return count


def write_page(name: str, count: int, made_at: str, files: Iterable[tuple[str, str]], file: BinaryIO) -> None:
    """Write the page. files: (file, what it is) of what else there is to open."""
    written(_parts(name, count, made_at, files), file)


def _parts(name: str, count: int, made_at: str, files: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield head(name, STYLE + _STYLE, "style-src 'unsafe-inline'; script-src 'self' 'unsafe-inline' file:")
    yield f"<header><h1>{text_of(name)}</h1>\n"
    facts = (n_("{n} article", "{n} articles", count), format_date(made_at), _("exported from Leeslamp"))
    yield f'<p class="about">{text_of(" · ".join(facts))}</p></header>\n<main>\n'
    label = text_of(_("Search in titles, sources, authors and texts"))
    yield f'<p><input id="q" type="search" aria-label="{label}" placeholder="{label}" autofocus></p>\n'
    yield '<p class="about" id="count" role="status"></p>\n<ul id="found"></ul>\n'
    without = text_of(_("Without scripts: the articles are in the folder “articles”."))
    yield f"<noscript><p>{without}</p></noscript>\n"
    yield f'<h2>{text_of(_("Also in this folder"))}</h2>\n<ul class="files">\n'
    for path, what in files:
        yield f'<li><a href="{text_of(path)}">{text_of(path)}</a> — {text_of(what)}</li>\n'
    found = json.dumps(_("{n} found"), ensure_ascii=False)
    yield '</ul></main>\n<script src="search.js"></script>\n'
    yield f"<script>{_SCRIPT % (_SHOWN, found)}</script></body></html>\n"
