"""Trains the packaged embedding model: ``python -m index.embedding.train DATA_DIR``.

About eight minutes on two cores for the default recipe. The data folder and the figures of every
recipe are described in README.md beside this file.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer
from tqdm import tqdm

from index.embedding import corpus
from index.embedding.contrastive import Float, TokenVectors, tokenise, tokenise_pairs, train
from index.embedding.evaluate import Scores, evaluate, fuse, make_pool, score_bm25, score_dense
from index.embedding.initialise import start_vectors, weigh_tokens
from index.embedding.mining import mine_negatives
from index.embedding.package import write_model
from index.embedding.recipes import DEFAULT, RECIPES, Recipe
from index.embedding.vocabulary import build_tokenizer, encode, spell
from index.reading import find_sources

_HERE = Path(__file__).parent
_PACKAGED = _HERE / "model"
_GAZETTES = _HERE.parent / "corpus"
# Model selection looks at both: the gold articles alone, and among 20,000 other law articles.
_DISTRACTORS = (0, 20_000)
# Their “queries” are law text, no questions: they add no words to the vocabulary.
_MADE_FROM_ARTICLES = ("topic", "sentence")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the data, train, write the model folder and report its figures on STARD."""
    options = _parse(arguments)
    torch.set_num_threads(options.threads)
    recipe = RECIPES[options.recipe]
    articles = corpus.read_articles(options.data)
    stard = corpus.read_stard(options.data, options.disjoint)
    pairs = read_sources(options.data, articles, stard)
    expansions = corpus.read_expansions(options.gazettes)
    pairs["expansions"] = corpus.make_expansion_pairs(expansions)
    pairs["siblings"] = corpus.make_sibling_pairs(expansions)
    gazettes = [path.read_text(encoding="utf-8") for path in find_sources(options.gazettes)]
    texts = [f"{article.topic} {article.text}" for article in articles]
    texts += [line for gazette in gazettes for line in gazette.splitlines() if line.strip()]
    asked = [source for source in recipe.passes if source not in _MADE_FROM_ARTICLES]
    questions = [pair.query for source in asked for pair in pairs.get(source, ())]
    tokenizer = build_tokenizer(texts, questions)
    vectors = train_vectors(tokenizer, texts, [article.text for article in articles], pairs, recipe)
    write_model(options.out, tokenizer, vectors)
    _report(options.out, stard, articles)


def read_sources(
    data_dir: Path, articles: Sequence[corpus.Article], stard: corpus.Stard
) -> dict[str, list[corpus.Pair]]:
    """Read the pairs of every source a recipe may name, without STARD's held-out queries."""
    lawbench = data_dir / "lawbench" / "pairs.jsonl.gz"
    tasks = ("lawbench-3-8", "lawbench-3-2", "lawbench-1-1")
    return {
        "topic": corpus.make_topic_pairs(articles),
        "sentence": corpus.make_sentence_pairs(articles, seed=0),
        "stard": list(stard.train),
        "lecoqa": corpus.read_expert_answers(data_dir, stard.held_out),
        **{task: corpus.read_pairs(lawbench, (task,)) for task in tasks},
        "gd_service": corpus.read_pairs(data_dir / "gd_service_items" / "pairs.jsonl.gz"),
        "dureader_demo": corpus.read_pairs(data_dir / "dureader_demo" / "pairs.jsonl.gz"),
        "cmrc": corpus.read_pairs(data_dir / "cmrc2018" / "train.pairs.jsonl.gz"),
    }


def train_vectors(
    tokenizer: Tokenizer,
    texts: Sequence[str],
    articles: Sequence[str],
    pairs: dict[str, list[corpus.Pair]],
    recipe: Recipe,
) -> Float:
    """Token vectors (vocab, dimension) by ``recipe``; the mean of its models if several.

    ``texts`` give the start, ``articles`` the random negatives, ``pairs`` the training.
    """
    ids = list(encode(tokenizer, texts))
    spelling = spell(tokenizer)
    weights = weigh_tokens(ids, len(spelling)) ** recipe.weight_power
    start = (
        start_vectors(ids, spelling, recipe.dimension, recipe.schedule.seed)
        if recipe.start == "ppmi"
        else _draw_vectors(len(spelling), recipe.dimension, recipe.schedule.seed)
    )
    sets = {
        source: tokenise_pairs(tokenizer, pairs[source], passes)
        for source, passes in recipe.passes.items()
        if pairs.get(source)
    }
    negatives = tokenise(tokenizer, articles)
    folded = []
    for model in range(recipe.models):
        schedule = replace(recipe.schedule, seed=recipe.schedule.seed + model)
        vectors = TokenVectors(start, weights, spelling)
        train(vectors, list(sets.values()), negatives, schedule)
        if recipe.mined:
            mined = mine_negatives(vectors, sets["stard"], negatives, recipe.mined)
            vectors = TokenVectors(start, weights, spelling)
            train(vectors, list((sets | {"stard": mined}).values()), negatives, schedule)
        folded.append(vectors.fold())
    return np.asarray(np.mean(folded, axis=0), dtype=np.float32)


def _draw_vectors(size: int, dimension: int, seed: int) -> Float:
    """Random rows of length about 1."""
    drawn = np.random.default_rng(seed).standard_normal((size, dimension))
    return np.asarray(drawn / np.sqrt(dimension), dtype=np.float32)


def _report(folder: Path, stard: corpus.Stard, articles: Sequence[corpus.Article]) -> None:
    """Write the figures of the model as saved on STARD: dense, BM25 and both fused."""
    model = SentenceTransformer(str(folder), device="cpu")

    def encode_texts(texts: Sequence[str]) -> Scores:
        return np.asarray(model.encode(list(texts), show_progress_bar=False))

    for distractors in _DISTRACTORS:
        pool = make_pool(stard, articles, distractors)
        dense, lexical = score_dense(pool, encode_texts), score_bm25(pool)
        legs = {"dense": dense, "bm25": lexical, "fused": fuse(dense, lexical)}
        for name, scores in legs.items():
            result = evaluate(pool, scores)
            tqdm.write(f"{len(pool.passages):6d} passages  {name:6s}{result}")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.embedding.train", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA_DIR", help="folder of training data")
    parser.add_argument("--out", type=Path, default=_PACKAGED, help="model folder to write")
    parser.add_argument("--recipe", choices=sorted(RECIPES), default=DEFAULT)
    parser.add_argument(
        "--gazettes",
        type=Path,
        default=_GAZETTES,
        metavar="DIR",
        help="gazettes with the questions written for their clauses (default: the shipped corpus)",
    )
    parser.add_argument(
        "--disjoint",
        action="store_true",
        help="hold out, and score, questions whose articles no training question has",
    )
    parser.add_argument("--threads", type=int, default=1, help="torch threads")
    options = parser.parse_args(arguments)
    if options.disjoint and options.out == _PACKAGED:
        parser.error("--disjoint trains without a third of STARD: give it a folder with --out")
    if not (options.data / "stard").is_dir():
        parser.error(f"{options.data} has no folder stard; give the training data's top folder")
    return options


if __name__ == "__main__":
    main()
