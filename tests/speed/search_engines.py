"""The engines that are compared, each behind the same few methods.

All index the title and the text (which has the title) of every article as words of `\\w+` in lower case, and
return the best twenty. The articles themselves lie in SQLite for all of them, before the clock starts.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from search_corpus import WORD, Article, Question

TOP = 20
_LETTERS = "abcdefghijklmnopqrstuvwxyzéëï"


def one_edit(word: str, keep: int = 1) -> set[str]:
    """Return every spelling that differs in one letter, behind the first `keep`."""
    found = {word}
    for at in range(keep, len(word) + 1):
        before, behind = word[:at], word[at:]
        found.update(before + letter + behind for letter in _LETTERS)
        if behind:
            found.add(before + behind[1:])
            found.update(before + letter + behind[1:] for letter in _LETTERS)
        if len(behind) > 1:
            found.add(before + behind[1] + behind[0] + behind[2:])
    return found


class Engine:
    """An engine. library: the SQLite file with the articles; folder: its own."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder = folder
        self.library = sqlite3.connect(library)

    def start(self) -> None:
        """Begin an index."""

    def add(self, articles: Sequence[Article]) -> None:
        """Add articles and let them be found."""

    def finish(self) -> None:
        """Do what is done when nothing more comes."""

    def open(self) -> None:
        """Open what was indexed before."""

    def ask(self, kind: str, question: Question) -> list[Any]:
        """Answer: the rows of the best, or counted labels."""
        raise NotImplementedError

    def total(self, kind: str, question: Question) -> int | None:
        """Return how many articles a question finds (not timed)."""
        return None

    def texts(self, rows: Sequence[int]) -> dict[int, str]:
        """Read texts."""
        marks = ",".join("?" * len(rows))
        return dict(self.library.execute(f"select id, text from article where id in ({marks})", rows))


class Ours(Engine):
    """Leeslamp's index, by the words of the benchmark."""

    own_words = False

    def _open(self) -> None:
        from desktop.search.analysis import Analysis, Forms
        from desktop.search.index import ANALYSIS, Index
        from desktop.search.tree import How

        class Plain(Analysis):
            def surfaces(self, text: str) -> list[str]:
                return WORD.findall(text.lower())

            def _text_forms(self, word: str, lang: str | None) -> Forms:
                return Forms(word, ())

            def query_forms(self, word: str) -> Forms:
                return Forms(word, ())

        self.analysis = ANALYSIS if self.own_words else Plain({})
        self.index = Index.open(self.folder, key=b"benchmark", analysis=self.analysis)
        self.word = How.WORD if self.own_words else How.EXACT

    def start(self) -> None:
        self._open()
        self.index.reset(followed=0)

    def add(self, articles: Sequence[Article]) -> None:
        from desktop.search.index import IndexDocument

        lang = "nl" if self.own_words else None
        self.index.update(IndexDocument(one.row, one.title, one.text, lang) for one in articles)

    def finish(self) -> None:
        while self.index.merge():
            pass
        self.index.note(complete=True)

    def open(self) -> None:
        self._open()
        self._columns: dict[str, Any] = {}

    def _column(self, name: str) -> Any:
        """Return what the library knows of all articles, loaded at first use."""
        from desktop.search.attributes import Labels, Numbers

        if name not in self._columns:
            if name == "actor":
                self._columns[name] = Labels(self.library.execute("select id, name from link"))
            else:
                asked = f"select id, {name} from article where {name} is not null"
                self._columns[name] = Numbers(self.library.execute(asked))
        return self._columns[name]

    def _find(self, kind: str, question: Question) -> Any:
        import numpy as np

        from desktop.search.tree import And, How, Node, Or, Text

        asked = question["t"]
        words = [asked] if isinstance(asked, str) else asked
        tree: Node
        if kind == "phrase":
            tree = Text(" ".join(words), How.PHRASE if self.own_words else How.EXACT)
        elif kind == "prefix":
            tree = Text(asked, How.PREFIX)
        elif kind == "fuzzy":
            tree = Text(asked, How.FUZZY, 1)
        elif len(words) == 1:
            tree = Text(asked, self.word)
        else:
            tree = (Or if kind == "or3" else And)(tuple(Text(word, self.word) for word in words))
        allow = None
        if kind == "actor":
            found = self.library.execute(
                "select id from link where name = ?", (question["actor"],)
            ).fetchall()
            allow = np.array(found, np.int64).ravel()
        elif kind in ("amount", "date"):
            column = "amount" if kind == "amount" else "day"
            allow = self._column(column).between(question["low"], question["high"])
        limit, scored = (0, False) if kind == "facet" else (TOP, True)
        return self.index.search(tree, resolve=lambda _clause: (), limit=limit, scored=scored, allow=allow)

    def ask(self, kind: str, question: Question) -> list[Any]:
        found = self._find(kind, question)
        if kind == "facet":
            return list(self._column("actor").most_frequent(found.everything, TOP))
        rows = [row for row, _score in found.hits]
        if kind == "snippet":
            from desktop.search.snippets import snippet

            texts = self.texts(rows)
            sign = "{}" if self.own_words else '="{}"'
            words = [sign.format(word) for word in question["t"]]
            for row in rows:
                snippet(texts[row], None, words, self.analysis)
        return rows

    def total(self, kind: str, question: Question) -> int | None:
        return int(self._find(kind, question).total)


