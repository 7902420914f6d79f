/* What a desk's import writes, written by C alone: its rows read from a finished desk, bound one by one, inserted in one
   transaction under the same schema. No CSV is parsed and nothing is checked, so it is quicker than any import can be.
     gcc -O2 inserts.c -lsqlite3 && ./a.out FINISHED.sqlite EMPTY.sqlite TABLE...  */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static sqlite3 *from, *to;

static void fail(sqlite3 *db) {
    fprintf(stderr, "inserts: %s\n", sqlite3_errmsg(db));
    exit(1);
}
static void run(const char *sql) {
    if (sqlite3_exec(to, sql, 0, 0, 0)) fail(to);
}
static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, 0)) fail(db);
    return statement;
}

int main(int count, char **words) {
    if (count < 4 || sqlite3_open_v2(words[1], &from, SQLITE_OPEN_READONLY, 0) ||
        sqlite3_open_v2(words[2], &to, SQLITE_OPEN_READWRITE, 0))
        return 2;
    run("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; BEGIN IMMEDIATE");
    for (int word = 3; word < count; word++) {
        char sql[4096];
        snprintf(sql, sizeof sql, "SELECT * FROM %s", words[word]);
        sqlite3_stmt *rows = prepare(from, sql);
        int columns = sqlite3_column_count(rows);
        int length = snprintf(sql, sizeof sql, "INSERT OR IGNORE INTO %s VALUES (?", words[word]);
        for (int column = 1; column < columns; column++) length += snprintf(sql + length, sizeof sql - length, ", ?");
        snprintf(sql + length, sizeof sql - length, ")");
        sqlite3_stmt *insert = prepare(to, sql);
        while (sqlite3_step(rows) == SQLITE_ROW) {
            for (int column = 0; column < columns; column++)
                sqlite3_bind_value(insert, column + 1, sqlite3_column_value(rows, column));
            if (sqlite3_step(insert) != SQLITE_DONE) fail(to);
            sqlite3_reset(insert);
        }
        sqlite3_finalize(rows);
        sqlite3_finalize(insert);
    }
    run("COMMIT");
    sqlite3_close(from);
    return sqlite3_close(to);
}
