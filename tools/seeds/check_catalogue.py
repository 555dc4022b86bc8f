#!/usr/bin/env python3
"""Check the curated catalogue in seeds/ against the words of the plan.

Usage: python3 tools/seeds/check_catalogue.py [SEEDS_DIR]

Prints one line per error (file, entry, field, what is wrong) and a summary.
Exit status: 0 clean, 1 any error, 2 a file that cannot be read.
Needs only Python's standard library. It shares no code with the program, so that it
stays an independent oracle for the parser.
"""

import json
import math
import re
import sys
from pathlib import Path

COOPERATION = ["jjj", "csj", "yga", "br", "hh", "zbcsq"]
ZONES = {"zgq", "tx"}
COUNTS = {"B1": 18, "B2": 6, "B3": 1, "B4": 3, "B5": 10, "T": 76, "F": 24}
LIGHT_GROUND, DARK_GROUND = "#F7F5F0", "#14181F"
MIN_CONTRAST = 3.0
MIN_DELTA_E = 12.0
# What a protanope and a deuteranope see: Machado, Oliveira and Fernandes 2009, “A physiologically-
# based model for simulation of color vision deficiency”, severity 1.0, on linear RGB.
SEEN_BY = {
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
# Fourteen kinds on what is left of the gamut cannot lie much further apart; 2.3 is just noticeable,
# and every pin has its glyph too.
MIN_DELTA_E_SEEN_BY = 8.0
CAPTION_HANZI = 60
# Full-width forms that become ASCII; other full-width punctuation stays Chinese.
# An ASCII mark that belongs between Chinese words as its full-width form: , after a Hanzi.
HALF_WIDTH = r"[\u4e00-\u9fff\u201d\u300b)%][,;:?!]|[,;:?!][\u4e00-\u9fff]"
DATE = r"\d{4}(-\d{2}){0,2}"
ADDRESS = r"https?:|www\.|\b[\w-]+\.(com|cn|net|org|cc|html?)\b|\d+\.\d+\.\d+\.\d+"
ASCII_MARKS = "()%+#/:.@&=-_"


def normalise(raw):
    """The plan's text on one line: half-width digits and letters, Chinese punctuation,
    no page or line breaks; a space is kept only between two Latin letters."""
    out = []
    for char in raw:
        if char == "\ua3ae":  # used for the Chinese full stop, not for "."
            char = "\u3002"
        elif "\ua3a1" <= char <= "\ua3fe":  # GBK code points leaked into Unicode
            char = chr(ord(char) - 0xA3A1 + 0xFF01)
        if "\uff01" <= char <= "\uff5e":
            half = chr(ord(char) - 0xFEE0)
            char = half if half.isalnum() or half in ASCII_MARKS else char
        elif char in "\u00ab\u00bb":
            char = {"\u00ab": "\u300a", "\u00bb": "\u300b"}[char]
        elif char.isspace():
            char = " "
        out.append(char)
    text = re.sub(" +", " ", "".join(out))
    return re.sub(r"(?<![A-Za-z]) | (?![A-Za-z])", "", text)


def hanzi(text):
    """Count of Chinese characters."""
    return sum(1 for c in text if "\u4e00" <= c <= "\u9fff")


def width(text):
    """Width in Hanzi: ASCII and the dot count half."""
    return sum(0.5 if ord(c) < 0x250 else 1.0 for c in text)


def linear(channel):
    c = channel / 255
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def rgb(colour):
    return [linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5)]


def seen_by(colour, matrix):
    """The colour that looks to everybody as this one to somebody without red or green cones."""
    light = rgb(colour)
    out = []
    for row in matrix:
        v = min(1.0, max(0.0, sum(a * b for a, b in zip(row, light))))
        v = 12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055
        out.append(round(v * 255))
    return "#" + "".join(f"{v:02X}" for v in out)


