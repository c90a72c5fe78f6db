"""Makes two releases of the survey that the benchmark copies: make_survey.py FOLDER. Needs numpy, pillow and astropy.

FOLDER/old and FOLDER/new hold 20,000 tiles of 2 GB; 1 % of the tiles of the new one are others, the rest are hard links.
"""

import io
import os
import pathlib
import struct
import sys
import zlib

import numpy
from astropy.io import fits
from PIL import Image

DEEPEST = 6
CELLS = 7_530  # of order 6; with their ancestors 10,000, and two formats of each
PICTURES = 15  # that differ; which tile it is stands in a comment of each file
EVERY = 100  # tile of this many is another in the new release
WIDTH = 512
OLD, NEW = 1_767_225_600, 1_769_904_000


def picture(number):
    """Returns noise on waves: the more steps it has, the larger the files are."""
    chance = numpy.random.default_rng(number)
    y, x = numpy.mgrid[0:WIDTH, 0:WIDTH]
    waves = 120 + 60 * numpy.sin(x / (20 + number)) + 50 * numpy.cos(y / 31)
    noise = chance.normal(0, 0.4 + 0.58 * number, (WIDTH, WIDTH))
    return Image.fromarray(numpy.clip(waves + noise, 0, 255).astype("uint8"))


def encoded(image, form):
    out = io.BytesIO()
    image.save(out, form, **({"quality": 88} if form == "JPEG" else {}))
    return out.getvalue()


def commented(content, text):
    """Returns the file with a comment: a COM segment of JPEG (T.81 §B.2.4.5), a tEXt chunk of PNG (§11.3.3.3)."""
    if content[:2] == b"\xff\xd8":
        return content[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + content[2:]
    chunk = b"tEXtComment\0" + text
    made = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return content[:33] + made + content[33:]  # after the header chunk


def cells():
    for order in range(3, DEEPEST + 1):
        for index in range((CELLS - 1 >> 2 * (DEEPEST - order)) + 1):
            yield order, index


def write(file, content, time):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (time, time))


def make_tiles(root):
    contents = {"png": [], "jpg": []}
    for number in range(PICTURES):
        image = picture(number)
        contents["png"].append(encoded(image, "PNG"))
        contents["jpg"].append(encoded(image, "JPEG"))
    counter = 0
    for order, index in cells():
        for extension, choices in contents.items():
            counter += 1
            name = f"Norder{order}/Dir{index // 10_000 * 10_000}/Npix{index}.{extension}"
            base = choices[(index * 7 + order) % PICTURES]
            write(root / "old" / name, commented(base, f"{name} old".encode()), OLD)
            new = root / "new" / name
            new.parent.mkdir(parents=True, exist_ok=True)
            if counter % EVERY == 0:
                write(new, commented(base, f"{name} new".encode()), NEW)
            else:
                os.link(root / "old" / name, new)


def coverage():
    """Returns the MOC as NUNIQ numbers (MOC 1.1)."""
    numbers = numpy.array([4 * 4**DEEPEST + cell for cell in range(CELLS)], dtype=">i8")
    table = fits.BinTableHDU.from_columns([fits.Column(name="UNIQ", format="K", array=numbers)])
    table.header.update(PIXTYPE="HEALPIX", ORDERING="NUNIQ", COORDSYS="C", MOCORDER=DEEPEST)
    out = io.BytesIO()
    fits.HDUList([fits.PrimaryHDU(), table]).writeto(out)
    return out.getvalue()


def main():
    root = pathlib.Path(sys.argv[1])
    make_tiles(root)
    moc = coverage()
    for release, time, date in (("old", OLD, "2026-01-01T00:00Z"), ("new", NEW, "2026-02-01T00:00Z")):
        write(root / release / "Moc.fits", moc, OLD)
        list = (
            "creator_did = ivo://bench/P/tiles\nobs_title = Tiles\nobs_description = Noise on waves\n"
            "dataproduct_type = image\nhips_version = 1.4\nhips_initial_fov = 10\nhips_initial_ra = 45\n"
            f"hips_initial_dec = 0\nhips_release_date = {date}\nhips_status = public master clonable\n"
            f"hips_frame = equatorial\nhips_order = {DEEPEST}\nhips_order_min = 3\nhips_tile_width = {WIDTH}\n"
            "hips_tile_format = png jpeg\n"
        )
        write(root / release / "properties", list.encode(), time)


main()
