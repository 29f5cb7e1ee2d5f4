"""What each pair of characters of a question says for or against its being answered.

Locally weighted naive Bayes (Frank, Hall and Pfahringer, 2003): every known question counts by how
near it is to the new one. Likeness of whole questions hides the word that matters, 几岁 in a
question that is else the words of an answered one; that word is rare in the answered questions
about the matter, and common in those the gazette leaves open.
"""

from __future__ import annotations

import math

import numpy as np

from index.lexical import LexicalIndex, question_tokens, texts_with

# A question less like the new one by this cosine counts 1/e as much. From .03 to .1, and a prior
# from 5 to 100, do as well on tuning questions.
_TEMPERATURE = 0.05
# How many questions as near as the nearest the shares among all questions are worth: few near ones
# cannot tell how common a word is.
_PRIOR = 50.0


def sum_log_odds(question: str, lexical: LexicalIndex, cosine: np.ndarray, answered: int) -> float:
    """Return the sum, over a question's bigrams, of log P(bigram | answered) / P(bigram | not).

    Of the known questions, in ``lexical`` by their places and with ``cosine`` to the new one, the
    first ``answered`` are answered. 0 where there is only one kind.
    """
    others = len(cosine) - answered
    if not answered or not others:
        return 0.0
    weights = np.exp((cosine - cosine.max()) / _TEMPERATURE)
    near_answered, near_others = float(weights[:answered].sum()), float(weights[answered:].sum())
    total = 0.0
    for bigram in dict.fromkeys(question_tokens(lexical, question)):
        having = texts_with(lexical, bigram)
        if not len(having):  # says nothing, for banks of unequal size neither
            continue
        is_answered = having < answered
        total += _log_share(weights[having[is_answered]], near_answered, answered)
        total -= _log_share(weights[having[~is_answered]], near_others, others)
    return total


def _log_share(having: np.ndarray, near: float, size: int) -> float:
    """Return the log of the share of a bank that has a bigram, near questions counting most.

    ``having`` are the weights of those that have it, ``near`` the sum of all weights.
    """
    everywhere = (len(having) + 1) / (size + 2)
    return math.log((float(having.sum()) + _PRIOR * everywhere) / (near + _PRIOR))
