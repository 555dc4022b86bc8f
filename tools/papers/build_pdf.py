#!/usr/bin/env python3
"""Writes the embedded plan as PDF by writers of other people, the same bytes on each run:

    pip install typst==0.15.2 reportlab==5.1.0
    python3 tools/papers/build_pdf.py tests/fixtures/papers

plan.pdf is set by Typst in the bundled font (a subset, Identity-H with ToUnicode), with a running
head, page numbers, boxes that break over pages and first lines indented. plan_gb.pdf is drawn by
ReportLab in a font that is not embedded, by the predefined CMap UniGB-UCS2-H. locked.pdf and owned.pdf are encrypted.
"""

import re
import sys
from pathlib import Path

import typst
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from plan_text import PLAN, blocks, mark

FONTS = PLAN.parents[1] / "assets" / "fonts"
HEADS = ("chapter", "section", "item")


def is_bare(text):
    return mark(text)[0] in HEADS and "。" not in text


def by_typst(path):
    plan = blocks()
    quoted = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    out = [
        '#set document(title: "plan", date: none)',
        f"#set page(paper: \"a4\", header: align(center)[#text(9pt, {quoted(plan[0][0])})],",
        '  footer: context align(center)[— #counter(page).display() —])',
        '#set text(font: "Jintu Sans", lang: "zh", size: 12pt)',
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true))",
        f"#align(center)[#text(18pt, {quoted(plan[0][0])})]",
    ]
    open_box = None
    for text, box in plan[1:]:
        if box != open_box:
            if open_box:
                out.append("]")
            if box:
                out.append("#block(width: 100%, stroke: 0.5pt, inset: 8pt)[")
            open_box = box
        out.append(f"#par({quoted(text)})")
    if open_box:
        out.append("]")
    source = "\n\n".join(out).encode()
    pdf = typst.compile(source, font_paths=[str(FONTS)], ignore_system_fonts=True)
    path.write_bytes(pdf)


def by_reportlab(path):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    width, height = A4
    size, left, most = 12, 72, 37
    state = {"y": 0, "page": 0}

    def page():
        if state["page"]:
            canvas.showPage()
        state["page"] += 1
        state["y"] = height - 90
        canvas.setFont("STSong-Light", 9)
        canvas.drawCentredString(width / 2, height - 50, blocks_title)
        canvas.drawCentredString(width / 2, 40, f"- {state['page']} -")
        canvas.setFont("STSong-Light", size)

    plan = blocks()
    blocks_title = plan[0][0]
    page()
    canvas.drawCentredString(width / 2, state["y"], plan[0][0])
    state["y"] -= 40
    for text, _ in plan[1:]:
        # Ideographs are as wide as high; everything else is drawn half as wide.
        line, used, first = "", 0, True
        lines = []
        for sign in text:
            wide = 0.5 if sign.isascii() else 1
            room = most - (2 if not lines else 0)
            if used + wide > room and sign not in "，。、；：）)》”":
                # No line breaks within a word or a number.
                word = re.search(r"[0-9A-Za-z.]+$", line) if sign.isascii() and sign.isalnum() else None
                kept = word.group() if word else ""
                lines.append(line[: len(line) - len(kept)])
                line, used = kept, len(kept) / 2
            line += sign
            used += wide
        lines.append(line)
        for at, words in enumerate(lines):
            if state["y"] < 80:
                page()
            canvas.drawString(left + (0 if at else 2 * size), state["y"], words)
            state["y"] -= 20
    canvas.save()


def protected(path, user):
    """A page that asks for a password, or one that only forbids changes."""
    lock = StandardEncryption(userPassword=user, ownerPassword="owner", canModify=0)
    canvas = Canvas(str(path), pagesize=A4, invariant=1, encrypt=lock)
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(72, 700, "专栏1重点项目")
    canvas.drawString(72, 680, "1.甲大桥工程。总投资12亿元，全长3.5公里，双向六车道。")
    canvas.save()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    protected(folder / "locked.pdf", "user")
    protected(folder / "owned.pdf", "")
    by_typst(folder / "plan.pdf")
    by_reportlab(folder / "plan_gb.pdf")
