//! A drawing while it is read: what its head and tables say, and its entities as features.

use std::collections::HashMap;

use super::{
    affine::Affine,
    blocks::{Block, Blocks, Laid, key},
    groups::{Entity, whole},
    joined::Piece,
    trace::{Item, is_high, level, text_position, trace},
    traced::Traced,
    words::{Words, plain},
};
use crate::{
    layer::{Cause, Part, Value},
    store::layers::{LayerError, Placed, Sink, field_places::FieldPlaces},
};

/// What is known of the drawing.
pub struct Drawing {
    placed: Placed,
    /// Metres of its unit.
    unit: f64,
    /// Whether a feature waits for more pieces, and the number that they would have.
    is_open: bool,
    number: Option<i64>,
    words: Option<Words>,
    version: String,
    code_page: String,
    /// Colours of layers, by their names as they stand.
    colors: HashMap<Vec<u8>, i64>,
    /// Names of layers, decoded once.
    names: HashMap<Vec<u8>, String>,
    pub blocks: Blocks,
    fields: FieldPlaces,
    /// What may still be drawn of blocks.
    room: usize,
}

impl Drawing {
    /// `unit` in metres; `bytes` of the file bound what its blocks may become.
    pub fn new(placed: Placed, unit: f64, bytes: u64) -> Self {
        /// Positions: half a second of transforms.
        const LEAST_ROOM: usize = 2_000_000;
        let more = usize::try_from(bytes).unwrap_or(LEAST_ROOM);
        Self {
            placed,
            unit,
            is_open: false,
            number: None,
            words: None,
            version: String::new(),
            code_page: String::new(),
            colors: HashMap::new(),
            names: HashMap::new(),
            blocks: Blocks::default(),
            fields: FieldPlaces::default(),
            room: LEAST_ROOM.saturating_add(more),
        }
    }

    /// Takes the variables of the head: a name of code 9, then its values.
    pub fn take_head(&mut self, head: &Entity) {
        let mut name: &[u8] = b"";
        for (code, value) in head.groups() {
            let text = || String::from_utf8_lossy(value.trim_ascii()).into_owned();
            match (code, name) {
                (9, _) => name = value,
                (1, b"$ACADVER") => self.version = text(),
                (3, b"$DWGCODEPAGE") => self.code_page = text(),
                _ => {}
            }
        }
    }

    /// Takes a layer of the tables. One that is off has its colour below zero.
    pub fn take_layer(&mut self, layer: &Entity) {
        if let (Some(name), Some(color)) = (layer.raw(2), layer.raw(62).and_then(whole)) {
            self.colors.insert(name.to_vec(), color.abs());
        }
    }

    pub fn take_block(&mut self, head: &Entity, items: Vec<Item>) {
        let base = head.position(10).map(|[x, y, _]| [x, y]).unwrap_or_default();
        if let Some(name) = head.raw(2) {
            self.blocks.known.insert(key(name), Block { base, items });
        }
    }

    fn words(&mut self) -> &mut Words {
        self.words.get_or_insert_with(|| Words::new(&self.version, &self.code_page))
    }

    /// The encoding if it was guessed, and the words that are none in it.
    pub fn encoding(&self) -> (Option<&'static str>, usize) {
        self.words.as_ref().map_or((None, 0), |words| (words.guessed(), words.bad))
    }

    /// Tells an entity of the drawing as a feature; one with texts in its block as several.
    pub fn tell(&mut self, item: &Item, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        let own = &item.head;
        // What stands on a sheet has the sheet's coordinates.
        if own.flags(67) == 1 {
            sink.count_of(Cause::TypeLeftOut, "paper space", 1);
            return Ok(());
        }
        let piece = Piece::of(own);
        if let Some((piece, number)) = piece
            && piece != Piece::First
            && self.is_open
            && self.number == Some(number)
        {
            self.join(item, piece, sink);
            return Ok(());
        }
        self.settle(sink)?;
        self.tell_new(item, sink)?;
        self.number = piece.map(|(_, number)| number);
        Ok(())
    }

