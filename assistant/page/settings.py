"""Every setting of the page: one table, each with a working default."""

from __future__ import annotations

from index import settings
from index.settings import Setting

SETTINGS = (
    Setting(
        "GAZETTE_FEEDBACK",
        "",
        "file that 👍/👎 with a reason are appended to; empty shows no such buttons",
    ),
    Setting("GAZETTE_MCP", "", "1 offers ask, search and clause as MCP tools"),
    Setting(
        "GAZETTE_API_KEY",
        "",
        "key that /v1 asks for; empty leaves /v1 open, or closed where the page has a password",
    ),
    Setting("GAZETTE_RATE", "600", "questions one client may send per minute; 0 for any number"),
)


def read_setting(name: str) -> str:
    """Return a setting's value, its default where the environment does not set it."""
    return settings.read_setting(name, SETTINGS)
