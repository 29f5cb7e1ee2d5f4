"""The page in a real browser over the real gazette."""

import re
from pathlib import Path

import pytest
from langchain_core.language_models import FakeListChatModel

from assistant.page import chat
from tests.browser import (  # noqa: F401 (fixtures)
    ANSWERED,
    ROOT,
    ask,
    chromium,
    index_folder,
    open_page,
    page_process,
    serve,
)
from tests.store_factories import REWARD, make_bridges

ARTICLE = "赣市府发〔2022〕14号 第十一条"
EXPIRED = "公共资源交易管理暂行办法第二十四条"
ABSENT = "量子计算机补贴每台多少钱"
HOSTILE = (
    "<script>window.hacked=1</script> <img src=x onerror=window.hacked=1> "
    "![x](https://evil.example/x.png) [a](javascript:window.hacked=1) " + "长" * 300
)
IN_VIEW = """() => {
  const box = document.querySelector('#source mark').getBoundingClientRect();
  return box.top > 0 && box.top < innerHeight;
}"""
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def context(chromium):  # noqa: F811
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def page(context, page_process):  # noqa: F811
    return open_page(context, page_process.url)


def test_a_chip_opens_the_source_with_the_quote_marked(page):
    answer = ask(page, ARTICLE)
    chip = answer.locator(".chip").first
    assert chip.inner_text() == "〔2022〕14号 第十一条"
    chip.click()
    page.wait_for_selector("#source mark")
    assert "奖" in "".join(page.locator("#source mark").all_inner_texts())
    assert page.locator("#source [aria-current=location]").inner_text() == "第十一条"
    assert page.locator("#source .crumbs li").first.inner_text() == "2022年第5期"
    assert page.locator("#source .status").inner_text() == "现行有效"
    page.wait_for_function(IN_VIEW)
    assert page.locator("#source .document section").count() > 20  # the whole document


def test_an_answer_asked_for_before_the_page_is_complete_stays(context, tmp_path):
    with serve(make_bridges(tmp_path)) as url:
        page = context.new_page()
        with chat._TRYING:  # the examples, and so the page, wait
            page.goto(url)
            page.locator("#question textarea").fill(REWARD)
            page.locator("#question textarea").press("Enter")
            page.wait_for_selector(ANSWERED)
            assert "收录" not in page.locator("#head").inner_text()
        page.wait_for_function("() => document.querySelector('#head').innerText.includes('收录')")
        page.wait_for_timeout(500)
        assert page.locator("#live .exchange").count() == 1
        assert REWARD in page.evaluate("() => Object.values(sessionStorage).join()")


def test_previous_and_next_walk_through_the_document(page):
    ask(page, ARTICLE).locator(".chip").first.click()
    place = page.locator("#source [aria-current=location]")
    page.wait_for_selector("#source mark")
    page.get_by_role("button", name="下一条").click()
    page.wait_for_function(
        "() => document.querySelector('#source .current')?.innerText.startsWith('第十二条')"
    )
    page.get_by_role("button", name="上一条").click()
    page.wait_for_function(
        "() => document.querySelector('#source .current')?.innerText.startsWith('第十一条')"
    )
    assert place.inner_text() == "第十一条"


def test_a_shared_link_reopens_the_same_place(context, page, page_process):  # noqa: F811
    ask(page, ARTICLE).locator(".chip").first.click()
    page.wait_for_selector("#source mark")
    marked = page.locator("#source mark").all_inner_texts()
    assert "?clause=" in page.url
    other = open_page(context, page.url)
    other.wait_for_selector("#source mark")
    assert other.locator("#source mark").all_inner_texts() == marked
    assert other.locator(".exchange").count() == 0


def test_the_citation_is_copied_as_an_official_writes_it(context, page):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ARTICLE).locator(".chip").first.click()
    page.get_by_role("button", name="复制引文").click()
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "《赣州市见义勇为人员奖励和保障实施办法》（赣市府发〔2022〕14号）第十一条"


def test_a_follow_up_shows_what_it_was_taken_for(page):
    ask(page, "见义勇为致残奖多少钱")
    ask(page, "那死亡的呢")
    rewritten = page.locator("#live .rewritten").inner_text()
    assert rewritten.startswith("理解为：见义勇为致残奖多少钱")
    assert "死亡" in rewritten
    assert page.locator(".exchange").count() == 2


def test_what_the_gazette_does_not_hold_is_declined(page):
    answer = ask(page, ABSENT)
    assert "公报里没有" in answer.inner_text()
    assert page.locator("#live .suggestion").count() == 0


def test_an_expired_measure_is_warned_of_above_its_text(page):
    answer = ask(page, EXPIRED)
    warning = answer.locator(".warning")
    assert "有效期已于2024年11月30日届满" in warning.inner_text()
    assert answer.locator("> *").first.get_attribute("class") == "warning"
    answer.locator(".chip").first.click()
    page.wait_for_selector("#source mark")
    assert page.locator("#source .status").inner_text() == "已过有效期"


def test_a_suggested_question_is_asked_by_a_click(page):
    ask(page, ARTICLE)
    suggestion = page.locator("#live .suggestion").first
    question = suggestion.inner_text()
    suggestion.click()
    page.wait_for_function("() => document.querySelectorAll('.exchange').length === 2")
    assert question in page.locator("#live .question").inner_text()


def test_editing_brings_the_question_back_and_clearing_forgets(page):
    ask(page, ARTICLE)
    page.locator("#live").get_by_role("button", name="改问题").click()
    page.wait_for_selector("#live .welcome")
    assert page.input_value("#question textarea") == ARTICLE
    ask(page, ARTICLE)
    page.get_by_role("button", name="清空").click()
    page.wait_for_selector("#live .welcome")
    page.reload()
    page.wait_for_selector("#live .welcome")
    assert page.locator(".exchange").count() == 0


