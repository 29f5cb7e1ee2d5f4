"""Settings and factories shared by the tests."""

import os

from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

settings.register_profile("offline", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("offline")
