"""Roads, railways and metro lines through named control points."""

import numpy as np

import alignment
import geojson_io as io
from projection import length_km, to_lon_lat, to_plane
from smooth_course import chainage, nearest_chainage, piece, point_at, thinned

# Per class: least radius in metres, sample spacing and thinning tolerance.
CLASSES = {
    "expressway": {"min_radius_m": 1000.0, "spacing_m": 150.0, "thin_m": 5.0},
    "road": {"min_radius_m": 400.0, "spacing_m": 80.0, "thin_m": 4.0},
    "high_speed_rail": {"min_radius_m": 5500.0, "spacing_m": 250.0, "thin_m": 6.0},
    "railway": {"min_radius_m": 800.0, "spacing_m": 150.0, "thin_m": 5.0},
    "metro": {"min_radius_m": 300.0, "spacing_m": 60.0, "thin_m": 3.0},
}
OFFSET_TOLD_M = 60.0


def radius_limits(spec):
    """A function from plane points to the least radius allowed there."""
    base = CLASSES[spec["class"]]["min_radius_m"]
    zones = [
        (to_plane([(z["lon"], z["lat"])])[0], z["within_km"] * 1000.0, z["min_radius_m"])
        for z in spec.get("tight", [])
    ]

    def limits(points):
        result = np.full(len(points), base)
        for centre, reach, radius in zones:
            inside = np.hypot(*(points - centre).T) < reach
            result[inside] = np.minimum(result[inside], radius)
        return result

    return limits


def _cut(line, start, end):
    a, b = (nearest_chainage(line, to_plane([p])[0]) for p in (start, end))
    return piece(line, a, b) if a < b else piece(line, b, a)[::-1]


def _lead_length(line):
    """Length in metres of the followed line that carries its tangent on."""
    return min(2400.0, 0.9 * chainage(line)[-1])


def _lead(line, backwards):
    """Points of a followed line near the junction, in the drawn direction."""
    total, length = chainage(line)[-1], _lead_length(line)
    steps = [length * f for f in (1.0, 0.75, 0.5, 0.25, 0.0)]
    at = steps[::-1] if backwards else [total - s for s in steps]
    return np.array([point_at(line, s) for s in at])


