"""Interface symbols that Noto Sans CJK lacks, drawn here as strokes on its 1000-unit em.

All sit in the ideographic box (x 0..1000, y -120..880) so that they line up with Hanzi.
"""

import math

from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

CENTRE = (500.0, 380.0)
STROKE = {"Regular": 72.0, "Bold": 112.0}
# Blank glyphs by advance.
SPACES = {"\u2009": 200, "\u200a": 100, "\u202f": 200}
# Yi letters that PDF extraction of this kind of plan writes for Chinese punctuation.
ALIASES = {"ꎬ": "，", "ꎮ": "。", "ꎻ": "；", "✔": "✓"}

# Raised and lowered figures: the glyph each is made from, its scale and its shift.
FIGURES = {raised: (plain, 0.6, 310) for raised, plain in zip("⁰⁴⁵⁶⁷⁸⁹", "0456789")}
FIGURES |= {lowered: (plain, 0.6, -130) for lowered, plain in zip("₀₁₂₃₄₅₆₇₈₉", "0123456789")}


def _arc(radius: float, start_deg: float, end_deg: float, centre=CENTRE) -> list[tuple[float, float]]:
    steps = max(8, round(abs(end_deg - start_deg) / 7.5))
    angles = [math.radians(start_deg + (end_deg - start_deg) * i / steps) for i in range(steps + 1)]
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def _stroked(width: float, *lines) -> object:
    return unary_union([LineString(line).buffer(width / 2, quad_segs=6) for line in lines])


def _turning_arrow(width: float, clockwise: bool):
    ring = _arc(270, 50, 330)
    angle = math.radians(50 - 8)
    ahead, out = (math.sin(angle), -math.cos(angle)), (math.cos(angle), math.sin(angle))
    x, y = ring[0]
    head = [(x + 210 * ahead[0], y + 210 * ahead[1]), (x + 150 * out[0], y + 150 * out[1]), (x - 150 * out[0], y - 150 * out[1])]
    if not clockwise:
        ring, head = ([(2 * CENTRE[0] - a, b) for a, b in points] for points in (ring, head))
    return unary_union([_stroked(width, list(ring)), Polygon(list(head)).buffer(8)])


def shapes(width: float) -> dict[str, object]:
    """Filled outline of each symbol for a stroke width."""
    cx, cy = CENTRE
    disc = Point(CENTRE)
    gear = unary_union([disc.buffer(215, quad_segs=12)] + [
        LineString([(cx + 200 * math.cos(a), cy + 200 * math.sin(a)), (cx + 300 * math.cos(a), cy + 300 * math.sin(a))]).buffer(60, cap_style="flat")
        for a in (math.pi / 4 * i for i in range(8))
    ]).difference(disc.buffer(215 - width * 1.25, quad_segs=12))
    rays = [[(cx + r * math.cos(math.pi / 4 * i), cy + r * math.sin(math.pi / 4 * i)) for r in (290, 385)] for i in range(8)]
    return {
        "⌂": _stroked(width, [(130, 390), (500, 730), (870, 390)], [(240, 330), (240, 50), (760, 50), (760, 330)]),
        "⌕": unary_union([_stroked(width, _arc(250, 0, 360, (430, 450))), _stroked(width * 1.15, [(615, 265), (830, 50)])]),
        "☰": _stroked(width, [(150, 640), (850, 640)], [(150, 380), (850, 380)], [(150, 120), (850, 120)]),
        "☾": disc.buffer(330, quad_segs=16).difference(Point(650, 470).buffer(290, quad_segs=16)),
        "☼": unary_union([_stroked(width, _arc(175, 0, 360)), _stroked(width, *rays)]),
        "✕": _stroked(width, [(230, 110), (770, 650)], [(230, 650), (770, 110)]),
        "✗": _stroked(width, [(230, 110), (770, 650)], [(230, 650), (770, 110)]),
        "✖": _stroked(width * 1.7, [(230, 110), (770, 650)], [(230, 650), (770, 110)]),
        "⛶": _stroked(width, *[[(cx + sx * 330, cy + sy * 130), (cx + sx * 330, cy + sy * 330), (cx + sx * 130, cy + sy * 330)] for sx in (-1, 1) for sy in (-1, 1)]),
        "↺": _turning_arrow(width, clockwise=False),
        "↻": _turning_arrow(width, clockwise=True),
        "ⓘ": unary_union([_stroked(width * 0.9, _arc(350, 0, 360)), _stroked(width, [(500, 390), (500, 200)]), Point(500, 545).buffer(width * 0.72, quad_segs=8)]),
        "⚑": unary_union([_stroked(width, [(250, -20), (250, 760)]), Polygon([(250, 720), (800, 720), (680, 540), (800, 360), (250, 360)]).buffer(12)]),
        "⏵": Polygon([(300, 80), (300, 680), (790, 380)]).buffer(20, quad_segs=4),
        "⏸": unary_union([Polygon([(x, 90), (x + 140, 90), (x + 140, 670), (x, 670)]).buffer(10) for x in (280, 580)]),
        "⚙": gear,
    }


