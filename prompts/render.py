"""Prompts are files with declared variables, rendered strictly: a gap is an error, not a blank."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent
_SUFFIX = ".txt"


class PromptError(ValueError):
    """A prompt that does not exist, or values that do not fit its variables."""


def render(name: str, **values: str) -> str:
    """Return the prompt of ``prompts/<name>.txt`` with ``values`` in place of its variables.

    Values are inserted as they are: a ``$`` in them is not a variable.

    :raises PromptError: when there is no such prompt, a variable has no value, or a value no
        variable; the message names it.
    """
    template = _read_template(name)
    variables = set(template.get_identifiers())
    missing = sorted(variables - set(values))
    unused = sorted(set(values) - variables)
    if missing:
        raise PromptError(f"prompts/{name}{_SUFFIX}: no value for {', '.join(missing)}")
    if unused:
        raise PromptError(f"prompts/{name}{_SUFFIX}: no variable named {', '.join(unused)}")
    return template.substitute(values).strip()


def prompt_names() -> list[str]:
    """Return the names of all prompts."""
    return sorted(path.stem for path in _FOLDER.glob(f"*{_SUFFIX}"))


@cache
def _read_template(name: str) -> Template:
    path = _FOLDER / f"{name}{_SUFFIX}"
    if name not in prompt_names():
        raise PromptError(f"{path}: no such prompt; there are {', '.join(prompt_names())}")
    template = Template(path.read_text(encoding="utf-8"))
    if not template.is_valid():
        raise PromptError(f"{path}: a $ that begins no variable; write $$ for a dollar sign")
    return template
