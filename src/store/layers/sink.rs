//! Where readers put features: chunks are closed, indexed and shown as they fill.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
        mpsc::Sender,
    },
};

use super::{
    LayerError, OpenOptions, Progress, Script, TextCounts, counties_beside::Found, grids::Grids,
    plain_table::Plain,
};
use crate::layer::{
    CHUNK_ROWS, Cause, Chunk, ChunkBuilder, Column, CountyCodes, FIRST_CHUNK_ROWS, Field,
    FieldKind, Finding, Layer, Reference, Table, TableBuilder, Value, day::kind_of_texts,
};

/// Layers up to which each is shown as soon as it is read.
const MANY_LAYERS: usize = 64;

/// Collects the layers of a file.
///
/// A reader calls [`Self::begin`], then for each feature tells its parts to [`Self::shapes`] and
/// its values to [`Self::value`] and ends it with [`Self::end`], and closes the layer with
/// [`Self::close`]. Fields may be added while it reads: rows before have no value there.
pub struct Sink<'a> {
    pub options: &'a OpenOptions,
    cancel: &'a AtomicBool,
    publish: &'a mut dyn FnMut(Progress),
    layers: Vec<Layer>,
    pub shapes: ChunkBuilder,
    rows: TableBuilder,
    /// What is found in the layer that is being read, counted by cause and detail.
    found: BTreeMap<(Cause, String), usize>,
    share: f32,
    /// Who waits for chunks that are complete.
    pub(super) finished: Option<Sender<Weak<Chunk>>>,
    /// The feature that is being told has no place for a reason that is counted.
    explained: bool,
    /// Heights of the chunks that have no table yet, in their order.
    heights: VecDeque<Vec<f64>>,
    /// The field that takes them.
    height_field: Option<usize>,
    /// Takes the rows of sheets as they are, without places.
    pub(super) plain: Option<&'a mut Plain>,
    /// Takes sheets as they are, with the numbers of their rows.
    pub(super) grids: Option<&'a mut Grids>,
}

impl<'a> Sink<'a> {
    pub fn new(
        options: &'a OpenOptions,
        cancel: &'a AtomicBool,
        publish: &'a mut dyn FnMut(Progress),
    ) -> Self {
        Self {
            options,
            cancel,
            publish,
            layers: Vec::new(),
            shapes: ChunkBuilder::default(),
            rows: TableBuilder::default(),
            found: BTreeMap::new(),
            share: 0.0,
            finished: None,
            explained: false,
            heights: VecDeque::new(),
            height_field: None,
            plain: None,
            grids: None,
        }
    }

    /// Begins a layer; the one before is closed.
    pub fn begin(&mut self, name: &str, fields: Vec<Field>) {
        self.rows = TableBuilder::new(fields.len());
        self.heights.clear();
        self.height_field = None;
        self.layers.push(Layer { name: name.to_owned(), fields, ..Layer::default() });
    }

    /// The place of a field among those of the layer; it is added where there is none of the name.
    pub fn field(&mut self, name: &str) -> usize {
        self.give_way(name);
        let Some(layer) = self.layers.last_mut() else { return 0 };
        if let Some(known) = layer.fields.iter().position(|field| field.name == name) {
            return known;
        }
        layer.fields.push(Field::named(name));
        layer.fields.len() - 1
    }

    /// Adds a field that the format declares, unless there is one of its name.
    pub fn declare(&mut self, field: Field) {
        self.give_way(&field.name);
        if let Some(layer) = self.layers.last_mut()
            && !layer.fields.iter().any(|own| own.name == field.name)
        {
            layer.fields.push(field);
        }
    }

    /// Declares what the values of a field are.
    pub fn declare_kind(&mut self, field: usize, kind: FieldKind) {
        let layer = self.layers.last_mut();
        if let Some(field) = layer.and_then(|layer| layer.fields.get_mut(field)) {
            field.declared = Some(kind);
        }
    }

    /// The fields of the layer so far.
    pub fn fields(&self) -> &[Field] {
        self.layers.last().map_or(&[], |layer| &layer.fields)
    }

    /// A field by its place, if it is the file's own.
    pub fn own_field(&self, place: usize) -> Option<&Field> {
        self.fields().get(place).filter(|_| self.height_field != Some(place))
    }

    /// Tells a value of the feature that is being told; what is not told is missing.
    pub fn value(&mut self, field: usize, value: Value<'_>) {
        self.rows.push(field, value);
    }