def test_the_conversation_outlives_a_reload_and_is_exported(page):
    ask(page, ARTICLE)
    page.reload()
    page.wait_for_selector("#live .exchange")
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 Markdown").click()
    written = Path(download.value.path()).read_text(encoding="utf-8")
    assert ARTICLE in written
    assert "《赣州市见义勇为人员奖励和保障实施办法》（赣市府发〔2022〕14号）第十一条" in written


def test_two_readers_never_see_each_other(chromium, page_process):  # noqa: F811
    one, two = chromium.new_context(), chromium.new_context()
    first, second = open_page(one, page_process.url), open_page(two, page_process.url)
    for page, question in ((first, ARTICLE), (second, EXPIRED)):
        page.fill("#question textarea", question)
    first.click("#send")
    second.click("#send")
    for page in (first, second):
        page.wait_for_selector("#live .exchange[aria-busy=false] .tools")
    assert ARTICLE in first.locator("#main").inner_text()
    assert EXPIRED not in first.locator("#main").inner_text()
    assert EXPIRED in second.locator("#main").inner_text()
    assert ARTICLE not in second.locator("#main").inner_text()
    one.close()
    two.close()


def test_a_hostile_question_is_inert_and_nothing_leaves_the_machine(context, page_process):  # noqa: F811
    requested, errors = [], []
    context.on("request", lambda request: requested.append(request.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    page = open_page(context, page_process.url)
    ask(page, HOSTILE)
    assert page.locator("#live .question").inner_text().endswith("长" * 300)
    assert page.evaluate("window.hacked") is None
    assert page.locator(".exchange :is(img, script, iframe)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for name in ("惠民惠企", "查条款", "关于"):
        page.get_by_role("tab", name=name).click()
        page.wait_for_timeout(300)
    outside = [u for u in requested if not re.match(r"http://127\.0\.0\.1:|data:|blob:", u)]
    assert outside == []
    assert errors == []


@pytest.fixture(scope="module")
def slow_model(tmp_path_factory):
    """Serve a page whose model answers slowly, with one supported sentence among hostile ones."""
    store = make_bridges(tmp_path_factory.mktemp("bridges"))
    reply = f"{HOSTILE}举报桥梁损坏，经核实的给予1000元奖励[a1]。{HOSTILE}"
    with serve(store, FakeListChatModel(responses=[reply], sleep=0.005)) as url:
        yield url


def test_a_hostile_model_is_inert(context, slow_model):
    requested = []
    context.on("request", lambda request: requested.append(request.url))
    page = open_page(context, slow_model)
    answer = ask(page, REWARD)
    assert "1000元" in answer.inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator(".exchange :is(img, script, iframe)").count() == 0
    assert not any("evil.example" in url for url in requested)


def test_an_answer_is_stopped_and_asked_again(context, slow_model):
    page = open_page(context, slow_model)
    page.fill("#question textarea", REWARD)
    page.click("#send")
    page.click("#stop")
    page.wait_for_selector(f"{ANSWERED} .tools")
    assert page.locator("#stop").count() == 0 or not page.locator("#stop").is_visible()
    page.locator("#live").get_by_role("button", name="重答").click()
    page.wait_for_selector("#live .exchange[aria-busy=true]")
    page.wait_for_selector("#live .exchange[aria-busy=false] .chip")
    assert page.locator(".exchange").count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_it_works_by_keyboard_at_any_width(chromium, page_process, width):  # noqa: F811
    context = chromium.new_context(viewport={"width": width, "height": 844})
    page = open_page(context, page_process.url)
    page.focus("#question textarea")
    page.keyboard.type(ARTICLE)
    page.keyboard.press("Enter")
    page.wait_for_selector("#live .exchange[aria-busy=false] .chip")
    page.locator("#live .chip").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#source mark")
    page.wait_for_function("() => document.activeElement.id === 'current-clause'")
    assert page.locator("#source mark").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_large_type_and_dark_mode_are_kept(page):
    size = "parseFloat(getComputedStyle(document.querySelector('.gradio-container')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="大字版").click()
    page.get_by_role("button", name="深色").click()
    page.reload()
    page.wait_for_selector("#live .welcome")
    assert page.evaluate(size) > before * 1.25
    assert page.evaluate("document.body.classList.contains('dark')")
    assert page.get_by_role("button", name="大字版").get_attribute("aria-pressed") == "true"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core missing: `npm install --no-save axe-core`")
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_no_serious_violation(page, mode):
    if mode == "dark":
        page.get_by_role("button", name="深色").click()
    ask(page, EXPIRED).locator(".chip").first.click()
    page.wait_for_selector("#source mark")
    page.wait_for_timeout(400)  # colours fade over
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((result) => result.violations)")
    serious = {
        violation["id"]: [node["html"][:150] for node in violation["nodes"]]
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    }
    assert serious == {}


def test_a_killed_server_is_announced_and_the_page_recovers(page, page_process):  # noqa: F811
    ask(page, ARTICLE)
    page_process.kill()
    page.fill("#question textarea", "那第十二条呢")
    page.click("#send")
    page.wait_for_selector("#connection.lost")
    assert "断开" in page.locator("#connection").inner_text()
    page_process.start()
    page.wait_for_selector("#connection:not(.lost) >> text=已重新连接")
    page.wait_for_selector("#live .exchange")
    assert page.input_value("#question textarea") == "那第十二条呢"
    page.click("#send")
    page.wait_for_function("() => document.querySelectorAll('.exchange').length === 2")
    page.wait_for_selector(ANSWERED)
    assert "第十二条" in page.locator("#live .answer").inner_text()
