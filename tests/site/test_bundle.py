"""The building of fonts, styles, scripts and texts: complete, repeatable, without any address."""

import gettext
import json
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(hatch_build.__file__).parent
SOURCES = ROOT / hatch_build.SOURCES


def test_every_sheet_is_in_the_bundle():
    imported = (SOURCES / "main.css").read_text()
    missing = [sheet.name for sheet in SOURCES.glob("*.css") if sheet.name != "main.css" and sheet.name not in imported]
    assert missing == []


def test_every_script_is_in_the_bundle():
    scripts = {script.name: script.read_text() for script in SOURCES.glob("*.js")}
    everything = "".join(scripts.values())
    assert [name for name in scripts if name != "main.js" and f"/{name}" not in everything] == []


def test_lock_holds_hashes_and_no_addresses():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


def test_same_input_gives_the_same_fingerprint(tmp_path):
    one, two = tmp_path / "one.css", tmp_path / "two.css"
    one.write_text("a{}")
    two.write_text("b{}")
    first = hatch_build.digest([one, two])
    assert hatch_build.digest([two, one]) == first
    two.write_text("c{}")
    assert hatch_build.digest([one, two]) != first


def test_nothing_is_built_when_nothing_changed(tmp_path, monkeypatch):
    sources = tmp_path / hatch_build.SOURCES
    sources.mkdir(parents=True)
    (sources / "main.css").write_text("a{}")
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}")
    for licence in hatch_build.LICENCES.values():
        (tmp_path / "node_modules" / licence).parent.mkdir(parents=True)
        (tmp_path / "node_modules" / licence).write_text("OFL")
    calls = []

    def run(root, script, *arguments):
        calls.append(script.name)
        (root / hatch_build.BUNDLE).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(hatch_build, "run_node", run)
    hatch_build.bundle(tmp_path)
    assert calls == ["npm-cli.js", "esbuild"]
    hatch_build.bundle(tmp_path)
    assert calls == ["npm-cli.js", "esbuild"]
    (sources / "main.css").write_text("b{}")
    hatch_build.bundle(tmp_path)
    assert calls == ["npm-cli.js", "esbuild", "esbuild"]


def test_failure_of_node_says_what_failed(tmp_path):
    script = tmp_path / "stuk.js"
    script.write_text("throw new Error('dit ging mis')")
    with pytest.raises(RuntimeError, match="dit ging mis"):
        hatch_build.run_node(tmp_path, script)


def test_texts_are_compiled_when_they_are_newer(tmp_path):
    folder = tmp_path / hatch_build.LOCALE / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Kaart"\nmsgstr "Map"\n'
    )
    hatch_build.compile_texts(tmp_path)
    with (folder / "django.mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Kaart") == "Map"


def test_certificates_of_the_machine_come_first(tmp_path, monkeypatch):
    own = tmp_path / "own.pem"
    own.write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    assert hatch_build.certificates() == str(own)
