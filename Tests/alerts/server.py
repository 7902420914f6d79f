#!/usr/bin/env python3
"""A mail server on loopback that behaves badly at random, for mail.sh.

server.py PORT FOLDER SEED: refuses for good or for now, answers late, closes before it answers, closes after it took the
mail, or takes it. Each mail that it took is a file in FOLDER, its name ending in '.dropped' when the sender never heard
so. Stops when 'stop' appears in FOLDER; from 'calm' on it takes everything.
"""
import asyncio
import pathlib
import random
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

port, folder, seed = int(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
chance = random.Random(seed)
count = 0


class Handler:
    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        how = "accept" if (folder / "calm").exists() else chance.choices(
            ["accept", "refuse", "later", "slow", "drop-before", "drop-after"], [50, 3, 17, 8, 11, 11])[0]
        if how == "refuse":
            return "554 5.7.1 not today"
        if how == "later":
            return "451 4.3.0 try again later"
        if how == "drop-before":
            server.transport.abort()
            return "421 gone"
        if how == "slow":
            await asyncio.sleep(chance.choice([0.3, 3]))
        suffix = ".dropped" if how == "drop-after" or how == "slow" and server.transport.is_closing() else ".taken"
        (folder / f"{count:06}{suffix}").write_bytes(envelope.original_content)
        if how == "drop-after":
            server.transport.abort()
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if not (folder / "calm").exists() and chance.random() < 0.05:
            return "450 4.2.1 mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"


controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
(folder / "ready").touch()
while not (folder / "stop").exists():
    time.sleep(0.05)
controller.stop()
