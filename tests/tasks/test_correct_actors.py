"""What a reader says of actors: applied, holding for what comes later, undone, carried to another library."""

from __future__ import annotations

import pytest

from desktop.errors import Problem, ProblemKind
from desktop.library import actors, articles, links, mentions, rules
from desktop.model import MentionKind, RuleScope
from desktop.progress import SilentProgress
from desktop.tasks import correct_actors, corrections, find_actors, look_after, settle_name, undo
from desktop.tasks.session import Session

PERSON, ORGANISATION, OTHER = MentionKind.PERSON, MentionKind.ORGANISATION, MentionKind.OTHER
ONE = "date 2025-01-14 Een\n\nMinister Karin Dorsman sprak in Groningen met Jelle Postma van Nordwatt.\n"
TWO = "date 2025-01-15 Twee\n\nVolgens Karin Dorsman bouwt Nordwatt niet. Postma zwijgt.\n"
LATER = "date 2025-02-15 Drie\n\nKarin Dorsman en Jelle Postma stonden in Groningen bij Nordwatt.\n"


@pytest.fixture
def one(put):
    return put(ONE, "een.txt")


@pytest.fixture
def two(put):
    return put(TWO, "twee.txt")


def actor(session, name):
    return next(one for one in actors.all_actors(session.library.reader()) if one.name == name)


def names(session, article):
    return [one.name for one in actors.of_article(session.library.reader(), article)]


def mention(session, article, text):
    return next(m for m in mentions.of_article(session.library.reader(), article) if m.text == text)


def mark_all(session):
    return look_after.mark_again(session, SilentProgress())


def both_ways(session, check_done, check_undone):
    """Hold a change to: done, undone, done again, and kept when everything is read again."""
    check_done()
    undo.undo(session)
    mark_all(session)
    check_undone()
    undo.redo(session)
    mark_all(session)
    check_done()
    con = session.library.reader()
    rows = [article.row for article in articles.by_rows(con, range(1, 20))]
    session.library.write(lambda con: mentions.make_stale(con, rows))
    mark_all(session)
    check_done()


def test_merging(session, put, one, two):
    changes = correct_actors.merge(
        session, [actor(session, "Jelle Postma").id], actor(session, "Karin Dorsman").id
    )
    assert changes.actors
    assert changes.step is not None

    def done():
        assert "Jelle Postma" not in names(session, one)
        assert "Karin Dorsman" in names(session, one)

    both_ways(session, done, lambda: names(session, one).index("Jelle Postma"))
    later = put(LATER, "drie.txt")
    assert "Jelle Postma" not in names(session, later)
    karin = actor(session, "Karin Dorsman")
    assert karin.articles == 3
    assert "Jelle Postma" in karin.aliases


def test_splitting_what_was_merged(session, one, two):
    correct_actors.merge(session, [actor(session, "Jelle Postma").id], actor(session, "Karin Dorsman").id)
    karin = actor(session, "Karin Dorsman")
    assert len(links.names_of(session.library.reader(), karin.id)) >= 2
    correct_actors.split(session, karin.id, [("Jelle Postma", PERSON)])
    both_ways(
        session,
        lambda: names(session, one).index("Jelle Postma"),
        lambda: pytest.fail("still there") if "Jelle Postma" in names(session, one) else None,
    )


def test_renaming(session, put, one):
    correct_actors.rename(session, actor(session, "Nordwatt").id, "  Nordwatt   Energie ")
    both_ways(
        session,
        lambda: names(session, one).index("Nordwatt Energie"),
        lambda: names(session, one).index("Nordwatt"),
    )
    assert mention(session, one, "Nordwatt").actor == "Nordwatt Energie"
    assert "Nordwatt Energie" in names(session, put(LATER, "drie.txt"))
    con = session.library.reader()
    for written in ("nordwatt energie", "Nordwatt"):
        found = actors.find(con, written)
        assert [one.name for one in found] == ["Nordwatt Energie"]
    assert [one.name for one in actors.find(con, "nordwatt en", prefix=True)] == ["Nordwatt Energie"]
    with pytest.raises(ValueError, match="name"):
        correct_actors.rename(session, found[0].id, " - ")


@pytest.mark.parametrize("kind", [ORGANISATION, OTHER])
def test_another_kind_everywhere(session, put, one, kind):
    correct_actors.retype(session, [actor(session, "Jelle Postma").id], kind)

    def done():
        assert mention(session, one, "Jelle Postma").kind is kind

    both_ways(session, done, lambda: mention(session, one, "Jelle Postma").kind is PERSON)
    assert mention(session, put(LATER, "drie.txt"), "Jelle Postma").kind is kind


