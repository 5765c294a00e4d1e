"""The reader's own template for notes: Jinja2, shut in, within limits.

A template sees values and filters of its own (`VARIABLES`; `leeslamp export notes --variables`) and
nothing of the program: no attributes that begin with "_", no files, no way to use up the memory or to go on
for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Self

from desktop.errors import Problem, ProblemKind
from desktop.exporters import markdown
from desktop.exporters.base import ExportArticle, ExportDocument, ExportNote, printable
from desktop.exporters.evidence import citation, quote_text
from desktop.exporters.records import decimal_text
from desktop.i18n import _, format_amount, format_date

if TYPE_CHECKING:
    from jinja2 import Template as JinjaTemplate
    from jinja2.nodes import Template as Tree
    from jinja2.sandbox import ImmutableSandboxedEnvironment


def N_(text: str) -> str:  # noqa: N802 (gettext's own name for it)
    """Mark a text of a table for translation."""
    return text


_LONGEST_TEMPLATE: Final = 100_000  # characters
_LONGEST_VALUE: Final = 1_000_000  # characters that one expression may make
_LONGEST_OUTPUT: Final = 512_000_000  # characters of a file
_STEPS: Final = 5_000_000  # rounds of loops, beside those through articles and notes themselves

#: name, what it is: the list that the reader is shown
VARIABLES: Final = (
    ("title", N_("title of the document")),
    ("made", N_("day of the export, as 2025-03-12")),
    ("query", N_("what was searched for")),
    ("article_count", N_("how many articles")),
    ("note_count", N_("how many notes")),
    ("articles", N_("the articles, to go through once: for article in articles")),
    ("article.title", N_("title")),
    ("article.source", N_("newspaper or site")),
    ("article.date", N_("date, as 2025-03-12")),
    ("article.date_words", N_("date in words")),
    ("article.author", N_("author")),
    ("article.url", N_("address on the web")),
    ("article.link", N_("opens the article in Leeslamp")),
    ("article.language", N_("language, as nl")),
    ("article.tags", N_("tags")),
    ("article.citation", N_("author, title, source and date in one line")),
    ("article.text", N_("the text, when whole articles are exported")),
    ("article.notes", N_("the notes, in reading order: for note in article.notes")),
    ("note.quote", N_("the highlighted passage; empty for a note on the whole article")),
    ("note.note", N_("your note, in Markdown")),
    ("note.colour", N_("number of the colour, 1 to 5")),
    ("note.tags", N_("tags")),
    ("note.actors", N_("names of the actors in the passage")),
    ("note.amounts", N_("amounts in the passage, each with written, value, low, high, unit and words")),
    ("note.created", N_("day on which it was made")),
    ("note.modified", N_("day on which it was changed")),
    ("note.orphan", N_("true when the passage is no longer in the text")),
    ("note.link", N_("opens the article at this note")),
    ("note.citation", N_("the passage with its source, to paste into a report")),
)
FILTERS: Final = (
    ("escaped", N_("text that Markdown shows as it is")),
    ("quoted", N_("text as a quotation, > before each line")),
    ("tag", N_("tag as Obsidian writes it")),
    ("yaml", N_("text in quotes, for front matter")),
    ("date_words", N_("a date in words")),
)

EXAMPLE: Final = """\
---
title: {{ title|yaml }}
date: {{ made }}
---
{% for article in articles %}
# {{ article.title|escaped }}

{{ article.citation|escaped }}
{% for note in article.notes %}
{{ note.quote|quoted }}

{{ note.note }}
{% for amount in note.amounts %}
- {{ amount.written }}: {{ amount.words }}
{% endfor %}
[Leeslamp]({{ note.link }}) {% for name in note.tags %}{{ name|tag }} {% endfor %}

