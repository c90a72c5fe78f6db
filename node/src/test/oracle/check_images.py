"""Compares surveys of FITS images with what astropy and numpy make of the same images.

check_images.py SURVEY HOW [OPTION]... IMAGE[,HDU]... : every pixel of the deepest FITS tiles against the images' values there, bilinear,
with blank pixels left out, put together by HOW (mean, fading, first, last, sum, median).
check_images.py --list FILE : the same for each line of a file.

Pixels whose centre is nearer than 0.005 image pixels to the border between two pixels of an image are not looked at: there rounding
decides what is blank. Nor are those that are nearer than 0.002 to the middle of a pixel, where rounding decides which neighbours count.
"""
import argparse
import re
import sys
import warnings
from itertools import combinations
from pathlib import Path

import healpy
import numpy as np
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.stats import sigma_clipped_stats
from astropy.wcs import WCS
from astropy.wcs.utils import wcs_to_celestial_frame

from hips_tree import FRAMES, keywords, nested

warnings.simplefilter("ignore")

# of the shorter side of an image: so far from its border its weight still grows
FADING = 0.25

PIXELS_AT_ONCE = 1 << 20

# of levels that were found at other places of the same images
LEVEL_ERROR = 0.1


def options(words):
    parser = argparse.ArgumentParser()
    parser.add_argument("survey", type=Path)
    parser.add_argument("how", choices=("mean", "fading", "first", "last", "sum", "median"))
    parser.add_argument("images", nargs="+")
    parser.add_argument("--nearest", action="store_true")
    parser.add_argument("--weights", help="end of the names of files with weights")
    parser.add_argument("--errors", help="end of the names of files with standard deviations")
    parser.add_argument("--weight-keyword")
    parser.add_argument("--scale", default="", help="a keyword, or 1/KEYWORD")
    parser.add_argument("--border", default="0,0,0,0", help="pixels cut at left, bottom, right, top")
    parser.add_argument("--saturated", type=float, default=np.inf)
    parser.add_argument("--levels", choices=("none", "constant", "overlaps"), default="none")
    return parser.parse_intermixed_args(words)


class Image:
    def __init__(self, argument, asked):
        name, _, hdu = argument.partition(",")
        with fits.open(name) as file:
            chosen = file[int(hdu)] if hdu else next(h for h in file if h.is_image and h.header["NAXIS"] >= 2)
            self.data = np.array(chosen.data, dtype=float)
            while self.data.ndim > 2:
                self.data = self.data[0]
            header = chosen.header.copy()
            # wcslib takes the plate solution of the Digitized Sky Survey before the cards of the standard
            for card in [card for card in header if re.match(r"AMD[XY]\d|PLT|CNPIX|PPO\d|[XY]PIXELSZ", card)]:
                del header[card]
            self.wcs = WCS(header, naxis=2)
        self.frame = wcs_to_celestial_frame(self.wcs)
        self.border = [float(side) for side in asked.border.split(",")]
        self.data[(self.data >= asked.saturated) | (self.depths() < 0)] = np.nan
        scale = header[asked.scale.split("/")[-1]] if asked.scale else 1
        scale = 1 / scale if asked.scale.startswith("1/") else scale
        self.data *= scale
        self.weights = self.weights_beside(name, asked, scale) * (header[asked.weight_keyword] if asked.weight_keyword else 1)
        self.data[~(self.weights > 0)] = np.nan
        self.nearest = asked.nearest

    def weights_beside(self, name, asked, scale):
        if not asked.weights and not asked.errors:
            return np.ones_like(self.data)
        numbers = np.array(fits.getdata(name.replace(".fits", asked.weights or asked.errors)), dtype=float)
        weights = 1 / (scale * numbers) ** 2 if asked.errors else numbers
        return np.where(np.isfinite(weights) & (weights > 0), weights, 0)

    def depth(self, x, y):
        """How many pixels a place is away from the border of what is kept."""
        height, width = self.data.shape
        left, bottom, right, top = self.border
        return np.minimum(np.minimum(x - left, width - 1 - right - x), np.minimum(y - bottom, height - 1 - top - y))

    def depths(self):
        rows, columns = np.indices(self.data.shape)
        return self.depth(columns, rows)

    def places(self, sky):
        there = sky.transform_to(self.frame).spherical
        return self.wcs.wcs_world2pix(there.lon.deg, there.lat.deg, 0)

    def at(self, sky, fading=False):
        """Values, weights, whether a centre is at the border of two pixels, and how far neighbours differ."""
        x, y = self.places(sky)
        height, width = self.data.shape
        seen = np.isfinite(x) & (x >= -0.5) & (x < width - 0.5) & (y >= -0.5) & (y < height - 0.5)
        near = np.isfinite(x) & (x > -1) & (x < width) & (y > -1) & (y < height)
        off = lambda v: (np.abs(v - np.floor(v) - 0.5) < 0.005) | (np.abs(v - np.round(v)) < 0.002)
        border = near & (off(np.nan_to_num(x)) | off(np.nan_to_num(y)))
        xs, ys = np.where(seen, x, 0), np.where(seen, y, 0)
        column, row = np.floor(xs).astype(int), np.floor(ys).astype(int)
        u, v = xs - column, ys - row
        sums, parts = np.zeros(len(xs)), np.zeros(len(xs))
        low, high = np.full(len(xs), np.inf), np.full(len(xs), -np.inf)
        for i, j, part in ((0, 0, (1 - u) * (1 - v)), (1, 0, u * (1 - v)), (0, 1, (1 - u) * v), (1, 1, u * v)):
            inside = (column + i >= 0) & (column + i < width) & (row + j >= 0) & (row + j < height)
            value = self.data[np.clip(row + j, 0, height - 1), np.clip(column + i, 0, width - 1)]
            good = inside & np.isfinite(value)
            sums += np.where(good, part * value, 0)
            parts += np.where(good, part, 0)
            low, high = np.where(good, np.minimum(low, value), low), np.where(good, np.maximum(high, value), high)
        own = np.clip(np.round(ys).astype(int), 0, height - 1), np.clip(np.round(xs).astype(int), 0, width - 1)
        good = seen & np.isfinite(self.data[own]) & (parts > 0)
        values = self.data[own] if self.nearest else sums / np.where(parts > 0, parts, 1)
        weights = np.where(good, self.weights[own], 0)
        if fading:
            weights = weights * np.clip((self.depth(xs, ys) + 1) / (FADING * min(height, width)), 1e-6, 1)
        steps = np.where(good & ~np.full(len(xs), self.nearest), high - low, 0)
        return np.where(good, values, np.nan), weights, border, steps


