"""Prints where astropy.wcs finds pixels of pictures whose AVM has the numbers of PictureHeaderTest: name, x, y, ra, dec (ICRS)."""
import numpy as np
from astropy.wcs import WCS
from astropy.wcs.utils import pixel_to_skycoord


def show(name, enlarged=1.0, **cards):
    wcs = WCS(naxis=2)
    wcs.wcs.ctype = cards["ctype"]
    wcs.wcs.crval = cards["crval"]
    # the first pixel reaches from 0.5 to 1.5 at any size
    wcs.wcs.crpix = (np.array(cards["crpix"]) - 0.5) * enlarged + 0.5
    if "cd" in cards:
        wcs.wcs.cd = np.array(cards["cd"]) / enlarged
    else:
        wcs.wcs.cdelt = np.array(cards["cdelt"]) / enlarged
        wcs.wcs.crota = [0, cards.get("crota", 0)]
    if "radesys" in cards:
        wcs.wcs.radesys = cards["radesys"]
        wcs.wcs.equinox = cards["equinox"]
    for x, y in ((1, 1), (40, 7.25), (100, 60)):
        sky = pixel_to_skycoord(x - 1, y - 1, wcs).icrs
        print(f"{name} {x} {y} {sky.ra.deg:.10f} {sky.dec.deg:.10f}")


show("turned", ctype=["RA---TAN", "DEC--TAN"], crval=[83.6, 22.0], crpix=[50.5, 30.5], cdelt=[-0.01, 0.01], crota=33,
     radesys="ICRS", equinox=2000)
show("matrix", ctype=["GLON-CAR", "GLAT-CAR"], crval=[120, 0], crpix=[10, 20], cd=[[-0.02, 0.001], [0.002, 0.03]])
show("halved", 0.5, ctype=["RA---SIN", "DEC--SIN"], crval=[10, -40], crpix=[101, 61], cdelt=[-0.005, 0.005], crota=-10,
     radesys="FK4", equinox=1950)
