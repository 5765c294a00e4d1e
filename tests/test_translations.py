"""The interface speaks Dutch and English completely, and the tool that sees to it works."""

from __future__ import annotations

import gettext
import io
import os
from pathlib import Path

import pytest
import translations
from hypothesis import given
from hypothesis import strategies as st
from translations import Catalogue, Entry

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from('\n\t"\\'), min_size=1)


def test_both_languages_are_complete() -> None:
    assert {po.stem for po in translations.CATALOGUES.glob("*.po")} >= {"nl", "en"}
    faults = translations.check()
    if faults:
        pytest.fail(
            "\n".join(faults[:20]) + f"\n… {len(faults)} in all; see packaging/translations.py", pytrace=False
        )


def test_english_repeats_the_texts_of_the_code() -> None:
    for entry in translations.read_po(translations.CATALOGUES / "en.po").entries.values():
        assert entry.translations == ((entry.text,) if entry.plural is None else (entry.text, entry.plural))


def _loaded(catalogue: Catalogue) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(translations.mo_bytes(catalogue)))


def _catalogue(*entries: Entry) -> Catalogue:
    return Catalogue(translations._header("nl"), {entry.key: entry for entry in entries})


def test_gettext_reads_what_is_compiled() -> None:
    spoken = _loaded(
        _catalogue(
            Entry("note", translations=("notitie",)),
            Entry("note", context="music", translations=("noot",)),
            Entry("{n} article", plural="{n} articles", translations=("{n} artikel", "{n} artikelen")),
            Entry("not yet", translations=("",)),
            Entry("guessed", translations=("geraden",), fuzzy=True),
        )
    )
    assert spoken.gettext("note") == "notitie"
    assert spoken.pgettext("music", "note") == "noot"
    assert spoken.ngettext("{n} article", "{n} articles", 1) == "{n} artikel"
    assert spoken.ngettext("{n} article", "{n} articles", 0) == "{n} artikelen"
    assert spoken.gettext("not yet") == "not yet"
    assert spoken.gettext("guessed") == "guessed"


@given(
    st.lists(
        st.builds(
            Entry,
            text=TEXTS,
            context=st.none() | TEXTS,
            translations=TEXTS.map(lambda text: (text,)),
            places=st.lists(st.sampled_from(["desktop/a.py", "desktop/b.py"]), unique=True).map(tuple),
        ),
        unique_by=lambda entry: entry.key,
    )
)
def test_a_catalogue_survives_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    path = tmp_path_factory.mktemp("po") / "nl.po"
    translations.write_po(path, _catalogue(*entries))
    assert translations.read_po(path) == _catalogue(*entries)


def test_plural_and_wrapped_texts_are_read(tmp_path: Path) -> None:
    path = tmp_path / "nl.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: nl\\n"\n'
        '# a remark\n#: desktop/a.py\n#, fuzzy\nmsgid "one "\n"article"\nmsgid_plural "{n} articles"\n'
        'msgstr[0] "een artikel"\nmsgstr[1] "{n} "\n"artikelen"\n#~ msgid "gone"\n#~ msgstr "weg"\n',
        encoding="utf-8",
    )
    assert list(translations.read_po(path).entries.values()) == [
        Entry(
            "one article",
            plural="{n} articles",
            translations=("een artikel", "{n} artikelen"),
            places=("desktop/a.py",),
            fuzzy=True,
        )
    ]


@pytest.mark.parametrize("line", ["msgid no quotes", "nonsense", 'msgid "a"\nmsgid "b"'])
def test_a_damaged_catalogue_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "nl.po"
    path.write_text(f'{line}\nmsgstr "x"\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"nl\.po:\d"):
        translations.read_po(path)


def _collected(tmp_path: Path, code: str) -> translations.Collected:
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "window.py").write_text(code, encoding="utf-8")
    return translations.collect(tmp_path / "desktop")


