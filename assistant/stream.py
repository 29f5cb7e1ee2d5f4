"""A chat model's reply as it arrives: without its thoughts, cut into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.marks import Mark, Piece

# Models that reason aloud put it first; it is no part of the answer.
_THOUGHT = "<think>"
_THOUGHT_END = "</think>"
_STOPS = frozenset("。！？!?")
# What still belongs to the sentence before: “……。”[a1]
_AFTER_STOP = _STOPS | frozenset("”’』」）)* ")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a reply with the marks in it, up to and with the line end behind it."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The sentence without its marks."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))

    @property
    def keys(self) -> tuple[str, ...]:
        """The passages it cites, in order."""
        marks = [piece for piece in self.pieces if isinstance(piece, Mark)]
        return tuple(dict.fromkeys(key for mark in marks for key in mark.keys))

    @property
    def unknown(self) -> tuple[str, ...]:
        """The keys in its marks that were never issued."""
        marks = [piece for piece in self.pieces if isinstance(piece, Mark)]
        return tuple(key for mark in marks for key in mark.unknown)


def drop_thoughts(chunks: Iterable[str]) -> Iterator[str]:
    """Yield a reply without the <think>…</think> it begins with."""
    held = ""
    thinking: bool | None = None  # unknown until the reply is as long as the tag
    for chunk in chunks:
        held += chunk
        if thinking is None:
            start = held.lstrip()
            if len(start) < len(_THOUGHT) and _THOUGHT.startswith(start):
                continue
            thinking = start.startswith(_THOUGHT)
        if thinking:
            _, end, rest = held.partition(_THOUGHT_END)
            held = rest if end else held[-len(_THOUGHT_END) :]
            thinking = not end
        if held and not thinking:
            yield held
            held = ""
    if held and not thinking:
        yield held


def split_claims(pieces: Iterable[Piece]) -> Iterator[Claim]:
    """Yield the sentences of a reply, each as soon as it cannot go on.

    A mark behind the full stop belongs to the sentence before it; a line end always ends one.
    """
    sentence = _Sentence()
    for piece in pieces:
        if isinstance(piece, Mark):
            sentence.pieces.append(piece)
            continue
        for character in piece:
            if sentence.stopped and character not in _AFTER_STOP and character != "\n":
                yield sentence.take()
            sentence.add(character)
            if character == "\n":
                yield sentence.take()
    if sentence.pieces:
        yield sentence.take()


class _Sentence:
    """The sentence being read."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.stopped = False

    def add(self, character: str) -> None:
        if self.pieces and isinstance(self.pieces[-1], str):
            self.pieces[-1] += character
        else:
            self.pieces.append(character)
        self.stopped = self.stopped or character in _STOPS

    def take(self) -> Claim:
        claim = Claim(tuple(self.pieces))
        self.pieces, self.stopped = [], False
        return claim
