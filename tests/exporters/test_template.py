"""The reader's own templates: what they can do, and what they cannot."""

from __future__ import annotations

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.exporters import template
from desktop.exporters.base import ExportDocument
from tests.exporters.test_formats import document


def rendered(source: str, made: ExportDocument | None = None) -> str:
    return "".join(template.compiled(source).parts(made or document(with_text=True)))


def test_every_variable_that_is_listed_has_a_value() -> None:
    for name, _words in template.VARIABLES:
        loops = {"article": "{% for article in articles %}", "note": "{% for note in article.notes %}"}
        needed = [loops["article"]] if name.startswith(("article.", "note.")) else []
        needed += [loops["note"]] if name.startswith("note.") else []
        source = "".join(needed) + f"[{{{{ {name} }}}}]" + "{% endfor %}" * len(needed)
        assert rendered(source).startswith("["), name
    for name, _words in template.FILTERS:
        assert rendered(f"{{{{ '2025-03-12'|{name} }}}}"), name


def test_a_misspelt_variable_is_told_with_its_line() -> None:
    with pytest.raises(Problem) as caught:
        rendered("een\ntwee {{ titel }}")
    assert (caught.value.kind, caught.value.detail) == (ProblemKind.TEMPLATE, "line 2: 'titel' is undefined")
    with pytest.raises(Problem) as caught:
        rendered("een\n{% for a in articles %}")
    assert caught.value.detail.startswith("line 2: ")


def test_the_example_makes_a_document() -> None:
    text = rendered(template.EXAMPLE)
    assert "\n> trekt 70 miljoen euro uit\n" in text
    assert "Klopt dit? Zie **pagina 3**." in text
    assert "#AI-energie" in text
    lines = list(template.variable_lines())
    assert any(line.startswith("note.quote ") for line in lines)
    assert "".join(rendered("\n".join(lines[lines.index("---") :]))).startswith("---\n")


def test_notes_stand_in_reading_order() -> None:
    source = "{% for a in articles %}{% for n in a.notes %}{{ n.quote or n.note }}|{% endfor %}{% endfor %}"
    assert rendered(source) == (
        "Over het hele stuk \U0001f600.|trekt 70 miljoen euro uit|Wij tellen mee|Wat er niet meer staat||"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{{ title.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ articles.gi_frame }}",
        "{{ self.__init__.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as x %}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
        "{{ 'a' * 999999999 }}",
        "{{ 9 ** 99999999 }}",
        "{{ [title] * 999999999 }}",
        "{% set a = 'x' * 1000000 %}{% set a = a ~ a %}{{ a }}",
        "{% set a = 'x' * 1000000 %}{% set a = a + a %}{{ a }}",
        "{{ ([('x' * 1000000)] * 1000)|join }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ 'a'.ljust(999999999) }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{% for a in range(999999999) %}x{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{{ lipsum(n=100000) }}",
        "{{ cycler }}",
        "x" * 200_000,
    ],
)
def test_what_a_template_must_not_do(source: str) -> None:
    with pytest.raises(Problem) as caught:
        rendered(source)
    assert caught.value.kind is ProblemKind.TEMPLATE
    assert "/etc" not in caught.value.detail or "Include" in caught.value.detail


def test_going_through_the_notes_again_and_again_ends() -> None:
    loops = "".join(f"{{% for v{n} in a.notes %}}" for n in range(12))
    with pytest.raises(Problem):
        rendered("{% for a in articles %}" + loops + "x" + "{% endfor %}" * 13)
