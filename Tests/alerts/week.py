#!/usr/bin/env python3
"""The desk of week.sh as another system would export it: week.py FOLDER TICKETS TECHNICIANS SEED INSTANT…

Writes FOLDER/INSTANT.csv for each instant. The same tickets at every call: opened on working days of the three weeks until Friday 27 March 2026, more in the morning;
four of five are closed within their three days, the rest later or not at all. What came after the instant is not there.
"""
import csv
import datetime
import random
import sys

folder, tickets, technicians, seed = sys.argv[1], *map(int, sys.argv[2:5])
instants = sys.argv[5:]
chance = random.Random(seed)
days = [datetime.date(2026, 3, 9) + datetime.timedelta(days=n) for n in range(19)]
days = [day for day in days if day.weekday() < 5]


def working(start, hours):
    """So many working hours on, in an office of 9 to 14 and 16 to 19."""
    at = start
    while hours > 0:
        at += datetime.timedelta(minutes=15)
        if at.weekday() < 5 and (9 <= at.hour < 14 or 16 <= at.hour < 19):
            hours -= 0.25
    return at


made = sorted(
    datetime.datetime.combine(chance.choice(days), datetime.time(9)) +
    datetime.timedelta(minutes=min(599, int(abs(chance.gauss(0, 200))))) for _ in range(tickets))
rows = []
for number, opened in enumerate(made, 1):
    lasts = chance.choice([1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 23]) if chance.random() < 0.82 \
        else chance.choice([26, 30, 34, 40, 60, 200])
    technician = chance.randrange(1, technicians + 1)
    row = [number, f"Cliente {chance.randrange(1, 60)}", f"Caso {number}", f"t{1 + technician % technicians}",
           f"t{technician}", chance.choice(["alta", "media", "baja"])]
    rows.append((row, opened, working(opened, lasts)))

for instant in instants:
    now = datetime.datetime.fromisoformat(instant)
    with open(f"{folder}/{instant}.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["key", "client", "title", "responsible", "assigned", "priority", "opened", "status", "closed"])
        for row, opened, closed in rows:
            if opened <= now:
                is_closed = closed <= now
                out.writerow(row + [opened.isoformat(), "closed" if is_closed else "open",
                                    closed.isoformat() if is_closed else ""])
