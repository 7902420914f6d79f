#!/usr/bin/env bash
# Installs plazo so that it runs by itself, and takes it away again. Can be run twice: the second time changes nothing.
#   install.sh service|timer|cron [options]     see README.md for which to take
#   install.sh undo                             removes what it installed; the desk, its user and the logs stay
#
# options, each with the same value at every run:
#   --binary FILE   the program to install; else 'plazo' beside this script, or where 'plazo' is found
#   --desk DIR      the desk, made if it is not there; else /var/lib/plazo
#   --user NAME     who runs it, made if there is none such; else plazo
#   --zone ZONE     the time zone of a new desk; else the machine's
#   --root DIR      writes below DIR and starts nothing: to look at, or for an image
#   --dry-run       tells what it would do
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() { printf '%s\n' "$*"; }
fail() {
  printf 'install.sh: %s\n' "$1" >&2
  exit "${2:-1}"
}
usage() {
  sed -n '2,/^set /{/^# \{0,1\}/s///p}' "${BASH_SOURCE[0]}"
  exit "${1:-0}"
}

way='' binary='' desk=/var/lib/plazo user=plazo zone='' root='' dry=
while [ $# -gt 0 ]; do
  case $1 in
    service | timer | cron | undo) [ -z "$way" ] || fail "'$way' and '$1' are both given; give one" 2; way=$1 ;;
    --binary | --desk | --user | --zone | --root)
      [ $# -ge 2 ] || fail "$1 needs a value" 2
      declare "${1#--}=$2"
      shift
      ;;
    --dry-run) dry=1 ;;
    -h | --help) usage ;;
    *) fail "'$1' is not understood; see install.sh --help" 2 ;;
  esac
  shift
