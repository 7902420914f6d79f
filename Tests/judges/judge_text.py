#!/usr/bin/env python3
"""Judges reports as text, where people read them:  judge_text.py PLAZO DESK NOW

At 80 and 100 columns no line is wider than the page as wcwidth measures it, and columns stand under their rulers; through
less, in a terminal of that width, no line is broken and nothing is drawn over; in a mail, sent as quoted-printable and
read again, it is the same; escape codes only on a terminal, and there not with NO_COLOR.
"""

import email
import email.policy
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import fcntl
import termios

faults = []
asked = {"texts": 0, "lines": 0, "screens": 0, "mails": 0}


def fault(message):
    faults.append(message)
    if len(faults) <= 20:
        print(f"  text: {message}"[:300])


def plain(text, where, width):
    from wcwidth import wcswidth
    asked["texts"] += 1
    ruler = None
    closed = False
    for number, line in enumerate(text.split("\n"), 1):
        asked["lines"] += 1
        if "\x1b" in line:
            fault(f"{where} line {number}: an escape code where there is no terminal")
        if any(ord(c) < 32 for c in line):
            fault(f"{where} line {number}: a control character")
        measured = wcswidth(line)
        if measured > width:
            fault(f"{where} line {number}: {measured} columns: {line[:60]!r}")
        if re.fullmatch(r"-+(  -+)+", line):
            closed = ruler is not None
            ruler = line
        elif not line or line.startswith("="):
            ruler = None
        elif ruler and re.match(r"[■▲●] .*  [■▲●] ", line) is None and not re.match(r"[A-ZÁÉÍÓÚ].*[.:]", line):
            # Between columns there are two blanks, where the ruler has them; yet the word of a row of totals runs over
            # cells that have none.
            cells = [" "] * (measured + 2)
            word = re.match(r"\S+(?: \S+)*", line).end() if closed and line[0] != " " else 0
            for index, character in enumerate(line):
                if index < word:
                    continue
                place = wcswidth(line[:index + 1]) - 1
                # What joins itself to the character before it takes no place of its own.
                if character != " " and place > wcswidth(line[:index]) - 1:
                    cells[place] = character
            for match in re.finditer("  ", ruler):
                for place in (match.start(), match.start() + 1):
                    if place < len(cells) and cells[place] != " " and measured <= len(ruler):
                        fault(f"{where} line {number}: column {place} is not blank: {line[:80]!r}")


def terminal(command, columns, rows=50, environment=None, keys=b""):
    """What a terminal of so many columns gets from a program."""
    child, descriptor = pty.fork()
    if child == 0:
        # Before the program looks.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.environ.update({"TERM": "xterm-256color", "LESS": "", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **(environment or {})})
        os.execvp(command[0], command)
    received = b""
    while True:
        ready, _, _ = select.select([descriptor], [], [], 3)
        if not ready:
            if not keys:
                break
            os.write(descriptor, keys[:1])
            keys = keys[1:]
            continue
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:
            break
        if not chunk:
            break
        received += chunk
    os.close(descriptor)
    os.waitpid(child, 0)
    return received.decode("utf-8", "replace")


def through_less(path, text, width, where):
    """The first screen of less against the first lines of the text."""
    import pyte
    screen = pyte.Screen(width, 40)
    stream = pyte.Stream(screen)
    stream.feed(terminal(["less", "-S", str(path)], width, 40, keys=b"q").split("\x1b[?1049l")[0])
    asked["screens"] += 1
    shown = [line.rstrip() for line in screen.display[:38]]
    want = [line.rstrip() for line in text.split("\n")[:38]]
    for number, (one, other) in enumerate(zip(shown, want), 1):
        # A terminal keeps wide characters in two cells; what matters is that the line is whole and unbroken.
        if one.replace(" ", "") != other.replace(" ", "") and "\u200d" not in other and not re.search("[\u0300-\u036f\U0001f1e6-\U0001f1ff\ufe0f]", other):
            fault(f"{where} in less line {number}: {one[:60]!r} is not {other[:60]!r}")


def in_a_mail(text, where):
    message = email.message.EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = "Reporte"
    message.set_content(text, cte="quoted-printable")
    again = email.message_from_bytes(message.as_bytes(), policy=email.policy.SMTP).get_content()
    asked["mails"] += 1
    if again.replace("\r\n", "\n") != text:
        fault(f"{where}: a mail changes it")
    if any(line != line.rstrip() for line in text.split("\n")):
        fault(f"{where}: a line ends in blanks, which mails lose")


def main():
    plazo, desk, now = sys.argv[1:]
    skipped = []
    for module in ("wcwidth", "pyte"):
        try:
            __import__(module)
        except ImportError:
            skipped.append(f"{module} (pip install {module})")
    if not shutil.which("less"):
        skipped.append("less (apt-get install less)")
    environment = {key: value for key, value in os.environ.items() if key not in ("PLAZO_DESK", "PLAZO_NOW", "NO_COLOR")}
    command = [plazo, "--desk", desk, "--now", now]

    def run(*arguments):
        done = subprocess.run(command + list(arguments), capture_output=True, text=True, env=environment)
        if done.returncode:
            fault(f"{arguments}: {done.stderr[:200]}")
        return done.stdout

    names = [report["report"] for report in json.loads(run("report", "list", "--format", "json"))]
    for width in (80, 100):
        for name in names + ["status"]:
            call = ["status"] if name == "status" else ["report", "run", name]
            text = run(*call, "--width", str(width))
            where = f"{name} at {width}"
            if not any("wcwidth" in what for what in skipped):
                plain(text, where, width)
            in_a_mail(text, where)
            if not skipped:
                path = f"/tmp/plazo-judge-{os.getpid()}.txt"
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                through_less(path, text, width, where)
                os.unlink(path)
    os.environ.pop("NO_COLOR", None)
    coloured = terminal(command + ["status"], 80)
    if "\x1b[31m" not in coloured and "■" in coloured:
        fault("status on a terminal has no colours")
    if "\x1b" in terminal(command + ["status"], 80, environment={"NO_COLOR": "1"}):
        fault("status on a terminal has colours in spite of NO_COLOR")
    for what in skipped:
        print(f"text: skipped, not installed: {what}")
    print("text: " + ", ".join(f"{count} {what}" for what, count in asked.items()))
    print(f"text: {len(faults) or 'no'} fault" + "s" * (len(faults) > 1))
    sys.exit(1 if faults else 0)


main()
