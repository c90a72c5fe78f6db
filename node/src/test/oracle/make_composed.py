#!/usr/bin/env python3
"""Writes maps for the tests of composed surveys into a folder, with healpy.

usage: make_composed.py FOLDER
"""
import pathlib
import sys

import healpy as hp
import numpy as np
from astropy.io import fits

folder = pathlib.Path(sys.argv[1])
random = np.random.default_rng(20261124)


def sky(nside, seed):
    """A smooth sky with a plane, structure down to some pixels."""
    np.random.seed(seed)
    multipole = np.arange(3 * nside)
    alm = hp.synfast(np.exp(-((multipole / nside) ** 2)), nside)
    theta, _ = hp.pix2ang(nside, np.arange(12 * nside * nside))
    return alm * 5 + 20 / (0.1 + np.abs(np.pi / 2 - theta))


stokes = [sky(32, seed).astype(np.float32) for seed in (1, 2, 3)]
stokes[1] -= 40
stokes[2] -= 30
hp.write_map(folder / "stokes.fits", stokes, coord="G", column_names=["I_STOKES", "Q_STOKES", "U_STOKES"], dtype=np.float32)
holes = sky(32, 4).astype(np.float32)
holes[5000:5600] = hp.UNSEEN
hp.write_map(folder / "holes.fits", holes, coord="G", dtype=np.float32)
hp.write_map(folder / "counts.fits", (sky(32, 5) * 10).astype(np.int32), coord="C", dtype=np.int32)

cells = hp.query_disc(32, hp.ang2vec(200, 30, lonlat=True), np.radians(25), nest=True)
uniq = fits.BinTableHDU.from_columns([fits.Column("UNIQ", "1J", array=(cells + 4 * 4 ** 5).astype(np.int32))])
uniq.header.update(PIXTYPE="HEALPIX", ORDERING="NUNIQ", COORDSYS="C", MOCORDER=5)
uniq.writeto(folder / "moc.fits")
