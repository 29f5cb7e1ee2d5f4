"""Baselines, splitters, perturbations and systems behind HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from langchain_core.embeddings import DeterministicFakeEmbedding

from eval import baselines
from eval.baselines import Piece
from eval.corpus import fold_corpus
from eval.http_systems import REFUSAL, ask_json, ask_openai
from eval.outputs import parse_output
from eval.perturb import PERTURBATIONS, perturb_question
from eval.questions import questions_path, read_questions
from eval.splitters import rank_chroma, split_recursively
from eval.systems import ABLATIONS, GROUPS, SYSTEMS, expand_names, find_row
from index.types import Document, Issue, Span
from tests.eval_factories import DOC, make_output, make_passage, make_question

PIECES = [
    Piece("a", DOC, "某办法", "第一条", "对见义勇为人员给予奖励。", "对见义勇为人员给予奖励。"),
    Piece("b", DOC, "某办法", "第二条", "发展竹产业，扩大种植。", "发展竹产业，扩大种植。"),
    Piece("c", DOC, "某办法", "第三条", "本办法自公布之日起施行。", "本办法自公布之日起施行。"),
]


@pytest.mark.parametrize("tokenise", [baselines.words, baselines.bigrams])
def test_bm25_finds_shared_words(tokenise):
    rank = baselines.rank_bm25(PIECES, tokenise)
    assert PIECES[rank("竹产业怎么发展")[0][1]].id == "b"
    assert PIECES[rank("见义勇为有什么奖励")[0][1]].id == "a"


def test_bigrams_and_words():
    assert baselines.bigrams("（竹）产 业") == ["(竹", "竹)", ")产", "产业"]
    assert baselines.bigrams("竹") == ["竹"]
    assert baselines.bigrams(" ") == []
    assert "产业" in baselines.words("竹产业")


def test_ties_are_ordered_by_id_not_by_insertion():
    rank = baselines.rank_bm25(PIECES[::-1], baselines.bigrams)
    ranked = rank("qqqq")
    assert [PIECES[::-1][index].id for _, index in ranked] == ["a", "b", "c"]


def test_random_differs_by_question_but_not_by_run():
    rank = baselines.rank_random(PIECES * 5)
    assert rank("甲") == baselines.rank_random(PIECES * 5)("甲")
    assert rank("甲") != rank("乙")


def test_plain_answer_cites_what_it_shows():
    ask = baselines.ask_by_rank(baselines.rank_bm25(PIECES, baselines.bigrams), PIECES, 2)
    output = parse_output("Q-1", ask(make_question("Q-1", "x", question="竹产业")))
    assert output.answer == "发展竹产业，扩大种植。[1]"
    assert [passage.clause_id for passage in output.passages] == ["b", "a"]
    citation = output.citations[0]
    assert output.passages[0].text[citation.start : citation.end] == citation.quote


def test_follow_ups_are_asked_with_the_turn_before():
    question = make_question(
        "Q-1", "x", question="那怎么办", history=[{"role": "user", "content": "竹产业"}]
    )
    ask = baselines.ask_by_rank(baselines.rank_bm25(PIECES, baselines.bigrams), PIECES, 1)
    assert ask(question)["passages"][0]["clause_id"] == "b"


def test_oracle_and_closed_book():
    corpus = fold_corpus(["对见义勇为人员\n给予奖励。"])
    question = make_question("Q-1", "对见义勇为人员给予奖励", facts=[["奖励"]])
    output = parse_output("Q-1", baselines.ask_gold(corpus)(question))
    assert output.answered
    assert output.passages[0].text == "对见义勇为人员\n给予奖励"
    assert not baselines.ask_gold(corpus)(make_question("U-1"))["answered"]
    assert not baselines.ask_nothing(question)["answered"]


ISSUE = Issue("2022-05", "2022年第5期", 107, "x.md", "甲" * 300 + "\n\n" + "乙" * 300, "")


def make_document(key, doc_no, span):
    return Document(
        issue="2022-05",
        issue_name="2022年第5期",
        key=key,
        doc_no=doc_no,
        title=key,
        name=key,
        kind="通知",
        issuer="",
        date="",
        page=None,
        span=span,
    )


DOCUMENTS = [
    make_document("一号", "一号", Span(0, 301)),
    make_document("动态1", "", Span(301, 602)),
]


def test_splitter_pieces_know_their_document():
    pieces = split_recursively(ISSUE, DOCUMENTS, 200, 50)
    assert {piece.doc_no for piece in pieces} == {"一号", "动态1"}
    assert all(len(piece.text) <= 200 for piece in pieces)
    assert len({piece.id for piece in pieces}) == len(pieces)


def test_chroma_returns_the_nearest():
    rank = rank_chroma(PIECES, DeterministicFakeEmbedding(size=64), k=3)
    scored = rank(PIECES[1].searched)
    assert PIECES[scored[0][1]].id == "b"
    assert scored[0][0] == pytest.approx(1.0, abs=1e-5)
    assert len(scored) == 3


# --- the table ------------------------------------------------------------------------------------


def test_groups_name_systems_that_exist():
    for names in GROUPS.values():
        assert set(names) <= set(SYSTEMS)
    assert expand_names("ours, baselines,ours")[:2] == ["ours", "bm25_words"]
    assert find_row("dense:BAAI/bge-m3") == (SYSTEMS["dense"], "BAAI/bge-m3")
    with pytest.raises(ValueError, match="没有系统 gpt"):
        find_row("gpt")


def test_every_ablation_is_a_row_of_both_tables():
    from eval.ours import WEIGHTS

    assert set(WEIGHTS) == {"search", *ABLATIONS}
    assert (
        len(set(map(str, WEIGHTS.values()))) == len(WEIGHTS) - 1
    )  # no_title_path changes the store


# --- perturbations --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_perturbing_keeps_everything_but_the_wording(name):
    questions = read_questions(questions_path("dev"))
    changed = [perturb_question(question, name) for question in questions]
    assert changed == [perturb_question(question, name) for question in questions]
    assert any(a.question != b.question for a, b in zip(questions, changed, strict=True))
    for before, after in zip(questions, changed, strict=True):
        assert after.model_copy(
            update={"question": before.question, "perturbation": ""}
        ) == before.model_copy(update={"perturbation": ""})


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("traditional", "补贴怎么办理", "補貼怎麼辦理"),
        ("abbreviation", "市发展和改革委员会负责《发展和改革委员会办法》吗",
         "市发改委负责《发展和改革委员会办法》吗"),
        ("width", "补30%，对吗？", "补３０％,对吗?"),
        ("typo", "甲乙丙", "乙甲丙"),
        ("typo", "《在做办法》", "《在做办法》"),
    ],
)  # fmt: skip
def test_perturbations_by_hand(name, question, expected):
    changed = perturb_question(make_question("Q-1", question=question), name).question
    if question == "甲乙丙":
        assert sorted(changed) == sorted(question)
        assert changed != question
    else:
        assert changed == expected


def test_unknown_perturbation():
    with pytest.raises(ValueError, match="typo"):
        perturb_question(make_question("Q-1"), "nonsense")


# --- HTTP -----------------------------------------------------------------------------------------


@contextmanager
def serve(replies) -> Iterator[tuple[str, list]]:
    """A server that gives the replies in order and records what it was sent."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            received.append((self.path, self.headers.get("Authorization"), body))
            status, reply = replies[len(received) - 1]
            data = reply if isinstance(reply, bytes) else json.dumps(reply).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_json_contract(monkeypatch):
    monkeypatch.setenv("EVAL_API_KEY", "secret")
    reply = make_output("可以。[1]", make_passage("c1", "可以领取。"))
    question = make_question(
        "Q-1", "x", as_of="2026-01-01", history=[{"role": "user", "content": "前面的话"}]
    )
    with serve([(200, reply)]) as (url, received):
        assert ask_json(f"{url}/ask")(question) == reply
    assert received == [
        (
            "/ask",
            "Bearer secret",
            {
                "question": question.question,
                "history": [{"role": "user", "content": "前面的话"}],
                "as_of": "2026-01-01",
            },
        )
    ]