    fn tell_new(&mut self, item: &Item, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        let own = &item.head;
        match own.kind.as_str() {
            "TEXT" | "MTEXT" => {
                let at = text_position(own);
                self.tell_text(item, own, at, None, sink)
            }
            "INSERT" => self.tell_blocks(item, sink),
            // Dimensions have their picture in a block; others that name a block have not.
            "DIMENSION" | "ARC_DIMENSION" | "LARGE_RADIAL_DIMENSION" => {
                self.tell_blocks(item, sink)
            }
            // Frames of sheets, and what is defined for blocks only.
            "VIEWPORT" | "ATTDEF" | "SEQEND" | "VERTEX" | "ATTRIB" | "ENDSEC" | "EOF" => Ok(()),
            kind => {
                let mut traced = Traced::default();
                if trace(item, Affine::IDENTITY, &mut traced) {
                    self.tell_values(own, own, sink)?;
                    self.end(traced, sink);
                    Ok(())
                } else {
                    sink.count_of(Cause::TypeLeftOut, kind, 1);
                    Ok(())
                }
            }
        }
    }

    /// The values that every entity has; `outer` is the entity in whose block it lies.
    fn tell_values(
        &mut self,
        own: &Entity,
        outer: &Entity,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        self.settle(sink)?;
        let layer_of = |entity: &Entity| entity.raw(8).unwrap_or(b"0").to_vec();
        let mut layer = layer_of(own);
        // Within a block the layer 0 is that of the block's place.
        if layer == b"0" {
            layer = layer_of(outer);
        }
        if !self.names.contains_key(&layer) {
            let name = self.words().of(&layer);
            self.names.insert(layer.clone(), name);
        }
        let name = self.names.get(&layer).map_or("", String::as_str);
        self.fields.tell(sink, "layer", Value::Text(name));
        self.fields.tell(sink, "entity", Value::Text(&own.kind));
        let of_layer = || self.colors.get(&layer).copied();
        let color = match own.raw(62).and_then(whole) {
            None | Some(256) => of_layer(),
            Some(0) => outer.raw(62).and_then(whole).filter(|color| (1..256).contains(color)),
            Some(color) => Some(color),
        };
        if let Some(color) = color {
            self.fields.tell(sink, "color", Value::Integer(color));
        }
        if let Some(rgb) = own.raw(420).and_then(whole) {
            let rgb = format!("#{:06x}", rgb & 0xFF_FFFF);
            self.fields.tell(sink, "rgb", Value::Text(&rgb));
        }
        if let Some(handle) = own.raw(5) {
            let handle = String::from_utf8_lossy(handle);
            self.fields.tell(sink, "handle", Value::Text(handle.trim()));
        }
        Ok(())
    }

    /// Tells the parts of a feature. It ends when the next one begins.
    fn end(&mut self, traced: Traced, sink: &mut Sink<'_>) {
        sink.count(Cause::CurvesStraightened, usize::from(traced.curved));
        match traced.level.filter(|_| traced.high) {
            Some(level) => sink.shapes.each_height(level * self.unit),
            // Only that there are some.
            None if traced.high => [0.0, 1.0].into_iter().for_each(|z| sink.shapes.each_height(z)),
            None => {}
        }
        self.tell_parts(traced.parts, sink);
        self.is_open = true;
        self.number = None;
    }

    fn tell_parts(&self, parts: Vec<(Part, Vec<[f64; 2]>)>, sink: &mut Sink<'_>) {
        for (part, positions) in parts {
            let placed = |[x, y]: [f64; 2]| self.placed.at(x * self.unit, y * self.unit);
            sink.shapes.part(part, positions.into_iter().map(placed));
        }
    }

    /// Ends the feature that waits for more pieces.
    ///
    /// # Errors
    /// The user has stopped the reading.
    pub fn settle(&mut self, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        if std::mem::take(&mut self.is_open) { sink.end(true) } else { Ok(()) }
    }

