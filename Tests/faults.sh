#!/usr/bin/env bash
# Does to a desk what happens to machines, and looks what became of it: after each fault 'plazo doctor' must be clean, or
# name the damage, and then a restored backup must be clean. Nothing that was committed may be lost, nothing half-written,
# no time of a job run twice. Prints a table; exit code 1 when a line of it says FAILED.
#   Tests/faults.sh [ROUNDS]     how often the service is killed; else 40. Some minutes; as root it fills and remounts disks.
#   Tests/faults.sh short        each fault, a few times only: a minute
#   PLAZO=FILE                   the program to try; else the debug build
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
plazo=${PLAZO:-$root/.build/debug/plazo}
rounds=${1:-40} pages=12 fillings=10 locked=30
[ "$rounds" != short ] || { rounds=8 pages=3 fillings=3 locked=12; }
[ -x "$plazo" ] || { echo "faults: there is no program at $plazo; run 'swift build'" >&2; exit 1; }
command -v python3 >/dev/null || { echo "faults: python3 is missing, which looks into the files; install it" >&2; exit 1; }
unset PLAZO_DESK PLAZO_NOW
work=$(mktemp -d)
mounted=()
children=()
# shellcheck disable=SC2317
clean() {
  local one
  for one in ${children[@]+"${children[@]}"}; do kill -9 "$one" 2>/dev/null; done
  for one in ${mounted[@]+"${mounted[@]}"}; do umount -l "$one" 2>/dev/null; done
  rm -rf "$work"
}
trap clean EXIT
table=()
failed=0

# row FAULT TRIED OUTCOME PROBLEM: a line of the table; with a problem, a failure.
row() {
  local verdict=ok
  if [ -n "${4:-}" ]; then
    verdict="FAILED: $4"
    failed=1
  fi
  table+=("$(printf '%-34s %-9s %-58s %s' "$1" "$2" "$3" "$verdict")")
  printf '%s\n' "${table[-1]}"
}

# The clock of the trial: hours from Monday, 2 March 2026, 9:00.
hour=0
now() { TZ=UTC date -d "2026-03-02 09:00 UTC + $hour hours" +%Y-%m-%dT%H:%M:%SZ; }
p() { "$plazo" --desk "$desk" --now "$(now)" --as ada "$@"; }

# make DIR: a desk with some tickets that go late, and jobs that come due all the time.
make() {
  desk=$1
  p init "$desk" --zone UTC --admin ada --mail ada@example.com >/dev/null 2>&1 || return 1
  sed -i '/^  jobs: \[/,$d' "$desk/plazo.json5"
  cat >>"$desk/plazo.json5" <<'END'
  jobs: [
    { name: "report", at: "@hourly", report: "daily-sla", formats: ["html", "csv"], catchUp: "all" },
    { name: "copy", at: "0 */3 * * *", do: "backup", catchUp: "once" },
    { name: "weekly", at: "0 0 * * mon", do: "retention" },
  ],
}
END
  p client add Acme >/dev/null && p user add ana --name Ana --mail ana@example.com >/dev/null
  opened=0
  open_ticket && open_ticket && open_ticket && p tick >/dev/null
}
open_ticket() { p ticket open --client Acme --title "Ticket $opened" --plazo 2h --assign ana >/dev/null 2>>"$work/errors" && opened=$((opened + 1)); }

