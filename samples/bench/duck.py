"""DuckDB at the work of the benchmark, for comparison.

    python3 duck.py load FOLDER DATABASE        the files that tickets.awk makes, into a database of its own
    python3 duck.py judge DATABASE FILE.csv     every open ticket judged, by ASOF joins on the ready-made calendar
    python3 duck.py eight DATABASE FILE.csv     eight columns of every ticket, names and all ready in the rows
"""
import sys

try:
    import duckdb
except ImportError:
    sys.exit("duckdb is not installed (pip install duckdb)")

JUDGE = """
WITH
  opened AS (
    SELECT t.id, t.target_hours * 3600 AS target, w.cum + least(t.opened_at, w.end_at) - w.start_at AS begun
    FROM ticket t ASOF JOIN work_interval w ON t.opened_at >= w.start_at
    WHERE t.status = 'open'
  ),
  today AS (
    SELECT m.value AS now, w.cum + least(m.value, w.end_at) - w.start_at AS worked
    FROM meta m ASOF JOIN work_interval w ON m.value >= w.start_at
  ),
  begun_pause AS (
    SELECT p.ticket_id, p.from_at, coalesce(p.to_at, now) AS to_at,
      w.cum + least(p.from_at, w.end_at) - w.start_at AS begun
    FROM today, pause p ASOF JOIN work_interval w ON p.from_at >= w.start_at
  ),
  paused AS (
    SELECT p.ticket_id, p.from_at, p.begun, w.cum + least(p.to_at, w.end_at) - w.start_at - p.begun AS length
    FROM begun_pause p ASOF JOIN work_interval w ON p.to_at >= w.start_at
  ),
  summed AS (
    SELECT *, coalesce(sum(length) OVER (
      PARTITION BY ticket_id ORDER BY from_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
    FROM paused
  ),
  judged AS (
    SELECT o.id, o.begun, o.target, coalesce(sum(s.length), 0) AS paused,
      coalesce(sum(s.length) FILTER (WHERE s.begun - o.begun - s.before < o.target), 0) AS moved
    FROM opened o LEFT JOIN summed s ON s.ticket_id = o.id
    GROUP BY o.id, o.begun, o.target
  ),
  due AS (
    SELECT j.*, j.target - (worked - j.begun - j.paused) AS remaining_s, j.begun + j.target + j.moved AS due_worked
    FROM judged j, today
  )
SELECT d.id, (w.start_at + d.due_worked - w.cum)::BIGINT AS deadline, d.remaining_s::BIGINT AS remaining_s,
  CASE WHEN d.remaining_s <= 0 THEN 'late' WHEN d.remaining_s * 5 < d.target THEN 'near' ELSE 'on_time' END AS state
FROM due d ASOF JOIN work_interval w ON d.due_worked > w.cum
ORDER BY d.id
"""
EIGHT = """
SELECT id, 'Falla ' || id || ' en la sucursal' AS title, client, product, responsible, assigned, status,
  strftime(make_timestamp((opened_at - 21600) * 1000000), '%Y-%m-%d %H:%M:%S') AS opened_at
FROM ticket ORDER BY id
"""


def load(folder, database):
    con = duckdb.connect(database)
    tables = {
        "ticket": "id BIGINT, opened_at BIGINT, target_hours BIGINT, waiting_on VARCHAR, client VARCHAR, product VARCHAR,"
                  " responsible VARCHAR, assigned VARCHAR, status VARCHAR, closed_at BIGINT",
        "pause": "ticket_id BIGINT, from_at BIGINT, to_at BIGINT",
        "interval": "start_at BIGINT, end_at BIGINT, cum BIGINT",
        "now": "value BIGINT",
    }
    names = {"interval": "work_interval", "now": "meta"}
    for file, columns in tables.items():
        table = names.get(file, file)
        con.execute(f"CREATE TABLE {table} ({columns})")
        con.execute(f"COPY {table} FROM '{folder}/{file}.csv' (HEADER false)")


work, *paths = sys.argv[1:]
if work == "load":
    load(*paths)
else:
    con = duckdb.connect(paths[0], read_only=True)
    con.execute(f"COPY ({JUDGE if work == 'judge' else EIGHT}) TO '{paths[1]}' (HEADER)")
