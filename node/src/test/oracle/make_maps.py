#!/usr/bin/env python3
"""Writes small HEALPix maps of many kinds with healpy and astropy, so that maps, too, come from somebody else's hand.

usage: make_maps.py FOLDER    (Debian: python3-healpy, python3-astropy)
"""
import pathlib
import sys

import healpy as hp
import numpy as np
from astropy.io import fits

folder = pathlib.Path(sys.argv[1])
rng = np.random.default_rng(1)


def sky(nside):
    lon, lat = hp.pix2ang(nside, np.arange(12 * nside * nside), lonlat=True)
    return 10 / (1 + np.abs(lat)) + np.cos(np.radians(lon)) + rng.normal(0, 0.1, lon.size)


def write(name, values, **options):
    hp.write_map(str(folder / name), values, overwrite=True, **options)


plain = sky(64)
masked = plain.copy()
masked[rng.random(plain.size) < 0.4] = hp.UNSEEN
patch = np.full(plain.size, hp.UNSEEN)
patch[hp.query_disc(64, hp.ang2vec(80, 60, lonlat=True), np.radians(9))] = 3.5
write("ring.fits", plain, coord="G", dtype=np.float32)
write("nested.fits", hp.reorder(plain, r2n=True), nest=True, coord="C", dtype=np.float64)
write("masked.fits", masked, coord="E", dtype=np.float32)
write("packed.fits.gz", masked, coord="C", dtype=np.float32)
write("partial-ring.fits", patch, partial=True, coord="G", dtype=np.float32)
write("partial-nested.fits", hp.reorder(patch, r2n=True), partial=True, nest=True, coord="C", dtype=np.float64)
write("polarised.fits", [plain, plain * 0.1, -plain], coord="G", dtype=np.float32, column_units="K_CMB")
write("tiny.fits", np.arange(48.0), coord="C", dtype=np.float32)
for bits, kind in ((16, np.int16), (32, np.int32), (64, np.int64)):
    write(f"int{bits}.fits", (plain * 100).astype(kind), coord="C", dtype=kind)

uniq = np.concatenate([4 + np.arange(4, 12), 4 * 4 ** 2 + np.arange(64), 4 * 4 ** 1 + np.arange(0, 0)])
columns = [fits.Column("UNIQ", "K", array=uniq), fits.Column("DENSITY", "D", array=rng.random(uniq.size), unit="sr-1")]
table = fits.BinTableHDU.from_columns(columns)
for key, value in (("PIXTYPE", "HEALPIX"), ("ORDERING", "NUNIQ"), ("COORDSYS", "C"), ("MOCORDER", 2), ("INDXSCHM", "EXPLICIT")):
    table.header[key] = value
fits.HDUList([fits.PrimaryHDU(), table]).writeto(folder / "multiorder.fits", overwrite=True)
