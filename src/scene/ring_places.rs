//! Where a hollow ring stands: it marks no exact place, and gives way to the pins, which do.

use super::pick::pin_head;
use crate::units::Mercator;

/// What stands already, at one zoom: discs in points.
pub struct Aside {
    discs: Vec<([f64; 2], f64)>,
    scale: f64,
}

/// How far a ring may step aside, in its radii: beyond that it would seem to mean something else.
const STEPS: [f64; 3] = [1.2, 2.2, 3.2];
const DIRECTIONS: u8 = 12;

impl Aside {
    /// Beside these pins, each with the position of its foot and its radius in points.
    pub fn new(pins: impl Iterator<Item = (Mercator, f32)>, zoom: f64) -> Self {
        let scale = 256.0 * zoom.exp2();
        let disc = |(foot, radius_pt): (Mercator, f32)| {
            let [across, down] = pin_head([0.0; 2], radius_pt);
            let head = [foot.x * scale + f64::from(across), foot.y * scale + f64::from(down)];
            // Down to the foot, which the head alone does not cover.
            let reach = f64::from(radius_pt);
            [(head, reach), ([head[0], head[1] + 0.6 * reach], 0.7 * reach)]
        };
        Self { discs: pins.flat_map(disc).collect(), scale }
    }

    /// The place nearest to `at` where a ring touches nothing, else the one where it touches least.
    pub fn place(&mut self, at: Mercator, radius_pt: f64) -> Mercator {
        let [x, y] = [at.x * self.scale, at.y * self.scale];
        let around = STEPS.iter().flat_map(|step| {
            (0..DIRECTIONS).map(move |turn| {
                let angle = std::f64::consts::TAU * f64::from(turn) / f64::from(DIRECTIONS);
                [x + step * radius_pt * angle.sin(), y - step * radius_pt * angle.cos()]
            })
        });
        let mut best = ([x, y], f64::INFINITY);
        for place in std::iter::once([x, y]).chain(around) {
            let covered = self.covered(place, radius_pt);
            if covered < best.1 {
                best = (place, covered);
            }
            if covered <= 0.0 {
                break;
            }
        }
        self.discs.push((best.0, radius_pt));
        Mercator { x: best.0[0] / self.scale, y: best.0[1] / self.scale }
    }

    /// How deep a disc lies in the others, summed over them.
    fn covered(&self, [x, y]: [f64; 2], radius_pt: f64) -> f64 {
        self.discs
            .iter()
            .map(|([ox, oy], other)| (radius_pt + other - (x - ox).hypot(y - oy)).max(0.0))
            .sum()
    }
}
