"""Smooth curves through control points, for lines that a cartographer would draw.

The curve is the C2 cubic spline through every control point, parametrised by the square root of
the chord (centripetal, after Lee 1989), which neither overshoots into loops nor forms cusps where
the points are unevenly spaced.
"""

import math

import numpy as np

EARTH_RADIUS_M = 6_371_008.8


def to_plane(lon_lat: np.ndarray, origin: np.ndarray) -> np.ndarray:
    """Local equirectangular metres; good to 0.2 % over a few hundred kilometres in one belt."""
    scale = EARTH_RADIUS_M * math.pi / 180.0
    return (lon_lat - origin) * np.array([scale * math.cos(math.radians(origin[1])), scale])


def from_plane(xy_m: np.ndarray, origin: np.ndarray) -> np.ndarray:
    scale = EARTH_RADIUS_M * math.pi / 180.0
    return xy_m / np.array([scale * math.cos(math.radians(origin[1])), scale]) + origin


def _second_derivatives(t: np.ndarray, y: np.ndarray, closed: bool) -> np.ndarray:
    """Of the interpolating cubic spline at its knots: natural ends, or periodic."""
    n = len(t)
    h = np.diff(t)
    slope = np.diff(y, axis=0) / h[:, None]
    if closed:
        m = n - 1
        a = np.zeros((m, m))
        b = np.zeros((m, y.shape[1]))
        for i in range(m):
            before, after = h[i - 1], h[i]
            a[i, (i - 1) % m] += before
            a[i, i] += 2.0 * (before + after)
            a[i, (i + 1) % m] += after
            b[i] = 6.0 * (slope[i] - slope[i - 1])
        second = np.linalg.solve(a, b)
        return np.vstack([second, second[:1]])
    a = np.eye(n)
    b = np.zeros((n, y.shape[1]))
    for i in range(1, n - 1):
        a[i, i - 1], a[i, i], a[i, i + 1] = h[i - 1], 2.0 * (h[i - 1] + h[i]), h[i]
        b[i] = 6.0 * (slope[i] - slope[i - 1])
    return np.linalg.solve(a, b)


def smooth_pieces(lon_lat: np.ndarray, closed: bool = False, step_m: float = 150.0) -> list[np.ndarray]:
    """Lon/lat vertices of the curve through the control points, one array per pair of neighbours.

    Neighbouring arrays share their end vertex; vertices are about `step_m` apart.
    """
    if closed:
        lon_lat = np.vstack([lon_lat, lon_lat[:1]])
    if len(lon_lat) < 3:
        return [lon_lat]
    origin = lon_lat.mean(axis=0)
    xy = to_plane(lon_lat, origin)
    chord = np.hypot(*np.diff(xy, axis=0).T)
    t = np.concatenate([[0.0], np.cumsum(np.sqrt(chord))])
    second = _second_derivatives(t, xy, closed)
    pieces = []
    for i, length in enumerate(chord):
        count = max(4, math.ceil(length / step_m))
        u = np.linspace(0.0, 1.0, count + 1)[:, None]
        h = t[i + 1] - t[i]
        v = 1.0 - u
        plane = (
            v * xy[i] + u * xy[i + 1]
            + h * h / 6.0 * ((v**3 - v) * second[i] + (u**3 - u) * second[i + 1])
        )
        pieces.append(from_plane(plane, origin))
    return pieces


def smooth(points: list[list[float]], closed: bool = False, step_m: float = 150.0) -> np.ndarray:
    """Lon/lat vertices of the curve through `points` ([lon_deg, lat_deg])."""
    pieces = smooth_pieces(np.array([p[:2] for p in points], dtype=float), closed, step_m)
    return np.vstack([pieces[0]] + [piece[1:] for piece in pieces[1:]])


def smallest_radius_m(lon_lat: np.ndarray) -> tuple[float, float, float]:
    """Smallest radius of the circle through three consecutive vertices, and where (lon, lat)."""
    xy = to_plane(lon_lat, lon_lat.mean(axis=0))
    a, b, c = xy[:-2], xy[1:-1], xy[2:]
    cross = (b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]
    sides = np.hypot(*(b - a).T) * np.hypot(*(c - b).T) * np.hypot(*(c - a).T)
    radius = sides / np.maximum(2.0 * np.abs(cross), 1e-9)
    i = int(np.argmin(radius))
    return float(radius[i]), float(lon_lat[i + 1, 0]), float(lon_lat[i + 1, 1])
