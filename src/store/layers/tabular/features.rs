//! Rows become features.

use super::{
    columns::Place,
    figure::{Axis, Figure, compact, is_nothing, pair},
    head::Head,
    names::Rank,
};
use crate::{
    layer::{Cause, Field, Finding, Part, Value, wkb, wkt},
    store::layers::{LayerError, Placed, Sink, Source, Stated},
    units::LonLat,
};

/// A row of a table.
pub trait Cells {
    /// How many cells it has.
    fn width(&self) -> usize;
    /// What a cell says; nothing beyond the last.
    fn cell(&self, column: usize) -> Value<'_>;
}

/// Puts the rows of a table into a sink.
pub struct Features {
    head: Head,
    /// The field of each column; a column without a name has none until a cell of it says something.
    fields: Vec<Option<usize>>,
    placed: Placed,
    is_turned: bool,
    sound: usize,
    swapped: usize,
    unclear: usize,
    /// The first coordinate that could not be read.
    example: String,
    too_long: usize,
    broken: usize,
}

/// Where a row lies.
enum Spot {
    /// Told to the sink already, or nowhere.
    Told,
    At([f64; 2]),
    /// Something stands there that is no position for sure.
    Unclear,
}

impl Features {
    /// Begins a layer with the fields of a table's head.
    ///
    /// # Errors
    /// Metres that may lie in several places: the user has to say where.
    pub fn begin(
        name: &str,
        head: Head,
        source: &Source<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<Self, LayerError> {
        let mut names = std::collections::HashMap::<&str, usize>::new();
        let (mut fields, mut of_column) = (Vec::new(), Vec::with_capacity(head.names.len()));
        for (column, name) in head.names.iter().enumerate() {
            let is_shape = matches!(head.place, Place::Shape { column: own } if own == column);
            if name.is_empty() || is_shape {
                of_column.push(None);
                continue;
            }
            let count = names.entry(name).or_default();
            *count += 1;
            of_column.push(Some(fields.len()));
            fields.push(match *count {
                1 => Field::named(name),
                count => Field::named(format!("{name} ({count})")),
            });
        }
        sink.begin(name, fields);
        let stated = match head.stated {
            Ok(Some(crs)) => Stated::Crs(crs),
            Err(name) => Stated::Unknown(name.to_owned()),
            Ok(None) => Stated::Nothing,
        };
        let placed = sink.place_by(source, stated, head.raw_extent)?;
        // What the user says of the axes goes before what the figures say.
        let is_turned = head.is_turned && !sink.options.swapped;
        if is_turned && let Some(detail) = turned_names(&head) {
            sink.find(Finding { cause: Cause::AxesSwapped, count: 0, detail });
        }
        Ok(Self {
            head,
            fields: of_column,
            placed,
            is_turned,
            sound: 0,
            swapped: 0,
            unclear: 0,
            example: String::new(),
            too_long: 0,
            broken: 0,
        })
    }

    /// The field of a column, where it has one.
    pub fn field_of(&self, column: usize) -> Option<usize> {
        self.fields.get(column).copied().flatten()
    }

    /// Tells a row.
    ///
    /// # Errors
    /// The user has stopped the reading.
    pub fn row(&mut self, cells: &impl Cells, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        // Looked at several times, and read once.
        let places = self.head.place.columns();
        let spots = places.map(|column| cells.cell(column));
        if self.is_head(spots) {
            return Ok(());
        }
        let shape = match self.head.place {
            Place::Shape { column } => Some(column),
            _ => None,
        };
        let mut is_long = false;
        for column in 0..cells.width() {
            let known = places.iter().zip(spots).find(|(own, _)| **own == column);
            let value = known.map_or_else(|| cells.cell(column), |(_, value)| value);
            if value == Value::Missing || Some(column) == shape {
                continue;
            }
            match self.fields.get_mut(column) {
                Some(field) => {
                    let field =
                        field.get_or_insert_with(|| sink.field(&format!("#{}", column + 1)));
                    sink.value(*field, value);
                }
                None => is_long = true,
            }
        }
        match self.spot(cells, spots, sink) {
            // With more cells than the head has columns, which is which cannot be known.
            Spot::At(_) | Spot::Unclear if is_long => {
                self.too_long += 1;
                sink.lose();
            }
            Spot::At(at) => self.point(at, sink),
            Spot::Unclear => {
                self.unclear += 1;
                sink.lose();
            }
            Spot::Told => {}
        }
        sink.end(true)
    }

    /// Says what was met.
    pub fn end(self, sink: &mut Sink<'_>) {
        if self.swapped * 2 > self.sound.max(1) && !sink.has_found(Cause::Swapped) {
            sink.find(Finding::of(Cause::Swapped, self.swapped));
        }
        sink.count(Cause::BrokenRows, self.too_long);
        sink.count(Cause::BrokenGeometry, self.broken);
        sink.count_of(Cause::UnclearPosition, &self.example, self.unclear);
    }

    fn point(&mut self, at: [f64; 2], sink: &mut Sink<'_>) {
        let [x, y] = if self.is_turned { [at[1], at[0]] } else { at };
        // A row without coordinates, whatever its system.
        if x == 0.0 && y == 0.0 {
            sink.shapes.part(Part::Point, [LonLat::new(0.0, 0.0)]);
            return;
        }
        self.sound += 1;
        // In China a latitude is below 54 and a longitude above 73.
        self.swapped += usize::from((3.0..54.0).contains(&x) && (73.0..136.0).contains(&y));
        sink.shapes.part(Part::Point, [self.placed.at(x, y)]);
    }

    /// By the values where the coordinates stand.
    fn spot(&mut self, cells: &impl Cells, values: [Value<'_>; 2], sink: &mut Sink<'_>) -> Spot {
        let metres = self.head.metres;
        let [value, _] = values;
        let spot = match self.head.place {
            Place::Columns { .. } => {
                let mut figures = values.map(|value| Figure::of(value, metres));
                if let Some(finer) = self.head.finer {
                    for (figure, finer) in figures.iter_mut().zip(finer) {
                        *figure = finer.whole(*figure, |column| cells.cell(column));
                    }
                }
                self.joined(figures)
            }
            Place::Together { .. } => match value {
                Value::Missing => Spot::Told,
                Value::Text(text) => match pair(text, metres) {
                    Some(figures) => self.joined(figures),
                    None if is_nothing(text) => Spot::Told,
                    None => Spot::Unclear,
                },
                _ => Spot::Unclear,
            },
            Place::Shape { .. } => {
                if let Value::Text(text) = value
                    && !self.shape(text, sink)
                {
                    self.broken += 1;
                    sink.lose();
                }
                Spot::Told
            }
        };
        if matches!(spot, Spot::Unclear) && self.example.is_empty() {
            self.example = self.shown(values);
        }
        spot
    }

    /// The position that two figures make.
    fn joined(&self, figures: [Figure; 2]) -> Spot {
        let [first, second] = match figures {
            [Figure::Missing, Figure::Missing] => return Spot::Told,
            [Figure::Number { value: a, axis }, Figure::Number { value: b, axis: other }] => {
                match (axis, other) {
                    // Letters say more than the place.
                    (Some(Axis::North), Some(Axis::East)) => {
                        return Spot::At(self.turned([b, a]));
                    }
                    (Some(Axis::East), Some(Axis::North)) => {
                        return Spot::At(self.turned([a, b]));
                    }
                    (None | Some(Axis::East), None | Some(Axis::North)) => [a, b],
                    _ => return Spot::Unclear,
                }
            }
            _ => return Spot::Unclear,
        };
        if self.head.rank <= Rank::Letters && !self.head.metres {
            let [east, north] = if self.is_turned { [second, first] } else { [first, second] };
            if let (Some(east), Some(north)) =
                (compact(east, Axis::East), compact(north, Axis::North))
            {
                return Spot::At(self.turned([east, north]));
            }
        }
        Spot::At([first, second])
    }

    /// East and north as they would stand in the file.
    const fn turned(&self, [east, north]: [f64; 2]) -> [f64; 2] {
        if self.is_turned { [north, east] } else { [east, north] }
    }

    /// Tells a geometry in words, or in the hexadecimal bytes that databases write.
    fn shape(&self, text: &str, sink: &mut Sink<'_>) -> bool {
        let place = |x, y| self.placed.at(x, y);
        let text = text.trim();
        if is_nothing(text) {
            return true;
        }
        if let Some(bytes) = bytes_of_hex(text) {
            return wkb::read(&bytes, &place, &mut sink.shapes).is_ok();
        }
        wkt::read(text, &place, &mut sink.shapes).is_ok()
    }

    /// Whether the head is repeated, as on every page of a printed table.
    fn is_head(&self, values: [Value<'_>; 2]) -> bool {
        self.head.place.columns().into_iter().zip(values).all(|(column, value)| match value {
            Value::Text(text) => self.head.names.get(column).is_some_and(|name| name == text),
            _ => false,
        })
    }

    /// What stands where the coordinates should, short.
    fn shown(&self, values: [Value<'_>; 2]) -> String {
        let [first, second] = values.map(|value| match value {
            Value::Missing => String::new(),
            value => value.to_string().chars().take(24).collect(),
        });
        match self.head.place {
            Place::Columns { .. } => format!("{first}, {second}"),
            Place::Together { .. } | Place::Shape { .. } => first,
        }
    }
}

/// The names of columns whose axes are taken by their figures.
fn turned_names(head: &Head) -> Option<String> {
    let name = |column: usize| head.names.get(column).map(String::as_str);
    match head.place {
        Place::Columns { east, north } => Some(format!("{}, {}", name(east)?, name(north)?)),
        // Its name tells the order.
        Place::Together { first: Some(_), .. } | Place::Shape { .. } => None,
        Place::Together { column, first: None } => name(column).map(str::to_owned),
    }
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let is_wkb = text.starts_with("00") || text.starts_with("01");
    if !is_wkb || text.len() < 18 || !text.len().is_multiple_of(2) {
        return None;
    }
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.as_bytes().chunks_exact(2).map(|two| Some(digit(two[0])? << 4 | digit(two[1])?)).collect()
}
