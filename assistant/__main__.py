"""python -m assistant ask|chat|search|clause."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.ask import ask
from assistant.clause_lookup import find_clauses, format_clause
from assistant.contract import passage_dict, to_dict
from assistant.limits import check_question
from assistant.model import open_model
from assistant.retrieve import DEFAULT_K, retrieve
from assistant.types import Answer, Filters, Leg, Passage, Turn
from index.build import open_store
from index.settings import read_setting

_FILTERS = ("issue", "doc-no", "issuer", "kind", "since", "until", "status")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done (also when declined), 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (OSError, ValueError, LookupError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = commands.add_parser("ask", help="answer a question with cited clauses")
    one.add_argument("question")
    one.add_argument("--history", type=Path, help='JSON file of [{"role", "content"}]')
    one.set_defaults(run=_ask)
    chat = commands.add_parser("chat", help="a conversation in the terminal")
    chat.set_defaults(run=_chat)
    search = commands.add_parser("search", help="the passages found, without an answer")
    search.add_argument("question")
    search.add_argument("--explain", action="store_true", help="rank and score of each leg")
    search.set_defaults(run=_search)
    clause = commands.add_parser("clause", help="the full text of a named clause")
    clause.add_argument("name", help="“赣市府发〔2022〕14号 第十一条”, a title, or a clause id")
    clause.set_defaults(run=_clause)
    for command in (one, chat, search, clause):
        command.add_argument("--as-of", type=date.fromisoformat, help="the day to judge by")
    for command in (one, chat, search):
        command.add_argument("--k", type=int, default=DEFAULT_K, help="passages retrieved")
        for name in _FILTERS:
            command.add_argument(f"--{name}", default="", help=f"only this {name}")
    for command in (one, search, clause):
        command.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _filters(options: argparse.Namespace) -> Filters | None:
    values = {n.replace("-", "_"): getattr(options, n.replace("-", "_")) for n in _FILTERS}
    return Filters(**values) if any(values.values()) else None


def _ask(options: argparse.Namespace) -> int:
    answer = ask(
        options.question,
        _read_history(options.history),
        open_store(),
        open_model(read_setting("GAZETTE_MODEL")),
        as_of=options.as_of,
        k=options.k,
        filters=_filters(options),
    )
    _print(to_dict(answer)) if options.json else print(format_answer(answer))
    return 0


def _read_history(path: Path | None) -> list[Turn]:
    """Read earlier turns.

    :raises ValueError: when the file is not a list of {"role", "content"}.
    """
    if path is None:
        return []
    try:
        return TypeAdapter(list[Turn]).validate_json(path.read_bytes())
    except ValidationError as error:
        raise ValueError(f'{path}: expected [{{"role", "content"}}, …] in JSON') from error


def _chat(options: argparse.Namespace) -> int:
    store = open_store()
    model = open_model(read_setting("GAZETTE_MODEL"))
    history: list[Turn] = []
    print("请提问（空行退出）。回答只引用公报原文，以原文为准。")
    while True:
        try:
            question = input("\n问：").strip()
        except EOFError:
            return 0
        if not question:
            return 0
        try:
            answer = ask(
                question,
                history,
                store,
                model,
                as_of=options.as_of,
                k=options.k,
                filters=_filters(options),
            )
        except ValueError as error:
            print(f"错误：{error}")
            continue
        print(format_answer(answer))
        history += [Turn("user", question), Turn("assistant", answer.text)]


def _search(options: argparse.Namespace) -> int:
    question = check_question(options.question)
    filters = _filters(options)
    passages = retrieve(question, open_store(), options.k, filters, as_of=options.as_of)
    if options.json:
        _print([{**passage_dict(p), "legs": [_leg(leg) for leg in p.legs]} for p in passages])
        return 0
    for passage in passages:
        print(_format_passage(passage, options.explain))
    return 0


def _leg(leg: Leg) -> dict[str, Any]:
    return {"name": leg.name, "rank": leg.rank, "score": round(leg.score, 4)}


def _format_passage(passage: Passage, explain: bool) -> str:
    clause = passage.clause
    via = f"（{passage.via}）" if passage.via else ""
    head = f"{passage.rank:2d}. {passage.score:.3f} {clause.document.cite}{clause.label}{via}"
    if explain:
        legs = "，".join(f"{leg.name} 第{leg.rank} {leg.score:.3f}" for leg in passage.legs)
        head += f"\n    {legs or '随上条带出'}"
    return f"{head}\n    {clause.text[:90].replace(chr(10), ' ')}"


def _clause(options: argparse.Namespace) -> int:
    clauses = find_clauses(options.name, open_store(), options.as_of)
    if options.json:
        _print(clauses)
    else:
        print("\n\n".join(format_clause(clause) for clause in clauses))
    return 0


def format_answer(answer: Answer) -> str:
    """Return an answer as text for a terminal."""
    lines = []
    if answer.standalone_question != answer.question:
        lines.append(f"（理解为：{answer.standalone_question}）")
    lines.append(answer.text)
    return "\n".join(lines)


def _print(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
