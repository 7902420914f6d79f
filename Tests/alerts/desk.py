#!/usr/bin/env python3
"""A made-up desk for the scripts beside this one: the same at every run.

desk.py FOLDER TICKETS TECHNICIANS HOURS SEED writes, for 'plazo import', tickets.json5 and tickets.csv: tickets that
were opened in the two weeks before 2026-03-23 and fall due within so many working hours from then on.
"""
import csv
import random
import sys

folder, tickets, technicians, hours, seed = sys.argv[1], *map(int, sys.argv[2:6])
chance = random.Random(seed)

with open(f"{folder}/tickets.json5", "w") as mapping:
    mapping.write("""{ kind: "tickets", source: "made-up", times: "iso8601", fields: {
  key: "key", client: "client", title: "title", responsible: "responsible", assigned: "assigned", priority: "priority",
  opened_at: "opened", target_at: "due" } }
""")

titles = ["No imprime facturas", "El timbrado devuelve error 40138", "Alta de operador", "Contraseña olvidada",
          "مشكلة في الطابعة", "Caja 3 sin red ☎️", "Reporte de ventas vacío", "Actualizar el certificado"]
with open(f"{folder}/tickets.csv", "w", newline="") as file:
    out = csv.writer(file)
    out.writerow(["key", "client", "title", "responsible", "assigned", "priority", "opened", "due"])
    for number in range(1, tickets + 1):
        worker = 1 + (number * 7) % technicians
        # Working days from Monday 23 March on, eight hours each.
        at = chance.randrange(hours * 60)
        day, minute = divmod(at, 8 * 60)
        week, weekday = divmod(day, 5)
        hour, minute = divmod(minute + 9 * 60, 60)
        due = f"2026-{3 if 23 + 7 * week + weekday <= 31 else 4:02}-" \
              f"{(23 + 7 * week + weekday - 1) % 31 + 1:02}T{hour:02}:{minute:02}"
        opened = f"2026-03-{chance.randrange(9, 21):02}T{chance.randrange(9, 18):02}:{chance.randrange(60):02}"
        out.writerow([number, f"Cliente {chance.randrange(1, 40)}", f"{chance.choice(titles)} ({number})",
                      f"t{1 + (number * 5) % technicians}", f"t{worker}", chance.choice(["alta", "media", "baja"]),
                      opened, due])
