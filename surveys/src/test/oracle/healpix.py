#!/usr/bin/env python3
"""Writes the HEALPix oracle files of ../resources/oracle with healpy.

usage: python3 healpix.py   (Debian: python3-healpy; written with healpy 1.16.1, HEALPix C++ 3.82)
"""
import pathlib

import healpy as hp
import numpy as np

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "oracle"
rng = np.random.default_rng(20261122)


def pixels():
    """order, nested, ring, lon, lat (radians) and the eight neighbours SW W NW N NE E SE S."""
    with open(OUT / "healpix-pixels.tsv", "w") as f:
        f.write("# healpy %s: order nested ring lon lat neighbours[8]\n" % hp.__version__)
        for order in (0, 1, 2, 3, 5, 8, 13, 20, 28, 29):
            nside, npix = 1 << order, 12 << 2 * order
            if npix <= 192:
                nested = np.arange(npix)
            else:
                corners = [c * nside * nside + k for c in range(12)
                           for k in (0, nside * nside - 1, (nside * nside - 1) // 3, 2 * (nside * nside - 1) // 3)]
                nested = np.unique(np.concatenate([corners, rng.integers(0, npix, 60)]))
            ring = hp.nest2ring(nside, nested)
            theta, phi = hp.pix2ang(nside, nested, nest=True)
            around = hp.get_all_neighbours(nside, nested, nest=True)
            for i, n in enumerate(nested):
                f.write("%d\t%d\t%d\t%r\t%r\t%s\n" % (
                    order, n, ring[i], float(phi[i]), float(np.pi / 2 - theta[i]),
                    ",".join(str(v) for v in around[:, i])))


def points():
    """order, lon, lat (radians) and the NESTED pixel there, dense near the poles and the edges of the caps."""
    with open(OUT / "healpix-points.tsv", "w") as f:
        f.write("# healpy %s: order lon lat nested\n" % hp.__version__)
        lon = rng.uniform(0, 2 * np.pi, 120)
        lat = np.concatenate([
            np.arcsin(rng.uniform(-1, 1, 60)),
            np.pi / 2 - 10.0 ** -rng.uniform(0, 11, 25),
            -np.pi / 2 + 10.0 ** -rng.uniform(0, 11, 25),
            np.arcsin(2 / 3) + rng.uniform(-1e-6, 1e-6, 5),
            -np.arcsin(2 / 3) + rng.uniform(-1e-6, 1e-6, 5)])
        for order in (0, 3, 9, 18, 29):
            # the angle from the nearer pole keeps the digits that healpy needs
            theta = np.pi / 2 - lat
            nested = hp.ang2pix(1 << order, theta, lon, nest=True)
            for a, b, n in zip(lon, lat, nested):
                f.write("%d\t%r\t%r\t%d\n" % (order, float(a), float(b), n))


def interpolation():
    """order, lon, lat (radians) and the RING pixels around with their weights, each pixel once, ascending."""
    random = np.random.default_rng(20261124)
    with open(OUT / "healpix-interpolation.tsv", "w") as f:
        f.write("# healpy %s: order lon lat pixel:weight,...\n" % hp.__version__)
        for order in (0, 1, 2, 5, 11):
            nside = 1 << order
            near = 1e-3 / nside
            points = [(0.0, np.pi / 2), (1.0, np.pi / 2 - near), (4.0, near - np.pi / 2), (0.0, 0.0)]
            points += [(random.uniform(0, 2 * np.pi), np.arcsin(random.uniform(-1, 1))) for _ in range(40)]
            for lon, lat in points:
                around = {}
                for pixel, weight in zip(*hp.get_interp_weights(nside, np.pi / 2 - lat, lon)):
                    around[int(pixel)] = around.get(int(pixel), 0.0) + float(weight)
                f.write("%d\t%r\t%r\t%s\n" % (
                    order, float(lon), float(lat), ",".join("%d:%r" % p for p in sorted(around.items()))))


def boundary(nside, cells, step):
    return np.stack([hp.boundaries(nside, int(c), step=step, nest=True).T for c in cells])


def touching(order, inside, witnesses):
    """Brute force: a cell is touched if a point of its finely sampled boundary is inside, or it holds a witness."""
    nside = 1 << order
    cells = np.arange(12 << 2 * order)
    edges = boundary(nside, cells, 128)
    hit = inside(edges.reshape(-1, 3)).reshape(len(cells), -1).any(axis=1)
    for w in witnesses:
        hit[hp.vec2pix(nside, *w, nest=True)] = True
    return cells[hit]


def cones():
    with open(OUT / "healpix-cones.tsv", "w") as f:
        f.write("# healpy %s, boundaries sampled 128 times a side: order lon lat radius cells\n" % hp.__version__)
        for order, lon, lat, radius in [
                (0, 0.3, 0.2, 0.01), (0, 1.0, 1.2, 0.9), (1, 3.0, -1.4, 0.5), (2, 0.0, 1.57, 0.3),
                (3, 0.0, 0.0, 0.2), (3, 6.2, 0.7297, 0.05), (3, 2.5, -1.5, 0.02), (4, 4.0, 0.1, 1.0),
                (4, 1.2, 1.5, 0.3), (5, 5.5, -0.73, 0.1), (5, 0.785398, 1.570796, 0.04), (4, 0.5, 0.5, 2.9)]:
            axis = hp.ang2vec(np.pi / 2 - lat, lon)
            cells = touching(order, lambda v: np.arctan2(
                np.linalg.norm(np.cross(v, axis), axis=1), v @ axis) <= radius, [axis])
            f.write("%d\t%r\t%r\t%r\t%s\n" % (order, lon, lat, radius, ",".join(map(str, cells))))


def polygons():
    """Convex triangles and quadrangles, so that "inside" is a sign test that shares nothing with our winding number."""
    with open(OUT / "healpix-polygons.tsv", "w") as f:
        f.write("# healpy %s, boundaries sampled 128 times a side: order lon,lat;... cells\n" % hp.__version__)
        for order, corners in [
                (0, [(0.1, 0.1), (0.3, 0.1), (0.2, 0.3)]),
                (3, [(0.1, 0.1), (0.6, 0.0), (0.5, 0.5), (0.15, 0.45)]),
                (3, [(0.0, 1.3), (2.1, 1.3), (4.2, 1.3)]),
                (4, [(6.1, -0.2), (0.2, -0.3), (0.25, 0.4), (6.0, 0.5)]),
                (5, [(3.0, -1.2), (3.01, -1.2), (3.005, -1.1)]),
                (4, [(1.0, -1.0), (2.5, -1.0), (2.0, 1.0), (1.2, 0.9)])]:
            v = np.array([hp.ang2vec(np.pi / 2 - b, a) for a, b in corners])
            normals = np.cross(v, np.roll(v, -1, axis=0))
            cells = touching(order, lambda p: (p @ normals.T >= 0).all(axis=1), v)
            f.write("%d\t%s\t%s\n" % (
                order, ";".join("%r,%r" % c for c in corners), ",".join(map(str, cells))))


def frames():
    """The same directions in ICRS, galactic and mean ecliptic J2000 frames, by astropy."""
    from astropy.coordinates import BarycentricMeanEcliptic, Galactic, SkyCoord
    with open(OUT / "frames.tsv", "w") as f:
        import astropy
        f.write("# astropy %s: ra dec l b lambda beta (degrees)\n" % astropy.__version__)
        ra, dec = rng.uniform(0, 360, 40), np.degrees(np.arcsin(rng.uniform(-1, 1, 40)))
        icrs = SkyCoord(ra, dec, unit="deg")
        g = icrs.transform_to(Galactic())
        e = icrs.transform_to(BarycentricMeanEcliptic())
        for row in zip(ra, dec, g.l.deg, g.b.deg, e.lon.deg, e.lat.deg):
            f.write("\t".join("%r" % float(x) for x in row) + "\n")


pixels()
points()
cones()
polygons()
frames()
interpolation()
