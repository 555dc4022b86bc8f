"""Check the geometry of `seeds/`; prints a table, exits 1 on a fault.

Run: python3 tools/seeds/check_geometry.py  (needs PyPI shapely, pyproj, numpy)
"""

import sys

import numpy as np
import shapely
from shapely.geometry import LineString, Point, shape

import geojson_io as io
from alignment import radii
from corridors import CLASSES, radius_limits
from projection import length_km, to_plane

LENGTH_SHARE = 0.08
# Thinned vertices stand up to a few metres off the curve, which lets the
# circumradius of three of them fall short of the curve's.
RADIUS_SHARE = 0.8
SHARPEST_RIVER_BEND = 110.0
# Greatest error in metres that an accuracy class of a point promises.
ERROR_LIMITS = {"site": 200, "block": 1000, "park": 5000}
ANCHOR_CLASSES = {"county", "zone", "city"}
EXTENT = (109.9, 36.6, 116.6, 40.1)


def features(name):
    """The features of a seeds file."""
    return io.read_json(io.SEEDS / name)["features"]


def project_ids():
    """The 138 ids a feature or the list of the unlocated must cover."""
    numbered = [("B1", 18), ("B2", 6), ("B3", 1), ("B4", 3), ("B5", 10), ("T", 76), ("F", 24)]
    return {f"{series}-{n:02}" for series, count in numbered for n in range(1, count + 1)}


def turning(points):
    """Turning angle in degrees at each inner vertex (plane metres)."""
    steps = np.diff(points, axis=0)
    heading = np.unwrap(np.arctan2(steps[:, 1], steps[:, 0]))
    return np.abs(np.degrees(np.diff(heading)))


def check_line(item, faults):
    """One line: length, crossing, turning; a row for the table."""
    p, lon_lat = item["properties"], np.array(item["geometry"]["coordinates"])
    plane, km = to_plane(lon_lat), length_km(lon_lat)
    if abs(km - p["drawn_length_km"]) > 0.02:
        faults.append(
            f"{p['id']}: drawn_length_km {p['drawn_length_km']} but the line is {km:.2f} km"
        )
    stated = p.get("stated_length_km")
    if stated and abs(km / stated - 1) > LENGTH_SHARE and not p.get("length_note_zh"):
        faults.append(f"{p['id']}: {km:.1f} km drawn, {stated} km stated, and no note")
    closed = np.allclose(lon_lat[0], lon_lat[-1])
    if not LineString(plane).is_simple and not closed:
        faults.append(f"{p['id']}: crosses itself")
    tightest = np.inf
    if p["class"] in CLASSES and len(plane) > 2:
        found = radii(plane)
        limits = radius_limits({"class": p["class"], "tight": p.get("tight_zones", [])})(plane)[
            1:-1
        ]
        tightest = found.min()
        for k in np.flatnonzero(found < RADIUS_SHARE * limits)[:3]:
            faults.append(f"{p['id']}: radius {found[k]:.0f} m at {lon_lat[k + 1].tolist()}")
    elif len(plane) > 2 and turning(plane).max() > SHARPEST_RIVER_BEND:
        faults.append(f"{p['id']}: bends {turning(plane).max():.0f} degrees at one vertex")
    if np.hypot(*np.diff(plane, axis=0).T).min() < 0.5:
        faults.append(f"{p['id']}: two vertices at one place")
    for control in p["control_points"]:
        gap = LineString(plane).distance(Point(*to_plane([(control["lon"], control["lat"])])[0]))
        if gap > control["error_m"] + 10:
            faults.append(
                f"{p['id']}: passes {control['name']} at {gap:.0f} m, error {control['error_m']} m"
            )
    other = p.get("public_length_km")
    told = f"{stated:8.2f} {100 * (km / stated - 1):+6.1f} %" if stated else " " * 17
    told += f" {other:8.2f} {100 * (km / other - 1):+6.1f} %" if other else ""
    radius = f"{tightest:9.0f}" if np.isfinite(tightest) else " " * 9
    return f"{p['id']:10} {p['role']:8} {km:8.2f} {radius} {told}"


