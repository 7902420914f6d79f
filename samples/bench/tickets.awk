# Makes N tickets of a made-up help desk, the same at every run and with every awk: half of them open, of an age that
# gives every situation, a third with pauses. Writes into FOLDER
#   tickets.csv, events.csv                        for 'plazo import'
#   ticket.csv, pause.csv, interval.csv, now.csv   for the floor: instants in UTC seconds, the calendar cut into intervals
# With late=1 a tenth are open instead, all of them late.
# usage: awk -v n=10000 -v folder=/tmp/x [-v late=1] -f tickets.awk

function random() {  # Park and Miller's generator, whose products fit into a double.
  state = state * 48271 % 2147483647
  return state / 2147483647
}
function whole(first, last) { return first + int(random() * (last - first + 1)) }

# Days since 1970 of a date, and the weekday of such a day, Monday being 0.
function day_number(y, m, d,  era, yoe, doy) {
  if (m <= 2) y--
  era = int(y / 400); yoe = y - era * 400
  doy = int((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1
  return era * 146097 + yoe * 365 + int(yoe / 4) - int(yoe / 100) + doy - 719468
}
function weekday(day) { return (day + 3) % 7 }
function nth_monday(y, m, n,  first) {
  first = day_number(y, m, 1)
  return first + (7 - weekday(first)) % 7 + 7 * (n - 1)
}
function easter(y,  a, b, c, d, e, f, g, h, i, k, l, m, s) {
  a = y % 19; b = int(y / 100); c = y % 100; d = int(b / 4); e = b % 4; f = int((b + 8) / 25)
  g = int((b - f + 1) / 3); h = (19 * a + b - d - g + 15) % 30; i = int(c / 4); k = c % 4
  l = (32 + 2 * e + 2 * i - h - k) % 7; m = int((a + 11 * h + 22 * l) / 451); s = h + l - 7 * m + 114
  return day_number(y, int(s / 31), s % 31 + 1)
}
function holidays(y) {  # as in plazo.json5
  off[day_number(y, 1, 1)]; off[nth_monday(y, 2, 1)]; off[nth_monday(y, 3, 3)]; off[easter(y) - 3]
  off[easter(y) - 2]; off[day_number(y, 5, 1)]; off[day_number(y, 5, 5)]; off[day_number(y, 9, 16)]
  off[day_number(y, 11, 2)]; off[nth_monday(y, 11, 3)]; off[day_number(y, 12, 12)]; off[day_number(y, 12, 25)]
}
function interval(day, from, to) {  # hours of Mexico City, which has been at UTC-6 all year since 2022
  starts[count] = day * 86400 + (from + 6) * 3600
  ends[count] = day * 86400 + (to + 6) * 3600
  before[count] = worked
  print starts[count] "," ends[count] "," worked > (folder "/interval.csv")
  worked += (to - from) * 3600
  count++
}

# Working seconds until an instant, and the earliest instant with so many.
function working(at,  low, high, middle) {
  low = 0; high = count
  while (low < high) { middle = int((low + high) / 2); if (starts[middle] <= at) low = middle + 1; else high = middle }
  if (low == 0) return 0
  low--
  return before[low] + (at < ends[low] ? at : ends[low]) - starts[low]
}
function instant(work,  low, high, middle) {
  low = 0; high = count
  while (low < high) { middle = int((low + high) / 2); if (before[middle] < work) low = middle + 1; else high = middle }
  if (low > 0) low--
  return starts[low] + work - before[low]
}

BEGIN {
  state = 20261031
  for (y = 2023; y <= 2028; y++) holidays(y)
  for (day = day_number(2023, 10, 1); day < day_number(2028, 1, 1); day++) {
    if (day in off || weekday(day) == 6) continue
    if (weekday(day) == 5) { interval(day, 9, 13); continue }
    interval(day, 9, 14)
    interval(day, 16, 19)
  }
  now = day_number(2026, 10, 31) * 86400 + 17 * 3600 + 37 * 60 + 21  # a Saturday, 11:37:21 local
  begin = day_number(2023, 11, 1) * 86400
  worked_now = working(now)
  print now > (folder "/now.csv")
  targets = split("4 8 12 16 24 36 48 72 100 140 200 280 400", target_of, " ")
  split("client provider", party_of, " ")

  print "key,client,product,title,responsible,assigned,status,opened,closed,plazo" > (folder "/tickets.csv")
  print "key,at,waiting_on" > (folder "/events.csv")
  for (id = 1; id <= n; id++) {
    is_open = random() < (late ? 0.1 : 0.5)
    hours = random() < 0.8 ? target_of[whole(1, targets)] : whole(4, 400)
    if (is_open && (late || random() < 0.9)) {
      used = int(hours * 3600 * (late ? 1.05 + random() * 2 : random() * 1.5))
      opened = instant(worked_now - used > 1 ? worked_now - used : 1)
      if (random() < 0.3) opened -= whole(0, 12 * 3600)  # written at night or at the weekend
      if (opened < begin) opened = begin
    } else {
      opened = whole(begin, now - 60)
    }
    closed = ""
    if (!is_open) {
      closed = opened + int(hours * 3600 * 3 * random() * 1.6) + 60
      if (closed > now) closed = now
    }
    end = is_open ? now : closed

    # Up to three pauses, at distinct instants, none longer than three days.
    chance = random()
    pauses = chance < 0.65 ? 0 : chance < 0.85 ? 1 : chance < 0.95 ? 2 : 3
    if (end - opened <= 1000 || (late && is_open)) pauses = 0
    points = 0
    while (points < 2 * pauses) {
      fresh = whole(opened + 1, end - 1)
      for (place = points; place > 0 && point[place - 1] > fresh; place--) point[place] = point[place - 1]
      point[place] = fresh
      if (place > 0 && point[place - 1] == fresh) {  # drawn before: take it out again
        for (; place < points; place++) point[place] = point[place + 1]
        continue
      }
      points++
    }
    for (pause = 0; pause < pauses; pause++) {
      from = point[2 * pause]; to = point[2 * pause + 1]
      if (to > from + 259200) to = from + 259200
      if (is_open && pause == pauses - 1 && random() < 0.4) to = ""
      print id "," from "," party_of[whole(1, 2)] > (folder "/events.csv")
      if (to != "") print id "," to ",support" > (folder "/events.csv")
      print id "," from "," to > (folder "/pause.csv")
    }

    status = is_open ? "open" : "closed"
    client = sprintf("Cliente %03d", whole(0, 299)); product = sprintf("Producto %02d", whole(0, 19))
    responsible = sprintf("agente%02d", whole(0, 39)); assigned = sprintf("agente%02d", whole(0, 39))
    print id "," client "," product ",Falla " id " en la sucursal," responsible "," assigned "," status "," opened "," \
      closed "," hours "h" > (folder "/tickets.csv")
    print id "," opened "," hours ",support," client "," product "," responsible "," assigned "," status "," closed > \
      (folder "/ticket.csv")
  }
}