def _moved(font: TTFont, like: str, scale: float, shift: float, advance: int, dictionary: int):
    private = font["CFF "].cff.topDictIndex[0].FDArray[dictionary].Private
    pen = T2CharStringPen(advance - private.nominalWidthX, None)
    font.getGlyphSet()[like].draw(TransformPen(pen, (scale, 0, 0, scale, 0, shift)))
    charstring = pen.getCharString(private=private, globalSubrs=font["CFF "].cff.GlobalSubrs)
    charstring.fdSelectIndex = dictionary
    return charstring


def _charstring(font: TTFont, shape, advance: int, dictionary: int):
    private = font["CFF "].cff.topDictIndex[0].FDArray[dictionary].Private
    pen = T2CharStringPen(advance - private.nominalWidthX, None)
    for polygon in getattr(shape, "geoms", [shape] if shape is not None else []):
        polygon = orient(polygon.simplify(1.5), 1.0)
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
            pen.moveTo(points[0])
            for point in points[1:]:
                pen.lineTo(point)
            pen.closePath()
    charstring = pen.getCharString(private=private, globalSubrs=font["CFF "].cff.GlobalSubrs)
    charstring.fdSelectIndex = dictionary
    return charstring


def add(font: TTFont, style: str) -> None:
    """Add the spaces, the drawn symbols and the aliases to a subset CID-keyed font that lacks them."""
    top = font["CFF "].cff.topDictIndex[0]
    charmap = dict(font.getBestCmap())
    wanted = [(c, None, w) for c, w in SPACES.items()] + [(c, s, 1000) for c, s in shapes(STROKE[style]).items()]
    dictionary = top.FDSelect[0]
    order = list(font.getGlyphOrder())
    added = {}
    made = [(c, _charstring(font, s, w, dictionary), w, round(s.bounds[0]) if s is not None else 0) for c, s, w in wanted]
    for character, (plain, scale, shift) in FIGURES.items():
        like = charmap[ord(plain)]
        advance, bearing = (round(scale * value) for value in font["hmtx"].metrics[like])
        made.append((character, _moved(font, like, scale, shift, advance, dictionary), advance, bearing))
    for number, (character, charstring, advance, bearing) in enumerate(made):
        if ord(character) in charmap:
            continue
        name = f"cid{65000 + number:05d}"
        strings = top.CharStrings
        strings.charStringsIndex.append(charstring)
        strings.charStrings[name] = len(strings.charStringsIndex) - 1
        top.FDSelect.append(dictionary)
        order.append(name)
        font["hmtx"].metrics[name] = (advance, bearing)
        added[ord(character)] = name
    top.charset = order
    font.setGlyphOrder(order)
    for character, like in ALIASES.items():
        if ord(character) not in charmap:
            added[ord(character)] = charmap[ord(like)]
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap.update(added)
