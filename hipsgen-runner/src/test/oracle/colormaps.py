#!/usr/bin/env python3
"""Writes the control points of the colour maps: every eighth colour of matplotlib's tables, which are CC0.

usage: python3 colormaps.py > ../../main/resources/org/hipsnode/generate/render/colormaps.txt
(Debian: python3-matplotlib; written with matplotlib 3.6.3)
"""
import matplotlib

print("# name and 33 colours from low to high, at equal steps; linear in between")
print("# grey: black to white; the others: matplotlib %s, by Nathaniel Smith, Stéfan van der Walt (viridis, inferno)"
      % matplotlib.__version__)
print("# and Jamie Nuñez, Christopher Anderton, Ryan Renslow (cividis), all dedicated to the public domain (CC0)")
for name in ("grey", "viridis", "inferno", "cividis"):
    table = matplotlib.colormaps["gray" if name == "grey" else name]
    colours = [table(i / 32.0) for i in range(33)]
    print(name, " ".join("%02x%02x%02x" % tuple(round(255 * c) for c in rgb[:3]) for rgb in colours))
