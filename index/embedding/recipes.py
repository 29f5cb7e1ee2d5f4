"""Named training recipes: which data, which start, which schedule. README.md has their figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from index.embedding.contrastive import Schedule

# Passes over each source. Pseudo pairs are many and easy: one pass; question pairs few: four
# (two passes lose .03 nDCG@10 on STARD dev, eight lose .01 by overfitting).
_PSEUDO = {"topic": 1, "sentence": 1}
_QUESTIONS = {
    "stard": 4,
    "lecoqa": 4,
    "lawbench-3-8": 4,
    "lawbench-3-2": 4,
    "lawbench-1-1": 4,
    "gd_service": 4,
    "dureader_demo": 4,
    "expansions": 4,
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that a training run is decided by, apart from the data folder."""

    passes: dict[str, int] = field(default_factory=lambda: _PSEUDO | _QUESTIONS)
    dimension: int = 256
    start: str = "ppmi"  # ppmi | random
    weight_power: float = 0.5  # token weights start at SIF to this power; 0 = all alike
    mined: int = 0  # hard negatives mined per STARD pair; needs a second training run
    models: int = 1  # models of different seeds whose vectors are averaged
    schedule: Schedule = field(default_factory=Schedule)


_BASE = Recipe()
RECIPES = {
    "static": _BASE,
    "static-untrained": replace(_BASE, passes={}),
    "static-random-start": replace(_BASE, start="random"),
    "static-no-pseudo": replace(_BASE, passes=_QUESTIONS),
    "static-no-questions": replace(_BASE, passes=_PSEUDO),
    "static-no-negatives": replace(_BASE, schedule=Schedule(random_negatives=0)),
    "static-no-dropout": replace(_BASE, schedule=Schedule(token_dropout=0)),
    "static-overlap-dropout": replace(_BASE, schedule=Schedule(overlap_dropout=0.5)),
    "static-mined": replace(_BASE, mined=50),
    "static-cmrc": replace(_BASE, passes=_PSEUDO | _QUESTIONS | {"cmrc": 1}),
    "static-384": replace(_BASE, dimension=384),
    "static-soup": replace(_BASE, models=4),
}
DEFAULT = "static"
