"""What oracles need to find their way in a survey, by the standard and not by the program that is checked."""
import numpy as np

FRAMES = {"equatorial": "icrs", "galactic": "galactic", "ecliptic": "barycentrictrueecliptic"}


def keywords(survey):
    lines = (survey / "properties").read_text().splitlines()
    return {k.strip(): v.strip() for k, v in (line.split("=", 1) for line in lines if "=" in line and line[0] != "#")}


def nested(width):
    """NESTED numbers in a tile, in the order of a FITS tile's data."""
    place = np.arange(width * width)
    x, y = width - 1 - place // width, place % width
    number = np.zeros_like(place)
    for bit in range(width.bit_length()):
        number |= ((x >> bit) & 1) << (2 * bit) | ((y >> bit) & 1) << (2 * bit + 1)
    return number
