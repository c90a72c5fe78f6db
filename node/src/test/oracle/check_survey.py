#!/usr/bin/env python3
"""Compares a survey with the HEALPix map that it was made from, by healpy and astropy only.

usage: check_survey.py MAP SURVEY [--hdu N] [--column NAME]    (Debian: python3-healpy, python3-astropy)

Checks that the deepest tiles are the map pixel for pixel and blank for blank, that parents are the mean of their non-blank
children, that the WCS of tiles puts pixels where HEALPix does, that DATASUM and CHECKSUM belong to the bytes, that Allsky
blocks lie where the standard says, that Moc.fits covers just the cells with data, and that the frame is right.
Prints one line and exits 0, or names the first thing that is wrong and exits 1.
"""
import argparse
import pathlib
import sys
import warnings

import healpy as hp
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
FRAMES = {"G": "galactic", "GALACTIC": "galactic", "C": "equatorial", "CEL": "equatorial", "E": "ecliptic"}
UNSEEN = (-1.6376e30, -1.6374e30)


def fail(message):
    print("WRONG: " + message)
    sys.exit(1)


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

    def path(self, order, index):
        return self.folder / f"Norder{order}/Dir{index // 10000 * 10000}/Npix{index}.fits"

    def tile(self, order, index):
        """Returns the pixels of a tile, blanks as NaN where floating, and its mask; None if there is no such tile."""
        path = self.path(order, index)
        if not path.exists():
            return None
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            hdu = fits.open(path, checksum=True, do_not_scale_image_data=True)[0]
            data = hdu.data
        if any("erification failed" in str(w.message) for w in caught):
            fail(f"{path}: checksum")
        mask = ~np.isfinite(data) if data.dtype.kind == "f" else (
            data == hdu.header["BLANK"] if "BLANK" in hdu.header else np.zeros(data.shape, bool))
        return data, mask, hdu.header


def check_wcs(survey, header, order, index):
    lon, lat = WCS(header).wcs_pix2world(survey.columns.ravel(), survey.rows.ravel(), 0)
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


def check_tiles(survey, values, blanks):
    """Returns the tiles of order 3, or the deepest if that is less."""
    width, order = survey.width, survey.order
    repeat = 2 * int(np.log2((width << order) / hp.npix2nside(values.size)))
    above, kept = {}, {}
    for o in range(order, -1, -1):
        here = {}
        for index in range(12 << 2 * o):
            tile = survey.tile(o, index)
            if o == order:
                pixels = (index * width ** 2 + survey.nested) >> repeat
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
            if o == order and not np.array_equal(data[~mask], expected[~mask]):
                fail(f"{survey.path(o, index)}: pixels differ from the map")
            if o < order:
                if data.dtype.kind == "f":
                    good = np.allclose(data[~mask], expected[~mask].astype(data.dtype), rtol=1e-6, atol=0)
                else:
                    good = np.abs(data[~mask] - expected[~mask]).max() <= 0.5
                if not good:
                    fail(f"{survey.path(o, index)}: is not the mean of its children")
            if index % max(1, (12 << 2 * o) // 24) == 0:
                check_wcs(survey, header, o, index)
            here[o, index] = data, found
            if o == min(3, order):
                kept[index] = data, found
        above = here
    return kept


def check_allsky(survey, tiles):
    path = survey.folder / "Norder3/Allsky.fits"
    if survey.order < 3:
        return
    data = fits.open(path, checksum=True, do_not_scale_image_data=True)[0].data
    block = min(64, survey.width)
    if data.shape != (29 * block, 27 * block):
        fail(f"{path} has shape {data.shape}")
    for index, (tile, mask) in tiles.items():
        top = data.shape[0] - (index // 27 + 1) * block
        found = data[top:top + block, index % 27 * block:(index % 27 + 1) * block]
        factor = survey.width // block
        if factor == 1:
            same = np.array_equal(found[~mask], tile[~mask])
        else:
            groups = tile.reshape(block, factor, block, factor).astype(float)
            low, high = np.nanmin(groups, axis=(1, 3)), np.nanmax(groups, axis=(1, 3))
            inside = (found >= low - 1e-6 * np.abs(low)) & (found <= high + 1e-6 * np.abs(high))
            same = (inside | np.isnan(low)).all()
        if not same:
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("map")
    parser.add_argument("survey", type=pathlib.Path)
    parser.add_argument("--hdu", type=int)
    parser.add_argument("--column")
    args = parser.parse_args()
    values, blanks, frame = read_map(args.map, args.hdu, args.column)
    survey = Survey(args.survey)
    if survey.properties["hips_frame"] != frame:
        fail(f"frame is {survey.properties['hips_frame']}, expected {frame}")
    if survey.width << survey.order != max(8, hp.npix2nside(values.size)):
        fail("tile width times 2^order is not nside")
    check_allsky(survey, check_tiles(survey, values, blanks))
    check_moc(survey, blanks)
    print(f"right: order {survey.order}, width {survey.width}, {np.count_nonzero(~blanks)} pixels with values")


main()
