#ifndef QUARTET_CSQLITE_H
#define QUARTET_CSQLITE_H

#include <sqlite3.h>

/// `SQLITE_TRANSIENT` is a cast of -1 to a function pointer, which Swift does not import: bind text
/// of which SQLite takes a copy.
static inline int quartet_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int count) {
    return sqlite3_bind_text(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// The same for bytes.
static inline int quartet_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// Turns off SQLite's counting of its memory, which takes a lock that all threads share at each allocation. Variadic in C.
static inline int quartet_sqlite_disable_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#endif