done
[ -n "$way" ] || usage 2
case $desk in /*) ;; *) fail "--desk $desk is no absolute path" 2 ;; esac
case $desk in *[[:space:]%\|]*) fail "--desk has a character that units and crontabs read otherwise; choose another path" 2 ;; esac
[ -n "$root$dry" ] || [ "$(id -u)" -eq 0 ] || fail "it must be run as root; or give --root DIR or --dry-run"

program=/usr/local/bin/plazo
units=/etc/systemd/system
list=/etc/plazo/installed

# run WHAT COMMAND…: not under --dry-run.
run() {
  say "$1"
  shift
  [ -n "$dry" ] || "$@"
}
# system COMMAND…: what acts on the running system, and so not below --root.
system() { [ -n "$root" ] || "$@"; }
sum() { sha256sum <"$1" | cut -d ' ' -f 1; }

# put PATH MODE: installs standard input, and notes it. What is there already, and the same, is left alone.
changed=
put() {
  local path=$1 mode=$2 fresh
  fresh=$(mktemp)
  cat >"$fresh"
  if [ -e "$root$path" ] && cmp -s "$fresh" "$root$path"; then
    [ -n "$dry" ] || note "$path"
    rm -f "$fresh"
    return
  fi
  changed=1
  run "writes $root$path" install -D -m "$mode" "$fresh" "$root$path"
  [ -n "$dry" ] || note "$path"
  rm -f "$fresh"
}

# note PATH: what was installed, with its content's hash, so that undo takes away that and nothing else.
note() {
  local entry
  entry="$(sum "$root$1")  $1"
  mkdir -p "$root$(dirname "$list")"
  touch "$root$list"
  grep -vF "  $1" "$root$list" >"$root$list.new" || true
  printf '%s\n' "$entry" >>"$root$list.new"
  mv "$root$list.new" "$root$list"
}

# drop PATH…: takes away what was installed, unless somebody has changed it since.
drop() {
  local path noted
  for path in "$@"; do
    [ -e "$root$list" ] || return 0
    noted=$(grep -F "  $path" "$root$list" | cut -d ' ' -f 1 || true)
    [ -n "$noted" ] || continue
    if [ -e "$root$path" ]; then
      if [ "$(sum "$root$path")" = "$noted" ]; then
        run "removes $root$path" rm -f "$root$path"
        changed=1
      else
        say "leaves $root$path: it was changed since it was installed"
        continue
      fi
    fi
    [ -n "$dry" ] && continue
    grep -vF "  $path" "$root$list" >"$root$list.new" || true
    mv "$root$list.new" "$root$list"
  done
}

stop_unit() {
  [ -e "$root$units/$1" ] || return 0
  grep -qF "  $units/$1" "$root$list" 2>/dev/null || return 0
  [ -n "$root" ] || run "stops $1" systemctl disable --quiet --now "$1" || true
}
without_service() {
  stop_unit plazo.service
  drop $units/plazo.service
}
without_timer() {
  stop_unit plazo-tick.timer
  drop $units/plazo-tick.timer $units/plazo-tick.service
}
without_cron() { drop /etc/cron.d/plazo /etc/logrotate.d/plazo; }
reload() { [ -z "$changed" ] || [ -n "$dry" ] || ! command -v systemctl >/dev/null || system systemctl daemon-reload || true; }

if [ "$way" = undo ]; then
  [ -e "$root$list" ] || { say "nothing is installed"; exit 0; }
  without_service
  without_timer
  without_cron
  drop $program
  reload
  if [ -z "$dry" ] && [ ! -s "$root$list" ]; then
    rm -f "$root$list"
    rmdir "$root$(dirname "$list")" 2>/dev/null || true
  fi
  say "undone; the desk, its user and the logs stay as they are"
  exit 0
fi

if [ -z "$binary" ]; then
  if [ -x "$here/plazo" ]; then binary=$here/plazo; else binary=$(command -v plazo || true); fi
fi
[ -n "$binary" ] && [ -x "$binary" ] || fail "there is no program to install; give it with --binary FILE"
if [ "$way" != cron ] && [ -z "$root$dry" ] && ! [ -d /run/systemd/system ]; then
  fail "systemd does not run here; take the way 'cron'"
fi

# What another way installed would do the same work beside this one.
[ "$way" = service ] || without_service
[ "$way" = timer ] || without_timer
[ "$way" = cron ] || without_cron

put $program 0755 <"$binary"

if [ -z "$root" ]; then
  id "$user" >/dev/null 2>&1 || run "adds the user $user" \
    useradd --system --user-group --home-dir "$desk" --no-create-home --shell /usr/sbin/nologin "$user"
  [ -d "$desk" ] || run "makes $desk" install -d -m 0700 -o "$user" -g "$user" "$desk"
  if [ ! -e "$desk/plazo.json5" ]; then
    run "makes a desk in $desk" runuser -u "$user" -- "$program" init "$desk" ${zone:+--zone "$zone"}
  fi
fi

# The files beside this script, with this desk and this user. The state folder is systemd's only at its usual place.
fitted() {
  sed -E -e "s|/var/lib/plazo|$desk|g" -e "s,^(User|Group)=plazo\$,\1=$user," \
    -e "$([ "$desk" = /var/lib/plazo ] || echo '/^StateDirectory/d')" "$here/$1"
}

case $way in
  service)
    fitted plazo.service | put $units/plazo.service 0644
    reload
    [ -n "$root" ] || run "starts plazo.service" systemctl enable --quiet --now plazo.service
    [ -z "$changed" ] || [ -n "$root" ] || run "starts it with what is new" systemctl restart plazo.service
    ;;
  timer)
    fitted plazo-tick.service | put $units/plazo-tick.service 0644
    fitted plazo-tick.timer | put $units/plazo-tick.timer 0644
    reload
    [ -n "$root" ] || run "starts plazo-tick.timer" systemctl enable --quiet --now plazo-tick.timer
    ;;
  cron)
    [ -n "$root" ] || [ -d /var/log/plazo ] || run "makes /var/log/plazo" install -d -m 0700 -o "$user" -g "$user" /var/log/plazo
    # In /etc/cron.d a line names its user; the user's own crontab is not touched.
    sed -e "s|/var/lib/plazo|$desk|g" -e "s|^\* \* \* \* \* |&$user |" "$here/crontab.example" | put /etc/cron.d/plazo 0644
    sed -e "s|su plazo plazo|su $user $user|; s|0600 plazo plazo|0600 $user $user|" "$here/plazo.logrotate" |
      put /etc/logrotate.d/plazo 0644
    reload
    ;;
esac
[ -n "$changed" ] || say "everything is as it should be"
