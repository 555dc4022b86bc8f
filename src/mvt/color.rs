//! CSS colours.

/// A colour with straight alpha, each part in 0..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color {
    pub r: f32,
    pub g: f32,
    pub b: f32,
    pub a: f32,
}

impl Color {
    /// The default of most colours in a style.
    pub const BLACK: Self = Self { r: 0.0, g: 0.0, b: 0.0, a: 1.0 };
    const CLEAR: Self = Self { r: 0.0, g: 0.0, b: 0.0, a: 0.0 };

    /// From red, green and blue in 0..=255 and alpha in 0..=1; what lies outside is clamped.
    #[must_use]
    pub fn new(r: f64, g: f64, b: f64, a: f64) -> Self {
        let part = |v: f64| narrow((v / 255.0).clamp(0.0, 1.0));
        Self { r: part(r), g: part(g), b: part(b), a: narrow(a.clamp(0.0, 1.0)) }
    }

    /// From red, green and blue in 0..=255 and alpha in 0..=1, if all lie there.
    pub(super) fn checked(parts: &[f64]) -> Option<Self> {
        let (r, g, b, a) = match parts {
            [r, g, b] => (*r, *g, *b, 1.0),
            [r, g, b, a] => (*r, *g, *b, *a),
            _ => return None,
        };
        let sound = [r, g, b].iter().all(|v| (0.0..=255.0).contains(v));
        (sound && (0.0..=1.0).contains(&a)).then(|| Self::new(r, g, b, a))
    }

    /// Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb()`, `rgba()`, `hsl()`, `hsla()` and the
    /// common names; `None` for anything else.
    #[must_use]
    pub fn parse(css: &str) -> Option<Self> {
        let css = css.trim().to_ascii_lowercase();
        if let Some(digits) = css.strip_prefix('#') {
            return hex(digits);
        }
        if let Some((function, rest)) = css.split_once('(') {
            let parts: Vec<&str> = rest
                .strip_suffix(')')?
                .split([',', ' ', '/'])
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .collect();
            return match function.trim() {
                "rgb" | "rgba" => rgb(&parts),
                "hsl" | "hsla" => hsl(&parts),
                _ => None,
            };
        }
        if css == "transparent" {
            return Some(Self::CLEAR);
        }
        let (_, code) = NAMED.iter().find(|(name, _)| *name == css)?;
        hex(code)
    }

    /// The same colour with its alpha multiplied by `opacity` (0..=1).
    #[must_use]
    pub fn faded(self, opacity: f64) -> Self {
        Self { a: self.a * narrow(opacity.clamp(0.0, 1.0)), ..self }
    }

    /// The colour at `t` (0..=1) of the way to `other`, each part by itself, as `MapLibre` does.
    #[must_use]
    pub fn mix(self, other: Self, t: f64) -> Self {
        let t = narrow(t.clamp(0.0, 1.0));
        let part = |x: f32, y: f32| (x + (y - x) * t).clamp(0.0, 1.0);
        Self {
            r: part(self.r, other.r),
            g: part(self.g, other.g),
            b: part(self.b, other.b),
            a: part(self.a, other.a),
        }
    }
}

/// Colours need no more than an `f32` holds.
#[allow(clippy::cast_possible_truncation)]
fn narrow(v: f64) -> f32 {
    if v.is_finite() { v as f32 } else { 0.0 }
}

fn hex(digits: &str) -> Option<Color> {
    let nibbles: Vec<f64> =
        digits.chars().map(|c| c.to_digit(16).map(f64::from)).collect::<Option<_>>()?;
    match nibbles.as_slice() {
        [r, g, b] => Some(Color::new(r * 17.0, g * 17.0, b * 17.0, 1.0)),
        [r, g, b, a] => Some(Color::new(r * 17.0, g * 17.0, b * 17.0, a / 15.0)),
        [r, r2, g, g2, b, b2] => Some(Color::new(r * 16.0 + r2, g * 16.0 + g2, b * 16.0 + b2, 1.0)),
        [r, r2, g, g2, b, b2, a, a2] => {
            let a = (a * 16.0 + a2) / 255.0;
            Some(Color::new(r * 16.0 + r2, g * 16.0 + g2, b * 16.0 + b2, a))
        }
        _ => None,
    }
}

