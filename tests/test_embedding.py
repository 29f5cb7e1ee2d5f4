"""The training steps on small hand-made input, and the packaged model as users load it."""

import gzip
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

from index.embedding import corpus, evaluate, train
from index.embedding.contrastive import Schedule, TokenVectors, tokenise, tokenise_pairs
from index.embedding.contrastive import train as train_contrastive
from index.embedding.corpus import Article, Pair
from index.embedding.initialise import count_cooccurrences, start_vectors, weigh_ppmi
from index.embedding.mining import mine_negatives
from index.embedding.package import quantise, write_model
from index.embedding.vocabulary import UNKNOWN_ID, build_tokenizer, encode, spell
from index.expansions import format_line
from index.reading import read_gazette
from tests.gazette_factories import make_gazette, write_gazette
from tests.store_factories import BRIDGES

MODEL = Path(train.__file__).parent / "model"
MAX_MODEL_BYTES = 40_000_000

TEXTS = [
    "见义勇为人员负伤的医疗费用由加害人承担",
    "对见义勇为人员给予奖励",
    "种植毛竹给予补贴",
    "油茶种植补贴标准",
] * 3


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return build_tokenizer(TEXTS, ["打工娃的医药费谁出"])


@pytest.fixture(scope="module")
def packaged() -> SentenceTransformer:
    return SentenceTransformer(str(MODEL), device="cpu")


