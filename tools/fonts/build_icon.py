#!/usr/bin/env python3
"""Draw the icon: 锦 in white on cinnabar, with contour lines as in a brocade. Needs PyPI pillow.

assets/icon.png is 256×256, assets/icon-48.png what a Linux desktop asks for at least, and
assets/icon.ico has the sizes that Windows shows.
"""

import math
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[2]
SIZE, SCALE = 256, 8
SMALL = 48
WINDOWS = (16, 20, 24, 32, 40, 48, 64, 256)
CINNABAR, DEEP, WHITE = (166, 50, 42), (142, 38, 32), (253, 252, 249)


def main() -> None:
    side = SIZE * SCALE
    ground = Image.new("RGB", (side, side), CINNABAR)
    draw = ImageDraw.Draw(ground)
    # Contours that run in parallel waves like woven thread.
    for row in range(-2, 15):
        base = row * side / 12
        wave = [
            (x, base + side * (0.030 * math.sin(x / side * 2.1 * math.tau + row * 0.55) + 0.016 * math.sin(x / side * 3.7 * math.tau - row * 0.8)))
            for x in range(-40, side + 41, 16)
        ]
        draw.line(wave, fill=DEEP, width=round(side * 0.0105), joint="curve")
    font = ImageFont.truetype(str(ROOT / "assets/fonts/JintuSans-Bold.otf"), round(side * 0.68))
    left, top, right, bottom = font.getbbox("锦")
    draw.text(((side - left - right) / 2, (side - top - bottom) / 2), "锦", font=font, fill=WHITE)
    mask = Image.new("L", (side, side), 0)
    margin = round(side * 0.035)
    ImageDraw.Draw(mask).rounded_rectangle((margin, margin, side - margin, side - margin), radius=round(side * 0.21), fill=255)
    ground.putalpha(mask)

    def at(size: int) -> Image.Image:
        return ground.resize((size, size), Image.LANCZOS)

    at(SIZE).save(ROOT / "assets" / "icon.png", optimize=True)
    at(SMALL).save(ROOT / "assets" / "icon-48.png", optimize=True)
    # Each size from the large drawing: Pillow would make the small ones from the 256.
    *smaller, largest = [at(size) for size in WINDOWS]
    sizes = [(size, size) for size in WINDOWS]
    largest.save(ROOT / "assets" / "icon.ico", sizes=sizes, append_images=smaller)


if __name__ == "__main__":
    main()
