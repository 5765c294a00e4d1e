"""Tags and collections: one list each, renamed and deleted everywhere, searched, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.library import annotations, articles
from desktop.model import ArticleId
from desktop.progress import SilentProgress
from desktop.tasks import annotate, facets, keep_together, manage, saved_searches, undo
from desktop.tasks.facets import FacetName
from desktop.tasks.import_files import import_paths
from desktop.tasks.keep_together import with_new_name
from desktop.tasks.search import search


@pytest.fixture
def ids(session: Any, tmp_path: Path) -> list[ArticleId]:
    """Three articles, the newest first."""
    for day in (1, 2, 3):
        text = f"date 2025-01-0{day} Bericht {day}\n\nTekst van bericht {day} over stroom.\n"
        (tmp_path / f"{day}.txt").write_text(text, encoding="utf-8")
    import_paths(session, [tmp_path / f"{day}.txt" for day in (1, 2, 3)], SilentProgress())
    return [article.id for article in articles.newest(session.library.reader(), 9)]


def rows(session: Any, ids: list[ArticleId]) -> list[int]:
    return [articles.row_of(session.library.reader(), one) for one in ids]


def tags(session: Any) -> list[tuple[str, int, int]]:
    return [(tag.name, tag.articles, tag.notes) for tag in keep_together.listed_tags(session)]


@pytest.fixture
def tagged(session: Any, ids: list[ArticleId]) -> list[ArticleId]:
    annotate.set_article_tags(session, ids[0], ["energie", "geld"])
    annotate.set_article_tags(session, ids[1], ["stroom"])
    annotate.highlight(session, ids[2], 0, 7, tags=("energie",))
    annotate.note_on_article(session, ids[1], "x", tags=("stroom", "energie"))
    return ids


def test_one_list_of_tags_with_counts(session: Any, tagged: Any) -> None:
    assert tags(session) == [("energie", 1, 2), ("geld", 1, 0), ("stroom", 1, 1)]


def test_a_new_name_keeps_every_article_note_and_search(session: Any, tagged: Any) -> None:
    saved_searches.save(session, "mijn", 'tag:energie -tag:geld OR "energie"')
    saved_searches.save(session, "ook", "label tag:Energie (stroom)")
    before = search(session, "tag:energie").rows
    keep_together.rename_tags(session, ["energie"], "Schone energie")
    assert tags(session) == [("geld", 1, 0), ("Schone energie", 1, 2), ("stroom", 1, 1)]
    assert search(session, 'tag:"schone energie"').rows == before
    queries = {one.name: one.query for one in saved_searches.listed(session)}
    assert queries["mijn"] == 'tag:"Schone energie" -tag:geld OR "energie"'
    assert queries["ook"] == 'label tag:"Schone energie" (stroom)'
    undo.undo(session)
    assert tags(session) == [("energie", 1, 2), ("geld", 1, 0), ("stroom", 1, 1)]
    assert {one.query for one in saved_searches.listed(session)} >= {"label tag:Energie (stroom)"}


def test_another_case_is_the_same_tag(session: Any, tagged: Any) -> None:
    keep_together.rename_tags(session, ["energie"], "Energie")
    assert tags(session)[0] == ("Energie", 1, 2)


def test_tags_are_merged_and_parted_again(session: Any, tagged: Any) -> None:
    keep_together.rename_tags(session, ["stroom", "geld"], "energie")
    assert tags(session) == [("energie", 2, 2)]
    undo.undo(session)
    assert tags(session) == [("energie", 1, 2), ("geld", 1, 0), ("stroom", 1, 1)]
    undo.redo(session)
    assert tags(session) == [("energie", 2, 2)]


def test_a_tag_is_taken_off_everything_and_comes_back(session: Any, tagged: Any) -> None:
    keep_together.delete_tags(session, ["energie", "stroom"])
    assert tags(session) == [("geld", 1, 0)]
    assert not any(one.tags for one in annotations.all_annotations(session.library.reader()))
    undo.undo(session)
    assert len(tags(session)) == 3


def test_a_tag_without_a_name_is_refused(session: Any, tagged: Any) -> None:
    with pytest.raises(ValueError, match="without a name"):
        keep_together.rename_tags(session, ["energie"], " # ")
    assert len(tags(session)) == 3


# Collections


def collections(session: Any) -> list[tuple[str, int]]:
    return [(one.name, one.articles) for one in keep_together.listed_collections(session)]


def test_articles_are_put_in_found_and_taken_out(session: Any, ids: list[ArticleId]) -> None:
    numbers = rows(session, ids)
    keep_together.put_in(session, "Hoofdstuk 2", numbers[:2])
    keep_together.put_in(session, "hoofdstuk 2", numbers[1:])
    keep_together.put_in(session, "Later", numbers[:1])
    assert collections(session) == [("Hoofdstuk 2", 3), ("Later", 1)]
    for query in ('in:"hoofdstuk 2"', 'map:"Hoofdstuk 2"', "collection:hoofdstuk", "verzameling:hoofd*"):
        assert sorted(search(session, query).rows) == sorted(numbers), query
    assert list(search(session, "in:later").rows) == numbers[:1]
    assert sorted(search(session, "-in:later").rows) == sorted(numbers[1:])
    one = keep_together.listed_collections(session)[0]
    keep_together.take_out(session, one, numbers[:1])
    assert collections(session)[0] == ("Hoofdstuk 2", 2)
    for _step in range(4):
        undo.undo(session)
    assert collections(session) == []
    for _step in range(4):
        undo.redo(session)
    assert collections(session) == [("Hoofdstuk 2", 2), ("Later", 1)]


def test_a_collection_gets_a_name_that_another_has(session: Any, ids: list[ArticleId]) -> None:
    numbers = rows(session, ids)
    keep_together.put_in(session, "a", numbers[:2])
    keep_together.put_in(session, "b", numbers[1:])
    saved_searches.save(session, "mijn", "in:a stroom")
    [a, _b] = keep_together.listed_collections(session)
    keep_together.rename_collection(session, a, "B")
    assert collections(session) == [("b", 3)]
    assert saved_searches.listed(session)[0].query == "in:B stroom"
    undo.undo(session)
    assert collections(session) == [("a", 2), ("b", 2)]


def test_a_forgotten_collection_leaves_its_articles(session: Any, ids: list[ArticleId]) -> None:
    keep_together.put_in(session, "a", rows(session, ids))
    keep_together.delete_collection(session, keep_together.listed_collections(session)[0])
    assert (collections(session), articles.count(session.library.reader())) == ([], 3)
    undo.undo(session)
    assert collections(session) == [("a", 3)]


def test_several_collections_in_one_step(session: Any, ids: list[ArticleId]) -> None:
    numbers = rows(session, ids)
    keep_together.put_in(session, "oud", numbers)
    [old] = keep_together.listed_collections(session)
    keep_together.change_collections(session, numbers[:2], ["nieuw"], [old.id])
    assert collections(session) == [("nieuw", 2), ("oud", 1)]
    assert list(keep_together.holding(session, numbers[:2]).values()) == [2]
    undo.undo(session)
    assert collections(session) == [("oud", 3)]


def test_what_is_in_the_trash_does_not_count(session: Any, ids: list[ArticleId]) -> None:
    keep_together.put_in(session, "a", rows(session, ids))
    manage.trash(session, ids[:1])
    assert collections(session) == [("a", 2)]
    assert len(search(session, "in:a").rows) == 2
    manage.purge(session, ids[:1])
    undo.undo(session)
    assert collections(session) == []


def test_a_facet_counts_collections(session: Any, ids: list[ArticleId]) -> None:
    keep_together.put_in(session, "a", rows(session, ids)[:2])
    counted = facets.count(session, rows(session, ids)).values[FacetName.COLLECTION]
    assert [(one.field, one.value, one.articles) for one in counted] == [("collection", "a", 2)]


@pytest.mark.parametrize(
    ("query", "after"),
    [
        ("tag:oud", "tag:nieuw"),
        ("label:oud", "label:nieuw"),
        ("stroom -tag:Oud wind", "stroom -tag:nieuw wind"),
        ('tag:"oud" tag:ouder', "tag:nieuw tag:ouder"),
        ("tag:oud OR (-tag:oud wind)", "tag:nieuw OR (-tag:nieuw wind)"),
        ("NOT tag:=oud", "NOT tag:nieuw"),
        ("oud", "oud"),
        ("title:oud", "title:oud"),
    ],
)
def test_only_conditions_follow_a_name(query: str, after: str) -> None:
    assert with_new_name(query, "tag", "oud", "nieuw") == after
