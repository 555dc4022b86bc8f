//! Parcels by the points of their borders (界址点 TXT), as the offices of natural resources hand them
//! in: sections of `key=value`, then for each parcel a line of attributes that ends in `@` and a line
//! for each point. Every county writes it a little differently, so little of it is believed: a parcel
//! goes up to the next `@`, rings are told from holes by what lies in what, axes by their size.

mod header;
mod rings;

use std::io::Read;

use super::{LayerError, Sink, Source, TextReader};
use crate::{
    layer::{Cause, Field, Finding, Part, Value},
    store::layers::Placed,
};
use header::Header;
use rings::{Ring, holes};

const FORMAT: &str = "界址点 TXT";

/// Whether a text begins as such files do: with a section in brackets, or with a parcel.
pub fn is_one(source: &Source<'_>) -> bool {
    if !source.ends_in(&["txt", "csv", "dat"]) || !source.is_text() {
        return false;
    }
    let text = source.start_text();
    let mut lines = text.lines().map(|line| half_width(line.trim_start_matches('\u{FEFF}')));
    lines.by_ref().take(100).any(|line| {
        section(&line).is_some_and(|name| name.contains("坐标") || name.contains("属性"))
    }) || text.lines().find(|line| !line.trim().is_empty()).is_some_and(is_parcel)
        && text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .nth(1)
            .is_some_and(|line| Point::of(&half_width(line)).is_some())
}

/// Reads a file.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let bytes = source.len_bytes()?;
    let mut lines = Lines::new(source.text()?);
    let mut parcels = Parcels::default();
    let counts = lines.text.counts();
    while let Some(line) = lines.next().map_err(|reason| source.unreadable(reason))? {
        parcels.line(&line, source, sink)?;
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        sink.set_share((counts.bytes() as f64 / bytes as f64) as f32 * 0.95);
    }
    parcels.end(source, sink)?;
    if parcels.placed.is_none() {
        return Err(source.without_features(FORMAT));
    }
    sink.count(Cause::BrokenRows, parcels.broken);
    if let Some(detail) = parcels.differs.take() {
        sink.find(Finding { cause: Cause::CountDiffers, count: parcels.differing, detail });
    }
    sink.tell_text(lines.text.script(), &counts);
    sink.close(true);
    Ok(())
}

/// The fields of a parcel line in their usual order, up to the type of its use.
const FIELDS: [&str; 8] =
    ["点数", "面积(公顷)", "编号", "名称", "图形类型", "图幅号", "用途", "地类编码"];

/// The file so far.
#[derive(Default)]
struct Parcels {
    header: Header,
    placed: Option<Placed>,
    is_turned: bool,
    /// The parcel that is being read.
    own: Option<Parcel>,
    broken: usize,
    differs: Option<String>,
    differing: usize,
}

struct Parcel {
    /// Cells of its line, without the `@`.
    cells: Vec<String>,
    points: Vec<Point>,
}

/// A point as its line has it.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    ring: String,
    /// The two coordinates in the order of the line.
    at: [f64; 2],
}

impl Parcels {
    fn line(
        &mut self,
        line: &str,
        source: &Source<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        let half = half_width(line);
        let (whole, line) = (line.trim(), half.trim());
        if line.is_empty() || section(line).is_some() {
            return Ok(());
        }
        if is_parcel(line) {
            self.end(source, sink)?;
            // Names keep their signs as they are written.
            let cells = whole.trim_end_matches([',', '，', ' ', '\u{3000}', '@', '＠']);
            let cells = cells.split([',', '，']);
            let cells = cells.map(|cell| cell.trim().to_owned()).take(64).collect();
            self.own = Some(Parcel { cells, points: Vec::new() });
        } else if let Some(parcel) = &mut self.own {
            match Point::of(line) {
                Some(point) => parcel.points.push(point),
                None => self.broken += 1,
            }
        } else if !self.header.take(line) {
            self.broken += 1;
        }
        Ok(())
    }