def test_a_kind_keeps_the_readers_name(session, one):
    correct_actors.rename(session, actor(session, "Nordwatt").id, "Noordwatt")
    correct_actors.retype(session, [actor(session, "Noordwatt").id], MentionKind.EVENT)
    assert actor(session, "Noordwatt").kind is MentionKind.EVENT


def test_no_name_everywhere(session, put, one):
    correct_actors.ignore(session, [actor(session, "Groningen").id])

    def done():
        assert "Groningen" not in names(session, one)
        assert "Groningen" not in [m.text for m in mentions.of_article(session.library.reader(), one)]

    both_ways(session, done, lambda: mention(session, one, "Groningen"))
    assert "Groningen" not in names(session, put(LATER, "drie.txt"))


def test_a_name_that_counts_as_anothers_is_none_by_itself(session, one, two):
    correct_actors.merge(session, [actor(session, "Jelle Postma").id], actor(session, "Karin Dorsman").id)
    correct_actors.ignore_here(session, one, [mention(session, one, "Jelle Postma")], RuleScope.EVERYWHERE)

    def done():
        assert "Jelle Postma" not in [m.text for m in mentions.of_article(session.library.reader(), one)]
        assert "Karin Dorsman" in names(session, one)

    both_ways(session, done, lambda: mention(session, one, "Jelle Postma"))


def test_no_name_in_one_article(session, one, two):
    correct_actors.ignore_here(session, one, [mention(session, one, "Nordwatt")], RuleScope.ARTICLE)

    def done():
        assert "Nordwatt" not in names(session, one)
        assert "Nordwatt" in names(session, two)

    both_ways(session, done, lambda: mention(session, one, "Nordwatt"))


def test_another_kind_at_one_place(session, two):
    correct_actors.retype_here(
        session, two, [mention(session, two, "Nordwatt")], MentionKind.EVENT, RuleScope.HERE
    )
    both_ways(
        session,
        lambda: mention(session, two, "Nordwatt").kind is MentionKind.EVENT or pytest.fail("kind"),
        lambda: mention(session, two, "Nordwatt").kind is not MentionKind.EVENT or pytest.fail("kind"),
    )


def test_someone_else_in_this_article(session, one, two):
    karin = mention(session, two, "Karin Dorsman")
    correct_actors.is_someone_else(session, two, karin, "Karin Dorsman (Assen)", RuleScope.ARTICLE)

    def done():
        assert "Karin Dorsman (Assen)" in names(session, two)
        assert "Karin Dorsman" in names(session, one)

    both_ways(session, done, lambda: names(session, two).index("Karin Dorsman"))


def test_a_passage_is_a_name_everywhere(session, put, one, two):
    text = articles.text(session.library.reader(), two).text
    start = text.index("zwijgt")
    correct_actors.add(session, two, start, start + 6, ORGANISATION, RuleScope.EVERYWHERE, "Zwijgt BV")
    both_ways(
        session,
        lambda: names(session, two).index("Zwijgt BV"),
        lambda: "Zwijgt BV" not in names(session, two) or pytest.fail("there"),
    )
    assert "Zwijgt BV" in names(session, put("date 2025-03 X\n\nToen zwijgt men.\n", "x.txt"))
    with pytest.raises(ValueError, match="spaces"):
        correct_actors.add(session, two, start - 1, start + 6, ORGANISATION, RuleScope.HERE)


def test_a_suggestion_that_is_refused_does_not_come_back(session, put):
    put(ONE, "een.txt")
    put("date 2025-01-20 Vier\n\nHet plan van mevrouw Dorsman kreeg applaus.\n", "vier.txt")
    [(short, *_rest)] = links.suggestions(session.library.reader())
    correct_actors.stand_apart(session, short)
    assert links.suggestions(session.library.reader()) == []
    mark_all(session)
    assert links.suggestions(session.library.reader()) == []


def test_corrections_are_listed_with_what_they_concern(session, one, two):
    correct_actors.merge(session, [actor(session, "Jelle Postma").id], actor(session, "Karin Dorsman").id)
    correct_actors.ignore_here(session, two, [mention(session, two, "Nordwatt")], RuleScope.ARTICLE)
    newest, oldest = corrections.listed(session)
    assert (newest.scope, newest.marks, newest.articles, newest.title) == (RuleScope.ARTICLE, 1, 1, "Twee")
    assert (oldest.scope, oldest.marks) == (RuleScope.EVERYWHERE, 1)
    corrections.restore(session, [newest.rule.id, oldest.rule.id])
    assert corrections.listed(session) == []
    assert "Jelle Postma" in names(session, one)
    assert "Nordwatt" in names(session, two)


