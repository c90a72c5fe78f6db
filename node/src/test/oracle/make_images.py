"""Writes a folder of FITS images in all packings, with some that cannot be taken: make_images.py FOLDER."""
import bz2
import sys
import warnings
from pathlib import Path

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS

warnings.simplefilter("ignore")
SCALE = 30 / 3600
SIDE = 150


def image(ra, dec, turn, seed, kind="TAN"):
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = [f"RA---{kind}", f"DEC--{kind}"]
    wcs.wcs.crval = [ra, dec]
    wcs.wcs.crpix = [SIDE / 2 + 0.5, SIDE / 2 - 3]
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    wcs.wcs.cd = SCALE * np.array([[-cos, sin], [sin, cos]])
    header = wcs.to_header()
    header["BUNIT"] = "Jy"
    header["DATE"] = "2021-01-01"
    header["DATE-OBS"] = "2020-01-02T03:04:05"
    data = np.random.default_rng(seed).normal(100, 10, (SIDE, SIDE)).astype("f4")
    return fits.PrimaryHDU(data, header)


def compressed(hdu, **how):
    return fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(hdu.data, hdu.header, **how)])


def main(folder):
    (folder / "sub").mkdir()
    (folder / "far").mkdir()
    first = image(10, 20, 20, 1)
    first.data[40:60, 50:55] = np.nan
    first.writeto(folder / "a.fits")
    image(10.6, 20.2, -30, 2, "SIN").writeto(folder / "b.fits.gz")
    compressed(image(10.3, 19.5, 45, 3), compression_type="GZIP_2", quantize_level=0).writeto(folder / "c.fits.fz")
    image(9.6, 19.6, 0, 4).writeto(folder / "plain.fits")
    (folder / "sub" / "d.fits.bz2").write_bytes(bz2.compress((folder / "plain.fits").read_bytes()))
    (folder / "plain.fits").unlink()
    scaled = image(10.8, 19.6, 10, 5)
    scaled.data = np.round(scaled.data * 100).astype("i2")
    scaled.data[5, :] = -32768
    scaled.header["BSCALE"], scaled.header["BZERO"], scaled.header["BLANK"] = 0.01, 7.0, -32768
    compressed(scaled, compression_type="RICE_1").writeto(folder / "sub" / "e.fits.fz")
    image(200, -70, 0, 6).writeto(folder / "far" / "far.fits")
    fits.PrimaryHDU(np.zeros((5, 5))).writeto(folder / "nowcs.fits")
    (folder / "lossy.png").write_bytes(b"no picture")


main(Path(sys.argv[1]))