class Product(Ours):
    """Leeslamp's index as it is: exact forms and stems."""

    own_words = True

    def total(self, kind: str, question: Question) -> int | None:
        return None


class Whoosh(Engine):
    """Whoosh as it comes."""

    writer: Any

    def start(self) -> None:
        from whoosh import analysis, fields, index

        words = analysis.RegexTokenizer(r"\w+") | analysis.LowercaseFilter()
        schema = fields.Schema(
            id=fields.ID(stored=True, unique=True),
            title=fields.TEXT(analyzer=words),
            text=fields.TEXT(analyzer=words),
            actor=fields.KEYWORD(commas=True),
            amount=fields.NUMERIC(int, bits=64, sortable=True),
            day=fields.NUMERIC(int, sortable=True),
        )
        self.index = index.create_in(str(self.folder), schema)
        self.writer = None

    def add(self, articles: Sequence[Article]) -> None:
        if self.writer is None:
            self.writer = self.index.writer(limitmb=128)
        for one in articles:
            known: dict[str, Any] = {"amount": round(one.amount * 100)} if one.amount is not None else {}
            self.writer.add_document(
                id=str(one.row),
                title=one.title,
                text=one.text,
                actor=",".join(one.actors),
                day=one.day,
                **known,
            )

    def finish(self) -> None:
        self.writer.commit()
        self.writer = None

    def open(self) -> None:
        from whoosh import index

        self.index = index.open_dir(str(self.folder))
        self.searcher = self.index.searcher()
        self.writer = None

    def _query(self, kind: str, question: Question) -> Any:
        from whoosh import query

        asked = question["t"]
        term = lambda word: query.Term("text", word)  # noqa: E731
        if kind in ("and2", "snippet"):
            return query.And([term(word) for word in asked])
        if kind == "or3":
            return query.Or([term(word) for word in asked])
        if kind == "phrase":
            return query.Phrase("text", asked)
        if kind == "prefix":
            return query.Prefix("text", asked)
        if kind == "fuzzy":
            return query.FuzzyTerm("text", asked, maxdist=1, prefixlength=1)
        if kind == "actor":
            return query.And([term(asked), query.Term("actor", question["actor"])])
        if kind == "amount":
            low, high = int(question["low"] * 100), int(question["high"] * 100)
            return query.And([term(asked), query.NumericRange("amount", low, high)])
        if kind == "date":
            return query.And([term(asked), query.NumericRange("day", question["low"], question["high"])])
        return term(asked)

    def ask(self, kind: str, question: Question) -> list[Any]:
        asked = self._query(kind, question)
        if kind == "facet":
            from whoosh import sorting

            facet = sorting.FieldFacet("actor", allow_overlap=True, maptype=sorting.Count)
            groups = self.searcher.search(asked, limit=TOP, groupedby={"actor": facet}).groups("actor")
            groups.pop(None, None)
            return sorted(groups.items(), key=lambda one: (-one[1], one[0]))[:TOP]
        found = self.searcher.search(asked, limit=TOP)
        rows = [int(hit["id"]) for hit in found]
        if kind == "count":
            len(found)
        if kind == "snippet":
            from whoosh import highlight

            texts = self.texts(rows)
            words = self.index.schema["text"].analyzer
            for row in rows:
                highlight.highlight(
                    texts[row], frozenset(question["t"]), words, highlight.ContextFragmenter(),
                    highlight.HtmlFormatter(), top=2,
                )  # fmt: skip
        return rows

    def total(self, kind: str, question: Question) -> int | None:
        return len(self.searcher.search(self._query(kind, question), limit=1))


