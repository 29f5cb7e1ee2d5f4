"""A chat model as judge: optional, reported apart, and never part of the gate.

It says what it is: the judge's name, the digest of its prompt, how often it was asked. A judgement
that cannot be read is counted, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.cases import Case
from eval.corpus import Corpus
from eval.provenance import prompt_digest
from eval.questions import Question
from eval.run import write_json
from eval.score import cluster_of, load_cases, round_or_none
from eval.statistics import cluster_bootstrap, mean_components
from prompts.render import render

PROMPT = "judge"
_VERDICT = re.compile(r"\{[^{}]*\}")
_ASPECTS = ("faithful", "correct")
_ALLOWED = {"faithful": {0.0, 1.0}, "correct": {0.0, 0.5, 1.0}}

Complete = Callable[[str], str]  # prompt -> reply; raises OSError or ValueError where there is none
Progress = Callable[[Sequence[Case]], Iterable[Case]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One reply of the judge on one answer; None where the reply could not be read."""

    id: str
    repeat: int
    faithful: float | None
    correct: float | None
    reason: str


def judge_run(
    folder: Path, corpus: Corpus, judge: str, complete: Complete, repeats: int, progress: Progress
) -> None:
    """Judge every answer of a run that was given, and write ``judge.json`` beside its scores."""
    if repeats < 1:
        raise ValueError(f"--repeats 至少 1；收到 {repeats}")
    cases = [case for case in load_cases(folder, corpus) if case.output.answered]
    judgements = [
        _judge(case, corpus, complete, repeat)
        for case in progress(cases)
        for repeat in range(repeats)
    ]
    clusters = {case.question.id: cluster_of(case.question) for case in cases}
    report = {
        "judge": judge,
        "prompt": prompt_digest(PROMPT),
        "repeats": repeats,
        "answers": len(cases),
        "unreadable": sum(j.faithful is None for j in judgements),
        "aspects": {a: summarise_aspect(judgements, a, clusters) for a in _ASPECTS},
        "judgements": [asdict(judgement) for judgement in judgements],
    }
    write_json(folder / "judge.json", report)


def _judge(case: Case, corpus: Corpus, complete: Complete, repeat: int) -> Judgement:
    try:
        reply = complete(judge_prompt(case, corpus))
    except (OSError, ValueError) as error:
        return Judgement(case.question.id, repeat, None, None, str(error))
    return read_verdict(case.question.id, repeat, reply)


def judge_prompt(case: Case, corpus: Corpus) -> str:
    """Return what the judge reads: question, evidence with the passages cited, facts, answer."""
    question = case.question
    cited = "\n".join(passage.text for passage in case.cited)
    return render(
        PROMPT,
        question=_with_history(question),
        evidence=f"{corpus.evidence_text(question)}\n{cited}".strip(),
        facts="\n".join("或".join(forms) for forms in question.facts) or "（公报里没有答案）",
        answer=case.output.answer,
    )


def _with_history(question: Question) -> str:
    earlier = [f"{message.role}：{message.content}" for message in question.history]
    return "\n".join([*earlier, question.question])


def read_verdict(question_id: str, repeat: int, reply: str) -> Judgement:
    """Return the last JSON object of a reply as a judgement, unreadable where it is not one."""
    found = _VERDICT.findall(reply)
    try:
        verdict = json.loads(found[-1])
        values = {aspect: float(verdict[aspect]) for aspect in _ASPECTS}
    except (IndexError, KeyError, TypeError, ValueError):
        return Judgement(question_id, repeat, None, None, reply)
    if any(values[aspect] not in _ALLOWED[aspect] for aspect in _ASPECTS):
        return Judgement(question_id, repeat, None, None, reply)
    reason = str(verdict.get("reason", ""))
    return Judgement(question_id, repeat, values["faithful"], values["correct"], reason)


def summarise_aspect(
    judgements: Sequence[Judgement], aspect: str, clusters: dict[str, str]
) -> dict[str, Any]:
    """Return the mean over questions of each one's mean over repeats, with its interval.

    ``agreement`` is the share of questions on which all repeats say the same.
    """
    by_question: dict[str, list[float]] = {}
    for judgement in judgements:
        value = getattr(judgement, aspect)
        if value is not None:
            by_question.setdefault(judgement.id, []).append(value)
    means = [sum(values) / len(values) for values in by_question.values()]
    interval = cluster_bootstrap(mean_components(means), [clusters[id_] for id_ in by_question])
    same = sum(len(set(values)) == 1 for values in by_question.values())
    return {
        "n": len(means),
        "value": round_or_none(interval.value),
        "low": round_or_none(interval.low),
        "high": round_or_none(interval.high),
        "agreement": round(same / len(means), 4) if means else None,
    }
