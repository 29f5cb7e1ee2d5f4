"""惠民惠企, 查条款 and 关于 in a real browser over the real gazette."""

import csv
import re

import pytest

from tests.browser import (  # noqa: F401 (fixtures)
    ROOT,
    chromium,
    index_folder,
    open_page,
    page_process,
)

NO_WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth <= innerWidth"
SOURCE_MARKED = "#source mark"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Each view with its area and what is there once it is filled.
VIEWS = (
    (("惠民惠企",), "#benefits", "显示168项"),
    (("查条款", "查找"), "#clauses", "2022年第5期"),
    (("查条款", "任务"), "#tasks", "选一个单位"),
    (("查条款", "时间表"), "#timeline", "2024-11-30"),
    (("查条款", "任免"), "#people", "15人次"),
    (("关于",), "#about", "收录范围"),
)


@pytest.fixture
def page(chromium, page_process):  # noqa: F811
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    page = open_page(context, page_process.url)
    yield page
    context.close()


@pytest.fixture
def phone(chromium, page_process):  # noqa: F811
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, locale="zh-CN"
    )
    page = open_page(context, page_process.url)
    yield page
    context.close()


def open_tab(page, *names):
    for name in names:
        page.get_by_role("tab", name=name, exact=True).click()


def wait_for_text(page, area, text):
    page.wait_for_function(
        "([area, text]) => document.querySelector(area)?.innerText.includes(text)",
        arg=[area, text],
    )


