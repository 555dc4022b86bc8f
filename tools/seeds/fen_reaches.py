"""Reaches of the Fen for the plan's river projects, cut from one course."""

import numpy as np
from shapely.geometry import LineString, MultiPolygon, Point, Polygon

import geojson_io as io
import river_course
from corridors import length_notes
from projection import length_km, to_lon_lat, to_plane
from smooth_course import catmull_rom, nearest_chainage, piece

# Ids of seeds/sources.json.
BORDER = "border"
TRACE = "wdbii"
PLAN = "plan"
# The third phase of the Fen park: from 500 m south of Xiangyun bridge to 2 km
# south of Yingbin bridge, 12 km (published); its end is the plan's gate no. 2.
XIANGYUN_BRIDGE = (112.529956, 37.773084)
PHASE_3 = "tynews-2019-05-23"
GUJIAO_END = (112.3291, 37.9804)


def plane_polygon(shape):
    """A lon/lat multipolygon in plane metres."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    return MultiPolygon([Polygon(to_plane(p.exterior.coords)) for p in parts])


def marks(course, shapes):
    """Distances along the course where the reaches begin and end."""
    line = LineString(course)

    def span(codes):
        area = plane_polygon(shapes[codes[0]])
        for code in codes[1:]:
            area = area.union(plane_polygon(shapes[code]))
        inside = line.intersection(area.buffer(1.0))
        parts = inside.geoms if hasattr(inside, "geoms") else [inside]
        ends = [line.project(Point(p)) for part in parts for p in (part.coords[0], part.coords[-1])]
        return min(ends), max(ends)

    city = [code for code in shapes if code.startswith("1401")]
    enter, leave = span(city)
    bridge = nearest_chainage(course, to_plane([XIANGYUN_BRIDGE])[0])
    return {
        "enter": enter,
        "loufan": span(["140123"])[1],
        "gujiao": nearest_chainage(course, to_plane([GUJIAO_END])[0]),
        "phase_3": bridge + 500.0,
        "gate_2": bridge + 12500.0,
        "leave": leave,
    }


def _control(name, course, at, error_m, *sources):
    lon, lat = to_lon_lat([_at(course, at)])[0]
    return {
        "name": name,
        "lon": round(lon, 6),
        "lat": round(lat, 6),
        "error_m": error_m,
        "sources": list(sources),
    }


def _at(course, distance):
    point = LineString(course).interpolate(distance)
    return (point.x, point.y)


def _reach(course, start, end, properties, fields):
    lon_lat = np.round(to_lon_lat(piece(course, start, end)), 5)
    km = length_km(lon_lat)
    full = {
        **properties, "class": "river", "accuracy": "schematic",
        "drawn_length_km": round(km, 2), **length_notes(properties.get("stated_length_km"), km, {}),
        **fields,
    }  # fmt: skip
    return io.feature("LineString", lon_lat.tolist(), full, 5)


def build(course, shapes):
    """Features of the Fen reaches (L9, L7-LF, L7-GJ, L8, F-24)."""
    at = marks(course, shapes)
    enter = _control("娄烦入境(静乐界)", course, at["enter"], 700, TRACE, BORDER)
    loufan = _control("娄烦、古交界", course, at["loufan"], 700, TRACE, BORDER)
    gorge = _control("古交界止点(汾河峡谷)", course, at["gujiao"], 250, BORDER)
    gate = _control("汾河三期末端2号闸(推算)", course, at["gate_2"], 2000, PHASE_3)
    phase = _control("祥云桥南500米", course, at["phase_3"], 300, PHASE_3)
    leave = _control("清徐韩武村出境段", course, at["leave"], 700, TRACE, BORDER)
    bridge = _control("祥云桥", course, at["phase_3"] - 500.0, 200, "estimate")
    trace_zh = "山区和清徐段取WDBII河线(误差约0.7公里，小弯已被概化)；峡谷段和胜利桥至清徐界取作为界河的县区界(误差约0.25公里)；尖草坪段为WDBII向界河段平移。"
    trace_en = "Hill and Qingxu reaches from WDBII (about 0.7 km, small bends lost); the gorge and the city reach follow the district borders that are the river (about 0.25 km); WDBII shifted to meet them in Jiancaoping."
    both = [BORDER, TRACE, PLAN]
    base = {
        "role": "main",
        "planned": True,
        "status": "planned",
        "counts_length": True,
        "stated_length_km": None,
    }
    return [
        _reach(course, at["enter"], at["leave"], {
            "id": "L9", "name": "汾河干流太原段", "name_en": "Fen River main stem in Taiyuan",
            "project_ids": ["B4-03"], **base, "error_m": [250, 900]},
            {"basis_zh": trace_zh + "规划未写干流长度；通常所说约188公里，此线因概化而较短。",
             "basis_en": trace_en + " The plan states no length; the commonly quoted 188 km is longer, because bends are lost here.",
             "control_points": [enter, loufan, gorge, bridge, leave], "sources": both}),
        _reach(course, at["enter"], at["loufan"], {
            "id": "L7-LF", "name": "汾河上游生态修复与治理(娄烦段)", "name_en": "Upper Fen restoration, Loufan reach",
            "project_ids": ["B4-01"], "works_in": ["140123"], **base, "error_m": [700, 1500]},
            {"basis_zh": "规划未写桩号，画出娄烦县内全部汾河干流(含汾河水库)。" + "河线取WDBII。",
             "basis_en": "The plan gives no chainage; the whole Fen in Loufan is drawn (with the reservoir), from WDBII.",
             "control_points": [enter, loufan], "sources": both}),
        _reach(course, at["loufan"], at["gujiao"], {
            "id": "L7-GJ", "name": "汾河上游生态修复与治理(古交段)", "name_en": "Upper Fen restoration, Gujiao reach",
            "project_ids": ["B4-01"], "works_in": ["140181"], **base, "error_m": [250, 900]},
            {"basis_zh": "规划未写桩号，画出古交市内全部汾河干流；峡谷段为古交、万柏林界河，规划写在古交市，长度全计入古交。",
             "basis_en": "The plan gives no chainage; the whole Fen in Gujiao is drawn; in the gorge it is the Gujiao–Wanbolin border, and as the plan names Gujiao all of it counts there.",
             "control_points": [loufan, gorge], "sources": both}),
        _reach(course, at["gate_2"], at["leave"], {
            "id": "L8", "name": "汾河中游百公里示范区(太原段)", "name_en": "Middle Fen 100-km demonstration area, Taiyuan reach",
            "project_ids": ["B4-02"], **base, "status": "in_progress", "stated_length_km": 33, "error_m": [250, 2000]},
            {"basis_zh": "起点2号闸按汾河三期终点(祥云桥南500米起12公里)推算，误差约2公里；止于汾河出清徐界处。小店、晋源界河段取区界，清徐段取WDBII。",
             "basis_en": "Gate no. 2 is computed as the end of the third phase (12 km from 500 m south of Xiangyun bridge), about 2 km exact; it ends where the Fen leaves Qingxu. District border in the city, WDBII in Qingxu.",
             "control_points": [gate, leave], "sources": [*both, PHASE_3]}),
        _reach(course, at["phase_3"], at["gate_2"], {
            "id": "L9-S3", "name": "汾河景区三期", "name_en": "Fen River scenic area, phase 3",
            "project_ids": ["F-24"], **base, "planned": False, "status": "done", "error_m": [250, 2000], "public_length_km": 12},
            {"basis_zh": "公开起讫：祥云桥南500米至迎宾桥南2公里，12公里；沿界河段截取。",
             "basis_en": "Published: from 500 m south of Xiangyun bridge to 2 km south of Yingbin bridge, 12 km; cut from the border reach.",
             "control_points": [phase, gate], "sources": [PHASE_3, BORDER]}),
    ]  # fmt: skip


def tributaries(course):
    """Features of the tributaries, their mouths on the Fen."""
    features = []
    for item in io.read_json(io.INPUT / "tributaries.json"):
        points = to_plane(item["points"])
        line = LineString(course)
        mouth = line.interpolate(line.project(Point(points[-1])))
        points[-1] = (mouth.x, mouth.y)
        lon_lat = np.round(to_lon_lat(catmull_rom(points, 300.0)), 5)
        sources = item["sources"]
        ends = [("上端(示意)", lon_lat[0]), ("汇入汾河口", lon_lat[-1])]
        features.append(io.feature("LineString", lon_lat.tolist(), {
            "id": item["id"], "name": item["name"], "name_en": item["name_en"],
            "project_ids": ["B4-03"], "role": "context", "class": "tributary",
            "planned": True, "status": "planned", "accuracy": "schematic",
            "error_m": [item["error_m"], item["error_m"]], "counts_length": False,
            "stated_length_km": None, "drawn_length_km": round(length_km(lon_lat), 2),
            "basis_zh": "规划只说“16条重要支流”，未列名；" + ("此为太原“九河”之一，" if item["urban"] else "") + "河口接汾河，" + ("城区段按个别公开点位示意，以上按常识示意。" if "osm" in sources else "走向按常识示意。"),
            "basis_en": "The plan says “16 important tributaries” without names; " + ("one of the nine urban rivers; " if item["urban"] else "") + "its mouth is set on the Fen; " + ("schematic through single published points in the city, by general knowledge above." if "osm" in sources else "its course is schematic, from general knowledge."),
            "control_points": [{"name": n, "lon": float(p[0]), "lat": float(p[1]), "error_m": item["error_m"], "sources": sources} for n, p in ends],
            "sources": [*sources, PLAN]}, 5))  # fmt: skip
    return features


WDBII_RIVERS = [
    ("滹沱河", "Hutuo River", [[24, 25], [26, 27]]),
    ("无定河", "Wuding River", [[13]]),
    ("恢河", "Hui River", [[10]]),
    ("浊漳河北源", "Zhuozhang River (north branch)", [[19, 18], [22]]),
]


def basemap_rivers(course, reaches, tributary_features):
    """River lines for the basemap: the Fen, the Yellow River, WDBII rivers."""

    def river(name, name_en, lon_lat, error_m, basis_zh, basis_en):
        properties = {
            "name": name,
            "name_en": name_en,
            "accuracy": "schematic",
            "error_m": error_m,
            "basis_zh": basis_zh,
            "basis_en": basis_en,
        }
        return io.feature("LineString", np.round(lon_lat, 5).tolist(), properties, 5)

    features = [
        river("汾河", "Fen River", to_lon_lat(course), 900, "县区界(界河段)和WDBII。", "District borders where they are the river, WDBII elsewhere."),
        river("黄河", "Yellow River", reaches["yellow"][1], 250, "山西、陕西省界(界河)。", "The Shanxi–Shaanxi border, which is the river."),
    ]  # fmt: skip
    for name, name_en, lines in WDBII_RIVERS:
        for order in lines:
            trace = to_plane(river_course.wdbii(name, order))
            smooth = river_course.thin_trace(river_course.smoothed(trace, 900.0, None, None))
            features.append(
                river(
                    name,
                    name_en,
                    to_lon_lat(smooth),
                    900,
                    "WDBII河线，平滑。",
                    "WDBII trace, smoothed.",
                )
            )
    xiao = next(f for f in tributary_features if f["properties"]["id"] == "L9-T01")
    features.append(
        river(
            "潇河",
            "Xiao River",
            np.array(xiao["geometry"]["coordinates"]),
            1500,
            "示意。",
            "Schematic.",
        )
    )
    return features
