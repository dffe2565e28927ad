"""The large map full of marks: when it can be used, how long its longest frame is while it is dragged, and its list."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.crowd import FEELINGS, STORIES

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
TIMES: Final = 5
SIZE: Final = {"width": 1920, "height": 1080}
# Usable is: painted, and an arrow moves it. Frames are counted while a mouse drags the map to and fro.
USABLE: Final = """() => new Promise((done) => {
  const look = () => {
    const map = document.querySelector('large-map[tabindex]');
    if (!map) return requestAnimationFrame(look);
    map.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
    requestAnimationFrame(() => requestAnimationFrame(() => done(
      document.querySelector('svg.kaart--groot').style.transform ? performance.now() : -1)));
  };
  look();
})"""
WATCH: Final = """() => {
  let last = performance.now();
  window.gaps = [];
  const tick = () => { const now = performance.now(); gaps.push(now - last); last = now; requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
NOT_THERE: Final = "Not measured: no Chromium on this machine."
TEXT: Final = """An invented city of 500 buurten with {stories} stories and {feelings} feelings, as the demo gives it to
headless Chromium without a graphics card, {wide} pixels wide; {times} visits after a first one, each in a new browser.
Usable means painted, and an arrow moves it; the bar is 1.5 s. In a long frame the map does not follow the hand.

| what | median | worst |
|---|---|---|
{rows}
"""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Start the demo on the data of a folder, and give its address."""
    command = [sys.executable, "-m", "buurtbalans.cli", "demo", "--port", "0", "--data", str(folder)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BUURTBALANS_", "DJANGO_"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=kept, cwd=folder) as process:
        try:
            said = next((line for line in process.stdout or () if line.startswith("Ready: ")), "")
            yield said.removeprefix("Ready: ").strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)


@contextmanager
def crowded(folder: Path) -> Iterator[tuple[str, str]]:
    """Serve a demo with the crowd in it; give its address and that of its large map."""
    if not (folder / "buurtbalans.sqlite3").exists():
        with serving(folder):
            pass
    done = subprocess.run(
        [sys.executable, "-m", "bench.crowd", str(folder)], check=True, capture_output=True, text=True
    )
    with serving(folder) as address:
        yield address, f"{address}/rondes/{done.stdout.split()[-1]}/kaart/"


def visit(browser: Any, address: str, page_address: str) -> dict[str, float]:
    """Open the map in a fresh browser, drag it, walk its list, and return what that took in milliseconds."""
    context = browser.new_context(viewport=SIZE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name=re.compile("gebiedsmakelaar")).first.click()
    page.wait_for_url(re.compile("mijn-buurten"))
    page.goto(page_address, wait_until="commit")
    took = {"until usable": page.evaluate(USABLE)}
    took["of which the server"] = page.evaluate("performance.getEntriesByType('navigation')[0].responseStart")
    page.wait_for_load_state()
    took |= dragged(page)
    took["a mark chosen in the list, by key"] = chosen(page)
    context.close()
    return took


def dragged(page: Any) -> dict[str, float]:
    """Drag the map to and fro with the mouse, and return the longest and the middle frame."""
    box = page.locator("large-map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(WATCH)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x + 200 * (step % 20 - 10) / 10, y + step)
    page.mouse.up()
    gaps = page.evaluate("window.gaps")[1:]
    return {"longest frame of a drag": max(gaps), "middle frame of a drag": median(gaps)}


def chosen(page: Any) -> float:
    """Press Enter on a row of the list, and return after how long what is known of it stands there."""
    row = page.locator("#lijst [data-kies]").nth(1000)
    row.focus()
    page.evaluate("window.began = performance.now()")
    page.keyboard.press("Enter")
    page.wait_for_selector("#gekozen:focus .gk-kop")
    took: float = page.evaluate("performance.now() - window.began")
    return took


def measured() -> str:
    """Return the part of the page about the large map."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        return NOT_THERE
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
        with crowded(Path(made)) as (address, page):
            visit(browser, address, page)  # the first one draws borders that are kept
            found = [visit(browser, address, page) for _ in range(TIMES)]
        browser.close()
    rows = [
        f"| {what} | {median(each[what] for each in found):.0f} ms | {max(each[what] for each in found):.0f} ms |"
        for what in found[0]
    ]
    return TEXT.format(stories=f"{STORIES:,}", feelings=FEELINGS, wide=SIZE["width"], times=TIMES, rows="\n".join(rows))


if __name__ == "__main__":
    print(measured())
