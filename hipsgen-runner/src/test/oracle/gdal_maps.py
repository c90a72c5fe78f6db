"""Writes maps of a body by GDAL, and by astropy where they are FITS, into a folder, in many forms and projections. places.csv has, for some
pixels of each, where GDAL (PROJ) and astropy see them and what is there: file, longitude counted eastwards, latitude at the centre,
value ("nan" where there is none). Everything follows from fixed seeds."""
import os
import sys

import numpy as np
from astropy.io import fits
from astropy.wcs import WCS
from osgeo import gdal, osr

gdal.UseExceptions()
# GDAL's labels of PDS4 leave names out, and say so
gdal.PushErrorHandler("CPLQuietErrorHandler")

A = 3396190.0
DEGREE = np.radians(1) * A
SPHERE = "+R=3396190"
ELLIPSOID = "+a=3396190 +b=3376200"
WIDTH, HEIGHT = 90, 60
DEGREES = (170.0, 0.5, 0, 12.0, 0, -0.5)
NUMBERS = np.random.default_rng(1).integers(0, 250, (HEIGHT, WIDTH))
folder = sys.argv[1]
places = open(os.path.join(folder, "places.csv"), "w")


def around_zero(step):
    return (-WIDTH / 2 * step, step, 0, HEIGHT / 2 * step, 0, -step)


def system(proj):
    system = osr.SpatialReference()
    system.ImportFromProj4(proj + ("" if "longlat" in proj else " +units=m") + " +no_defs")
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return system


def centric(latitude, axes):
    return np.degrees(np.arctan(np.tan(np.radians(latitude)) * axes**2))


def axes(spatial):
    return spatial.GetSemiMinor() / spatial.GetSemiMajor()


def note(name):
    """Tells what GDAL reads of its own file."""
    dataset = gdal.Open(os.path.join(folder, name))
    spatial = dataset.GetSpatialRef()
    spatial.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    degrees = spatial.CloneGeogCS()
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    there = osr.CoordinateTransformation(spatial, degrees)
    back = osr.CoordinateTransformation(degrees, spatial)
    left, wide, _, top, _, high = dataset.GetGeoTransform()
    band = dataset.GetRasterBand(1)
    values = band.ReadAsArray()
    if band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") == "SIGNEDBYTE":
        values = values.view("i1")
    values = values.astype("f8")
    if band.GetNoDataValue() is not None:
        values[values == band.GetNoDataValue()] = np.nan
    scale, zero = band.GetScale() or 1, band.GetOffset() or 0
    random = np.random.default_rng(2)
    count = 0
    while count < 60:
        column, line = int(random.integers(values.shape[1])), int(random.integers(values.shape[0]))
        x, y = left + (column + 0.5) * wide, top + (line + 0.5) * high
        try:
            longitude, latitude, _ = there.TransformPoint(x, y)
            again = back.TransformPoint(longitude, latitude)
        except RuntimeError:
            continue
        count += 1
        # beside the body's outline are pixels that show nothing
        if np.hypot(again[0] - x, again[1] - y) < 0.01 * wide and abs(latitude) <= 90:
            places.write(f"{name},{longitude % 360!r},{centric(latitude, axes(spatial))!r},"
                         f"{zero + scale * values[line, column]}\n")


def write(name, proj, transform, driver="GTiff", kind=gdal.GDT_Float32, options=(), numbers=NUMBERS, nothing=None):
    bands = numbers if numbers.ndim == 3 else numbers[np.newaxis]
    dataset = gdal.GetDriverByName("MEM").Create("", bands.shape[2], bands.shape[1], len(bands), kind)
    dataset.SetSpatialRef(system(proj))
    dataset.SetGeoTransform(transform)
    for i, band in enumerate(bands):
        dataset.GetRasterBand(i + 1).WriteArray(band)
        if nothing is not None:
            dataset.GetRasterBand(i + 1).SetNoDataValue(nothing)
    if "POINT" in options:
        dataset.SetMetadataItem("AREA_OR_POINT", "Point")
        options = ()
    gdal.GetDriverByName(driver).CreateCopy(os.path.join(folder, name), dataset, options=list(options))
    note(name)


