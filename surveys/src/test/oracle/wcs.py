#!/usr/bin/env python3
"""Writes the WCS oracle files of ../resources/oracle with astropy.wcs.

usage: python3 wcs.py [DATA]   (Debian: python3-astropy; written with astropy 5.2.1, WCSLIB 7.12)

DATA is the folder of the real files, ../shared/data beside the project; without it their table is left as it is.
"""
import pathlib
import sys
import warnings

import astropy
import numpy as np
from astropy.coordinates import FK4, FK5, ICRS, FK4NoETerms, SkyCoord, Supergalactic
from astropy.io import fits
from astropy.time import Time
from astropy.wcs import WCS, _wcs

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "oracle"
MADE_WITH = "astropy %s, WCSLIB %s" % (astropy.__version__, _wcs.__version__)
rng = np.random.default_rng(20261128)
warnings.simplefilter("ignore")


def uniform(low, high):
    return float(rng.uniform(low, high))


def conic():
    theta = uniform(20, 70) * rng.choice([-1, 1])
    return {"PV2_1": theta, "PV2_2": float(rng.choice([0, uniform(0, 18)]))}


# parameters of each projection, and how many degrees of the sky an image may span
PROJECTIONS = {
    "AZP": (lambda: {"PV2_1": float(rng.choice([0, uniform(0, 0.9), uniform(1.5, 6)])), "PV2_2": uniform(-35, 35)}, 80),
    "SZP": (lambda: {"PV2_1": uniform(1.5, 5), "PV2_2": uniform(0, 360), "PV2_3": uniform(50, 90)}, 80),
    "TAN": (dict, 120),
    "STG": (dict, 300),
    "SIN": (lambda: rng.choice([{}, {"PV2_1": uniform(-1, 1), "PV2_2": uniform(-1, 1)}]), 100),
    "ARC": (dict, 400),
    "ZPN": (lambda: {"PV2_1": uniform(0.8, 1.2), "PV2_2": uniform(-0.1, 0.1), "PV2_3": uniform(-0.2, 0.2),
                     "PV2_5": uniform(-0.05, 0.05)}, 150),
    "ZEA": (dict, 250),
    "CYP": (lambda: {"PV2_1": uniform(0.5, 2), "PV2_2": uniform(0.5, 1)}, 360),
    "CEA": (lambda: rng.choice([{}, {"PV2_1": uniform(0.3, 1)}]), 360),
    "CAR": (dict, 360),
    "MER": (dict, 360),
    "SFL": (dict, 360),
    "PAR": (dict, 360),
    "MOL": (dict, 360),
    "AIT": (dict, 360),
    "COP": (conic, 150),
    "COE": (conic, 200),
    "COD": (conic, 200),
    "COO": (conic, 150),
    "BON": (lambda: {"PV2_1": uniform(10, 80) * rng.choice([-1, 1])}, 300),
    "PCO": (dict, 300),
    "HPX": (lambda: rng.choice([{}, {"PV2_1": 4.0, "PV2_2": 3.0}, {"PV2_1": 6.0, "PV2_2": 3.0}, {"PV2_1": 3.0, "PV2_2": 4.0}]), 360),
    "XPH": (dict, 360),
}


def sky_names():
    return [("RA---", "DEC--"), ("GLON-", "GLAT-"), ("ELON-", "ELAT-")][rng.integers(3)]


def base(code, span, whole):
    """An image of 1000 × 1000 pixels that spans at most some degrees; a whole one spans them all."""
    lon, lat = sky_names()
    scale = span / 1000 if whole else 10 ** uniform(np.log10(1 / 3600), np.log10(span / 1000))
    return {
        "NAXIS": 2, "NAXIS1": 1000, "NAXIS2": 1000, "CTYPE1": lon + code, "CTYPE2": lat + code,
        "CRPIX1": 500.5 if whole else uniform(-200, 1200), "CRPIX2": 500.5 if whole else uniform(-200, 1200),
        "CDELT1": -scale, "CDELT2": scale, "CRVAL1": uniform(0, 360), "CRVAL2": uniform(-90, 90)}