class Fts5(Engine):
    """SQLite's full-text search, in a copy of the library: it reads the texts there."""

    def __init__(self, folder: Path, library: Path) -> None:
        super().__init__(folder, library)
        if not (folder / "fts.db").exists():
            shutil.copy(library, folder / "fts.db")
        self.con = sqlite3.connect(folder / "fts.db", isolation_level=None)
        self.con.execute("pragma journal_mode=wal")
        self.con.execute("pragma synchronous=normal")

    def start(self) -> None:
        self.con.execute(
            "create virtual table fts using fts5(title, text, content='article', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 0')"
        )
        self.con.execute("create virtual table voc using fts5vocab(fts, row)")

    def add(self, articles: Sequence[Article]) -> None:
        self.con.execute("begin")
        self.con.executemany(
            "insert into fts(rowid, title, text) values(?,?,?)", [(a.row, a.title, a.text) for a in articles]
        )
        self.con.execute("commit")

    def finish(self) -> None:
        self.con.execute("pragma wal_checkpoint(truncate)").fetchall()

    def _match(self, kind: str, question: Question) -> str:
        asked = question["t"]
        words = [asked] if isinstance(asked, str) else asked
        if kind == "phrase":
            return f'text:"{" ".join(words)}"'
        if kind == "prefix":
            return f'text:"{asked}"*'
        if kind == "fuzzy":
            spellings = list(one_edit(asked))
            marks = ",".join("?" * len(spellings))
            words = [
                word
                for (word,) in self.con.execute(f"select term from voc where term in ({marks})", spellings)
            ]
        join = " OR " if kind in ("or3", "fuzzy") else " AND "
        return join.join(f'text:"{word}"' for word in words)

    def ask(self, kind: str, question: Question) -> list[Any]:
        match = self._match(kind, question)
        order = f"order by rank limit {TOP}"
        if kind == "facet":
            return self.con.execute(
                "select name, count(*) n from fts cross join link l on l.id = fts.rowid where fts match ? "
                f"group by name order by n desc, name limit {TOP}",
                (match,),
            ).fetchall()
        values: tuple[Any, ...] = (match,)
        join = where = ""
        if kind == "actor":
            join, values = "cross join link l on l.id = fts.rowid and l.name = ?", (question["actor"], match)
        elif kind in ("amount", "date"):
            column = "amount" if kind == "amount" else "day"
            join = "cross join article a on a.id = fts.rowid"
            where = f"and a.{column} between ? and ?"
            values = (match, question["low"], question["high"])
        shown = ", snippet(fts, 1, '<b>', '</b>', '…', 25)" if kind == "snippet" else ""
        asked = f"select fts.rowid{shown} from fts {join} where fts match ? {where} {order}"
        rows = [row for row, *_snippet in self.con.execute(asked, values)]
        if kind == "count":
            self.con.execute("select count(*) from fts where fts match ?", (match,)).fetchone()
        return rows

    def total(self, kind: str, question: Question) -> int | None:
        if kind in ("actor", "amount", "date"):
            return None
        match = self._match(kind, question)
        return int(self.con.execute("select count(*) from fts where fts match ?", (match,)).fetchone()[0])


