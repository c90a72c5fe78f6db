"""Makes the survey that the benchmark serves: make_survey.py FOLDER. The same bytes whenever it runs."""

import pathlib
import random
import struct
import sys

ORDER = 6
HOT = 20_000
TILES = 20_000  # PNG tiles of 100 kB on average: 2 GB
PICTURES = 2_000  # JPEG tiles of 40 kB on average: 80 MB
NUMBERS = 40  # FITS tiles of 512 x 512 floats: 1 MB each


def card(text):
    return text.ljust(80).encode()


def moc(cells):
    """Returns a MOC of the first cells of the order, as NUNIQ numbers (MOC 1.1)."""
    primary = card("SIMPLE  =                    T") + card("BITPIX  =                    8")
    primary += card("NAXIS   =                    0") + card("EXTEND  =                    T") + card("END")
    table = [
        "XTENSION= 'BINTABLE'",
        "BITPIX  =                    8",
        "NAXIS   =                    2",
        "NAXIS1  =                    8",
        f"NAXIS2  = {cells:20d}",
        "PCOUNT  =                    0",
        "GCOUNT  =                    1",
        "TFIELDS =                    1",
        "TFORM1  = '1K      '",
        "PIXTYPE = 'HEALPIX '",
        "ORDERING= 'NUNIQ   '",
        "COORDSYS= 'C       '",
        f"MOCORDER= {ORDER:20d}",
        "END",
    ]
    header = b"".join(card(line) for line in table)
    data = b"".join(struct.pack(">q", 4 * 4**ORDER + cell) for cell in range(cells))
    return b"".join(block + padding(block, b" ") for block in (primary, header)) + data + padding(data, b"\0")


def padding(block, filler):
    return filler * (-len(block) % 2880)


def tile(root, index, extension, content):
    folder = root / f"Norder{ORDER}" / f"Dir{index // 10_000 * 10_000}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"Npix{index}.{extension}").write_bytes(content)


def main():
    root = pathlib.Path(sys.argv[1])
    root.mkdir(parents=True)
    chance = random.Random(1)
    for index in range(TILES):
        size = chance.randrange(20_000, 180_000)
        tile(root, index, "png", b"\x89PNG\r\n\x1a\n" + chance.randbytes(size - 8))
    for index in range(PICTURES):
        size = HOT if index == 0 else chance.randrange(10_000, 70_000)
        tile(root, index, "jpg", b"\xff\xd8\xff\xe0" + chance.randbytes(size - 4))
    for index in range(NUMBERS):
        tile(root, index, "fits", card("SIMPLE  =                    T").ljust(2880) + chance.randbytes(2880 * 364))
    (root / "Moc.fits").write_bytes(moc(TILES))
    (root / "properties").write_text(
        "creator_did = ivo://bench/P/tiles\nobs_title = Tiles\ndataproduct_type = image\nhips_version = 1.4\n"
        "hips_release_date = 2026-01-01T00:00Z\nhips_status = public master clonable\nhips_frame = equatorial\n"
        f"hips_order = {ORDER}\nhips_order_min = {ORDER}\nhips_tile_width = 512\nhips_tile_format = png jpeg fits\n"
    )


main()
