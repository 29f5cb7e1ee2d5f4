"""Settings of the assistant: those of the index, which expands clauses with the same chat model."""

from index.settings import SETTINGS, read_setting

__all__ = ["SETTINGS", "read_setting"]