def _draw(spec, drawn):
    """The corridor's course in plane metres (dense)."""
    settings = CLASSES[spec["class"]]
    controls = to_plane([c.get("drawn_at", (c["lon"], c["lat"])) for c in spec["controls"]])
    errors = np.array([c["error_m"] for c in spec["controls"]], dtype=float)
    limits = radius_limits(spec)
    if spec.get("ring"):
        # A ring is fitted over more than one turn and cut where it closes:
        # at its fourth control point, far from the two fixed ends.
        count = len(controls)
        turn = [k % count for k in range(count + 7)]
        line = alignment.fit(controls[turn], errors[turn], limits, settings["spacing_m"])
        start = nearest_chainage(line[: len(line) // 2], controls[3])
        tail = len(line) // 2
        end = chainage(line)[tail] + nearest_chainage(line[tail:], controls[3])
        loop = piece(line, start, end)
        loop[-1] = loop[0]
        return loop
    if "snap_start" in spec:
        other = drawn[spec["snap_start"]]
        controls[0] = point_at(other, nearest_chainage(other, controls[0]))
    if "snap_end" in spec:
        other = drawn[spec["snap_end"]]
        controls[-1] = point_at(other, nearest_chainage(other, controls[-1]))
    head = tail = None
    if "follow" in spec:
        head = _cut(drawn[spec["follow"]["corridor"]], spec["follow"]["from"], spec["follow"]["to"])
        lead = _lead(head, backwards=False)
        controls = np.vstack([lead, controls])
        errors = np.concatenate([np.full(len(lead), 5.0), errors])
    if "follow_end" in spec:
        follow = spec["follow_end"]
        tail = _cut(drawn[follow["corridor"]], follow["from"], follow["to"])
        lead = _lead(tail, backwards=True)
        controls = np.vstack([controls, lead])
        errors = np.concatenate([errors, np.full(len(lead), 5.0)])
    if len(controls) == 2:
        return np.array([point_at(controls, s) for s in np.linspace(0, chainage(controls)[-1], 9)])
    line = alignment.fit(controls, errors, limits, settings["spacing_m"])
    # The fitted part takes over where the followed line ends.
    if head is not None:
        line = line[chainage(line) > _lead_length(head)]
        line = np.vstack([head, line])
    if tail is not None:
        end = nearest_chainage(line, tail[0])
        line = np.vstack([piece(line, 0.0, end)[:-1], tail])
    return line


def _control_points(spec, line):
    result = []
    places = [(c["lon"], c["lat"]) for c in spec["controls"]]
    gaps = alignment.offsets(line, to_plane(places))
    for control, gap in zip(spec["controls"], gaps):
        point = dict(control)
        if gap > OFFSET_TOLD_M:
            point["line_passes_m"] = round(gap)
        result.append(point)
    return result


HIDDEN = {"controls", "follow", "follow_end", "cut", "snap_start", "snap_end", "ring",
          "hidden", "tight", "length_fitted", "fit_zh", "fit_en"}  # fmt: skip


def length_notes(stated, drawn, spec):
    """Notes on the drawn length where the plan states one."""
    notes = {}
    if spec.get("length_fitted"):
        notes["length_fitted"] = True
        notes["length_note_zh"] = spec["fit_zh"]
        notes["length_note_en"] = spec["fit_en"]
    if stated and abs(drawn / stated - 1.0) > 0.08:
        percent = 100.0 * (drawn / stated - 1.0)
        notes["length_note_zh"] = notes.get("length_note_zh", "") + (
            f"示意线长{drawn:.1f}公里，规划所述{stated}公里，相差{percent:+.0f}%。"
        )
        notes["length_note_en"] = notes.get("length_note_en", "") + (
            f"The schematic line is {drawn:.1f} km, the plan states {stated} km ({percent:+.0f} %)."
        )
    return notes


def build():
    """Features of the corridors drawn through control points."""
    specs = io.read_json(io.INPUT / "corridors.json")["corridors"]
    drawn, features = {}, []
    for spec in specs:
        if "cut" in spec:
            whole = drawn[spec["cut"]["corridor"]]
            by_name = {
                c["name"]: c
                for s in specs
                if s["id"] == spec["cut"]["corridor"]
                for c in s["controls"]
            }
            ends = [by_name[spec["cut"][k]] for k in ("from", "to")]
            a, b = (nearest_chainage(whole, to_plane([(c["lon"], c["lat"])])[0]) for c in ends)
            if a < b:
                line = piece(whole, a, b)
            else:
                line = np.vstack([piece(whole, a, chainage(whole)[-1])[:-1], piece(whole, 0.0, b)])
            limits_of = next(s for s in specs if s["id"] == spec["cut"]["corridor"])
            spec = {**spec, "controls": _between(limits_of["controls"], *ends)}
        else:
            line = _draw(spec, drawn)
        drawn[spec["id"]] = line
        if spec.get("hidden"):
            continue
        thin = thinned(line, CLASSES[spec["class"]]["thin_m"])
        lon_lat = np.round(to_lon_lat(thin), 6)
        km = length_km(lon_lat)
        properties = {k: v for k, v in spec.items() if k not in HIDDEN}
        properties["drawn_length_km"] = round(km, 2)
        properties["min_radius_m"] = CLASSES[spec["class"]]["min_radius_m"]
        if "tight" in spec:
            properties["tight_zones"] = spec["tight"]
        properties.update(length_notes(spec.get("stated_length_km"), km, spec))
        properties["control_points"] = _control_points(spec, line)
        features.append(io.feature("LineString", lon_lat.tolist(), properties))
    return features


def _between(controls, first, last):
    """The ring's control points from `first` on to `last`."""
    start = controls.index(first)
    turned = controls[start:] + controls[:start]
    return turned[: turned.index(last) + 1]
