#!/usr/bin/env bash
# Kills 'plazo tick' at random points of sweep, alerts and delivery, and looks at what is left.
#   bash Tests/alerts/crash.sh [KILLS] [SEED]       else 300 kills and seed 1; takes a minute or two
# At the end no transition is without its alert, no alert without its transition, everything pending was told, and no
# message lies twice in any mailbox.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
kills=${1:-300} seed=${2:-1}
# shellcheck source=samples/prerequisites.sh
source "$root/samples/prerequisites.sh"
prerequisites crash sqlite3=sqlite3 python3=python3
plazo=${PLAZO:-$root/.build/debug/plazo}
[ -x "$plazo" ] || { echo "crash: building plazo"; swift build --package-path "$root" --product plazo >/dev/null; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PLAZO_DESK=$scratch/desk PLAZO_NOW=2026-03-22T12:00
python3 "$here/desk.py" "$scratch" 600 6 80 "$seed"
"$plazo" init --zone America/Mexico_City --admin jefa --mail jefa@example.com >/dev/null 2>&1
# Reports have a ledger of their own, which says of a job that was killed too often that it failed.
sed -i '/^  jobs: \[/,/^  \],/d' "$PLAZO_DESK/plazo.json5"
if grep '^[^/]* at: "' "$PLAZO_DESK/plazo.json5"; then echo "crash: these jobs were left in plazo.json5" >&2; exit 1; fi
for number in 1 2 3 4 5 6; do "$plazo" --as jefa user add "t$number" --mail "t$number@example.com" >/dev/null; done
"$plazo" import tickets "$scratch/tickets.csv" --as jefa --map "$scratch/tickets.json5" >/dev/null

# A clock of its own, 25 minutes further at each pass, over two weeks of nights and days.
instant() { date -u -d "@$((1774202400 + $1 * 1500))" +%Y-%m-%dT%H:%M:%SZ; }
RANDOM=$seed
died=0 survived=0
longest=60
for ((round = 0; died < kills; round++)); do
  if [ $round -gt 20 ] && [ $((survived + died)) -gt $((kills * 4)) ]; then echo "crash: too quick to be killed" >&2; exit 1; fi
  now=$(instant $((round / 3)))
  [ $((round % 25)) -eq 0 ] && PLAZO_NOW=$now "$plazo" --as jefa task add --title "Tarea $round" --technician t1 --plazo 2h \
    >/dev/null
  PLAZO_NOW=$now "$plazo" tick --quiet >/dev/null 2>"$scratch/errors" &
  victim=$!
  # Somewhere between its start and a little after its usual end.
  sleep "0.$(printf %03d $((RANDOM % longest)))"
  if kill -9 $victim 2>/dev/null; then died=$((died + 1)); else survived=$((survived + 1)); fi
  if ! wait $victim 2>/dev/null && [ -s "$scratch/errors" ]; then
    cat "$scratch/errors" >&2
    exit 1
  fi
  # Most kills should hit it at work.
  if [ $((round % 20)) -eq 19 ]; then
    [ $survived -gt $died ] && longest=$((longest > 40 ? longest - 10 : longest)) || longest=$((longest < 900 ? longest + 10 : longest))
  fi
done
last=$((round / 3))
# Two weeks more without a kill: whatever was leased, held or pending has its turn.
for ((step = 1; step <= 60; step++)); do PLAZO_NOW=$(instant $((last + step * 14))) "$plazo" tick --quiet >/dev/null; done

bad=0
# check WHAT SQL: the query finds nothing.
check() {
  local found
  found=$(sqlite3 "$PLAZO_DESK/desk.sqlite" "SELECT count(*) FROM ($2)")
  if [ "$found" -eq 0 ]; then echo "  ok      $1"; else echo "  FAILED  $1: $found"; bad=1; fi
}
echo "crash: $died kills in $((died + survived)) passes"
for owner in ticket task; do
  check "no $owner's transition to late without its alert" "SELECT 1 FROM ${owner}_transition t WHERE to_situation = 'late'
    AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.$([ $owner = task ] && echo task_)transition_id = t.id)"
  check "no $owner's transition to near due without its alert, but those that went on to late in one sweep" "
    SELECT 1 FROM ${owner}_transition t WHERE to_situation = 'near-due' AND coalesce(from_situation, 'on-time') = 'on-time'
    AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.$([ $owner = task ] && echo task_)transition_id = t.id)
    AND NOT EXISTS (SELECT 1 FROM ${owner}_transition l WHERE l.${owner}_id = t.${owner}_id AND l.kind = t.kind
      AND l.to_situation = 'late' AND l.recorded_at = t.recorded_at)"
  check "no alert about a $owner's clock without its transition" "SELECT 1 FROM alert a WHERE ${owner}_id IS NOT NULL
    AND clock IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${owner}_transition t
      WHERE t.id = a.$([ $owner = task ] && echo task_)transition_id AND t.${owner}_id = a.${owner}_id AND t.kind = a.clock)"
done
check "nothing is undecided" "SELECT 1 FROM alert WHERE state = 'pending'"
check "nothing is held beyond its time" "SELECT 1 FROM alert, sweep_state WHERE state = 'held' AND next_at <= swept_at"
check "every message was sent, or taken back before it was" "SELECT 1 FROM message WHERE state NOT IN ('sent', 'dropped')"
check "no key is there twice" "SELECT key FROM alert GROUP BY key HAVING count(*) > 1
  UNION ALL SELECT key FROM message GROUP BY key HAVING count(*) > 1"
check "every late clock reached somebody" "SELECT 1 FROM ticket_clock c WHERE situation = 'late' AND NOT EXISTS (
  SELECT 1 FROM alert a WHERE a.ticket_id = c.ticket_id AND a.clock = c.kind AND a.state = 'grouped'
    AND a.kind IN ('late', 'still-late', 'escalation'))"
check "the file is whole" "SELECT 1 FROM pragma_integrity_check WHERE integrity_check <> 'ok'"
sqlite3 "$PLAZO_DESK/desk.sqlite" "SELECT message_id FROM message WHERE state = 'sent' ORDER BY 1" >"$scratch/sent"
python3 - "$PLAZO_DESK/mail" >"$scratch/found" <<'PY'
import mailbox, pathlib, sys
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for mail in mailbox.Maildir(folder, create=False):
        print(mail["Message-ID"].strip("<>"))
PY
sort -o "$scratch/found" "$scratch/found"
if diff -q "$scratch/sent" "$scratch/found" >/dev/null; then
  echo "  ok      each of $(wc -l <"$scratch/sent") messages lies once in its mailbox"
else
  echo "  FAILED  the mailboxes hold other messages than were sent:"
  diff "$scratch/sent" "$scratch/found" | head
  bad=1
fi
exit $bad
