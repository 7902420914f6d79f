"""What a clock shows in every zone of the system's database, by Python's zoneinfo: a second opinion on the zone reader.

    python3 zones.py SEED POINTS     prints a line for each point: zone, seconds since 1970, seconds east of Greenwich
"""
import datetime as dt
import pathlib
import random
import sys
import zoneinfo

ROOT = pathlib.Path("/usr/share/zoneinfo")
zoneinfo.reset_tzpath([str(ROOT)])
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def offset(zone, seconds):
    time = (EPOCH + dt.timedelta(seconds=seconds)).astimezone(zone)
    return int(time.utcoffset().total_seconds())


def change(zone, low, high):
    """The first second of the second's offset between two that differ."""
    before = offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


seed, points = int(sys.argv[1]), int(sys.argv[2])
for name in sorted(zoneinfo.available_timezones()):
    if not (ROOT / name).is_file():
        continue
    zone = zoneinfo.ZoneInfo(name)
    rng = random.Random(f"{seed} {name}")
    asked = [rng.randrange(-2_200_000_000, 4_100_000_000) for _ in range(points)]
    # Around changes: where two instants half a month apart differ, the very second, the one before and the one after.
    for _ in range(points):
        at = rng.randrange(-2_000_000_000, 4_000_000_000)
        if offset(zone, at) != offset(zone, at + 1_300_000):
            edge = change(zone, at, at + 1_300_000)
            asked += [edge - 1, edge, edge + 1]
    for second in asked:
        print(name, second, offset(zone, second))
