"""Points of projects, anchors of those without a place, runways as areas."""

import numpy as np

import geojson_io as io
from projection import GEOD


def build(labels):
    """Features of sites and anchors; `labels`: county code -> (name, en, lon_lat)."""
    data = io.read_json(io.INPUT / "sites.json")
    features = []
    for item in data["sites"]:
        properties = {k: v for k, v in item.items() if k not in ("lon", "lat")}
        properties["anchor"] = False
        features.append(io.feature("Point", [item["lon"], item["lat"]], properties))
    for item in data["anchors"]:
        properties = {k: v for k, v in item.items() if k not in ("anchor", "same_as")}
        if item["accuracy"] == "county":
            name, english, lon_lat = labels[item["anchor"]]
            properties["county_code"] = item["anchor"]
        else:
            zone = data["zones"][item["anchor"]]
            name, english, lon_lat = zone["name_zh"], zone["name_en"], zone["lon_lat"]
            properties["county_code"] = None
        properties.update(anchor=True, anchor_name_zh=name, anchor_name_en=english)
        features.append(io.feature("Point", lon_lat, properties))
    return features


def runways():
    """Runway surfaces: rectangles of the stated length and width."""
    features = []
    for item in io.read_json(io.INPUT / "areas.json")["runways"]:
        (lon1, lat1), (lon2, lat2) = item["ends"]
        heading, _, _ = GEOD.inv(lon1, lat1, lon2, lat2)
        half = item["width_m"] / 2.0
        corners = [
            GEOD.fwd(lon, lat, heading + side, half)[:2]
            for lon, lat, side in (
                (lon1, lat1, -90), (lon1, lat1, 90), (lon2, lat2, 90), (lon2, lat2, -90),
            )
        ]  # fmt: skip
        ring = [*corners, corners[0]][::-1]
        area, _ = GEOD.polygon_area_perimeter(*np.array(ring).T)
        properties = {k: v for k, v in item.items() if k != "ends"}
        properties.update(
            {"class": "runway", "area_m2": round(abs(area)), "centre_line": item["ends"]}
        )
        features.append(io.feature("Polygon", [ring], properties))
    return features
