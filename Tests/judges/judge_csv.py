#!/usr/bin/env python3
"""Judges the CSV files of reports: does what opens them find what the report says?

    judge_csv.py FOLDER…      each with datapackage.json, the CSV that it describes, and NAME.json of the same run

Four readers are asked, each file by each: Python's csv, DuckDB, frictionless, and LibreOffice Calc, headless, in the
locale of the profile and with the settings of its dialog, converted to a sheet whose cells have types. The truth is
the JSON of the same run, read by the rules of the profile. What is not installed is skipped, with its name.
"""

import collections
import csv
import datetime
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

# Name of the profile: separator, decimal mark, and the locales of the spreadsheets that it is for.
PROFILES = {
    (",", "utf-8"): ("rfc4180", ",", ".", [("en-US", 1033)]),
    # Mexico's spreadsheets have a decimal point and the comma between cells, as those of the United States.
    (",", "utf-8-sig"): ("excel-en", ",", ".", [("en-US", 1033), ("es-MX", 2058)]),
    (";", "utf-8-sig"): ("excel-es", ";", ",", [("es-ES", 3082), ("es-AR", 11274)]),
}
SECONDS = {"hours", "duration", "age"}
NUMBERS = SECONDS | {"integer", "number", "percent", "ticket", "flag"}
faults = collections.Counter()
asked = collections.Counter()


def fault(judge, message):
    faults[judge] += 1
    if faults[judge] <= 20:
        print(f"  {judge}: {message}"[:400])


def cells(package, resource):
    """The truth: header, and rows of (kind, value), from the JSON of the run."""
    for path in sorted(package.parent.glob("*.json")):
        if path.name == "datapackage.json":
            continue
        report = json.loads(path.read_text(encoding="utf-8"))
        for section in report["sections"]:
            name = report["report"] if section["is_primary"] else f"{report['report']}-{section['id']}"
            if name == resource["name"]:
                columns = section["columns"]
                return columns, [[(c["type"], row[c["name"]]) for c in columns] for row in section["rows"]]
    raise SystemExit(f"judge_csv.py: no JSON of the same run beside {package} tells {resource['name']}")


def guarded(text, keeps_digits):
    """A text as the profile writes it, by design: formulas get an apostrophe, long digits a formula of their own."""
    if not text:
        return text
    if text[0] in "=+-@\t\r":
        return "'" + text
    if keeps_digits and text.isascii() and text.isdigit() and (text[0] == "0" and len(text) > 1 or len(text) > 15):
        return f'="{text}"'
    return text.replace("\0", "\ufffd")


def as_written(kind, value, profile, mark):
    """What the file must have for a value, as text."""
    if value is None:
        return ""
    if kind == "instant":
        return value[:19].replace("T", " ")
    if kind == "flag":
        return "1" if value else "0"
    if kind in NUMBERS and not isinstance(value, str):
        return (str(value) if isinstance(value, int) else repr(value)).replace(".", mark)
    return guarded(value, profile != "rfc4180")


def with_python(path, resource, columns, rows, profile, separator, mark):
    with open(path, encoding=resource["encoding"], newline="") as file:
        read = list(csv.reader(file, delimiter=separator, strict=True))
    asked["python csv"] += 1
    if read[0] != [field["name"] for field in resource["schema"]["fields"]]:
        fault("python csv", f"{path.name}: the header is {read[0]}")
    expected = [[as_written(kind, value, profile, mark) for kind, value in row] for row in rows]
    if len(read) - 1 != len(expected) or len(expected) != resource["rows"]:
        fault("python csv", f"{path.name}: {len(read) - 1} rows, {len(expected)} in JSON, {resource['rows']} described")
    for number, (got, want) in enumerate(zip(read[1:], expected), 2):
        for column, one, other in zip(columns, got, want):
            same = one == other or column["type"] in NUMBERS and one and float(one.replace(mark, ".")) == float(
                other.replace(mark, "."))
            if not same:
                fault("python csv", f"{path.name} row {number} {column['name']}: {one!r} is not {other!r}")
    return read


