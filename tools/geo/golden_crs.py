#!/usr/bin/env python3
"""Writes what PROJ has for the reference systems of src/geo: tests/it/crs_golden/*.tsv.

    pip install pyproj==3.7.2      (PROJ 9.5.1, EPSG v11.022, as the files' heads say)
    tools/geo/golden_crs.py

Only the tests read the files; no code of the program or of the tests makes them.
"""

import sqlite3
from pathlib import Path

import pyproj
from pyproj import CRS, Transformer
from pyproj.enums import WktVersion

OUT = Path(__file__).resolve().parents[2] / "tests/it/crs_golden"
DATUMS = (4490, 4610, 4214, 4555)

# Beside the numbers: planes that only parameters tell. Albers and Lambert as maps of China and of
# Asia have them, one on the southern half, two that touch in one parallel.
TYPED = [
    "+proj=tmerc +lat_0=0 +lon_0=112.5 +k=1 +x_0=60000 +y_0=-3800000 +ellps=GRS80 +units=m",
    "+proj=tmerc +lat_0=37 +lon_0=112.55 +k=1.000125 +x_0=100000 +y_0=50000 +ellps=GRS80 +units=m",
    "+proj=tmerc +lat_0=0 +lon_0=113.1667 +k=1 +x_0=500000 +y_0=0 +ellps=krass +units=m",
    "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=krass +units=m",
    "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=GRS80 +units=m",
    "+proj=aea +lat_1=27 +lat_2=45 +lat_0=35 +lon_0=105 +x_0=4000000 +y_0=0 +datum=WGS84 +units=m",
    "+proj=aea +lat_1=7 +lat_2=-32 +lat_0=-15 +lon_0=125 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
    "+proj=aea +lat_1=35 +lat_2=35 +lat_0=0 +lon_0=110 +x_0=0 +y_0=0 +ellps=GRS80 +units=m",
    "+proj=lcc +lat_1=30 +lat_2=62 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
    "+proj=lcc +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +x_0=500000 +y_0=100000 +ellps=GRS80 +units=m",
    "+proj=lcc +lat_1=40 +lat_0=40 +lon_0=110 +k_0=0.9997 +x_0=0 +y_0=0 +ellps=GRS80 +units=m",
    "+proj=lcc +lat_1=-20 +lat_2=-40 +lat_0=-30 +lon_0=120 +x_0=0 +y_0=0 +datum=WGS84 +units=m",
]


def head(file, what):
    epsg = database().execute("select value from metadata where key = 'EPSG.VERSION'").fetchone()[0]
    print(f"# {what}", file=file)
    print(
        f"# pyproj {pyproj.__version__}, PROJ {pyproj.proj_version_str}, EPSG {epsg}; "
        "written by tools/geo/golden_crs.py",
        file=file,
    )


def database():
    return sqlite3.connect(Path(pyproj.datadir.get_data_dir()) / "proj.db")


def codes():
    """All planes of the register on the four datums."""
    marks = ",".join("?" * len(DATUMS))
    rows = database().execute(
        "select code, geodetic_crs_code from projected_crs where auth_name = 'EPSG' "
        f"and geodetic_crs_code in ({marks})",
        [str(datum) for datum in DATUMS],
    )
    return sorted((int(code), int(datum)) for code, datum in rows)


def parameters(crs):
    names = {
        "Longitude of natural origin": 0,
        "Scale factor at natural origin": 1,
        "False easting": 2,
        "False northing": 3,
    }
    found = {p.name: p.value for p in crs.coordinate_operation.params}
    return [found[name] for name in names]


def project(crs, lon, lat):
    """A position in the plane's own datum: no shift may come in."""
    own = crs if crs.is_geographic else crs.geodetic_crs
    return Transformer.from_crs(own, crs, always_xy=True).transform(lon, lat)


def sample():
    """Some numbers of every run, and what is no plane of Gauss and Krüger."""
    every = [code for code, _ in codes()]
    chosen = [code for i, code in enumerate(every) if i % 9 == 0 or code in (4526, 4547, 4525, 4546)]
    return chosen + [3857, 32643, 32649, 32650, 32653, 32749]


def main():
    OUT.mkdir(exist_ok=True)
    with open(OUT / "codes.tsv", "w") as file:
        head(file, "EPSG number, number of the datum's degrees, meridian, scale, false easting, northing")
        for code, datum in codes():
            lon, scale, east, north = parameters(CRS(code))
            print(code, datum, f"{lon:g}", f"{scale:g}", f"{east:.0f}", f"{north:.0f}", sep="\t", file=file)

    with open(OUT / "positions.tsv", "w") as file:
        head(file, "system, longitude, latitude (degrees of its own datum), easting, northing (metres)")
        for code in sample():
            crs = CRS(code)
            lon0 = 110.0 if code == 3857 else parameters(crs)[0]
            south = -1 if code == 32749 else 1
            for off, lat in ((-1.45, 37.8706), (0.9, 22.25), (2.9, 52.5)):
                at = (lon0 + off, south * lat)
                x, y = project(crs, *at)
                print(f"EPSG:{code}", *at, f"{x:.4f}", f"{y:.4f}", sep="\t", file=file)
        for text in TYPED:
            crs = CRS(text)
            near = [(112.5489, 37.8706), (111.2, 35.1), (114.9, 40.7)]
            far = [(75.0, 39.5), (134.7, 48.3), (109.6, 18.2), (118.0, -28.0)]
            for at in near if "tmerc" in text else near[:1] + far:
                x, y = project(crs, *at)
                print(text, *at, f"{x:.4f}", f"{y:.4f}", sep="\t", file=file)

    with open(OUT / "texts.tsv", "w") as file:
        head(file, "EPSG number or PROJ string, kind, the definition on one line")
        kinds = (WktVersion.WKT1_ESRI, WktVersion.WKT1_GDAL, WktVersion.WKT2_2019)
        planes = [4526, 4547, 4508, 4497, 2383, 2333, 21419, 21459, 2435, 4770, 4568, 4789]
        systems = [4326, 4490, 4610, 4214, 4555, *planes, 3857, 32649, 32749, *TYPED]
        for system in systems:
            for kind in kinds:
                wkt = CRS(system).to_wkt(kind)
                print(system, kind.value, wkt, sep="\t", file=file)


main()
