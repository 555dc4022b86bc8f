"""County units and the borders between them, simplified so that neighbours stay in step."""

import shapely
from shapely.geometry import shape
from shapely.ops import linemerge


def coverage(features: list[tuple[str, dict]]) -> tuple[list[str], list]:
    """Codes and polygons, in the order of the codes."""
    ordered = sorted(features, key=lambda item: item[0])
    return [code for code, _ in ordered], [shape(geometry) for _, geometry in ordered]


def level(left: str, right: str) -> str:
    """What a border between two six-digit codes separates."""
    if left[:2] != right[:2]:
        return "province"
    return "prefecture" if left[:4] != right[:4] else "county"


def shared_edges(codes: list[str], polygons: list) -> dict[tuple[str, str], list]:
    """Lines that two units share, each once, by the pair of codes. Edges of one unit only are left out."""
    owners: dict[tuple, set[str]] = {}
    for code, polygon in zip(codes, polygons):
        for part in getattr(polygon, "geoms", [polygon]):
            for ring in (part.exterior, *part.interiors):
                vertices = list(ring.coords)
                for a, b in zip(vertices, vertices[1:]):
                    owners.setdefault((a, b) if a < b else (b, a), set()).add(code)
    pairs: dict[tuple[str, str], list] = {}
    for edge, holders in owners.items():
        if len(holders) == 2:
            pairs.setdefault(tuple(sorted(holders)), []).append(edge)
    merged = {}
    for pair in sorted(pairs):
        lines = linemerge(sorted(pairs[pair]))
        merged[pair] = sorted(getattr(lines, "geoms", [lines]), key=lambda line: line.coords[0])
    return merged


def simplified(polygons: list, tolerance: float) -> list:
    """The same coverage with fewer vertices: shared borders stay shared, the outer edge stays whole."""
    if tolerance <= 0:
        return polygons
    return list(shapely.coverage_simplify(polygons, tolerance, simplify_boundary=False))


def joined_by_level(edges: dict[tuple[str, str], list], skip: set[str]) -> dict[str, list]:
    """Border lines per level, joined end to end; pairs wholly inside `skip` are left out."""
    by_level: dict[str, list] = {"province": [], "prefecture": [], "county": []}
    for (left, right), lines in edges.items():
        if not (left in skip and right in skip):
            by_level[level(left, right)] += lines
    result = {}
    for name, lines in by_level.items():
        joined = linemerge(lines) if lines else []
        result[name] = sorted(getattr(joined, "geoms", [joined] if lines else []), key=lambda line: line.coords[0])
    return result
