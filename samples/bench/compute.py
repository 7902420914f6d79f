"""Questions for 'plazo calendar compute', as JSON Lines, the same at every run.

    python3 compute.py named|inline|distinct|years COUNT
"""
import datetime as dt
import json
import random
import sys

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
OFFICE = {
    "timezone": "America/Mexico_City",
    "weekly": {day: [["09:00", "14:00"], ["16:00", "19:00"]] for day in DAYS[:5]} | {"sat": [["10:00", "14:00"]]},
    "holidays": ["2026-01-01", "2026-02-02", "2026-03-16", "2026-05-01", "2026-09-16", "2026-11-16", "2026-12-25"],
    "shifts": {"2026-12-24": [["09:00", "13:00"]]},
}


def question(rng, number, calendar):
    start = dt.datetime(2026, 1, 1) + dt.timedelta(minutes=rng.randrange(525_600))
    line = {"id": number, "calendar": calendar}
    kind = rng.randrange(3)
    if kind == 0:
        line |= {"op": "add", "start": f"{start.isoformat()}-06:00", "seconds": rng.randrange(400_000)}
    elif kind == 1:
        end = start + dt.timedelta(minutes=rng.randrange(60_000))
        line |= {"op": "between", "start": f"{start.isoformat()}-06:00", "end": f"{end.isoformat()}-06:00"}
    else:
        pause = start + dt.timedelta(minutes=rng.randrange(3000))
        line |= {"op": "deadline", "created": f"{start.isoformat()}-06:00", "target_seconds": rng.randrange(200_000),
                 "pauses": [[f"{pause.isoformat()}-06:00", f"{(pause + dt.timedelta(hours=30)).isoformat()}-06:00"]]}
    return line


def questions(form, count):
    rng = random.Random(11)
    for number in range(count):
        if form == "years":
            calendar = OFFICE | {"holidays": [str(dt.date(2000, 1, 1) + dt.timedelta(days=number))]}
            line = {"id": number, "calendar": calendar, "op": "between", "start": "2000-01-01", "end": "2039-12-31"}
        else:
            calendar = "office"
            if form == "inline":
                calendar = OFFICE
            elif form == "distinct":
                # Another calendar on every line: nothing can be kept.
                calendar = OFFICE | {"holidays": OFFICE["holidays"] + [str(dt.date(2026, 1, 1) + dt.timedelta(days=number))]}
            line = question(rng, number, calendar)
        print(json.dumps(line, separators=(",", ":")))


questions(sys.argv[1], int(sys.argv[2]))
