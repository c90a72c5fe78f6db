#!/usr/bin/env python3
"""Compares surveys that are more than the pixels of one map with what healpy and astropy make of the same input.

usage: check_composed.py frame MAP SURVEY METHOD        tiles in another frame, or finer: nearest or bilinear
       check_composed.py polarization MAP SURVEY WHAT   intensity or angle from Q and U, perhaps in another frame
       check_composed.py cube MAP SURVEY                columns of a map as channels
       check_composed.py colour MAP SURVEY COMPOSITION  three columns as red, green, blue: channels or lupton
       check_composed.py same SURVEY SURVEY             FITS tiles of two surveys, pixel for pixel
       check_composed.py inside MOC SURVEY WHOLE        a survey cut from another by a MOC

(Debian: python3-healpy, python3-astropy, python3-pil.) Prints one line and exits 0, or says what is wrong and exits 1.
"""
import pathlib
import sys
import warnings

import astropy.units as u
import healpy as hp
import numpy as np
from astropy.coordinates import BarycentricMeanEcliptic, Galactic, ICRS, SkyCoord
from astropy.io import fits
from astropy.visualization import make_lupton_rgb
from PIL import Image

warnings.simplefilter("ignore")
FRAMES = {"galactic": Galactic(), "equatorial": ICRS(), "ecliptic": BarycentricMeanEcliptic()}
LETTERS = {"G": "galactic", "C": "equatorial", "E": "ecliptic"}


def fail(message):
    print("WRONG: " + message)
    sys.exit(1)


def properties(survey):
    pairs = (line.split("=", 1) for line in open(survey / "properties", encoding="utf-8") if "=" in line)
    return {key.strip(): value.strip() for key, value in pairs}


def spread(v):
    result = np.zeros_like(v)
    for bit in range(16):
        result |= ((v >> bit) & 1) << (2 * bit)
    return result


