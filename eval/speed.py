"""How long an answer takes beside BM25 alone, measured in turns so that load falls on all alike."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import numpy as np
from tqdm import tqdm

from eval.baselines import Ask
from eval.questions import Question
from eval.report import Section, number

BASELINE = "bm25_words"
SYSTEMS = ("search", "ours", "bm25_words", "bm25_bigrams", "split_500_chroma")
_WARM_UP = 3  # the first questions load dictionaries and fill caches


def measure_speed(
    systems: Mapping[str, Ask], questions: Sequence[Question], repeats: int
) -> dict[str, list[float]]:
    """Return each system's milliseconds a question: the fastest of ``repeats`` rounds.

    Every question goes to all systems before the next, in an order that turns. The fastest round
    is the one least disturbed by whatever else the machine does.
    """
    for question in questions[:_WARM_UP]:
        for ask in systems.values():
            ask(question)
    fastest = {name: [float("inf")] * len(questions) for name in systems}
    names = list(systems)
    for repeat in range(repeats):
        bar = tqdm(questions, desc=f"第 {repeat + 1} 轮", unit="题", disable=None)
        for place, question in enumerate(bar):
            turn = (place + repeat) % len(names)
            for name in names[turn:] + names[:turn]:
                started = time.perf_counter()
                systems[name](question)
                elapsed = (time.perf_counter() - started) * 1000
                fastest[name][place] = min(fastest[name][place], elapsed)
    return fastest


def speed_section(times: Mapping[str, Sequence[float]], version: str) -> Section:
    """Return p50 and p95 of each system, and its p50 beside that of BM25 alone."""
    base = float(np.percentile(times[BASELINE], 50))
    rows = tuple(
        (name, *(number(float(np.percentile(taken, share)), 2) for share in (50, 95)),
         number(float(np.percentile(taken, 50)) / base, 2))
        for name, taken in times.items()
    )  # fmt: skip
    note = f"毫秒/题，每题取各轮最快；{version}。各系统逐题轮流，比值是 p50 与 {BASELINE} 之比。"
    return Section("速度", (note,), ("系统", "p50", "p95", "倍数"), rows)
