"""The benchmark: fixed questions, metrics, baselines, statistics, reports. Nothing imports it."""
