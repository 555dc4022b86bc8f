//! A placemark while it is read: its geometry as it stands, its values, its datum.

use crate::layer::{Part, Value};

/// What a placemark says. Geometry waits until the end, because the datum may come after it.
#[derive(Debug, Default)]
pub struct Placemark {
    pub values: Vec<(String, Text)>,
    pub parts: Vec<(Part, Vec<[f64; 2]>)>,
    /// The rings of the polygon that is being read.
    rings: Vec<(Part, Vec<[f64; 2]>)>,
    /// The positions of the track that is being read.
    track: Vec<[f64; 2]>,
    /// Positions whose times or heights are not kept.
    pub loose_values: usize,
    /// A height of its positions that is not zero.
    pub height: f64,
    /// What its coordinates refer to, where it says so.
    pub coord_type: Option<String>,
}

/// A value as it stands, and how it is to be taken.
#[derive(Debug)]
pub struct Text {
    pub text: String,
    pub taken: Taken,
}

/// How a value is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// As words, even where they are digits.
    Words,
    Bool,
    /// As what it prints.
    AsItIs,
}

impl Text {
    pub fn value(&self) -> Value<'_> {
        match (self.taken, self.text.as_str()) {
            (Taken::Bool, "1" | "true") => Value::Bool(true),
            (Taken::Bool, "0" | "false") => Value::Bool(false),
            (Taken::Words, text) => Value::Text(text),
            (_, text) => Value::of_text(text),
        }
    }
}

impl Placemark {
    /// Adds a value unless it is blank.
    pub fn value(&mut self, name: &str, text: &str, taken: Taken) {
        if !text.trim().is_empty() {
            let text = text.trim().to_owned();
            self.values.push((name.to_owned(), Text { text, taken }));
        }
    }

    /// Takes the text of `coordinates` within the elements of `path`.
    pub fn coordinates(&mut self, text: &str, path: &[String]) {
        let positions: Vec<[f64; 2]> = tuples(text, &mut self.height).collect();
        let within = |name: &str| path.iter().any(|own| own == name);
        match path.last().map(String::as_str) {
            Some("Point") => {
                self.parts.extend(positions.into_iter().take(1).map(|at| (Part::Point, vec![at])));
            }
            Some("LineString") => self.parts.push((Part::Line, positions)),
            Some("LinearRing") if within("Polygon") => {
                let part = if within("innerBoundaryIs") { Part::Hole } else { Part::Ring };
                self.rings.push((part, open(positions)));
            }
            // A ring on its own is a line; it leads back even where its end is not repeated.
            Some("LinearRing") => {
                let mut ring = positions;
                if ring.first() != ring.last() {
                    ring.extend(ring.first().copied());
                }
                self.parts.push((Part::Line, ring));
            }
            _ => {}
        }
    }

    /// Ends a polygon: its outer ring goes first, wherever it stands.
    pub fn end_polygon(&mut self) {
        let mut rings = std::mem::take(&mut self.rings);
        rings.sort_by_key(|(part, _)| *part == Part::Hole);
        self.parts.extend(rings);
    }

    /// Takes a position of a track, `lon lat height`.
    pub fn track_position(&mut self, text: &str) {
        let mut numbers = text.split_ascii_whitespace().map(str::parse::<f64>);
        if let (Some(Ok(x)), Some(Ok(y))) = (numbers.next(), numbers.next()) {
            self.track.push([x, y]);
            see_height(numbers.next().and_then(Result::ok), &mut self.height);
        }
    }

    pub fn end_track(&mut self) {
        let track = std::mem::take(&mut self.track);
        let part = if track.len() == 1 { Part::Point } else { Part::Line };
        self.parts.push((part, track));
    }
}

/// Positions `lon,lat[,height]` with blanks between. Blanks around commas are forgiven.
fn tuples<'a>(text: &'a str, height: &'a mut f64) -> impl Iterator<Item = [f64; 2]> + 'a {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let x: Option<f64> = word(&mut rest)?.parse().ok();
            let y = comma(&mut rest).then(|| word(&mut rest)).flatten();
            if y.is_some() && comma(&mut rest) {
                see_height(word(&mut rest).and_then(|z| z.parse().ok()), height);
            }
            if let (Some(x), Some(Ok(y))) = (x, y.map(str::parse)) {
                return Some([x, y]);
            }
        }
    })
}

fn see_height(z: Option<f64>, height: &mut f64) {
    *height = z.filter(|z| *z != 0.0).unwrap_or(*height);
}

/// Takes the next word, up to a blank or a comma; `None` at the end.
fn word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let text = rest.trim_start();
    let end = text.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    // A comma without a number before it is passed over.
    *rest = if word.is_empty() { after.get(1..).unwrap_or_default() } else { after };
    (!text.is_empty()).then_some(word)
}

fn comma(rest: &mut &str) -> bool {
    let after = rest.trim_start().strip_prefix(',');
    *rest = after.unwrap_or(rest);
    after.is_some()
}

fn open(mut ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}