def download(page, button):
    with page.expect_download() as waiting:
        page.click(button)
    name = waiting.value.suggested_filename
    with open(waiting.value.path(), encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
        return name, list(csv.reader(file))


def test_benefits_filtered_downloaded_and_opened_at_their_clause(page):
    open_tab(page, "惠民惠企")
    wait_for_text(page, "#benefits", "显示168项，共168项")
    assert page.locator("#benefits .status.bad").count() > 0  # the expired are shown, and marked
    page.locator("#benefit-groups label", has_text="农户").click()
    page.fill("#benefit-words input, #benefit-words textarea", "竹")
    wait_for_text(page, "#benefits", "显示4项")
    rows = page.locator("#benefits tbody tr")
    assert rows.count() == 4
    name, (header, *saved) = download(page, "#benefits-csv")
    assert re.fullmatch(r"惠民惠企-\d{4}-\d\d-\d\d\.csv", name)
    assert len(saved) == 4
    assert {row[header.index("文号")] for row in saved} == {"赣市府办发〔2022〕22号"}
    rows.first.locator(".chip").click()
    page.wait_for_selector(SOURCE_MARKED)
    marked = "".join(page.locator(SOURCE_MARKED).all_inner_texts())
    assert "".join(marked.split()) in "".join(saved[0][header.index("原文")].split())
    page.get_by_role("button", name="清除筛选").first.click()
    wait_for_text(page, "#benefits", "显示168项")


def test_a_head_sorts_by_keyboard(page):
    open_tab(page, "惠民惠企")
    wait_for_text(page, "#benefits", "显示168项")
    page.locator("#benefits th button", has_text="多少").press("Enter")
    page.wait_for_selector("#benefits th[aria-sort=descending]")
    assert "100-500万元" in page.locator("#benefits tbody tr").first.inner_text()
    page.locator("#benefits th button", has_text="多少").press("Enter")
    page.wait_for_selector("#benefits th[aria-sort=ascending]")


def test_all_tasks_of_an_office(page):
    open_tab(page, "查条款", "任务")
    wait_for_text(page, "#tasks", "选一个单位")
    office = page.locator("#office input")
    office.click()
    office.fill("林业局")
    page.get_by_role("option", name=re.compile("^市林业局")).click()
    wait_for_text(page, "#tasks", "市林业局：15项任务，牵头0项，写明完成时限1项")
    name, rows = download(page, "#tasks-csv")
    assert name == "任务清单-市林业局.csv"
    assert len(rows) == 16
    page.locator("#tasks tbody tr").first.locator(".chip").click()
    page.wait_for_selector(SOURCE_MARKED)
    assert page.locator(SOURCE_MARKED).first.inner_text() == "市林业局"


def test_the_timeline_opens_a_day_and_a_day_its_clauses(page):
    open_tab(page, "查条款", "时间表")
    wait_for_text(page, "#timeline", "2024-11-30")
    day = page.locator("#timeline details", has_text="2024-11-30")
    day.locator("summary").press("Enter")
    day.locator(".chip").first.click()
    page.wait_for_selector(SOURCE_MARKED)
    assert page.locator(SOURCE_MARKED).first.inner_text() == "有效期 2 年"


def test_appointments_are_searched(page):
    open_tab(page, "查条款", "任免")
    wait_for_text(page, "#people", "15人次，任职7、免职8")
    page.fill("#people-words input, #people-words textarea", "温江涛")
    wait_for_text(page, "#people", "1人次")
    assert "免职" in page.locator("#people tbody tr").inner_text()


def test_the_tree_and_the_look_up(page):
    open_tab(page, "查条款")
    wait_for_text(page, "#clauses", "2022年第5期（33篇）")
    page.get_by_role("button", name=re.compile("展开《赣州市见义勇为")).click()
    page.wait_for_selector("#clauses .unfold[aria-expanded=true]")
    assert page.locator("#clauses .outline li").count() == 27
    page.get_by_role("link", name=re.compile("^第十一条")).click()
    page.wait_for_selector("#source .current")
    assert page.locator("#source [aria-current=location]").inner_text() == "第十一条"
    words = page.locator("#clause-words").locator("input, textarea")
    words.fill("公共资源交易办法第二十四条")
    words.press("Enter")
    wait_for_text(page, "#clauses", "按文号、条号查到1条")
    assert "第二十四条" in page.locator("#clauses .found li").inner_text()


def test_about_says_what_is_covered_and_whom_to_call(page):
    open_tab(page, "关于")
    wait_for_text(page, "#about", "2022-09-01 至 2022-10-27")
    assert page.locator("#about .dial").get_attribute("href") == "tel:07978992217"
    page.get_by_role("link", name="以上摘自刊头").click()
    page.wait_for_selector("#source .current")


def test_words_are_inert_wherever_they_are_searched(page):
    open_tab(page, "查条款")
    wait_for_text(page, "#clauses", "2022年第5期")
    words = page.locator("#clause-words").locator("input, textarea")
    words.fill("赣市府发〔2022〕999号<img src=x onerror=window.hacked=1>")
    words.press("Enter")
    wait_for_text(page, "#clauses", "999号")
    assert page.evaluate("window.hacked") is None


def test_every_view_fits_a_phone(phone):
    for names, area, shown in VIEWS:
        open_tab(phone, *names)
        wait_for_text(phone, area, shown)
        assert phone.evaluate(NO_WIDER_THAN_THE_SCREEN), names
    open_tab(phone, "惠民惠企")
    assert phone.locator("#benefits thead").is_hidden()  # rows are cards there
    phone.locator("#benefits .chip").first.tap()
    phone.wait_for_selector(SOURCE_MARKED)
    assert phone.evaluate(NO_WIDER_THAN_THE_SCREEN)


@pytest.mark.skipif(not AXE.exists(), reason="axe-core missing: `npm install --no-save axe-core`")
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_no_serious_violation_in_any_view(page, mode):
    if mode == "dark":
        page.get_by_role("button", name="深色").click()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for names, area, shown in VIEWS:
        open_tab(page, *names)
        wait_for_text(page, area, shown)
        if area == "#benefits":  # a few rows say as much of the table as all
            page.fill("#benefit-words input, #benefit-words textarea", "竹")
            wait_for_text(page, area, "显示9项")
        page.wait_for_timeout(400)  # colours fade over
        found = page.evaluate("axe.run().then((result) => result.violations)")
        serious = [v["id"] for v in found if v["impact"] in {"serious", "critical"}]
        assert serious == [], names
