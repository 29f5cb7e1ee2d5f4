"""The command line: what it prints, and what it refuses in one line with exit code 2."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import assistant.__main__ as command
from assistant.decline import DECLINED, GREETING
from tests.gazette_factories import make_document, make_gazette, write_gazette
from tests.test_contract import assert_answer

ROOT = Path(__file__).parent.parent
EXPIRED = "公共资源交易办法第二十四条"


@pytest.fixture
def run(gazette, monkeypatch, capsys):
    """Return a function that runs a command on the shared store: (exit code, output, errors)."""
    monkeypatch.setattr(command, "open_store", lambda: gazette)
    monkeypatch.delenv("GAZETTE_MODEL", raising=False)

    def main(*arguments):
        code = command.main(list(arguments))
        return code, *capsys.readouterr()

    return main


@pytest.fixture
def refuse(run):
    """Return a function that runs a command that must be refused, and gives its one line."""

    def main(*arguments):
        code, printed, errors = run(*arguments)
        assert (code, printed) == (2, "")
        assert errors.startswith("错误：")
        assert errors.count("\n") == 1
        return errors

    return main


def test_ask_prints_the_answer_with_its_warning_and_place(run):
    code, printed, errors = run("ask", EXPIRED, "--as-of", "2026-01-15")
    assert (code, errors) == (0, "")
    assert printed.startswith("注意：《赣州市公共资源交易管理暂行办法》")
    assert printed.endswith(
        "——《赣州市公共资源交易管理暂行办法》（赣市府办发〔2022〕21号）第二十四条\n"
    )


def test_ask_prints_one_json_object(run):
    code, printed, errors = run("ask", EXPIRED, "--json", "--as-of", "2024-11-30", "--k", "3")
    assert (code, errors) == (0, "")
    value = json.loads(printed)
    assert_answer(value)
    assert value["answered"]
    assert (value["citations"][0]["status"], value["notices"]) == ("有效", [])
    assert len(value["passages"]) == 3


@pytest.mark.parametrize(
    ("question", "words"), [("见义勇为办法第九十九条", DECLINED), ("你好", GREETING)]
)
def test_a_declined_question_is_no_error(run, question, words):
    code, printed, _ = run("ask", question)
    assert code == 0
    assert words in printed
    value = json.loads(run("ask", question, "--json")[1])
    assert_answer(value)
    assert not value["answered"]


def test_ask_reads_a_history(run, tmp_path):
    history = tmp_path / "history.json"
    turns = [
        {"role": "user", "content": "见义勇为办法第一条写了什么"},
        {"role": "assistant", "content": "……"},
    ]
    history.write_text(json.dumps(turns, ensure_ascii=False), encoding="utf-8")
    code, printed, _ = run("ask", "第二条呢", "--history", str(history))
    assert code == 0
    assert printed.startswith("（理解为：《赣州市见义勇为人员奖励和保障实施办法》第二条呢）\n")
    assert "造血干细胞" in printed


def test_filters_restrict_what_ask_may_use(run):
    value = json.loads(run("ask", "奖励多少钱", "--json", "--doc-no", "赣市府办字〔2022〕101号")[1])
    assert {p["doc_no"] for p in value["passages"]} == {"赣市府办字〔2022〕101号"}
    arguments = ("公共资源交易目录", "--doc-no", "赣市府办发〔2022〕21号", "--status", "有效")
    for day, found in (("2024-11-30", 10), ("2024-12-01", 0)):
        value = json.loads(run("search", *arguments, "--json", "--as-of", day)[1] or "[]")
        assert len(value) == found


@pytest.mark.parametrize("name", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "message"),
    [("", "问题为空"), ("  ", "问题为空"), ("长" * 5000, "5000字"), ("奖\x07金", "控制字符")],
)
def test_what_is_no_question_is_refused(refuse, name, question, message):
    assert message in refuse(name, question)


@pytest.mark.parametrize("name", ["ask", "search"])
def test_no_passage_at_all_is_refused(refuse, name):
    assert "k=0" in refuse(name, "奖金多少", "--k", "0")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"\xff\xfe",
        b'{"role": "user", "content": "x"}',
        b'[{"role": "system", "content": "x"}]',
        b'[{"role": "user"}]',
        b'["x"]',
    ],
)
def test_a_bad_history_file_is_named(refuse, tmp_path, content):
    path = tmp_path / "history.json"
    path.write_bytes(content)
    message = refuse("ask", "奖金多少", "--history", str(path))
    assert str(path) in message
    assert '[{"role", "content"}' in message


def test_a_missing_history_file_is_named(refuse, tmp_path):
    assert "nothing.json" in refuse("ask", "奖金多少", "--history", str(tmp_path / "nothing.json"))


@pytest.mark.parametrize("arguments", [["--as-of", "昨天"], ["--k", "十"], ["--unknown"]])
def test_arguments_that_cannot_be_read_are_refused(run, capsys, arguments):
    with pytest.raises(SystemExit) as refused:
        command.main(["ask", "奖金多少", *arguments])
    assert refused.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_search_shows_each_leg(run):
    code, printed, _ = run("search", "见义勇为办法第六条", "--explain", "--k", "6")
    assert code == 0
    lines = printed.split("\n")
    name = "《赣州市见义勇为人员奖励和保障实施办法》（赣市府发〔2022〕14号）第六条"
    assert re.fullmatch(rf" 1\. \d\.\d{{3}} {name}", lines[0])
    assert lines[1].strip().startswith("exact 第1 5.000，text 第")
    assert "（引用）\n    随上条带出" in printed
    assert printed.count("\n") == 6 * 3
    assert "exact" not in run("search", "见义勇为办法第六条")[1]


def test_search_as_json(run):
    passages = json.loads(run("search", "见义勇为办法第六条", "--json", "--k", "2")[1])
    assert [p["rank"] for p in passages] == [1, 2]
    assert passages[0]["legs"][0] == {"name": "exact", "rank": 1, "score": 5.0}


def test_a_clause_by_name(run):
    code, printed, _ = run("clause", "赣市府发〔2022〕14号 第十一条")
    assert code == 0
    assert (
        "第十一条 对见义勇为人员的奖励，实行精神奖励、物质奖励和社会保障相结合的原则。" in printed
    )
    [clause] = json.loads(run("clause", "见义勇为办法11条", "--json")[1])
    assert clause["clause_id"] == "2022-05/赣市府发〔2022〕14号/第十一条"


@pytest.mark.parametrize(
    "name", ["赣市府发〔2022〕14号 第二十四条", "赣市府发〔2022〕99号", "没有的"]
)
def test_an_unknown_clause_is_refused(refuse, name):
    assert "公报中没有这一条款；请写明文号或标题和条号" in refuse("clause", name)


def test_chat_goes_on_from_question_to_question(run, monkeypatch):
    piped = "见义勇为办法第一条写了什么\n第二条呢\n\x07\n谢谢\n\n不再读到\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(piped))
    code, printed, errors = run("chat", "--as-of", "2022-12-15")
    assert (code, errors) == (0, "")
    assert "请提问（空行退出）" in printed
    assert "（理解为：《赣州市见义勇为人员奖励和保障实施办法》第二条呢）" in printed
    assert "错误：问题含有控制字符" in printed
    assert "不客气" in printed
    assert printed.count("问：") == 5


def test_chat_ends_with_its_input(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("见义勇为办法第一条"))
    code, printed, _ = run("chat")
    assert code == 0
    assert "第一条" in printed


def test_a_missing_index_is_one_line_with_the_command_that_builds_it(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("GAZETTE_INDEX", str(tmp_path / "none"))
    for arguments in (["ask", "奖金多少"], ["search", "奖金"], ["clause", "第一条"], ["chat"]):
        assert command.main(arguments) == 2
        printed, errors = capsys.readouterr()
        assert errors == f"错误：{tmp_path / 'none'}: no index; run `python -m index build`\n"
        assert printed == ""


def test_a_stale_index_is_one_line_with_the_command_that_builds_it(
    gazette_index, monkeypatch, tmp_path, capsys
):
    write_gazette(tmp_path, make_gazette(make_document("第一条 甲。")))
    monkeypatch.setenv("GAZETTE_INDEX", str(gazette_index.folder))
    monkeypatch.setenv("GAZETTE_CORPUS", str(tmp_path))
    assert command.main(["ask", "奖金多少"]) == 2
    errors = capsys.readouterr().err
    assert f"the corpus in {tmp_path} has changed" in errors
    assert errors.endswith("run `python -m index build`\n")
    assert errors.count("\n") == 1


def test_an_unknown_model_is_refused_before_anything_is_asked(refuse, monkeypatch):
    monkeypatch.setenv("GAZETTE_MODEL", "nobody:nothing")
    assert "nobody" in refuse("ask", "奖金多少")


def test_the_program_itself(gazette_index):
    """One real process, from a command line with bytes that are no UTF-8 to its exit code."""
    environment = {**os.environ, "GAZETTE_INDEX": str(gazette_index.folder)}
    environment.pop("GAZETTE_MODEL", None)
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", EXPIRED, "--json"],
        capture_output=True,
        cwd=ROOT,
        env=environment,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert_answer(json.loads(done.stdout.decode("utf-8")))
