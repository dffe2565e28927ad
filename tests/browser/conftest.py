"""A running demo and Debian's Chromium, for journeys through the site as a person walks it."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
READY: Final = "Ready: "
WIDTHS: Final = {"phone": 360, "laptop": 1280, "projector": 1920}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a screen; the tests are skipped where it is missing."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=["--disable-gpu"])
        yield running
        running.close()


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Start the demo as `make demo` does, on a free port and with this data folder; give its address, and stop it."""
    command = [sys.executable, "-m", "buurtbalans.cli", "demo", "--port", "0", "--data", str(folder)]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("BUURTBALANS_", "DJANGO_"))
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder) as process:
        assert process.stdout is not None
        said = next((line for line in process.stdout if line.startswith(READY)), "")
        try:
            assert said, "the demo ended before it was ready"
            yield said.removeprefix(READY).strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
    assert process.returncode == 0


@pytest.fixture(scope="package")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the running demo: made once for the workers of a run, and copied for each."""
    base = tmp_path_factory.getbasetemp()
    prepared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "prepared-demo"
    with prepared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not prepared.with_suffix(".ready").exists():
            prepared.mkdir(exist_ok=True)
            with demo(prepared):
                pass
            prepared.with_suffix(".ready").touch()
    return Path(shutil.copytree(prepared, tmp_path_factory.mktemp("demo"), dirs_exist_ok=True))


@pytest.fixture(scope="package")
def site(demo_folder: Path) -> Iterator[str]:
    """The demo as `make demo` starts it again, with a data folder of this worker's own; gives its address."""
    with demo(demo_folder) as address:
        yield address


@pytest.fixture
def foreseen() -> set[str]:
    """What a test knows that the browser will complain of, word for word."""
    return set()


@pytest.fixture
def open_page(browser: Browser, site: str, foreseen: set[str]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a fresh page; at the end nothing else may have failed or come from elsewhere."""
    complaints: list[str] = []
    contexts = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((site, "data:", "blob:")):
            complaints.append(f"asked elsewhere: {request.url}")

    def open_one(*, width: int = WIDTHS["laptop"], height: int = 900, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", asked)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [each for each in complaints if each not in foreseen] == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page as wide as a laptop."""
    return open_page()


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Return a function that asserts that axe finds nothing on the page as it stands."""
    axe = Axe()

    def check(page: Page) -> None:
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        words = [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
        assert words == [], f"{page.url}\n" + "\n".join(words)

    return check


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Return a function that keeps a picture of the page when BUURTBALANS_PICTURES names a folder."""
    folder = os.environ.get("BUURTBALANS_PICTURES")

    def keep(page: Page, name: str) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    return keep
