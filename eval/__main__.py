"""python -m eval: run, score, compare and report; eval/README.md explains every command."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval import commands
from eval.perturb import PERTURBATIONS
from eval.suite import DEFAULT_K
from index.settings import read_setting

_SIZES = "1000,10000,50000,147000"  # the last is all the articles there are

Act = Callable[[argparse.Namespace], int]


def _shared_options() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    corpus, index = (Path(read_setting(name)) for name in ("GAZETTE_CORPUS", "GAZETTE_INDEX"))
    shared.add_argument("--corpus", type=Path, default=corpus, help="公报文本所在文件夹")
    shared.add_argument("--index", type=Path, default=index, help="索引文件夹")
    return shared


def _question_options() -> argparse.ArgumentParser:
    chosen = argparse.ArgumentParser(add_help=False)
    chosen.add_argument("--questions", type=Path, help="问题文件（JSON 行）；缺省用 --split")
    chosen.add_argument("--split", default="dev", help="内置问题集：dev 或 test")
    chosen.add_argument("--slice", default="", help="只问一部分，如 wording=plain")
    chosen.add_argument("--limit", type=int, default=0, help="只问前几题")
    return chosen


def _add_run_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, help="结果文件夹")
    command.add_argument("--system", default="ours", help="系统，逗号分隔；见 eval/README.md")
    command.add_argument("--k", type=int, default=DEFAULT_K, help="每题返回的条款数，至少 10")
    command.add_argument("--perturb", default="", choices=["", *PERTURBATIONS], help="改写问题")
    command.add_argument("--generate", action=argparse.BooleanOptionalAction, default=True,
                         help="不提问，只重评已存的回答")  # fmt: skip
    command.add_argument("--html", action=argparse.BooleanOptionalAction, default=True,
                         help="另写带图的 report.html")  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = argparse.ArgumentParser(prog="python -m eval", description="公报问答评测")
    commands_of = parser.add_subparsers(dest="command", required=True)
    shared, chosen = _shared_options(), _question_options()

    def add(name: str, act: Act, text: str, *options: argparse.ArgumentParser,
            out: str = "") -> argparse.ArgumentParser:  # fmt: skip
        command = commands_of.add_parser(name, parents=list(options), help=text)
        command.set_defaults(act=act)
        if out:
            command.add_argument("--out", type=Path, default=Path(out), help="结果文件夹")
        return command

    _add_run_options(add("run", commands.run, "提问、评分并写报告", shared, chosen))
    command = add("score", commands.score, "重评已存的回答", shared)
    command.add_argument("runs", type=Path, nargs="+", help="结果文件夹")
    command = add("compare", commands.compare, "逐题成对比较两次结果；变差时退出码 1")
    command.add_argument("base", type=Path)
    command.add_argument("new", type=Path)
    command = add("validate", commands.validate, "检查问题文件；有误时退出码 1", shared)
    command.add_argument("files", type=Path, nargs="+")
    command = add("report", commands.report, "为一次或多次结果写 report.md 与 report.html")
    command.add_argument("runs", type=Path, nargs="+")
    command.add_argument("--out", type=Path)
    command = add("gate", commands.check_gate, "与提交的参考结果比较；变差时退出码 1", shared,
                  out="runs/gate")  # fmt: skip
    command.add_argument("--update", action="store_true", help="重跑全部系统，改写参考结果")
    command = add("robustness", commands.check_robustness, "改写问题、改动依据、文件里的指令",
                  shared, chosen, out="runs/robustness")  # fmt: skip
    command.add_argument("--system", default="ours", help="从索引作答的系统")
    command = add("scale", commands.scale, "在大量法条之中检索公报", shared, chosen,
                  out="runs/scale")  # fmt: skip
    command.add_argument("data", type=Path, help="法条文件 articles.jsonl.gz")
    command.add_argument("--sizes", default=_SIZES, help="法条数，逗号分隔")
    command = add("speed", commands.speed, "与 BM25 逐题轮流计时", shared, chosen, out="runs/speed")
    command.add_argument("--k", type=int, default=DEFAULT_K, help="每题返回的条款数")
    command.add_argument("--repeats", type=int, default=3, help="轮数，取最快")
    command = add("judge", commands.judge, "让聊天模型评判已存的回答（不作门槛）", shared)
    command.add_argument("runs", type=Path, nargs="+")
    command.add_argument("--model", required=True, help="提供方:模型")
    command.add_argument("--repeats", type=int, default=3, help="每题评几次")
    command = add("table", commands.table, "README 的总表；缺省用参考结果")
    command.add_argument("runs", type=Path, nargs="*")
    command.add_argument("--write", type=Path, nargs="+", help="写入这些文件的标记之间")
    command = add("calibrate", commands.calibrate, "拟合置信度，只用调参的问题", shared)
    command.add_argument("files", type=Path, nargs="+")
    command.add_argument("--without", nargs="*", default=(), help="不用编号以此开头的题，如 T1 T2")
    add("orders", commands.orders, "拟合怎样分辨指令与提问", shared)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; what the user can mend is one line on stderr and exit code 2."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    arguments = build_parser().parse_args(argv)
    try:
        if getattr(arguments, "k", DEFAULT_K) < DEFAULT_K:
            raise ValueError(f"--k 至少 {DEFAULT_K}（指标看前十条）；收到 {arguments.k}")
        return int(arguments.act(arguments))
    except (OSError, ValueError, LookupError, RuntimeError, ImportError) as error:
        print(f"eval: {' '.join(str(error).split())}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
