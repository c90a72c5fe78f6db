"""Writes a RING float32 all-sky map: a red spectrum of structure with noise, the same in every run.

usage: make_map.py NSIDE FILE.fits   (needs healpy)
"""
import sys

import healpy
import numpy

nside, path = int(sys.argv[1]), sys.argv[2]
random = numpy.random.default_rng(1)
numpy.random.seed(1)  # healpy.synfast draws from here
ell = numpy.arange(1, 700)
spectrum = numpy.concatenate([[0], ell**-2.4])
sky = healpy.ud_grade(healpy.synfast(spectrum, 512), nside)
sky += 0.02 * random.standard_normal(sky.size)
healpy.write_map(path, sky.astype(numpy.float32), coord="G", dtype=numpy.float32, overwrite=True)
