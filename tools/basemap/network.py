"""The existing roads, railways and metro as smooth curves."""

import numpy as np
from shapely.geometry import LineString

from smooth_line import smallest_radius_m, smooth, smooth_pieces

# Vertices of a corridor that the curve before and after it also follows, to leave it without a kink.
LEAD_IN = 4


def _oriented(line: np.ndarray, before: list[float] | None, after: list[float] | None) -> np.ndarray:
    """The corridor turned the way the line runs."""
    if before is not None:
        turn = np.hypot(*(line[-1] - before[:2])) < np.hypot(*(line[0] - before[:2]))
    elif after is not None:
        turn = np.hypot(*(line[0] - after[:2])) < np.hypot(*(line[-1] - after[:2]))
    else:
        turn = False
    return line[::-1] if turn else line


def _thinned(line: np.ndarray) -> np.ndarray:
    """Vertices at least 600 m apart from the first on, enough to lead a spline in."""
    kept = [line[0]]
    for vertex in line[1:]:
        if np.hypot(*((vertex - kept[-1]) * [0.79, 1.0])) * 111.2 > 0.6:
            kept.append(vertex)
        if len(kept) == LEAD_IN:
            break
    return np.array(kept)


def curve(points: list, corridors: dict[str, np.ndarray]) -> tuple[np.ndarray, float]:
    """Vertices through control points and along corridors, and the smallest radius (m) drawn here."""
    if len(points) == 1:
        return corridors[points[0]["corridor"]], float("inf")
    runs: list[tuple[str, np.ndarray]] = []
    for i, point in enumerate(points):
        if isinstance(point, dict):
            before = points[i - 1] if i else None
            after = points[i + 1] if i + 1 < len(points) else None
            runs.append(("corridor", _oriented(corridors[point["corridor"]], before, after)))
        elif runs and runs[-1][0] == "points":
            runs[-1] = ("points", np.vstack([runs[-1][1], point[:2]]))
        else:
            runs.append(("points", np.array([point[:2]], dtype=float)))
    parts, radius = [], float("inf")
    for i, (kind, vertices) in enumerate(runs):
        if kind == "corridor":
            parts.append(vertices)
            continue
        head = _thinned(runs[i - 1][1][::-1])[::-1] if i else np.empty((0, 2))
        tail = _thinned(runs[i + 1][1]) if i + 1 < len(runs) else np.empty((0, 2))
        pieces = smooth_pieces(np.vstack([head, vertices, tail]))
        first = max(len(head) - 1, 0)
        last = len(pieces) - max(len(tail) - 1, 0)
        drawn = np.vstack([pieces[first]] + [piece[1:] for piece in pieces[first + 1 : last]])
        radius = min(radius, smallest_radius_m(drawn)[0])
        parts.append(drawn)
    joined = [parts[0]] + [part[1:] if np.allclose(part[0], before[-1], atol=1e-6) else part for before, part in zip(parts, parts[1:])]
    return np.vstack(joined), radius


def network(table: dict, corridor_features: list[dict]) -> list[tuple]:
    """(kind, line, attributes) of context_network.json. Raises ValueError for a line that turns too sharply."""
    corridors = {
        f["properties"]["id"]: np.array(f["geometry"]["coordinates"], dtype=float)
        for f in corridor_features
        if f.get("geometry") and f["geometry"]["type"] == "LineString"
    }
    result = []
    for entry in table["lines"]:
        vertices, radius = curve(entry["points"], corridors)
        if radius < table["minimum_radius_m"][entry["kind"]]:
            raise ValueError(f"context_network.json: {entry['id']} turns in {radius:.0f} m")
        attributes = {key: entry.get(key) for key in ("name", "name_en", "ref", "rank", "status", "since")}
        if entry["kind"] == "rail":
            attributes["high_speed"] = bool(entry.get("high_speed"))
        result.append((entry["kind"], LineString(np.round(vertices, 6)), attributes))
    return result
