"""The country's counties as arcs, each kept once, in whole steps of 1e-5 degrees (about a metre)."""

import shapely

STEP = 100_000


def _varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _signed(value: int) -> bytes:
    return _varint(value << 1 if value >= 0 else (-value << 1) - 1)


def snapped(known: set[tuple]):
    """Rounds a position to the file's steps, on to a known vertex that is one step away: the packages
    round the same borders differently."""
    numbers = {(round(x * STEP), round(y * STEP)): (x, y) for x, y in known}

    def snap(x: float, y: float) -> list[float]:
        i, j = round(x * STEP), round(y * STEP)
        near = [(abs(di) + abs(dj), i + di, j + dj) for di in (-1, 0, 1) for dj in (-1, 0, 1) if (i + di, j + dj) in numbers]
        return list(numbers[min(near)[1:]]) if near else [round(x, 5), round(y, 5)]

    return snap


def in_steps(geometry: dict, snap) -> dict:
    """A geometry in the file's steps, without vertices that fall together or rings that vanish."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    result = []
    for polygon in polygons:
        rings = []
        for ring in polygon:
            points = [snap(x, y) for x, y in ring]
            kept = points[:1] + [b for a, b in zip(points, points[1:]) if a != b]
            if len(kept) >= 4:
                rings.append(kept)
            elif not rings:
                break
        if rings:
            result.append(rings)
    return {"type": "MultiPolygon", "coordinates": result}


class Arcs:
    """Arcs in the order first met, and each county's rings as signed arc numbers."""

    def __init__(self, topology, codes: list[str]):
        self.codes = codes
        self.lines: list[tuple] = []
        self.rings: dict[str, list] = {}
        numbers: dict[tuple, int] = {}
        for code in codes:
            self.rings[code] = []
            for polygon in topology.rings[code]:
                rings = []
                for ring in polygon:
                    rings.append([self._number(numbers, topology, arc) for arc in topology._arcs_of(ring)])
                self.rings[code].append(rings)
        self.vertex_count = sum(map(len, self.lines))

    def _number(self, numbers: dict, topology, arc: list) -> tuple[int, bool]:
        """The arc's number and whether it is walked backwards."""
        forward, back = tuple(arc), tuple(reversed(arc))
        if back in numbers and forward != back:
            return numbers[back], True
        if forward not in numbers:
            numbers[forward] = len(self.lines)
            steps = [(round(x * STEP), round(y * STEP)) for x, y in topology._drawn(list(arc))]
            self.lines.append(tuple(steps[:1] + [b for a, b in zip(steps, steps[1:]) if a != b]))
        return numbers[forward], False

    def polygons(self, code: str) -> list:
        """Shapely polygons of a county, in degrees."""
        result = []
        for polygon in self.rings[code]:
            rings = []
            for ring in polygon:
                points: list = []
                for number, back in ring:
                    line = self.lines[number]
                    points.extend((line[::-1] if back else line)[:-1])
                rings.append([(x / STEP, y / STEP) for x, y in [*points, points[0]]])
            result.append(shapely.Polygon(rings[0], rings[1:]))
        return result

    def packed_lines(self) -> bytes:
        """Count; per arc its length in vertices and steps from vertex to vertex, across arcs too."""
        out = bytearray(_varint(len(self.lines)))
        x = y = 0
        for line in self.lines:
            out += _varint(len(line))
            for next_x, next_y in line:
                out += _signed(next_x - x) + _signed(next_y - y)
                x, y = next_x, next_y
        return bytes(out)

    def packed_rings(self) -> bytes:
        """Per county in the order of codes: count of polygons, of rings, of arcs; arc number and direction."""
        out = bytearray(_varint(len(self.codes)))
        for code in self.codes:
            out += _varint(int(code)) + _varint(len(self.rings[code]))
            for polygon in self.rings[code]:
                out += _varint(len(polygon))
                for ring in polygon:
                    out += _varint(len(ring))
                    for number, back in ring:
                        out += _varint(number << 1 | back)
        return bytes(out)