    /// Adds a piece to the feature that waits.
    fn join(&mut self, item: &Item, piece: Piece, sink: &mut Sink<'_>) {
        let own = &item.head;
        if piece == Piece::Label {
            let text = self.words().of(own.raw(1).unwrap_or_default());
            self.fields.tell(sink, "text", Value::Text(&text));
            return;
        }
        let mut traced = Traced::default();
        if !trace(item, Affine::IDENTITY, &mut traced) {
            return;
        }
        sink.count(Cause::CurvesStraightened, usize::from(traced.curved));
        for (part, _) in &mut traced.parts {
            if piece == Piece::Hole && *part == Part::Ring {
                *part = Part::Hole;
            }
        }
        self.tell_parts(traced.parts, sink);
    }

    fn tell_text(
        &mut self,
        item: &Item,
        outer: &Entity,
        at: Option<[f64; 2]>,
        block: Option<&str>,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        let own = &item.head;
        self.tell_values(own, outer, sink)?;
        let mut text = String::new();
        // Long texts come in pieces, the last one under another code.
        for (_, piece) in own.groups().filter(|(code, _)| *code == 3 && own.kind == "MTEXT") {
            text += &self.words().of(piece);
        }
        text += &self.words().of(own.raw(1).unwrap_or_default());
        let text = if own.kind == "MTEXT" { plain(&text) } else { text };
        if !text.is_empty() {
            self.fields.tell(sink, "text", Value::Text(&text));
        }
        if let Some(block) = block {
            self.fields.tell(sink, "block", Value::Text(block));
        }
        let mut traced = Traced { high: is_high(own), level: level(own), ..Traced::default() };
        if let Some(at) = at {
            traced.part(Part::Point, vec![at]);
        }
        self.end(traced, sink);
        Ok(())
    }

    fn tell_blocks(&mut self, item: &Item, sink: &mut Sink<'_>) -> Result<(), LayerError> {
        let own = &item.head;
        let raw_name = own.raw(2).unwrap_or_default().to_vec();
        let name = self.words().of(&raw_name);
        let blocks = std::mem::take(&mut self.blocks);
        let mut laid = Laid::default();
        let mut room = self.room;
        blocks.lay(item, &raw_name, Affine::IDENTITY, 0, &mut room, &mut laid);
        self.room = room;
        let told = self.tell_laid(item, &name, laid, sink);
        self.blocks = blocks;
        told
    }

    fn tell_laid(
        &mut self,
        item: &Item,
        name: &str,
        laid: Laid<'_>,
        sink: &mut Sink<'_>,
    ) -> Result<(), LayerError> {
        let own = &item.head;
        self.tell_values(own, own, sink)?;
        let named = own.kind == "INSERT";
        if named {
            self.fields.tell(sink, "block", Value::Text(name));
        }
        // The attributes of a place of a block are fields of their own.
        for attribute in item.children.iter().filter(|child| child.kind == "ATTRIB") {
            let tag = self.words().of(attribute.raw(2).unwrap_or_default());
            let text = self.words().of(attribute.raw(1).unwrap_or_default());
            let taken = ["layer", "entity", "color", "rgb", "handle", "block", "text"];
            let tag = if taken.contains(&tag.as_str()) { format!("{tag}_2") } else { tag };
            if !text.is_empty() {
                self.fields.tell(sink, &tag, Value::of_text(&text));
            }
        }
        for (kind, count) in &laid.left_out {
            sink.count_of(Cause::TypeLeftOut, kind, *count);
        }
        sink.count_of(Cause::TypeLeftOut, "INSERT", laid.beyond);
        let mut traced = laid.traced;
        // What lies on its own height in the block has no other where the block is put.
        traced.level = level(own).filter(|_| !traced.high);
        traced.high |= is_high(own);
        // A block without lines, such as one of texts, lies where it is put.
        if traced.parts.is_empty() {
            let at = own.position(10).filter(|_| named);
            let plane = at.map(|[x, y, z]| Affine::of_plane(own, z).at([x, y]));
            if let Some(at) = plane {
                traced.part(Part::Point, vec![at]);
            }
        }
        self.end(traced, sink);
        for text in laid.texts {
            self.tell_text(text.item, own, Some(text.at), named.then_some(name), sink)?;
        }
        Ok(())
    }
}
