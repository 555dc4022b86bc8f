#!/usr/bin/env python3
"""Draw a PNG from the tiles of a PMTiles archive, to look at: preview.py FILE ZOOM LON LAT WIDTHxHEIGHT OUT.

ZOOM may be fractional and above the archive's last zoom. Needs PyPI pillow.
"""

import gzip
import math
import sys
from pathlib import Path

import mapbox_vector_tile
from PIL import Image, ImageDraw, ImageFont
from pmtiles.reader import MmapSource, Reader

FONT = Path(__file__).resolve().parents[2] / "assets" / "fonts" / "JintuSans-Regular.otf"
SCALE = 2
GROUND, CITY = "#EEEBE2", "#FAF8F3"
STYLE = {"water_line": "#A9C6DD", "context_road": "#DBC4A4", "context_rail": "#B4B2AC", "context_metro": "#CFC0DE"}
BORDERS = {"county": ("#CFC8B8", 1.0), "prefecture": ("#BDB4A2", 1.4), "province": ("#A39885", 1.8)}


def world(lon: float, lat: float, zoom: float) -> tuple[float, float]:
    size = 256 * 2**zoom
    return (lon + 180) / 360 * size, (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size


def rings(geometry: dict) -> list:
    kind, parts = geometry["type"], geometry["coordinates"]
    return {"LineString": [parts], "MultiLineString": parts, "Polygon": parts, "MultiPolygon": [r for p in parts for r in p]}[kind]


def main() -> None:
    path, zoom, lon, lat, size, out = sys.argv[1:7]
    zoom, (width, height) = float(zoom), map(int, size.split("x"))
    cx, cy = world(float(lon), float(lat), zoom)
    left, top = cx - width / 2, cy - height / 2
    image = Image.new("RGB", (width * SCALE, height * SCALE), GROUND)
    labels = []
    with open(path, "rb") as file:
        reader = Reader(MmapSource(file))
        level = min(reader.header()["max_zoom"], max(reader.header()["min_zoom"], math.floor(zoom)))
        side = 256 * 2 ** (zoom - level)
        for y in range(math.floor(top / side), math.floor((top + height) / side) + 1):
            for x in range(math.floor(left / side), math.floor((left + width) / side) + 1):
                data = reader.get(level, x, y)
                if not data:
                    continue
                tile = mapbox_vector_tile.decode(gzip.decompress(data), default_options={"y_coord_down": True})
                # Each tile is drawn on its own and cut at its edge, as a renderer with tile clipping does.
                x0, y0 = round((x * side - left) * SCALE), round((y * side - top) * SCALE)
                x1, y1 = round(((x + 1) * side - left) * SCALE), round(((y + 1) * side - top) * SCALE)
                cell = Image.new("RGB", (x1 - x0, y1 - y0), GROUND)
                draw = ImageDraw.Draw(cell)
                k = (x1 - x0) / 4096

                def lines(layer, colour, points, only=lambda p: True, closed=False):
                    for feature in tile.get(layer, {"features": []})["features"]:
                        if not only(feature["properties"]):
                            continue
                        for ring in rings(feature["geometry"]):
                            xy = [(a * k, b * k) for a, b in ring]
                            if closed:
                                draw.polygon(xy, fill=colour)
                            elif len(xy) > 1:
                                draw.line(xy, fill=colour, width=max(1, round(points * SCALE)), joint="curve")

                lines("county", CITY, 0, lambda p: p["in_city"], closed=True)
                lines("water_area", "#C4D9E8", 0, closed=True)
                for name, (colour, points) in BORDERS.items():
                    lines("border", colour, points, lambda p: p["level"] == name)
                for rank, points in ((4, 0.8), (3, 1.2), (2, 2.0), (1, 2.8)):
                    lines("water_line", STYLE["water_line"], points, lambda p: p["rank"] == rank)
                lines("context_rail", STYLE["context_rail"], 1.4)
                lines("context_road", STYLE["context_road"], 1.8)
                lines("context_metro", STYLE["context_metro"], 1.8)
                image.paste(cell, (x0, y0))
                for feature in tile.get("place", {"features": []})["features"]:
                    a, b = feature["geometry"]["coordinates"]
                    labels.append((x0 + a * k, y0 + b * k, feature["properties"]))
    draw = ImageDraw.Draw(image)
    for a, b, place in sorted(labels, key=lambda item: -item[2]["rank"]):
        font = ImageFont.truetype(FONT, {1: 20, 2: 14, 3: 11, 4: 10}[place["rank"]] * SCALE)
        draw.ellipse((a - 3, b - 3, a + 3, b + 3), fill="#6C7078")
        draw.text((a + 6, b), place["name"], font=font, fill="#1D2228" if place["rank"] == 1 else "#6C7078", anchor="lm")
    image.resize((width, height), Image.LANCZOS).save(out)


if __name__ == "__main__":
    main()
