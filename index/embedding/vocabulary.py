"""Builds the tokenizer: Chinese words and single characters, segmented by a unigram model.

``StaticEmbedding`` knows a text only as a bag of tokens, so a token should carry a meaning of its
own. Words come from jieba's dictionary (MIT): the dictionary has the everyday words that law text
lacks, and its frequencies are the unigram model's probabilities.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import jieba
import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from tqdm import tqdm

UNKNOWN = "[UNK]"
UNKNOWN_ID = 0
# Rarer words of the corpus are left to their characters: too few contexts for a vector.
_MIN_COUNT = 3
# Dictionary words that the corpus lacks, taken by general frequency: the words of questions.
_EVERYDAY_WORDS = 50_000
MAX_WORD_CHARS = 8
# Texts segmented per call; bounds memory, not speed.
_BATCH = 4096


def build_tokenizer(texts: Sequence[str], extra: Sequence[str] = ()) -> Tokenizer:
    """Build a unigram tokenizer of the words of ``texts`` and the commonest dictionary words.

    ``texts`` is the corpus; ``extra`` holds training questions, whose words are kept whatever
    their count. The same input gives the same vocabulary.
    """
    frequencies = _dictionary()
    characters = sorted({character for text in texts for character in _normalise(text)} - {" "})
    full = _unigram({character: 1 for character in characters} | frequencies)
    counts = count_tokens(full, texts)
    asked = set(count_tokens(full, extra))
    everyday = sorted(frequencies, key=lambda word: (-frequencies[word], word))[:_EVERYDAY_WORDS]
    kept = {word for word, count in counts.items() if count >= _MIN_COUNT} | set(everyday) | asked
    kept.discard(UNKNOWN)
    kept |= {character for word in kept for character in word} | set(characters)
    # Both counts together: the corpus shifts the dictionary's odds towards official usage.
    return _unigram({word: max(counts[word], 1) + frequencies.get(word, 0) for word in kept})


def count_tokens(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    """Count each token's occurrences in ``texts``."""
    counts: Counter[str] = Counter()
    for batch in tqdm(_batches(texts), desc="count tokens", unit="batch"):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            counts.update(encoding.tokens)
    return counts


def encode(tokenizer: Tokenizer, texts: Iterable[str]) -> Iterator[NDArray[np.int32]]:
    """Token ids of each text, in order."""
    for batch in _batches(texts):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            yield np.asarray(encoding.ids, dtype=np.int32)


def spell(tokenizer: Tokenizer) -> NDArray[np.int64]:
    """Look up each token's characters: ids (vocab, 8), padded with the unknown token's."""
    vocabulary = tokenizer.get_vocab()
    spelling = np.full((len(vocabulary), MAX_WORD_CHARS), UNKNOWN_ID, dtype=np.int64)
    for token, row in vocabulary.items():
        if token != UNKNOWN:
            ids = [vocabulary.get(character, UNKNOWN_ID) for character in token]
            spelling[row, : len(ids[:MAX_WORD_CHARS])] = ids[:MAX_WORD_CHARS]
    return spelling


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(texts)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _dictionary() -> dict[str, int]:
    with jieba.get_module_res("dict.txt") as stream:
        rows = (line.decode("utf-8").split() for line in stream)
        return {row[0].lower(): int(row[1]) for row in rows if len(row[0]) <= MAX_WORD_CHARS}


def _unigram(counts: dict[str, int]) -> Tokenizer:
    total = math.log(sum(counts.values()))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    pieces = [(UNKNOWN, 0.0), *((word, math.log(count) - total) for word, count in ordered)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=0))
    tokenizer.normalizer = _NORMALIZER
    # Unigram knows no word boundaries: white space, letters and digits must cut before it.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.WhitespaceSplit(),
            pre_tokenizers.Split(Regex(r"[a-z]+|[0-9]+"), behavior="isolated"),
        ]
    )
    return tokenizer


_NORMALIZER = normalizers.Sequence(
    [
        normalizers.NFKC(),
        normalizers.Lowercase(),
        # Punctuation and white space carry no meaning for a bag of words.
        normalizers.Replace(Regex(r"[^\p{Han}a-z0-9]+"), " "),
        normalizers.Strip(),
    ]
)


def _normalise(text: str) -> str:
    return str(_NORMALIZER.normalize_str(text))