def with_duckdb(path, read, columns, separator, mark):
    try:
        import duckdb
    except ImportError:
        return "duckdb (pip install duckdb)"
    asked["DuckDB"] += 1
    options = f"delim='{separator}', quote='\"', escape='\"', header=true, max_line_size=4000000"
    rows = duckdb.execute(
        f"SELECT * FROM read_csv($1, {options}, all_varchar=true, null_padding=false)", [str(path)]).fetchall()
    got = [["" if cell is None else cell for cell in row] for row in rows]
    # Its reader takes CR LF within quotes for LF.
    want = [[cell for cell in row] for row in read[1:]]
    if [[c.replace("\r\n", "\n") for c in row] for row in got] != [[c.replace("\r\n", "\n") for c in row] for row in want]:
        bad = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
        fault("DuckDB", f"{path.name}: differs from row {bad + 2} on: {got[bad:bad + 1]} {want[bad:bad + 1]}")
    if not rows:
        return None
    # With types: a number must be one for its sniffer, too, with the mark of the profile.
    typed = duckdb.execute(
        f"DESCRIBE SELECT * FROM read_csv($1, {options}, decimal_separator='{mark}', sample_size=-1)", [str(path)])
    for column, (name, kind, *_) in zip(columns, typed.fetchall()):
        empty = all(not row[columns.index(column)] for row in read[1:])
        if column["type"] in NUMBERS and not empty and kind not in ("BIGINT", "DOUBLE", "BOOLEAN"):
            fault("DuckDB", f"{path.name}: column {name} of type {column['type']} is {kind}")
        if column["type"] == "instant" and not empty and kind != "TIMESTAMP":
            fault("DuckDB", f"{path.name}: column {name} is {kind}, not TIMESTAMP")
        if column["type"] in ("date", "month") and not empty and kind != "DATE":
            fault("DuckDB", f"{path.name}: column {name} is {kind}, not DATE")
    return None


def with_frictionless(package):
    program = shutil.which("frictionless") or str(pathlib.Path(sys.executable).parent / "frictionless")
    if not pathlib.Path(program).exists():
        return "frictionless (pip install frictionless)"
    asked["frictionless"] += 1
    done = subprocess.run(
        [program, "validate", "datapackage.json", "--json"], cwd=package.parent, capture_output=True, text=True)
    report = json.loads(done.stdout or "{}")
    if not report.get("valid"):
        errors = report.get("errors", []) + [e for task in report.get("tasks", []) for e in task["errors"]]
        fault("frictionless", f"{package.parent.name}: {[e['message'] for e in errors][:3] or done.stderr[-300:]}")
    return None


OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{n}:1.0}}" for n in ("office", "table", "text"))


def sheet(path):
    """The cells of a flat OpenDocument sheet: (type, value) each."""
    rows = []
    for row in xml.parse(path).getroot().iter(TABLE + "table-row"):
        cells = []
        for cell in row:
            if cell.tag != TABLE + "table-cell":
                continue
            kind = cell.get(OFFICE + "value-type")
            text = "\n".join(paragraph(p) for p in cell.findall(TEXT + "p"))
            value = {
                "float": cell.get(OFFICE + "value"), "percentage": cell.get(OFFICE + "value"),
                "date": cell.get(OFFICE + "date-value"), "time": cell.get(OFFICE + "time-value"),
                "boolean": cell.get(OFFICE + "boolean-value"),
            }.get(kind, text)
            repeat = int(cell.get(TABLE + "number-columns-repeated", "1"))
            cells += [(kind, value)] * min(repeat, 200)
        rows += [cells] * min(int(row.get(TABLE + "number-rows-repeated", "1")), 5)
    return rows


def paragraph(node):
    text = node.text or ""
    for child in node:
        if child.tag == TEXT + "s":
            text += " " * int(child.get(TEXT + "c", "1"))
        elif child.tag == TEXT + "tab":
            text += "\t"
        elif child.tag == TEXT + "line-break":
            text += "\n"
        else:
            text += paragraph(child)
        text += child.tail or ""
    return text


