"""Photograph the page at a phone's, a laptop's and a desktop's width: ``make screenshots``.

The pictures are looked at by people, not compared by tests.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from index.build import default_location
from tests.browser import FLAGS, PageProcess, ask, open_page

QUESTION = "公司赚得少，房租能免吗？"
SIZES = ((390, 844), (1280, 860), (1920, 1080))
TABS = {"benefits": "惠民惠企", "clauses": "查条款", "about": "关于"}
FOLDER = Path(__file__).parent / "screenshots"
MOTION_MS = 1500  # the source pane scrolls, a tab is filled


def photograph(page):
    """Ask and open the first citation's source, then each other tab; take a picture of each."""
    answer = ask(page, QUESTION)
    answer.locator(".chip").first.click()
    page.wait_for_selector("#source mark")
    page.wait_for_timeout(MOTION_MS)
    width = page.viewport_size["width"]
    page.screenshot(path=FOLDER / f"chat-{width}.png")
    for name, tab in TABS.items():
        page.get_by_role("tab", name=tab, exact=True).click()
        page.wait_for_timeout(MOTION_MS)
        page.screenshot(path=FOLDER / f"{name}-{width}.png")


def main():
    """Take every picture."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        sys.exit("没有 chromium；请先运行 make browser")
    FOLDER.mkdir(exist_ok=True)
    process = PageProcess(default_location().folder)
    process.start()
    try:
        process.wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            for width, height in SIZES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale="zh-CN"
                )
                photograph(open_page(context, process.url))
                context.close()
            browser.close()
    finally:
        process.kill()


if __name__ == "__main__":
    main()
