#!/usr/bin/env python3
"""Usage into a DuckDB file, timed from opening the database to having closed it.

Usage: python duckdb_import.py jsonl|csv FILE STORE THREADS ordered|unordered

`unordered` lets DuckDB store rows in any order. Columns are given, so nothing is sniffed. Closing
writes a checkpoint, after which everything is in the file. Compression stays at its default, which
is also the fastest setting.
"""

import os
import sys

import duckdb
from azure_usage import COLUMNS, answer, timed

READERS = {
    "jsonl": "read_json('{file}', format='newline_delimited', columns={columns})",
    "csv": "read_csv('{file}', columns={columns}, header=true, delim=',', quote='\"', escape='\"', "
    "auto_detect=false)",
}


def main(format, file, store, threads, setting):
    types = {name: "VARCHAR" for name in COLUMNS} | {"usageDate": "TIMESTAMP", "quantity": "DOUBLE"}
    keeps_order = "true" if setting == "ordered" else "false"
    create = f"CREATE TABLE usage AS FROM {READERS[format].format(file=file, columns=types)};"
    shown = create.replace(file, "FILE").replace(str(types), "{…}")

    def work():
        database = duckdb.connect(store, config={"threads": int(threads)})
        database.execute(f"SET preserve_insertion_order={keeps_order}")
        database.execute(create)
        database.close()

    _, seconds, processor_seconds = timed(work)

    database = duckdb.connect(store, read_only=True)
    rows, quantity = database.execute("SELECT count(*), sum(quantity) FROM usage").fetchone()
    answer(
        seconds, processor_seconds, rows, quantity, os.path.getsize(store), duckdb.__version__,
        f"SET threads={threads}; SET preserve_insertion_order={keeps_order}; {shown}")


if __name__ == "__main__":
    main(*sys.argv[1:])
