#!/usr/bin/env bash
# How fast plazo is and how much memory it takes, on desks of made-up tickets that are the same at every run.
#   bash samples/bench.sh [TICKETS…]     else 10000 100000 1000000; half of them are open
# A million takes some five minutes and 3 GB of disk. Beside plazo, in the same run: sqlite3; a C program over SQLite's API
# that judges the same tickets (the floor), when gcc and its source, ../shared/bench/floor.c or $FLOOR, are there; DuckDB,
# where Python has it. Ratios travel between machines; seconds do not. At the end stands a table for the README.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
sizes=("$@")
[ $# -gt 0 ] || sizes=(10000 100000 1000000)
for tickets in "${sizes[@]}"; do
  if ! [[ $tickets =~ ^[1-9][0-9]{3,7}$ ]]; then
    echo "bench: '$tickets' is no number of tickets; give one from 1000 to 99999999" >&2
    exit 2
  fi
done
# shellcheck source=samples/prerequisites.sh
source "$here/prerequisites.sh"
prerequisites bench sqlite3=sqlite3 /usr/bin/time=time

echo "bench: building plazo for release"
if ! log=$(swift build --package-path "$root" --scratch-path "$root/.build-release" --product plazo \
  -c release --static-swift-stdlib -Xlinker -s 2>&1); then
  echo "$log"
  echo "bench: the build failed; its errors are above" >&2
  exit 1
fi
plazo=$root/.build-release/release/plazo

scratch=$here/out/bench
rm -rf "$scratch"
mkdir -p "$scratch"
trap 'rm -rf "$scratch"' EXIT
# What the desks are told for the clock: a Saturday within the hours.
saturday=2026-10-31T11:37:21-06:00

# Runs a command; leaves its wall time in `seconds` and its peak memory in `mebibytes`.
measure() {
  local before=$EPOCHREALTIME after
  /usr/bin/time -q -f %M -o peak "$@"
  after=$EPOCHREALTIME
  seconds=$(awk "BEGIN { printf \"%.4f\", ${after/,/.} - ${before/,/.} }")
  mebibytes=$(awk '{ printf "%.0f", $1 / 1024 }' peak)
}
# median RUNS COMMAND…: `seconds` is the median of some runs, whose output nobody reads.
median() {
  local runs=$1 all=() run
  shift
  for ((run = 0; run < runs; run++)); do
    measure "$@" >/dev/null
    all+=("$seconds")
  done
  seconds=$(middle "${all[@]}")
}
middle() { printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"; }
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
per_second() { awk "BEGIN { printf \"%.0f\", $1 / $2 }"; }
# line WHAT [NOTE [RATIO]]: tells what was measured last, and keeps it for the table.
line() {
  printf '%-46s %9.3f s %5d MiB  %s\n' "$1" "$seconds" "$mebibytes" "${2:-}"
  printf '%s\t%s\t%s\t%s\t%s\n' "$tickets" "$1" "$seconds" "$mebibytes" "${3:-}" >>"$scratch/results"
}
# beside WHAT SECONDS: what of, and how many times as long it took; sets `note` and `times`.
beside() {
  times=$(ratio "$seconds" "$2")
  note="$times x $1"
}

floor_source=${FLOOR:-$root/../shared/bench/floor.c}
lacking=()
has_floor=false
if command -v gcc >/dev/null && [ -e "$floor_source" ] && gcc -O2 -o "$scratch/floor" "$floor_source" -lsqlite3; then
  has_floor=true
else
  lacking+=("without gcc and $floor_source there is no floor to compare with")
fi
has_inserts=false
if command -v gcc >/dev/null && gcc -O2 -o "$scratch/inserts" "$here/bench/inserts.c" -lsqlite3; then
  has_inserts=true
else
  lacking+=("without gcc nothing is inserted by C alone")
fi
has_duck=false
if command -v python3 >/dev/null && python3 -c 'import duckdb' 2>/dev/null; then
  has_duck=true
else
  lacking+=("without Python's duckdb (pip install duckdb) there is no DuckDB to compare with")
fi

load_floor() {
  sqlite3 floor.db <<'END'
CREATE TABLE ticket(id INTEGER PRIMARY KEY, opened_at INTEGER, target_hours INTEGER, waiting_on TEXT, client TEXT,
  product TEXT, responsible TEXT, assigned TEXT, status TEXT, closed_at INTEGER);
CREATE TABLE pause(ticket_id INTEGER, from_at INTEGER, to_at INTEGER, PRIMARY KEY(ticket_id, from_at)) WITHOUT ROWID;
CREATE TABLE work_interval(start_at INTEGER PRIMARY KEY, end_at INTEGER, cum INTEGER);
CREATE TABLE meta(value INTEGER, key TEXT DEFAULT 'now');
.mode csv
.import ticket.csv ticket
.import pause.csv pause
.import interval.csv work_interval
UPDATE pause SET to_at = NULL WHERE to_at = '';
END
  sqlite3 floor.db "INSERT INTO meta(value) VALUES($(cat now.csv))"
}

# agree A B: the first and third columns of two files, which are every open ticket and its working time left.
agree() {
  if ! cmp -s <(cut -d, -f1,3 "$1" | tail -n +2) <(cut -d, -f1,3 "$2" | tail -n +2); then
    echo "bench: ${1%.csv} and ${2%.csv} disagree on the working time left of some tickets" >&2
    exit 1
  fi
}

# Everything on a desk of $tickets, in a folder of its own.
bench() {
  local run import import_memory first first_memory floor_memory judge_memory duck_memory hundred_memory sqlite version query
  local judge_times=() floor_times=() duck_times=() hundred_times=() none_times=() start_times=()
  mkdir "$scratch/$tickets"
  cd "$scratch/$tickets"
  export PLAZO_DESK=$PWD/desk PLAZO_NOW=$saturday
  awk -v n="$tickets" -v folder=. -f "$here/bench/tickets.awk"
  "$plazo" init --zone America/Mexico_City --admin bench >/dev/null 2>&1
  install -m 600 "$here/bench/plazo.json5" desk/plazo.json5
  install -m 600 "$here/bench/eight.json5" desk/reports/eight.json5
  ! $has_floor || load_floor
  ! $has_duck || python3 "$here/bench/duck.py" load . duck.db
  version=$("$plazo" version | sed 's/ in .*//' | paste -sd ';' | sed 's/;/; /g')
  echo
  echo "$version; $tickets tickets; $(nproc) cores"
  echo

  median 11 "$plazo" version
  line "start (\`version\`)"

  measure "$plazo" import tickets tickets.csv --as bench --map "$here/bench/tickets.json5" \
    --events events.csv --events-map "$here/bench/events.json5" >import.txt
  import=$seconds import_memory=$mebibytes

  measure "$plazo" tick >sweep.txt
  first=$seconds first_memory=$mebibytes

  note="$(per_second "$tickets" "$import") tickets/s" times=''
  if $has_inserts; then
    "$plazo" init inserted --zone America/Mexico_City --admin bench >/dev/null 2>&1
    measure "$scratch/inserts" desk/desk.sqlite inserted/desk.sqlite client product provider user import calendar_version \
      ticket ticket_event import_row ticket_clock
    line "the same inserts by C, no CSV read"
    times=$(ratio "$import" "$seconds") note="$note, $(ratio "$import" "$seconds") x C's inserts"
    rm -rf inserted
  fi
  seconds=$import mebibytes=$import_memory
  line "import of tickets and events" "$note" "$times"

  # The judge and its rivals in turns, so that a machine that grows slower grows slower for all.
  for run in 1 2 3 4 5; do
    measure "$plazo" judge >judge.csv
    judge_times+=("$seconds") judge_memory=$mebibytes
    if $has_floor; then
      measure "$scratch/floor" floor.db floor.csv
      floor_times+=("$seconds") floor_memory=$mebibytes
    fi
    if $has_duck; then
      measure python3 "$here/bench/duck.py" judge duck.db duck.csv
      duck_times+=("$seconds") duck_memory=$mebibytes
    fi
  done
  floor=
  beside_floor() {
    note='' times=''
    if $has_floor; then beside "the floor" "$floor"; fi
    line "$1" "$note" "$times"
  }
  if $has_floor; then
    floor=$(middle "${floor_times[@]}")
    seconds=$floor mebibytes=$floor_memory
    line "the floor: judging in C"
    agree judge.csv floor.csv
  fi
  if $has_duck; then
    seconds=$(middle "${duck_times[@]}") mebibytes=$duck_memory
    beside_floor "the same by DuckDB, preloaded, with Python"
    agree judge.csv duck.csv
  fi
  seconds=$(middle "${judge_times[@]}") mebibytes=$judge_memory
  beside_floor "\`judge\`, every open ticket as CSV"
  seconds=$first mebibytes=$first_memory
  beside_floor "first sweep, all clocks and verdicts written"

  # Five times on to the instant at which the next hundred changes are due; then a look when none is, and a mere start.
  for run in 1 2 3 4 5; do
    PLAZO_NOW=$(sqlite3 desk/desk.sqlite "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', next_change_at, 'unixepoch')
      FROM ticket_clock WHERE next_change_at IS NOT NULL ORDER BY next_change_at LIMIT 1 OFFSET 99")
    measure "$plazo" tick >sweep.txt
    hundred_times+=("$seconds")
    hundred_memory=$mebibytes
    measure "$plazo" tick >sweep.txt
    none_times+=("$seconds")
    measure "$plazo" version >sweep.txt
    start_times+=("$seconds")
  done
  start=$(middle "${start_times[@]}")
  beside_start() { awk "BEGIN { printf \"%.1f ms more than a start beside it\", ($seconds - $start) * 1000 }"; }
  seconds=$(middle "${hundred_times[@]}") mebibytes=$hundred_memory
  line "sweep, 100 changes due" "$(beside_start)"
  seconds=$(middle "${none_times[@]}")
  line "sweep, nothing due" "$(beside_start)"

  # What sqlite3 writes without judging anything.
  query="SELECT t.id, t.title, c.name, p.name, r.name, a.name, t.status, datetime(t.opened_at, 'unixepoch', '-6 hours')
    FROM ticket t JOIN client c ON c.id = t.client_id LEFT JOIN product p ON p.id = t.product_id
    LEFT JOIN user r ON r.id = t.responsible_id LEFT JOIN user a ON a.id = t.assigned_id ORDER BY t.id"
  median 3 sqlite3 -csv desk/desk.sqlite "$query"
  sqlite=$seconds
  line "\`sqlite3 -csv\`, 8 columns of every ticket"
  if $has_duck; then
    median 3 python3 "$here/bench/duck.py" eight duck.db eight.csv
    beside "sqlite3 -csv" "$sqlite"
    line "the same by DuckDB, names in its rows" "$note" "$times"
  fi
  median 3 "$plazo" report run eight --format csv --csv rfc4180
  beside "sqlite3 -csv" "$sqlite"
  line "the same as a report" "$note" "$times"
  median 3 "$plazo" report run tickets --format csv --csv rfc4180
  line "\`tickets\` as CSV, 31 columns, judged"
  measure "$plazo" report run daily-sla --format html,csv,text,json --out out >/dev/null
  beside_floor "\`daily-sla\`, HTML, CSV, text and JSON"
  late_desk
}

# The same size of desk when all that is open is late, and a tenth is open: the report's own figure.
late_desk() {
  mkdir late
  cd late
  export PLAZO_DESK=$PWD/desk PLAZO_NOW=$saturday
  awk -v n="$tickets" -v folder=. -v late=1 -f "$here/bench/tickets.awk"
  "$plazo" init --zone America/Mexico_City --admin bench >/dev/null 2>&1
  install -m 600 "$here/bench/plazo.json5" desk/plazo.json5
  "$plazo" import tickets tickets.csv --as bench --map "$here/bench/tickets.json5" \
    --events events.csv --events-map "$here/bench/events.json5" >import.txt
  "$plazo" tick >sweep.txt
  measure "$plazo" report run daily-sla --format html,csv,text,json --out out >/dev/null
  # Beside the floor of the desk half of which is open, as all else.
  beside_floor "\`daily-sla\` with a tenth open, all late"
  cd ..
}

: >"$scratch/results"
for tickets in "${sizes[@]}"; do
  bench
  [ "$tickets" = "${sizes[-1]}" ] || rm -rf "${scratch:?}/$tickets"
done

tickets=calculator
# The calculator for other programs, beside a naive walk with Foundation's Calendar that answers some of the questions.
if command -v python3 >/dev/null; then
  questions() { python3 "$here/bench/compute.py" "$@"; }
  questions named 300000 >named.jsonl
  questions inline 100000 >inline.jsonl
  questions distinct 20000 >distinct.jsonl
  questions years 50 >years.jsonl
  for form in named inline distinct; do
    times=()
    for run in 1 2 3; do
      measure "$plazo" calendar compute <"$form.jsonl" >answers.jsonl
      times+=("$seconds")
    done
    seconds=$(printf '%s\n' "${times[@]}" | sort -n | sed -n 2p)
    case $form in
    named) what="calendar compute, a calendar of the desk" ;;
    inline) what="calendar compute, one inline calendar" ;;
    distinct) what="calendar compute, another calendar a line" ;;
    esac
    line "$what" "$(per_second "$(wc -l <"$form.jsonl")" "$seconds") lines/s"
  done
  measure "$plazo" calendar compute <years.jsonl >answers.jsonl
  line "50 timelines of 40 years" "$(awk "BEGIN { printf \"%.1f\", ($seconds - $start) / 50 * 1000 }") ms each"
  grep '"op":"add"' distinct.jsonl >walk.jsonl
  swiftc -O "$here/bench/walk.swift" -o walk
  measure ./walk <walk.jsonl >walked.jsonl
  line "the same by Foundation's Calendar" "$(per_second "$(wc -l <walk.jsonl)" "$seconds") lines/s"
  if ! cmp -s <("$plazo" calendar compute <walk.jsonl) walked.jsonl; then
    echo "bench: the walk and plazo disagree on some instants" >&2
    exit 1
  fi
