"""Makes random iCalendar files and says which dates their events touch, as icalendar, dateutil and
recurring_ical_events read them: a second opinion on what 'plazo calendar import' lists.

    python3 icalendar_dates.py FOLDER SEED COUNT     writes FOLDER/N.ics, prints one JSON object: file to dates
"""
import datetime as dt
import json
import random
import sys
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

ZONE = ZoneInfo("America/Mexico_City")
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2031, 12, 31)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def rule(rng):
    freq = rng.choice(["YEARLY"] * 4 + ["MONTHLY", "WEEKLY", "DAILY"])
    parts = [f"FREQ={freq}"]
    if rng.random() < 0.25:
        parts.append(f"INTERVAL={rng.choice([2, 3, 6])}")
    if freq == "YEARLY":
        form = rng.randrange(6)
        if form == 1:
            parts.append(f"BYMONTH={rng.randint(1, 12)};BYMONTHDAY={rng.choice([1, 15, 28, 31, -1, -2])}")
        elif form == 2:
            parts.append(f"BYMONTH={rng.randint(1, 12)};BYDAY={rng.choice([1, 2, 3, 4, -1])}{rng.choice(DAYS)}")
        elif form == 3:
            parts.append(f"BYMONTH=11;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY={rng.choice(DAYS)}")
        elif form == 4:
            parts.append(f"BYDAY={rng.choice([1, 20, -1, -10])}{rng.choice(DAYS)}")
        elif form == 5:
            parts.append(f"BYMONTH={rng.randint(1, 12)};BYDAY={rng.choice(DAYS)},{rng.choice(DAYS)};BYSETPOS={rng.choice(['1', '-1', '2,-2'])}")
    elif freq == "MONTHLY":
        parts.append(rng.choice(["BYMONTHDAY=31", "BYMONTHDAY=-1", "BYDAY=2TU", "BYDAY=-1FR", "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "BYMONTH=3,9"]))
    elif freq == "WEEKLY":
        parts.append(rng.choice(["BYDAY=MO,FR", "BYDAY=SU", "BYDAY=TU,SU;WKST=SU", "BYDAY=SA;BYMONTH=7,8"]))
    else:
        parts.append(rng.choice(["BYMONTH=12", "BYDAY=SA,SU", "BYMONTHDAY=1,-1"]))
    return parts


def event(rng, index):
    lines = ["BEGIN:VEVENT", f"UID:{index}", f"SUMMARY:Day {index}"]
    base = dt.date(2018, 1, 1) + dt.timedelta(days=rng.randrange(3500))
    parts = rule(rng) if rng.random() < 0.75 else None
    if parts:
        found = next(iter(rrulestr(";".join(parts), dtstart=dt.datetime.combine(base, dt.time()))), None)
        if found is None:
            return event(rng, index)
        base = found.date()
        if rng.random() < 0.3:
            parts.append(f"COUNT={rng.randint(1, 30)}")
    kind = rng.choice(["date"] * 4 + ["utc", "zoned", "floating"])
    hour, length = rng.choice([0, 6, 23]), rng.choice([1, 8, 24, 30])
    if kind == "date":
        stamp = lambda day: day.strftime("%Y%m%d")
        prefix = ";VALUE=DATE:"
    else:
        stamp = lambda day: day.strftime("%Y%m%d") + f"T{hour:02}3000" + ("Z" if kind == "utc" else "")
        prefix = ";TZID=Europe/Madrid:" if kind == "zoned" else ":"
    if parts and not any(part.startswith("COUNT") for part in parts) and rng.random() < 0.4:
        day = base + dt.timedelta(days=rng.randrange(2500))
        until = day.strftime("%Y%m%d")
        if kind in ("utc", "zoned"):
            until += "T120000Z"
        elif kind == "floating":
            until += "T120000"
        parts.append(f"UNTIL={until}")
    lines.append(f"DTSTART{prefix}{stamp(base)}")
    form = rng.randrange(3)
    days = rng.choice([1, 1, 2, 5])
    if kind == "date" and form == 1:
        lines.append(f"DTEND;VALUE=DATE:{stamp(base + dt.timedelta(days=days))}")
    elif kind == "date" and form == 2:
        lines.append(f"DURATION:P{days}D")
    elif kind != "date":
        lines.append(f"DURATION:PT{length}H")
    extra = []
    if parts:
        lines.append("RRULE:" + ";".join(parts))
        starts = list(rrulestr(";".join(p for p in parts if "UNTIL" not in p), dtstart=dt.datetime.combine(base, dt.time())).xafter(
            dt.datetime.combine(base, dt.time()), count=6))
        if starts and rng.random() < 0.4:
            lines.append(f"EXDATE{prefix}{stamp(rng.choice(starts).date())}")
        if rng.random() < 0.3:
            lines.append(f"RDATE{prefix}{stamp(dt.date(2026, 5, 17) + dt.timedelta(days=rng.randrange(200)))}")
        if len(starts) > 2 and kind == "date" and "EXDATE" not in "".join(lines) and "UNTIL" not in ";".join(parts) and rng.random() < 0.5:
            moved = starts[1].date()
            extra = ["BEGIN:VEVENT", f"UID:{index}", f"SUMMARY:Moved {index}", f"RECURRENCE-ID;VALUE=DATE:{stamp(moved)}",
                     f"DTSTART;VALUE=DATE:{stamp(moved + dt.timedelta(days=40))}", "END:VEVENT"]
    return lines + ["END:VEVENT"] + extra


def touched(component):
    start, end = component["DTSTART"].dt, component["DTEND"].dt if "DTEND" in component else None
    if not isinstance(start, dt.datetime):
        end = end or start + dt.timedelta(days=1)
        return [start + dt.timedelta(days=n) for n in range(max(1, (end - start).days))]

    def local(time):
        return time.astimezone(ZONE) if time.tzinfo is not None and time.utcoffset() == dt.timedelta() and "Madrid" not in str(time.tzinfo) else time

    first = local(start).replace(tzinfo=None)
    length = (end - start) if end else dt.timedelta()
    last = first + length - dt.timedelta(seconds=1 if length else 0)
    return [first.date() + dt.timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]


def main(folder, seed, count):
    result = {}
    for number in range(count):
        rng = random.Random(seed * 100_000 + number)
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//judge//"]
        for index in range(rng.randint(1, 3)):
            lines += event(rng, index)
        lines.append("END:VCALENDAR")
        text = "\r\n".join(lines) + "\r\n"
        with open(f"{folder}/{number}.ics", "w", newline="") as file:
            file.write(text)
        calendar = icalendar.Calendar.from_ical(text)
        dates = set()
        for component in recurring_ical_events.of(calendar).between(FIRST - dt.timedelta(days=40), LAST + dt.timedelta(days=40)):
            dates.update(day for day in touched(component) if FIRST <= day <= LAST)
        result[f"{number}.ics"] = sorted(day.isoformat() for day in dates)
    print(json.dumps(result))


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
