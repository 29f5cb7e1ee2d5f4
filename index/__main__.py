"""python -m index build|status|verify|add."""

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
from index.manifest import Manifest
from index.reading import find_sources, read_gazette
from index.verify import Verification, verify_reading


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
