"""Prompts, one file each, rendered strictly."""
