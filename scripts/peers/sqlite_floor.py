"""Stores updates in SQLite and marks them as handled, with nothing around it; prints milliseconds of CPU time for each.

Twenty go into a transaction, as about so many come with one poll under load; storing waits for the disk, marking does
not. The table has the indexes that looking for the unhandled and forgetting the old ones need.
Arguments: the database's file, how many updates.
"""

import sqlite3
import sys
import time

BATCH = 20
PAYLOAD = b"x" * 450

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.executescript(
    """
    CREATE TABLE updates (
        bot BIGINT NOT NULL, number BIGINT NOT NULL, payload BLOB NOT NULL, received BIGINT NOT NULL, handled BIGINT,
        PRIMARY KEY (bot, number));
    CREATE INDEX updates_waiting ON updates (bot, number) WHERE handled IS NULL;
    CREATE INDEX updates_handled ON updates (handled) WHERE handled IS NOT NULL;
    """
)
count = int(sys.argv[2])
start = time.process_time()
for first in range(0, count, BATCH):
    numbers = range(first, min(first + BATCH, count))
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO updates (bot, number, payload, received) VALUES (7001, ?, ?, ?)",
        [(number, PAYLOAD, 1_700_000_000_000_000 + number) for number in numbers],
    )
    connection.execute("COMMIT")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "UPDATE updates SET handled = ? WHERE bot = 7001 AND number = ?",
        [(1_700_000_001_000_000 + number, number) for number in numbers],
    )
    connection.execute("COMMIT")
print((time.process_time() - start) / count * 1000)