def turned(cards):
    angle = np.radians(uniform(0, 360))
    cards.update({"PC1_1": float(np.cos(angle)), "PC1_2": float(-np.sin(angle)) * uniform(0.9, 1.1),
                  "PC2_1": float(np.sin(angle)), "PC2_2": float(np.cos(angle))})
    return cards


def usual():
    """Of each projection: plain, turned, with an odd LONPOLE, and all of the sky that it shows."""
    for code, (parameters, span) in PROJECTIONS.items():
        for kind in ("plain", "turned", "lonpole", "whole", "whole-plain"):
            cards = base(code, span, kind.startswith("whole"))
            cards.update(parameters())
            if kind in ("turned", "whole"):
                turned(cards)
            if kind in ("lonpole", "whole"):
                cards["LONPOLE"] = uniform(-180, 180)
                cards["LATPOLE"] = uniform(-90, 90)
                cards["CRVAL2"] *= 0.4
            if kind == "whole-plain":
                cards["CRVAL2"] = 0.0
            yield code + "-" + kind, cards


def sip(cards):
    order = int(rng.integers(2, 5))
    for name in "AB":
        cards[name + "_ORDER"] = order
        for p in range(order + 1):
            for q in range(order + 1 - p):
                if p + q > 1:
                    cards["%s_%d_%d" % (name, p, q)] = uniform(-1, 1) * 10 * 1000.0 ** -(p + q)
    return cards


def tpv(cards):
    # with CDELT, WCSLIB puts the polynomials before it, where nobody wrote them for
    scale = {1: cards.pop("CDELT1"), 2: cards.pop("CDELT2")}
    for i in (1, 2):
        for j in (1, 2):
            cards["CD%d_%d" % (i, j)] = scale[i] * cards.pop("PC%d_%d" % (i, j))
    for axis in (1, 2):
        cards["PV%d_0" % axis] = uniform(-1e-3, 1e-3)
        cards["PV%d_1" % axis] = uniform(0.98, 1.02)
        cards["PV%d_2" % axis] = uniform(-0.02, 0.02)
        for m in range(3, int(rng.choice([7, 12, 24, 40]))):
            cards["PV%d_%d" % (axis, m)] = uniform(-1, 1) * 1e-3
    return cards