/// A number, or a percentage of `whole`.
fn number(text: &str, whole: f64) -> Option<f64> {
    let value = match text.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().ok()? / 100.0 * whole,
        None => text.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

fn alpha(parts: &[&str]) -> Option<f64> {
    match parts {
        [] => Some(1.0),
        [a] => number(a, 1.0),
        _ => None,
    }
}

fn rgb(parts: &[&str]) -> Option<Color> {
    let [r, g, b, rest @ ..] = parts else { return None };
    Some(Color::new(number(r, 255.0)?, number(g, 255.0)?, number(b, 255.0)?, alpha(rest)?))
}

fn hsl(parts: &[&str]) -> Option<Color> {
    let [h, s, l, rest @ ..] = parts else { return None };
    let hue = number(h.strip_suffix("deg").unwrap_or(h), 360.0)?.rem_euclid(360.0) / 30.0;
    let saturation = number(s.strip_suffix('%')?, 1.0)?.clamp(0.0, 100.0) / 100.0;
    let lightness = number(l.strip_suffix('%')?, 1.0)?.clamp(0.0, 100.0) / 100.0;
    let swing = saturation * lightness.min(1.0 - lightness);
    let part = |offset: f64| {
        let k = (offset + hue).rem_euclid(12.0);
        (lightness - swing * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)) * 255.0
    };
    Some(Color::new(part(0.0), part(8.0), part(4.0), alpha(rest)?))
}

const NAMED: &[(&str, &str)] = &[
    ("aliceblue", "f0f8ff"),
    ("antiquewhite", "faebd7"),
    ("aqua", "00ffff"),
    ("azure", "f0ffff"),
    ("beige", "f5f5dc"),
    ("black", "000000"),
    ("blue", "0000ff"),
    ("brown", "a52a2a"),
    ("coral", "ff7f50"),
    ("cornflowerblue", "6495ed"),
    ("crimson", "dc143c"),
    ("cyan", "00ffff"),
    ("darkblue", "00008b"),
    ("darkgray", "a9a9a9"),
    ("darkgreen", "006400"),
    ("darkgrey", "a9a9a9"),
    ("darkorange", "ff8c00"),
    ("darkred", "8b0000"),
    ("dimgray", "696969"),
    ("dimgrey", "696969"),
    ("floralwhite", "fffaf0"),
    ("forestgreen", "228b22"),
    ("fuchsia", "ff00ff"),
    ("gainsboro", "dcdcdc"),
    ("gold", "ffd700"),
    ("gray", "808080"),
    ("green", "008000"),
    ("grey", "808080"),
    ("hotpink", "ff69b4"),
    ("indigo", "4b0082"),
    ("ivory", "fffff0"),
    ("khaki", "f0e68c"),
    ("lavender", "e6e6fa"),
    ("lightblue", "add8e6"),
    ("lightgray", "d3d3d3"),
    ("lightgreen", "90ee90"),
    ("lightgrey", "d3d3d3"),
    ("lightyellow", "ffffe0"),
    ("lime", "00ff00"),
    ("linen", "faf0e6"),
    ("magenta", "ff00ff"),
    ("maroon", "800000"),
    ("navy", "000080"),
    ("olive", "808000"),
    ("orange", "ffa500"),
    ("orangered", "ff4500"),
    ("orchid", "da70d6"),
    ("pink", "ffc0cb"),
    ("plum", "dda0dd"),
    ("purple", "800080"),
    ("red", "ff0000"),
    ("royalblue", "4169e1"),
    ("salmon", "fa8072"),
    ("seagreen", "2e8b57"),
    ("sienna", "a0522d"),
    ("silver", "c0c0c0"),
    ("skyblue", "87ceeb"),
    ("slategray", "708090"),
    ("slategrey", "708090"),
    ("snow", "fffafa"),
    ("steelblue", "4682b4"),
    ("tan", "d2b48c"),
    ("teal", "008080"),
    ("thistle", "d8bfd8"),
    ("tomato", "ff6347"),
    ("turquoise", "40e0d0"),
    ("violet", "ee82ee"),
    ("wheat", "f5deb3"),
    ("white", "ffffff"),
    ("whitesmoke", "f5f5f5"),
    ("yellow", "ffff00"),
];
