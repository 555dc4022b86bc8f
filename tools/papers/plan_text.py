"""The embedded plan as paragraphs, told apart by its lines alone and without the program."""

import re
from pathlib import Path

PLAN = Path(__file__).resolve().parents[2] / "seeds" / "plan.txt"

DIGITS = "0-9０-９"
HAN = "一二三四五六七八九十"
MARKS = [
    ("box", re.compile(rf"^专栏\s*([{DIGITS}]+)\s*")),
    ("chapter", re.compile(rf"^([{HAN}]+)、")),
    ("section", re.compile(rf"^[(（]([{HAN}]+)[)）]")),
    ("paren", re.compile(rf"^[(（]([{DIGITS}]+)[)）]")),
    ("item", re.compile(rf"^([{DIGITS}]+)[.．](?![{DIGITS}])")),
]
STOPS = "ꎮ。：:"


def mark(words):
    """The kind of mark that words begin with, and the words behind it."""
    for kind, pattern in MARKS:
        found = pattern.match(words)
        if found:
            return kind, words[found.end():]
    return None, words


def is_heading(words):
    """A line with a mark and nothing but a name."""
    kind, _ = mark(words)
    return kind is not None and len(words) <= 25 and not set(words) & set("ꎬꎮ，。")


def paragraphs():
    """Every paragraph of the plan: lines joined that only the page's width parts."""
    found = []
    for raw in PLAN.read_text(encoding="utf-8").split("\n"):
        line = raw.replace("\u3000", " ").strip()
        if not line:
            continue
        last = found[-1] if found else ""
        ended = bool(last) and (last[-1] in STOPS or is_heading(last))
        starts = (
            len(found) < 2
            or "\u3000" in raw[:6]
            or is_heading(last)
            or (mark(line)[0] is not None and ended)
        )
        if starts:
            found.append(line)
        else:
            found[-1] += line
    return found


def clean(text):
    """As a word processor would hold it: the signs that the file's own conversion spoilt put right,
    digits and letters of half width, no spaces but between a box's number and its title."""
    text = text.translate(SPOILT)
    kind, rest = mark(text)
    if kind == "box":
        return text[: len(text) - len(rest)].replace(" ", "") + " " + rest.strip()
    return text.replace(" ", "")


SPOILT = {0xA3AC: "，", 0xA3AE: "。", 0xA3BB: "；", ord("«"): "《", ord("»"): "》"}
SPOILT |= {code: code - 0xFEE0 for code in range(0xFF10, 0xFF5B) if chr(code).isalnum()}
SPOILT |= {ord("％"): "%", ord("＋"): "+", ord("＃"): "#"}


def blocks():
    """Paragraphs as (text, box): those of a box have its number, others None. A box ends where a
    chapter, a section or the running text's own items go on."""
    result, box, boxes = [], None, 0
    for text in paragraphs():
        text = clean(text)
        kind, _ = mark(text)
        if kind == "box":
            boxes += 1
            box = boxes
        elif box and kind in ("chapter", "section"):
            box = None
        result.append((text, box))
    return result


if __name__ == "__main__":
    for text, box in blocks():
        print(box or "-", len(text), text[:40])
