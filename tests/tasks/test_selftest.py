"""The self-test tells what is wrong with an installation, and goes on with what can still be tried."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.exporters import EXPORTERS
from desktop.extraction import model
from desktop.importers import IMPORTERS, importer_for
from desktop.tasks.selftest import selftest
from desktop.tasks.selftest_files import write_samples


def test_every_format_has_a_sample(tmp_path: Path) -> None:
    made = write_samples(tmp_path)
    assert {name: importer_for(path).name for name, path in made.items()} == {
        importer.name: importer.name for importer in IMPORTERS
    }


def test_each_step_is_timed_and_a_library_that_is_missing_fails_only_what_needs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    outcome = selftest(lambda: "6.0.0")
    assert list(outcome["failed"]) == ["read table"]
    assert "openpyxl" in outcome["failed"]["read table"]
    assert not outcome["ok"]
    assert outcome["qt"] == "6.0.0"
    steps = set(outcome["steps"])
    assert steps >= {f"read {importer.name}" for importer in IMPORTERS} | {
        f"export {name}" for name in EXPORTERS
    }
    assert steps >= {"resources", "index and search", "worker process", "names model", "window"}
    assert sum(outcome["steps"].values()) == pytest.approx(outcome["seconds"], abs=0.1)


def _no_window() -> str:
    raise RuntimeError("no plugin\n  offscreen")


def test_what_failed_is_named_and_ends_with_code_1(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_folder(*_arguments: Any, **_more: Any) -> str:
        raise OSError("disk is full")

    monkeypatch.setattr("desktop.tasks.selftest.Session.open", no_folder)
    monkeypatch.setattr(model, "why_not", lambda: "a processor without AVX")
    assert cli.main(["--selftest"], _no_window) == cli.FAILED
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    for reason in ("disk is full", "a processor without AVX", '"RuntimeError: no plugin offscreen"'):
        assert reason in said
    assert '"import"' not in said  # what needs the library is left out
    assert '"read pdf"' in said
