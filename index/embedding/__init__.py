"""The packaged sentence-transformers model (``model/``) and the script that trains it."""
