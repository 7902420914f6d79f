#!/usr/bin/env bash
# How fast plazo is and how much memory it takes, on a desk of made-up tickets that are the same at every run.
#   bash samples/bench.sh [TICKETS]     else 1000000, of which half are open; takes about two minutes and 1.5 GB of disk
# Beside it, in the same run: sqlite3, and a C program over SQLite's API that judges the same tickets (the floor), when
# gcc and its source, ../shared/bench/floor.c or $FLOOR, are there. Ratios travel between machines; seconds do not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
tickets=${1:-1000000}
if ! [[ $tickets =~ ^[1-9][0-9]{3,7}$ ]]; then
  echo "bench: '$tickets' is no number of tickets; give one from 1000 to 99999999" >&2
  exit 2
fi
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
cd "$scratch"
# The desk, and the clock that it is told: a Saturday within the hours.
export PLAZO_DESK=$scratch/desk PLAZO_NOW=2026-10-31T11:37:21-06:00

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
  seconds=$(printf '%s\n' "${all[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
}
ratio() { awk "BEGIN { printf \"%.2f\", $1 / $2 }"; }
per_second() { awk "BEGIN { printf \"%.0f\", $1 / $2 }"; }
# line WHAT [NOTE]: a row of the result, of what was measured last.
line() { printf '%-46s %9.3f s %5d MiB  %s\n' "$1" "$seconds" "$mebibytes" "${2:-}"; }

echo "bench: making $tickets tickets"
awk -v n="$tickets" -v folder=. -f "$here/bench/tickets.awk"
"$plazo" init --zone America/Mexico_City --admin bench >/dev/null 2>&1
install -m 600 "$here/bench/plazo.json5" desk/plazo.json5
install -m 600 "$here/bench/eight.json5" desk/reports/eight.json5

floor_source=${FLOOR:-$root/../shared/bench/floor.c}
has_floor=false
if command -v gcc >/dev/null && [ -e "$floor_source" ] && gcc -O2 -o floor "$floor_source" -lsqlite3; then
  has_floor=true
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
fi

echo
echo "$("$plazo" version | sed 's/ in .*//' | paste -sd ';' | sed 's/;/; /g'); $tickets tickets; $(nproc) cores"
echo

median 11 "$plazo" version
line "start (plazo version)"

measure "$plazo" import tickets tickets.csv --as bench --map "$here/bench/tickets.json5" \
  --events events.csv --events-map "$here/bench/events.json5" >import.txt
rows=$(($(wc -l <tickets.csv) + $(wc -l <events.csv) - 2))
line "import, tickets and events" "$(per_second "$rows" "$seconds") rows/s, $(per_second "$tickets" "$seconds") tickets/s"

measure "$plazo" tick >sweep.txt
first=$seconds first_memory=$mebibytes

# The judge and the floor in turns, so that a machine that grows slower grows slower for both.
judge_times=() floor_times=()
for run in 1 2 3 4 5; do
  measure "$plazo" judge >judge.csv
  judge_times+=("$seconds") judge_memory=$mebibytes
  if $has_floor; then
    measure ./floor floor.db floor.csv
    floor_times+=("$seconds") floor_memory=$mebibytes
  fi
done
middle() { printf '%s\n' "$@" | sort -n | sed -n 3p; }
judge=$(middle "${judge_times[@]}")
beside_floor() { if $has_floor; then echo "$(ratio "$1" "$floor") x the floor"; fi; }
if $has_floor; then
  floor=$(middle "${floor_times[@]}")
  seconds=$floor mebibytes=$floor_memory
  line "the floor: judging in C"
fi
seconds=$judge mebibytes=$judge_memory
line "judge --format csv" "$(beside_floor "$judge")"
seconds=$first mebibytes=$first_memory
line "first sweep" "$(beside_floor "$first")"

# Five times on to the instant at which the next hundred changes are due; then a look when none is, and a mere start.
hundred_times=() none_times=() start_times=()
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
line "sqlite3 -csv, 8 columns"
median 3 "$plazo" report run eight --format csv --csv rfc4180
line "report as CSV, 8 columns" "$(ratio "$seconds" "$sqlite") x sqlite3 -csv"
median 3 "$plazo" report run tickets --format csv --csv rfc4180
line "tickets as CSV, 31 columns, judged"
measure "$plazo" report run daily-sla --format html,csv,text,json --out out >/dev/null
line "daily-sla, all four formats" "$(beside_floor "$seconds")"

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

echo
if $has_floor; then
  # Both must say the same of every open ticket.
  if cmp -s <(cut -d, -f1,3 judge.csv | tail -n +2) <(cut -d, -f1,3 floor.csv | tail -n +2); then
    echo "bench: the floor and plazo agree on the working time left of all $(($(wc -l <judge.csv) - 1)) open tickets"
  else
    echo "bench: the floor and plazo disagree on the working time left of some tickets" >&2
    exit 1
  fi
else
  echo "bench: without gcc and $floor_source there is no floor to compare with"
fi