    /// Ends a feature whose shape and, with `tables`, whose values have been told.
    ///
    /// # Errors
    /// The user has stopped the reading.
    pub fn end(&mut self, tables: bool) -> Result<(), LayerError> {
        let explained = std::mem::take(&mut self.explained) || self.shapes.has_nowhere();
        if !self.shapes.end() && !explained {
            self.count(Cause::WithoutPlace, 1);
        }
        self.rows.end_row();
        if self.shapes.len() >= self.room() {
            self.close_chunk(tables);
            self.show();
        }
        if self.shapes.len().is_multiple_of(512) { self.check() } else { Ok(()) }
    }

    /// Says that the reader counts why the feature that is being told has no place.
    pub const fn lose(&mut self) {
        self.explained = true;
    }

    /// # Errors
    /// The user has stopped the reading, before anything was told.
    pub fn check_stopped(&self) -> Result<(), LayerError> {
        if self.is_cancelled() { Err(LayerError::Cancelled) } else { Ok(()) }
    }

    /// # Errors
    /// The user has stopped the reading. What there is has been shown.
    pub fn check(&mut self) -> Result<(), LayerError> {
        if self.cancel.load(Ordering::Relaxed) {
            self.show();
            return Err(LayerError::Cancelled);
        }
        Ok(())
    }

    fn room(&self) -> usize {
        let first = self.layers.last().is_none_or(|layer| layer.chunks.is_empty());
        if first { FIRST_CHUNK_ROWS } else { CHUNK_ROWS }
    }

    /// Closes what is being told.
    pub fn close(&mut self, tables: bool) {
        if !self.shapes.is_empty() {
            self.close_chunk(tables);
        }
        let mut found = std::mem::take(&mut self.found);
        // A point at 0,0 is without a place, and its own cause.
        let zeros = found.get(&(Cause::AtZero, String::new())).copied().unwrap_or(0);
        if let Some(lost) = found.get_mut(&(Cause::WithoutPlace, String::new())) {
            *lost = lost.saturating_sub(zeros);
        }
        if let Some(layer) = self.layers.last_mut() {
            let counted = found.into_iter().filter(|(_, count)| *count > 0);
            let finding = |((cause, detail), count)| Finding { cause, count, detail };
            layer.findings.extend(counted.map(finding));
        }
        // All layers are shown together: of very many, not each is worth it. The last showing has all.
        let count = self.layers.len();
        if count <= MANY_LAYERS || count.is_power_of_two() {
            self.show();
        }
    }

    fn close_chunk(&mut self, tables: bool) {
        let chunk = self.shapes.finish();
        let table = tables.then(|| self.rows.finish());
        self.take(chunk);
        if let Some(table) = table {
            self.add_table(table);
        }
    }

    fn take(&mut self, mut chunk: Chunk) {
        self.heights.push_back(std::mem::take(&mut chunk.heights));
        self.count(Cause::AtZero, chunk.zeros);
        self.count(Cause::BeyondMap, chunk.clamped);
        self.count(Cause::NotOnEarth, chunk.nowhere);
        self.count(Cause::HeightsLeftOut, chunk.high);
        self.count(Cause::CurvesStraightened, chunk.curves);
        self.count(Cause::OutlineOnly, chunk.outlines);
        if let Some(layer) = self.layers.last_mut() {
            let chunk = Arc::new(chunk);
            if let Some(finished) = &self.finished {
                // Who does not wait any more has stopped.
                drop(finished.send(Arc::downgrade(&chunk)));
            }
            layer.chunks.push(chunk);
        }
    }

    /// Declares fields of the layer that has been closed whose texts are all days or moments.
    pub fn declare_times(&mut self) {
        let Some(layer) = self.layers.last_mut() else { return };
        for (i, field) in layer.fields.iter_mut().enumerate() {
            if field.declared.is_none() {
                field.declared = kind_of_texts(layer.tables.iter().map(|own| &**own), i);
            }
        }
    }

    /// Adds a finished chunk, read elsewhere.
    pub fn add_chunk(&mut self, chunk: Chunk) {
        self.take(chunk);
        self.show();
    }

    /// Adds the table of the next chunk that has none, with the heights of its features.
    pub fn add_table(&mut self, mut table: Table) {
        let heights = self.heights.pop_front().unwrap_or_default();
        if !heights.is_empty() {
            let field = self.field_of_heights();
            table.columns.resize(table.columns.len().max(field + 1), Column::Empty);
            if let Some(column) = table.columns.get_mut(field) {
                *column = Column::Numbers(heights);
            }
        }
        if let Some(layer) = self.layers.last_mut() {
            layer.tables.push(Arc::new(table));
        }
    }

    /// The field that takes heights, after those that are known by now.
    fn field_of_heights(&mut self) -> usize {
        if let Some(known) = self.height_field {
            return known;
        }
        let Some(layer) = self.layers.last_mut() else { return 0 };
        let name = free_name(&layer.fields);
        layer.fields.push(Field { name, declared: Some(FieldKind::Number) });
        let field = layer.fields.len() - 1;
        self.height_field = Some(field);
        field
    }

