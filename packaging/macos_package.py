"""The program for macOS: an .app by PyInstaller, signed, notarised, stapled, in a disk image.

Its steps run on macOS only. Signing needs an identity (APPLE_IDENTITY: "Developer ID Application: …"),
notarising a profile that `xcrun notarytool store-credentials` made (APPLE_PROFILE); without them the image is
unsigned, and the step says so.
"""

from __future__ import annotations

import os
import platform
import plistlib
import shutil
from pathlib import Path
from typing import Any

import bundle
from program_icons import write_icns
from signing import KEYCHAIN
from steps import APP_ID, BUILD, BUNDLE, DIST, PACKAGING, megabytes, run, version

from desktop.exporters import rules_file
from desktop.importers import IMPORTERS

APP = DIST / "Leeslamp.app"
ENTITLEMENTS = PACKAGING / "macos" / "entitlements.plist"
CORRECTIONS = f"{APP_ID}.corrections"  #: as macOS knows such files
OLDEST = "13.0"  #: the wheels of Qt 6.11 ask for it


def info() -> dict[str, Any]:
    """Return the Info.plist: links and documents that macOS may hand over, as QFileOpenEvent."""
    suffixes = sorted({suffix[1:] for importer in IMPORTERS for suffix in importer.suffixes})
    return {
        "CFBundleDisplayName": "Leeslamp",
        "CFBundleIdentifier": APP_ID,
        "CFBundleShortVersionString": version(),
        "CFBundleVersion": version(),
        "CFBundleDevelopmentRegion": "nl",
        "CFBundleLocalizations": ["nl", "en"],
        "CFBundleURLTypes": [{"CFBundleURLName": APP_ID, "CFBundleURLSchemes": ["leeslamp"]}],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Article",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "CFBundleTypeExtensions": suffixes,
            },
            {
                "CFBundleTypeName": "Corrections of Leeslamp",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [CORRECTIONS],
            },
            {
                "CFBundleTypeName": "Folder of articles",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "None",
                "LSItemContentTypes": ["public.folder"],
            },
        ],
        # Files that only Leeslamp writes: the reader's corrections.
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": CORRECTIONS,
                "UTTypeDescription": "Corrections of Leeslamp",
                "UTTypeConformsTo": ["public.json"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [rules_file.SUFFIX.removeprefix(".")],
                    "public.mime-type": [rules_file.MEDIA_TYPE],
                },
            }
        ],
        "LSApplicationCategoryType": "public.app-category.news",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
    }


def macos() -> None:
    """Make the disk image; elsewhere than on macOS, write what can be written and say what is left."""
    write_icns(BUILD / "macos" / "leeslamp.icns")
    (BUILD / "macos" / "Info.plist").write_bytes(plistlib.dumps(info()))
    if platform.system() != "Darwin":
        print(
            f"{BUILD / 'macos'}: icon and Info.plist. The app, its signature and the image are made on macOS."
        )
        return
    bundle.freeze()
    bundle.add_notices()
    _make_app()
    _sign(APP)
    image = _make_image()
    _sign(image)
    _notarise(image)
    print(f"{image}: {megabytes(image):.0f} MB")


def _make_app() -> None:
    """Lay PyInstaller's folder out as an app: the program beside its libraries, data among the resources."""
    shutil.rmtree(APP, ignore_errors=True)
    contents = APP / "Contents"
    contents.mkdir(parents=True)
    shutil.copytree(BUNDLE, contents / "MacOS", symlinks=True)
    (contents / "Resources").mkdir()
    shutil.copy(BUILD / "macos" / "leeslamp.icns", contents / "Resources")
    shutil.move(contents / "MacOS" / "licences", contents / "Resources" / "licences")
    plist = {**info(), "CFBundleExecutable": "leeslamp", "CFBundleIconFile": "leeslamp.icns"}
    (contents / "Info.plist").write_bytes(plistlib.dumps({**plist, "CFBundlePackageType": "APPL"}))
    bundle.self_test(contents / "MacOS" / "leeslamp", str(BUILD / "macos"))


def _sign(path: Path) -> None:
    identity = os.environ.get("APPLE_IDENTITY")
    if not identity:
        print(f"{path.name} is not signed: APPLE_IDENTITY is not set")
        return
    how = ["--force", "--deep", "--timestamp", "--options", "runtime", "--entitlements", str(ENTITLEMENTS)]
    run(["codesign", *how, "--sign", identity, str(path)])
    run(["codesign", "--verify", "--strict", str(path)])


def _make_image() -> Path:
    image = DIST / f"Leeslamp-{version()}.dmg"
    image.unlink(missing_ok=True)
    folder = BUILD / "macos" / "image"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copytree(APP, folder / APP.name, symlinks=True)
    (folder / "Applications").symlink_to("/Applications")
    run(
        [
            "hdiutil",
            "create",
            "-volname",
            "Leeslamp",
            "-srcfolder",
            str(folder),
            "-format",
            "UDZO",
            str(image),
        ]
    )
    return image


def _notarise(image: Path) -> None:
    profile = os.environ.get("APPLE_PROFILE")
    if not profile:
        print(f"{image.name} is not notarised: APPLE_PROFILE is not set")
        return
    where = ["--keychain", str(KEYCHAIN)] if KEYCHAIN.exists() else []
    run(["xcrun", "notarytool", "submit", str(image), "--keychain-profile", profile, *where, "--wait"])
    run(["xcrun", "stapler", "staple", str(image)])