def odd():
    """What is not a projection: other forms of the matrix, distortions, old codes, axes elsewhere, units."""
    for i in range(6):
        cards = base("TAN-SIP", 1, False)
        cards["CRPIX1"], cards["CRPIX2"] = 500.5, 480.25
        yield "SIP-%d" % i, sip(turned(cards))
        yield "%s-%d" % ("TPV" if i < 4 else "SCAMP", i), tpv(turned(base("TPV", 1.5, True)))
    for i in range(3):
        cards = base("TAN", 10, False)
        cards["CROTA2"] = uniform(0, 360)
        cards["CDELT2"] *= 1.3
        yield "CROTA-%d" % i, cards
        cards = base("STG", 10, False)
        scale = abs(cards.pop("CDELT1"))
        del cards["CDELT2"]
        for name in ("CD1_1", "CD1_2", "CD2_1", "CD2_2"):
            cards[name] = uniform(-1, 1) * scale
        if i == 2:
            del cards["CD1_1"]
        yield "CD-%d" % i, cards
        cards = base("NCP", 10, False)
        cards["CTYPE1"], cards["CTYPE2"] = "RA---NCP", "DEC--NCP"
        cards["CRVAL2"] = uniform(20, 80)
        yield "NCP-%d" % i, cards
        cards = base("GLS", 60, False)
        yield "GLS-%d" % i, cards
        cards = base("ZEA", 40, False)
        cards["PV1_1"], cards["PV1_2"] = uniform(-50, 50), uniform(40, 80)
        cards["CRVAL2"] = uniform(-20, 20)
        if i == 1:
            cards["PV1_0"] = 1.0
        if i == 2:
            cards["PV1_3"], cards["PV1_4"] = uniform(100, 140), uniform(-90, 90)
        yield "PV1-%d" % i, cards
        cards = base("CAR", 90, False)
        cards["PV1_0"], cards["PV1_1"], cards["PV1_2"] = float(i > 0), uniform(-20, 20), uniform(-20, 20)
        yield "PV1-CAR-%d" % i, cards
        cards = base("ARC", 30, False)
        for keyword in ("CTYPE", "CRVAL", "CDELT"):
            cards[keyword + "1"], cards[keyword + "2"] = cards[keyword + "2"], cards[keyword + "1"]
        yield "latitude-first-%d" % i, turned(cards)
        cards = base("SIN", 5, False)
        cards.update({"NAXIS": 4, "NAXIS3": 1, "NAXIS4": 1, "CTYPE3": "FREQ", "CRVAL3": 1.4e9, "CDELT3": 1e6, "CRPIX3": 1.0,
                      "CTYPE4": "STOKES", "CRVAL4": 1.0, "CDELT4": 1.0, "CRPIX4": 1.0})
        yield "radio-%d" % i, cards
        cards = base("TAN", 5, False)
        for keyword in ("CTYPE", "CRVAL", "CDELT", "CRPIX"):
            cards[keyword + "3"] = cards.pop(keyword + "2")
            cards[keyword + "2"] = cards.pop(keyword + "1")
        cards.update({"NAXIS": 3, "NAXIS1": 7, "NAXIS3": 1000, "CTYPE1": "WAVE", "CRVAL1": 1e-6, "CDELT1": 1e-9, "CRPIX1": 1.0})
        yield "cube-%d" % i, cards
        cards = base("AIT", 20, False)
        unit, size = [("arcsec", 3600), ("arcmin", 60), ("rad", np.pi / 180)][i]
        for keyword in ("CDELT1", "CDELT2", "CRVAL1", "CRVAL2"):
            cards[keyword] = float(cards[keyword] * size)
        cards["CUNIT1"] = cards["CUNIT2"] = unit
        yield "unit-" + unit, cards
        cards = base("CAR", 60, False)
        cards["CTYPE1"], cards["CTYPE2"] = "CRLN-CAR", "CRLT-CAR"
        yield "carrington-%d" % i, cards
    for code in ("CAR", "SFL", "COD", "TAN", "ZEA"):
        for lat in (90.0, -90.0, 0.0):
            cards = base(code, 50, False)
            cards["CRVAL2"] = lat
            if code == "COD":
                cards["PV2_1"] = 45.0
            yield "%s-at-%d" % (code, lat), cards


def wcs_of(cards):
    header = fits.Header()
    for keyword, value in cards.items():
        header[keyword] = value
    return WCS(header).celestial


def random_sky(count):
    return np.degrees(rng.uniform(0, 2 * np.pi, count)), np.degrees(np.arcsin(rng.uniform(-1, 1, count)))


def row(*values):
    return "\t".join(v if isinstance(v, str) else repr(float(v)) for v in values) + "\n"


def images():
    """H name keyword=value|..., then P x y lon lat: pixel to sky, and S lon lat x y: sky to pixel (degrees; nan where nothing is).

    X is a header that WCSLIB refuses since LONPOLE cannot be where it says.
    """
    with open(OUT / "wcs.tsv", "w") as f:
        f.write("# %s: H name cards, P x y lon lat, S lon lat x y\n" % MADE_WITH)
        for name, cards in list(usual()) + list(odd()):
            cards = {k: v.item() if hasattr(v, "item") else v for k, v in cards.items()}
            try:
                wcs = wcs_of(cards)
                write_points(f, name, cards, wcs)
            except Exception as e:
                if "these values of phip" not in str(e):
                    raise
                f.write("X\t%s\t%s\n" % (name, joined(cards)))


def joined(cards):
    return "|".join("%s=%s" % (k, v if isinstance(v, str) else repr(v)) for k, v in cards.items())