def find_levels(images, how):
    """What is taken away from each image: its clipped median, or constants of a least-squares fit to the overlaps, their mean 0."""
    if how == "constant":
        return [sigma_clipped_stats(i.data, sigma=3, maxiters=10, cenfunc="median", stdfunc="mad_std")[1] for i in images]
    lines, differences = [], []
    for a, b in combinations(range(len(images)), 2):
        rows, columns = np.nonzero(np.isfinite(images[a].data))
        sky = SkyCoord(*images[a].wcs.wcs_pix2world(columns, rows, 0), unit="deg", frame=images[a].frame)
        other = images[b].at(sky)[0]
        apart = (images[a].data[rows, columns] - other)[np.isfinite(other)]
        if len(apart) > 100:
            line = np.zeros(len(images))
            line[a], line[b] = 1, -1
            lines.append(np.sqrt(len(apart)) * line)
            differences.append(np.sqrt(len(apart)) * np.median(apart))
    # lstsq takes the solution of the least norm, whose mean is 0
    return np.linalg.lstsq(np.array(lines), np.array(differences), rcond=None)[0] if lines else np.zeros(len(images))


def together(how, values, weights):
    stack = np.array(values)
    any_value = np.isfinite(stack).any(axis=0)
    if how == "first" or how == "last":
        for image in values if how == "last" else values[::-1]:
            stack[0] = np.where(np.isfinite(image), image, stack[0])
        return stack[0]
    if how == "mean" or how == "fading":
        sums = np.sum(weights, axis=0)
        return np.where(sums > 0, np.sum(np.array(weights) * np.nan_to_num(stack), axis=0) / np.where(sums > 0, sums, 1), np.nan)
    function = {"sum": np.nansum, "median": np.nanmedian}[how]
    return np.where(any_value, function(stack, axis=0), np.nan)


def check(words):
    """Returns what was found wrong, or that nothing was."""
    asked = options(words)
    properties = keywords(asked.survey)
    order, width = int(properties["hips_order"]), int(properties["hips_tile_width"])
    images = [Image(argument, asked) for argument in asked.images]
    slack = 0 if asked.levels == "none" else LEVEL_ERROR
    for image, level in zip(images, find_levels(images, asked.levels) if slack else ()):
        image.data -= level
    tiles = sorted(asked.survey.glob(f"Norder{order}/Dir*/Npix*.fits"))
    count, compared, pixels, failures = max(1, PIXELS_AT_ONCE // width**2), 0, 0, []
    for some in (tiles[i : i + count] for i in range(0, len(tiles), count)):
        numbers = np.array([int(re.search(r"Npix(\d+)", tile.name).group(1)) for tile in some])
        nest = (numbers[:, None] * width * width + nested(width)).ravel()
        lon, lat = healpy.pix2ang(width << order, nest, nest=True, lonlat=True)
        sky = SkyCoord(lon, lat, unit="deg", frame=FRAMES[properties["hips_frame"]])
        found = np.concatenate([np.array(fits.getdata(tile), dtype=float).ravel() for tile in some])
        values, weights, borders, steps = zip(*(image.at(sky, asked.how == "fading") for image in images))
        expected = together(asked.how, values, weights)
        unsure = np.any(borders, axis=0)
        spread = np.nanmax(values, axis=0) - np.nanmin(values, axis=0) if asked.how == "fading" else 0
        wrong = ~unsure & (np.isfinite(found) != np.isfinite(expected))
        both = np.isfinite(found) & np.isfinite(expected)
        # a thousandth of a pixel along each axis and some more, and single precision
        allowed = 3e-3 * (np.sum(steps, axis=0) + np.nan_to_num(spread)) + 1e-6 * np.abs(np.where(both, expected, 0)) + 1e-30 + slack
        wrong |= ~unsure & both & (np.abs(np.where(both, found - expected, 0)) > allowed)
        compared += int((~unsure & both).sum())
        pixels += int(np.isfinite(found).sum())
        if wrong.any():
            at = int(np.argmax(wrong))
            failures.append(f"{some[at // width**2].name} and others: {int(wrong.sum())} pixels differ, the first at"
                            f" {lon[at]:.5f} {lat[at]:.5f}: found {found[at]}, expected {expected[at]}")
    if failures or compared < 0.9 * pixels or not pixels:
        return f"WRONG: compared {compared} of {pixels} pixels; " + "; ".join(failures[:3])
    return f"right: {compared} pixels agree"


def main(arguments):
    lines = [line.split() for line in Path(arguments[1]).read_text().splitlines()] if arguments[0] == "--list" else [arguments]
    answers = [check(line) for line in lines]
    print("\n".join(answers))
    sys.exit(any(answer.startswith("WRONG") for answer in answers))


main(sys.argv[1:])