def test_corrections_go_to_another_library_as_a_file(session, tmp_path, one, two):
    correct_actors.merge(session, [actor(session, "Jelle Postma").id], actor(session, "Karin Dorsman").id)
    correct_actors.ignore(session, [actor(session, "Groningen").id])
    correct_actors.ignore_here(session, two, [mention(session, two, "Nordwatt")], RuleScope.HERE)
    path = tmp_path / "correcties.json"
    assert corrections.export_rules(session, path) == 3
    with Session.open(tmp_path / "other").library as library:
        other = Session(library)
        changes, taken, known = corrections.import_rules(other, path)
        assert (changes.actors, taken, known) == (True, 3, 0)
        assert corrections.import_rules(other, path)[1:] == (0, 3)
        assert [one.kind for one in rules.all_rules(library.reader())] == ["merge", "ignore", "ignore"]
        again = tmp_path / "again.json"
        corrections.export_rules(other, again)
        assert again.read_bytes() == path.read_bytes()
        undo.undo(other)
        assert rules.all_rules(library.reader()) == []
        assert corrections.import_rules(other, path)[1] == 3


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "leeslamp-corrections", "version": 2, "rules": []}', "[" * 100_000]
    + [
        '{"format": "leeslamp-corrections", "version": 1, "rules": [' + rule + "]}"
        for rule in ("1", '{"kind": "merge"}', '{"id": "a", "kind": "x", "condition": {}}')
    ],
)
def test_a_file_that_is_none_is_refused_whole(session, tmp_path, text):
    path = tmp_path / "kapot.json"
    path.write_text(text)
    with pytest.raises(Problem) as caught:
        corrections.import_rules(session, path)
    assert caught.value.kind is ProblemKind.NOT_CORRECTIONS
    with pytest.raises(Problem):
        corrections.import_rules(session, tmp_path / "nergens.json")


def test_actors_are_suggested_by_the_beginning_of_a_word(session, one, two):
    correct_actors.rename(session, actor(session, "Nordwatt").id, "Noordelijke Energie")

    def suggested(text, **how):
        return [found.name for found in find_actors.suggest(session, text, **how)]

    assert suggested("dors") == ["Karin Dorsman"]
    assert suggested("ener") == suggested("nordw") == ["Noordelijke Energie"]
    assert "Groningen" in suggested("")
    assert suggested("", article=two)[-1] == "Groningen"  # stands only in the other article
    assert suggested("", kind=PERSON, without=[actor(session, "Jelle Postma").id]) == ["Karin Dorsman"]
    assert suggested("zzz") == []


def test_the_answers_of_the_dialog_become_rules(session, one, two):
    postma = mention(session, one, "Jelle Postma")

    def settle(found, kind, name, scope, chosen=None):
        answer = settle_name.NameAnswer(kind, name, chosen, scope)
        return settle_name.settle(session, one, found, answer)

    assert settle(postma, PERSON, "Jelle Postma", RuleScope.HERE).step is None
    settle(postma, ORGANISATION, "Postma BV", RuleScope.HERE)
    changed = mention(session, one, "Jelle Postma")
    assert (changed.kind, changed.actor) == (ORGANISATION, "Postma BV")
    undo.undo(session)
    mark_all(session)
    settle(postma, ORGANISATION, "Postma BV", RuleScope.EVERYWHERE)
    changed = mention(session, one, "Jelle Postma")
    assert (changed.kind, changed.actor) == (ORGANISATION, "Postma BV")
    karin = actor(session, "Karin Dorsman")
    settle(changed, PERSON, karin.name, RuleScope.EVERYWHERE, karin)
    assert mention(session, one, "Jelle Postma").actor == "Karin Dorsman"
    # One of the names of an actor: the others stay with it.
    piet = settle_name.NameAnswer(PERSON, "Piet Postma", None, RuleScope.EVERYWHERE)
    settle_name.settle(session, one, mention(session, one, "Jelle Postma"), piet)
    assert mention(session, one, "Jelle Postma").actor == "Piet Postma"
    assert "Karin Dorsman" in names(session, two)
    settle(mention(session, one, "Nordwatt"), ORGANISATION, "Noordwatt", RuleScope.EVERYWHERE)
    assert "Noordwatt" in names(session, two)
    # A name that is typed in full is that actor, also where the reader gave it.
    settle(mention(session, one, "Groningen"), ORGANISATION, "noordwatt", RuleScope.EVERYWHERE)
    assert mention(session, one, "Groningen").actor_id == actor(session, "Noordwatt").id


def test_who_is_not_there_is_a_problem(session):
    with pytest.raises(Problem) as caught:
        correct_actors.merge(session, ["nobody"], "nobody")
    assert caught.value.kind is ProblemKind.NO_SUCH_ACTOR
