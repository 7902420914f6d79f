// The system's SQLite, and the few things of it that Swift cannot call as they are.
#ifndef PLAZO_CSQLITE_SHIM_H
#define PLAZO_CSQLITE_SHIM_H

#include <sqlite3.h>

// A macro that casts an integer to a function pointer, which Swift does not import.
static inline sqlite3_destructor_type plazo_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// Variadic in C, and so out of Swift's reach.
static inline int plazo_sqlite_defensive(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

// Variadic, too. SQLite counts every piece of memory under a lock unless it is told not to before it begins.
static inline int plazo_sqlite_without_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#endif
