"""Names by the model: places in the text, hostile text, threads, and what happens where it cannot run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Problem, ProblemKind
from desktop.extraction import best_recogniser, extract, model, stamp
from desktop.model import LANGUAGES, Mention, MentionKind, Source

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = (
    "Kabinet steunt fabriek in Hengelo\n\n"
    "Minister Famke Terpstra van Economische Zaken bezocht donderdag Hengelo. D66-Kamerlid Jurre Oldenkamp "
    "vroeg Terpstra om opheldering over Zonnekracht Twente. “Wij wachten af”, zei zij 😀."
)


def names(found: list[Mention], kind: MentionKind) -> list[str]:
    return [mention.text for mention in found if mention.kind is kind]


def test_names_have_their_kind_and_say_where_they_come_from() -> None:
    found = model.find_names(ARTICLE, "nl")
    assert names(found, MentionKind.PERSON) == ["Famke Terpstra", "Jurre Oldenkamp", "Terpstra"]
    assert names(found, MentionKind.PLACE) == ["Hengelo", "Hengelo"]
    assert names(found, MentionKind.ORGANISATION) == ["Economische Zaken", "D66", "Zonnekracht Twente"]
    assert {mention.source for mention in found} == {Source.MODEL}
    assert all(0 <= mention.confidence <= 1 for mention in found)


def test_where_a_person_comes_from_is_no_part_of_the_name() -> None:
    text = "In Vlasdorp sprak Annelies Kroeze van Vlasdorp met Jan van Vliet en Anna Willems uit Assen."
    people = names(model.find_names(text, "nl"), MentionKind.PERSON)
    assert people == ["Annelies Kroeze", "Jan van Vliet", "Anna Willems"]


def test_extract_links_what_the_model_found() -> None:
    found = extract(ARTICLE, lang="nl", reference="2025-01-09", names="model")
    people = {mention.actor for mention in found if mention.kind is MentionKind.PERSON}
    assert people == {"Famke Terpstra", "Jurre Oldenkamp"}


_STRANGE = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("eé\u0301\u0308\u200d\ufe0f😀👩ﬁǅİß\u00ad\u2028\n -'’.,"),
        st.sampled_from("ABCDEvanaeiou"),
    ),
    max_size=400,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LANGUAGES), _STRANGE)
def test_any_text_gives_names_at_their_places(lang: str, text: str) -> None:
    end = 0
    for mention in model.find_names(text, lang):
        assert text[mention.start : mention.end] == mention.text
        assert end <= mention.start < mention.end
        end = mention.end


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["😀", "e\u0301", "\u200b", "\n", "👩\u200d🚀", "„", "  "]), max_size=8))
def test_what_stands_in_front_moves_the_names(front: list[str]) -> None:
    lead = "".join(front) + "\n\n"
    text = lead + ARTICLE
    assert {"Hengelo", "Jurre Oldenkamp"} <= {m.text for m in model.find_names(text, "nl")}
    assert all(text[m.start : m.end] == m.text for m in model.find_names(text, "nl"))


@pytest.mark.parametrize("unit", ["a", "Aa", "-", "😀", "Jan-", "É", "1"])
def test_a_text_without_spaces_takes_time_in_proportion(unit: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        extract(unit * (size // len(unit)), lang="nl", reference=None, names="model")
        return time.process_time() - start

    seconds(1_000)
    longer = seconds(40_000)
    assert longer < 1 or longer < 10 * seconds(10_000)


def test_threads_share_the_model() -> None:
    texts = [ARTICLE, ARTICLE.replace("Hengelo", "Utrecht"), ARTICLE.upper(), ARTICLE[:80]] * 3
    alone = [model.find_names(text, "nl") for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: model.find_names(text, "nl"), texts)) == alone


def test_nothing_heavy_is_loaded_before_it_is_used() -> None:
    code = "import sys, desktop.extraction, desktop.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()
    assert "desktop.extraction" in loaded
    assert not {"numpy", "onnxruntime"} & set(loaded)


@pytest.fixture
def no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the model's files be missing."""
    monkeypatch.setattr(model, "resource", tmp_path.joinpath)
    model.forget()
    yield
    monkeypatch.undo()
    model.forget()


@pytest.mark.usefixtures("no_model")
def test_without_its_files_the_model_says_why_and_the_rules_answer() -> None:
    assert not model.available()
    assert "missing" in model.why_not()
    assert best_recogniser() == "rules"
    with pytest.raises(Problem) as caught:
        extract(ARTICLE, lang="nl", reference=None, names="model")
    assert caught.value.kind is ProblemKind.UNKNOWN_VALUE


def test_a_library_that_cannot_run_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.delitem(sys.modules, "desktop.extraction.model_session", raising=False)
    model.forget()
    assert not model.available()
    assert "onnxruntime" in model.why_not()
    monkeypatch.undo()
    model.forget()
    assert model.available()
    assert best_recogniser() == "model"


def test_marks_by_another_recogniser_have_another_stamp() -> None:
    assert len({stamp("rules"), stamp("model")}) == 2
    assert stamp() in {stamp("rules"), stamp("model")}


def test_the_files_are_the_ones_described() -> None:
    assert model.damaged() == []
