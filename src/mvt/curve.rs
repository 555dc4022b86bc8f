//! How outputs change between stops.

use super::{lab, value::Value};

/// How an interpolation runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve {
    pub ease: Ease,
    pub space: Space,
}

/// How fast it runs from one stop to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ease {
    /// By this base; 1 is a straight line.
    Exponential(f64),
    /// A cubic curve from 0, 0 to 1, 1 with these two control points, each in 0..=1.
    Bezier([f64; 4]),
}

/// In which space colours blend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    Rgb,
    Lab,
    Hcl,
}

impl Curve {
    /// What lies between two values at `input`, between the stops `from` and `to`.
    pub fn between(
        &self,
        (from, low): (f64, &Value<'_>),
        (to, high): (f64, &Value<'_>),
        input: f64,
    ) -> Option<Value<'static>> {
        self.blend(low, high, self.ease.progress(input, from, to))
    }

    /// The output at a stop: where only colours blend, a colour.
    pub fn at_stop<'a>(&self, value: Value<'a>) -> Option<Value<'a>> {
        match (self.space, &value) {
            (Space::Rgb, _) | (_, Value::List(_)) => Some(value),
            _ => value.color().map(Value::Color),
        }
    }

    fn blend(&self, low: &Value<'_>, high: &Value<'_>, t: f64) -> Option<Value<'static>> {
        if let (Value::Number(low), Value::Number(high)) = (low, high) {
            return (self.space == Space::Rgb).then(|| Value::Number(low + (high - low) * t));
        }
        if let (Value::List(low), Value::List(high)) = (low, high) {
            let parts = low.iter().zip(high.iter()).map(|(low, high)| self.part(low, high, t));
            return (low.len() == high.len())
                .then(|| parts.collect::<Option<_>>())
                .flatten()
                .map(Value::List);
        }
        let (low, high) = (low.color()?, high.color()?);
        Some(Value::Color(match self.space {
            Space::Rgb => low.mix(high, t),
            Space::Lab => lab::mix_lab(low, high, t),
            Space::Hcl => lab::mix_hcl(low, high, t),
        }))
    }

    /// Of a list: numbers and colours, but no further lists.
    fn part(&self, low: &Value<'_>, high: &Value<'_>, t: f64) -> Option<Value<'static>> {
        let nested = |value: &Value<'_>| matches!(value, Value::List(_));
        if nested(low) || nested(high) { None } else { self.blend(low, high, t) }
    }
}

impl Ease {
    /// How far (0..=1) the curve has come at `input` between two stops.
    fn progress(self, input: f64, from: f64, to: f64) -> f64 {
        let (done, all) = (input - from, to - from);
        let t = match self {
            Self::Exponential(base) if (base - 1.0).abs() >= 1e-9 => {
                (base.powf(done) - 1.0) / (base.powf(all) - 1.0)
            }
            Self::Exponential(_) => done / all,
            Self::Bezier(controls) => bezier(controls, done / all),
        };
        // Steep curves over long stretches overflow; they reach the stop in a jump.
        if t.is_finite() { t.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// The height of the curve where it is `x` along. With control points in 0..=1 it never turns back.
fn bezier([x1, y1, x2, y2]: [f64; 4], x: f64) -> f64 {
    let at = |a: f64, b: f64, t: f64| {
        let s = 1.0 - t;
        3.0 * s * s * t * a + 3.0 * s * t * t * b + t * t * t
    };
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..48 {
        let middle = f64::midpoint(low, high);
        if at(x1, x2, middle) < x {
            low = middle;
        } else {
            high = middle;
        }
    }
    at(y1, y2, f64::midpoint(low, high))
}
