"""The report in a real browser: it works, and nothing of the page runs in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from filter.report import Entry, to_index, to_page
from tests.articles import article, doorway, ferry, unreadable
from tests.test_report import hostile_article

playwright = pytest.importorskip("playwright.sync_api", reason="the extra 'browser' is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Any:
    """Open a report, and keep what the browser complains about and asks the network for."""

    def opener(page: str, **options: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(page, encoding="utf-8")
        tab = browser.new_context(**options).new_page()
        tab.complaints, tab.requests = [], []
        tab.on("console", lambda message: tab.complaints.append(message.text))
        tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.on("dialog", lambda dialog: (tab.complaints.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda request: tab.requests.append(request.url))
        tab.goto(file.as_uri())
        return tab

    return opener


def test_loads_nothing_and_complains_of_nothing(opened: Any) -> None:
    for page in (to_page(ferry()), to_index([Entry(ferry(), "1.html")])):
        tab = opened(page)
        assert tab.complaints == []
        assert len(tab.requests) == 1


def test_nothing_of_a_hostile_page_runs(opened: Any) -> None:
    tab = opened(to_page(hostile_article(), original="<script>alert(1)</script>"))
    for block in tab.locator(".block").all()[:4]:
        block.click()
    assert tab.complaints == []
    assert len(tab.requests) == 1


def test_even_markup_that_got_in_would_not_run(opened: Any) -> None:
    injected = (
        "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'><style>body{display:none}</style>"
    )
    tab = opened(to_page(ferry()).replace("The boat leaves", injected))
    assert tab.evaluate("window.ran") is None
    assert tab.locator("body").is_visible()
    assert any("Content Security Policy" in complaint for complaint in tab.complaints)


def test_a_block_says_why_on_hover_and_on_focus(opened: Any) -> None:
    tab = opened(to_page(ferry()))
    spam, menu = tab.locator(".block.label-spam"), tab.locator(".block.label-furniture")
    assert not spam.locator(".why").is_visible()
    spam.hover()
    assert spam.locator(".why").is_visible()
    tab.mouse.move(0, 0)
    menu.focus()
    assert menu.locator(".why").is_visible()
    assert not spam.locator(".why").is_visible()


def test_filters_hide_and_show_blocks(opened: Any) -> None:
    tab = opened(to_page(ferry()))
    tab.locator("input[data-shows=furniture]").uncheck()
    assert not tab.locator(".block.label-furniture").is_visible()
    assert tab.locator(".block.label-spam").is_visible()
    tab.locator("input[data-shows=furniture]").check()
    assert tab.locator(".block.label-furniture").is_visible()


def test_corrected_labels_are_exported_as_a_json_line(opened: Any) -> None:
    tab = opened(to_page(ferry(), original="<p>The\u2028 boat</p>"))
    tab.locator(".block.label-spam select").select_option("article")
    assert tab.locator("#corrections").text_content() == "1 correction"
    with tab.expect_download() as download:
        tab.locator("#export").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    record = json.loads(lines[0])
    assert record["page"] == "<p>The\u2028 boat</p>"
    assert [block["corrected"] for block in record["blocks"]] == [None] * 10 + ["article"]


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_the_screen_and_can_be_read(opened: Any, width: int, scheme: str) -> None:
    index = to_index([Entry(ferry(), "1.html"), Entry(unreadable(), "2.html")])
    for page in (to_page(ferry()), to_page(doorway()), index):
        tab = opened(page, viewport={"width": width, "height": 800}, color_scheme=scheme)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(LOWEST_CONTRAST) >= 4.5


@pytest.mark.parametrize("width", [840, 1280])
def test_heads_of_the_index_are_never_broken(opened: Any, width: int) -> None:
    long = article(title="Night ferry returns " * 20, verdict_reasons=["a genuine article of 196 words"] * 5)
    tab = opened(to_index([Entry(long, "1.html")]), viewport={"width": width, "height": 800})
    for head in tab.locator("thead th").all():
        assert head.evaluate(LINES) == 1, head.text_content()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


LINES = """(element) => {
  const text = document.createRange();
  text.selectNodeContents(element);
  return text.getClientRects().length;
}"""

LOWEST_CONTRAST = """() => {
  // WCAG 2.2, 1.4.3: contrast of each text with what is painted behind it.
  const channels = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (; element; element = element.parentElement) {
      const colour = channels(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  let lowest = 21;
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasText || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
    const [text, ground] = [channels(getComputedStyle(element).color), behind(element)].map(luminance);
    lowest = Math.min(lowest, (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05));
  }
  return lowest;
}"""