def luminance(colour):
    r, g, b = rgb(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    """WCAG 2 contrast ratio."""
    hi, lo = sorted((luminance(a), luminance(b)), reverse=True)
    return (hi + 0.05) / (lo + 0.05)


def lab(colour):
    """CIE L*a*b* (D65)."""
    r, g, b = rgb(colour)
    xyz = (
        (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047,
        0.2126729 * r + 0.7151522 * g + 0.0721750 * b,
        (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883,
    )
    x, y, z = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def delta_e(first, second):
    """CIEDE2000 between two sRGB colours (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = lab(first), lab(second)
    mean_c7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - math.sqrt(mean_c7 / (mean_c7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    dh = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    d_h = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh) / 2)
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    if c1 * c2 == 0:
        hm = h1 + h2
    elif abs(h1 - h2) <= 180:
        hm = (h1 + h2) / 2
    else:
        hm = (h1 + h2 + (360 if h1 + h2 < 360 else -360)) / 2
    cos = lambda degrees: math.cos(math.radians(degrees))
    t = 1 - 0.17 * cos(hm - 30) + 0.24 * cos(2 * hm) + 0.32 * cos(3 * hm + 6) - 0.2 * cos(4 * hm - 63)
    sl = 1 + 0.015 * (lm - 50) ** 2 / math.sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rot = -math.sin(math.radians(60 * math.exp(-(((hm - 275) / 25) ** 2))))
    rot *= 2 * math.sqrt(cm**7 / (cm**7 + 25**7))
    dl, dc, dhh = (l2 - l1) / sl, (c2 - c1) / sc, d_h / sh
    return math.sqrt(max(0.0, dl * dl + dc * dc + dhh * dhh + rot * dc * dhh))


class Report:
    """Collects errors; nothing stops at the first."""

    def __init__(self):
        self.errors = []

    def need(self, holds, where, message):
        if not holds:
            self.errors.append(f"{where}: {message}")
        return bool(holds)


def check_anchor(report, text, where, phrase, occurrence):
    """The phrase must occur in the text at least `occurrence` times, and be marked
    with its occurrence when it is not unique. Returns the start of that occurrence."""
    if not report.need(isinstance(phrase, str) and phrase, where, "the phrase is empty"):
        return None
    report.need(normalise(phrase) == phrase, where, f"“{phrase}” is not normalised")
    starts = [m.start() for m in re.finditer(re.escape(phrase), text)]
    if not report.need(starts, where, f"the plan does not hold “{phrase}”"):
        return None
    if not report.need(
        isinstance(occurrence, int) and 1 <= occurrence <= len(starts),
        where,
        f"occurrence {occurrence} of “{phrase}”, which stands {len(starts)} times",
    ):
        return None
    return starts[occurrence - 1]


def number_forms(value):
    """How the plan may write a value."""
    forms = {str(value)}
    if isinstance(value, float):
        forms |= {f"{value:.1f}", f"{value:.2f}"}
        if value.is_integer():
            forms.add(str(int(value)))
    if isinstance(value, int) and value % 10000 == 0:
        forms.add(f"{value // 10000}万")
    return forms


def holds_number(phrase, value):
    """The phrase writes this value as a whole number, not as part of a longer one."""
    return any(re.search(rf"(?<![\d.]){re.escape(form)}(?![\d.]*\d)", phrase) for form in number_forms(value))


def check_english(report, where, value, unit, value_en):
    """The English value is the Chinese one times what the unit's 亿 or 万 stands for."""
    factor = {"亿": 0.1, "万": 1e4}.get((unit or " ")[0], 1)
    same = value_en is None if value is None else value_en is not None and math.isclose(value * factor, value_en)
    report.need(same, where, f"value_en {value_en} is not {value} {unit}")


def check_kinds(report, kinds):
    keys = [k["key"] for k in kinds]
    report.need(len(set(keys)) == len(keys), "kinds.json", "a key stands twice")
    report.need(len({k["glyph"] for k in kinds}) == len(kinds), "kinds.json", "a glyph stands twice")
    least = {}
    for mode, ground in (("light", LIGHT_GROUND), ("dark", DARK_GROUND)):
        for kind in kinds:
            ratio = contrast(kind[mode], ground)
            report.need(ratio >= MIN_CONTRAST, f"kinds.json {kind['key']}.{mode}", f"contrast {ratio:.2f} < {MIN_CONTRAST}")
            report.need(hanzi(kind["glyph"]) == 1 and len(kind["glyph"]) == 1, f"kinds.json {kind['key']}", "the glyph is not one Hanzi")
        pairs = [(delta_e(a[mode], b[mode]), a["key"], b["key"]) for i, a in enumerate(kinds) for b in kinds[:i]]
        least[mode] = min(pairs)
        for distance, a, b in pairs:
            report.need(distance >= MIN_DELTA_E, f"kinds.json {a}/{b}.{mode}", f"ΔE2000 {distance:.1f} < {MIN_DELTA_E}")
        for who, matrix in SEEN_BY.items():
            seen = {k["key"]: seen_by(k[mode], matrix) for k in kinds}
            pairs = [(delta_e(seen[a], seen[b]), a, b) for i, a in enumerate(seen) for b in list(seen)[:i]]
            least[f"{mode}, {who}"] = min(pairs)
            for distance, a, b in pairs:
                report.need(distance >= MIN_DELTA_E_SEEN_BY, f"kinds.json {a}/{b}.{mode}", f"ΔE2000 {distance:.1f} < {MIN_DELTA_E_SEEN_BY} to a {who}")
    return set(keys), least


def check_box_name(report, text, project):
    """A box item's full name stands in the plan right after its number; returns where."""
    where = f"projects.json {project['id']}"
    box, number = project["id"][1:].split("-")
    starts = [m.start() for m in re.finditer(re.escape(project["name"]), text)]
    box_at = text.find(f"专栏{box}")
    lead = {"1": f"({int(number)})", "3": ""}.get(box, f"{int(number)}.")
    right = [s for s in starts if s > box_at >= 0 and text[:s].endswith(lead) and text[s + len(project["name"])] == "。"]
    report.need(right, where, f"box {box} has no item “{lead}{project['name']}。”")
    return right[0] if right else None


def check_sources(report, sources):
    """Every source says in words who published what and when; an address is no source."""
    ids = [s["id"] for s in sources]
    report.need(len(set(ids)) == len(ids), "sources.json", "an id stands twice")
    for s in sources:
        where = f"sources.json {s['id']}"
        words = [s[k] for k in ("publisher_zh", "publisher_en", "title_zh", "title_en")]
        report.need(s["title_zh"] and s["title_en"], where, "title missing in a language")
        report.need(bool(s["publisher_zh"]) == bool(s["publisher_en"]), where, "publisher only in one language")
        report.need(not any(re.search(ADDRESS, w) for w in words), where, "holds a web address")
        report.need(s["date"] is None or re.fullmatch(DATE, s["date"]), where, f"date {s['date']}")
    return set(ids)


def check_punctuation(report, where, value, key=""):
    """Chinese texts have Chinese marks. What is written in English may name things in Chinese."""
    if isinstance(value, dict):
        for k, v in value.items():
            check_punctuation(report, f"{where}.{k}", v, k)
    elif isinstance(value, list):
        for v in value:
            check_punctuation(report, where, v, key)
    elif isinstance(value, str) and hanzi(value) and not key.endswith(("_en", "basis")):
        found = re.search(HALF_WIDTH, value)
        report.need(not found, where, f"half-width “{found and found[0]}” in “{value[:40]}”")


def check_english_words(report, text, english):
    """Every heading and subject that is translated stands in the plan, once, and in English only."""
    for entries, key in ((english["headings"], "title"), (english["subjects"], "subject")):
        names = [e.get("id", e[key]) for e in entries]
        report.need(len(set(names)) == len(names), f"english.json {key}", "an entry stands twice")
        for e in entries:
            where = f"english.json {e[key]}"
            report.need(e[key] in text, where, "the plan has no such words")
            report.need(e["translation"] and not hanzi(e["translation"]), where, "is not in English")


def check_built(report, features, by_id):
    """What the plan meant to build is drawn as built only where a dated report says so."""
    for f in features:
        p = f["properties"]
        if p.get("status") != "done" or not p.get("planned") or p.get("role") != "main":
            continue
        told = [u for i in p["project_ids"] for u in by_id[i]["updates"] if p["id"] in u.get("features", [])]
        report.need(told, f"{p['id']}", "is drawn as built, and no later report tells of it")


def check_updates(report, text, where, project, sources):
    """Later facts: dated, sourced, told once, and what they change stands in the plan."""
    updates = project["updates"]
    dates = [u["date"] for u in updates]
    report.need(dates == sorted(dates), f"{where}.updates", "not in order of date")
    for k, u in enumerate(updates):
        at = f"{where}.updates[{k}]"
        report.need(re.fullmatch(DATE, u["date"]) or re.fullmatch(r"\d{4}/\d{4}", u["date"]), at, f"date {u['date']}")
        report.need(u["text_zh"] and u["text_en"] and u["sources"], at, "text or source missing")
        report.need(set(u["sources"]) <= sources, at, f"unknown source in {u['sources']}")
        for other in updates[:k]:
            told = other["date"][:7] == u["date"][:7] and other["text_zh"][:8] == u["text_zh"][:8]
            report.need(not told, at, f"tells again what {other['date']} tells")
        report.need("同上" not in u["text_zh"], at, "points to another entry")
        for change in u.get("changes", []):
            check_anchor(report, text, f"{at}.changes", change["phrase"], change["occurrence"])
            for field in ("subject", "stated", "later"):
                report.need(change[f"{field}_zh"] and change[f"{field}_en"], f"{at}.changes", f"{field} missing")
            for value in re.findall(r"\d+(?:\.\d+)?", change["stated_zh"]):
                report.need(holds_number(change["phrase"], value), f"{at}.changes", f"“{change['phrase']}” does not hold {value}")


def check_known_facts(report, by_id):
    """What a second look at independent sources found, and must not be lost again."""
    def told(pid):
        return {u["date"]: u for u in by_id[pid]["updates"]}

    def need_change(pid, date, subject, value):
        found = [c for c in told(pid).get(date, {}).get("changes", []) if c["subject_zh"] == subject]
        report.need(found and value in found[0]["later_zh"], f"projects.json {pid}.updates", f"{date}: {subject} is not {value}")

    need_change("B1-02", "2025-03-11", "总投资", "846亿元")
    need_change("B1-03", "2025-12-25", "第二跑道", "投运")
    need_change("B1-03", "2025-09-05", "总投资", "239.29亿元")
    need_change("B5-01", "2022-09-30", "全长", "24.5公里")
    need_change("B5-03", "2025-02-22", "1号线一期", "28.737公里")
    need_change("F-05", "2024-12-31", "进度", "开通")
    line_2 = told("B5-03").get("2020-12-26", {})
    report.need(line_2.get("features") == ["L5-2-1"], "projects.json B5-03.updates", "the opening of line 2 belongs to its own line")
    track = told("T-02").get("2026-02-01", {})
    report.need("2027" not in track.get("text_zh", "2027"), "projects.json T-02.updates", "March 2027 is no statement of 2026-02-01")
    report.need("2023-07-27" in told("T-02"), "projects.json T-02.updates", "the forecast of 2023-07-27 is missing")
    report.need(not any(u["date"] == "2024-12" for u in by_id["B5-09"]["updates"]), "projects.json B5-09.updates", "a plan for 2024-12 is told as a fact")
    report.need(told("T-04").get("2025-05-15", {}).get("text_zh", "").count("99.1633亿元") == 1, "projects.json T-04.updates", "approval without its sum")


def check_projects(report, text, projects, kinds, counties, sources):
    ids = [p["id"] for p in projects]
    expected = [f"{group}-{n:02d}" for group, count in COUNTS.items() for n in range(1, count + 1)]
    report.need(ids == expected, "projects.json", "ids are not B1-01 … B5-10, T-01 … T-76, F-01 … F-24 in order")
    by_id = {p["id"]: p for p in projects}
    seen = {}
    starts = {}
    for p in projects:
        where = f"projects.json {p['id']}"
        for field in ("name", "name_en", "short_name", "short_name_en"):
            report.need(isinstance(p[field], str) and p[field].strip() == p[field] != "", f"{where}.{field}", "empty")
        report.need(hanzi(p["short_name"]) <= 8 and width(p["short_name"]) <= 8, f"{where}.short_name", f"longer than 8 Hanzi: {p['short_name']}")
        report.need(not re.search("(建设|项目|工程)$", p["short_name"]), f"{where}.short_name", "ends in 建设, 项目 or 工程")
        report.need(len(p["short_name_en"]) <= 22, f"{where}.short_name_en", f"longer than 22: {p['short_name_en']}")
        for field in ("short_name", "short_name_en", "name_en", "name"):
            other = seen.setdefault((field, p[field]), p["id"])
            report.need(other == p["id"], f"{where}.{field}", f"“{p[field]}” is also {other}")
        report.need(p["kind"] in kinds, f"{where}.kind", f"unknown kind {p['kind']}")
        report.need(p["planned"] == (p["id"][0] != "F"), f"{where}.planned", "must be true for B and T only")
        report.need(p["regions"] == [r for r in COOPERATION if r in p["regions"]], f"{where}.regions", f"unknown or unordered: {p['regions']}")
        report.need(p["zone"] is None or p["zone"] in ZONES, f"{where}.zone", f"unknown zone {p['zone']}")
        for code in p["stated_counties"]:
            report.need(re.fullmatch(r"\d{6}", code) and (not counties or code in counties or code[:2] in ("11", "61")), f"{where}.stated_counties", f"unknown county {code}")
        if p["id"][0] == "B":
            report.need(p["anchor"] is None and p["occurrence"] is None, f"{where}.anchor", "box items are found by number")
            report.need(re.fullmatch(r"3\.[1-7]\.\d", p["task_hint"] or ""), f"{where}.task_hint", f"not an outline id: {p['task_hint']}")
            report.need(p["task_basis"] in ("heading", "read"), f"{where}.task_basis", "must be heading or read")
            p["_start"] = check_box_name(report, text, p)
        else:
            start = check_anchor(report, text, f"{where}.anchor", p["anchor"], p["occurrence"])
            if start is not None:
                other = starts.setdefault((start, p["anchor"]), p["id"])
                report.need(other == p["id"], f"{where}.anchor", f"is also {other}'s")
            if start is not None:
                done_part = start < text.index("二、“十四五”时期")
                report.need(done_part == (p["id"][0] == "F"), f"{where}.anchor", "F lies in chapter 1, T after it")
        for k, extra in enumerate(p["also"]):
            check_anchor(report, text, f"{where}.also[{k}]", extra["phrase"], extra["occurrence"])
        p["_anchor_start"] = p.get("_start") if p["id"][0] == "B" else start
        for field in ("same_as", "related"):
            for other in p[field]:
                if report.need(other in by_id and other != p["id"], f"{where}.{field}", f"no entry {other}"):
                    report.need(p["id"] in by_id[other][field], f"{where}.{field}", f"{other} does not point back")
        report.need((p["notes_zh"] is None) == (p["notes_en"] is None), f"{where}.notes", "only in one language")
        check_updates(report, text, where, p, sources)
    check_organisations(report, text, projects)
    return by_id


def check_organisations(report, text, projects):
    """An organisation is named in the box item's own text, or near the phrase."""
    spans = box_spans(projects)
    for p in projects:
        at = p["_anchor_start"]
        if at is None:
            continue
        near = text[at : min(spans[p["id"]][1], at + 700)] if p["id"] in spans else text[max(0, at - 160) : at + 160]
        for name in p["organisations"]:
            report.need(name in near, f"projects.json {p['id']}.organisations", f"the plan does not name {name} there")


def box_spans(projects):
    """Start and end of each box item's text; the last item of a box may reach too far."""
    starts = sorted((p["_start"], p["id"]) for p in projects if p.get("_start") is not None)
    ends = [s for s, _ in starts[1:]] + [math.inf]
    return {pid: (start, end) for (start, pid), end in zip(starts, ends)}


def check_targets(report, text, targets):
    report.need(sum(1 for t in targets if t["id"][0] == "G") == 19, "targets.json", "not 19 targets")
    report.need(sum(1 for t in targets if t["id"][0] == "H") == 21, "targets.json", "not 21 baseline figures")
    report.need(len({t["id"] for t in targets}) == len(targets), "targets.json", "an id stands twice")
    for t in targets:
        where = f"targets.json {t['id']}"
        check_anchor(report, text, where, t["anchor"], t["occurrence"])
        check_english(report, where, t["value"], t["unit"], t["value_en"])
        report.need(t["indicator_zh"] and t["indicator_en"], where, "an indicator's name is missing")
        if t["value"] is not None and t["kind"] != "doubling":
            report.need(holds_number(t["anchor"], t["value"]), where, f"the phrase does not hold {t['value']}")
        if t.get("from_value") is not None:
            report.need(holds_number(t["anchor"], t["from_value"]), where, f"the phrase does not hold {t['from_value']}")


def in_range(lon, lat):
    return -180 <= lon <= 180 and -90 <= lat <= 90


def check_regions(report, text, regions):
    cooperation = regions["cooperation"]
    report.need([r["key"] for r in cooperation] == COOPERATION, "regions.json", "the six cooperation regions are not in order")
    for r in cooperation:
        report.need(r["anchor"] in text, f"regions.json {r['key']}", f"the plan does not hold “{r['anchor']}”")
        for city in r["cities"]:
            where = f"regions.json {r['key']} {city['name']}"
            report.need(in_range(city["lon"], city["lat"]), where, "out of range")
            stands = text.count(city["name_in_text"])
            report.need(stands == city["mentions"] and stands > 0, where, f"mentions {city['mentions']}, the plan has {stands}")
    report.need({z["key"] for z in regions["zones"]} == ZONES, "regions.json", "zones are not zgq and tx")
    counties = regions["counties"]
    report.need(len(counties) == 10 and len({c["code"] for c in counties}) == 10, "regions.json", "not ten counties")
    report.need(sum(c["population_2020"] for c in counties) == regions["city"]["population_2020"], "regions.json", "county populations do not add up to the city's")


def check_gazetteer(report, places, sources):
    kinds = {"city", "county", "town", "township", "park", "station", "airport", "interchange", "river", "district", "site"}
    names = {}
    for p in places:
        where = f"gazetteer.json {p['name']}"
        report.need(p["kind"] in kinds, where, f"unknown kind {p['kind']}")
        report.need(in_range(p["lon"], p["lat"]) and 100 < p["lon"] < 125 and 20 < p["lat"] < 43, where, "outside China's box")
        report.need(p["county_code"] is None or re.fullmatch(r"\d{6}", p["county_code"]), where, "county code")
        report.need(isinstance(p["error_m"], int) and p["error_m"] > 0 and p["source"] in sources, where, "error or source missing")
        report.need(p["name"] not in p["aliases"] and len(set(p["aliases"])) == len(p["aliases"]), where, "an alias stands twice")
        key = (p["name"], p["county_code"])
        other = names.setdefault(key, p["kind"])
        report.need(other == p["kind"] and names[key] is other, where, "name and county stand twice with different kinds")
    keys = [(p["name"], p["kind"], p["county_code"]) for p in places]
    for key in {k for k in keys if keys.count(k) > 1}:
        report.need(False, f"gazetteer.json {key[0]}", "stands twice")


def check_tour(report, text, slides, by_id):
    report.need(len({s["id"] for s in slides}) == len(slides), "tour.json", "an id stands twice")
    spans = box_spans(by_id.values())
    for s in slides:
        where = f"tour.json {s['id']}"
        for pid in s["project_ids"]:
            report.need(pid in by_id, where, f"no project {pid}")
        fit, bbox = s["view"].get("fit"), s["view"].get("bbox")
        report.need((fit is None) != (bbox is None), f"{where}.view", "needs either fit or bbox")
        for pid in fit or []:
            report.need(pid in by_id, f"{where}.view", f"no project {pid}")
        if bbox:
            report.need(len(bbox) == 4 and bbox[0] < bbox[2] and bbox[1] < bbox[3], f"{where}.view", "bbox is not [w, s, e, n]")
        report.need(hanzi(s["caption_zh"]) <= CAPTION_HANZI, f"{where}.caption_zh", f"{hanzi(s['caption_zh'])} Hanzi")
        for field in ("title_zh", "title_en", "kicker_zh", "kicker_en", "caption_zh", "caption_en"):
            report.need(s[field], f"{where}.{field}", "empty")
        report.need(s["title_zh"].count("\n") <= 1, f"{where}.title_zh", "more than two lines")
        check_anchor(report, text, f"{where}.anchor", s["anchor"], s["occurrence"])
        report.need(len(s["figures"]) <= 3, f"{where}.figures", "more than three")
        for f in s["figures"]:
            at = check_anchor(report, text, f"{where}.figures", f["phrase"], f["occurrence"])
            start, end = spans.get(f["project_id"], (0, math.inf))
            report.need(at is None or start <= at < end, f"{where}.figures", f"“{f['phrase']}” lies outside {f['project_id']}")
            report.need(holds_number(f["phrase"], f["value"]), f"{where}.figures", f"“{f['phrase']}” does not hold {f['value']}")
            check_english(report, f"{where}.figures", f["value"], f["unit_zh"], f["value_en"])
            report.need(f["approx"] == bool(re.search("约|余", f["phrase"])), f"{where}.figures", f"约 flag of “{f['phrase']}”")
            report.need(f["project_id"] is None or f["project_id"] in s["project_ids"], f"{where}.figures", "the figure's project is not on the slide")
        # Every number in a caption must stand in the plan, which has no commas between thousands.
        for number in re.findall(r"\d+(?:\.\d+)?", re.sub(r"(?<=\d),(?=\d{3})", "", s["caption_zh"])):
            report.need(holds_number(text, number), f"{where}.caption_zh", f"the plan has no number {number}")


def main(argv):
    seeds = Path(argv[1]) if len(argv) > 1 else Path(__file__).resolve().parents[2] / "seeds"
    try:
        text = normalise((seeds / "plan.txt").read_text(encoding="utf-8"))
        data = {
            name: json.loads((seeds / f"{name}.json").read_text(encoding="utf-8"))
            for name in ("sources", "kinds", "projects", "regions", "targets", "gazetteer", "tour", "unlocated", "english")
        }
        drawn = {
            name: json.loads((seeds / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
            for name in ("corridors", "areas", "sites", "rivers")
        }
        counties = set()
        path = seeds / "counties.geojson"
        if path.exists():
            features = json.loads(path.read_text(encoding="utf-8"))["features"]
            counties = {str(f["properties"].get("code", f["properties"].get("adcode"))) for f in features}
    except (OSError, ValueError) as error:
        print(f"cannot read the seeds: {error}", file=sys.stderr)
        return 2
    report = Report()
    try:
        kinds, least = check_kinds(report, data["kinds"])
        sources = check_sources(report, data["sources"])
        by_id = check_projects(report, text, data["projects"], kinds, counties, sources)
        check_known_facts(report, by_id)
        check_targets(report, text, data["targets"])
        check_regions(report, text, data["regions"])
        check_gazetteer(report, data["gazetteer"], sources)
        check_tour(report, text, data["tour"], by_id)
        check_english_words(report, text, data["english"])
        check_built(report, [f for features in drawn.values() for f in features], by_id)
        for name, value in [*data.items(), *((k, [f["properties"] for f in v]) for k, v in drawn.items())]:
            check_punctuation(report, name, value)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        report.errors.append(f"a field is missing or has the wrong type: {error!r}")
        least = {}
    for line in report.errors:
        print(line)
    sizes = ", ".join(f"{sum(map(len, v.values())) if k == 'english' else len(v['cooperation']) if k == 'regions' else len(v)} {k}" for k, v in data.items())
    print(f"{len(report.errors)} errors; {sizes}; {len(text)} normalised characters")
    for mode, (distance, a, b) in least.items():
        print(f"least colour distance, {mode}: ΔE2000 {distance:.1f} ({a}, {b})")
    return 1 if report.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
