"""Compares a survey of FITS images with what astropy and numpy make of the same images.

check_images.py SURVEY HOW IMAGE[,HDU]... : every pixel of the deepest FITS tiles against the images' values there, bilinear, with
blank pixels left out, put together by HOW (mean, first, last, sum, median). Pixels whose centre is nearer than 0.005 image pixels
to the border between two pixels of an image are not looked at: there rounding decides what is blank. Nor are those that are nearer
than 0.002 to the middle of a pixel, where rounding decides which neighbours count.
"""
import re
import sys
import warnings
from pathlib import Path

import healpy
import numpy as np
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS
from astropy.wcs.utils import wcs_to_celestial_frame

from hips_tree import FRAMES, keywords, nested

warnings.simplefilter("ignore")

class Image:
    def __init__(self, argument):
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

    def at(self, sky):
        """Values, and whether a centre is at the border of two pixels, and how far neighbours differ."""
        there = sky.transform_to(self.frame).spherical
        x, y = self.wcs.wcs_world2pix(there.lon.deg, there.lat.deg, 0)
        height, width = self.data.shape
        seen = np.isfinite(x) & (x >= -0.5) & (x < width - 0.5) & (y >= -0.5) & (y < height - 0.5)
        near = np.isfinite(x) & (x > -1) & (x < width) & (y > -1) & (y < height)
        off = lambda v: (np.abs(v - np.floor(v) - 0.5) < 0.005) | (np.abs(v - np.round(v)) < 0.002)
        border = near & (off(np.nan_to_num(x)) | off(np.nan_to_num(y)))
        xs, ys = np.where(seen, x, 0), np.where(seen, y, 0)
        column, row = np.floor(xs).astype(int), np.floor(ys).astype(int)
        u, v = xs - column, ys - row
        sums, weights = np.zeros(len(xs)), np.zeros(len(xs))
        low, high = np.full(len(xs), np.inf), np.full(len(xs), -np.inf)
        for i, j, weight in ((0, 0, (1 - u) * (1 - v)), (1, 0, u * (1 - v)), (0, 1, (1 - u) * v), (1, 1, u * v)):
            inside = (column + i >= 0) & (column + i < width) & (row + j >= 0) & (row + j < height)
            value = self.data[np.clip(row + j, 0, height - 1), np.clip(column + i, 0, width - 1)]
            good = inside & np.isfinite(value)
            sums += np.where(good, weight * value, 0)
            weights += np.where(good, weight, 0)
            low, high = np.where(good, np.minimum(low, value), low), np.where(good, np.maximum(high, value), high)
        own = self.data[np.clip(np.round(ys).astype(int), 0, height - 1), np.clip(np.round(xs).astype(int), 0, width - 1)]
        good = seen & np.isfinite(own) & (weights > 0)
        values = np.where(good, sums / np.where(weights > 0, weights, 1), np.nan)
        return values, border, np.where(good, high - low, 0)


def together(how, values):
    stack = np.array(values)
    any_value = np.isfinite(stack).any(axis=0)
    if how == "first" or how == "last":
        for image in values if how == "last" else values[::-1]:
            stack[0] = np.where(np.isfinite(image), image, stack[0])
        return stack[0]
    function = {"mean": np.nanmean, "sum": np.nansum, "median": np.nanmedian}[how]
    return np.where(any_value, function(stack, axis=0), np.nan)


def main(survey, how, *arguments):
    properties = keywords(survey)
    order, width = int(properties["hips_order"]), int(properties["hips_tile_width"])
    images = [Image(argument) for argument in arguments]
    inside, compared, pixels, failures = nested(width), 0, 0, []
    for tile in sorted(survey.glob(f"Norder{order}/Dir*/Npix*.fits")):
        number = int(re.search(r"Npix(\d+)", tile.name).group(1))
        lon, lat = healpy.pix2ang(width << order, number * width * width + inside, nest=True, lonlat=True)
        sky = SkyCoord(lon, lat, unit="deg", frame=FRAMES[properties["hips_frame"]])
        found = np.array(fits.getdata(tile), dtype=float).ravel()
        answers = [image.at(sky) for image in images]
        expected = together(how, [values for values, _, _ in answers])
        unsure = np.any([border for _, border, _ in answers], axis=0)
        steps = np.sum([step for _, _, step in answers], axis=0)
        wrong = ~unsure & (np.isfinite(found) != np.isfinite(expected))
        both = np.isfinite(found) & np.isfinite(expected)
        # a thousandth of a pixel along each axis and some more, and single precision
        allowed = 3e-3 * steps + 1e-6 * np.abs(np.where(both, expected, 0)) + 1e-30
        wrong |= ~unsure & both & (np.abs(np.where(both, found - expected, 0)) > allowed)
        compared += int((~unsure & both).sum())
        pixels += int(np.isfinite(found).sum())
        if wrong.any():
            at = int(np.argmax(wrong))
            failures.append(f"{tile.name}: {int(wrong.sum())} pixels differ, the first at {lon[at]:.5f} {lat[at]:.5f}: "
                            f"found {found[at]}, expected {expected[at]}")
    for failure in failures[:10]:
        print(failure)
    if failures or compared < 0.9 * pixels or not pixels:
        print(f"{len(failures)} tiles differ; compared {compared} of {pixels} pixels")
        sys.exit(1)
    print(f"{compared} pixels agree")


main(Path(sys.argv[1]), *sys.argv[2:])