fi

# The table: for each size seconds, peak memory and how many times as long as what it stands beside; of the largest the
# time for a ticket.
echo
awk -F'\t' -v sizes="${sizes[*]}" '
  function seconds(s) { return s < 0.1 ? sprintf("%.3f", s) : s < 10 ? sprintf("%.2f", s) : sprintf("%.1f", s) }
  $1 == "calculator" { next }
  !($2 in place) { place[$2] = ++count; name[count] = $2 }
  { cell[$2, $1] = seconds($3) " s, " $4 " MiB" ($5 == "" ? "" : " (" ($5 < 2 ? sprintf("%.2f", $5) : $5 < 10 ? sprintf("%.1f", $5) : sprintf("%.0f", $5)) " ×)")
    took[$2, $1] = $3 }
  function grouped(n) { return n >= 1000 ? grouped(int(n / 1000)) "," sprintf("%03d", n % 1000) : n }
  END {
    n = split(sizes, size, " ")
    head = "| tickets |"; rule = "| --- |"
    for (i = 1; i <= n; i++) { head = head " " grouped(size[i]) " |"; rule = rule " --- |" }
    print head " a ticket |"; print rule " --- |"
    for (row = 1; row <= count; row++) {
      out = "| " name[row] " |"
      for (i = 1; i <= n; i++) out = out " " cell[name[row], size[i]] " |"
      print out sprintf(" %.2f µs |", took[name[row], size[n]] / size[n] * 1000000)
    }
  }' "$scratch/results"
echo
if $has_floor; then echo "bench: the floor and plazo agree on the working time left of every open ticket"; fi
for reason in "${lacking[@]}"; do echo "bench: $reason"; done
