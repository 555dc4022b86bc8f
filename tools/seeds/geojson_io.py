"""Reading and writing the seeds' GeoJSON (RFC 7946, WGS-84 lon/lat)."""

import json
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
INPUT = TOOLS / "input"
SEEDS = TOOLS.parent.parent / "seeds"


def read_json(path):
    """The parsed JSON of a file in UTF-8."""
    with open(path, encoding="utf-8") as handle:
        return json.load(handle)


def rounded(coordinates, digits):
    """Nested coordinate arrays rounded to `digits` decimals of a degree."""
    if isinstance(coordinates, (int, float)):
        return round(float(coordinates), digits)
    return [rounded(item, digits) for item in coordinates]


def feature(geometry_type, coordinates, properties, digits=6):
    """A GeoJSON feature; `coordinates` in the nesting of its type."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {
            "type": geometry_type,
            "coordinates": rounded(coordinates, digits),
        },
    }


def write_features(name, features, credits):
    """Write `seeds/<name>`: one feature per line, so that changes can be read."""
    SEEDS.mkdir(parents=True, exist_ok=True)
    head = {"type": "FeatureCollection", "name": Path(name).stem, "credits": credits}
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    lines = (json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path = SEEDS / name
    path.write_text(text + ',"features":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
    return path
