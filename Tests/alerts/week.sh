#!/usr/bin/env bash
# A week of a desk with 2,000 tickets and 12 technicians, in seconds: a pass each half hour, night and day, and each hour
# what another system exports. Prints who was sent how many messages on which day, for a person to judge.
#   bash Tests/alerts/week.sh [TICKETS] [TECHNICIANS] [SEED]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
tickets=${1:-2000} technicians=${2:-12} seed=${3:-1}
# shellcheck source=samples/prerequisites.sh
source "$root/samples/prerequisites.sh"
prerequisites week sqlite3=sqlite3 python3=python3
plazo=${PLAZO:-$root/.build/debug/plazo}
[ -x "$plazo" ] || { echo "week: building plazo"; swift build --package-path "$root" --product plazo >/dev/null; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PLAZO_DESK=$scratch/desk PLAZO_NOW=2026-03-20T19:30
"$plazo" init --zone America/Mexico_City --admin jefa --mail jefa@example.com >/dev/null 2>&1
sed -i '/^  jobs: \[/,/^  \],/d' "$PLAZO_DESK/plazo.json5"
if grep '^[^/]* at: "' "$PLAZO_DESK/plazo.json5"; then echo "week: these jobs were left in plazo.json5" >&2; exit 1; fi
for ((number = 1; number <= technicians; number++)); do
  "$plazo" --as jefa user add "t$number" --mail "t$number@example.com" >/dev/null
done
cat >"$scratch/tickets.json5" <<'MAP'
{ kind: "tickets", source: "other", times: "iso8601", fields: { key: "key", client: "client", title: "title",
  responsible: "responsible", assigned: "assigned", priority: "priority", opened_at: "opened", status: "status",
  closed_at: "closed" } }
MAP
# What the other system has at each of its exports, made at one go.
exports=(2026-03-20T19:30)
for day in 23 24 25 26 27; do
  for hour in 09 10 11 12 13 14 15 16 17 18 19; do exports+=("2026-03-${day}T$hour:00"); done
done
python3 "$here/week.py" "$scratch" "$tickets" "$technicians" "$seed" "${exports[@]}"
# bring INSTANT: what the other system has by then.
bring() {
  PLAZO_NOW=$1 "$plazo" import tickets "$scratch/$1.csv" --as jefa --map "$scratch/tickets.json5" >/dev/null
}
bring 2026-03-20T19:30
PLAZO_NOW=2026-03-20T19:30 "$plazo" tick --quiet
for day in 21 22 23 24 25 26 27; do
  for hour in 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23; do
    if [ $day -ge 23 ] && [ "$hour" -ge 9 ] && [ "$hour" -le 19 ]; then bring "2026-03-${day}T$hour:00"; fi
    for minute in 05 35; do PLAZO_NOW=2026-03-${day}T$hour:$minute "$plazo" tick --quiet; done
  done
done
cat >"$scratch/days.sql" <<'SQL'
.mode column
.headers on
CREATE TEMP VIEW m AS SELECT mailbox AS who, datetime(created_at - 6 * 3600, 'unixepoch') AS at, subject, id
  FROM message WHERE state = 'sent';
SELECT who, sum(at < '2026-03-23') AS "sat+sun", sum(substr(at, 9, 2) = '23') AS mon, sum(substr(at, 9, 2) = '24') AS tue,
  sum(substr(at, 9, 2) = '25') AS wed, sum(substr(at, 9, 2) = '26') AS thu, sum(substr(at, 9, 2) = '27') AS fri,
  count(*) AS week, (SELECT count(*) FROM alert a JOIN m n ON n.id = a.message_id WHERE n.who = m.who) AS alerts
  FROM m GROUP BY who ORDER BY length(who), who;
SQL
sqlite3 "$PLAZO_DESK/desk.sqlite" <"$scratch/days.sql"
sqlite3 -separator ': ' "$PLAZO_DESK/desk.sqlite" "
  SELECT 'tickets', count(*) FROM ticket;
  SELECT 'alerts', count(*) FROM alert;
  SELECT 'told', count(*) FROM alert WHERE state = 'grouped';
  SELECT 'not told, ' || reason, count(*) FROM alert WHERE state = 'dropped' GROUP BY reason;
  SELECT 'messages', count(*) FROM message WHERE state = 'sent';
  SELECT 'most to one person in a day', max(n) FROM (
    SELECT count(*) AS n FROM message WHERE state = 'sent' GROUP BY mailbox, date(created_at - 6 * 3600, 'unixepoch'));
  SELECT 'outside of working hours', count(*) FROM message WHERE state = 'sent' AND (
    strftime('%w', created_at - 6 * 3600, 'unixepoch') IN ('0', '6')
    OR time(created_at - 6 * 3600, 'unixepoch') NOT BETWEEN '09:00:00' AND '13:59:59'
      AND time(created_at - 6 * 3600, 'unixepoch') NOT BETWEEN '16:00:00' AND '18:59:59');
  SELECT 'within 15 minutes of the one before', count(*) FROM (
    SELECT created_at - lag(created_at) OVER (PARTITION BY mailbox ORDER BY created_at) AS gap FROM message
    WHERE state = 'sent') WHERE gap < 900;"
echo "a day of t1:"
sqlite3 -separator '  ' "$PLAZO_DESK/desk.sqlite" "SELECT time(created_at - 6 * 3600, 'unixepoch'), subject FROM message
  WHERE mailbox = 't1' AND state = 'sent' AND date(created_at - 6 * 3600, 'unixepoch') = '2026-03-25' ORDER BY 1"