def check_point(item, shapes, faults):
    """One site or anchor: class, error, county, extent."""
    p, (lon, lat) = item["properties"], item["geometry"]["coordinates"]
    if not (EXTENT[0] < lon < EXTENT[2] and EXTENT[1] < lat < EXTENT[3]):
        faults.append(f"{p['id']}: outside the extent")
    if p["anchor"]:
        missing = [
            k
            for k in ("reason_zh", "reason_en", "anchor_name_zh", "anchor_name_en")
            if not p.get(k)
        ]
        if missing or p["accuracy"] not in ANCHOR_CLASSES:
            faults.append(f"{p['id']}: anchor with accuracy {p['accuracy']}, without {missing}")
    elif p["accuracy"] not in ERROR_LIMITS or p["error_m"] > ERROR_LIMITS[p["accuracy"]]:
        faults.append(f"{p['id']}: error {p['error_m']} m is too much for {p['accuracy']}")
    county = p.get("county_code")
    if county in shapes and not shapes[county].contains(Point(lon, lat)):
        faults.append(f"{p['id']}: not in county {county}")


def check_counties(faults):
    """The coverage: valid, without gaps and overlaps. Returns code -> shape."""
    shapes = {f["properties"]["code"]: shape(f["geometry"]) for f in features("counties.geojson")}
    polygons = np.array(list(shapes.values()))
    invalid = [code for code, s in shapes.items() if not s.is_valid]
    if invalid:
        faults.append(f"counties: invalid {invalid}")
    if invalid or not shapely.coverage_is_valid(polygons):
        faults.append("counties: neighbours do not share their borders")
        return shapes
    union = shapely.union_all(polygons)
    overlap = sum(s.area for s in polygons) - union.area
    holes = sum(len(part.interiors) for part in shapely.get_parts(union))
    if abs(overlap) > 1e-9 or holes:
        faults.append(f"counties: overlap {overlap:.2e} square degrees, {holes} gaps")
    print(f"counties: {len(shapes)} units, overlap {overlap:.1e}, gaps {holes}")
    if len(shapes) != 93:
        faults.append(f"counties: {len(shapes)} units instead of 93")
    return shapes


def polygons_of(geometry):
    """The polygons of a Polygon or MultiPolygon as lists of rings."""
    single = geometry["type"] == "Polygon"
    return [geometry["coordinates"]] if single else geometry["coordinates"]


def check_rivers(faults):
    """The rivers lie on the borders that they are, the Fen reaches on the stem."""
    lines = {
        f["properties"]["id"]: f["geometry"]["coordinates"] for f in features("corridors.geojson")
    }
    stem = {tuple(p) for p in lines["L9"]}
    for reach in ("L7-LF", "L7-GJ", "L8", "L9-S3"):
        strangers = [p for p in lines[reach][1:-1] if tuple(p) not in stem]
        if strangers:
            faults.append(f"{reach}: {len(strangers)} vertices are not on L9")
    borders = set()
    for item in features("counties.geojson"):
        if item["properties"]["code"] in ("140105", "140110"):
            borders |= {tuple(p) for p in item["geometry"]["coordinates"][0]}
    province = set()
    for item in features("counties.geojson"):
        if item["properties"]["province_code"] == "140000":
            for polygon in polygons_of(item["geometry"]):
                province |= {tuple(p) for p in polygon[0]}
    yellow = next(f for f in features("rivers.geojson") if f["properties"]["name"] == "黄河")
    strangers = sum(tuple(p) not in province for p in yellow["geometry"]["coordinates"])
    if strangers:
        faults.append(f"黄河: {strangers} vertices are not on the Shanxi border")
    shared = sum(tuple(p) in borders for p in lines["L9-S3"])
    print(
        f"Fen park, phase 3: {shared} of {len(lines['L9-S3'])} vertices are on the border 小店|晋源"
    )
    if shared < len(lines["L9-S3"]) - 2:
        faults.append("L9-S3: leaves the border that is the river")


