#!/usr/bin/env bash
# Real mail: plazo hands its mails to msmtp, and msmtp to a server on loopback that refuses, delays, drops and accepts at
# random.
#   bash Tests/alerts/mail.sh [SEED]
# At the end each key arrived at least once, never under two Message-IDs, and none twice unless the server dropped the
# answer. What arrived is read back with Python's email and mailbox. What of msmtp, aiosmtpd and sqlite3 is missing it installs; where
# it cannot, it says so and does nothing.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
seed=${1:-1}
# shellcheck source=samples/prerequisites.sh
source "$root/samples/prerequisites.sh"

# The Python that has aiosmtpd: the one in PATH need not be the one that packages are for.
python() {
  local one
  for one in python3 /usr/bin/python3; do
    "$one" -c 'import aiosmtpd' 2>/dev/null && { echo "$one"; return; }
  done
  return 0
}
lacking=()
for tool in msmtp sqlite3; do command -v $tool >/dev/null || lacking+=("$tool"); done
[ -n "$(python)" ] || lacking+=(python3 python3-aiosmtpd)
if [ ${#lacking[@]} -gt 0 ] && ! install_packages mail "${lacking[@]}"; then
  echo "mail: skipped, these are missing and cannot be installed: ${lacking[*]}; $mend"
  exit 0
fi
python=$(python)
[ -n "$python" ] || { echo "mail: skipped, no Python has aiosmtpd; pip install aiosmtpd"; exit 0; }
plazo=${PLAZO:-$root/.build/debug/plazo}
[ -x "$plazo" ] || { echo "mail: building plazo"; swift build --package-path "$root" --product plazo >/dev/null; }

scratch=$(mktemp -d)
trap 'touch "$scratch/in/stop"; wait; rm -rf "$scratch"' EXIT
mkdir "$scratch/in"
port=$((20000 + RANDOM % 20000))
"$python" "$here/server.py" $port "$scratch/in" "$seed" &
for ((wait = 0; wait < 100; wait++)); do [ -e "$scratch/in/ready" ] && break || sleep 0.1; done
cat >"$scratch/msmtprc" <<CONF
account default
host 127.0.0.1
port $port
from plazo@example.com
timeout 1
CONF
chmod 600 "$scratch/msmtprc"

export PLAZO_DESK=$scratch/desk PLAZO_NOW=2026-03-22T12:00
"$plazo" init --zone America/Mexico_City --admin jefa --admin-name $'Jefa "Núñez" <x@y>, 👩‍🔧' --mail jefa@example.com >/dev/null 2>&1
"$python" - "$PLAZO_DESK/plazo.json5" "$scratch/msmtprc" <<'PY'
import re, sys
path, conf = sys.argv[1:]
text = open(path).read()
text = text.replace('channel: "maildir",', 'channel: "mail", window: "1m", cap: 60,', 1)
text = re.sub(r'\n *window: "15m",\n *cap: 3,', "", text)
text = text.replace("channels: {", 'channels: { mail: { sendmail: ["msmtp", "-C", "%s", "-t"], timeLimit: 2 },' % conf, 1)
open(path, "w").write(text)
PY
for number in 1 2 3 4; do "$plazo" --as jefa user add "t$number" --name "Técnico $number" --mail "t$number@example.com" >/dev/null; done
"$python" "$here/desk.py" "$scratch" 160 4 40 "$seed"
"$plazo" import tickets "$scratch/tickets.csv" --as jefa --map "$scratch/tickets.json5" >/dev/null
# What people and other systems put into titles and names.
long=$(printf 'x%.0s' {1..10000})
for title in $'Hola\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>' "$long" "👩‍👩‍👧‍👦🇲🇽 ñandú" "مرحبا بالعالم" $'\u202etxt.exe' \
  '=?UTF-8?Q?fake?=' '.' 'From aquí' '"; rm -rf / #'; do
  # Line breaks and 10,000 characters are refused when a ticket is opened; the mails must bear them all the same.
  number=$("$plazo" --as jefa ticket open --client "Cliente 1" --title "Por cambiar" --plazo 1h)
  "$python" -c 'import sqlite3, sys; desk = sqlite3.connect(sys.argv[1]); desk.execute("UPDATE ticket SET title = ? WHERE id = ?", sys.argv[2:]); desk.commit()' \
    "$PLAZO_DESK/desk.sqlite" "$title" "$number"
  "$plazo" --as jefa ticket assign "$number" t1
done

instant() { date -u -d "@$((1774202400 + $1 * 1800))" +%Y-%m-%dT%H:%M:%SZ; }
for ((step = 1; step <= 250; step++)); do PLAZO_NOW=$(instant $step) "$plazo" tick --quiet >/dev/null 2>&1 || true; done
touch "$scratch/in/calm"
PLAZO_NOW=$(instant 251) "$plazo" outbox retry --all >/dev/null
for ((step = 252; step <= 290; step++)); do PLAZO_NOW=$(instant $step) "$plazo" tick --quiet >/dev/null 2>&1 || true; done

sqlite3 -separator ' ' "$PLAZO_DESK/desk.sqlite" "SELECT message_id, state, attempt FROM message WHERE state <> 'dropped'" >"$scratch/outbox"
echo "mail: $(sqlite3 "$PLAZO_DESK/desk.sqlite" "SELECT count(*) || ' messages, ' || sum(attempt > 1) || ' of them tried more than once' FROM message WHERE state = 'sent'")"
"$python" "$here/arrived.py" "$scratch/in" "$scratch/outbox"