def forms():
    degrees = "+proj=longlat " + SPHERE
    holes = np.where(NUMBERS % 7 == 0, -32768, 100 * NUMBERS - 12000)
    real = np.where(NUMBERS % 7 == 0, np.finfo("f4").min, NUMBERS / 7)
    tiled = ["TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32"]
    write("strips.tif", degrees, DEGREES)
    write("tiles.tif", degrees, DEGREES, options=tiled)
    write("lzw.tif", degrees, DEGREES, kind=gdal.GDT_Byte, options=["COMPRESS=LZW"])
    write("lzw-predicted.tif", degrees, DEGREES, kind=gdal.GDT_Byte, options=["COMPRESS=LZW", "PREDICTOR=2", *tiled])
    write("deflate.tif", degrees, DEGREES, kind=gdal.GDT_Int16, numbers=holes, nothing=-32768,
          options=["COMPRESS=DEFLATE"])
    write("deflate-predicted.tif", degrees, DEGREES, kind=gdal.GDT_Int16, numbers=holes, nothing=-32768,
          options=["COMPRESS=DEFLATE", "PREDICTOR=2", *tiled])
    write("unsigned-predicted.tif", degrees, DEGREES, kind=gdal.GDT_UInt16, numbers=200 * NUMBERS,
          options=["COMPRESS=LZW", "PREDICTOR=2"])
    write("int32-predicted.tif", degrees, DEGREES, kind=gdal.GDT_Int32, numbers=100000 * NUMBERS - 7,
          options=["COMPRESS=DEFLATE", "PREDICTOR=2"])
    write("unsigned32.tif", degrees, DEGREES, kind=gdal.GDT_UInt32, numbers=17000000 * NUMBERS)
    write("signed8.tif", degrees, DEGREES, kind=gdal.GDT_Byte, options=["PIXELTYPE=SIGNEDBYTE"])
    write("float-predicted.tif", degrees, DEGREES, options=["COMPRESS=DEFLATE", "PREDICTOR=3"])
    write("float-predicted-2.tif", degrees, DEGREES, options=["COMPRESS=DEFLATE", "PREDICTOR=2"])
    write("float-nothing.tif", degrees, DEGREES, numbers=real, nothing=float(np.finfo("f4").min))
    write("float-nan.tif", degrees, DEGREES, numbers=np.where(NUMBERS % 7 == 0, np.nan, NUMBERS), nothing=np.nan)
    write("double.tif", degrees, DEGREES, kind=gdal.GDT_Float64, numbers=NUMBERS / 7)
    write("packbits.tif", degrees, DEGREES, kind=gdal.GDT_Byte, options=["COMPRESS=PACKBITS"])
    write("big-endian.tif", degrees, DEGREES, kind=gdal.GDT_Int16, numbers=holes, nothing=-32768,
          options=["ENDIANNESS=BIG"])
    write("big-endian-float.tif", degrees, DEGREES, options=["ENDIANNESS=BIG"])
    write("big-endian-predicted.tif", degrees, DEGREES, kind=gdal.GDT_Int16, numbers=holes, nothing=-32768,
          options=["ENDIANNESS=BIG", "COMPRESS=LZW", "PREDICTOR=2"])
    write("points.tif", degrees, DEGREES, options=["POINT"])
    write("big.tif", degrees, DEGREES, options=["BIGTIFF=YES"])
    write("zstd.tif", degrees, DEGREES, options=["COMPRESS=ZSTD"])
    colours = np.stack([NUMBERS, 250 - NUMBERS, NUMBERS // 2])
    for interleave in "PIXEL", "BAND":
        write(f"colours-{interleave.lower()}.tif", degrees, DEGREES, kind=gdal.GDT_Byte, numbers=colours,
              options=["PHOTOMETRIC=RGB", "INTERLEAVE=" + interleave])
    write("two-bands.tif", degrees, DEGREES, kind=gdal.GDT_Int16, numbers=np.stack([NUMBERS, -NUMBERS]))


def projections(suffix, driver, options=()):
    def one(name, proj, transform):
        write(f"{name}.{suffix}", proj, transform, driver, options=options)

    step = DEGREE / 4
    one("equirectangular", "+proj=eqc +lon_0=200 +lat_ts=40 " + SPHERE, around_zero(2 * DEGREE))
    one("equirectangular-part", "+proj=eqc +lon_0=0 " + SPHERE, (100 * DEGREE, step, 0, -20 * DEGREE, 0, -step))
    for pole in 90, -90:
        name = "north" if pole > 0 else "south"
        stereographic = f"+proj=stere +lat_0={pole} +lon_0=30 +k=1 "
        one(f"{name}", stereographic + SPHERE, around_zero(DEGREE))
        one(f"{name}-beside", stereographic + SPHERE, (5 * DEGREE, step, 0, -3 * DEGREE, 0, -step))
        one(f"{name}-flattened", stereographic + ELLIPSOID, around_zero(DEGREE))
    one("sinusoidal", "+proj=sinu +lon_0=30 " + SPHERE, around_zero(4 * DEGREE))
    one("sinusoidal-part", "+proj=sinu +lon_0=180 " + SPHERE, (20 * DEGREE, step, 0, 60 * DEGREE, 0, -step))
    one("sinusoidal-flattened", "+proj=sinu +lon_0=180 " + ELLIPSOID,
        (-20 * DEGREE, step, 0, 60 * DEGREE, 0, -step))


def true_scale():
    for pole in 90, -90:
        for name, figure in ("sphere", SPHERE), ("flattened", ELLIPSOID):
            write(f"true-{name}{pole}.tif", f"+proj=stere +lat_0={pole} +lat_ts={pole * 7 / 9} +lon_0=-45 " + figure,
                  around_zero(DEGREE))
    write("scaled.tif", "+proj=stere +lat_0=90 +lon_0=0 +k=0.97 +x_0=20000 +y_0=-30000 " + SPHERE, around_zero(DEGREE))


def pds3(name, projection, resolution, line, sample, edges):
    """Labels that GDAL reads: offsets count from the middle of the first pixel."""
    NUMBERS.astype(">i2").tofile(os.path.join(folder, name + ".img"))
    with open(os.path.join(folder, name + ".lbl"), "w") as label:
        label.write(f"""PDS_VERSION_ID = PDS3
RECORD_TYPE = FIXED_LENGTH
RECORD_BYTES = {2 * WIDTH}
^IMAGE = "{name}.img"
TARGET_NAME = MARS
OBJECT = IMAGE
  LINES = {HEIGHT}
  LINE_SAMPLES = {WIDTH}
  SAMPLE_TYPE = MSB_INTEGER
  SAMPLE_BITS = 16
END_OBJECT = IMAGE
OBJECT = IMAGE_MAP_PROJECTION
  MAP_PROJECTION_TYPE = "{projection}"
  A_AXIS_RADIUS = 3396.19 <KM>
  B_AXIS_RADIUS = 3396.19 <KM>
  C_AXIS_RADIUS = 3396.19 <KM>
  POSITIVE_LONGITUDE_DIRECTION = EAST
  {edges}
  MAP_RESOLUTION = {resolution} <PIXEL/DEGREE>
  MAP_SCALE = {DEGREE / resolution / 1000!r} <KM/PIXEL>
  LINE_PROJECTION_OFFSET = {line}
  SAMPLE_PROJECTION_OFFSET = {sample}
  COORDINATE_SYSTEM_NAME = "PLANETOCENTRIC"
END_OBJECT = IMAGE_MAP_PROJECTION
END
""")
    note(name + ".lbl")


def labels():
    pds3("sinusoidal-body", "SINUSOIDAL", 0.25, 29.5, 44.5,
         "CENTER_LATITUDE = 0\n  CENTER_LONGITUDE = 40\n  MAXIMUM_LATITUDE = 90\n  MINIMUM_LATITUDE = -90\n"
         "  WESTERNMOST_LONGITUDE = 220\n  EASTERNMOST_LONGITUDE = 580")
    pds3("sinusoidal-left", "SINUSOIDAL", 4, 99.5, 359.5,
         "CENTER_LATITUDE = 0\n  CENTER_LONGITUDE = 120\n  MAXIMUM_LATITUDE = 25\n  MINIMUM_LATITUDE = 10\n"
         f"  WESTERNMOST_LONGITUDE = {120 - 90 / np.cos(np.radians(10))}")
    pds3("sinusoidal-right", "SINUSOIDAL", 4, -80.5, -200.5,
         "CENTER_LATITUDE = 0\n  CENTER_LONGITUDE = 350\n  MAXIMUM_LATITUDE = -20\n  MINIMUM_LATITUDE = -35\n"
         f"  WESTERNMOST_LONGITUDE = {(350 + 50 / np.cos(np.radians(35))) % 360}")
    pds3("polar-north", "POLAR STEREOGRAPHIC", 2, 29.5, 44.5,
         "CENTER_LATITUDE = 90\n  CENTER_LONGITUDE = 70\n  MAXIMUM_LATITUDE = 90")
    pds3("polar-beside", "POLAR STEREOGRAPHIC", 2, 20.5, -12.5,
         "CENTER_LATITUDE = 90\n  CENTER_LONGITUDE = 70\n  MAXIMUM_LATITUDE = 84")
    pds3("polar-south", "POLAR STEREOGRAPHIC", 2, 29.5, 44.5,
         "CENTER_LATITUDE = -90\n  CENTER_LONGITUDE = 0\n  MINIMUM_LATITUDE = -90")


def polar_fits():
    for pole in 90, -90:
        wcs = WCS(naxis=2)
        wcs.wcs.ctype = "CRLN-STG", "CRLT-STG"
        wcs.wcs.crval = 30, pole
        wcs.wcs.crpix = 40.5, 33.25
        wcs.wcs.cdelt = 1.5, 1.5
        name = f"polar{pole}.fits"
        image = fits.PrimaryHDU(NUMBERS.astype("f4"), wcs.to_header())
        image.writeto(os.path.join(folder, name))
        random = np.random.default_rng(3)
        for _ in range(40):
            column, line = int(random.integers(WIDTH)), int(random.integers(HEIGHT))
            longitude, latitude = wcs.wcs_pix2world(column, line, 0)
            places.write(f"{name},{float(longitude) % 360!r},{float(latitude)!r},{float(NUMBERS[line, column])}\n")


forms()
projections("tif", "GTiff")
true_scale()
projections("xml", "PDS4", ["VAR_TARGET=Mars", "IMAGE_EXTENSION=dat"])
projections("flat.xml", "PDS4", ["VAR_TARGET=Mars", "ARRAY_TYPE=Array_2D"])
labels()
polar_fits()
places.close()
