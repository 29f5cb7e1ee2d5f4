"""python -m index build|add|expand|status|verify."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from index.build import (
    Location,
    build_index,
    current_manifest,
    default_location,
    stale_reason,
)
from index.chat_model import open_model
from index.expand import find_unexpanded, write_expansions, write_prompt
from index.expansions import expansions_path
from index.manifest import Manifest
from index.reading import find_sources, read_gazette
from index.settings import read_setting
from index.types import Clause
from index.verify import Verification, verify_reading

# A call refused for coming too fast is repeated: nobody waits at a screen for a whole issue.
_EXPAND_RETRIES = 6


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit code: 0 done, 1 found wanting, 2 bad input."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (OSError, ValueError, LookupError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    build = commands.add_parser("build", help="build the index unless it is up to date")
    build.add_argument("--force", action="store_true", help="build even if it is up to date")
    build.add_argument("--quiet", action="store_true", help="no progress bar")
    build.set_defaults(run=_build)
    add = commands.add_parser("add", help="copy a gazette text into the corpus and build")
    add.add_argument("file", type=Path)
    add.add_argument("--quiet", action="store_true", help="no progress bar")
    add.set_defaults(run=_add)
    expand = commands.add_parser("expand", help="write questions for clauses that have none")
    expand.add_argument("--document", default="", help="only the document of this 文号")
    expand.add_argument("--limit", type=int, help="at most this many clauses")
    expand.add_argument("--yes", action="store_true", help="do not ask before calling the model")
    expand.add_argument("--quiet", action="store_true", help="no progress bar")
    expand.set_defaults(run=_expand)
    status = commands.add_parser("status", help="what the index holds and whether it is current")
    status.set_defaults(run=_status)
    verify = commands.add_parser("verify", help="prove that the gazettes are read faithfully")
    verify.add_argument("file", type=Path, nargs="*", help="gazette texts (default: the corpus)")
    verify.set_defaults(run=_verify)
    for command in (build, add, status, verify):
        command.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _build(options: argparse.Namespace) -> int:
    location = default_location()
    manifest = _build_with_bar(location, options.quiet, getattr(options, "force", False))
    _print_manifest(manifest, "", options.json)
    return 0


def _build_with_bar(location: Location, quiet: bool, force: bool) -> Manifest:
    with tqdm(disable=quiet, unit="条", file=sys.stderr, leave=False) as bar:

        def show(done: int, total: int, what: str) -> None:
            bar.set_description(what)
            bar.total = total
            bar.update(done - bar.n)

        return build_index(location, show, force)


def _add(options: argparse.Namespace) -> int:
    location = default_location()
    verification = verify_reading(read_gazette(options.file))
    target = location.corpus / options.file.name
    if target.exists():
        raise FileExistsError(f"{target}: already in the corpus; remove it first")
    for problem in verification.problems:
        print(f"注意：{problem}", file=sys.stderr)
    shutil.copyfile(options.file, target)
    try:
        return _build(options)
    except (OSError, ValueError, LookupError):
        target.unlink()  # a gazette that cannot be indexed must not block the next build
        raise


def _expand(options: argparse.Namespace) -> int:
    """Write expansions; 1 where some clauses got none."""
    work = _unexpanded(default_location().corpus, options.document, options.limit)
    total = sum(len(clauses) for clauses in work.values())
    if not total:
        print("每个条款都已有口语问法")
        return 0
    model = open_model(read_setting("GAZETTE_MODEL"), _EXPAND_RETRIES)
    if model is None:
        raise ValueError("未设置 GAZETTE_MODEL；例如 GAZETTE_MODEL=openai:gpt-4.1")
    characters = sum(len(write_prompt(c)) for clauses in work.values() for c in clauses)
    print(f"将调用 {model.name} {total} 次，共发送约 {characters:,} 字", file=sys.stderr)
    if not options.yes and not _confirm():
        print("已取消", file=sys.stderr)
        return 1
    empty = []
    with tqdm(total=total, disable=options.quiet, unit="条", file=sys.stderr, leave=False) as bar:
        for path, clauses in work.items():
            for expanded in write_expansions(clauses, path, model):
                empty += [] if expanded.questions else [expanded.clause.id]
                bar.update()
    print(f"已写入 {total - len(empty)} 个条款的口语问法；请运行 python -m index build")
    for clause_id in empty:
        print(f"没有可用的问题：{clause_id}", file=sys.stderr)
    return int(bool(empty))


def _unexpanded(corpus: Path, doc_no: str, limit: int | None) -> dict[Path, list[Clause]]:
    """Return the clauses to expand by the file that their expansions go to.

    :raises LookupError: when no issue holds the document named.
    :raises ValueError: when the limit is below 1.
    """
    if limit is not None and limit < 1:
        raise ValueError(f"--limit {limit}：应为1或更大")
    work: dict[Path, list[Clause]] = {}
    known: set[str] = set()
    for source in find_sources(corpus):
        reading = read_gazette(source)
        known |= {document.doc_no for document in reading.documents}
        path = expansions_path(source)
        work[path] = find_unexpanded(reading.clauses, path, doc_no)
        if limit is not None:
            work[path] = work[path][:limit]
            limit -= len(work[path])
    if doc_no and doc_no not in known:
        raise LookupError(f"{doc_no}：语料中没有这个文号")
    return work


def _confirm() -> bool:
    try:
        return input("继续？[y/N] ").strip().lower() in {"y", "yes", "是"}
    except EOFError:
        return False


def _status(options: argparse.Namespace) -> int:
    location = default_location()
    manifest = current_manifest(location)
    if manifest is None:
        raise LookupError(f"{location.folder}: no index; run `python -m index build`")
    reason = stale_reason(manifest, location)
    _print_manifest(manifest, reason, options.json)
    return 1 if reason else 0


def _verify(options: argparse.Namespace) -> int:
    sources = options.file or find_sources(default_location().corpus)
    verifications = [verify_reading(read_gazette(source)) for source in sources]
    if options.json:
        print(json.dumps([asdict(v) for v in verifications], ensure_ascii=False, indent=2))
    else:
        for verification in verifications:
            _print_verification(verification)
    return int(any(verification.problems for verification in verifications))


def _print_manifest(manifest: Manifest, reason: str, as_json: bool) -> None:
    if as_json:
        print(json.dumps({**asdict(manifest), "stale": reason}, ensure_ascii=False, indent=2))
        return
    print(
        f"索引：{manifest.issues} 期，{manifest.documents} 篇，{manifest.clauses} 条款，"
        f"{manifest.questions} 条口语问法；建于 {manifest.built}"
    )
    print(f"语料 {manifest.corpus}，模型 {manifest.model}（{manifest.embedding}）")
    print(f"已过期：{reason}" if reason else "与当前语料、模型一致")


def _print_verification(v: Verification) -> None:
    print(f"{v.issue}：{v.documents} 份文件，{v.news} 篇动态，{v.clauses} 条款")
    for doc_no, count in v.articles.items():
        print(f"  {doc_no}：第一条至第{count}条，连续")
    left_out = "，".join(f"{reason} {count}" for reason, count in v.skipped.items())
    print(f"  {v.characters} 个非空字符：{v.in_clauses} 个在条款中；略去：{left_out or '无'}")
    for clause_id in v.repaired:
        print(f"  已按分栏复原语序：{clause_id}")
    for problem in v.problems:
        print(f"  问题：{problem}")


if __name__ == "__main__":
    sys.exit(main())
