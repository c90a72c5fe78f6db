#!/usr/bin/env python3
"""Compares surveys with the HEALPix maps that they were made from, by healpy, astropy and PIL only.

usage: check_survey.py MAP SURVEY [--hdu N] [--column NAME] [--part N]
       check_survey.py --list FILE      one such line for each survey
(Debian: python3-healpy, python3-astropy, python3-pil)

Checks that the deepest tiles are the map pixel for pixel and blank for blank (its means, where the survey is coarser), that
parents are the mean of their non-blank children, that the WCS of tiles puts pixels where HEALPix does, that DATASUM and
CHECKSUM belong to the bytes, that Allsky blocks lie where the standard says, that Moc.fits covers just the cells with data,
that the frame is right, and that pictures in grey show the values of the FITS tiles by the cut and the function of the
keyword list: PNG to one grey, JPEG and WebP closely, blanks transparent. --part N looks at every Nth of the twelve base cells.
Prints a line for each survey, "right: ..." or what is wrong first; exits 0 if all are right, else 1.
"""
import argparse
import pathlib
import shlex
import sys
import warnings

import healpy as hp
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS
from PIL import Image

warnings.simplefilter("ignore")
FRAMES = {"G": "galactic", "GALACTIC": "galactic", "C": "equatorial", "CEL": "equatorial", "E": "ecliptic"}
UNSEEN = (-1.6376e30, -1.6374e30)


EXTENSIONS = {"png": "png", "jpeg": "jpg", "webp": "webp"}
STRETCHES = {
    "linear": lambda x: x,
    "sqrt": np.sqrt,
    "asinh": lambda x: np.arcsinh(10 * x) / np.arcsinh(10),
    "log": lambda x: np.log1p(1000 * x) / np.log1p(1000),
    "pow2": lambda x: x * x,
}
# greys by which pictures that lose something may differ in the mean of a survey
LOSS = {"png": 1, "jpeg": 3, "webp": 4}


class Wrong(Exception):
    pass


def fail(message):
    raise Wrong(message)


def blank(values):
    v = values.astype(float)
    return ~np.isfinite(v) | ((v > UNSEEN[0]) & (v < UNSEEN[1]))


