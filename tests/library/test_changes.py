from __future__ import annotations

from desktop.library import changes


def test_a_follower_sees_the_last_change_of_each_article(library):
    con = library.reader()
    assert (changes.newest(con), changes.since(con, 0, 9)) == (0, [])
    for row in (1, 2, 1, 3):
        library.write(lambda con, row=row: changes.note(con, row))
    assert changes.since(con, 0, 9) == [(2, 2), (3, 1), (4, 3)]
    assert changes.since(con, 0, 1) == [(2, 2)]
    assert changes.since(con, 3, 9) == [(4, 3)]
    assert changes.newest(con) == 4


def test_numbers_are_never_used_again(library):
    library.write(lambda con: changes.note_all(con, [1, 2]))
    library.write(lambda con: con.execute("DELETE FROM change"))
    library.write(lambda con: changes.note(con, 1))
    assert changes.newest(library.reader()) == 3
