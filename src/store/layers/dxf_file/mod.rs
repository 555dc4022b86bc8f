//! DXF, the text form of drawings: entities as features, blocks laid in their places.
//!
//! Read by our own code as a stream of groups: entities are drawn as they come, only blocks are
//! kept. What is closed (polylines, circles, ellipses) is an area, everything else a line. A file
//! never states its reference system.

mod affine;
mod blocks;
mod curve;
mod drawing;
mod groups;
mod hatch;
pub mod joined;
mod sample;
mod trace;
mod traced;
mod units;
mod words;

use self::{
    drawing::Drawing,
    groups::{Entity, Groups, NoCode},
    sample::Sample,
    trace::Item,
    units::Taken,
};
use super::{Fault, LayerError, Sink, Source, Stated};
use crate::layer::{Cause, Finding};

const NAME: &str = "DXF";

/// Whether a source is one: a zero and a section, after comments. The binary form is refused
/// elsewhere.
pub fn is_one(source: &Source<'_>) -> bool {
    let mut groups = Groups::new(&*source.start);
    let begins = matches!(groups.next(), Ok(Some(0))) && groups.value.trim_ascii() == b"SECTION";
    begins || source.ends_in(&["dxf"]) && source.is_text()
}

/// Reads it.
pub fn read(source: &Source<'_>, sink: &mut Sink<'_>) -> Result<(), LayerError> {
    let bytes = source.len_bytes()?;
    let Sample { extent: raw_extent, unit } = Sample::of(source)?;
    sink.begin(&source.stem(), Vec::new());
    let unit = Taken::of(unit, raw_extent, sink.options);
    let raw_extent = raw_extent.map(|extent| extent.map(|v| v * unit.factor()));
    match unit {
        Taken::AsMetres => {}
        Taken::Applied(unit) => {
            let detail = unit.name.to_owned();
            sink.find(Finding { cause: Cause::UnitApplied, count: 0, detail });
        }
        Taken::Ignored(unit) => {
            let detail = unit.name.to_owned();
            sink.find(Finding { cause: Cause::UnitIgnored, count: 0, detail });
        }
    }
    let placed = sink.place_by(source, Stated::Nothing, raw_extent)?;
    let mut reading = Reading {
        drawing: Drawing::new(placed, unit.factor(), bytes),
        section: Vec::new(),
        block: None,
        item: Item::default(),
        open: false,
    };
    let mut groups = Groups::new(source.open()?);
    let mut entity = Entity::default();
    let (mut ended, mut began) = (false, false);
    loop {
        match groups.next() {
            Ok(Some(0)) => {
                reading.take(&mut entity, sink)?;
                began = true;
                ended |= groups.value.trim_ascii() == b"EOF";
                entity.begin(&groups.value);
                #[expect(clippy::cast_possible_truncation, reason = "a share")]
                sink.set_share((groups.read_bytes as f64 / bytes as f64 * 0.95) as f32);
            }
            Ok(Some(code)) => entity.push(code, &groups.value),
            Ok(None) => break,
            Err(NoCode) if ended => break,
            Err(NoCode) if !began => return Err(source.faulty(NAME, Fault::OtherContent)),
            Err(NoCode) => {
                ended = false;
                break;
            }
        }
    }
    reading.take(&mut entity, sink)?;
    reading.finish(sink)?;
    reading.drawing.settle(sink)?;
    let (guessed, bad) = reading.drawing.encoding();
    if let Some(detail) = guessed {
        sink.find(Finding { cause: Cause::EncodingGuessed, count: 0, detail: detail.to_owned() });
    }
    sink.count(Cause::BadText, bad);
    if !ended {
        sink.find(Finding::of(Cause::Truncated, 0));
    }
    sink.close(true);
    Ok(())
}

/// Where the reading is.
struct Reading {
    drawing: Drawing,
    section: Vec<u8>,
    /// The block that is being defined.
    block: Option<(Entity, Vec<Item>)>,
    /// The entity whose vertices or attributes follow, or the last one.
    item: Item,
    /// Whether `item` waits for what follows.
    open: bool,
}

impl Reading {
    /// Takes a whole object of the file.
    fn take(&mut self, entity: &mut Entity, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        match (entity.kind.as_str(), self.section.as_slice()) {
            ("", _) => {}
            ("SECTION", _) => {
                self.section = entity.raw(2).unwrap_or_default().trim_ascii().to_vec();
                if self.section == b"HEADER" {
                    self.drawing.take_head(entity);
                }
            }
            ("ENDSEC", _) => {
                self.finish(sink)?;
                self.section.clear();
            }
            ("LAYER", b"TABLES") => self.drawing.take_layer(entity),
            ("BLOCK", b"BLOCKS") => {
                self.finish(sink)?;
                self.block = Some((entity.clone(), Vec::new()));
            }
            ("ENDBLK", b"BLOCKS") => {
                self.finish(sink)?;
                if let Some((head, items)) = self.block.take() {
                    self.drawing.take_block(&head, items);
                }
            }
            ("VERTEX" | "ATTRIB", b"BLOCKS" | b"ENTITIES") if self.open => {
                self.item.children.push(entity.clone());
            }
            (kind, b"BLOCKS" | b"ENTITIES") => {
                self.finish(sink)?;
                if kind != "SEQEND" {
                    self.open = kind == "POLYLINE" || kind == "INSERT" && entity.flags(66) == 1;
                    std::mem::swap(&mut self.item.head, entity);
                    if !self.open {
                        self.finish(sink)?;
                    }
                }
            }
            _ => {}
        }
        entity.begin(b"");
        Ok(())
    }

    /// Ends the entity that waits.
    fn finish(&mut self, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        self.open = false;
        if self.item.head.kind.is_empty() {
            return Ok(());
        }
        match (self.section.as_slice(), &mut self.block) {
            (b"ENTITIES", _) => {
                self.drawing.tell(&self.item, sink)?;
                self.item.head.begin(b"");
                self.item.children.clear();
            }
            (_, Some((_, items))) => items.push(std::mem::take(&mut self.item)),
            _ => self.item = Item::default(),
        }
        Ok(())
    }
}