def read_map(path, hdu, column):
    """Returns the values in NESTED order, a mask of blanks, and the frame."""
    hdus = fits.open(path)
    if hdu is None:
        hdu = next(i for i, h in enumerate(hdus) if isinstance(h, fits.BinTableHDU))
    table, header = hdus[hdu].data, hdus[hdu].header
    card = lambda key: header.get(key, hdus[0].header.get(key))
    names = [n.upper() for n in table.names]
    index = next((i for i, n in enumerate(names) if n in ("PIXEL", "UNIQ")), None)
    if column is None:
        number = 0 if index != 0 else 1
    else:
        number = int(column) - 1 if column.isdigit() else names.index(column.upper())
    values = np.asarray(table.field(number)).ravel()
    ordering = card("ORDERING").strip().upper()
    frame = FRAMES[(card("COORDSYS") or "G").strip().upper()]
    if ordering == "NUNIQ":
        uniq = np.asarray(table.field(index)).ravel()
        orders = (np.log2(uniq // 4) / 2).astype(int)
        deepest = orders.max()
        full = np.full(12 << 2 * deepest, np.nan, values.dtype)
        for u, o, v in zip(uniq, orders, values):
            first = int(u - (4 << 2 * int(o))) << 2 * int(deepest - o)
            full[first:first + (1 << 2 * int(deepest - o))] = v
        return full, blank(full), frame
    if index is not None:
        nside = int(card("NSIDE"))
        pixels = np.asarray(table.field(index)).ravel()
        if ordering == "RING":
            pixels = hp.ring2nest(nside, pixels)
        full = np.zeros(12 * nside * nside, values.dtype)
        seen = np.zeros(full.size, bool)
        full[pixels], seen[pixels] = values, True
        return full, ~seen | blank(full), frame
    if ordering == "RING":
        values = values[hp.nest2ring(hp.npix2nside(values.size), np.arange(values.size))]
    return values, blank(values), frame


def interleave(x, y):
    k = np.zeros_like(x)
    for b in range(16):
        k |= ((x >> b) & 1) << (2 * b) | ((y >> b) & 1) << (2 * b + 1)
    return k


def properties(folder):
    pairs = (line.split("=", 1) for line in (folder / "properties").read_text().splitlines() if "=" in line)
    return {k.strip(): v.strip() for k, v in pairs}


class Survey:
    def __init__(self, folder):
        self.folder = folder
        self.properties = properties(folder)
        self.order = int(self.properties["hips_order"])
        self.width = int(self.properties["hips_tile_width"])
        rows, columns = np.mgrid[0:self.width, 0:self.width]
        self.rows, self.columns = rows, columns
        self.nested = interleave(self.width - 1 - rows, columns)

    def path(self, order, index, extension="fits"):
        return self.folder / f"Norder{order}/Dir{index // 10000 * 10000}/Npix{index}.{extension}"

    def tile(self, order, index):
        """Returns the stored pixels of a tile, its mask and its header; None if there is no such tile."""
        path = self.path(order, index)
        return read_image(path) if path.exists() else None


def read_image(path):
    """Returns stored pixels, mask and header of the one HDU of a file whose checksums are right."""
    content = path.read_bytes()
    if len(content) % 2880 or ones_complement_sum(content) != 0xFFFFFFFF:
        fail(f"{path}: checksum")
    end = content.index(b"END" + b" " * 77) + 80
    header = read_cards(content[:end].decode("ascii"))
    start = -(-end // 2880) * 2880
    types = {8: ">u1", 16: ">i2", 32: ">i4", 64: ">i8", -32: ">f4", -64: ">f8"}
    shape = header["NAXIS2"], header["NAXIS1"]
    data = np.frombuffer(content, types[header["BITPIX"]], shape[0] * shape[1], start).reshape(shape)
    if int(header["DATASUM"]) != ones_complement_sum(content[start:]) % 0xFFFFFFFF:
        fail(f"{path}: DATASUM")
    mask = ~np.isfinite(data) if data.dtype.kind == "f" else (
        data == header["BLANK"] if "BLANK" in header else np.zeros(data.shape, bool))
    return data, mask, header


def read_cards(text):
    """Returns numbers and texts of a header by their keywords; astropy takes ten times as long for one."""
    header = {"text": text}
    for i in range(0, len(text), 80):
        key, value = text[i:i + 8].strip(), text[i + 10:i + 80]
        if text[i + 8:i + 10] == "= ":
            if value[0] == "'":
                header[key] = value.split("'")[1].strip()
            else:
                word = value.split("/")[0].strip()
                header[key] = word if word in "TF" else int(word) if word.lstrip("+-").isdigit() else float(word)
    return header


def ones_complement_sum(content):
    """FITS 4.0 Appendix J."""
    total = int(np.frombuffer(content, ">u4").sum(dtype=np.uint64))
    while total >> 32:
        total = (total & 0xFFFFFFFF) + (total >> 32)
    return total


def check_wcs(survey, header, order, index):
    lon, lat = WCS(fits.Header.fromstring(header["text"])).wcs_pix2world(survey.columns.ravel(), survey.rows.ravel(), 0)
    nside = survey.width << order
    pixels = index * survey.width ** 2 + survey.nested.ravel()
    known = np.isfinite(lon)
    a = np.array(hp.ang2vec(lon[known], lat[known], lonlat=True))
    b = np.array(hp.pix2vec(nside, pixels[known], nest=True)).T
    if known.sum() == 0 or np.abs(a - b).max() > 1e-10:
        fail(f"{survey.path(order, index)}: WCS is off by {np.abs(a - b).max() if known.any() else 'everything'}")
    letters = {"galactic": "GLON", "equatorial": "RA--", "ecliptic": "ELON"}
    if not header["CTYPE1"].startswith(letters[survey.properties["hips_frame"]]):
        fail(f"{survey.path(order, index)}: CTYPE1 is {header['CTYPE1']}")


def mean_of_children(survey, tiles, order, index):
    half = survey.width // 2
    total = np.zeros((survey.width, survey.width))
    count = np.zeros((survey.width, survey.width), int)
    for quarter in range(4):
        child = tiles.get((order + 1, 4 * index + quarter))
        if child is None:
            continue
        data, mask = child
        if survey.width == 1:
            total += np.where(mask, 0, data)
            count += ~mask
            continue
        values = np.where(mask, 0, data).astype(float).reshape(half, 2, half, 2).sum(axis=(1, 3))
        number = (~mask).reshape(half, 2, half, 2).sum(axis=(1, 3))
        top, left = (1 - (quarter & 1)) * half, (quarter >> 1) * half
        total[top:top + half, left:left + half] = values
        count[top:top + half, left:left + half] = number
    with np.errstate(invalid="ignore", divide="ignore"):
        return total / count, count == 0


def as_fine_as(survey, values, blanks):
    """Returns the map with the survey's pixels, and how often it was averaged for that; coarser maps are repeated first."""
    fine = 2 * int(np.log2(max(8, hp.npix2nside(values.size)) / hp.npix2nside(values.size)))
    values, blanks = np.repeat(values, 1 << fine), np.repeat(blanks, 1 << fine)
    steps = 0
    while values.size > 12 * (survey.width << survey.order) ** 2:
        number = (~blanks).reshape(-1, 4).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            values = np.where(blanks, 0, values).astype(float).reshape(-1, 4).sum(axis=1) / number
        blanks = number == 0
        steps += 1
    if values.size != 12 * (survey.width << survey.order) ** 2:
        fail("the survey is finer than its map")
    return values, blanks, steps


def same(data, expected, mask, steps):
    """Compares, with as much tolerance as so many means rounded to the type of the tile need."""
    found, wanted = data[~mask], expected[~mask]
    if steps == 0:
        return np.array_equal(found, wanted)
    if data.dtype.kind != "f":
        return np.abs(found - wanted).max() <= 0.5 * steps
    return np.allclose(found, wanted.astype(data.dtype), rtol=1e-6 * steps, atol=1e-7 * (steps - 1) * np.abs(wanted).max())


class Pictures:
    """How far the pictures of a survey are from the values of its FITS tiles."""

    def __init__(self, survey):
        self.low, self.high = map(float, survey.properties["hips_pixel_cut"].split())
        self.stretch = STRETCHES[survey.properties["hips_pixel_function"]]
        self.formats = [f for f in survey.properties["hips_tile_format"].split() if f in EXTENSIONS]
        self.sums = {f: np.zeros(2) for f in self.formats}

    def greys(self, data, header, off=0):
        values = data.astype(float) * header.get("BSCALE", 1) + header.get("BZERO", 0)
        place = np.clip((values - self.low) / (self.high - self.low) + off, 0, 1)
        return np.minimum(254, np.floor(255 * self.stretch(place))) * 255 / 254

    def check(self, data, mask, header, path):
        """Compares the pictures beside a FITS file, whose first line is the bottom."""
        if not self.formats:
            return
        with np.errstate(invalid="ignore"):
            greys = self.greys(data, header)[::-1]
            # the table of colours has 65,536 steps, and the cut is told in seven digits: a value may count as one step off
            darkest, brightest = (self.greys(data, header, off / 65535)[::-1] for off in (-1, 1))
        mask = mask[::-1]
        for word in self.formats:
            picture = path.with_suffix("." + EXTENSIONS[word])
            image = np.asarray(Image.open(picture).convert("L" if word == "jpeg" else "RGBA"), int)
            if image.shape[:2] != mask.shape:
                fail(f"{picture}: is {image.shape}")
            if word == "jpeg":
                difference = np.abs(image - np.where(mask, 0, greys))
            else:
                if not np.array_equal(image[..., 3], np.where(mask, 0, 255)):
                    fail(f"{picture}: transparent where not blank, or blank where not transparent")
                difference = np.abs(image[..., :3] - greys[..., None])[~mask]
            if word == "png" and difference.size:
                shown = image[..., :3]
                beside = np.maximum(darkest[..., None] - shown, shown - brightest[..., None])[~mask].max()
                if beside > 1.5:
                    fail(f"{picture}: differs by {beside:.1f} greys from the values")
            self.sums[word] += np.nansum(difference), difference.size

    def finish(self):
        for word, (total, count) in self.sums.items():
            if count == 0 or total / count > LOSS[word]:
                fail(f"{word} pictures differ by {total / max(count, 1):.1f} greys in the mean")
        return ", ".join(f"{w} {t / c:.2f}" for w, (t, c) in self.sums.items())


def check_tiles(survey, values, blanks, pictures, part):
    """Returns the tiles of order 3, or the deepest if that is less."""
    width, order = survey.width, survey.order
    values, blanks, steps = as_fine_as(survey, values, blanks)
    above, kept = {}, {}
    for o in range(order, -1, -1):
        here = {}
        for index in range(12 << 2 * o):
            if (index >> 2 * o) % part:
                continue
            tile = survey.tile(o, index)
            if o == order:
                pixels = index * width ** 2 + survey.nested
                expected, mask = values[pixels], blanks[pixels]
            else:
                expected, mask = mean_of_children(survey, above, o, index)
            if tile is None:
                if not mask.all():
                    fail(f"{survey.path(o, index)} is missing")
                continue
            data, found, header = tile
            if mask.all():
                fail(f"{survey.path(o, index)} holds nothing but blanks")
            if not np.array_equal(found, mask):
                fail(f"{survey.path(o, index)}: {np.count_nonzero(found != mask)} pixels are blank, or not, by mistake")
            if o == order and not same(data, expected, mask, steps):
                fail(f"{survey.path(o, index)}: pixels differ from the map")
            if o < order and not same(data, expected, mask, 1):
                fail(f"{survey.path(o, index)}: is not the mean of its children")
            pictures.check(data, mask, header, survey.path(o, index))
            if index % max(1, (12 << 2 * o) // 24) == 0:
                check_wcs(survey, header, o, index)
            here[o, index] = data, found
            if o == min(3, order):
                kept[index] = data, found
        above = here
    return kept


def check_allsky(survey, tiles, pictures):
    path = survey.folder / "Norder3/Allsky.fits"
    if survey.order < 3:
        return
    data, blank, header = read_image(path)
    if data.dtype.kind == "f":  # others have no number for unused places
        pictures.check(data, blank, header, path)
    block = min(64, survey.width)
    if data.shape != (29 * block, 27 * block):
        fail(f"{path} has shape {data.shape}")
    for index, (tile, mask) in tiles.items():
        top = data.shape[0] - (index // 27 + 1) * block
        found = data[top:top + block, index % 27 * block:(index % 27 + 1) * block]
        factor = survey.width // block
        if factor == 1:
            right = np.array_equal(found[~mask], tile[~mask])
        else:
            groups = tile.reshape(block, factor, block, factor).astype(float)
            low, high = np.nanmin(groups, axis=(1, 3)), np.nanmax(groups, axis=(1, 3))
            inside = (found >= low - 1e-6 * np.abs(low)) & (found <= high + 1e-6 * np.abs(high))
            right = (inside | np.isnan(low)).all()
        if not right:
            fail(f"{path}: block of tile {index} is wrong")


def read_moc(path):
    hdu = fits.open(path)[1]
    uniq = np.asarray(hdu.data.field(0))
    orders = (np.log2(uniq // 4) / 2).astype(int)
    return hdu.header["MOCORDER"], hdu.header["COORDSYS"], orders, uniq - (4 << (2 * orders))


def check_moc(survey, blanks):
    order, coordsys, orders, cells = read_moc(survey.folder / "Moc.fits")
    if FRAMES[coordsys] != survey.properties["hips_frame"]:
        fail(f"Moc.fits has COORDSYS {coordsys}")
    covered = np.zeros(12 << 2 * order, bool)
    for o, c in zip(orders, cells):
        covered[c << 2 * (order - o):(c + 1) << 2 * (order - o)] = True
    pixel_order = int(np.log2(hp.npix2nside(blanks.size)))
    if pixel_order >= order:
        expected = (~blanks).reshape(covered.size, -1).any(axis=1)
    else:
        expected = np.repeat(~blanks, 1 << 2 * (order - pixel_order))
    if not np.array_equal(covered, expected):
        fail(f"Moc.fits: {np.count_nonzero(covered != expected)} cells of order {order} differ")
    if abs(float(survey.properties["moc_sky_fraction"]) - covered.mean()) > 1e-8:
        fail("moc_sky_fraction is not that of Moc.fits")


LAST_READ = {}


def read_once(path, hdu, column):
    """Reads a map; the last stays in memory, since surveys of one map stand in lists one after the other."""
    if (path, hdu, column) not in LAST_READ:
        LAST_READ.clear()
        LAST_READ[path, hdu, column] = read_map(path, hdu, column)
    return LAST_READ[path, hdu, column]


def check(args):
    """Returns what was seen of a survey that is right."""
    values, blanks, frame = read_once(args.map, args.hdu, args.column)
    survey = Survey(args.survey)
    if survey.properties["hips_frame"] != frame:
        fail(f"frame is {survey.properties['hips_frame']}, expected {frame}")
    pictures = Pictures(survey)
    check_allsky(survey, check_tiles(survey, values, blanks, pictures, args.part), pictures)
    check_moc(survey, blanks)
    return (f"order {survey.order}, width {survey.width}, {np.count_nonzero(~blanks)} pixels with values; "
            f"mean difference of greys: {pictures.finish() or 'no pictures'}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("map", nargs="?")
    parser.add_argument("survey", type=pathlib.Path, nargs="?")
    parser.add_argument("--hdu", type=int)
    parser.add_argument("--column")
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--list", type=pathlib.Path)
    args = parser.parse_args()
    wrong = False
    for one in [parser.parse_args(shlex.split(line)) for line in args.list.read_text().splitlines()] if args.list else [args]:
        try:
            print("right:", check(one), flush=True)
        except Wrong as e:
            print("WRONG:", e, flush=True)
            wrong = True
    sys.exit(wrong)


main()