    /// The field of heights is called otherwise as soon as the file has one of its name.
    fn give_way(&mut self, name: &str) {
        let (Some(field), Some(layer)) = (self.height_field, self.layers.last_mut()) else {
            return;
        };
        if layer.fields.get(field).is_some_and(|own| own.name == name) {
            let free = free_name(&layer.fields);
            if let Some(own) = layer.fields.get_mut(field) {
                own.name = free;
            }
        }
    }

    /// Features of the layer whose values are told.
    pub fn told_in_tables(&self) -> usize {
        self.layers.last().map_or(0, |layer| {
            let chunks = layer.chunks.iter().take(layer.tables.len());
            chunks.map(|chunk| chunk.shapes.len()).sum()
        })
    }

    /// Says that the geometry of the feature that is being told cannot be read.
    pub fn broken(&mut self) {
        self.count(Cause::BrokenGeometry, 1);
        self.explained = true;
    }

    /// Takes a field for what its values are, whatever the file declares.
    pub fn undeclare(&mut self, field: usize) {
        if let Some(field) = self.layers.last_mut().and_then(|layer| layer.fields.get_mut(field)) {
            field.declared = None;
        }
    }

    /// Takes back everything: the file is read once more.
    pub fn restart(&mut self) {
        self.layers.clear();
        self.forget();
        self.rows = TableBuilder::default();
    }

    /// Takes back the layer that is being read.
    pub fn forget(&mut self) {
        self.layers.pop();
        self.shapes = ChunkBuilder::default();
        self.found.clear();
        self.explained = false;
    }

    /// Features of the layer so far.
    pub fn told(&self) -> usize {
        self.layers.last().map_or(0, Layer::len) + self.shapes.len()
    }

    /// Says something about the layer once.
    pub fn find(&mut self, finding: Finding) {
        if let Some(layer) = self.layers.last_mut()
            && !layer.findings.contains(&finding)
        {
            layer.findings.push(finding);
        }
    }

    /// Whether a cause has been found in the layer.
    pub fn has_found(&self, cause: Cause) -> bool {
        self.layers.last().is_some_and(|l| l.findings.iter().any(|own| own.cause == cause))
    }

    /// Counts more of a cause.
    pub fn count(&mut self, cause: Cause, count: usize) {
        self.count_of(cause, "", count);
    }

    /// Counts more of a cause with a name of its own, such as a type that is not drawn.
    pub fn count_of(&mut self, cause: Cause, detail: &str, count: usize) {
        /// A file may make up names without end; from here on they count together.
        const MOST_NAMES: usize = 64;
        let detail = if self.found.len() < MOST_NAMES { detail } else { "" };
        *self.found.entry((cause, detail.to_owned())).or_default() += count;
    }

    /// Tells what was met in a text that has been read.
    pub fn tell_text(&mut self, script: Script, counts: &TextCounts) {
        self.count(Cause::BadText, counts.bad());
        if script.is_guessed {
            let detail = script.name().to_owned();
            self.find(Finding { cause: Cause::EncodingGuessed, count: 0, detail });
        }
    }

    pub(super) fn set_reference(&mut self, reference: Reference) {
        if let Some(layer) = self.layers.last_mut() {
            layer.reference = reference;
        }
    }

    /// Says how much of the file has been read.
    pub const fn set_share(&mut self, share: f32) {
        self.share = share.clamp(0.0, 1.0);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Adds the counties of everything, those that are not found yet too, and shows it for the last
    /// time. `found` is in the order of the chunks; some may be of chunks that were taken back.
    pub fn add_counties(&mut self, counties: &CountyCodes, found: Vec<Found>) {
        let mut found = found.into_iter();
        for layer in &mut self.layers {
            for chunk in &layer.chunks {
                if self.cancel.load(Ordering::Relaxed) {
                    return;
                }
                let own = found.find(|(own, _)| own.as_ptr() == Arc::as_ptr(chunk));
                let codes = own.map_or_else(|| counties.of(chunk), |(_, codes)| codes);
                layer.counties.push(Arc::new(codes));
            }
        }
        self.share = 1.0;
        self.show();
    }

    fn show(&mut self) {
        let layers = self.layers.iter().cloned().map(Arc::new).collect();
        (self.publish)(Progress { layers, share: self.share });
    }
}

/// What the field of heights is called: Z, or with a number where the file has that.
fn free_name(fields: &[Field]) -> String {
    let is_free = |name: &String| fields.iter().all(|own| own.name != *name);
    let numbered = (2..).map(|n| format!("Z_{n}"));
    std::iter::once("Z".to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