def with_libreoffice(files, locale, evaluates):
    """Opened as a double click does it: the separator of the profile, UTF-8, the language of the reader. One start of
    the program opens all files of a locale. - files: (path, columns, rows, profile, separator) each."""
    program = shutil.which("soffice")
    if not program:
        return "LibreOffice (apt-get install libreoffice-calc)"
    name, language = locale
    for separator in sorted({file[4] for file in files}):
        chosen = [file for file in files if file[4] == separator]
        tokens = f"{ord(separator)},34,76,1,,{language},false,true,false,false,false,-1,{'true' if evaluates else 'false'}"
        with tempfile.TemporaryDirectory() as folder:
            copies = []
            for number, file in enumerate(chosen):
                copies.append(pathlib.Path(folder) / f"{number}.csv")
                shutil.copy(file[0], copies[-1])
            done = subprocess.run(
                [program, f"-env:UserInstallation=file://{PROFILE}", "--headless", f"--infilter=CSV:{tokens}",
                 "--convert-to", "fods", "--outdir", folder, *map(str, copies)], capture_output=True, text=True, timeout=1200)
            for copy, (path, columns, rows, profile, _) in zip(copies, chosen):
                asked[f"LibreOffice {name}"] += 1
                result = copy.with_suffix(".fods")
                if not result.exists():
                    fault(f"LibreOffice {name}", f"{path.name} was not converted: {done.stderr[-200:]}")
                    continue
                compare(path, columns, rows, profile, name, evaluates, sheet(result)[1:])
    return None


def compare(path, columns, rows, profile, name, evaluates, read):
    for number, row in enumerate(rows, 2):
        got = read[number - 2] if number - 2 < len(read) else []
        for place, (column, (kind, value)) in enumerate(zip(columns, row)):
            found, content = got[place] if place < len(got) else (None, "")
            problem = differs(kind, value, found, content, profile, evaluates)
            if problem:
                fault(f"LibreOffice {name}", f"{path.parent.name}/{path.name} row {number} {column['name']}: {problem}")


def differs(kind, value, found, content, profile, evaluates):
    if value is None or value == "":
        return None if not content else f"{content!r} where nothing is"
    if kind in NUMBERS and not isinstance(value, str):
        if found == "float" and abs(float(content) - float(value)) < 1e-6:
            return None
        return f"{value!r} became {found} {content!r}"
    if kind in ("date", "month", "instant"):
        text = value[:19]
        if found == "date" and (content + "T00:00:00")[:19] == (text + "T00:00:00")[:19]:
            return None
        return f"{value!r} became {found} {content!r}"
    want = guarded(value, profile != "rfc4180")
    if want.startswith('="'):
        # Excel always evaluates it; Calc does when its dialog says so, and else shows it as it is written.
        want = value if evaluates else want
    elif want.isascii() and looks_like_value(want):
        # By design rfc4180 is for programs, and no profile guards what a spreadsheet may take for a value of its own.
        asked["texts that a spreadsheet takes for a value"] += 1
        return None
    same = content.replace("\r\n", "\n").replace("\r", "\n") == want.replace("\r\n", "\n").replace("\r", "\n")
    if found != "string" or not same and printable(content) != printable(want):
        return f"{want[:60]!r} became {found} {content[:60]!r}"
    return None


def looks_like_value(text):
    return bool(re.fullmatch(r"[\d.,/:%eE+\- ]*\d[\d.,/:%eE+\- ]*|true|false", text.strip(), re.I))


def printable(text):
    """Calc leaves out control characters, which no sheet can hold."""
    return "".join(c for c in text if ord(c) >= 32 and c not in "\ufffd\ufffe\uffff").replace(" ", "")


PROFILE = tempfile.mkdtemp(prefix="plazo-judges-")


def main():
    skipped = set()
    opened = collections.defaultdict(list)
    for package in [pathlib.Path(folder) / "datapackage.json" for folder in sys.argv[1:]]:
        described = json.loads(package.read_text(encoding="utf-8"))
        skipped.add(with_frictionless(package))
        for resource in described["resources"]:
            path = package.parent / resource["path"]
            profile, separator, mark, locales = PROFILES[resource["dialect"]["delimiter"], resource["encoding"]]
            columns, rows = cells(package, resource)
            read = with_python(path, resource, columns, rows, profile, separator, mark)
            skipped.add(with_duckdb(path, read, columns, separator, mark))
            for locale in locales:
                for evaluates in [False] if profile == "rfc4180" else [False, True]:
                    opened[locale, evaluates].append((path, columns, rows, profile, separator))
            asked["cells"] += len(rows) * len(columns)
    for (locale, evaluates), files in opened.items():
        skipped.add(with_libreoffice(files, locale, evaluates))
    shutil.rmtree(PROFILE, ignore_errors=True)
    for what in sorted(filter(None, skipped)):
        print(f"csv: skipped, not installed: {what}")
    print("csv: " + ", ".join(f"{count} × {what}" for what, count in asked.items()))
    print("csv: " + (", ".join(f"{n} faults by {judge}" for judge, n in faults.items()) or "no fault"))
    sys.exit(1 if faults else 0)


main()
