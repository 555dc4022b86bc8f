//! Colours blended as eyes see them: CIE L*a*b* (CIE 15) with the white of D50, as CSS Color 4 has
//! it, and its form by hue, chroma and lightness.

use super::color::Color;

/// D50, x and z for y = 1.
const WHITE: [f64; 2] = [0.964_22, 0.825_21];
/// From linear sRGB to XYZ of D50 by Bradford's adaptation, and back (Lindbloom's matrices).
const TO_XYZ: [[f64; 3]; 3] = [
    [0.436_074_7, 0.385_064_9, 0.143_080_4],
    [0.222_504_5, 0.716_878_6, 0.060_616_9],
    [0.013_932_2, 0.097_104_5, 0.714_173_3],
];
const FROM_XYZ: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];
/// Where the cube root gives way to a line.
const KNEE: f64 = 6.0 / 29.0;
/// Colours with less chroma are greys.
const GREY: f64 = 5e-5;

/// The colour at `t` (0..=1) between two, each part of Lab by itself.
pub fn mix_lab(from: Color, to: Color, t: f64) -> Color {
    let ([l, a, b], [l2, a2, b2]) = (to_lab(from), to_lab(to));
    from_lab([mixed(l, l2, t), mixed(a, a2, t), mixed(b, b2, t)], alpha(from, to, t))
}

/// The colour at `t` (0..=1) between two, with the hue going the shorter way round. A grey has no
/// hue and takes that of the other.
pub fn mix_hcl(from: Color, to: Color, t: f64) -> Color {
    let ([l, a, b], [l2, a2, b2]) = (to_lab(from), to_lab(to));
    let (chroma, chroma2) = (a.hypot(b), a2.hypot(b2));
    let hue = match (chroma > GREY, chroma2 > GREY) {
        (true, true) => {
            let (hue, hue2) = (b.atan2(a), b2.atan2(a2));
            let half = std::f64::consts::PI;
            let turn = (hue2 - hue + half).rem_euclid(2.0 * half) - half;
            hue + turn * t
        }
        (true, false) => b.atan2(a),
        (false, true) => b2.atan2(a2),
        (false, false) => 0.0,
    };
    let chroma = mixed(chroma, chroma2, t);
    from_lab([mixed(l, l2, t), hue.cos() * chroma, hue.sin() * chroma], alpha(from, to, t))
}

fn mixed(from: f64, to: f64, t: f64) -> f64 {
    from + (to - from) * t
}

fn alpha(from: Color, to: Color, t: f64) -> f64 {
    mixed(f64::from(from.a), f64::from(to.a), t)
}

fn to_lab(color: Color) -> [f64; 3] {
    let linear = [color.r, color.g, color.b].map(|part| {
        let part = f64::from(part);
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    let xyz = product(&TO_XYZ, linear);
    let [x, y, z] = [xyz[0] / WHITE[0], xyz[1], xyz[2] / WHITE[1]].map(|part| {
        if part > KNEE.powi(3) { part.cbrt() } else { part / (3.0 * KNEE * KNEE) + 4.0 / 29.0 }
    });
    // The matrices leave greys a hair of colour.
    let grey = linear.iter().all(|part| part.to_bits() == linear[0].to_bits());
    let (x, z) = if grey { (y, y) } else { (x, z) };
    [(116.0 * y - 16.0).max(0.0), 500.0 * (x - y), 200.0 * (y - z)]
}

fn from_lab(lab: [f64; 3], alpha: f64) -> Color {
    let y = (lab[0] + 16.0) / 116.0;
    let xyz = [y + lab[1] / 500.0, y, y - lab[2] / 200.0].map(|part| {
        if part > KNEE { part.powi(3) } else { 3.0 * KNEE * KNEE * (part - 4.0 / 29.0) }
    });
    let rgb = product(&FROM_XYZ, [xyz[0] * WHITE[0], xyz[1], xyz[2] * WHITE[1]]).map(|part| {
        let curved =
            if part <= 0.003_04 { 12.92 * part } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
        curved * 255.0
    });
    Color::new(rgb[0], rgb[1], rgb[2], alpha)
}

fn product(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2])
}
