"""Questions that ask several things at once, into one question for each."""

from __future__ import annotations

import re

# Words that say that what is asked is asked of each thing listed.
_EACH = re.compile(r"各(?:是|为|自|有|要)|分别|[两二三四五六][种个类]|区别|不同|相比|对比")
_LIST = re.compile(r"([^，。？?；、“”《》]{2,16})((?:、[^，。？?；、“”《》]{2,16})+)")
_PAIR = re.compile(r"([^，。？?；、]{3,24}?)(?:和|(?<!参)与|跟|以及)([^，。？?；、]{3,24})")
_QUOTED = re.compile(r"[“《\"][^”》\"]*[”》\"]")
_SENTENCE = re.compile(r"[^？?。；;]+[？?。；;]?")
# A part shorter than this says too little to be searched for by itself.
_MIN_PART = 8
MAX_PARTS = 4


def split_question(question: str) -> list[str]:
    """Return the questions inside a question; [] when it asks one thing."""
    if _EACH.search(question):
        parts = _split_list(question) or _split_pair(question)
        if parts:
            return parts[:MAX_PARTS]
    sentences = [s.strip() for s in _SENTENCE.findall(question) if len(s.strip()) >= _MIN_PART]
    asking = [s for s in sentences if re.search(r"[？?]|谁|哪|多少|几|吗|什么|怎么|是否|能否", s)]
    if len(asking) < 2:
        return []
    return asking[:MAX_PARTS]


def _split_list(question: str) -> list[str]:
    """流程里，甲、乙、丙三个阶段的时限 -> 流程里，甲…时限; 流程里，乙…时限; 流程里，丙…时限."""
    masked = _QUOTED.sub(lambda quoted: "□" * len(quoted[0]), question)
    found = _LIST.search(masked)
    if not found:
        return []
    found = _LIST.match(question, found.start()) or found
    items = [found[1], *found[2].strip("、").split("、")]
    last, tail = _split_tail(items[-1])
    before = question[: found.start()]
    after = tail + question[found.end() :].split("？")[0].split("?")[0]
    return [f"{before}{item}{after}" for item in [*items[:-1], last]]


def _split_tail(item: str) -> tuple[str, str]:
    """Cut what is asked of all items off the last one: 竣工验收 | 三个阶段的时限各是多少."""
    cut = re.search(r"[两二三四五六][个种类]|各(?:是|为|自|有|要)|分别|的", item)
    return (item[: cut.start()], item[cut.start() :]) if cut and cut.start() else (item, "")


def _split_pair(question: str) -> list[str]:
    found = _PAIR.search(question)
    if not found:
        return []
    last, tail = _split_tail(found[2])
    before, after = question[: found.start()], tail + question[found.end() :]
    return [f"{before}{found[1]}{after}", f"{before}{last}{after}"]
