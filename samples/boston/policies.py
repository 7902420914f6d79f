#!/usr/bin/env python3
"""Writes plazo.json5 from targets-by-type.csv: one policy for each term that the city's case types have.

    samples/boston/policies.py > samples/boston/plazo.json5

A type of the clock 'calendar' has N x 24 hours of the built-in calendar 'always'. One of the clock 'business' has
N x 24 hours of weekdays that are open around the clock: of the natural ways to say it, the one that gives the city's
own verdict most often. Types whose term was never reproduced (share_within_60s 0) get no policy.
"""
import csv
import json
import pathlib

table = pathlib.Path(__file__).with_name("targets-by-type.csv")
groups = {}
for row in csv.DictReader(table.open(newline="")):
    if float(row["share_within_60s"]) > 0:
        groups.setdefault((row["clock"], int(row["days"])), []).append(row["type"])

day = '["00:00-24:00"]'
print("""// The City of Boston's terms of 2011, one policy for each; made by policies.py, not by hand.
{
  name: "Boston 311",
  language: "en",
  timeZone: "America/New_York",
  calendars: {
    // Holidays are no exception: the city's own targets do not skip them.
    weekdays: {""")
print("      weekly: { " + ", ".join(f"{name}: {day}" for name in ("mon", "tue", "wed", "thu", "fri")) + " },")
print("""    },
  },
  policies: [""")
for (clock, days), types in sorted(groups.items()):
    calendar = "always" if clock == "calendar" else "weekdays"
    print(f'    {{ name: "{clock}-{days}", calendar: "{calendar}",')
    print(f'      clocks: {{ resolution: {{ plazo: "{days * 24}h" }} }},')
    print("      when: { product: [")
    for name in sorted(types):
        print(f"        {json.dumps(name)},")
    print("      ] } },")
print("""    // The rest, notifications and general requests, is promised nothing.
    { name: "none", calendar: "always" },
  ],
}""")
