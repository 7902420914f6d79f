#!/usr/bin/env bash
# A small help desk with seven weeks of history: builds plazo, imports what the old system exported, lives through the
# week of 26 October 2026, and shows what that Friday's reader finds. The same every run; takes about half a minute.
#   bash samples/demo.sh [FOLDER]       else samples/out/demo
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$here")
# shellcheck source=samples/prerequisites.sh
source "$here/prerequisites.sh"
prerequisites demo

# A debug build: it is ready in a third of the time, and this desk is small.
echo "demo: building plazo"
if ! log=$(swift build --package-path "$root" --product plazo 2>&1); then
  echo "$log"
  echo "demo: the build failed; its errors are above" >&2
  exit 1
fi
binary=$root/.build/debug/plazo

# Only a folder that an earlier demo made is taken away.
desk=${1:-$here/out/demo}
if [ -e "$desk" ]; then
  if [ ! -e "$desk/.made-by-demo" ]; then
    echo "demo: '$desk' was not made by this demo; give another folder: bash samples/demo.sh FOLDER" >&2
    exit 1
  fi
  rm -rf "$desk"
fi
mkdir -p "$(dirname "$desk")"
desk=$(cd "$(dirname "$desk")" && pwd)/$(basename "$desk")

# The demo's clock stands where it is told to; --as says who acts.
unset PLAZO_NOW PLAZO_DESK
plazo() { "$binary" --desk "$desk" "$@"; }
on() { day=$1; }
at() { plazo --now "${day}T$1" --as "$2" "${@:3}" >/dev/null; }
tick() { plazo --now "${day}T$1" tick | sed "s/^/  $day $1  /"; }

echo "demo: making the desk"
"$binary" --now 2026-10-16T19:00 init "$desk" --name "Soporte Altavista" --zone America/Mexico_City \
  --admin rocio --admin-name "Rocío Ávila" --mail rocio@altavista.example.com >/dev/null 2>&1
touch "$desk/.made-by-demo"
install -m 600 "$here/demo/plazo.json5" "$desk/plazo.json5"
on 2026-10-16
at 19:05 rocio user add ana --name "Ana Muñoz" --mail ana@altavista.example.com
at 19:05 rocio user add luis --name "Luis Íñiguez" --mail luis@altavista.example.com
at 19:05 rocio user add bety --name "Beatriz Zavala" --mail bety@altavista.example.com --booking day

echo "demo: importing what the old system exported, and sweeping"
plazo --now 2026-10-16T19:30 --as rocio import tickets "$here/demo/exportacion-2026-10-16.csv" \
  --map "$here/demo/tickets.json5" | sed 's/^/  /'
plazo --now 2026-10-23T19:30 --as rocio import tickets "$here/demo/exportacion-2026-10-23.csv" \
  --map "$here/demo/tickets.json5" | sed 's/^/  /'
on 2026-10-23
at 19:35 rocio user add carmen --name "Carmen Duarte" --role client --client "Clínica Los Fresnos" --mail carmen@fresnos.example.com
at 19:35 rocio user add tono --name "Antonio Galván" --role client --client "Ferretería El Yunque" --mail tono@yunque.example.com
at 19:35 rocio user add ines --name "Inés Robles" --role client --client "Colegio Bugambilias" --mail ines@bugambilias.example.com
tick 19:40

echo "demo: living through the week of 26 October"
# shellcheck source=samples/demo/week.sh
source "$here/demo/week.sh"

echo
cat "$desk/out/latest/daily-sla/daily-sla.txt"

shown=${desk#"$root"/}
cat <<END

demo: this was the report of Friday, 30 October 2026, 12:30. Where to look, from $root:
  $shown/out/latest/daily-sla/daily-sla.html   the same in a browser
  $shown/out/latest/daily-sla/                 the same for a spreadsheet, with datapackage.json
  $shown/mail/                                 the alerts, one Maildir a person
  $shown/plazo.json5                           hours, holidays, policies, jobs
Try, at that Friday:
  export PLAZO_DESK=$shown PLAZO_NOW=2026-10-30T12:30
  ${binary#"$root"/} ticket list
  ${binary#"$root"/} ticket show 43
  ${binary#"$root"/} report run tasks-vobo
END
