from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.library import actors, articles, history, mentions, name_forms
from desktop.library.database import Library
from desktop.model import ImportedArticle, Mention, MentionKind


@pytest.mark.parametrize(
    "forms",
    [
        ("Emmanuel Macron", "EMMANUEL  MACRON", "emmanuel-macron"),
        ("V.S.", "VS", "V S", "v.s"),
        ("J.P. Balkenende", "J. P. Balkenende", "J.P.Balkenende", "JP Balkenende"),
        ("Élysée", "Elysee", "E\u0301lyse\u0301e"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("Straße", "STRASSE"),
        ("O’Neill", "O'Neill", "ONeill"),
        ("'s-Hertogenbosch", "’s Hertogenbosch"),
        ("Œuvre", "Oeuvre"),
    ],
)
def test_ways_to_write_one_name_are_one(forms):
    assert len({name_forms.normal(form) for form in forms}) == 1


def test_different_names_stay_different():
    different = ["Anna Jansen", "Anna Janssen", "Jansen", "G7", "G20", "Ab", "A B C", "…", "!", "北京"]
    assert len({name_forms.normal(name) for name in different}) == len(different)


@given(st.text())
def test_a_normal_name_is_normal(name):
    assert name_forms.normal(name_forms.normal(name)) == name_forms.normal(name)


def test_actors_of_an_article(fill, mark):
    article = fill.article(
        body="Minister Anna Jansen, Jansen en premier Jansen spraken Bob in Den Haag. Bob."
    )
    other = fill.article("b", "Jansen.")
    full = {"actor": "Anna Jansen"}
    fill.mention(
        article,
        mark.actor("Anna Jansen", role="minister", **full),
        mark.actor("Jansen", **full),
        mark.actor("Jansen", role="premier", **full),
        mark.actor("Bob"),
        mark.actor("Den Haag", MentionKind.PLACE),
        mark.actor("Bob"),
    )
    fill.mention(other, mark.actor("Jansen", **full))
    con = fill.library.reader()
    anna, bob, place = actors.of_article(con, article)
    assert (anna.name, anna.kind, anna.aliases) == ("Anna Jansen", MentionKind.PERSON, ("Jansen",))
    assert (anna.roles, anna.mentions, anna.articles) == (("minister", "premier"), 3, 2)
    assert (bob.name, bob.aliases, bob.mentions, bob.articles) == ("Bob", (), 2, 1)
    assert (place.name, place.kind) == ("Den Haag", MentionKind.PLACE)
    assert [one.id for one in actors.of_article(con, other)] == [anna.id]
    assert mentions.of_article(con, article)[1].actor == "Anna Jansen"
    assert mentions.of_article(con, article)[1].actor_id == anna.id


def test_a_name_of_another_kind_is_another_actor(fill, mark):
    article = fill.article(body="Washington sprak in Washington.")
    fill.mention(article, mark.actor("Washington"), mark.actor("Washington", MentionKind.PLACE))
    assert len(actors.of_article(fill.library.reader(), article)) == 2


ARTICLES = [
    ("MACRON sprak.", "MACRON", "MACRON"),
    ("Macron sprak.", "Macron", "Macron"),
    ("macron sprak.", "macron", "macron"),
    ("Mácron sprak.", "Mácron", "Mácron"),
    ("Anna sprak.", "Anna", "Anna"),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(len(ARTICLES))))[::7])
def test_the_order_of_import_does_not_matter(tmp_path, order):
    with Library.open(tmp_path / "l") as library:

        def fill(con):
            for n in order:
                body, text, name = ARTICLES[n]
                row = articles.add(con, ImportedArticle(str(n), f"{n}\n\n{body}", ()))[2]
                found = [Mention(3, 3 + len(text), text, MentionKind.PERSON, actor=name)]
                mentions.replace(
                    con, row, found, stamp="1", measure=lambda _: mentions.Measured("", None, None)
                )

        library.write(fill)
        seen = [(one.name, one.aliases, one.mentions) for one in actors.all_actors(library.reader())]
    assert seen == [("Mácron", ("MACRON", "Macron", "macron"), 4), ("Anna", (), 1)]


def test_changing_the_owner_of_a_name_merges_two_actors(fill, mark):
    one = fill.article("a", "Anna Jansen en Jansen.")
    two = fill.article("b", "Jansen.")
    fill.mention(one, mark.actor("Anna Jansen"))
    fill.mention(two, mark.actor("Jansen"))
    con = fill.library.reader()
    whole = actors.of_article(con, one)[0]
    fill.library.write(
        lambda c: c.execute(
            "UPDATE name_key SET actor_id = (SELECT id FROM actor WHERE uuid = ?) WHERE name = 'jansen'",
            (whole.id,),
        )
    )
    assert [one.name for one in actors.all_actors(con)] == ["Anna Jansen"]
    assert actors.of_article(con, two)[0].id == whole.id
    assert mentions.of_article(con, two)[0].actor == "Anna Jansen"
    assert actors.rows_with(con, [whole.id]) == {fill.row(one), fill.row(two)}
    assert [one.aliases for one in actors.find(con, "jansen")] == [("Jansen",)]
    # A form of the merged name seen later does not rename the actor it belongs to now.
    fill.mention(two, mark.actor("Jansen", actor="Jánsen"))
    assert [one.name for one in actors.all_actors(con)] == ["Anna Jansen"]


