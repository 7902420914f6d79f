#!/usr/bin/env python3
"""Judges what the server of mail.sh took: arrived.py FOLDER OUTBOX, where OUTBOX has 'message-id state attempts' a line."""
import collections
import email
import email.policy
import mailbox
import pathlib
import sys
import tempfile

folder, outbox = pathlib.Path(sys.argv[1]), sys.argv[2]
bad = 0


def check(what, wrong):
    global bad
    wrong = list(wrong)
    print(f"  {'ok    ' if not wrong else 'FAILED'}  {what}" + (f": {wrong[:3]}" if wrong else ""))
    bad |= bool(wrong)


sent = dict(line.split()[:2] for line in open(outbox))
arrivals, dropped, mails = collections.Counter(), collections.Counter(), []
box = mailbox.Maildir(tempfile.mkdtemp() + "/box", create=True)
for file in sorted(folder.glob("0*")):
    # As smtplib would: strictly by the RFCs.
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    box.add(mail)
    number = mail["Message-ID"].strip("<>")
    arrivals[number] += 1
    dropped[number] += file.suffix == ".dropped"
    mails.append(mail)

check("every message is sent", (k for k, state in sent.items() if state != "sent"))
check("each arrived at least once", (k for k in sent if not arrivals[k]))
check("none arrived that is not in the outbox", (k for k in arrivals if k not in sent))
check("none arrived twice unless the server dropped the answer",
      (k for k in arrivals if arrivals[k] - 1 > dropped[k]))
bodies = collections.defaultdict(set)
for mail in mails:
    bodies[mail["Message-ID"]].add(bytes(mail))
check("what arrived twice is the same to the byte", (k for k, v in bodies.items() if len(v) > 1))

names = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
         "Content-Language", "MIME-Version", "Content-Type"]
check("no header but ours", (mail.keys() for mail in mails if [n for n in mail.keys() if n != "Received"] != names))
check("no defect", (part.defects for mail in mails for part in mail.walk() if part.defects))
check("one recipient each", (mail["To"] for mail in mails if len(mail["To"].addresses) != 1))


def types(mail):
    return [part.get_content_type() for part in mail.iter_parts()]


# A report's mail has its rows attached, and its text and HTML are one part of two.
bodies_of = {mail["Message-ID"]: next(mail.iter_parts()) if types(mail) == ["multipart/alternative", "text/csv"] else mail
             for mail in mails}
check("text and HTML", (key for key, body in bodies_of.items() if types(body) != ["text/plain", "text/html"]))
check("dates that are dates", (mail["Date"] for mail in mails if mail["Date"].datetime is None))
check("subjects without controls, 150 characters at most",
      (mail["Subject"] for mail in mails if any(ord(c) < 32 for c in mail["Subject"]) or len(mail["Subject"]) > 160))
# A subject names a ticket only where the mail is about one; the text names each.
told = " ".join(mail["Subject"] + " " + mail.get_body(("plain",)).get_content() for mail in mails)
check("hostile titles arrived as titles",
      (part for part in ["Hola Bcc: all@example.org", "ñandú", "مرحبا", "=?UTF-8?Q?fake?=", "x" * 80, "From aquí"]
       if part not in told))
check("no markup from a title",
      (mail["Message-ID"] for mail in mails if "<script>" in mail.get_body(("html",)).get_content()))
threads = collections.defaultdict(set)
for mail in mails:
    about = [word for word in mail["Subject"].split() if word.isdigit()]
    if mail["Subject"].startswith("Ticket ") and about:
        threads[about[0]].add(mail["References"])
check("threads hold: mails about one ticket share their references", (k for k, v in threads.items() if len(v) != 1))
print(f"  {len(mails)} deliveries of {len(arrivals)} messages; {sum(dropped.values())} answers dropped; "
      f"{len(threads)} tickets with a thread; a Maildir of {len(box)} reads back")
sys.exit(bad)
