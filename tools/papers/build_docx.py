#!/usr/bin/env python3
"""Writes the embedded plan as a document of a word processor, the same bytes on each run:

    python3 tools/papers/build_docx.py tests/fixtures/papers/plan.docx

As real plans are: numbers are those of lists and stand in no text, boxes are tables of one cell,
a table of contents is a field, the running head and the page number are parts of their own, a
sentence was deleted and two words were inserted while changes were tracked. Needs nothing but Python.
"""

import sys
import zipfile
from xml.sax.saxutils import escape

from plan_text import blocks, mark

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# What each kind of mark is in a list: level, format, text.
MAIN = [("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3.")]
LEVEL = {"chapter": 0, "section": 1, "item": 2}
OUTER = 1


def run(words):
    # Word cuts runs where it likes, also within a number.
    half = len(words) // 2
    parts = [words[:half], words[half:]] if half > 4 else [words]
    return "".join(f'<w:r><w:t xml:space="preserve">{escape(p)}</w:t></w:r>' for p in parts)


def paragraph(content, style=None, number=None):
    settings = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        settings += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{settings}</w:pPr>{content}</w:p>"


def field(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def contents(titles):
    lines = []
    for at, title in enumerate(titles):
        begin = end = ""
        if at == 0:
            code = '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h </w:instrText></w:r>'
            begin = field("begin") + code + field("separate")
        if at + 1 == len(titles):
            end = field("end")
        words = f'<w:r><w:t>{escape(title)}</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{at + 1}</w:t></w:r>'
        lines.append(paragraph(begin + words + end, "TOC1"))
    return paragraph(run("目录")) + "".join(lines)


def numbered(kind, rest, box):
    """A paragraph whose mark is a number of a list."""
    if box is None:
        return paragraph(run(rest), "Heading" + str(LEVEL[kind] + 1), None)
    level = {"item": 0, "paren": 1}[kind]
    return paragraph(run(rest), None, (OUTER + box, level))


def body():
    plan = blocks()
    out = [paragraph(run(plan[0][0]), "Title")]
    chapters = [t for t, box in plan if box is None and mark(t)[0] == "chapter"]
    out.append(contents(chapters))
    open_box = None
    for text, box in plan[1:]:
        if box != open_box:
            if open_box:
                out.append("</w:tc></w:tr></w:tbl>")
            if box:
                out.append("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr/>")
            open_box = box
        kind, rest = mark(text)
        if kind in ("chapter", "section", "item", "paren"):
            out.append(numbered(kind, rest, box))
        else:
            out.append(paragraph(run(text)))
        if len(out) == 4:
            gone = '<w:r><w:delText>这句话已经删去，总投资99亿元。</w:delText></w:r>'
            change = 'w:id="1" w:author="a" w:date="2021-01-01T00:00:00Z"'
            out.append(paragraph(f"<w:del {change}>{gone}</w:del>"))
    return "".join(out)


def definition(number, levels):
    def level(at, form, text):
        restart = '<w:lvlRestart w:val="0"/>' if number > OUTER and at == 1 else ""
        style = f'<w:pStyle w:val="Heading{at + 1}"/>' if number == OUTER else ""
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{restart}{style}'
            f'<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'
        )

    inner = "".join(level(at, *own) for at, own in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{number}">{inner}</w:abstractNum>'


def numbering(boxes):
    every = [(OUTER, MAIN)]
    every += [(OUTER + box, [("decimal", "%1."), ("decimal", "(%2)")]) for box in boxes]
    lists = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n, _ in every
    )
    return "".join(definition(*own) for own in every) + lists


def styles():
    def style(name, title, more=""):
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{title}"/>'
            f"<w:pPr>{more}</w:pPr></w:style>"
        )

    def heading(at):
        level = f'<w:ilvl w:val="{at}"/>' if at else ""
        return style(
            f"Heading{at + 1}",
            f"heading {at + 1}",
            f'<w:numPr>{level}<w:numId w:val="{OUTER}"/></w:numPr><w:outlineLvl w:val="{at}"/>',
        )

    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    return normal + style("Title", "Title") + style("TOC1", "toc 1") + "".join(map(heading, range(3)))


def main(path):
    plan = blocks()
    title = plan[0][0]
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r3"/></w:sectPr>'
    page = field("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + field("end")
    kinds = {"document": "officeDocument", "styles": "styles", "numbering": "numbering"}
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{name}.xml"/>'
        for n, (name, kind) in enumerate(
            [("styles", "styles"), ("numbering", "numbering"), ("header1", "header")], 1
        )
    )
    spaces = f'xmlns:w="{W}" xmlns:r="{R}"'
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{name.rstrip("1")}{".main" if name == "document" else ""}+xml"/>'
        for name in [*kinds, "header1"]
    )
    boxes = sorted({box for _, box in plan if box})
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{rels}'
        "</Relationships>",
        "word/document.xml": f"<w:document {spaces}><w:body>{body()}{section}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {spaces}>{styles()}</w:styles>",
        "word/numbering.xml": f"<w:numbering {spaces}>{numbering(boxes)}</w:numbering>",
        "word/header1.xml": f"<w:hdr {spaces}>{paragraph(run(title))}{paragraph(page)}</w:hdr>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, HEAD + text)


if __name__ == "__main__":
    main(sys.argv[1])