def test_find_by_any_form_and_by_words_where_none_is_exact(fill, mark):
    article = fill.article(body="Emmanuel Macron (Macron) en Brigitte Macron-Trogneux in Élysée.")
    fill.mention(
        article,
        mark.actor("Emmanuel Macron"),
        mark.actor("Macron", actor="Emmanuel Macron"),
        mark.actor("Brigitte Macron-Trogneux"),
        mark.actor("Élysée", MentionKind.PLACE),
    )
    con = fill.library.reader()

    def found(text, kind=None):
        return [one.name for one in actors.find(con, text, kind)]

    assert found("macron") == ["Emmanuel Macron"]
    assert found("EMMANUEL MACRON") == ["Emmanuel Macron"]
    assert found("brigitte") == ["Brigitte Macron-Trogneux"]
    assert found("trogneux brigitte") == ["Brigitte Macron-Trogneux"]
    assert found("elysee") == ["Élysée"]
    assert found("elysee", MentionKind.PERSON) == []
    assert found("mac") == []
    assert found("") == []
    assert found("%") == []


def test_names_for_completion_go_by_how_many_articles(fill, mark):
    for n in range(3):
        article = fill.article(f"t{n}", "Bob Barker, Boris en Anna.")
        fill.mention(article, mark.actor("Boris"), *([mark.actor("Anna")] if n else []))
    article = fill.article("t9", "Bob Barker.")
    fill.mention(article, mark.actor("Bob Barker"))
    con = fill.library.reader()
    assert actors.names(con, "bo", 9) == ["Boris", "Bob Barker"]
    assert actors.names(con, "Bó", 1) == ["Boris"]
    assert actors.names(con, "", 9) == ["Boris", "Anna", "Bob Barker"]
    assert actors.names(con, "x", 9) == []


def test_all_actors_of_some_articles(fill, mark):
    rows = []
    for n in range(3):
        article = fill.article(f"t{n}", "Anna en Bob. Bob.")
        fill.mention(article, mark.actor("Anna"), *([mark.actor("Bob")] * 2 if n else []))
        rows.append(fill.row(article))
    con = fill.library.reader()
    assert [(a.name, a.mentions, a.articles) for a in actors.all_actors(con)] == [
        ("Bob", 4, 2),
        ("Anna", 3, 3),
    ]
    some = actors.all_actors(con, rows[:2])
    assert [(a.name, a.mentions, a.articles) for a in some] == [("Anna", 2, 2), ("Bob", 2, 1)]
    assert actors.all_actors(con, []) == []


def test_more_ids_than_sqlite_has_variables(fill, mark):
    article = fill.article(body="Anna.")
    fill.mention(article, mark.actor("Anna"))
    con = fill.library.reader()
    many = [actors.all_actors(con)[0].id, *(f"no {n}" for n in range(300_000))]
    assert actors.rows_with(con, many) == {fill.row(article)}
    assert len(articles.by_rows(con, list(range(300_000)))) == 1


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["mark", "trash", "restore", "purge", "version", "undo", "redo"]),
            st.integers(0, 2),
            st.lists(st.sampled_from(["Anna", "ANNA", "Bob"]), max_size=4),
        ),
        max_size=20,
    )
)
def test_what_is_counted_along_the_way_is_what_there_is(tmp_path_factory, happenings):
    def counts(con):
        forms = con.execute("SELECT text, mentions FROM name_form ORDER BY id").fetchall()
        keys = con.execute("SELECT name, articles FROM name_key ORDER BY id").fetchall()
        return [tuple(row) for row in (*forms, *keys)]

    def happen(con, what, n, names):
        text = f"{n}\n\nAnna ANNA Bob {len(names)}"
        if what in ("undo", "redo"):
            (history.undo if what == "undo" else history.redo)(con)
            return
        _, article, row = articles.add(con, ImportedArticle(str(n), text, (), path=str(n)))
        if what == "mark":
            text = articles.text(con, article).text
            found = [
                Mention(text.index(name), text.index(name) + len(name), name, MentionKind.PERSON)
                for name in names
            ]
            mentions.replace(con, row, found, stamp="1", measure=lambda _: mentions.Measured("", None, None))
        elif what == "purge":
            articles.purge(con, [article])
        elif what != "version":
            with history.recording(con, what, {}):
                (articles.trash if what == "trash" else articles.restore)(con, [article])

    with Library.open(tmp_path_factory.mktemp("l")) as library:
        for what, n, names in happenings:
            library.write(lambda con, step=(what, n, names): happen(con, *step))
        kept = counts(library.reader())
        library.write(actors.recount)
        assert kept == counts(library.reader())
