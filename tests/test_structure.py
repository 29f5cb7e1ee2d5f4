"""The shape of the project: who may import whom, what the README promises."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.page.settings import SETTINGS as PAGE_SETTINGS
from index.settings import SETTINGS as INDEX_SETTINGS

ROOT = Path(__file__).parent.parent
OURS = {"index", "assistant", "prompts", "eval", "app"}
MAY_IMPORT = {
    "index": {"index", "prompts"},
    "prompts": {"prompts"},
    "assistant": {"assistant", "index", "prompts"},
    "eval": {"eval", "assistant", "index", "prompts"},
    "app.py": {"assistant", "index"},
}
# Who may know a vendor: one place each.
VENDORS = {
    "chromadb": {"index/store.py", "index/build.py", "eval/splitters.py"},
    "langchain_chroma": {"index/store.py", "eval/splitters.py"},
    "langchain_huggingface": {"index/store.py"},
    "sentence_transformers": {"index/store.py"},
    "gradio": {"app.py"},
    "matplotlib": {"eval/plots.py"},
}
MAX_LINES = 350


MODULES = [
    path
    for name in MAY_IMPORT
    for path in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")))
]


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_go_one_way_and_vendors_have_one_place(path):
    relative = path.relative_to(ROOT).as_posix()
    package = relative.split("/")[0]
    for module in imports(path):
        top = module.split(".")[0]
        if top in OURS:
            assert top in MAY_IMPORT[package], f"{relative} imports {module}"
        if module.startswith("assistant.page"):
            assert relative == "app.py" or relative.startswith("assistant/page/")
        if top in VENDORS and not relative.startswith(("index/embedding/", "assistant/page/")):
            assert relative in VENDORS[top], f"{relative} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_modules_are_short_and_named_after_their_content(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES
    assert not re.search(r"util|helper|manager", path.stem)


def settings_table():
    rows = [*INDEX_SETTINGS, *PAGE_SETTINGS]
    shown = [(s.name, s.default.removeprefix(f"{ROOT}/"), s.meaning) for s in rows]
    return "".join(f"| `{name}` | {default or '–'} | {what} |\n" for name, default, what in shown)


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_every_setting_is_in_the_one_table(readme):
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = re.search(r"<!-- settings:start -->\n(.*?)<!-- settings:end -->", text, re.DOTALL)
    assert found
    assert found[1] == settings_table()


def test_every_dependency_has_its_reason():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'^    "([A-Za-z0-9_-]+)[><=\[]', project, re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [name for name in listed if name not in readme and name != "gazette-assistant"]
    assert missing == []


def test_every_version_is_pinned_once():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==")[0].lower() for line in lines if not line.startswith("#")]
    assert len(pins) == len(set(pins))
    assert "torch==2.13.0" in lines


def test_the_corpus_is_the_gazette_byte_for_byte():
    source = ROOT / "index" / "corpus" / "ganzhou-2022-05.md"
    assert source.stat().st_size == 457405


@pytest.mark.parametrize("command", ["index", "assistant", "eval"])
def test_commands_explain_themselves(command):
    shown = subprocess.run(
        [sys.executable, "-m", command, "--help"], capture_output=True, text=True, cwd=ROOT
    )
    assert shown.returncode == 0
    assert shown.stdout.startswith("usage:")