class Tantivy(Engine):
    """tantivy, the library of full-text search in Rust."""

    def _schema(self) -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("id", stored=True, indexed=True, fast=True)
        builder.add_text_field("title", tokenizer_name="words")
        builder.add_text_field("text", stored=True, tokenizer_name="words")
        builder.add_text_field("actor", tokenizer_name="raw", index_option="basic", fast=True)
        builder.add_float_field("amount", indexed=True, fast=True)
        builder.add_integer_field("day", indexed=True, fast=True)
        return builder.build()

    def _words(self) -> None:
        import tantivy

        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
        self.index.register_tokenizer("words", words.build())

    def start(self) -> None:
        import tantivy

        self.index = tantivy.Index(self._schema(), path=str(self.folder))
        self._words()
        self.writer: Any = self.index.writer(128 << 20, 1)
        self.opened = False

    def add(self, articles: Sequence[Article]) -> None:
        import tantivy

        if self.writer is None:
            self.writer = self.index.writer(30 << 20, 1)
        for one in articles:
            made = tantivy.Document(title=one.title, text=one.text, actor=list(one.actors), day=one.day)
            made.add_unsigned("id", one.row)
            if one.amount is not None:
                made.add_float("amount", one.amount)
            self.writer.add_document(made)
        if self.opened:
            self.writer.commit()
            self.index.reload()
            self.searcher = self.index.searcher()

    def finish(self) -> None:
        self.writer.commit()
        self.writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(self.folder))
        self._words()
        self.index.reload()
        self.searcher = self.index.searcher()
        self.writer = None
        self.opened = True

    def _query(self, kind: str, question: Question) -> Any:
        from tantivy import FieldType, Occur, Query

        schema, asked = self.index.schema, question["t"]
        term = lambda word: Query.term_query(schema, "text", word)  # noqa: E731
        every = lambda *parts: Query.boolean_query([(Occur.Must, part) for part in parts])  # noqa: E731
        if kind in ("and2", "snippet"):
            return every(*map(term, asked))
        if kind == "or3":
            return Query.boolean_query([(Occur.Should, term(word)) for word in asked])
        if kind == "phrase":
            return Query.phrase_query(schema, "text", asked)
        if kind == "prefix":
            return Query.regex_query(schema, "text", re.escape(asked) + ".*")
        if kind == "fuzzy":
            return Query.fuzzy_term_query(schema, "text", asked, distance=1)
        if kind == "actor":
            return every(
                term(asked),
                Query.const_score_query(Query.term_query(schema, "actor", question["actor"]), 0.0),
            )
        if kind in ("amount", "date"):
            name, of = ("amount", FieldType.Float) if kind == "amount" else ("day", FieldType.Integer)
            within = Query.range_query(schema, name, of, question["low"], question["high"])
            return every(term(asked), Query.const_score_query(within, 0.0))
        return term(asked)

    def ask(self, kind: str, question: Question) -> list[Any]:
        asked = self._query(kind, question)
        if kind == "facet":
            found = self.searcher.aggregate(asked, {"actor": {"terms": {"field": "actor", "size": TOP}}})
            return [(one["key"], one["doc_count"]) for one in found["actor"]["buckets"]]
        found = self.searcher.search(asked, TOP, count=kind == "count")
        places = [place for _score, place in found.hits]
        rows = self.searcher.fast_field_values("id", places) if places else []
        if kind == "snippet":
            import tantivy

            maker = tantivy.SnippetGenerator.create(self.searcher, asked, self.index.schema, "text")
            for place in places:
                maker.snippet_from_doc(self.searcher.doc(place)).to_html()
        return [int(row) for row in rows]

    def total(self, kind: str, question: Question) -> int | None:
        return int(self.searcher.search(self._query(kind, question), 1, count=True).count)


ENGINES: dict[str, type[Engine]] = {
    "ours": Ours, "product": Product, "fts5": Fts5, "tantivy": Tantivy, "whoosh": Whoosh,
}  # fmt: skip
