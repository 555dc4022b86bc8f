"""GeoNames' places: the county each lies in, which is a county's seat, and the rows of the asset."""

from pathlib import Path

import shapely
import shapely.ops
from pypinyin import lazy_pinyin

# Reported names of the provinces in English (ISO 3166-2 and common use).
PROVINCES = {
    "110000": "Beijing", "120000": "Tianjin", "130000": "Hebei", "140000": "Shanxi",
    "150000": "Inner Mongolia", "210000": "Liaoning", "220000": "Jilin", "230000": "Heilongjiang",
    "310000": "Shanghai", "320000": "Jiangsu", "330000": "Zhejiang", "340000": "Anhui",
    "350000": "Fujian", "360000": "Jiangxi", "370000": "Shandong", "410000": "Henan",
    "420000": "Hubei", "430000": "Hunan", "440000": "Guangdong", "450000": "Guangxi",
    "460000": "Hainan", "500000": "Chongqing", "510000": "Sichuan", "520000": "Guizhou",
    "530000": "Yunnan", "540000": "Tibet", "610000": "Shaanxi", "620000": "Gansu",
    "630000": "Qinghai", "640000": "Ningxia", "650000": "Xinjiang", "710000": "Taiwan",
    "810000": "Hong Kong", "820000": "Macao",
}  # fmt: skip
SEATS = ("PPLC", "PPLA", "PPLA2", "PPLA3")
# People from which a place that bears a prefecture's name is its city.
CITY = 50_000
TOWN = ("镇", "街道")
TOWNSHIP = ("乡", "苏木", "村", "农场", "林场", "牧场")
CLASS_OF_UNIT = ("自治区", "自治州", "自治县", "自治旗", "特别行政区", "地区", "林区", "特区", "省", "市", "区", "县", "旗", "盟")


def stem(name: str) -> str:
    """A unit's name without its class: 阳曲县 → 阳曲."""
    for ending in CLASS_OF_UNIT:
        if name.endswith(ending) and len(name) - len(ending) >= 1:
            return name[: -len(ending)]
    return name


def labels(rows: list[dict], arcs) -> dict[str, tuple]:
    """A position inside each county: the source's, where it is told to a thousandth of a degree and lies inside."""
    found = {}
    for row in rows:
        code = row["district_adcode"]
        largest = max(arcs.polygons(code), key=lambda polygon: polygon.area)
        told = (row["lon"], row["lat"])
        precise = all(len(number.partition(".")[2]) >= 3 for number in told)
        if not (precise and largest.contains(shapely.Point(*map(float, told)))):
            point = shapely.ops.polylabel(largest, tolerance=0.005)
            told = (f"{point.x:.3f}", f"{point.y:.3f}")
        found[code] = told
    return found


def counties_of(named: list[dict], arcs) -> list[str]:
    """The code of the county that each place lies in, "" outside the country's land."""
    owners, parts = [], []
    for code in arcs.codes:
        for polygon in arcs.polygons(code):
            owners.append(code)
            parts.append(polygon)
    tree = shapely.STRtree(parts)
    points = [shapely.Point(place["lon"], place["lat"]) for place in named]
    found: list[str] = [""] * len(named)
    for point, part in sorted(zip(*(part.tolist() for part in tree.query(points, predicate="intersects")))):
        found[point] = found[point] or owners[part]
    return found


def seats(named: list[dict], inside: list[str], rows: list[dict]) -> tuple[dict, dict]:
    """The seat's (lon, lat) by county and prefecture, and prefectures' names in English.

    A county's seat is the one place inside that GeoNames calls a seat of a county or of something
    higher; of several the one that bears the county's name, else none is taken. A prefecture's is the
    largest place inside that bears its name.
    """
    seat: dict[str, tuple] = {}
    english: dict[str, str] = {}
    by_county: dict[str, list[dict]] = {}
    for place, code in zip(named, inside):
        by_county.setdefault(code, []).append(place)
    by_city: dict[str, list[dict]] = {}
    for row in rows:
        code, own = row["district_adcode"], stem(row["district_name"])
        found = [p for p in by_county.get(code, []) if p["class"] in SEATS]
        bearing = [p for p in found if own in p["han"] or row["district_name"] in p["han"]]
        if len(found) > 1 and not bearing:
            found = [p for p in found if p["class"] == "PPLA3"]
        else:
            found = bearing or found
        if len(found) == 1:
            seat[code] = (found[0]["lon"], found[0]["lat"])
        by_city.setdefault(row["city_adcode"], []).extend(by_county.get(code, []))
    names = {row["city_adcode"]: row["city_name"] for row in rows}
    for city, inside_city in by_city.items():
        bearing = [p for p in inside_city if p["population"] >= CITY and {names[city], stem(names[city])} & set(p["han"])]
        if bearing:
            largest = max(bearing, key=lambda p: (p["population"], -p["id"]))
            seat.setdefault(city, (largest["lon"], largest["lat"]))
            if _is_its_name(largest["name"], city, stem(names[city])):
                english[city] = largest["name"]
    return seat, english


def _is_its_name(english: str, code: str, short: str) -> bool:
    """Whether GeoNames' name of a city is that of the unit: 辽源's city is called Longshan there."""
    if any(c not in "’ʼ" and ord(c) > 0xFF for c in english):
        return False  # letters that the bundled font lacks
    if len(short) > 2 or code[:2] in ("15", "54", "63", "65"):
        return True  # not from Chinese: Harbin, Ordos, Lhasa
    letters = [c for c in english.lower() if c.isalpha()]
    return "".join(letters) == "".join(lazy_pinyin(short)).replace("ü", "u")


def _in_use(name: str, characters: set[str]) -> bool:
    return all(c in characters for c in name)


def _kind(name: str, place_class: str) -> str:
    if name.endswith(TOWN):
        return "town"
    if name.endswith(TOWNSHIP):
        return "township"
    return "town" if place_class in (*SEATS, "PPLA4") else "township"


def rows(named: list[dict], inside: list[str]) -> list[tuple]:
    """(GeoNames id, name, other names with | between, kind, lon, lat, county) of places that a text can name.

    Only names in the characters of 通用规范汉字表; a bare name of two characters is too often a word
    (城关, 新城) and counts only with 镇, 乡 or the like behind it.
    """
    characters = simplified()
    result = []
    for place, county in zip(named, inside):
        names = [n for n in place["han"] if len(n) >= 2 and _in_use(n, characters)]
        telling = [n for n in names if (n.endswith(TOWN + TOWNSHIP) and len(n) >= 3) or len(n) >= 3]
        telling = [n for n in telling if not n.endswith(CLASS_OF_UNIT)]
        if not county or not telling:
            continue
        telling.sort(key=lambda n: (not n.endswith(TOWN + TOWNSHIP), len(n), n))
        kind = _kind(telling[0], place["class"])
        result.append((place["id"], telling[0], "|".join(telling[1:]), kind, place["lon"], place["lat"], county))
    return result


def simplified() -> set[str]:
    """The characters of GB 2312 and those of 通用规范汉字表 beyond it (tools/fonts)."""
    found = set()
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    extra = Path(__file__).resolve().parents[1] / "fonts" / "extra_characters.txt"
    return found | set(extra.read_text(encoding="utf-8"))