# look: what is wrong with the desk, in a line; nothing when it is well.
look() {
  local said
  said=$(p doctor --quiet 2>&1) || { grep -m1 FINDING <<<"$said" || echo "$said"; return; }
  python3 - "$desk" "$opened" <<'END'
import os, re, sqlite3, sys
desk, opened = sys.argv[1], int(sys.argv[2])
db = sqlite3.connect(f"file:{desk}/desk.sqlite?mode=ro", uri=True)
one = lambda sql: db.execute(sql).fetchone()[0]
if one("SELECT count(*) FROM ticket") != opened:
    print(f"{one('SELECT count(*) FROM ticket')} tickets of {opened} are there")
if one("SELECT count(*) FROM job_slot WHERE attempts > 5"):
    print("a slot was begun more than five times")
if one("SELECT count(*) FROM job_slot WHERE state IN ('running', 'planned')"):
    print("a slot has no end")
# A slot may lose five processes one after the other, or stand back for a later one; nothing else is a reason to fail.
for job, attempts, detail in db.execute("""SELECT job, attempts, detail FROM job_slot WHERE state = 'failed'
    AND NOT (attempts = 5 AND detail = 'the process ended during the run, 5 times; not tried again')
    AND NOT (attempts = 1 AND detail LIKE 'the process ended during the run; the slot of % runs instead')"""):
    print(f"a slot of {job} failed at attempt {attempts}: {detail}")
mails = [m for m in (os.path.join(a, f) for a, _, fs in os.walk(f"{desk}/mail") for f in fs) if "/new/" in m or "/cur/" in m]
ids = [re.search(rb"(?mi)^Message-ID: *(.*)$", open(m, "rb").read()).group(1) for m in mails]
if len(ids) != len(set(ids)):
    print("a mail was delivered twice")
if len(set(ids)) < one("SELECT count(*) FROM message WHERE state = 'sent'"):
    print("a mail is said to be sent and is not there")
for a, _, fs in os.walk(f"{desk}/out"):
    for f in fs:
        if f.endswith(".html") and not f.startswith(".") and not open(os.path.join(a, f), "rb").read().rstrip().endswith(b"</html>"):
            print(f"{f} is half there")
END
}
# backups: the first that is not whole.
backups() {
  local file
  for file in "$desk"/backups/*.sqlite; do
    [ -e "$file" ] || continue
    "$plazo" restore "$file" --check >/dev/null 2>&1 || { echo "backup $(basename "$file") is not whole"; return; }
  done
}
# doctor_says PATTERN: whether doctor names it. Its exit code is 1 then, so that it cannot stand in a pipe.
doctor_says() {
  local said
  said=$(p doctor --quiet 2>&1)
  grep -q "$1" <<<"$said"
}
nap() { python3 -c "import random, time; time.sleep(random.uniform($1, $2))"; }

printf '%-34s %-9s %-58s %s\n' fault tried 'what became of it' verdict

# --- The service is killed, again and again, at any point of its work.
make "$work/killed" || { echo "faults: no desk could be made" >&2; exit 1; }
problem=
for ((i = 0; i < rounds; i++)); do
  hour=$((hour + 1))
  open_ticket
  "$plazo" --desk "$desk" --now "$(now)" run 2>>"$work/run.log" &
  pid=$!
  nap 0.02 0.9
  kill -9 $pid 2>/dev/null
  wait $pid 2>/dev/null
  if ((i % 8 == 7)); then
    p tick --quiet >/dev/null 2>&1
    found=$(look)
    [ -z "$found" ] || { problem="round $i: $found"; break; }
  fi
done
p tick --quiet >/dev/null 2>&1
[ -n "$problem" ] || problem=$(look)$(backups)
slots=$(python3 - "$desk/desk.sqlite" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
print("{} slots begun, {} of them again, {} given up".format(*db.execute("""SELECT count(*) FILTER (WHERE attempts > 0),
    count(*) FILTER (WHERE attempts > 1), count(*) FILTER (WHERE attempts = 5 AND state = 'failed') FROM job_slot""").fetchone()))
END
)
row "kill -9 of run" "$i x" "$opened tickets kept; $slots" "$problem"

# --- Passes of many processes at once.
hour=$((hour + 5))
problem=
for ((i = 0; i < 6 && i < rounds / 2; i++)); do
  hour=$((hour + 1))
  "$plazo" --desk "$desk" --now "$(now)" run 2>>"$work/run.log" &
  service=$!
  pids=()
  for ((k = 0; k < 6; k++)); do p tick --quiet >/dev/null 2>>"$work/errors" & pids+=($!); done
  for one in "${pids[@]}"; do wait "$one" || problem="a tick failed: $(tail -1 "$work/errors")"; done
  kill -TERM $service 2>/dev/null
  wait $service 2>/dev/null
done
p tick --quiet >/dev/null 2>&1
twice=$(python3 -c "import sqlite3; print(sqlite3.connect('$desk/desk.sqlite').execute(\"SELECT count(*) FROM job_slot WHERE attempts > 1 AND planned_at > (SELECT max(planned_at) FROM job_slot) - 6 * 3600\").fetchone()[0])")
[ "$twice" = 0 ] || problem="$twice slots were begun twice"
row "run and six ticks at once" "$i x" "each slot once" "${problem:-$(look)}"

# --- The database is locked by another program for half a minute, with the service at work.
hour=$((hour + 1))
"$plazo" --desk "$desk" --now "$(now)" run 2>"$work/locked.log" &
service=$!
children+=("$service")
nap 2 3
python3 -c "import sqlite3, time
db = sqlite3.connect('$desk/desk.sqlite', isolation_level=None)
db.execute('BEGIN IMMEDIATE'); time.sleep($locked); db.execute('ROLLBACK')" &
locker=$!
nap 1 1.5
said=$(p ticket open --client Acme --title Locked --assign ana 2>&1)
problem=
grep -q "locked by process $locker" <<<"$said" || problem="said: $said"
wait $locker
open_ticket || problem="the desk did not come back"
kill -0 $service 2>/dev/null || problem="the service died"
kill -TERM $service
wait $service || problem="the service ended with an error"
p tick --quiet >/dev/null 2>&1
row "locked for $locked s by another program" "once" "told by whom after 10 s; the service went on" "${problem:-$(look)}"

# --- The settings break while the service runs.
"$plazo" --desk "$desk" --now "$(now)" run 2>"$work/settings.log" &
service=$!
children+=("$service")
nap 1.5 2
cp "$desk/plazo.json5" "$work/good.json5"
echo '{ nonsense' >"$desk/plazo.json5"
kill -HUP $service
nap 1 1.5
problem=
kill -0 $service 2>/dev/null || problem="the service died"
grep -q 'as it was read before stays in use' "$work/settings.log" || problem="it did not say that the old one stays"
doctor_says 'FINDING  settings' || problem="doctor did not name the settings"
cat "$work/good.json5" >"$desk/plazo.json5"
kill -HUP $service
nap 0.5 1
grep -q 'was read again' "$work/settings.log" || problem="it did not read the mended one"
kill -TERM $service
wait $service || problem="the service ended with an error"
row "settings broken while it runs" "once" "the old ones stay in use; doctor names the fault" "${problem:-$(look)}"

# --- The shared memory of SQLite is lost with the process.
hour=$((hour + 1))
"$plazo" --desk "$desk" --now "$(now)" run 2>>"$work/run.log" &
service=$!
nap 0.3 0.6
kill -9 $service
wait $service 2>/dev/null || true
rm -f "$desk/desk.sqlite-shm"
p tick --quiet >/dev/null 2>&1
row "killed, and desk.sqlite-shm lost" "once" "made anew from the log" "$(look)"

# --- The clock runs ahead for a pass.
hour=$((hour + 1000))
p tick --quiet >/dev/null 2>&1
hour=$((hour - 999))
problem=
p tick --quiet >/dev/null 2>&1 && problem="a pass went backwards"
doctor_says 'accept-clock' || problem="doctor did not name it"
p doctor --accept-clock >/dev/null 2>&1 || problem="the clock was not accepted"
p tick --quiet >/dev/null 2>&1
row "clock six weeks ahead, then back" "once" "doctor names it; --accept-clock mends it" "${problem:-$(look)}"

# --- Pages of the file are spoilt.
p backup >/dev/null 2>&1
problem=
for ((i = 0; i < pages; i++)); do
  cp -r "$desk" "$work/spoilt"
  good=$desk
  desk=$work/spoilt
  kind=$(python3 - "$desk/desk.sqlite" $i <<'END'
import os, random, sys
random.seed(int(sys.argv[2]))
path = sys.argv[1]
pages = os.path.getsize(path) // 4096
with open(path, "r+b") as file:
    page = random.randrange(1, pages)
    file.seek(page * 4096)
    file.write(os.urandom(4096) if sys.argv[2] != "0" else b"\0" * 4096)
END
  )
  if said=$(p doctor --quiet 2>&1); then
    # A page that nothing uses may be spoilt without harm.
    python3 -c "import sqlite3, sys; sys.exit(0 if sqlite3.connect('$desk/desk.sqlite').execute('PRAGMA freelist_count').fetchone()[0] else 1)" ||
      problem="page $i: doctor saw nothing"
  else
    newest=$(find "$desk/backups" -name '*.sqlite' | sort | tail -1)
    "$plazo" restore "$newest" --to "$work/restored" >/dev/null 2>&1 || problem="the restore failed"
    desk=$work/restored
    doctor_says 'FINDING  \(integrity\|references\|replay\|file\)' && problem="the restored desk is not well"
    rm -rf "$work/restored"
  fi
  desk=$good
  rm -rf "$work/spoilt"
done
row "a page of desk.sqlite spoilt" "$pages x" "doctor names it; the last backup becomes a sound desk" "$problem"

# --- Disks that are full, or cannot be written.
if [ "$(id -u)" -eq 0 ] && mkdir "$work/disk" && mount -t tmpfs -o size=6m tmpfs "$work/disk" 2>/dev/null; then
  mounted+=("$work/disk")
  make "$work/disk/desk"
  problem=
  told=0
  for ((i = 0; i < fillings; i++)); do
    hour=$((hour + 1))
    dd if=/dev/zero of="$work/disk/ballast" bs=4096 count=$((1500 - i * 8)) 2>/dev/null
    open_ticket
    said=$(p tick 2>&1) || { grep -qi 'full\|no space\|room' <<<"$said" && told=$((told + 1)) || problem="said: $said"; }
    rm -f "$work/disk/ballast"
    p tick --quiet >/dev/null 2>&1
    found=$(look | grep -v free-space)
    [ -z "$found" ] || { problem="round $i: $found"; break; }
  done
  row "disk full (tmpfs of 6 MiB)" "$i x" "told $told times; nothing lost, nothing half there" "$problem"

  problem=
  mount -o remount,ro "$work/disk"
  said=$(p tick 2>&1) && problem="a pass wrote to a read-only disk"
  grep -q 'cannot be written' <<<"$said" || problem="said: $said"
  doctor_says 'FINDING  file' || problem="doctor did not name it"
  p ticket list >/dev/null 2>&1 || problem="it cannot be read"
  mount -o remount,rw "$work/disk"
  open_ticket || problem="it did not come back"
  p tick --quiet >/dev/null 2>&1
  row "disk remounted read-only" "once" "told, and doctor names it; lists still work" "${problem:-$(look | grep -v free-space)}"
else
  echo "faults: disks are not filled nor remounted: that takes root and a tmpfs"
fi

printf '\nfaults: the table\n'
printf '%s\n' "${table[@]}"
[ $failed -eq 0 ] && echo "faults: all survived" || echo "faults: something failed"
exit $failed
