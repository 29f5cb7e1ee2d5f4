"""Settings and fixtures shared by the tests."""

import os

import pytest
from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")

settings.register_profile("offline", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("offline")


@pytest.fixture(scope="session")
def gazette_index(tmp_path_factory):
    """Build the index of the shipped issue with the packaged model, once for the whole run."""
    from index.build import build_index, default_location

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_INDEX", str(tmp_path_factory.mktemp("gazette") / "index"))
        location = default_location()
        build_index(location, lambda done, total, what: None)
    return location


@pytest.fixture(scope="session")
def gazette(gazette_index):
    """Open the store of the shipped issue, once for the whole run."""
    from index.build import open_store

    return open_store(gazette_index)