def test_openai_compatible_chat():
    def completion(text):
        return {"choices": [{"message": {"role": "assistant", "content": text}}]}

    question = make_question("Q-1", "x", as_of="2026-01-01")
    replies = [(200, completion("可以领取。")), (200, completion(REFUSAL)), (200, {"choices": []})]
    with serve(replies) as (url, received):
        ask = ask_openai(f"{url}/v1#some-model")
        assert ask(question)["answered"] is True
        assert ask(question)["answered"] is False
        with pytest.raises(ValueError, match="choices"):
            ask(question)
    path, _, body = received[0]
    assert path == "/v1/chat/completions"
    assert body["model"] == "some-model"
    assert REFUSAL in body["messages"][0]["content"]
    assert body["messages"][-1] == {"role": "user", "content": question.question}


def test_server_faults_name_the_url():
    question = make_question("Q-1", "x")
    replies = [(500, {}), (200, b"<html>"), (200, [1]), (302, {})]
    with serve(replies) as (url, received):
        ask = ask_json(url)
        with pytest.raises(OSError, match="HTTP 500"):
            ask(question)
        with pytest.raises(ValueError, match="不是 JSON:"):
            ask(question)
        with pytest.raises(ValueError, match="不是 JSON 对象"):
            ask(question)
        with pytest.raises(OSError, match="HTTP 302"):
            ask(question)
    assert len(received) == 4  # the redirect was not followed
    with pytest.raises(OSError, match="连不上"):
        ask_json(url)(question)
    with pytest.raises(ValueError, match="http"):
        ask_json("file:///etc/hostname")(question)
    with pytest.raises(ValueError, match="openai:网址#模型"):
        ask_openai("http://localhost/v1")