    /// Tells the parcel that was being read.
    fn end(&mut self, source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        let Some(parcel) = self.own.take() else { return Ok(()) };
        let placed = match self.placed {
            Some(placed) => placed,
            None => self.begin(&parcel, source, sink)?,
        };
        for (column, cell) in parcel.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            // Counties add fields of their own behind the usual ones.
            let field = match FIELDS.get(column) {
                Some(_) => column,
                None => sink.field(&format!("#{}", column + 1)),
            };
            sink.value(field, Value::of_text(cell));
        }
        let kind = parcel.cells.get(4).map_or("", String::as_str);
        let part = if kind.contains('线') {
            Part::Line
        } else if kind.contains('点') {
            Part::Point
        } else {
            Part::Ring
        };
        let rings = self.rings(&parcel, part);
        let is_area = part == Part::Ring;
        let kept: usize = rings.iter().map(Vec::len).sum();
        self.compare(&parcel, kept, rings.len());
        let holes = if is_area { holes(&rings) } else { vec![None; rings.len()] };
        // Each outer ring with its holes behind it.
        for (outer, ring) in rings.iter().enumerate().filter(|(i, _)| holes[*i].is_none()) {
            if part == Part::Point {
                for at in ring {
                    sink.shapes.part(part, [placed.at(at[0], at[1])]);
                }
                continue;
            }
            sink.shapes.part(part, ring.iter().map(|at| placed.at(at[0], at[1])));
            for (i, ring) in rings.iter().enumerate().filter(|(i, _)| holes[*i] == Some(outer)) {
                let _ = i;
                sink.shapes.part(Part::Hole, ring.iter().map(|at| placed.at(at[0], at[1])));
            }
        }
        sink.end(true)
    }

    /// Begins the layer: what the header and the first parcel tell decides how all are read.
    fn begin(
        &mut self,
        parcel: &Parcel,
        source: &Source<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<Placed, LayerError> {
        sink.begin(&source.stem(), FIELDS.iter().map(|name| Field::named(*name)).collect());
        // The lines have north first; who swapped them is found out by the size of the figures.
        let north_first = !parcel.points.iter().all(|point| east_first(point.at));
        self.is_turned = north_first && !sink.options.swapped;
        let pairs: Vec<[f64; 2]> =
            parcel.points.iter().map(|point| self.turned(point.at)).collect();
        let raw_extent = rings::extent(&pairs);
        let placed = sink.place_by(source, self.header.stated(raw_extent), raw_extent)?;
        if let Some(parameters) = self.header.parameters() {
            let detail = parameters.to_owned();
            sink.find(Finding { cause: Cause::TransformLeftOut, count: 0, detail });
        }
        self.placed = Some(placed);
        Ok(placed)
    }

    const fn turned(&self, [a, b]: [f64; 2]) -> [f64; 2] {
        if self.is_turned { [b, a] } else { [a, b] }
    }

    /// The rings of a parcel, open: a new one begins with another number of the ring, or where one
    /// has come back to its first point.
    fn rings(&self, parcel: &Parcel, part: Part) -> Vec<Ring> {
        let mut rings: Vec<Ring> = Vec::new();
        let mut number: Option<&str> = None;
        let mut is_closed = false;
        for point in &parcel.points {
            let at = self.turned(point.at);
            if number != Some(&point.ring) || is_closed {
                rings.push(Vec::new());
                number = Some(&point.ring);
                is_closed = false;
            }
            let Some(ring) = rings.last_mut() else { continue };
            if part == Part::Ring && ring.len() > 2 && ring.first() == Some(&at) {
                is_closed = true;
                continue;
            }
            ring.push(at);
        }
        rings
    }

    /// Compares the number of points that a parcel states: files count the closing point or not.
    fn compare(&mut self, parcel: &Parcel, kept: usize, rings: usize) {
        let first = parcel.cells.first();
        let stated = first.and_then(|cell| half_width(cell).trim().parse::<usize>().ok());
        let Some(stated) = stated else { return };
        let told = parcel.points.len();
        if stated != told && stated != kept && stated != kept + rings {
            self.differing += 1;
            let id = parcel.cells.get(2).map_or("", String::as_str);
            self.differs.get_or_insert_with(|| format!("{id} {stated} / {told}").trim().to_owned());
        }
    }
}

impl Point {
    /// `J1,圈号,X,Y`; some have no number of the ring, some more behind.
    fn of(line: &str) -> Option<Self> {
        let cells: Vec<&str> = line.split([',', '\t', ' ']).map(str::trim).collect();
        let cells: Vec<&str> = match cells.as_slice() {
            // Blanks beside commas are none.
            _ if line.contains(',') => line.split(',').map(str::trim).collect(),
            cells => cells.iter().copied().filter(|cell| !cell.is_empty()).collect(),
        };
        let number = |cell: &&str| cell.parse::<f64>().ok().filter(|n| n.is_finite());
        let (ring, pair) = match cells.as_slice() {
            [_, ring, x, y, ..] => (*ring, [x, y]),
            [_, x, y] => ("1", [x, y]),
            _ => return None,
        };
        let at = [number(pair[0])?, number(pair[1])?];
        Some(Self { ring: ring.to_owned(), at })
    }
}

/// Whether east stands first, by what is possible in China: a zone before the easting, less than a
/// million metres before some millions, or degrees.
fn east_first([a, b]: [f64; 2]) -> bool {
    let is_north = |v: f64| (1.5e6..6.5e6).contains(&v);
    let is_east = |v: f64| (1e5..1e6).contains(&v) || (13e6..46e6).contains(&v);
    is_east(a) && is_north(b) || (73.0..136.0).contains(&a) && (3.0..54.0).contains(&b)
}

fn is_parcel(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches([',', '，']).trim_end();
    line.ends_with(['@', '＠'])
}

/// The name of a section.
fn section(line: &str) -> Option<&str> {
    line.trim().strip_prefix('[')?.split(']').next()
}

/// Full-width commas, brackets, signs and digits as half-width ones.
fn half_width(line: &str) -> String {
    let half = |c: char| match c {
        '【' | '［' | '〔' => '[',
        '】' | '］' | '〕' => ']',
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    line.chars().map(half).collect()
}

/// The lines of a text, whatever ends them.
struct Lines<R> {
    text: TextReader<R>,
    buffer: String,
    at: usize,
    is_all: bool,
}

impl<R: Read> Lines<R> {
    const fn new(text: TextReader<R>) -> Self {
        Self { text, buffer: String::new(), at: 0, is_all: false }
    }

    fn next(&mut self) -> std::io::Result<Option<String>> {
        /// A longer line is none; it is cut.
        const LONGEST: usize = 1 << 20;
        loop {
            let rest = self.buffer.get(self.at..).unwrap_or_default();
            if let Some(end) = rest.find(['\n', '\r']) {
                self.at += end + 1;
                return Ok(Some(rest.get(..end).unwrap_or_default().to_owned()));
            }
            if self.is_all || rest.len() > LONGEST {
                let rest = rest.to_owned();
                self.at = self.buffer.len();
                return Ok((!rest.is_empty()).then_some(rest));
            }
            self.buffer.drain(..self.at);
            self.at = 0;
            self.is_all = !self.text.fill(&mut self.buffer)?;
        }
    }
}
