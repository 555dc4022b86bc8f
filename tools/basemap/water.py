"""Rivers and lakes: the seeds' rivers inside the plan's extent, WDBII and GSHHG outside."""

import math

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box, shape
from shapely.ops import linemerge, substring

from smooth_line import from_plane, to_plane, smooth

YELLOW = {1044, 1045, 1046, 1047, 1048, 1049, 1050, 1051, 1052, 1053, 1054, 1055, 1056, 1087, 1088, 1089, 1090, 1091,
          1135, 1136, 1137, 1138, 1191, 1192, 1193, 1194, 1195, 1196, 1197, 1198, 1240, 1241, 1242, 1243, 1289, 1290,
          1291, 1292, 1293, 1294, 1295, 1296, 1297, 1298, 1349, 1350, 1351, 1352, 1353, 1354, 1355}
FEN = {4316, 4317, 4318, 4320, 4359, 4360, 4361, 4362, 4403, 4448, 4447}
HUTUO = {9656, 9657, 9743, 9744, 9745, 9746, 9747, 9749}
RANKS = {"黄河": 1, "汾河": 2, "滹沱河": 2}
ENGLISH = {"黄河": "Yellow River", "汾河": "Fen River", "滹沱河": "Hutuo River"}
# GSHHG lakes by a point inside them.
LAKES = [((113.95, 38.33), "岗南水库", "Gangnan Reservoir", 2), ((114.27, 38.25), "黄壁庄水库", "Huangbizhuang Reservoir", 3),
         ((112.65, 40.55), "岱海", "Daihai Lake", 2), ((113.28, 40.85), "黄旗海", "Huangqihai Lake", 3),
         ((108.85, 40.93), "乌梁素海", "Ulansuhai Lake", 2), ((109.28, 39.31), "", "", 3),
         ((115.68, 40.32), "官厅水库", "Guanting Reservoir", 2), ((116.18, 36.0), "东平湖", "Dongping Lake", 2),
         ((116.95, 40.50), "密云水库", "Miyun Reservoir", 2), ((114.15, 36.28), "岳城水库", "Yuecheng Reservoir", 3)]
BLEND_M = 30_000.0


def seed_rivers(collection: dict) -> list[tuple]:
    """(line, name, name_en, rank) of the seeds' rivers."""
    result = []
    for feature in collection["features"]:
        properties = feature["properties"]
        name = properties.get("name") or ""
        rank = int(properties.get("rank") or RANKS.get(name, 3))
        geometry = shape(feature["geometry"])
        for part in getattr(geometry, "geoms", [geometry]):
            result.append((part, name, properties.get("name_en") or ENGLISH.get(name, ""), rank))
    return result


def _pulled(vertices: np.ndarray, target: np.ndarray) -> np.ndarray:
    """The line moved so that its first vertex meets `target`, the shift fading out over `BLEND_M`."""
    origin = vertices[0]
    xy = to_plane(vertices, origin)
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
    fade = np.clip(1.0 - along / BLEND_M, 0.0, 1.0)
    shift = to_plane(target[None, :], origin)[0]
    return from_plane(xy + (fade * fade * (3.0 - 2.0 * fade))[:, None] * shift, origin)


def outer_rivers(outlines: list, inside: tuple[float, float, float, float], seeds: list[tuple]) -> list[tuple]:
    """WDBII outside `inside`, its cut ends pulled on to the ends of the seeds' rivers."""
    groups: dict[str, list] = {"黄河": [], "汾河": [], "滹沱河": [], "": []}
    for _, number, points in outlines:
        name = "黄河" if number in YELLOW else "汾河" if number in FEN else "滹沱河" if number in HUTUO else ""
        groups[name].append(LineString(points))
    result = []
    for name, lines in groups.items():
        drawn = [line.buffer(0.025) for line, other, _, _ in seeds if name and other == name]
        frame = shapely.union_all([box(*inside), *drawn])
        outside = shapely.difference(shapely.union_all(lines), frame)
        merged = linemerge(outside) if outside.geom_type == "MultiLineString" else outside
        ends = [np.array(line.coords[k]) for line, other, _, _ in seeds if not name or other == name for k in (0, -1)]
        for line in getattr(merged, "geoms", [merged]):
            vertices = np.asarray(line.coords)
            for _ in range(2):
                if frame.boundary.distance(shapely.Point(vertices[0])) < 1e-6 and ends:
                    nearest = min(ends, key=lambda end: math.dist(end, vertices[0]))
                    if math.dist(nearest, vertices[0]) < 0.06:
                        vertices = _pulled(vertices, nearest)
                vertices = vertices[::-1]
            result.append((LineString(vertices), name, ENGLISH.get(name, ""), RANKS.get(name, 3)))
    return sorted(result, key=lambda item: item[0].coords[0])


def _band(river: LineString, start: list[float], end: list[float], widths_m: list[list[float]]) -> Polygon:
    """A band along `river` between the places nearest to `start` and `end`, rounded at its ends."""
    a, b = (river.project(shapely.Point(p)) for p in (start, end))
    reach = substring(river, a, b)
    origin = np.asarray(reach.coords[0])
    plane = LineString(to_plane(np.asarray(reach.coords), origin))
    fractions, widths = np.array(widths_m).T
    blobs = []
    for fraction in np.linspace(0.0, 1.0, math.ceil(plane.length / 20.0)):
        radius = float(np.interp(fraction, fractions, widths)) / 2.0
        blobs.append(plane.interpolate(fraction, normalized=True).buffer(radius, quad_segs=6))
    area = shapely.union_all(blobs).buffer(60.0).buffer(-60.0).simplify(8.0)
    # A meander that almost closes leaves dry land inside.
    return shapely.transform(area, lambda xy_m: from_plane(xy_m, origin))


def schematic_areas(table: dict, rivers: list[tuple]) -> list[tuple]:
    """(polygon, name, name_en, rank) of water_areas.json."""
    result = []
    for entry in table["areas"]:
        if entry["kind"] == "along_river":
            middle = shapely.Point(np.mean([entry["from"], entry["to"]], axis=0))
            joined = linemerge([line for line, name, _, _ in rivers if name == entry["river"]])
            river = min(getattr(joined, "geoms", [joined]), key=middle.distance)
            polygon = _band(river, entry["from"], entry["to"], entry["widths_m"])
        else:
            polygon = Polygon(smooth(entry["points"], closed=True, step_m=60.0))
        result.append((polygon, entry["name"], entry["name_en"], entry["rank"]))
    return result


def lakes(outlines: list) -> list[tuple]:
    """(polygon, name, name_en, rank) of the GSHHG lakes that are named here."""
    result = []
    for (place, name, english, rank) in LAKES:
        for kind, _, points in outlines:
            polygon = Polygon(points) if kind == 2 and len(points) > 3 else None
            if polygon is not None and polygon.buffer(0.01).contains(shapely.Point(place)):
                result.append((polygon, name, english, rank))
                break
    return result
