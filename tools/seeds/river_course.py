"""The Fen's and the Yellow River's course from borders and WDBII.

Where a county or province border is the river, the course is that border:
its Tianditu vertices joined by a smooth curve. `apply_to` puts the same curve
into the county topology, so that polygons and river share every vertex.
Elsewhere the WDBII trace is taken, shifted to meet the border reaches.
"""

import numpy as np

import geojson_io as io
from county_borders import DIGITS
from projection import to_lon_lat, to_plane
from smooth_course import catmull_rom, chainage, nearest_chainage, piece, point_at, thinned

# Chains of borders that are the Fen, as pairs of unit codes downstream, with
# the first and last river vertex (lon, lat, to the nearest border vertex).
FEN_GORGE = {
    "pairs": [("140181", "140109"), ("140109", "140122"), ("140108", "140122")],
    "start": (112.2665, 37.9252),
    "end": (112.4160, 38.0119),
}
FEN_CITY = {
    "pairs": [
        ("140109", "140107"),
        ("140109", "140106"),
        ("140109", "140105"),
        ("140110", "140105"),
    ],
    "start": (112.5321, 37.8805),
    "end": (112.3953, 37.6224),
}
# The Yellow River is the whole Shanxi|Shaanxi border in the extent.
YELLOW = {"start": (111.2, 39.4), "end": (110.4, 36.6)}
YELLOW_THIN_M = 25.0
SPACING_M = 150.0
THIN_M = 8.0


def chain(arcs, start, end):
    """Arcs joined end to end and cut to the vertices nearest start and end."""
    rest = [list(a) for a in arcs]
    ordered = rest.pop(0)
    while rest:
        for k, arc in enumerate(rest):
            if arc[0] == ordered[-1]:
                ordered += arc[1:]
            elif arc[-1] == ordered[-1]:
                ordered += arc[::-1][1:]
            elif arc[-1] == ordered[0]:
                ordered = arc[:-1] + ordered
            elif arc[0] == ordered[0]:
                ordered = arc[::-1][:-1] + ordered
            else:
                continue
            rest.pop(k)
            break
        else:
            raise ValueError("border arcs do not join")
    plane = to_plane(ordered)
    i, j = (int(np.argmin(np.hypot(*(plane - to_plane([p])[0]).T))) for p in (start, end))
    return ordered[i : j + 1] if i < j else ordered[j : i + 1][::-1]


def _curve(vertices, thin_m=THIN_M):
    """A smooth curve through border vertices: (points lon/lat, vertex index)."""
    plane = to_plane(vertices)
    dense = catmull_rom(plane, SPACING_M)
    at = [int(np.argmin(np.hypot(*(dense - p).T))) for p in plane]
    thin = thinned(dense, thin_m, keep=at)
    curve = to_lon_lat(thin)
    index = [int(np.argmin(np.hypot(*(thin - p).T))) for p in plane]
    for vertex, k in zip(vertices, index):
        curve[k] = vertex
    return [tuple(round(float(v), DIGITS) for v in p) for p in curve], index


def border_reaches(topology):
    """The border reaches of both rivers: name -> (vertices, curve, index)."""
    result = {}
    for name, spec in (("fen_gorge", FEN_GORGE), ("fen_city", FEN_CITY)):
        arcs = []
        for one, other in spec["pairs"]:
            arcs += topology.border_between(
                lambda c, one=one: c == one, lambda c, other=other: c == other
            )
        vertices = chain(arcs, spec["start"], spec["end"])
        result[name] = (vertices, *_curve(vertices))
    arcs = topology.border_between(lambda c: c.startswith("14"), lambda c: c.startswith("61"))
    vertices = chain(arcs, YELLOW["start"], YELLOW["end"])
    result["yellow"] = (vertices, *_curve(vertices, YELLOW_THIN_M))
    return result


def between_vertices(reach):
    """Map: border edge (frozenset of two vertices) -> curve points between."""
    vertices, curve, index = reach
    return {
        (a, b): curve[i + 1 : j] for a, b, i, j in zip(vertices, vertices[1:], index, index[1:])
    }


def wdbii(name, order):
    """WDBII segments of a river joined downstream (lon/lat)."""
    collection = io.read_json(io.INPUT / "rivers_wdbii.geojson")
    parts = {f["properties"]["seg"]: f["geometry"] for f in collection["features"]}
    line = []
    for segment in order:
        points = parts[segment]["coordinates"]
        line += points[1:] if line and np.allclose(line[-1], points[0], atol=1e-4) else points
    return np.array(line, dtype=float)


def _shifted(line, start_shift, end_shift, reach_m):
    """A line shifted by fading displacements at its ends (metres, plane)."""
    along = chainage(line)
    shift = np.zeros_like(line)
    for displacement, distance in (
        (start_shift, along),
        (end_shift, along[-1] - along),
    ):
        if displacement is None:
            continue
        t = np.clip(1.0 - distance / min(reach_m, along[-1]), 0.0, 1.0)
        shift += (t * t * (3 - 2 * t))[:, None] * displacement
    return line + shift


def smoothed(line, spacing, before, after):
    """WDBII points every `spacing` metres joined by a smooth curve."""
    along = chainage(line)
    count = max(2, int(round(along[-1] / spacing)))
    at = np.linspace(0.0, along[-1], count + 1)
    coarse = np.array([point_at(line, s) for s in at])
    return catmull_rom(coarse, SPACING_M, before, after)


def thin_trace(line):
    """A smoothed trace thinned as the border reaches are."""
    return thinned(line, THIN_M)


def fen(reaches):
    """The Fen from its northern to its southern end, in plane metres."""
    trace = to_plane(wdbii("汾河", [11, 8, 7, 14, 16, 9, 17, 15, 20]))
    gorge = to_plane(reaches["fen_gorge"][1])
    city = to_plane(reaches["fen_city"][1])
    at = [nearest_chainage(trace, p) for p in (gorge[0], gorge[-1], city[0], city[-1])]
    end = chainage(trace)[-1]
    gap = [p - point_at(trace, s) for p, s in zip((gorge[0], gorge[-1], city[0], city[-1]), at)]
    upper = _shifted(piece(trace, 0.0, at[0]), None, gap[0], 6000.0)
    middle = _shifted(piece(trace, at[1], at[2]), gap[1], gap[2], 18000.0)
    lower = _shifted(piece(trace, at[3], end), gap[3], None, 6000.0)
    parts = [
        thin_trace(smoothed(upper, 900.0, None, gorge[2])),
        gorge,
        thin_trace(smoothed(middle, 900.0, gorge[-3], city[2])),
        city,
        thin_trace(smoothed(lower, 900.0, city[-3], None)),
    ]
    course = [parts[0]]
    for part in parts[1:]:
        course.append(part[1:])
    return np.vstack(course)
