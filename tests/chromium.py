"""A real browser: Chromium, from `CHROMIUM` or the path; a conftest takes `browser` by name, beside a `site`."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

# What keeps Chromium from asking anybody else, and lets it run as root in a container.
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

_AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"

# Such as that a field for the name goes with every password, or that something had the focus already.
_ADVICE = ("debug", "info", "verbose")

# On a busy machine a page takes its time; what never comes is told late, and nothing else.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser(site: str) -> Iterator[Browser]:
    """Starts after the site and ends before it: beside Playwright's loop, Django would open a second connection."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert executable, "Chromium is missing: apt install chromium, or name it in CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(_FLAGS))
        yield browser
        browser.close()


def note_faults(page: Page, *, site: str, faults: list[str]) -> None:
    """Enters in `faults` what the page asks of another host, writes to the console, or stumbles over."""

    def check(request: Request) -> None:
        if urlsplit(request.url).scheme.startswith("http") and urlsplit(request.url).netloc != urlsplit(site).netloc:
            faults.append(f"asked another host: {request.url}")

    page.on("request", check)
    page.on("console", lambda message: message.type in _ADVICE or faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: faults.append(f"error: {error}"))


def widths_too_small(page: Page, *, widths: Sequence[int] = (360, 768, 1024, 1280, 1920)) -> dict[int, int]:
    """By how many pixels the page is wider than the screen, for each width where it is."""
    over = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        over[width] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return {width: pixels for width, pixels in over.items() if pixels > 0}


def accessibility_faults(page: Page, *, within: str = "html", rules: Sequence[str] = ()) -> list[str]:
    """What axe finds of serious or critical impact by some of its rules or all, each with where it finds it."""
    page.evaluate(_AXE.read_text())
    options = {"resultTypes": ["violations"], "preload": False} | ({"runOnly": list(rules)} if rules else {})
    found = page.evaluate("([within, options]) => axe.run(within, options)", [within, options])
    return [
        f"{fault['id']}: {fault['help']} at {[node['target'] for node in fault['nodes']][:5]}"
        for fault in found["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
