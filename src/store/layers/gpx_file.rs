//! GPX 1.0 and 1.1: way points, routes and tracks, each a layer, in WGS-84 as the format says.
//!
//! Read once for each of the three, because they may stand in any order and a layer is told whole.

use std::collections::HashSet;

use super::{
    Fault, LayerError, Placed, Sink, Source, Stated,
    field_places::FieldPlaces,
    markup::{Mark, Markup},
};
use crate::{
    geo::Crs,
    layer::{Cause, Field, FieldKind, Finding, Part, Value},
    units::LonLat,
};

const NAME: &str = "GPX";
/// Elements within elements: beyond, a file is damaged.
const MOST_OPEN: usize = 256;

/// The element of a feature, that of its positions, that of its pieces, and the layer's name.
struct Kind {
    feature: &'static str,
    position: &'static str,
    layer: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind { feature: "wpt", position: "wpt", layer: "waypoints" },
    Kind { feature: "rte", position: "rtept", layer: "routes" },
    Kind { feature: "trk", position: "trkpt", layer: "tracks" },
];

/// Whether a source is one.
pub fn is_one(source: &Source<'_>) -> bool {
    source.first_sign() == Some(b'<') && source.names("<gpx")
        || source.ends_in(&["gpx"]) && source.is_text()
}

/// Reads it.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    // The first reading tells what there is; a file without one kind gets no empty layer of it.
    let (there, broken) = kinds(source)?;
    if there.is_empty() {
        return Err(match broken {
            Some(fault) => source.faulty(NAME, fault),
            None => source.without_features(NAME),
        });
    }
    for (i, kind) in KINDS.iter().enumerate() {
        if there.contains(kind.feature) {
            read_kind(source, kind, i, sink)?;
            if broken.is_some() {
                sink.find(Finding::of(Cause::Truncated, 0));
            }
            sink.close(true);
        }
    }
    Ok(())
}

fn kinds(source: &Source<'_>) -> Result<(HashSet<&'static str>, Option<Fault>), LayerError> {
    let mut text = Markup::new(source.open()?, &source.start);
    let mut there = HashSet::new();
    let mut depth = 0_usize;
    loop {
        match text.next() {
            Ok(Mark::Open(_)) if depth >= MOST_OPEN => {
                return Ok((there, Some(Fault::inside("too deep"))));
            }
            Ok(Mark::Open(name)) => {
                depth += 1;
                there.extend(KINDS.iter().map(|kind| kind.feature).find(|own| *own == name));
            }
            Ok(Mark::Close(_)) => depth = depth.saturating_sub(1),
            Ok(Mark::End) => return Ok((there, (depth > 0).then_some(Fault::Truncated))),
            Err(reason) => return Ok((there, Some(reason.into()))),
        }
    }
}

/// A feature while it is read.
#[derive(Default)]
struct Feature {
    pieces: Vec<Vec<LonLat>>,
    /// Values at positions of a line, which are not kept.
    loose_values: usize,
    depth: usize,
}

fn read_kind(
    source: &Source<'_>,
    kind: &Kind,
    number: usize,
    sink: &mut Sink<'_>,
) -> Result<(), LayerError> {
    let bytes = source.len_bytes()?;
    let mut text = Markup::new(source.open()?, &source.start);
    sink.begin(kind.layer, Vec::new());
    if let Some(guessed) = text.guessed {
        let detail = guessed.to_owned();
        sink.find(Finding { cause: Cause::EncodingGuessed, count: 0, detail });
    }
    let placed = sink.place(Stated::Format(Crs::WGS84));
    let mut fields = FieldPlaces::default();
    let mut path: Vec<String> = Vec::new();
    let mut feature: Option<Feature> = None;
    // What comes after a fault has been counted by the first reading.
    while let Ok(mark) = text.next() {
        match mark {
            Mark::End => break,
            Mark::Open(_) if path.len() >= MOST_OPEN => break,
            Mark::Open(name) => {
                if name == kind.feature && feature.is_none() {
                    feature = Some(Feature { depth: path.len(), ..Feature::default() });
                }
                if feature.is_some()
                    && name == "link"
                    && !path.iter().any(|own| own == kind.position && own != kind.feature)
                {
                    let href = text.attribute("href").unwrap_or_default().to_owned();
                    fields.tell(sink, "link", Value::Text(&href));
                }
                if let Some(feature) = &mut feature {
                    if name == "trkseg" {
                        feature.pieces.push(Vec::new());
                    }
                    if name == kind.position {
                        feature.add(position(&text, placed));
                    }
                }
                path.push(name);
            }
            Mark::Close(name) => {
                let Some(at) = path.iter().rposition(|own| *own == name) else { continue };
                path.truncate(at);
                let Some(own) = &mut feature else { continue };
                if at == own.depth {
                    let own = feature.take().unwrap_or_default();
                    end(own, kind, sink, text.read_bytes(), bytes, number)?;
                } else {
                    let of_position = kind.feature != kind.position
                        && path.iter().any(|element| element == kind.position);
                    let words = text.text.trim();
                    if of_position {
                        own.loose_values += usize::from(!words.is_empty());
                    } else if name != "link"
                        && !words.is_empty()
                        && !path.iter().any(|element| element == "link")
                    {
                        tell(&mut fields, sink, &name, words);
                    }
                }
                text.text.clear();
            }
        }
    }
    Ok(())
}

/// Tells a value by the name of its element; times are times, everything else is what it prints.
fn tell(fields: &mut FieldPlaces, sink: &mut Sink<'_>, name: &str, words: &str) {
    match name {
        "time" => {
            sink.declare(Field::declared("time", FieldKind::DateTime));
            fields.tell(sink, name, Value::Text(words));
        }
        "name" | "cmt" | "desc" | "src" | "sym" | "type" => {
            fields.tell(sink, name, Value::Text(words));
        }
        _ => fields.tell(sink, name, Value::of_text(words)),
    }
}

fn position<R: std::io::Read>(text: &Markup<R>, placed: Placed) -> Option<LonLat> {
    let number = |name| text.attribute(name).and_then(|number| number.trim().parse::<f64>().ok());
    Some(placed.at(number("lon")?, number("lat")?))
}

impl Feature {
    fn add(&mut self, position: Option<LonLat>) {
        if self.pieces.is_empty() {
            self.pieces.push(Vec::new());
        }
        if let (Some(piece), Some(position)) = (self.pieces.last_mut(), position) {
            piece.push(position);
        }
    }
}

fn end(
    feature: Feature,
    kind: &Kind,
    sink: &mut Sink<'_>,
    read: u64,
    bytes: u64,
    number: usize,
) -> Result<(), LayerError> {
    let points = kind.feature == kind.position;
    for piece in feature.pieces {
        // A track of one position is a point.
        let part = if points || piece.len() == 1 { Part::Point } else { Part::Line };
        sink.shapes.part(part, piece);
    }
    sink.count(Cause::VertexValues, feature.loose_values);
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let share = ((number as f64 + read as f64 / bytes as f64) / KINDS.len() as f64) as f32;
    sink.set_share(share * 0.95);
    sink.end(true)
}
