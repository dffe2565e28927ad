"""Takes the pictures of the documentation from the demo, as small files: `make screenshots`."""

import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES: Final = Path(__file__).parent / "images"
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
MOST_COLOURS: Final = 256
LAPTOP: Final = (1280, 860)
PHONE: Final = (360, 740)
PASSWORD: Final = "waterdam-{}-2025"  # of every invented person, as the demo says


class Shot(NamedTuple):
    """One picture: its file, the page, who looks, and how large."""

    name: str
    page: str
    who: str = ""
    size: tuple[int, int] = LAPTOP


SHOTS: Final = (
    Shot("start", "/"),
    Shot("map", "/kaart/?indicator=feels_at_home"),
    Shot("neighbourhood", "/gebied/weverskwartier/", "gebiedsmakelaar", (1280, 1100)),
    Shot("weights", "/gebied/weverskwartier/gewichten/?gewichten=green_near-0.safe_in_evening-2", "gebiedsmakelaar"),
    Shot("claim", "/rondes/weverskwartier/uitspraken/2/", "gebiedsmakelaar", (1280, 1100)),
    Shot("large-map", "/rondes/weverskwartier/kaart/?deel=avond&kies=verhaal-2", "gebiedsmakelaar", (1440, 810)),
    Shot("plan", "/rondes/weverskwartier/plan/", "gebiedsmakelaar", (1280, 1100)),
    Shot("placing", "/plaatsen/1/", "pim", (1280, 1500)),
    Shot("phone", "/mijn-buurten/", "gebiedsmakelaar", PHONE),
)


@contextmanager
def demo() -> Iterator[str]:
    """Start the demo on a free port with a data folder of its own, and give its address."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BUURTBALANS_", "DJANGO_"))}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "buurtbalans.cli", "demo", "--port", "0", "--data", folder]
        process = subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, text=True, start_new_session=True)
        try:
            yield next(line.split()[1] for line in process.stdout or () if line.startswith("Ready: "))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def take(browser: Browser, address: str, shot: Shot) -> bytes:
    """Open a page as somebody and return what stands on the screen."""
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="nl-NL",
        timezone_id="Europe/Amsterdam",
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot.who:
        _enter(page, address, shot.who)
    answer = page.goto(address + shot.page)
    if answer is None or answer.status != 200:
        sys.exit(f"{shot.page} does not answer as it should; docs/images/{shot.name}.png stays as it was.")
    _settle(page)
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def _enter(page: Page, address: str, who: str) -> None:
    """Look as one of those on the first page, or sign in as another invented person."""
    page.goto(address)
    button = page.locator(f'form[action="/kijk-als/{who}/"] button')
    if button.count():
        button.click()
        return
    page.goto(address + "/inloggen/")
    page.get_by_label("Gebruikersnaam").fill(who)
    page.get_by_label("Wachtwoord").fill(PASSWORD.format(who))
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()


def _settle(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")


def smaller(picture: bytes) -> bytes:
    """Return a picture with at most 256 colours: the most used ones, each other colour as the nearest of those."""
    pixels = _pixels(picture)
    height, width, _ = pixels.shape
    packed = (pixels.astype(np.uint32) << np.array([16, 8, 0], dtype=np.uint32)).sum(axis=2)
    colours, where, often = np.unique(packed, return_inverse=True, return_counts=True)
    used = _split(colours)
    kept = _palette(used, often)
    nearest = np.concatenate(
        [((part[:, None, :] - kept[None]) ** 2).sum(axis=2).argmin(axis=1) for part in np.array_split(used, 64)]
    )
    rows = nearest.astype(np.uint8)[where.reshape(height, width)]
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", kept.astype(np.uint8).tobytes()), (b"IDAT", zlib.compress(lines, 9)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in (*parts, (b"IEND", b"")))


def _split(colours: "np.ndarray") -> "np.ndarray":
    return np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)


def _palette(used: "np.ndarray", often: "np.ndarray") -> "np.ndarray":
    """Return the colours to keep: the most used of each small cube of colours, most used cubes first."""
    order = np.argsort(-often, kind="stable")
    _, first = np.unique((used[order] >> 4) @ np.array([256, 16, 1]), return_index=True)
    cubes = order[np.sort(first)][: MOST_COLOURS * 3 // 4]
    rest = [one for one in order[:MOST_COLOURS] if one not in set(cubes.tolist())]
    return used[np.concatenate([cubes, np.array(rest, dtype=cubes.dtype)])[:MOST_COLOURS]]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _pixels(picture: bytes) -> "np.ndarray":
    """Read the pixels of a PNG of 8 bits a channel, as browsers make them."""
    at, data, width, height, channels = 8, b"", 0, 0, 3
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
            channels = {2: 3, 6: 4}[colour]
        data += body if kind == b"IDAT" else b""
        at += length + 12
    lines = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + width * channels)
    return _unfiltered(lines, channels).reshape(height, width, channels)[:, :, :3]


def _unfiltered(lines: "np.ndarray", step: int) -> "np.ndarray":
    found = np.zeros((len(lines), lines.shape[1] - 1), np.uint8)
    above = np.zeros(lines.shape[1] - 1, np.uint8)
    for at, line in enumerate(lines):
        above = found[at] = _line(int(line[0]), line[1:], above, step)
    return found


def _line(kind: int, line: "np.ndarray", above: "np.ndarray", step: int) -> "np.ndarray":
    """Undo the filter of one line: none, left, up, mean or Paeth."""
    if kind == 0:
        return line
    if kind == 2:
        return line + above
    if kind == 1:
        return np.cumsum(line.reshape(-1, step), axis=0, dtype=np.uint8).reshape(-1)
    done = bytearray(len(line))
    over = bytes(above)
    for at, value in enumerate(bytes(line)):
        left = done[at - step] if at >= step else 0
        corner = over[at - step] if at >= step else 0
        guess = (left + over[at]) // 2 if kind == 3 else _paeth(left, over[at], corner)
        done[at] = (value + guess) & 255
    return np.frombuffer(bytes(done), np.uint8)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def main() -> None:
    """Take every picture and say how large it became."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        sys.exit("There is no Chromium on this machine. Install it: apt-get install chromium")
    IMAGES.mkdir(exist_ok=True)
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        for shot in SHOTS:
            file = IMAGES / f"{shot.name}.png"
            file.write_bytes(smaller(take(browser, address, shot)))
            print(f"docs/images/{file.name}: {file.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
