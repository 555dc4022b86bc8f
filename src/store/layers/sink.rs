//! Where readers put features: chunks are closed, indexed and shown as they fill.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{LayerError, Progress};
use crate::layer::{
    CHUNK_ROWS, Chunk, ChunkBuilder, CountyCodes, FIRST_CHUNK_ROWS, Finding, Kind, Layer, Table,
    TableBuilder,
};

/// Collects the layers of a file.
pub struct Sink<'a> {
    cancel: &'a AtomicBool,
    publish: &'a mut dyn FnMut(Progress),
    layers: Vec<Layer>,
    pub shapes: ChunkBuilder,
    pub rows: TableBuilder,
    without_place: usize,
    at_zero: usize,
    share: f32,
}

impl<'a> Sink<'a> {
    pub fn new(cancel: &'a AtomicBool, publish: &'a mut dyn FnMut(Progress)) -> Self {
        Self {
            cancel,
            publish,
            layers: Vec::new(),
            shapes: ChunkBuilder::default(),
            rows: TableBuilder::default(),
            without_place: 0,
            at_zero: 0,
            share: 0.0,
        }
    }

    /// Begins a layer; the one before is closed.
    pub fn begin(&mut self, name: &str, fields: Vec<String>) {
        self.rows = TableBuilder::new(fields.len());
        self.layers.push(Layer { name: name.to_owned(), fields, ..Layer::default() });
    }

    /// Takes the fields of the layer once they are known; nothing may have been added to it.
    pub fn set_fields(&mut self, fields: Vec<String>) {
        self.rows = TableBuilder::new(fields.len());
        if let Some(layer) = self.layers.last_mut() {
            layer.fields = fields;
        }
    }

    /// Ends a feature whose shape and, with `tables`, whose values have been told.
    ///
    /// # Errors
    /// The user has stopped the reading.
    pub fn end(&mut self, kind: Kind, tables: bool, path: &Path) -> Result<(), LayerError> {
        self.without_place += usize::from(!self.shapes.end(kind));
        if self.shapes.len() >= self.room() {
            self.close_chunk(tables);
            self.show();
        }
        if self.shapes.len().is_multiple_of(512) { self.check(path) } else { Ok(()) }
    }

    /// # Errors
    /// The user has stopped the reading. What there is has been shown.
    pub fn check(&mut self, _: &Path) -> Result<(), LayerError> {
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
        let zeros = std::mem::take(&mut self.at_zero);
        let lost = std::mem::take(&mut self.without_place).saturating_sub(zeros);
        if zeros > 0 {
            self.find(Finding::AtZero(zeros));
        }
        if lost > 0 {
            self.find(Finding::WithoutPlace(lost));
        }
        self.show();
    }

    fn close_chunk(&mut self, tables: bool) {
        let chunk = self.shapes.finish();
        self.at_zero += chunk.zeros;
        let table = tables.then(|| self.rows.finish());
        if let Some(layer) = self.layers.last_mut() {
            layer.chunks.push(Arc::new(chunk));
            layer.tables.extend(table.map(Arc::new));
        }
    }

    /// Adds a finished chunk, read elsewhere.
    pub fn add_chunk(&mut self, chunk: Chunk) {
        self.at_zero += chunk.zeros;
        if let Some(layer) = self.layers.last_mut() {
            layer.chunks.push(Arc::new(chunk));
        }
        self.show();
    }

    /// Adds the table of the next chunk that has none.
    pub fn add_table(&mut self, table: Table) {
        if let Some(layer) = self.layers.last_mut() {
            layer.tables.push(Arc::new(table));
        }
    }

    /// Sizes of the chunks of the layer.
    pub fn chunk_sizes(&self) -> Vec<usize> {
        let layer = self.layers.last();
        layer.map_or_else(Vec::new, |l| l.chunks.iter().map(|c| c.shapes.len()).collect())
    }

    pub fn find(&mut self, finding: Finding) {
        if let Some(layer) = self.layers.last_mut()
            && !layer.findings.contains(&finding)
        {
            layer.findings.push(finding);
        }
    }

    pub fn lost(&mut self, features: usize) {
        self.without_place += features;
    }

    /// Says how much of the file has been read.
    pub fn set_share(&mut self, share: f32) {
        self.share = share.clamp(0.0, 1.0);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// Finds the counties of everything and shows it for the last time.
    pub fn add_counties(&mut self, counties: &CountyCodes) {
        for layer in &mut self.layers {
            for chunk in &layer.chunks {
                if self.cancel.load(Ordering::Relaxed) {
                    return;
                }
                layer.counties.push(Arc::new(counties.of(chunk)));
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
