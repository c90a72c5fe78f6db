#!/usr/bin/env python3
"""Writes the objects of a survey's manifest as docs/manifest.md says, and prints their names and the content digest.

usage: python3 manifest.py SURVEY OUT

A second implementation, of the document and not of the Java: the test compares every byte of both.
"""
import collections
import hashlib
import pathlib
import re
import struct
import sys

TILE = re.compile(r"Norder(\d+)/Dir(\d+)/Npix(\d+)(?:_(\d+))?\.(fits|png|jpg|webp|tsv)")
survey, out = map(pathlib.Path, sys.argv[1:])


def digest(content):
    return hashlib.sha256(content).digest()[:16]


def bitmap(items, size):
    return sum(1 << i for i in items).to_bytes(size, "little")


def header(magic, tree, level, index):
    order, extension, channel = tree
    return struct.pack(">4sBB6sIQ", magic, order, level, extension.encode(), channel, index)


def store(name, kind, content):
    path = out / name.hex()[:2] / (name.hex() + "." + kind)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return name


def page(tiles):
    least = min(size for size, _ in tiles.values())
    width = ((max(size for size, _ in tiles.values()) - least).bit_length() + 7) // 8
    return (bitmap(tiles, 32) + struct.pack(">IB", least, width)
            + b"".join((tiles[c][0] - least).to_bytes(width, "big") for c in sorted(tiles))
            + b"".join(tiles[c][1] for c in sorted(tiles)))


def shard(tree, index, tiles):
    pages = [{c - 256 * p: t for c, t in tiles.items() if c // 256 == p} for p in range(16)]
    pages = [page(p) if p else b"" for p in pages]
    start = header(b"HNS1", tree, 0, index) + b"".join(
        (digest(p) if p else bytes(16)) + struct.pack(">I", len(p)) for p in pages)
    assert len(start) == 344
    return store(digest(start), "shard", start + b"".join(pages)), len(tiles), sum(s for s, _ in tiles.values())


def node(tree, level, index, children):
    content = header(b"HNN1", tree, level, index) + bitmap(children, 8) + b"".join(
        children[c][0] + struct.pack(">QQ", *children[c][1:]) for c in sorted(children))
    return (store(digest(content), "node", content),
            sum(c[1] for c in children.values()), sum(c[2] for c in children.values()))


def grouped(items, size):
    groups = collections.defaultdict(dict)
    for i, item in items.items():
        groups[i // size][i % size] = item
    return groups


def top(tree, tiles):
    places = {i: shard(tree, i, t) for i, t in grouped(tiles, 4096).items()}
    level, cells = 0, 4096
    while cells < 12 * 4 ** tree[0]:
        level, cells = level + 1, 64 * cells
        places = {i: node(tree, level, i, c) for i, c in grouped(places, 64).items()}
    return places[0][0]


def canonical(order, _, index, channel, extension):
    order, index, channel = int(order), int(index), int(channel or 0)
    return "Norder%d/Dir%d/Npix%d%s.%s" % (
        order, index - index % 10000, index, "_%d" % channel if channel else "", extension)


trees, files = collections.defaultdict(dict), {}
for path in survey.rglob("*"):
    name = path.relative_to(survey).as_posix()
    if not path.is_file() or (name.startswith(".") and name != ".hipsnode/provenance.json"):
        continue
    content = path.read_bytes()
    match = TILE.fullmatch(name)
    if match and name == canonical(*match.groups()):
        order, _, index, channel, extension = match.groups()
        trees[int(order), extension, int(channel or 0)][int(index)] = len(content), digest(content)
    else:
        files[name] = len(content), digest(content)
text = "".join("tree %d %s %d %s\n" % (*tree, top(tree, trees[tree]).hex()) for tree in sorted(trees))
text += "".join("file %s %d %s\n" % (files[name][1].hex(), files[name][0], name)
                for name in sorted(files, key=lambda n: n.encode()))
print(digest(text.encode()).hex())
