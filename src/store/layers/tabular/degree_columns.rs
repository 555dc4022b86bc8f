//! Degrees, minutes and seconds that stand in columns of their own.

use super::figure::{Figure, plain};
use crate::layer::Value;

/// Where the minutes and the seconds of a coordinate stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finer {
    pub minutes: usize,
    pub seconds: Option<usize>,
}

impl Finer {
    /// The coordinate whose whole degrees are these.
    pub fn whole<'a>(self, degrees: Figure, cell: impl Fn(usize) -> Value<'a>) -> Figure {
        let Figure::Number { value, axis } = degrees else { return degrees };
        let part = |column: usize, most: f64| match number(cell(column)) {
            Figure::Missing => Some(0.0),
            Figure::Number { value, .. } if (0.0..=most).contains(&value) => Some(value),
            Figure::Number { .. } | Figure::Unclear => None,
        };
        let minutes = part(self.minutes, 59.999_999_9);
        // Rounded seconds may be sixty.
        let seconds = self.seconds.map_or(Some(0.0), |column| part(column, 60.0));
        let (Some(minutes), Some(seconds)) = (minutes, seconds) else { return Figure::Unclear };
        let rest = minutes / 60.0 + seconds / 3600.0;
        // Half a degree is no half a degree and some minutes.
        if value.fract() != 0.0 && rest != 0.0 {
            return Figure::Unclear;
        }
        let value = if value.is_sign_negative() { value - rest } else { value + rest };
        Figure::Number { value, axis }
    }
}

/// A figure with its own mark behind it, or without.
fn number(value: Value<'_>) -> Figure {
    let Value::Text(text) = value else { return Figure::of(value, false) };
    let text = plain(text);
    Figure::of(Value::Text(text.trim_end_matches(['′', '″']).trim()), false)
}

/// The minutes and seconds behind two columns of degrees, as their names say, or the row under the
/// head, in which case that one belongs to the head.
pub fn finer(
    names: &[String],
    below: Option<&Vec<Value<'_>>>,
    [east, north]: [usize; 2],
) -> Option<([Finer; 2], bool)> {
    let by_name = |column: usize| {
        let name = |behind: usize| names.get(column + behind).map(String::as_str);
        let (unit, base) = unit(name(0)?);
        let is = |behind: usize, wanted: Unit| {
            name(behind).is_some_and(|name| {
                let (own, stem) = self::unit(name);
                // 得分 is a score.
                own == wanted && (stem.is_empty() || stem == base || speaks_of_axis(&stem))
            })
        };
        let is_degrees = matches!(unit, Unit::Degrees | Unit::None);
        (is_degrees && is(1, Unit::Minutes)).then(|| Finer {
            minutes: column + 1,
            seconds: is(2, Unit::Seconds).then_some(column + 2),
        })
    };
    if let (Some(east), Some(north)) = (by_name(east), by_name(north)) {
        return Some(([east, north], false));
    }
    let below = below?;
    let under = |column: usize| {
        let is = |behind: usize, wanted: Unit| match below.get(column + behind) {
            Some(Value::Text(text)) => unit(text) == (wanted, String::new()),
            _ => false,
        };
        (is(0, Unit::Degrees) && is(1, Unit::Minutes)).then(|| Finer {
            minutes: column + 1,
            seconds: is(2, Unit::Seconds).then_some(column + 2),
        })
    };
    Some(([under(east)?, under(north)?], true))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    None,
    Degrees,
    Minutes,
    Seconds,
}

/// The unit that a name ends with, and the name without it.
fn unit(name: &str) -> (Unit, String) {
    const ENDS: [(&str, Unit); 12] = [
        ("deg", Unit::Degrees),
        ("min", Unit::Minutes),
        ("sec", Unit::Seconds),
        ("°", Unit::Degrees),
        ("′", Unit::Minutes),
        ("″", Unit::Seconds),
        ("_d", Unit::Degrees),
        ("_m", Unit::Minutes),
        ("_s", Unit::Seconds),
        ("(d", Unit::Degrees),
        ("(m", Unit::Minutes),
        ("(s", Unit::Seconds),
    ];
    let name = plain(name);
    let signs = |c: char| matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '_' | '-' | '.' | ' ');
    let name = name.trim_matches(signs);
    for (end, unit) in ENDS {
        if let Some(stem) = name.strip_suffix(end) {
            return (unit, stem.trim_matches(signs).to_owned());
        }
    }
    (Unit::None, name.to_owned())
}

fn speaks_of_axis(stem: &str) -> bool {
    ["经", "纬", "lon", "lng", "lat", "jd", "wd", "jingdu", "weidu"]
        .iter()
        .any(|word| stem.contains(word))
}