def write_lines(path: Path, rows: list[dict]) -> Path:
    """JSON lines, gzipped where the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return path


def write_data(folder: Path) -> Path:
    """A data folder with the files the trainer reads, a few lines each."""
    articles = [
        {"title": "见义勇为条例", "head": ["第二章 奖励"], "art": "第五条", "p": text}
        for text in dict.fromkeys(TEXTS)
    ]
    write_lines(folder / "lawrefbook_laws" / "articles.jsonl.gz", articles)
    asked = [
        {"id": 1, "q": "打工娃的医药费谁出", "title": "条例第一条", "p": "医疗费用由加害人承担"},
        {"id": 2, "q": "抓小偷有奖吗", "title": "条例第二条", "p": "见义勇为的，给予奖励"},
        {"id": 3, "q": "种竹子有钱吗", "title": "条例第三条", "p": "种植毛竹的，给予补贴"},
    ]
    write_lines(folder / "stard" / "pairs.jsonl.gz", [row | {"src": "stard"} for row in asked])
    (folder / "stard" / "split.dev.query.txt").write_text("3\t种竹子有钱吗\n", encoding="utf-8")
    lecoqa = [row | {"src": "lecoqa", "kw": float("nan"), "a": ["可以"]} for row in asked]
    write_lines(folder / "lecoqa" / "pairs.jsonl.gz", lecoqa)
    other = [{"src": "lawbench-3-8", "title": "", "q": "工钱不给怎么办", "p": "可以申请劳动仲裁"}]
    for name in ("lawbench/pairs", "gd_service_items/pairs", "dureader_demo/pairs"):
        write_lines(folder / f"{name}.jsonl.gz", other)
    write_lines(folder / "cmrc2018" / "train.pairs.jsonl.gz", other)
    return folder


# Corpus


def test_topic_drops_the_state_and_chapter_numbers():
    article = Article("中华人民共和国森林法", ("第三章　森林保护", "第一节 防火"), "……")
    assert article.topic == "森林法 森林保护 防火"


def test_sentence_pairs_split_an_article_into_a_sentence_and_the_rest():
    first, second = "种植毛竹的农户可以申请补贴。", "补贴由县级人民政府林业主管部门发放。"
    pairs = corpus.make_sentence_pairs([Article("办法", (), first + second)], seed=0)
    assert [(pairs[0].query, pairs[0].passage)] in (
        [(first, f"办法 {second}")],
        [(second, f"办法 {first}")],
    )


def test_sentence_pairs_skip_single_sentences():
    assert corpus.make_sentence_pairs([Article("办法", (), "本办法自公布之日起施行。")], 0) == []


@pytest.fixture
def gazettes(tmp_path):
    """A folder with one issue and two questions for one of its clauses."""
    folder = tmp_path / "gazettes"
    folder.mkdir()
    write_gazette(folder, make_gazette(BRIDGES), "a.md")
    clause = next(c for c in read_gazette(folder / "a.md").clauses if c.label == "第二条")
    line = format_line(clause, ["举报桥坏了给多少钱呀麽", "奖金多少"])
    (folder / "a.expansions.jsonl").write_text(f"{line}\n", encoding="utf-8")
    return folder


def test_expansions_are_paired_with_what_their_clause_says(gazettes):
    first, second = corpus.make_expansion_pairs(corpus.read_expansions(gazettes))
    assert (first.query, second.query) == ("举报桥坏了给多少钱呀麽", "奖金多少")
    assert first.passage == second.passage
    assert "第二条" in first.group
    assert "奖励" in first.passage


def test_expansions_of_one_clause_are_paired_with_one_another(gazettes):
    pairs = corpus.make_sibling_pairs(corpus.read_expansions(gazettes))
    assert [(pair.query, pair.passage) for pair in pairs] == [
        ("举报桥坏了给多少钱呀麽", "奖金多少"),
        ("奖金多少", "举报桥坏了给多少钱呀麽"),
    ]
    assert len({pair.group for pair in pairs}) == 1


def test_a_single_expansion_has_no_sibling():
    assert corpus.make_sibling_pairs({"a/1": ("奖励一万元", ["奖金多少"])}) == []


def test_dev_queries_and_their_answers_stay_out_of_training(tmp_path):
    data = write_data(tmp_path)
    stard = corpus.read_stard(data)
    assert stard.dev == ("3",)
    assert [pair.query for pair in stard.train] == ["打工娃的医药费谁出", "抓小偷有奖吗"]
    sources = train.read_sources(data, corpus.read_articles(data), stard)
    assert "种竹子有钱吗" not in {pair.query for pairs in sources.values() for pair in pairs}


@given(st.dictionaries(st.text("abcdef", min_size=1), st.sets(st.integers(0, 9), min_size=1)))
def test_disjoint_queries_share_no_passage_with_the_others(relevant):
    chosen = set(corpus.choose_disjoint(relevant))
    inside = set().union(*(relevant[key] for key in chosen))
    outside = set().union(*(relevant[key] for key in relevant.keys() - chosen))
    assert not inside & outside
    assert chosen or not relevant


def test_a_disjoint_model_never_replaces_the_packaged_one(tmp_path, capsys):
    with pytest.raises(SystemExit):
        train.main([str(tmp_path), "--disjoint"])
    assert "--out" in capsys.readouterr().err


# Vocabulary


def test_words_stay_whole_and_punctuation_falls_away(tokenizer):
    assert tokenizer.encode("【见义勇为】，奖励！").tokens == ["见义勇为", "奖励"]


def test_words_of_questions_are_kept_though_no_text_has_them(tokenizer):
    assert "医药费" in tokenizer.encode("医药费").tokens


def test_full_width_letters_read_like_half_width(tokenizer):
    assert tokenizer.encode("ＡＢ１２").ids == tokenizer.encode("ab12").ids


def test_spelling_lists_the_characters_of_a_token(tokenizer):
    row = spell(tokenizer)[tokenizer.token_to_id("补贴")]
    expected = [tokenizer.token_to_id("补"), tokenizer.token_to_id("贴"), *[UNKNOWN_ID] * 6]
    assert row.tolist() == expected


# Start


def test_cooccurrences_are_symmetric_and_fall_with_distance():
    counts = count_cooccurrences([np.array([1, 2, 3]), np.array([3, 1])], 4, window=2).toarray()
    assert counts.tolist() == [
        [0, 0, 0, 0],
        [0, 0, 1, 1.5],  # 1–3 at distance 2 in the first text, at 1 in the second
        [0, 1, 0, 1],
        [0, 1.5, 1, 0],
    ]


def test_ppmi_keeps_pairs_seen_more_often_than_chance():
    counts = sparse.csr_matrix(np.array([[4.0, 1.0], [1.0, 4.0]]))
    weighed = weigh_ppmi(counts, np.array([5.0, 5.0])).toarray()
    # Each row sums to 5 and contexts weigh 1/2: 4 against 2.5 expected, 1 against 2.5.
    assert weighed == pytest.approx(np.array([[math.log(1.6), 0], [0, math.log(1.6)]]))


def test_an_unseen_word_starts_from_its_characters(tokenizer):
    ids = list(encode(tokenizer, TEXTS))
    vectors = start_vectors(ids, spell(tokenizer), dimension=8, seed=0)
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-4) | (lengths == 0))
    unseen = tokenizer.token_to_id("医药费")
    assert unseen not in np.concatenate(ids)
    assert lengths[unseen] == pytest.approx(1, abs=1e-4)


# Contrastive training


def make_vectors(tokenizer: Tokenizer, seed: int = 0) -> TokenVectors:
    size = tokenizer.get_vocab_size()
    start = np.random.default_rng(seed).standard_normal((size, 16)).astype(np.float32)
    return TokenVectors(start, np.ones(size, dtype=np.float32), spell(tokenizer))


PAIRS = [
    Pair("打工娃的医药费谁出", "负伤的医疗费用由加害人承担", "made up"),
    Pair("种竹子有钱吗", "种植毛竹给予补贴", "made up"),
    Pair("抓小偷有奖吗", "对见义勇为人员给予奖励", "made up"),
]


def similarities(vectors: TokenVectors, tokenizer: Tokenizer) -> np.ndarray:
    with torch.no_grad():
        queries = vectors.embed(tokenise(tokenizer, [pair.query for pair in PAIRS]))
        passages = vectors.embed(tokenise(tokenizer, [pair.passage for pair in PAIRS]))
    return (queries @ passages.T).numpy()


def test_training_brings_each_query_to_its_passage(tokenizer):
    vectors = make_vectors(tokenizer)
    schedule = Schedule(batch_size=3, random_negatives=2, token_dropout=0.1)
    pair_set = tokenise_pairs(tokenizer, PAIRS, passes=80)
    train_contrastive(vectors, [pair_set], tokenise(tokenizer, TEXTS[:2]), schedule)
    assert similarities(vectors, tokenizer).argmax(axis=1).tolist() == [0, 1, 2]


def test_training_twice_gives_the_same_vectors(tokenizer):
    folded = []
    for _ in range(2):
        vectors = make_vectors(tokenizer)
        pair_set = tokenise_pairs(tokenizer, PAIRS, passes=3)
        train_contrastive(vectors, [pair_set], tokenise(tokenizer, TEXTS), Schedule())
        folded.append(vectors.fold())
    assert np.array_equal(*folded)


def test_equal_texts_are_never_negatives(tokenizer):
    # Two queries of one passage: were it its own negative, the loss could not fall below log 2.
    twins = [Pair("种竹子有钱吗", "种植毛竹给予补贴", "a"), Pair("补贴", "种植毛竹给予补贴", "a")]
    vectors = make_vectors(tokenizer)
    before = vectors.fold()
    pair_set = tokenise_pairs(tokenizer, twins, passes=5)
    train_contrastive(vectors, [pair_set], [], Schedule(random_negatives=0, token_dropout=0))
    # With nothing to tell apart there is nothing to learn.
    assert vectors.fold() == pytest.approx(before, abs=1e-4)


def test_texts_of_one_group_are_never_negatives(tokenizer):
    pairs = [
        Pair("种竹子有钱吗", "种植毛竹给予补贴", "a", group="1"),
        Pair("抓小偷有奖吗", "油茶种植补贴标准", "a", group="1"),
    ]
    vectors = make_vectors(tokenizer)
    before = vectors.fold()
    pair_set = tokenise_pairs(tokenizer, pairs, passes=5)
    train_contrastive(vectors, [pair_set], [], Schedule(random_negatives=0, token_dropout=0))
    assert vectors.fold() == pytest.approx(before, abs=1e-4)


def test_folded_rows_sum_to_the_trained_embedding(tokenizer):
    vectors = make_vectors(tokenizer)
    ids = tokenise(tokenizer, ["见义勇为人员的奖励"])
    summed = vectors.fold()[ids[0]].sum(axis=0)
    with torch.no_grad():
        embedded = vectors.embed(ids)[0].numpy()
    assert summed / np.linalg.norm(summed) == pytest.approx(embedded, abs=1e-5)


def test_mined_negatives_leave_out_gold_passages(tokenizer):
    vectors = make_vectors(tokenizer)
    pair_set = tokenise_pairs(tokenizer, PAIRS, passes=1)
    others = tokenise(tokenizer, [f"第{number}条" for number in "一二三四五六七八九"])
    mined = mine_negatives(vectors, pair_set, [*others, *pair_set.passages], depth=12)
    assert len(mined.hard_negatives) == len(PAIRS)
    kept = {ids.tobytes() for row in mined.hard_negatives for ids in row}
    assert not kept & {ids.tobytes() for ids in pair_set.passages}


# Packaging


@given(arrays(np.float32, (5, 4), elements=st.floats(-100, 100, width=32)))
def test_quantised_numbers_are_within_half_a_step(vectors):
    stored = quantise(vectors)
    scales = stored["weights"].numpy()[:, None]
    error = np.abs(stored["embeddings"].numpy() * scales - vectors)
    assert np.all(error <= scales / 2 + 1e-5)


def test_a_written_model_loads_and_gives_unit_vectors(tokenizer, tmp_path):
    vectors = np.random.default_rng(0).standard_normal((tokenizer.get_vocab_size(), 16))
    write_model(tmp_path, tokenizer, vectors.astype(np.float32))
    model = SentenceTransformer(str(tmp_path), device="cpu")
    embedded = model.encode(["见义勇为", "补贴"])
    summed = vectors[tokenizer.encode("见义勇为").ids].sum(axis=0)
    assert np.linalg.norm(embedded, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert embedded[0] @ (summed / np.linalg.norm(summed)) > 0.999


def test_the_script_trains_on_expansions_and_writes_a_loadable_model(tmp_path, gazettes, capsys):
    arguments = [str(write_data(tmp_path / "data")), "--out", str(tmp_path / "model")]
    train.main([*arguments, "--recipe", "static-random-start", "--gazettes", str(gazettes)])
    model = SentenceTransformer(str(tmp_path / "model"), device="cpu")
    asked, sibling, other = model.encode(["举报桥坏了给多少钱呀麽", "奖金多少", "劳动仲裁"])
    assert asked @ sibling > asked @ other
    assert "nDCG@10" in capsys.readouterr().out


def test_vectors_of_another_tokenizer_are_refused(tokenizer, tmp_path):
    with pytest.raises(ValueError, match="3 vectors"):
        write_model(tmp_path, tokenizer, np.zeros((3, 16), dtype=np.float32))


# Evaluation


def test_measures_on_a_ranking_worked_by_hand():
    pool = evaluate.Pool(("a", "b", "c", "d"), ("q",), (frozenset({0, 3}),))
    result = evaluate.evaluate(pool, np.array([[0.9, 0.8, 0.7, 0.6]], dtype=np.float32))
    ideal = 1 + 1 / math.log2(3)
    assert result.ndcg_10 == pytest.approx((1 + 1 / math.log2(5)) / ideal)
    assert (result.recall_10, result.success_5) == (1, 1)


def test_fusion_prefers_what_both_rank_high():
    fused = evaluate.fuse(np.array([[3.0, 2.0, 1.0]]), np.array([[1.0, 3.0, 2.0]]))
    assert fused.argsort()[0].tolist() == [2, 0, 1]


# The packaged model


def test_packaged_model_fits_the_repository():
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) <= (
        MAX_MODEL_BYTES
    )


def test_packaged_model_gives_the_same_unit_vector_in_any_batch(packaged):
    texts = ["帮人抓小偷被打伤，医药费谁出？", "种竹子有没有补贴", "对见义勇为人员给予奖励"]
    together = packaged.encode(texts)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert packaged.encode(texts[0]) == pytest.approx(together[0], abs=1e-6)


@pytest.mark.parametrize("text", ["", "？！", "\u200b", "😀", "\n"])
def test_packaged_model_takes_texts_without_words(packaged, text):
    assert np.all(np.isfinite(packaged.encode([text])))


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("打工的被拖欠工钱怎么办", "用人单位应当按时支付劳动报酬", "森林防火期内禁止野外用火"),
        ("开车喝酒会怎么罚", "饮酒后驾驶机动车的处暂扣驾驶证", "用人单位应当按时支付劳动报酬"),
        ("离婚后孩子跟谁", "子女由父母一方直接抚养", "饮酒后驾驶机动车的处暂扣驾驶证"),
    ],
)
def test_packaged_model_understands_everyday_words(packaged, question, answer, other):
    asked, answered, unrelated = packaged.encode([question, answer, other])
    assert asked @ answered > asked @ unrelated
