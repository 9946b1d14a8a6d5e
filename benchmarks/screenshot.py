"""Make docs/images/site.png anew: the shipped site's first page and one discussion side by side, in Chromium.

    python3 start.py build
    python benchmarks/screenshot.py

Needs Playwright, Chromium and Pillow. The picture shows the fonts of the machine it is made on.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from tests.browser.reader import launch, program  # noqa: E402
from tests.browser.serving import served  # noqa: E402

PICTURE = ROOT / "docs/images/site.png"
SIZE = {"width": 1380, "height": 860}
COLOURS = 128
COMMENT = "#comment-delphine-1"
FRAMES = """<!DOCTYPE html><style>body {{ margin: 0; display: grid; grid-template-columns: 1fr 1fr; gap: 2px;
  background: silver; }} iframe {{ border: 0; width: 100%; height: 860px; }}</style>
<iframe src="{site}/"></iframe><iframe src="{site}/essays/leave-the-social-in/"></iframe>"""


def main() -> None:
    """Open both pages in one window, take its picture, and write it with few colours."""
    with served(ROOT / "output") as site, sync_playwright() as playwright:
        browser = launch(playwright, program() or sys.exit("Chromium is not installed"))
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(f"{site}/robots.txt")
        page.set_content(FRAMES.format(site=site), wait_until="load")
        page.frames[-1].locator(COMMENT).evaluate("comment => comment.scrollIntoView()")
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
