#!/usr/bin/env python3
"""Usage summed by subscription with Polars, which stores nothing.

Usage: python polars_scan.py jsonl|csv FILE - THREADS streaming|in-memory

The schema is given, so nothing is inferred.
"""

import os
import sys

os.environ["POLARS_MAX_THREADS"] = sys.argv[4]  # read when the module is imported

import polars
from azure_usage import COLUMNS, answer, timed

READERS = {"jsonl": "scan_ndjson", "csv": "scan_csv"}


def main(format, file, _, threads, engine):
    schema = {name: polars.String for name in COLUMNS} | {"quantity": polars.Float64}
    scan = getattr(polars, READERS[format])

    def work():
        return (
            scan(file, schema=schema).group_by("subscriptionId")
            .agg(polars.len().alias("rows"), polars.col("quantity").sum())
            .collect(engine=engine))

    sums, seconds, processor_seconds = timed(work)

    answer(
        seconds, processor_seconds, sums["rows"].sum(), sums["quantity"].sum(), 0, polars.__version__,
        f"POLARS_MAX_THREADS={threads}; {READERS[format]}(FILE, schema={{…}})"
        ".group_by('subscriptionId').agg(len(), col('quantity').sum())"
        f".collect(engine='{engine}')")


if __name__ == "__main__":
    main(*sys.argv[1:])
