#!/usr/bin/env python3
"""Build assets/fonts/JintuSans-{Regular,Bold}.otf from Noto Sans CJK SC.

Source: the NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc of the Debian package fonts-noto-cjk
(1:20220127+repack1-1, Noto Sans CJK 2.004, SIL Open Font License 1.1). Needs PyPI fonttools 4.68.0
and shapely 2.2.0.

    apt-get download fonts-noto-cjk && dpkg-deb -x fonts-noto-cjk_*.deb noto
    python3 tools/fonts/build_fonts.py noto/usr/share/fonts/opentype/noto

Same input, same bytes. The characters are all of GB 2312, ASCII, Latin-1, the pinyin letters, the
symbols below, the Hanzi listed in tools/fonts/extra_characters.txt (those of 通用规范汉字表 (2013) that
GB 2312 lacks), and every character found in seeds/, src/, assets/locales/ and tools/basemap/. What the source lacks
and the interface needs is drawn by drawn_glyphs.py.
"""

import sys
from pathlib import Path

import drawn_glyphs
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.ttCollection import TTCollection

ROOT = Path(__file__).resolve().parents[2]
FAMILY = "Jintu Sans"
SYMBOLS = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⓪●○◎◉▲△▼▽▶▷◀◁■□◆◇★☆‹›«»×÷°′″²³¹·•…—–‐‑‒―‘’“”„‚⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉±≤≥≠≈≡∞√∑∠⊥∥"
    "→←↑↓↔↕↗↘↖↙↺↻⇒⇔⌂⌕⌘⇧☰☾☀☼⛶ⓘ⚑⏵⏸⚙✓✔✕✗✖＋－＝㎡㎞㎢㏊℃‰€¥￥$№℡™©®†‡§¶"
    "─│┌┐└┘├┤┬┴┼═║╱╲▁▂▃▄▅▆▇█░▒▓ꎬꎮꎻ\u00a0\u2002\u2003\u2009\u200a\u200b\u202f\u3000\ufeff"
)
PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêĀÁǍÀĒÉĚÈŌÓǑÒ"
KEEP_FEATURES = ["kern", "ccmp", "mark", "mkmk"]
DROP_TABLES = ["vhea", "vmtx", "VORG", "BASE", "DSIG", "meta", "GDEF"]


def gb2312() -> set[str]:
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                pass
    return found


def wanted() -> set[str]:
    chars = gb2312() | {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xA0, 0x100)}
    chars |= {chr(c) for c in range(0xFF01, 0xFF5F)} | set(SYMBOLS) | set(PINYIN)
    texts = [Path(__file__).with_name("extra_characters.txt")]
    for folder, suffixes in (
        ("seeds", {".txt", ".json", ".geojson", ".toml", ".csv"}),
        ("src", {".rs"}),
        ("assets/locales", {".json"}),
        ("tools/basemap", {".json", ".geojson"}),
    ):
        texts += sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in suffixes)
    for path in texts:
        if path.is_file():
            chars |= set(path.read_text(encoding="utf-8", errors="ignore"))
    return {c for c in chars if c.isprintable() or c.isspace()} - set("\n\r\t")


def rename(font: TTFont, style: str) -> None:
    """The Open Font License keeps the name "Source" for the original, and Noto is a trademark."""
    table = font["name"]
    copyright_notice = table.getDebugName(0) or ""
    licence, licence_url = table.getDebugName(13), table.getDebugName(14)
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    table.names = []
    for name_id, text in {
        0: f"{copyright_notice} Subset and renamed for Jintu; derived from Noto Sans CJK SC.",
        1: FAMILY,
        2: style,
        3: f"2.004;{postscript}",
        4: f"{FAMILY} {style}",
        5: "Version 2.004",
        6: postscript,
        13: licence or "SIL Open Font License, Version 1.1",
        14: licence_url or "https://scripts.sil.org/OFL",
    }.items():
        table.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName, top.Weight = f"{FAMILY} {style}", FAMILY, style
    for key in ("Notice", "Copyright"):
        if key in top.rawDict:
            setattr(top, key, copyright_notice)
    # Single-font files have no room for the per-dictionary names of the source either.
    for index, dictionary in enumerate(top.FDArray):
        dictionary.FontName = f"{postscript}-{index}"


def build(source: Path, style: str, chars: set[str], target: Path) -> list[str]:
    collection = TTCollection(source / f"NotoSansCJK-{style}.ttc", lazy=True)
    font = next(f for f in collection.fonts if (f["name"].getDebugName(1) or "").startswith("Noto Sans CJK SC"))
    font.recalcTimestamp = False
    # The Korean member of the collection maps the English apostrophe to its proportional form; the
    # Chinese one gives it a full em, which tears names such as Xi’an apart.
    korean = next(f for f in collection.fonts if (f["name"].getDebugName(1) or "").startswith("Noto Sans CJK KR"))
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap.update({code: korean.getBestCmap()[code] for code in (0x2018, 0x2019)})
    options = subset.Options(
        hinting=False, desubroutinize=False, layout_features=KEEP_FEATURES, name_IDs=["*"],
        notdef_outline=True, recalc_timestamp=False, drop_tables=DROP_TABLES, glyph_names=False,
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(c) for c in chars])
    subsetter.subset(font)
    rename(font, style)
    drawn_glyphs.add(font, style)
    font.save(target, reorderTables=True)
    return sorted(c for c in chars if ord(c) not in font.getBestCmap())


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: build_fonts.py FOLDER_WITH_NotoSansCJK_TTC")
    chars = wanted()
    folder = ROOT / "assets" / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    for style in ("Regular", "Bold"):
        target = folder / f"JintuSans-{style}.otf"
        missing = build(Path(sys.argv[1]), style, chars, target)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB, {len(chars)} characters wanted, "
              f"left out: {''.join(missing)!r}")


if __name__ == "__main__":
    main()
