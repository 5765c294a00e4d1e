"""What goes out with a release: notes, sums, licences, signatures, what a bundle is made of."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import release
import sbom
import signing
from steps import ROOT, version

CHANGES = """# Changelog

## [Unreleased]

- Not yet.

## [1.10.0] - 2026-03-01

### Added

- A lamp.

## [1.1.0] - 2026-01-01

- A reader.

[1.1.0]: https://example.org/1.1.0
"""


@pytest.fixture
def changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(release, "ROOT", tmp_path)
    path = tmp_path / "CHANGELOG.md"
    path.write_text(CHANGES, encoding="utf-8")
    return path


def test_the_notes_are_the_section_of_the_version(changes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.notes("1.10.0") == "### Added\n\n- A lamp.\n"
    assert release.main(["notes", "1.1.0"]) == 0
    assert capsys.readouterr().out == "- A reader.\n"


@pytest.mark.parametrize("number", ["1.1", "1x1.0", "2.0.0", ".*"])
def test_a_version_without_notes_stops_the_release(changes: Path, number: str) -> None:
    with pytest.raises(SystemExit, match="no section"):
        release.notes(number)


def test_a_tag_has_to_name_the_version_and_to_have_notes(changes: Path) -> None:
    with pytest.raises(SystemExit, match=r"the tag v0\.0\.0 is not"):
        release.check("v0.0.0")
    with pytest.raises(SystemExit, match="no section"):
        release.check(f"v{version()}")
    changes.write_text(f"## [{version()}] - 2026-12-01\n\n- It is here.\n", encoding="utf-8")
    release.check(f"v{version()}")


def test_sums_are_as_other_tools_read_them(tmp_path: Path) -> None:
    (tmp_path / "a b.deb").write_bytes(b"one")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "é.exe").write_bytes(b"two")
    for _again in range(2):
        sums = release.checksums(tmp_path)
        lines = sums.read_text(encoding="utf-8").splitlines()
        assert [line.split("  ")[1] for line in lines] == ["a b.deb", "sub/é.exe"]
    assert lines[0].split()[0] == hashlib.sha256(b"one").hexdigest()
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", sums.name], cwd=tmp_path, check=True)
    with pytest.raises(SystemExit, match="nothing"):
        release.checksums(tmp_path / "none")


def test_two_folders_are_compared_file_by_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "lib").mkdir(parents=True)
        (folder / "lib" / "same").write_bytes(b"same")
        (folder / "program").write_bytes(b"run")
    assert release.main(["compare", str(one), str(other)]) == 0
    assert capsys.readouterr().out == "the same\n"
    (one / "lib" / "same").write_bytes(b"samE")
    (one / "more").write_bytes(b"")
    (other / "less").write_bytes(b"")
    with pytest.raises(SystemExit) as caught:
        release.main(["compare", str(one), str(other)])
    assert str(caught.value.code).splitlines() == [
        f"only in {one}: more",
        f"only in {other}: less",
        "differs: lib/same",
        "3 differ",
    ]


def test_licences_are_packed_alike_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "DIST", tmp_path / "dist")
    folder = tmp_path / "licences"
    (folder / "system").mkdir(parents=True)
    (folder / "Leeslamp.txt").write_text("MIT", encoding="utf-8")
    (folder / "system" / "zlib.txt").write_text("Zlib", encoding="utf-8")
    first = release.licences("linux", folder).read_bytes()
    (folder / "Leeslamp.txt").touch()
    packed = release.licences("linux", folder)
    assert packed.read_bytes() == first
    with zipfile.ZipFile(packed) as opened:
        assert opened.namelist() == ["licences/Leeslamp.txt", "licences/system/zlib.txt"]
        assert opened.read("licences/system/zlib.txt") == b"Zlib"
    with pytest.raises(SystemExit, match="no licences"):
        release.licences("linux", tmp_path / "none")


def test_a_file_of_somebody_else_is_kept_only_if_it_is_the_known_one(tmp_path: Path) -> None:
    source, target = tmp_path / "runtime", tmp_path / "build" / "runtime"
    source.write_bytes(b"a runtime")
    known = hashlib.sha256(b"a runtime").hexdigest()
    with pytest.raises(SystemExit, match="no sha256 is known"):
        release.fetch(source.as_uri(), target, "")
    with pytest.raises(SystemExit, match="not the file it should be"):
        release.fetch(source.as_uri(), target, "0" * 64)
    assert not target.parent.exists() or list(target.parent.iterdir()) == []
    release.fetch(source.as_uri(), target, known)
    assert target.read_bytes() == b"a runtime"
    with pytest.raises(SystemExit, match="only https"):
        release.fetch("http://example.org/x", target, known)
    with pytest.raises(SystemExit, match="gone"):
        release.fetch((tmp_path / "gone").as_uri(), target, known)


def test_the_command_line_says_what_it_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["notes"], ["sbom", "amiga"], ["dance"]):
        with pytest.raises(SystemExit) as caught:
            release.main(words)
        assert caught.value.code == 2
    assert "no such system: amiga" in capsys.readouterr().err


# Signatures


def test_what_cannot_be_signed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GPG_KEY", "GPG_PASSPHRASE", "WINDOWS_CERTIFICATE", "WINDOWS_PASSWORD", "APPLE_CERTIFICATE"):
        monkeypatch.delenv(name, raising=False)
    sums, setup, other = (tmp_path / name for name in ("SHA256SUMS", "x-setup.exe", "x.txt"))
    for path in (sums, setup, other):
        path.write_bytes(b"")
    assert "SHA256SUMS is not signed: GPG_KEY" in signing.sign(sums)
    assert "x-setup.exe is not signed: WINDOWS_CERTIFICATE" in signing.sign(setup)
    assert "nothing will be signed" in signing.make_keychain()
    with pytest.raises(SystemExit, match="nobody signs"):
        signing.sign(other)
    monkeypatch.setenv("GPG_KEY", "half of it")
    with pytest.raises(SystemExit, match="not GPG_PASSPHRASE"):
        signing.sign(sums)


@pytest.mark.skipif(sys.platform == "win32" or shutil.which("gpg") is None, reason="needs gpg")
def test_sums_are_signed_by_gpg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, sums = tmp_path / "h", tmp_path / "SHA256SUMS"
    home.mkdir(mode=0o700)
    sums.write_text("0  a\n", encoding="utf-8")
    gpg = ["gpg", "--homedir", str(home), "--batch", "--quiet", "--pinentry-mode", "loopback"]
    gpg += ["--passphrase", "open sesame"]
    make = ["--quick-generate-key", "Leeslamp <x@example.org>", "ed25519", "sign"]
    try:
        subprocess.run([*gpg, *make], check=True, capture_output=True)
        key = subprocess.run(
            [*gpg, "--armor", "--export-secret-keys"], check=True, capture_output=True, text=True
        )
        monkeypatch.setenv("GPG_KEY", key.stdout)
        monkeypatch.setenv("GPG_PASSPHRASE", "open sesame")
        assert signing.sign(sums) == "SHA256SUMS.asc: signed"
        verify = [*gpg, "--verify", str(sums) + ".asc", str(sums)]
        assert subprocess.run(verify, check=False, capture_output=True).returncode == 0
        sums.write_text("1  a\n", encoding="utf-8")
        assert subprocess.run(verify, check=False, capture_output=True).returncode != 0
        monkeypatch.setenv("GPG_PASSPHRASE", "wrong")
        with pytest.raises(SystemExit, match="failed"):
            signing.sign(sums)
    finally:
        subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "gpg-agent"], check=False)


# What a bundle is made of


def test_the_document_is_valid_by_the_schema_and_always_the_same() -> None:
    components = [
        sbom.python("3.11.2"),
        *sbom.inside_wheels({"PySide6_Essentials", "lxml"}),
        *sbom.our_data(),
    ]
    made = sbom.document("linux", components)
    assert sbom.problems(json.dumps(made)) == ""
    assert made == sbom.document("linux", components)
    assert made["serialNumber"] != sbom.document("windows", components)["serialNumber"]
    assert {one["name"] for one in components} >= {"CPython", "Qt", "libxml2", "SourceSerif4-Regular.ttf"}
    assert sbom.problems(json.dumps({**made, "specVersion": 7}))
    with pytest.raises(SystemExit, match="not a valid"):
        sbom.document("linux", [{"type": "lamp", "bom-ref": "a", "name": "a"}])


def test_every_list_model_and_typeface_is_told_of() -> None:
    told = ", ".join(one["name"] for one in sbom.our_data())
    assert {one["type"] for one in sbom.our_data()} == {"data", "machine-learning-model"}
    for path in (ROOT / "resources" / "gazetteers").glob("*.txt"):
        assert f"gazetteers/{path.name}" in told
    for path in (ROOT / "resources" / "fonts").glob("*.ttf"):
        assert path.name in told


def test_files_are_traced_to_the_library_that_brought_them(tmp_path: Path) -> None:
    import json as of_python

    import lxml

    stranger = tmp_path / "libstrange.so.1"
    stranger.write_bytes(b"")
    sources = [Path(str(module.__file__)) for module in (lxml, pytest, of_python)]
    names, others = sbom.by_distribution([*sources, ROOT / "desktop" / "app.py", stranger])
    assert names == {"lxml", "pytest"}
    assert others == [stranger]


def test_what_pyinstaller_wrote_down_is_read(tmp_path: Path) -> None:
    contents = tmp_path / "COLLECT-00.toc"
    entries: Any = ([("a.so", "/x/a.so", "BINARY"), ("b.so", "a.so", "SYMLINK"), ("c", "-", "PYMODULE")], "x")
    contents.write_text(repr(entries), encoding="utf-8")
    assert list(sbom.packed([contents])) == [Path("/x/a.so")]
    with pytest.raises(SystemExit, match="make the bundle first"):
        list(sbom.packed([tmp_path / "none"]))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages of Debian")
@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="packages of Debian")
def test_a_library_of_the_system_has_to_be_known(tmp_path: Path) -> None:
    zlib = next(Path("/usr/lib").glob("*/libz.so.1"), None)
    if zlib is None:
        pytest.skip("zlib is not where Debian puts it")
    [found] = sbom.of_debian([zlib])
    assert found["purl"].startswith("pkg:deb/")
    assert found["licenses"] == [{"license": {"id": "Zlib"}}]
    with pytest.raises(SystemExit, match="nobody knows where"):
        sbom.of_debian([tmp_path / "libstrange.so.1"])
    with pytest.raises(SystemExit, match="system_libraries"):
        sbom.of_debian([Path("/usr/bin/dpkg")])
