"""Smooth curves through given points: centripetal Catmull-Rom, thinned."""

import numpy as np
from shapely.geometry import LineString, Point


def catmull_rom(points, spacing_m, before=None, after=None):
    """A centripetal Catmull-Rom curve through all `points` (plane metres).

    `before` and `after` are neighbours beyond the ends that set the end
    tangents (mirrored points where not given). Centripetal knots (exponent
    0.5) neither loop nor overshoot: Yuksel, Schaefer, Keyser (2011).
    Returns the curve's points; every given point is one of them.
    """
    p = np.asarray(points, dtype=float)
    first = 2 * p[0] - p[1] if before is None else np.asarray(before, dtype=float)
    last = 2 * p[-1] - p[-2] if after is None else np.asarray(after, dtype=float)
    p = np.vstack([first, p, last])
    curve = [p[1]]
    for a, b, c, d in zip(p, p[1:], p[2:], p[3:]):
        t1 = np.sqrt(np.hypot(*(b - a)))
        t2 = t1 + np.sqrt(np.hypot(*(c - b)))
        t3 = t2 + np.sqrt(np.hypot(*(d - c)))
        steps = max(1, int(np.ceil(np.hypot(*(c - b)) / spacing_m)))
        for t in t1 + (t2 - t1) * np.arange(1, steps + 1) / steps:
            a1 = a + (b - a) * t / t1
            a2 = b + (c - b) * (t - t1) / (t2 - t1)
            a3 = c + (d - c) * (t - t2) / (t3 - t2)
            b1 = a1 + (a2 - a1) * t / t2
            b2 = a2 + (a3 - a2) * (t - t1) / (t3 - t1)
            curve.append(b1 + (b2 - b1) * (t - t1) / (t2 - t1))
        curve[-1] = c
    return np.array(curve)


def thinned(points, tolerance_m, keep=()):
    """Douglas-Peucker at `tolerance_m`; the indices in `keep` always stay."""
    points = np.asarray(points, dtype=float)
    cuts = sorted({0, len(points) - 1, *keep})
    result = [points[0]]
    for a, b in zip(cuts, cuts[1:]):
        part = LineString(points[a : b + 1]).simplify(tolerance_m)
        result.extend(np.array(part.coords)[1:])
    return np.array(result)


def chainage(points):
    """Distance from the start along a line at each of its points."""
    steps = np.hypot(*np.diff(np.asarray(points, dtype=float), axis=0).T)
    return np.concatenate([[0.0], np.cumsum(steps)])


def point_at(points, distance):
    """The point at a distance along a line (clamped to its ends)."""
    along = chainage(points)
    return np.array([np.interp(distance, along, points[:, k]) for k in (0, 1)])


def nearest_chainage(points, target):
    """Distance along the line of the point nearest to `target`."""
    return LineString(points).project(Point(*target))


def piece(points, start, end):
    """The part of a line between two distances; its vertices are the line's."""
    along = chainage(points)
    inside = points[(along > start + 0.01) & (along < end - 0.01)]
    return np.vstack([point_at(points, start), inside, point_at(points, end)])
