#!/usr/bin/env python3
"""Makes overlapping images of a known sky, and compares surveys of them with that sky.

make_images.py make FOLDER COUNT    COUNT images of 1024 x 1024 pixels of 1 arcsec, turned and shifted, in rows that overlap by a fifth
make_images.py error SURVEY         rms and largest difference of the deepest FITS tiles from the sky, and of how many pixels
"""
import re
import sys
from pathlib import Path

import healpy
import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[3] / "node/src/test/oracle"))
from hips_tree import nested  # noqa: E402

SIDE, SCALE, RA, DEC = 1024, 1 / 3600, 150.0, 20.0


def sky(lon, lat):
    """Smooth everywhere: waves of 8 to 60 arcsec, so that interpolation shows, and a level of 100."""
    x, y = (lon - RA) * np.cos(np.radians(DEC)) * 3600, (lat - DEC) * 3600
    value = np.full(np.shape(x), 100.0)
    for length, angle, height in ((8, 0.3, 2), (13, 1.2, 4), (24, 2.0, 8), (60, 2.9, 16)):
        value += height * np.sin(2 * np.pi * (x * np.cos(angle) + y * np.sin(angle)) / length)
    return value


def make(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    columns = int(np.ceil(np.sqrt(count)))
    rows, place = np.mgrid[0:SIDE, 0:SIDE]
    for number in range(count):
        column, row = number % columns - columns / 2, number // columns - columns / 2
        dec = DEC + row * 0.8 * SIDE * SCALE
        wcs = WCS(naxis=2)
        wcs.wcs.ctype = "RA---TAN", "DEC--TAN"
        wcs.wcs.crval = RA + column * 0.8 * SIDE * SCALE / np.cos(np.radians(dec)), dec
        wcs.wcs.crpix = SIDE / 2 + 0.37 * (number % 3), SIDE / 2 + 0.21 * (number % 5)
        turn = np.radians(7 * (number % 4))
        matrix = SCALE * np.array([[-np.cos(turn), np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        wcs.wcs.cd = matrix
        lon, lat = wcs.wcs_pix2world(place.ravel(), rows.ravel(), 0)
        header = wcs.to_header()
        # as CD, for Hipsgen takes astropy's CDELT of 1 for the size of a pixel
        for key in ("PC1_1", "PC1_2", "PC2_1", "PC2_2", "CDELT1", "CDELT2"):
            header.pop(key, None)
        header.update({f"CD{i + 1}_{j + 1}": matrix[i, j] for i in (0, 1) for j in (0, 1)})
        header["RADESYS"] = "ICRS"
        fits.writeto(folder / f"{number:05d}.fits", sky(lon, lat).reshape(SIDE, SIDE).astype(">f4"), header, overwrite=True)


def error(survey):
    order = max(int(folder.name[6:]) for folder in survey.glob("Norder*") if folder.name[6:].isdigit())
    squares, largest, count = 0.0, 0.0, 0
    for tile in sorted(survey.glob(f"Norder{order}/Dir*/Npix*.fits")):
        found = np.array(fits.getdata(tile), dtype=float)
        width = found.shape[0]
        number = int(re.search(r"Npix(\d+)", tile.name).group(1))
        lon, lat = healpy.pix2ang(width << order, number * width * width + nested(width), nest=True, lonlat=True)
        off = (found.ravel() - sky(lon, lat))[np.isfinite(found.ravel())]
        squares, count = squares + (off**2).sum(), count + len(off)
        largest = max(largest, np.abs(off).max(initial=0))
    print(f"{np.sqrt(squares / max(1, count)):.5f} rms\t{largest:.4f} at most\t{count} pixels\torder {order}")


if sys.argv[1] == "make":
    make(Path(sys.argv[2]), int(sys.argv[3]))
else:
    error(Path(sys.argv[2]))