def test_texts_are_collected_from_calls(tmp_path: Path) -> None:
    found = _collected(
        tmp_path,
        '_("Open") ; _("Open")\ni18n._("Close")\nn_("{n} hit", "{n} hits", 3)\np_("verb", "Search")\n'
        '_("a " "long text")\nother._("not ours")\nprint("not shown")\n'
        'TABLE = {1: N_("in a table")}\n_(TABLE[1])\n',
    )
    assert found.faults == []
    assert [(entry.context, entry.text, entry.plural) for entry in found.entries.values()] == [
        (None, "Open", None),
        (None, "Close", None),
        (None, "{n} hit", "{n} hits"),
        ("verb", "Search", None),
        (None, "a long text", None),
        (None, "in a table", None),
    ]


@pytest.mark.parametrize(
    "code",
    [
        '_(f"Delete {name}")',
        '_("Delete " + name)',
        "N_(text)",
        '_("")',
        '_("Open {")',
        '_("Delete {name}").format(title=1)',
        '_("Delete {}").format(1)',
        'n_("{n} hit", many, 3)',
        '_("x") ; n_("x", "xs", 2)',
    ],
)
def test_a_call_that_cannot_be_translated_is_named(tmp_path: Path, code: str) -> None:
    faults = _collected(tmp_path, code).faults
    assert len(faults) == 1
    assert faults[0].startswith("desktop/window.py:1: ")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (Entry("Open", translations=("",)), "not translated"),
        (Entry("Open", translations=("Openen",), fuzzy=True), "fuzzy"),
        (Entry("Open {name}", translations=("Open {naam}",)), "placeholders"),
        (Entry("Open…", translations=("Openen",)), "ends in"),
        (Entry("&Open", translations=("Openen",)), "shortcut"),
        (Entry("{n} hit", plural="{n} hits", translations=("{n} treffer",)), "forms"),
        (Entry("{n} hit", plural="{n} hits", translations=("{n} treffer", "treffers")), "placeholders"),
        (Entry("gone", translations=("weg",)), "unused"),
    ],
)
def test_a_catalogue_is_checked(tmp_path: Path, entry: Entry, fault: str) -> None:
    code = Entry("another text of the code") if fault == "unused" else entry
    found = translations.Collected({code.key: code})
    translations.write_po(tmp_path / "nl.po", _catalogue(entry))
    faults = translations.check(tmp_path, found)
    assert any(fault in line for line in faults)


def test_a_singular_may_spell_its_number_out(tmp_path: Path) -> None:
    entry = Entry("{n} hit", plural="{n} hits", translations=("één treffer", "{n} treffers"))
    translations.write_po(tmp_path / "nl.po", _catalogue(entry))
    assert translations.check(tmp_path, translations.Collected({entry.key: entry})) == []


def test_update_keeps_translations_adds_and_drops(tmp_path: Path) -> None:
    po = tmp_path / "nl.po"
    translations.write_po(po, _catalogue(Entry("kept", translations=("gebleven",)), Entry("gone")))
    translations.update(po, translations.Collected({e.key: e for e in (Entry("new"), Entry("kept"))}))
    assert {e.text: e.translations for e in translations.read_po(po).entries.values()} == {
        "new": ("",),
        "kept": ("gebleven",),
    }


def test_only_what_changed_is_compiled(tmp_path: Path) -> None:
    translations.write_po(tmp_path / "nl.po", _catalogue(Entry("Open", translations=("Openen",))))
    (compiled,) = translations.compile_all(tmp_path)
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Open") == "Openen"
    compiled.write_bytes(b"newer than its source")
    os.utime(compiled, ns=(2**61, 2**61))
    translations.compile_all(tmp_path)
    assert compiled.read_bytes() == b"newer than its source"
    os.utime(compiled, ns=(0, 0))
    translations.compile_all(tmp_path)
    assert compiled.read_bytes() != b"newer than its source"
