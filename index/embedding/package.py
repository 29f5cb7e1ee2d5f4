"""Writes token vectors as a sentence-transformers folder, eight bits per number.

``StaticEmbedding`` reads ``embeddings`` and per-token ``weights`` (the layout of model2vec) and
multiplies them at load: an int8 row and its float scale are a quarter of the float32 size.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save
from tokenizers import Tokenizer

_INT8_MAX = 127
_STATIC = "0_StaticEmbedding"
_MODULES = "sentence_transformers.sentence_transformer.modules"


def write_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Write ``vectors`` (vocab, dimension) with their tokenizer; outputs are unit vectors.

    Raises:
        ValueError: there is not exactly one row per token.

    """
    if len(vectors) != tokenizer.get_vocab_size():
        raise ValueError(
            f"{len(vectors)} vectors for {tokenizer.get_vocab_size()} tokens; "
            "pass the tokenizer the vectors were trained with"
        )
    (folder / _STATIC).mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / _STATIC / "tokenizer.json"), pretty=False)
    (folder / _STATIC / "model.safetensors").write_bytes(save(quantise(vectors)))
    modules = [
        {"idx": 0, "name": "0", "path": _STATIC, "type": f"{_MODULES}.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "", "type": f"{_MODULES}.Normalize"},
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "config_sentence_transformers.json",
        {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"},
    )


def quantise(vectors: NDArray[np.float32]) -> dict[str, torch.Tensor]:
    """Rows as int8 with one float32 scale each; error at most half a scale per number."""
    scales = np.abs(vectors).max(axis=1) / _INT8_MAX
    steps = np.where(scales > 0, scales, 1)
    rows = np.rint(vectors / steps[:, None]).astype(np.int8)
    return {
        "embeddings": torch.from_numpy(rows),
        "weights": torch.from_numpy(scales.astype(np.float32)),
    }


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