# Positions that independent sources confirm or correct: id -> lon, lat, metres it may be off.
KNOWN_SITES = {
    "S-F-18": (112.635, 38.042, 700), "S-F-02": (112.6075, 37.7918, 300),
    "S-F-01": (112.607, 37.7955, 600), "S-T-73.1": (112.635, 38.036, 2000),
    "S-T-10": (112.684, 38.166, 2000), "S-B1-18": (112.559, 37.8842, 400),
    "S-F-23": (112.48, 37.7275, 500), "S-T-62.2": (112.52154, 37.8566, 150),
    "S-T-62.3": (112.57336, 37.86473, 150), "S-T-62.4": (112.56578, 37.86215, 150),
    "S-F-16": (112.509, 37.773, 1000), "S-T-15": (112.6683, 37.6871, 3000),
    "S-T-62.5": (112.42, 37.52, 5000), "S-B5-07": (112.733, 38.16, 4000),
    "S-F-06": (112.642, 37.774, 2500), "S-T-39.1": (112.5827, 37.7998, 500),
    "S-B1-15": (112.5575, 37.8955, 1000), "S-T-62.1": (112.4335, 37.7085, 200),
    "S-T-73.5": (112.865, 39.187, 300), "S-T-73.4": (113.592, 39.009, 500),
}  # fmt: skip
# Points that lines pass, with the distance allowed: stations, and rivers read off at the mouth.
KNOWN_ON_LINES = [
    ("L14-DX", 112.6871, 38.4424, 150), ("L14-DX", 112.3509, 37.3229, 150),
    ("L14-DX", 112.5031, 37.4476, 150), ("L14-DX", 112.6355, 37.6857, 510),
    ("L14-ZT", 112.6199, 37.4522, 150), ("L9-T11", 112.532, 37.890, 300),
    ("L9-T11", 112.541, 37.899, 150), ("L9-T16", 112.509, 37.833, 150),
    ("L9-T16", 112.481, 37.847, 150), ("L16", 112.665, 39.374, 1500),
    ("L16", 112.804, 39.086, 1500),
]  # fmt: skip
# Drawn lengths of border reaches that belong to both banks.
BOTH_BANKS = {"L9-S3": ("140105", "140110"), "L8": ("140105", "140110")}


def check_known(items, shapes, faults):
    """What a second look found out stays so, and no source is a web address."""
    by_id = {f["properties"]["id"]: f for f in items}
    for key, (lon, lat, allowed) in KNOWN_SITES.items():
        if key not in by_id:
            faults.append(f"{key}: missing")
            continue
        at = to_plane([by_id[key]["geometry"]["coordinates"]])[0]
        gap = np.hypot(*(at - to_plane([(lon, lat)])[0]))
        if gap > allowed:
            faults.append(f"{key}: {gap:.0f} m from its known place")
    for key, lon, lat, allowed in KNOWN_ON_LINES:
        line = LineString(to_plane(by_id[key]["geometry"]["coordinates"]))
        gap = line.distance(Point(*to_plane([(lon, lat)])[0]))
        if gap > allowed:
            faults.append(f"{key}: passes {lon}, {lat} at {gap:.0f} m")
    for key, banks in BOTH_BANKS.items():
        line = LineString(to_plane(by_id[key]["geometry"]["coordinates"]))
        for code in banks:
            polygon = shapely.transform(shapes[code], to_plane)
            if line.intersection(polygon.boundary.buffer(3.0)).length < 5000:
                faults.append(f"{key}: leaves the border of {code}")
    for item in items:
        p = item["properties"]
        if p.get("class") == "runway" and p.get("stated_length_km"):
            faults.append(f"{p['id']}: a runway is no length of a corridor")
        told = [*p.get("sources", []), *(s for c in p.get("control_points", []) for s in c["sources"])]
        faults.extend(f"{p['id']}: unknown source {s}" for s in told if s not in SOURCE_IDS)
        if not told and not p.get("anchor"):
            faults.append(f"{p['id']}: no source")


SOURCE_IDS = {s["id"] for s in io.read_json(io.SEEDS / "sources.json")}


def main():
    faults, covered = [], set()
    shapes = check_counties(faults)
    print(
        f"{'id':10} {'role':8} {'drawn km':>8} {'radius m':>9} {'stated':>8} {'':8} {'public':>8}"
    )
    lines, points, areas = (features(f"{n}.geojson") for n in ("corridors", "sites", "areas"))
    for item in lines:
        print(check_line(item, faults))
    for item in points:
        check_point(item, shapes, faults)
    for item in areas:
        if not shape(item["geometry"]).is_valid:
            faults.append(f"{item['properties']['id']}: invalid polygon")
    check_rivers(faults)
    check_known(lines + points + areas, shapes, faults)
    for item in lines + points + areas:
        covered.update(item["properties"]["project_ids"])
    unlocated = io.read_json(io.SEEDS / "unlocated.json")
    named = {item["project_id"] for item in unlocated}
    missing, unknown = project_ids() - covered - named, (covered | named) - project_ids()
    faults += [f"{i}: no feature and no reason" for i in sorted(missing)]
    faults += [f"{i}: no such project" for i in sorted(unknown)]
    faults += [f"{i}: has a feature and is unlocated" for i in sorted(covered & named)]
    ids = [f["properties"]["id"] for f in lines + points + areas]
    faults += [f"{i}: id used twice" for i in sorted({i for i in ids if ids.count(i) > 1})]
    anchors = sum(f["properties"]["anchor"] for f in points)
    print(
        f"{len(points) - anchors} sites, {anchors} anchors, {len(areas)} areas, {len(named)} without any place"
    )
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
