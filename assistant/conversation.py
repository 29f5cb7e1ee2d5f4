"""Follow-ups into standalone questions, by rule: what 那死亡的呢 and 第二条呢 refer to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.confidence import measure_confidence
from assistant.courtesy import strip_courtesy
from assistant.lookup import Names, look_up
from assistant.retrieve import retrieve, store_names
from assistant.scope import is_errand, is_greeting, is_order, is_thanks
from assistant.types import Turn
from index.store import Store
from index.tokens import bigrams

# Turns remembered; older ones no longer say what is being talked about.
MAX_TURNS = 12
# A question with at least this many content bigrams of its own and nothing that points back
# stands alone.
_SELF_CONTAINED = 7
# Of the question before, this much is carried over.
_MAX_CONTEXT = 120

# Longer questions say what they are about. A shorter one alone must be this unclear, and so much
# clearer with the question before, to go on with it (dev questions, follow-ups and switches).
_MAX_UNMARKED = 25
_UNCLEAR = 0.5
_CLEARER = 0.15

# Behind a name, 拿地即开工那个办法, 那个 points nowhere.
_POINTS_BACK = re.compile(
    r"^(?:那|那么|那如果|要是|如果|还有|另外|再|这|它|他|她|其|该|以及|然后|上面|前面|刚才|同样|反过来|不然|否则)"
    r"|(?<![一-鿿]{4})(?:这个|那个|这些|那些)|(?:这样|那样|这种|那种|上述|上面|刚才|前面|它们?|他们|其中|该(?:办法|奖|项|方案|意见|措施))"
    r"|(?:呢|呢[？?]?)$"
)
_ARTICLE_ONLY = re.compile(
    r"^(?:那|那么)?(?:它的?)?第\s*[〇零一二三四五六七八九十百两\d]+\s*[条款项](?:呢|是什么|怎么说|说什么|内容|的?规定)?[？?。]*$"
)
_CORRECTION = re.compile(
    r"^(?:不是|不对|错了|我是说|我说的是|我指的是|我问的是|是说|应该是|改成|更正)[，,：:\s]*(.*)$"
)
_MORE = re.compile(
    r"^(?:还有|还|有没有)(?:别的|其他|其它|另外的|更多)?(?:的|吗|么|呢)*[？?]?$|^(?:别的|其他|更多)(?:呢|吗)?[？?]?$"
)
_FILLER = re.compile(
    r"^(?:那么|那(?![个些样种里边年次位])|嗯|哦|好的?|请问|再问一下|另外|还有)[，,、\s]*"
)


def resolve_question(question: str, history: Sequence[Turn], store: Store) -> str:
    """Return a question that stands alone: by rule, or because only so it finds an answer.

    A short question that points back to nothing (交上去以后多久能有结果) may still go on with what
    was asked before; it does where the gazette answers both together and not the one alone.
    """
    if _is_aside(question):
        return question
    question = strip_courtesy(question)
    names = store_names(store)
    turns = list(history)[-MAX_TURNS:]
    before = _last_standalone(turns, names)
    rewritten = _go_on(question, before, turns, names)
    if rewritten != question or not before or len(question) > _MAX_UNMARKED:
        return rewritten
    lookup = look_up(question, names)
    if lookup.documents or lookup.people or lookup.missing:
        return question
    joined = _join(before, question)
    alone, together = (_confidence(text, store) for text in (question, joined))
    return joined if alone < _UNCLEAR and together > alone + _CLEARER else question


def _confidence(question: str, store: Store) -> float:
    return measure_confidence(question, retrieve(question, store), store).value


def rewrite_question(question: str, history: Sequence[Turn], names: Names) -> str:
    """Return a question that stands alone, without courtesies; unchanged when it does already."""
    if _is_aside(question):
        return question
    turns = list(history)[-MAX_TURNS:]
    return _go_on(strip_courtesy(question), _last_standalone(turns, names), turns, names)


def _go_on(question: str, before: str, turns: Sequence[Turn], names: Names) -> str:
    """Return a question together with the one before it where it goes on with that."""
    if not before:
        return question
    if _ARTICLE_ONLY.match(question.strip()):
        document = _last_document(turns, names)
        return f"《{document}》{_FILLER.sub('', question)}" if document else question
    correction = _CORRECTION.match(question.strip())
    if correction and correction[1]:
        return _join(before, correction[1])
    if _MORE.match(question.strip()):
        return _join(before, "还有其他的吗？")
    if not _is_follow_up(question, names):
        return question
    return _join(before, _FILLER.sub("", question))


def _is_aside(message: str) -> bool:
    """Return whether a message asks the gazette nothing, whatever was asked before."""
    return any(test(message) for test in (is_greeting, is_thanks, is_order, is_errand))


def _is_follow_up(question: str, names: Names) -> bool:
    lookup = look_up(question, names)
    if lookup.documents or lookup.people or lookup.missing:
        return False
    if _POINTS_BACK.search(question.strip()):
        return True
    return len(set(bigrams(question))) < _SELF_CONTAINED


def _last_standalone(turns: Sequence[Turn], names: Names) -> str:
    """Return the last user question that said what it is about, "" where there is none.

    What followed it is not joined on, or the question would grow with every turn.
    """
    said = [t.content for t in turns if t.role == "user"]
    asked = [strip_courtesy(text) for text in said if not _is_aside(text)]
    alone = [question for question in asked if not _continues(question, names)]
    last = alone[-1:] or asked[:1]
    return last[0][:_MAX_CONTEXT] if last else ""


def _continues(question: str, names: Names) -> bool:
    """Return whether a question goes on with the one before it."""
    bare = question.strip()
    return bool(_ARTICLE_ONLY.match(bare) or _MORE.match(bare)) or _is_follow_up(question, names)


def _last_document(turns: Sequence[Turn], names: Names) -> str:
    """Return the name of the document spoken of last."""
    by_key = {document.id: document for document in names.documents}
    for turn in reversed(turns):
        keys = look_up(turn.content, names).documents
        if keys:
            return by_key[keys[0]].name
    return ""


def _join(before: str, question: str) -> str:
    separator = "" if before.rstrip().endswith(("？", "?", "。", "！")) else "？"
    return f"{before.rstrip()}{separator}{question.strip()}"
