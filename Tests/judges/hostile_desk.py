#!/usr/bin/env python3
"""Makes a desk whose texts were written to break what shows them:  hostile_desk.py PLAZO FOLDER"""

import subprocess
import sys

TEXTS = [
    "<script>window.injected = true</script>", "\"><img src=x onerror=window.injected=true>",
    "</style></title><script>window.injected = true</script><!--", "' onmouseover='window.injected=true", "]]>",
    "&lt;b&gt; &amp; &#x41;", "javascript:window.injected=true", "{{7*7}}${7*7}", "a;b,c\td", 'he said "no"', "ends in \\",
    "=cmd|' /C calc'!A0", "=1+1", "+52 55 1234", "-1+1", "@SUM(A1)", "007", "00000000000000000042", "12345678901234567890",
    "1,5", "1.5", "TRUE", "1/2", "3-4-2026", "1E5", "Ñandú, año: ¿cómo? «así»", "مرحبا بالعالم", "a\u202etxt.exe", "שלום 123 abc",
    "漢字の題名、幅は二倍", "한국어 제목", "👩‍👩‍👧‍👦 🇲🇽 ❤️ 🦙", "e\u0301" * 40, "Z\u0335\u0321\u0322a\u0336l\u0337g\u0338o" * 8,
    "W" * 10_000, "palabra " * 1250, "漢" * 3000, "x" * 200 + " y", " spaces around ", "a  b   c", "-", "0", "NULL",
]


def main():
    plazo, desk = sys.argv[1:]

    def run(*arguments, now="2026-10-28T09:00", may_fail=False):
        done = subprocess.run(
            [plazo, "--desk", desk, "--now", now, *arguments], capture_output=True, text=True)
        if done.returncode and not may_fail:
            raise SystemExit(f"hostile_desk.py: {arguments[:3]}: {done.stderr[:300]}")
        return done.returncode == 0

    subprocess.run(
        [plazo, "--now", "2026-10-26T08:00", "init", desk, "--name", "<b>Desk</b> & \"Söhne\" 漢字", "--zone",
         "America/Mexico_City", "--admin", "root", "--admin-name", "<i>Admin</i>"], check=True, capture_output=True)
    run("user", "add", "ana", "--as", "root", "--name", "Ana <script>window.injected=true</script>")
    run("user", "add", "long", "--as", "root", "--name", "N" * 200, may_fail=True)
    refused = 0
    for index, text in enumerate(TEXTS):
        client = text[:200].strip() or "c"
        run("client", "add", client, "--as", "root", may_fail=True)
        plazo_term = ["1h", "6h", "2d", "30d"][index % 4]
        opened = run("ticket", "open", "--as", "root", "--client", client, "--title", text, "--assign", "ana", "--plazo", plazo_term,
                     may_fail=True)
        if not opened:
            opened = run("ticket", "open", "--as", "root", "--title", text, "--assign", "ana", "--plazo", plazo_term, may_fail=True)
        refused += not opened
        run("ticket", "reply", str(index + 1), "--as", "ana", "--external", text[:60], may_fail=True)
        run("task", "add", "--as", "root", "--title", text, "--to", "ana", may_fail=True)
        run("activity", "log", "--as", "ana", "--hours", "1", "--text", text, may_fail=True)
    for number in range(1, 8):
        run("ticket", "close", str(number), "--as", "ana", now="2026-10-29T12:00", may_fail=True)
    run("tick", now="2026-10-30T12:00")
    print(f"hostile desk: {len(TEXTS)} texts, {refused} refused as titles")


main()
