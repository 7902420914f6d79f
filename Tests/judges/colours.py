#!/usr/bin/env python3
"""Computes from the style of the pages what eyes differ in:  colours.py HTMLStyle.swift

Contrast of texts (4.5 : 1) and bars (3 : 1) on what they stand on, by WCAG 2.2; and how far apart the bars of situations
are for whoever sees no red, no green or no blue (simulated as Machado, Oliveira and Fernandes 2009 do it; distance in
CIELAB, of which about 2 can just be seen; 20 is asked for).
"""

import itertools
import math
import pathlib
import re
import sys

SIGHT = {
    "usual": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TEXTS = [
    ("ink", "paper"), ("ink", "card"), ("soft", "paper"), ("soft", "card"), ("link", "paper"), ("link", "card"),
    ("late", "paper"), ("late", "card"), ("late", "late-wash"), ("near", "paper"), ("near", "card"), ("near", "near-wash"),
    ("time", "paper"), ("time", "card"), ("time", "time-wash"), ("ink", "hover"), ("soft", "hover"), ("late", "hover"),
    ("near", "hover"), ("time", "hover"), ("link", "hover"), ("ink", "near-wash"), ("soft", "near-wash"),
]
BARS = ["late-bar", "near-bar", "time-bar", "plain-bar"]


def linear(colour):
    colour = colour.lstrip("#")
    if len(colour) == 3:
        colour = "".join(c * 2 for c in colour)
    values = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def luminance(colour):
    return sum(w * v for w, v in zip((0.2126, 0.7152, 0.0722), linear(colour)))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour, sight):
    rgb = [min(1, max(0, sum(a * b for a, b in zip(row, linear(colour))))) for row in SIGHT[sight]]
    xyz = [sum(a * b for a, b in zip(row, rgb)) for row in (
        (0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))]
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
               for t in (v / w for v, w in zip(xyz, (0.95047, 1, 1.08883))))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def main():
    style = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
    schemes = {}
    for name, block in zip(("light", "dark", "paper"), re.findall(r":root\{(.*?)\}", style, re.S)):
        schemes[name] = {**schemes.get("light", {}), **dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})", block))}
    faults = 0
    least = {}
    for scheme, colours in schemes.items():
        for text, ground in TEXTS:
            ratio = contrast(colours[text], colours[ground])
            least["text"] = min(least.get("text", 99), ratio)
            if ratio < 4.5:
                faults += 1
                print(f"  colours: {scheme}: {text} on {ground} has {ratio:.2f} : 1")
        for bar in BARS:
            ratio = contrast(colours[bar], colours["card"])
            least["bar"] = min(least.get("bar", 99), ratio)
            if ratio < 3:
                faults += 1
                print(f"  colours: {scheme}: {bar} on card has {ratio:.2f} : 1")
        for one, other in itertools.combinations(BARS[:3], 2):
            for sight in SIGHT:
                distance = math.dist(lab(colours[one], sight), lab(colours[other], sight))
                least[sight] = min(least.get(sight, 999), distance)
                if distance < 20:
                    faults += 1
                    print(f"  colours: {scheme}: {one} and {other} are {distance:.0f} apart with {sight}")
    print("colours: least contrast of texts {text:.2f}, of bars {bar:.2f}; least distance of situations: ".format(**least)
          + ", ".join(f"{least[sight]:.0f} ({sight})" for sight in SIGHT))
    print(f"colours: {faults or 'no'} fault" + "s" * (faults > 1))
    sys.exit(1 if faults else 0)


main()
