//! A layer: chunks of features, their attributes, and what was wrong with the file.

use std::sync::{Arc, OnceLock};

use super::fill::can_fill;
use super::{
    Field, FieldKind, Finding, Grid, Holds, Kind, Part, Reference, Shapes, Table, Value,
    codes::Codes,
};
use crate::{
    geo::{MercatorExtent, Mesh2, triangulate::triangulate},
    units::Mercator,
};

/// Features that are read, indexed and drawn together.
#[derive(Debug)]
pub struct Chunk {
    pub shapes: Shapes,
    pub grid: Option<Grid>,
    /// What its features are.
    pub holds: Holds,
    /// Rows without a place because they say 0,0.
    pub zeros: usize,
    /// Features with a part that is left out because it lies nowhere on Earth.
    pub nowhere: usize,
    /// Features with a position beyond the map, drawn at its edge.
    pub clamped: usize,
    /// Features with heights that are not kept: of their positions some lie higher than others.
    pub high: usize,
    /// The height of each feature that all of it has, in the unit of the file; no number for none. Rows
    /// at the end that have none are left out. They go into the table and out of here.
    pub heights: Vec<f64>,
    /// Curves drawn as lines of short pieces.
    pub curves: usize,
    /// Areas that are drawn as outlines, because filling them would take too long.
    pub outlines: usize,
    /// Triangles of each area, made when it is first drawn filled.
    triangles: OnceLock<Vec<OnceLock<Mesh2>>>,
}

impl Chunk {
    pub fn new(shapes: Shapes) -> Self {
        let grid = Grid::build(&shapes);
        let holds = Holds::of(&shapes);
        Self {
            shapes,
            grid,
            holds,
            zeros: 0,
            nowhere: 0,
            clamped: 0,
            high: 0,
            heights: Vec::new(),
            curves: 0,
            outlines: 0,
            triangles: OnceLock::new(),
        }
    }

    /// Counts the areas that are drawn as outlines.
    pub(super) fn count_outlines(&mut self) {
        let shapes = &self.shapes;
        let is_outline = |row: &usize| {
            let mut rings: Vec<&[Mercator]> = Vec::new();
            let mut found = false;
            for part in shapes.parts_of(*row) {
                if shapes.role(*row, part) != Part::Hole {
                    found |= !can_fill(rings.drain(..));
                }
                rings.push(shapes.part(part));
            }
            found || !can_fill(rings.drain(..))
        };
        let areas =
            (0..shapes.len()).filter(|row| matches!(shapes.kind(*row), Kind::Area | Kind::Mixed));
        self.outlines = areas.filter(is_outline).count();
    }

    pub fn extent(&self) -> Option<MercatorExtent> {
        self.grid.as_ref().map(|grid| *grid.extent())
    }

    /// The triangles of an area, in unit Mercator; nothing for other features.
    pub fn triangles(&self, row: usize) -> Option<&Mesh2> {
        if !matches!(self.shapes.kind(row), Kind::Area | Kind::Mixed) {
            return None;
        }
        let rows = self
            .triangles
            .get_or_init(|| (0..self.shapes.len()).map(|_| OnceLock::new()).collect());
        Some(rows.get(row)?.get_or_init(|| self.triangulated(row)))
    }

    fn triangulated(&self, row: usize) -> Mesh2 {
        let mut all = Mesh2 { vertices: Vec::new(), indices: Vec::new() };
        let closed = |part: &usize| self.shapes.role(row, *part).is_closed();
        let parts: Vec<usize> = self.shapes.parts_of(row).filter(closed).collect();
        let is_hole = |part: usize| self.shapes.role(row, part) == Part::Hole;
        let mut i = 0;
        while let Some(exterior) = parts.get(i) {
            i += 1;
            let mut holes = Vec::new();
            while let Some(hole) = parts.get(i).filter(|part| is_hole(**part)) {
                holes.push(self.shapes.part(*hole).to_vec());
                i += 1;
            }
            let rings = || holes.iter().map(Vec::as_slice);
            if !can_fill(std::iter::once(self.shapes.part(*exterior)).chain(rings())) {
                continue;
            }
            let mesh = triangulate(self.shapes.part(*exterior), &holes);
            let first = u32::try_from(all.vertices.len()).unwrap_or(u32::MAX);
            all.vertices.extend(mesh.vertices);
            all.indices.extend(mesh.indices.iter().map(|i| first.saturating_add(*i)));
        }
        all
    }
}

/// A layer as far as it has been read. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    pub name: String,
    pub fields: Vec<Field>,
    /// What its coordinates referred to in the file, and how that is known.
    pub reference: Reference,
    pub chunks: Vec<Arc<Chunk>>,
    /// Attributes of each chunk; they may come later than the shapes.
    pub tables: Vec<Arc<Table>>,
    /// Counties of each chunk's features; they come last.
    pub counties: Vec<Arc<Codes>>,
    pub findings: Vec<Finding>,
}

impl Layer {
    /// Features so far.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.shapes.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// What its features are.
    pub fn holds(&self) -> Holds {
        self.chunks.iter().fold(Holds::default(), |all, chunk| all.and(chunk.holds))
    }

    /// What the values of a field are: as the file declares it, or as they all are.
    pub fn kind_of(&self, field: usize) -> FieldKind {
        let declared = self.fields.get(field).and_then(|field| field.declared);
        let seen = || {
            let columns = self.tables.iter().filter_map(|table| table.columns.get(field));
            columns.filter_map(super::Column::kind).reduce(FieldKind::and)
        };
        declared.or_else(seen).unwrap_or(FieldKind::Text)
    }

    /// Whether each field holds words that all say figures, such as `12.50`; a zero before other digits
    /// makes a code of them. Judged by some hundred rows, taken evenly.
    pub fn figures_in_words(&self) -> Vec<bool> {
        const LOOK: usize = 512;
        let step = self.len().div_ceil(LOOK).max(1);
        let rows = || (0..self.len()).step_by(step).filter_map(|row| u32::try_from(row).ok());
        let says = |field: usize| {
            let mut has_any = false;
            let all = rows().all(|row| match self.value(row, field) {
                Value::Missing | Value::Integer(_) | Value::Number(_) => true,
                Value::Text(text) => {
                    let text = text.trim();
                    has_any |= !text.is_empty();
                    text.is_empty() || is_figure(text)
                }
                Value::Bool(_) => false,
            });
            all && has_any
        };
        (0..self.fields.len()).map(says).collect()
    }

    /// Whether the values of a field are few, so that each may have a colour: of some rows, taken evenly,
    /// half share theirs with another at least.
    pub fn comes_again(&self, field: usize) -> bool {
        const LOOK: usize = 256;
        const FEW: usize = 24;
        let step = self.len().div_ceil(LOOK).max(1);
        let rows = (0..self.len()).step_by(step).filter_map(|row| u32::try_from(row).ok());
        let mut told = std::collections::BTreeSet::new();
        let mut count = 0;
        for row in rows {
            let text = match self.value(row, field) {
                Value::Missing => continue,
                value => value.to_string(),
            };
            count += 1;
            told.insert(text);
            if told.len() > FEW {
                return false;
            }
        }
        count > 0 && told.len() * 2 <= count
    }

    pub fn extent(&self) -> Option<MercatorExtent> {
        self.chunks.iter().filter_map(|chunk| chunk.extent()).reduce(MercatorExtent::union)
    }
}

/// Digits, perhaps with a sign and a fraction.
fn is_figure(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(fraction) && (whole.len() == 1 || !whole.starts_with('0'))
}