{% endfor %}
{% endfor %}
"""

_DENIED = frozenset(
    (
        "center",
        "ljust",
        "rjust",
        "zfill",
        "expandtabs",
        "format",
        "format_map",
        "replace",
        "translate",
        "join",
    )
)
_ALLOWED_FILTERS = (
    "abs capitalize count default d first float groupby int items last length list lower map max min reject"
    " rejectattr round select selectattr sort string sum title trim truncate unique upper wordcount"
).split()
#: What could be used to make a text twice as long again and again.
_DENIED_PARTS = (
    "AssignBlock",
    "Macro",
    "CallBlock",
    "FilterBlock",
    "Include",
    "Import",
    "FromImport",
    "Extends",
)


def example_text() -> str:
    """Return a template to begin with, which tells what may be used."""
    notes = [line for line in variable_lines() if line]
    told = "\n".join(notes[: len(VARIABLES) + len(FILTERS)])
    return f"{{#\n{told}\n#}}\n{EXAMPLE}"


def variable_lines() -> Iterator[str]:
    """Yield what a template may use, a line each."""
    width = max(len(name) for name, _words in VARIABLES) + 2
    for name, words in VARIABLES:
        yield f"{name:{width}}{_(words)}"
    yield ""
    for name, words in FILTERS:
        yield f"{'|' + name:{width}}{_(words)}"
    yield ""
    yield _("A template to begin with:")
    yield ""
    yield from EXAMPLE.splitlines()


class Compiled:
    """A template that is fit to be used."""

    def __init__(self, template: JinjaTemplate, budget: _Budget) -> None:
        self._template, self._budget = template, budget

    def parts(self, document: ExportDocument) -> Iterator[str]:
        """Yield the pieces of the file. Raises Problem TEMPLATE, with the line where it is known."""
        from jinja2 import TemplateError

        self._budget.begin()
        length = 0
        try:
            for piece in self._template.generate(**self._values(document)):
                length += len(piece)
                if length > _LONGEST_OUTPUT:
                    raise _TooMuch("output")
                yield printable(piece)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            raise _problem(error) from error

    def _values(self, document: ExportDocument) -> dict[str, Any]:
        totals = document.counted()
        return {
            "title": document.title,
            "made": document.made_at,
            "query": document.query or "",
            "article_count": totals.articles,
            "note_count": totals.notes,
            "articles": self._budget.freely(_article(one, self._budget) for one in document.articles),
        }


class _TooMuch(ValueError):
    """The template goes beyond a limit."""

    def __init__(self, what: str) -> None:
        super().__init__(_("the template makes too much ({what})").format(what=what))


class _Budget:
    """Counts the rounds of loops, so that none goes on for ever."""

    def __init__(self) -> None:
        self._left = 0

    def begin(self) -> None:
        self._left = _STEPS

    def spend(self, steps: int = 1) -> None:
        self._left -= steps
        if self._left < 0:
            raise _TooMuch("loops")

    def freely(self, values: Iterator[Any]) -> Iterator[Any]:
        """Pass values on; what is gone through only once needs no limit."""
        return values

    def list(self, values: Sequence[Any]) -> _Listed:
        return _Listed(values, self)

    def range(self, *bounds: int) -> range:
        """Take the place of `range`: each number counts."""
        numbers = range(*bounds)
        self.spend(min(len(numbers), _STEPS + 1) if numbers else 0)
        return numbers


class _Listed(tuple[Any, ...]):  # noqa: SLOT001 (a tuple cannot have slots)
    """A list of the template, whose rounds are counted from the second time on."""

    _budget: _Budget
    _used: bool

    def __new__(cls, values: Sequence[Any], budget: _Budget) -> Self:
        made = super().__new__(cls, values)
        made._budget, made._used = budget, False
        return made

    def __iter__(self) -> Iterator[Any]:
        if self._used:
            self._budget.spend(len(self) or 1)
        self._used = True
        return super().__iter__()


def _article(article: ExportArticle, budget: _Budget) -> dict[str, Any]:
    return {
        "title": article.title,
        "source": article.source or "",
        "date": article.published or "",
        "date_words": format_date(article.published),
        "author": article.author or "",
        "url": article.url or "",
        "link": article.link,
        "language": article.lang or "",
        "tags": budget.list(article.tags),
        "citation": citation(article),
        "text": article.whole.text if article.whole else "",
        "notes": budget.list([_note(article, note, budget) for note in article.in_reading_order()]),
    }


def _note(article: ExportArticle, note: ExportNote, budget: _Budget) -> dict[str, Any]:
    amounts = [
        {
            "written": written,
            "value": decimal_text(amount.value) or "",
            "low": decimal_text(amount.low) or "",
            "high": decimal_text(amount.high) or "",
            "unit": amount.unit or "",
            "words": format_amount(amount),
        }
        for written, amount in note.amounts
    ]
    return {
        "quote": note.quote,
        "note": note.note,
        "colour": note.colour,
        "tags": budget.list(note.tags),
        "actors": budget.list(note.actors),
        "amounts": budget.list(amounts),
        "created": note.made_at[:10],
        "modified": note.changed_at[:10],
        "orphan": note.is_orphan,
        "link": note.link,
        "citation": quote_text(article, note.quote),
    }


# The environment


def compiled(source: str) -> Compiled:
    """Return a template ready for use. Raises Problem TEMPLATE for one that cannot be read."""
    from jinja2 import TemplateError

    budget = _Budget()
    try:
        if len(source) > _LONGEST_TEMPLATE:
            raise _TooMuch("template")
        environment = _environment(budget)
        return Compiled(environment.from_string(_within_limits(environment.parse(source))), budget)
    except (TemplateError, ValueError, RecursionError) as error:
        raise _problem(error) from error


def _problem(error: Exception) -> Problem:
    line = getattr(error, "lineno", None) or _line_of(error)
    words = getattr(error, "message", None) or str(error)
    where = _("line {line}: ").format(line=line) if line else ""
    return Problem(ProblemKind.TEMPLATE, "", where + str(words))


def _line_of(error: Exception) -> int | None:
    """Return the line of the template in which something went wrong, from the trace."""
    trace, line = error.__traceback__, None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _environment(budget: _Budget) -> ImmutableSandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        """The sandbox, with limits on what one expression may make."""

        intercepted_binops = frozenset(("*", "**", "+", "%"))

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return attr not in _DENIED and super().is_safe_attribute(obj, attr, value)

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            _check(operator, left, right)
            return super().call_binop(context, operator, left, right)

    made = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=(),
        autoescape=False,
    )
    made.filters = {name: made.filters[name] for name in _ALLOWED_FILTERS} | _own_filters()
    made.globals = {"range": budget.range, "joined_": _joined}
    return made


def _within_limits(tree: Tree) -> Tree:
    """Return a template whose "~" is counted too, without parts that are not allowed."""
    from jinja2 import TemplateSyntaxError, nodes
    from jinja2.visitor import NodeTransformer

    class Limiter(NodeTransformer):
        """Puts a function of ours in the place of "~"."""

        def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 (Jinja2's name)
            self.generic_visit(node)
            name = nodes.Name("joined_", "load", lineno=node.lineno)
            return nodes.Call(name, node.nodes, [], None, None, lineno=node.lineno)

    for node in tree.find_all(nodes.Node):
        if type(node).__name__ in _DENIED_PARTS:
            raise TemplateSyntaxError(
                _("“{part}” is not for templates").format(part=type(node).__name__), node.lineno
            )
    limited = Limiter().visit(tree)
    assert isinstance(limited, nodes.Template)
    if tree.environment is not None:
        limited.set_environment(tree.environment)
    return limited


def _joined(*values: Any) -> str:
    parts = [str(value) for value in values]
    if sum(map(len, parts)) > _LONGEST_VALUE:
        raise _TooMuch("~")
    return "".join(parts)


def _join(values: Any, between: str = "", attribute: str | None = None) -> str:
    items = [str(one if attribute is None else one[attribute]) for one in values]
    if sum(map(len, items)) + len(between) * len(items) > _LONGEST_VALUE:
        raise _TooMuch("join")
    return str(between).join(items)


def _check(operator: str, left: Any, right: Any) -> None:
    numbers = [one for one in (left, right) if isinstance(one, (int, float))]
    if operator == "*" and len(numbers) < 2:
        others = [one for one in (left, right) if not isinstance(one, (int, float))]
        if any(abs(number) * len(one) > _LONGEST_VALUE for number in numbers for one in others):
            raise _TooMuch("*")
    if operator == "**" and not (len(numbers) == 2 and abs(left) < 1_000_000 and abs(right) <= 20):
        raise _TooMuch("**")
    if operator == "*" and len(numbers) == 2 and max(abs(left), abs(right)) > 10**30:
        raise _TooMuch("*")
    if operator == "%" and isinstance(left, str):
        raise _TooMuch("%")
    if operator == "+" and not numbers and len(left) + len(right) > _LONGEST_VALUE:
        raise _TooMuch("+")


def _own_filters() -> dict[str, Callable[..., str]]:
    return {
        "escaped": lambda text: markdown.escape(str(text)),
        "quoted": _quoted,
        "tag": lambda name: markdown.tag(str(name)),
        "yaml": lambda text: markdown.yaml_text(str(text)),
        "date_words": lambda day: format_date(str(day)),
        "join": _join,
    }


def _quoted(text: Any) -> str:
    return "\n".join(f"> {markdown.escape(line)}".rstrip() for line in str(text).strip().splitlines())
