"""Alignments that a road or railway can take through uncertain control points.

A line is sampled every `spacing` metres; the samples minimise

    sum_k |x(s_k) - c_k|^2 / e_k^2  +  sum_i w_i |x_(i-1) - 2 x_i + x_(i+1)|^2

with c_k the control points and e_k their errors: a discrete smoothing spline.
The stiffness w_i starts low (the line passes through the control points) and
is raised only where the curve is tighter than the class may turn, until it
is not. So a control point is left only where passing it would force a kink,
and how far it is left is reported. The first and last point are kept exactly.
"""

import numpy as np

from smooth_course import catmull_rom, chainage, nearest_chainage, point_at

FIXED_ERROR_M = 2.0
# A curve that is still too tight at this stiffness has impossible controls;
# it is left as it is, and the check reports it.
STIFFEST = 3000.0


def radii(points, step=1):
    """Circumradius at each inner sample from its neighbours `step` away."""
    a, b, c = points[: -2 * step], points[step:-step], points[2 * step :]
    ab, bc, ca = (np.hypot(*(v - u).T) for u, v in ((a, b), (b, c), (c, a)))
    cross = np.abs(
        (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    )
    return ab * bc * ca / np.maximum(2.0 * cross, 1e-6)


def _resample(points, spacing):
    along = chainage(points)
    count = max(8, int(round(along[-1] / spacing)) + 1)
    at = np.linspace(0.0, along[-1], count)
    return np.column_stack([np.interp(at, along, points[:, k]) for k in (0, 1)])


def _positions(line, controls):
    """Fractional sample index nearest to each control point, in order.

    Each is looked for only between its neighbours' expected places, so that a
    ring that passes a point twice is not mixed up.
    """
    along = chainage(line)
    chords = chainage(controls)
    expected = chords / chords[-1] * along[-1]
    step = along[-1] / (len(line) - 1)
    at = [0.0]
    for k in range(1, len(controls) - 1):
        low = max(at[-1], expected[k] - 0.7 * (expected[k] - expected[k - 1]))
        high = expected[k] + 0.7 * (expected[k + 1] - expected[k])
        distance = np.hypot(*(line - controls[k]).T)
        distance[(along < low) | (along > high)] = np.inf
        at.append(max(along[int(np.argmin(distance))], at[-1]))
    at.append(along[-1])
    return np.array(at) / step


def _solve(line, controls, errors, stiffness, scale):
    n = len(line)
    matrix = np.zeros((n, n))
    right = np.zeros((n, 2))
    for i in range(1, n - 1):
        row = np.array([1.0, -2.0, 1.0])
        matrix[i - 1 : i + 2, i - 1 : i + 2] += stiffness[i] * scale * np.outer(row, row)
    for at, control, error in zip(_positions(line, controls), controls, errors):
        low = min(int(at), n - 2)
        share = np.array([1.0 - (at - low), at - low])
        weight = 1.0 / max(error, FIXED_ERROR_M) ** 2
        matrix[low : low + 2, low : low + 2] += weight * np.outer(share, share)
        right[low : low + 2] += weight * np.outer(share, control)
    return np.linalg.solve(matrix, right)


def fit(controls, errors, min_radius_of, spacing):
    """A curve (plane metres) through `controls` within `errors`.

    `min_radius_of(points)` gives the least radius in metres at each point.
    Returns samples about `spacing` metres apart.
    """
    controls = np.asarray(controls, dtype=float)
    errors = np.asarray(errors, dtype=float).copy()
    errors[0] = errors[-1] = FIXED_ERROR_M
    line = _resample(catmull_rom(controls, spacing), spacing)
    # Bending energy in units of a sample: 1 / (typical error^2) at a sagitta
    # of one sample spacing, so that the first solution interpolates.
    scale = (300.0 / spacing) ** 3 * 1e-6
    stiffness = np.full(len(line), 1.0)
    for _ in range(80):
        line = _resample(_solve(line, controls, errors, stiffness, scale), spacing)
        if len(line) != len(stiffness):
            old = np.linspace(0, 1, len(stiffness))
            stiffness = np.interp(np.linspace(0, 1, len(line)), old, stiffness)
        short = np.zeros(len(line), dtype=bool)
        short[1:-1] = radii(line) < 1.04 * min_radius_of(line)[1:-1]
        if not short.any():
            break
        wide = np.convolve(short.astype(float), np.ones(9), mode="same") > 0
        stiffness = np.where(wide, np.minimum(stiffness * 1.35, STIFFEST), stiffness)
        stiffness = np.convolve(np.pad(stiffness, 2, mode="edge"), np.ones(5) / 5, "valid")
    return line


def offsets(line, controls):
    """Distance in metres from each control point to the line."""
    return [
        float(np.hypot(*(point_at(line, nearest_chainage(line, c)) - c)))
        for c in np.asarray(controls, dtype=float)
    ]
