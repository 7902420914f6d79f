#!/usr/bin/env python3
"""Lays out what else is HTML, for the judge of pages:  other_pages.py PLAZO DESK NOW FOLDER

The HTML of every mail in the desk's Maildir, and the fragments that explain its tickets and tasks, each in a bare page.
"""

import email
import email.policy
import json
import pathlib
import subprocess
import sys

SHELL = ('<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>\n'
         '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n<body><main><h1>{title}</h1>\n'
         "{body}</main></body></html>\n")


def main():
    plazo, desk, now, folder = sys.argv[1:]
    out = pathlib.Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    seen = set()
    for path in sorted(pathlib.Path(desk).glob("mail/*/new/*")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        part = mail.get_body(("html",))
        text = part.get_content() if part else None
        # A report by mail is the page that is judged already.
        if text and text not in seen and mail.get_content_type() == "multipart/alternative":
            seen.add(text)
            (out / f"mail-{len(seen):02}.html").write_text(text, encoding="utf-8")

    def run(*arguments):
        done = subprocess.run([plazo, "--desk", desk, "--now", now, *arguments], capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else None

    count = 0
    for kind in ("ticket", "task"):
        rows = json.loads(run(kind, "list", "--format", "json") or "[]")
        for number in [row.get("number") for row in rows][:6]:
            for language in ("es", "en"):
                body = run("--lang", language, kind, "explain", str(number), "--format", "html")
                if body:
                    count += 1
                    page = SHELL.format(language=language, title=f"{kind} {number}", body=body)
                    (out / f"explain-{kind}-{number}-{language}.html").write_text(page, encoding="utf-8")
    print(f"html: {len(seen)} mails and {count} explanations laid out")


main()
