"""Why an answer is wrong: one label a question, the first cause along the way it was made.

The order follows the retrieval → reasoning → hallucination hierarchy of Legal RAG Bench: nothing
later can be right if the evidence was never retrieved.
"""

from __future__ import annotations

from eval import cases, metrics
from eval.cases import Case

DEPTH = 10  # passages counted as retrieved, as in R@10

LABELS = {
    "failed": "系统出错",
    "should_have_declined": "应回绝而作答",
    "not_retrieved": "依据未检到",
    "should_have_answered": "依据已检到却回绝",
    "contradiction": "答了错误的要点",
    "retrieved_unused": "依据检到未引用",
    "fact_missing": "引用了依据但缺要点",
    "status_wrong": "效力判断错误",
    "unsupported_extra": "多出无依据的数字",
    "citation_wrong": "引注有误",
}


def explain(case: Case) -> str:
    """Return the label of what went wrong, "" if nothing did (see ``LABELS``)."""
    if case.output.error:
        return "failed"
    if not case.question.answerable:
        return "should_have_declined" if case.output.answered else ""
    if not case.output.answered:
        return "should_have_answered" if _retrieved(case) or not case.retrieves else "not_retrieved"
    if cases.contradicts(case):
        return "contradiction"
    if not all(case.stated):
        return _explain_missing_fact(case)
    if cases.has_right_status(case) is False:
        return "status_wrong"
    if cases.unsupported_figures(case):
        return "unsupported_extra"
    return "citation_wrong" if _miscited(case) else ""


def _retrieved(case: Case) -> bool:
    return metrics.all_evidence(case.coverage, len(case.question.gold), DEPTH) == 1.0


def _explain_missing_fact(case: Case) -> str:
    if case.retrieves and not _retrieved(case):
        return "not_retrieved"
    cited = metrics.citation_recall(case.cited_coverage, len(case.question.gold))
    return "fact_missing" if cited == 1.0 or not case.retrieves else "retrieved_unused"


def _miscited(case: Case) -> bool:
    """Whether a mark leads nowhere, or no evidence at all is cited."""
    if not case.retrieves:
        return False
    return cases.dangling_marks(case.output) > 0 or not any(case.cited_coverage)