def write_points(f, name, cards, wcs):
    x, y = rng.uniform(0.5, 1000.5, 6), rng.uniform(0.5, 1000.5, 6)
    # latitude first or not: the order of the header's axes
    sky = wcs.all_pix2world(x, y, 1)
    lon, lat = sky[wcs.wcs.lng], sky[wcs.wcs.lat]
    # before 2012 SCAMP called TPV so, which WCSLIB 7 refuses
    written = joined(cards).replace("TPV", "TAN") if name.startswith("SCAMP") else joined(cards)
    f.write("H\t%s\t%s\n" % (name, written))
    for p in zip(x, y, lon, lat):
        f.write(row("P", *p))
    if wcs.sip is not None or name.startswith(("TPV", "SCAMP")):
        return
    lon, lat = random_sky(4)
    places = wcs.wcs_world2pix(*((lon, lat) if wcs.wcs.lng == 0 else (lat, lon)), 1)
    for p in zip(lon, lat, *places):
        f.write(row("S", *p))


def frames():
    """radesys or coordinate, equinox, lon lat in it, and the same in ICRS (degrees)."""
    with open(OUT / "wcs-frames.tsv", "w") as f:
        f.write("# %s: RADESYS or CTYPE, equinox, lon, lat, ra, dec (ICRS)\n" % MADE_WITH)
        for name, equinox, frame in (
                ("FK5", 2000, FK5()), ("FK5", 1975, FK5(equinox=Time(1975, format="jyear"))),
                ("FK5", 2050, FK5(equinox=Time(2050, format="jyear"))), ("FK5", 1900, FK5(equinox=Time(1900, format="jyear"))),
                ("FK4", 1950, FK4()), ("FK4", 1900, FK4(equinox=Time(1900, format="byear"))),
                ("FK4", 1875, FK4(equinox=Time(1875, format="byear"))), ("FK4-NO-E", 1950, FK4NoETerms()),
                ("FK4-NO-E", 1975, FK4NoETerms(equinox=Time(1975, format="byear"))),
                ("ICRS", 2000, ICRS()), ("GLON", 2000, SkyCoord(0, 0, unit="deg", frame="galactic").frame.replicate_without_data()),
                ("SLON", 2000, Supergalactic()),
                ("ELON", 2000, SkyCoord(0, 0, unit="deg", frame="barycentricmeanecliptic").frame.replicate_without_data()),
                ("ELON", 1975, SkyCoord(0, 0, unit="deg", frame="barycentricmeanecliptic",
                                        equinox=Time(1975, format="jyear")).frame.replicate_without_data())):
            lon, lat = random_sky(8)
            lon, lat = np.append(lon, [10, 10, 200]), np.append(lat, [89.9, -89.9, 0])
            icrs = SkyCoord(lon, lat, unit="deg", frame=frame).transform_to(ICRS())
            for p in zip(lon, lat, icrs.ra.deg, icrs.dec.deg):
                f.write(row(name, str(equinox), *p))


def without_plate(header):
    """A header without the plate solution of the Digitized Sky Survey, which WCSLIB prefers to what CTYPE says."""
    header = header.copy()
    for keyword in list(header):
        if keyword.startswith(("AMD", "PPO", "PLT", "CNPIX", "PLATE", "XPIX", "YPIX")):
            del header[keyword]
    return header


def real(data):
    """file, HDU, and x y lon lat of pixels spread over the image (degrees; nan where nothing is)."""
    with open(OUT / "wcs-real.tsv", "w") as f:
        f.write("# %s: file, HDU, x, y, lon, lat\n" % MADE_WITH)
        for file in sorted((data / "wcs").rglob("*.fits*")) + sorted((data / "solar").glob("*.fits*")):
            with fits.open(file) as hdus:
                for number, hdu in enumerate(hdus):
                    wcs = WCS(without_plate(hdu.header))
                    if hdu.header.get("NAXIS", 0) < 2 or not wcs.has_celestial:
                        continue
                    wcs = wcs.celestial
                    width, height = hdu.shape[-1], hdu.shape[-2]
                    x, y = np.meshgrid(np.linspace(1, width, 5), np.linspace(1, height, 5))
                    lon, lat = wcs.all_pix2world(x.ravel(), y.ravel(), 1)
                    for p in zip(x.ravel(), y.ravel(), lon, lat):
                        f.write(row(str(file.relative_to(data)), str(number), *p))


images()
frames()
if len(sys.argv) > 1:
    real(pathlib.Path(sys.argv[1]))
