"""Expansions written by a chat model: prompts, replies, the file, and the command."""

import io

import pytest

from index.__main__ import main
from index.chat_model import open_model
from index.expand import find_unexpanded, read_questions, write_expansions, write_prompt
from index.expansions import ExpansionLine, format_line, load_expansions, read_lines
from index.reading import read_gazette
from tests.gazette_factories import make_document, make_gazette, write_gazette
from tests.model_server import page, serve, status, whole

PARKING = make_document("第一条 为了规范停车。", "第二条 乱停车的，罚款50元。")
PLANTING = make_document(
    "第一条 为了绿化。",
    "第二条 不得毁坏树木。",
    title="桃源市人民政府关于植树造林的通知",
    number="桃府发〔2031〕8号 2031年3月6日",
)
REPLY = "1. 乱停车罚多少钱？\n2. 违停的处罚标准是什么？"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A corpus of one issue, and settings that point to it."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_gazette(folder, make_gazette(PARKING, PLANTING), "a.md")
    monkeypatch.setenv("GAZETTE_CORPUS", str(folder))
    monkeypatch.setenv("GAZETTE_MODEL", "openai:test")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    return folder


@pytest.fixture
def run(corpus, monkeypatch):
    """Run the command against a server that behaves as given."""

    def run_with(server, *arguments):
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        return main(["expand", "--quiet", *arguments])

    return run_with


def clauses_of(corpus):
    return read_gazette(corpus / "a.md").clauses


def lines(corpus):
    return read_lines(corpus / "a.expansions.jsonl")


def test_questions_are_read_one_a_line():
    assert read_questions(
        "以下是问题：\n\n1. 乱停车罚多少钱？\n- “违停怎么罚”\n（3）乱停车罚多少钱？\n"
        "What fine?\n问题4：谁来罚款\n好"
    ) == ("乱停车罚多少钱？", "违停怎么罚", "谁来罚款")


def test_thoughts_and_explanations_are_no_questions():
    assert read_questions(f"<think>想想乱停车\n</think>\n乱停车罚钱吗\n{'很长' * 31}") == (
        "乱停车罚钱吗",
    )


def test_no_more_questions_than_are_kept():
    assert len(read_questions("\n".join(f"第{n}种乱停车怎么罚" for n in range(10)))) == 6


def test_the_prompt_holds_the_clause_and_its_place(corpus):
    clause = next(c for c in clauses_of(corpus) if "罚款50元" in c.text)
    prompt = write_prompt(clause)
    assert "文件：《桃源市人民政府关于加强桥梁养护的通知》（桃府发〔2031〕7号）\n" in prompt
    assert "位置：第二条\n第二条 乱停车的，罚款50元。\n</条款>" in prompt


def test_clauses_with_expansions_of_their_text_are_passed_over(corpus):
    clauses = clauses_of(corpus)
    path = corpus / "a.expansions.jsonl"
    everything = find_unexpanded(clauses, path)
    path.write_text(format_line(everything[0], ["问"]) + "\n", encoding="utf-8")
    assert find_unexpanded(clauses, path) == everything[1:]
    stale = format_line(everything[0], ["问"]).replace('"digest": "', '"digest": "0')
    path.write_text(stale + "\n", encoding="utf-8")
    assert find_unexpanded(clauses, path) == everything
    chosen = find_unexpanded(clauses, path, "桃府发〔2031〕8号")
    assert {clause.document.doc_no for clause in chosen} == {"桃府发〔2031〕8号"}


def test_each_clause_is_written_before_the_next_is_asked_about(corpus, monkeypatch):
    path = corpus / "a.expansions.jsonl"
    with serve(whole(REPLY)) as server:
        monkeypatch.setenv("GAZETTE_MODEL_URL", server.url)
        writing = write_expansions(clauses_of(corpus), path, open_model("openai:test"))
        first = next(writing)
        assert lines(corpus) == [
            ExpansionLine.model_validate_json(format_line(first.clause, first.questions))
        ]
        assert len(server.requests) == 1
        writing.close()


def test_the_command_expands_what_is_missing_and_resumes(corpus, run, capsys):
    with serve(whole(REPLY)) as server:
        assert run(server, "--yes", "--limit", "2") == 0
        assert len(server.requests) == 2
        assert run(server, "--yes") == 0
        expanded = load_expansions(corpus / "a.expansions.jsonl", clauses_of(corpus))
        assert len(server.requests) == len(expanded.questions) == len(lines(corpus))
        assert run(server, "--yes") == 0
        assert len(server.requests) == len(expanded.questions)
    out, err = capsys.readouterr()
    assert "将调用 openai:test 2 次，共发送约" in err
    assert "已写入 2 个条款的口语问法；请运行 python -m index build" in out
    assert out.endswith("每个条款都已有口语问法\n")


def test_one_document_only(corpus, run, capsys):
    with serve(whole(REPLY)) as server:
        assert run(server, "--yes", "--document", "桃府发〔2031〕8号") == 0
        assert run(server, "--yes", "--document", "桃府发〔2031〕99号") == 2
    assert all("桃府发〔2031〕8号" in line.clause_id for line in lines(corpus))
    assert "桃府发〔2031〕99号：语料中没有这个文号" in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "calls"), [("y", 2), ("n", 0), ("", 0)])
def test_nothing_is_called_before_it_is_confirmed(run, monkeypatch, answer, calls):
    monkeypatch.setattr("builtins.input", lambda _: answer)
    with serve(whole(REPLY)) as server:
        assert run(server, "--limit", "2") == (0 if calls else 1)
        assert len(server.requests) == calls


def test_without_a_terminal_nothing_is_confirmed(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with serve(whole(REPLY)) as server:
        assert run(server) == 1
        assert server.requests == []


def test_what_was_written_before_a_failure_stays(corpus, run, capsys):
    with serve(whole(REPLY), status(401)) as server:
        assert run(server, "--yes") == 2
    assert len(lines(corpus)) == 1
    assert "已写入的保留，再次运行会接着写" in capsys.readouterr().err


def test_a_refusal_for_coming_too_fast_is_repeated(corpus, run):
    with serve(status(429, retry_after="0"), whole(REPLY)) as server:
        assert run(server, "--yes", "--limit", "1") == 0
        assert len(server.requests) == 2
    assert len(lines(corpus)) == 1


def test_a_useless_reply_leaves_its_clause_for_the_next_run(corpus, run, capsys):
    with serve(whole("I cannot help."), whole(REPLY)) as server:
        assert run(server, "--yes", "--limit", "2") == 1
    assert len(lines(corpus)) == 1
    assert "没有可用的问题：2031-02/" in capsys.readouterr().err


def test_a_page_instead_of_a_reply_is_a_failure(run, capsys):
    with serve(page()) as server:
        assert run(server, "--yes", "--limit", "1") == 2
    assert "模型调用失败" in capsys.readouterr().err


def test_a_limit_below_one_is_refused(corpus, capsys):
    assert main(["expand", "--limit", "0"]) == 2
    assert "--limit 0：应为1或更大" in capsys.readouterr().err


def test_without_a_model_the_message_says_how_to_name_one(corpus, monkeypatch, capsys):
    monkeypatch.delenv("GAZETTE_MODEL")
    assert main(["expand", "--yes"]) == 2
    assert "未设置 GAZETTE_MODEL" in capsys.readouterr().err
