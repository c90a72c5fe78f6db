"""Writes overlapping images of one sky whose scales, levels, errors and exposures differ: make_coadd.py FOLDER."""
import sys
import warnings
from pathlib import Path

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
SCALE, WIDTH, HEIGHT = 30 / 3600, 130, 110


def sky(lon, lat):
    return 50 + 20 * np.sin(20 * lon) * np.cos(15 * lat) + 10 * np.sin(7 * (lat - lon))


def write(folder, number, ra, dec, turn):
    random = np.random.default_rng(number)
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = ["RA---TAN", "DEC--TAN"]
    wcs.wcs.crval = [ra, dec]
    wcs.wcs.crpix = [WIDTH / 2 + 0.3, HEIGHT / 2 - 0.2]
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    wcs.wcs.cd = SCALE * np.array([[-cos, sin], [sin, cos]])
    header = wcs.to_header()
    header["EXPTIME"] = 10.0 * (number + 1)
    header["FLUXCONV"] = 0.5 + 0.25 * number
    rows, columns = np.indices((HEIGHT, WIDTH))
    errors = 0.5 + random.random((HEIGHT, WIDTH)) * (1 + number)
    values = sky(*wcs.wcs_pix2world(columns, rows, 0)) + 15 * number + 0.5 * errors * random.normal(size=errors.shape)
    values /= header["FLUXCONV"]
    values[30:40, 50:60] = np.nan
    values[70, 20:30] = 1e5
    errors[10:14, :40] = 0
    errors[80, 10:90] = np.nan
    fits.writeto(folder / f"{number}.fits", values.astype("f4"), header)
    fits.writeto(folder / f"{number}.rms.fits", errors.astype("f4"), header)


def main(folder):
    folder.mkdir()
    for number, place in enumerate(((10, 20, 20), (10.5, 20.2, -30), (10.2, 19.5, 75), (9.7, 19.7, 0), (10.3, 20.0, 160))):
        write(folder, number, *place)


main(Path(sys.argv[1]))
