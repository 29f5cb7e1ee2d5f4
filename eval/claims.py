"""What an answer claims, sentence by sentence, each with the citation marks that stand for it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.outputs import Output
from index.folding import fold

MARK = re.compile(r"\[(\d+)\]")
# A sentence with the marks that follow its stop: "可以领。[1]" is one sentence, cited.
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*(?:[ \t]*\[\d+\])*")
_MARKUP = re.compile(r"[*_>`|#\-\s…]|\[\d+\]")
_HEADING = re.compile(r"\s*#")
_ATTRIBUTION = re.compile(r"\s*(?:>\s*)?[—–]")  # "——《某办法》第九条" says where, not what
_BLANK_LINE = re.compile(r"\n\s*\n")
MIN_SENTENCE = 6  # characters; shorter pieces are labels and table cells, which claim nothing alone


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, without its marks, and the marks."""

    text: str
    marks: tuple[str, ...]


def claimed_text(output: Output) -> str:
    """Return the answer without notices, headings and attributions; "" where it declined.

    Notices warn of validity and are checked by ``status_accuracy``.
    """
    text = output.answer if output.answered else ""
    for notice in output.notices:
        text = text.replace(notice, "")
    lines = text.splitlines()
    return "\n".join(x for x in lines if not _HEADING.match(x) and not _ATTRIBUTION.match(x))


def read_claims(output: Output) -> list[Claim]:
    """Return the sentences that claim something.

    Lead-ins that end in a colon and pieces under ``MIN_SENTENCE`` characters claim nothing. A
    sentence without a mark has that of a later sentence in its paragraph if it is part of the quote
    the mark stands for: one mark behind a quotation of two sentences covers both.
    """
    quotes: dict[str, str] = {}
    for citation in output.citations:
        quotes[citation.mark] = quotes.get(citation.mark, "") + fold(citation.quote)
    claims: list[Claim] = []
    for paragraph in _BLANK_LINE.split(claimed_text(output)):
        claims += _read_paragraph(paragraph, quotes)
    return claims


def _read_paragraph(paragraph: str, quotes: dict[str, str]) -> list[Claim]:
    claims: list[Claim] = []
    following: tuple[str, ...] = ()
    for sentence in reversed(_SENTENCE.findall(paragraph)):
        marks = tuple(dict.fromkeys(MARK.findall(sentence)))
        following = marks or following
        text = MARK.sub("", sentence).strip()
        bare = _MARKUP.sub("", text)
        if len(bare) < MIN_SENTENCE or bare[-1] in "：:":
            continue
        quoted = fold(text.strip("… "))
        covered = marks or tuple(mark for mark in following if quoted in quotes.get(mark, ""))
        claims.append(Claim(text, covered))
    return claims[::-1]