def name(order, tile, extension, channel=0):
    suffix = "_%d" % channel if channel else ""
    return "Norder%d/Dir%d/Npix%d%s.%s" % (order, tile // 10000 * 10000, tile, suffix, extension)


def nested(survey, read, order=None, channel=0, extension="fits", planes=()):
    """The pixels of all tiles of an order in NESTED order; NaN where there is no tile."""
    facts = properties(survey)
    width = int(facts["hips_tile_width"])
    order = int(facts["hips_order"]) if order is None else order
    rows, columns = np.arange(width)[:, None], np.arange(width)[None, :]
    place = spread(width - 1 - rows) | (spread(columns) << 1)
    pixels = np.full((12 * 4 ** order * width * width,) + planes, np.nan)
    for tile in range(12 * 4 ** order):
        file = survey / name(order, tile, extension, channel)
        if file.exists():
            pixels[tile * width * width + place] = read(file)
    return pixels


def values(file):
    return fits.getdata(file).astype(float)


def colours(file):
    """Bottom line first, as FITS has it; NaN where transparent."""
    rgba = np.asarray(Image.open(file).convert("RGBA"))[::-1].astype(float)
    rgba[rgba[..., 3] == 0] = np.nan
    return rgba[..., :3]


def column(path, number):
    """Values in RING order, blanks as NaN, and the frame."""
    table = fits.open(path)[1]
    data = np.asarray(table.data.field(number), float).ravel()
    data[(data < -1.6374e30) & (data > -1.6376e30)] = np.nan
    if table.header["ORDERING"].startswith("NEST"):
        data = hp.reorder(data, n2r=True)
    return data, LETTERS[table.header.get("COORDSYS", "G").strip()]


def directions(facts, frame):
    """Colatitude and longitude, in a frame, of the pixels of a survey."""
    nside = int(facts["hips_tile_width"]) << int(facts["hips_order"])
    theta, phi = hp.pix2ang(nside, np.arange(12 * nside * nside), nest=True)
    if facts["hips_frame"] == frame:
        return theta, phi
    points = SkyCoord(phi * u.rad, (np.pi / 2 - theta) * u.rad, frame=FRAMES[facts["hips_frame"]])
    there = points.transform_to(FRAMES[frame]).spherical
    return np.pi / 2 - there.lat.rad, there.lon.rad


def compare(what, found, expected, tolerance):
    if not np.array_equal(np.isnan(found), np.isnan(expected)):
        fail("%s: blank in %d places more or less" % (what, np.sum(np.isnan(found) != np.isnan(expected))))
    worst = np.nanmax(np.abs(found - expected))
    if not worst <= tolerance:
        fail("%s: differs by %g, allowed %g" % (what, worst, tolerance))


def check_frame(path, survey, method):
    data, frame = column(path, 0)
    facts = properties(survey)
    found = nested(survey, values)
    theta, phi = directions(facts, frame)
    own = data[hp.ang2pix(hp.get_nside(data), theta, phi)]
    header = fits.getheader(next(survey.glob("Norder0/Dir0/*.fits")))
    step = header.get("BSCALE", 0) / 2
    if method == "nearest":
        # a pixel whose centre lies on an edge of the map's own may fall either way
        wrong = np.mean(~((np.abs(found - own) <= step + 1e-6 * np.abs(own)) | (np.isnan(found) & np.isnan(own))))
        if wrong > 1e-3:
            fail("frame: %g of the pixels are not the nearest" % wrong)
        return
    pixels, weights = hp.get_interp_weights(hp.get_nside(data), theta, phi)
    around = data[pixels]
    weights = np.where(np.isnan(around), 0, weights)
    expected = np.nansum(np.where(np.isnan(around), 0, around) * weights, axis=0) / np.sum(weights, axis=0)
    expected[np.isnan(own)] = np.nan
    edge = np.isnan(found) != np.isnan(expected)
    if np.mean(edge) > 1e-3:
        fail("frame: %d pixels blank that should not be, or the other way" % np.sum(edge))
    found[edge] = expected[edge] = np.nan
    compare("frame", found, expected, step + 2e-6 * np.nanmax(np.abs(expected)))


def check_polarization(path, survey, what):
    q, frame = column(path, 1)
    v = column(path, 2)[0]
    facts = properties(survey)
    found = nested(survey, values)
    if what == "intensity":
        places = directions(facts, frame)
        expected = np.hypot(hp.get_interp_val(q, *places), hp.get_interp_val(v, *places))
        compare("intensity", found, expected, 1e-6 * expected.max())
        return
    if facts["hips_frame"] != frame:
        letter = {word: letter for letter, word in LETTERS.items()}
        turn = hp.Rotator(coord=[letter[frame], letter[facts["hips_frame"]]])
        q, v = turn.rotate_map_pixel([np.zeros_like(q), q, v])[1:]
    q, v = hp.reorder(q, r2n=True), hp.reorder(v, r2n=True)
    # HEALPix counts angles the other way than the IAU
    difference = (found - np.degrees(np.arctan2(-v, q)) / 2 + 90) % 180 - 90
    strong = np.hypot(q, v) > np.median(np.hypot(q, v)) / 10
    if np.abs(difference[strong]).max() > 0.01:
        fail("angle: differs by %g degrees" % np.abs(difference[strong]).max())


def check_cube(path, survey):
    table = fits.open(path)[1]
    if int(properties(survey)["hips_cube_depth"]) != len(table.columns):
        fail("cube: hips_cube_depth = " + properties(survey)["hips_cube_depth"])
    for channel in range(len(table.columns)):
        data = hp.reorder(column(path, channel)[0], r2n=True)
        compare("channel %d" % channel, nested(survey, values, channel=channel), data, 0)
        means = np.nanmean(data.reshape(-1, 4), axis=1)
        order = int(properties(survey)["hips_order"]) - 1
        parents = nested(survey, values, order=order, channel=channel)
        compare("parents of channel %d" % channel, parents, means, 1e-6 * np.nanmax(np.abs(means)))
        for extension in ("fits", "png"):
            suffix = "_%d" % channel if channel else ""
            if not (survey / ("Norder3/Allsky%s.%s" % (suffix, extension))).exists():
                fail("channel %d has no Allsky.%s" % (channel, extension))


def check_colour(path, survey, composition):
    facts = properties(survey)
    data = []
    for channel, key in enumerate(("hips_rgb_red", "hips_rgb_green", "hips_rgb_blue")):
        low, high, stretch = facts[key].rsplit("[", 1)[1].rstrip("]").split()
        if stretch != "asinh":
            fail("colour: stretch " + stretch)
        plane = hp.reorder(column(path, channel)[0], r2n=True)
        data.append((plane - float(low)) / (float(high) - float(low)))
    place = np.stack(data, axis=1)
    blank = np.all(np.isnan(place), axis=1)
    place = np.maximum(np.nan_to_num(place, nan=0), 0)
    if composition == "lupton":
        # asinh(10 I)/asinh(10), in the parameters of astropy: its curve has a slope that follows from Q
        k = 10.0
        q = 10 * np.sinh(np.arcsinh(k) / 10)
        expected = make_lupton_rgb(*place.T[:, None, :], minimum=0, stretch=q / k, Q=q)[0].astype(float)
    else:
        expected = np.floor(np.arcsinh(10 * np.minimum(place, 1)) / np.arcsinh(10) * 255 + 0.5)
    expected[blank] = np.nan
    found = nested(survey, colours, extension="png", planes=(3,))
    compare("colour", found, expected, 1)


def check_same(first, second):
    facts = properties(first)
    for order in range(int(facts["hips_order"]) + 1):
        compare("order %d" % order, nested(second, values, order=order), nested(first, values, order=order), 0)


def check_inside(moc, survey, whole):
    facts = properties(survey)
    table = fits.open(moc)[1]
    uniq = np.asarray(table.data.field(0)).ravel()
    theta, phi = directions(facts, LETTERS[table.header.get("COORDSYS", "C").strip()])
    inside = np.zeros(len(theta), bool)
    orders = (np.log2(uniq // 4) / 2).astype(int)
    for order in np.unique(orders):
        cells = uniq[orders == order] - 4 * 4 ** int(order)
        inside |= np.isin(hp.ang2pix(1 << int(order), theta, phi, nest=True), cells)
    expected = nested(whole, values)
    expected[~inside] = np.nan
    compare("inside", nested(survey, values), expected, 0)
    if not 0 < np.mean(inside) < 1:
        fail("inside: the MOC cuts nothing")


kind, paths = sys.argv[1], sys.argv[2:]
arguments = [pathlib.Path(p) for p in paths[:2]] + paths[2:]
if kind == "inside":
    arguments[2] = pathlib.Path(arguments[2])
globals()["check_" + kind](*arguments)
print("right: " + kind)
