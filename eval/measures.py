"""The table of measures: name, block of EVAL section 2, population, and the function of a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from eval import cases, citation_support, metrics
from eval.cases import Case
from eval.claims import claimed_text, read_claims
from eval.matching import cited_passage, figures_in, is_document, unproved
from eval.metrics import NAN
from eval.spans import BUDGET, read_within, span_recall_precision
from index.folding import fold

Population = Literal["answerable", "unanswerable", "all"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number per question, nan where undefined; its mean over the population is reported."""

    name: str
    block: str  # A retrieval, B answer, C citations, D declining
    label: str  # what a reader of the report sees
    population: Population
    of: Callable[[Case], float]
    binary: bool = False  # Wilson interval and McNemar instead of bootstrap and sign-flip
    lower_is_better: bool = False
    primary: bool = False  # declared before any run: only these get a p-value

    def value(self, case: Case) -> float:
        """Return the number for a case, nan outside the population."""
        outside = {"answerable": False, "unanswerable": True}.get(self.population)
        if outside is not None and case.question.answerable is outside:
            return NAN
        if self.block == "A" and not case.retrieves:
            return NAN
        return self.of(case)


def _document_success(k: int) -> Callable[[Case], float]:
    return lambda case: float(
        any(is_document(p.doc_no, case.question.documents) for p in case.output.passages[:k])
    )


def _all_evidence(k: int) -> Callable[[Case], float]:
    return lambda case: metrics.all_evidence(case.coverage, len(case.question.gold), k)


def _all_evidence_in_budget(case: Case) -> float:
    """Whether every group is held by the first BUDGET characters, the last passage cut."""
    texts = read_within([passage.text for passage in case.output.passages])
    sources = read_within([p.source or p.text for p in case.output.passages])
    return float(
        all(
            any(fold(e.quote) in text for e in group for text in [*texts, *sources])
            for group in case.question.gold
        )
    )


def _span(case: Case) -> tuple[float, float]:
    groups = [[evidence.quote for evidence in group] for group in case.question.gold]
    return span_recall_precision(groups, [p.source or p.text for p in case.output.passages])


def _contradiction(case: Case) -> float:
    return float(cases.contradicts(case)) if case.question.must_not else NAN


def _figure_precision(case: Case) -> float:
    claimed = figures_in(claimed_text(case.output))
    return metrics.figure_precision(claimed, claimed - unproved(claimed, case.proved))


def _status(case: Case) -> float:
    right = cases.has_right_status(case)
    return NAN if right is None else float(right)


def _answer_length(case: Case) -> float:
    return float(cases.folded_length(case.answer)) if case.output.answered else NAN


def _citation_validity(case: Case) -> float:
    dangling = cases.dangling_marks(case.output)
    resolved = sum(
        cited_passage(c, case.output.passages) is not None for c in case.output.citations
    )
    return metrics.citation_validity(resolved, dangling)


def _citation_recall(case: Case) -> float:
    return metrics.citation_recall(case.cited_coverage, len(case.question.gold))


def _uncited(case: Case) -> float:
    claims = read_claims(case.output)
    return metrics.ratio(sum(not claim.marks for claim in claims), len(claims))


def _verbatim(case: Case) -> float:
    verbatim = [cases.is_verbatim(c, case.output.passages) for c in case.output.citations]
    return metrics.ratio(sum(verbatim), len(verbatim))


MEASURES: tuple[Measure, ...] = (
    Measure("Success@1", "A", "首条命中", "answerable",
            lambda c: metrics.success(c.ranking, c.relevant, 1), binary=True),
    Measure("Success@5", "A", "前五命中", "answerable",
            lambda c: metrics.success(c.ranking, c.relevant, 5), binary=True),
    Measure("doc_Success@1", "A", "首条文件正确", "answerable", _document_success(1), binary=True),
    Measure("doc_Success@5", "A", "前五文件正确", "answerable", _document_success(5), binary=True),
    Measure("all_evidence@5", "A", "前五含全部依据", "answerable", _all_evidence(5), binary=True),
    Measure("R@10", "A", "前十依据召回", "answerable",
            lambda c: metrics.recall(c.ranking, c.relevant, 10)),
    Measure("RR@10", "A", "首个依据名次倒数", "answerable",
            lambda c: metrics.reciprocal_rank(c.ranking, c.relevant, 10)),
    Measure("nDCG@10", "A", "排序质量", "answerable",
            lambda c: metrics.ndcg(c.ranking, c.relevant, 10), primary=True),
    Measure(f"all_evidence@{BUDGET}chars", "A", f"前{BUDGET}字含全部依据", "answerable",
            _all_evidence_in_budget, binary=True),
    Measure(f"span_recall@{BUDGET}", "A", f"前{BUDGET}字依据字召回", "answerable",
            lambda c: _span(c)[0]),
    Measure(f"span_precision@{BUDGET}", "A", f"前{BUDGET}字依据字占比", "answerable",
            lambda c: _span(c)[1]),
    Measure("Judged@10", "A", "前十已判定占比", "answerable",
            lambda c: metrics.judged(c.ranking, c.known, 10)),
    Measure("correct", "B", "结果正确（含如实回绝）", "all",
            lambda c: float(cases.is_correct(c)), binary=True),
    Measure("key_fact_recall", "B", "要点召回", "answerable",
            lambda c: metrics.key_fact_recall(c.stated)),
    Measure("all_facts", "B", "要点齐全", "answerable",
            lambda c: metrics.all_facts(c.stated), binary=True, primary=True),
    Measure("contradiction", "B", "出现错误要点", "answerable", _contradiction,
            binary=True, lower_is_better=True),
    Measure("figure_precision", "B", "数字有据", "answerable", _figure_precision),
    Measure("status_accuracy", "B", "效力判断正确", "answerable", _status, binary=True),
    Measure("answer_chars", "B", "回答字数", "answerable", _answer_length, lower_is_better=True),
    Measure("citation_validity", "C", "引注可解析", "all", _citation_validity),
    Measure("citation_precision", "C", "引注精确", "answerable",
            lambda c: metrics.citation_precision(c.cited_coverage)),
    Measure("citation_recall", "C", "引注召回", "answerable", _citation_recall),
    Measure("support_recall", "C", "引注支持（句）", "answerable",
            citation_support.support_recall, primary=True),
    Measure("support_precision", "C", "引注支持（引）", "answerable",
            citation_support.support_precision),
    Measure("uncited_sentences", "C", "无引注句占比", "all", _uncited, lower_is_better=True),
    Measure("verbatim_quotes", "C", "引文逐字一致", "all", _verbatim),
    Measure("false_refusal", "D", "误拒", "answerable",
            lambda c: float(not c.output.answered), binary=True, lower_is_better=True),
    Measure("wrong_answer", "D", "该拒未拒", "unanswerable",
            lambda c: float(not c.output.declined), binary=True, lower_is_better=True),
)  # fmt: skip

MEASURE_BY_NAME = {measure.name: measure for measure in MEASURES}


def confidence_of(case: Case) -> float:
    """Return what the system says of its confidence, else its best passage's score, else nan."""
    if case.output.confidence is not None:
        return case.output.confidence
    return case.output.passages[0].score if case.output.passages else NAN


def evidence_curve(case: Case, depth: int = 10) -> list[float]:
    """Return the share of evidence groups held by the first k passages, k = 1 … depth."""
    count = len(case.question.gold)
    return [metrics.ratio(len(set().union(*case.coverage[:k])), count) for k in range(1, depth + 1)]
