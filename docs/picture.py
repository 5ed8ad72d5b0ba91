"""Draws the picture in the README: a report of a sample, opened in a browser.

Run it with ``python docs/picture.py`` after the report or the model has changed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from filter import clean
from filter.report import to_page

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "library-pbn-tail.html"
PICTURE = ROOT / "docs" / "_static" / "report.png"


def main() -> None:
    """Show where the article ends and the spam begins, with the reasons for one block of it."""
    report = to_page(clean(SAMPLE.read_bytes()))
    with sync_playwright() as driver:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_content(report)
        spam = page.locator(".block", has_text="guest posts").last
        spam.evaluate("block => window.scrollTo(0, block.offsetTop - 360)")
        spam.hover()
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
