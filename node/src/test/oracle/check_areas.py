"""Compares a survey of FITS images, sampled by area, with sub-pixels that astropy and numpy look up one by one.

check_areas.py SURVEY IMAGE[,HDU[,WEIGHTS]]... : some pixels of the deepest FITS tiles that lie wholly in images, against the weighted
mean of 32 x 32 sub-pixels, each with the value of the image's pixel that holds it (Fruchter & Hook 2002, eq. 4 and 5).
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
FINER, MOST = 5, 200


class Image:
    def __init__(self, argument):
        name, hdu, weights = (argument.split(",") + ["0", ""])[:3] if "," in argument else (argument, "0", "")
        with fits.open(name) as file:
            self.data = np.array(file[int(hdu)].data, dtype=float)
            self.weights = np.array(file[int(weights)].data, dtype=float) if weights else np.ones_like(self.data)
            self.wcs = WCS(file[int(hdu)].header, naxis=2)
        self.frame = wcs_to_celestial_frame(self.wcs)

    def at(self, sky):
        """Values and weights; a weight is 0 where there is no value."""
        there = sky.transform_to(self.frame).spherical
        x, y = self.wcs.wcs_world2pix(there.lon.deg, there.lat.deg, 0)
        height, width = self.data.shape
        seen = np.isfinite(x) & (x >= -0.5) & (x < width - 0.5) & (y >= -0.5) & (y < height - 0.5)
        column, row = np.round(np.where(seen, x, 0)).astype(int), np.round(np.where(seen, y, 0)).astype(int)
        values, weights = self.data[row, column], self.weights[row, column]
        good = seen & np.isfinite(values) & (weights > 0)
        return np.where(good, values, 0), np.where(good, weights, 0)


def main(survey, *arguments):
    properties = keywords(survey)
    order, width = int(properties["hips_order"]), int(properties["hips_tile_width"])
    images, inside = [Image(argument) for argument in arguments], nested(width)
    errors = []
    for tile in sorted(survey.glob(f"Norder{order}/Dir*/Npix*.fits")):
        number = int(re.search(r"Npix(\d+)", tile.name).group(1))
        found = np.array(fits.getdata(tile), dtype=float).ravel()
        seen = np.flatnonzero(np.isfinite(found))
        some = seen[:: max(1, len(seen) // MOST)]
        pixels = number * width * width + inside[some]
        parts = (pixels[:, None] << (2 * FINER)) + np.arange(1 << (2 * FINER))[None, :]
        lon, lat = healpy.pix2ang((width << order) << FINER, parts.ravel(), nest=True, lonlat=True)
        sky = SkyCoord(lon, lat, unit="deg", frame=FRAMES[properties["hips_frame"]])
        sums, weights = np.zeros(parts.shape), np.zeros(parts.shape)
        low, high = np.full(len(some), np.inf), np.full(len(some), -np.inf)
        for image in images:
            v, w = (array.reshape(parts.shape) for array in image.at(sky))
            sums, weights = sums + v * w, weights + w
            low = np.minimum(low, np.where(w > 0, v, np.inf).min(axis=1))
            high = np.maximum(high, np.where(w > 0, v, -np.inf).max(axis=1))
        whole = (weights > 0).all(axis=1)
        expected = sums.sum(axis=1)[whole] / weights.sum(axis=1)[whole]
        scale = (high - low)[whole] + 1e-5 * np.abs(expected) + 1e-30
        errors.extend((found[some][whole] - expected) / scale)
    errors = np.array(errors)
    # a line through 32 x 32 sub-pixels is off by about a hundredth of them
    if len(errors) < 100 or np.abs(errors).max() > 0.05 or np.sqrt((errors**2).mean()) > 0.01:
        print(f"{len(errors)} pixels, errors {np.sqrt((errors ** 2).mean()) if len(errors) else 0:.4f} rms,"
              f" {np.abs(errors).max() if len(errors) else 0:.4f} at most, of the values' range")
        sys.exit(1)
    print(f"{len(errors)} pixels agree, {np.sqrt((errors ** 2).mean()):.4f} rms of the values' range")


main(Path(sys.argv[1]), *sys.argv[2:])
