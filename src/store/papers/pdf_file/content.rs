//! The text that a page shows (ISO 32000-1, 9.4): glyphs with their places.

use std::{collections::HashMap, sync::atomic::AtomicBool};

use hayro_syntax::{
    content::{TypedIter, ops::TypedInstruction as Op},
    object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream},
    page::{Page, Resources},
};

use super::{super::PaperFault, font::Font, stream::unpacked};

/// A glyph on a page, in points from the left upper corner.
#[derive(Debug, Clone)]
pub struct Glyph {
    pub text: String,
    /// Where its baseline starts.
    pub x: f32,
    pub y: f32,
    pub width: f32,
    /// The height of the font.
    pub size: f32,
    /// Which way its line runs: 0 to the right, 1 down, 2 to the left, 3 up.
    pub turn: u8,
}

/// What the pages of a file have in common.
#[derive(Default)]
pub struct Shared {
    fonts: HashMap<ObjectIdentifier, std::rc::Rc<Font>>,
    /// Operators that may still be read.
    left: u64,
    /// Glyphs that may still be taken.
    room: usize,
    /// Glyphs of which nobody says what they are, and the fonts they are of.
    pub unknown: usize,
    pub unknown_fonts: Vec<String>,
    pub known: usize,
}

impl Shared {
    pub fn new() -> Self {
        Self { left: 20_000_000, room: 20_000_000, ..Self::default() }
    }
}

/// What a page shows.
#[derive(Default)]
pub struct Shown {
    pub glyphs: Vec<Glyph>,
    pub has_picture: bool,
}

type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
/// Pictures within pictures.
const MOST_DEEP: usize = 16;
/// States that are kept.
const MOST_STATES: usize = 256;

/// The matrix that does `first`, then `second`.
#[expect(clippy::many_single_char_names, reason = "as the format's own text names them")]
fn then(first: &Matrix, second: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *first;
    let [p, q, r, s, t, u] = *second;
    [
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    ]
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<std::rc::Rc<Font>>,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

struct Reading<'s> {
    shared: &'s mut Shared,
    shown: Shown,
    state: State,
    kept: Vec<State>,
    line: Matrix,
    text: Matrix,
    /// Marked contents that are open, and whether each is no part of the text.
    marks: Vec<bool>,
    cancel: &'s AtomicBool,
}

/// Reads a page.
pub fn read(
    page: &Page<'_>,
    shared: &mut Shared,
    cancel: &AtomicBool,
) -> Result<Shown, PaperFault> {
    let state = State {
        ctm: page.initial_transform(true).as_coeffs(),
        font: None,
        size: 0.0,
        spacing: 0.0,
        word_spacing: 0.0,
        scale: 1.0,
        leading: 0.0,
        rise: 0.0,
    };
    let mut reading = Reading {
        shared,
        shown: Shown::default(),
        state,
        kept: Vec::new(),
        line: IDENTITY,
        text: IDENTITY,
        marks: Vec::new(),
        cancel,
    };
    reading.operators(&contents(page.raw()), page.resources(), 0)?;
    Ok(reading.shown)
}

/// The streams of a page one behind the other.
fn contents(page: &Dict<'_>) -> Vec<u8> {
    if let Some(stream) = page.get::<Stream<'_>>("Contents") {
        return unpacked(&stream).unwrap_or_default();
    }
    let mut bytes = Vec::new();
    let list = page.get::<Array<'_>>("Contents");
    for stream in list.iter().flat_map(Array::iter::<Stream<'_>>).take(10_000) {
        bytes.extend(unpacked(&stream).unwrap_or_default());
        bytes.push(b'\n');
        if bytes.len() as u64 > super::stream::MOST_STREAM {
            break;
        }
    }
    bytes
}

impl Reading<'_> {
    fn operators(
        &mut self,
        bytes: &[u8],
        resources: &Resources<'_>,
        depth: usize,
    ) -> Result<(), PaperFault> {
        let mut operators = TypedIter::new(bytes);
        while let Some(operator) = operators.next() {
            let Some(left) = self.shared.left.checked_sub(1) else {
                return Err(PaperFault::TooLarge);
            };
            self.shared.left = left;
            if left.is_multiple_of(4096) {
                super::check(self.cancel)?;
            }
            self.operator(&operator, resources, depth)?;
        }
        Ok(())
    }

    fn operator(
        &mut self,
        operator: &Op<'_, '_>,
        resources: &Resources<'_>,
        depth: usize,
    ) -> Result<(), PaperFault> {
        let n = Number::as_f64;
        match operator {
            Op::SaveState(_) if self.kept.len() < MOST_STATES => self.kept.push(self.state.clone()),
            Op::RestoreState(_) => {
                if let Some(state) = self.kept.pop() {
                    self.state = state;
                }
            }
            Op::Transform(m) => {
                let own = [n(&m.0), n(&m.1), n(&m.2), n(&m.3), n(&m.4), n(&m.5)];
                self.state.ctm = then(&own, &self.state.ctm);
            }
            Op::BeginText(_) => {
                self.line = IDENTITY;
                self.text = IDENTITY;
            }
            Op::TextFont(font) => {
                self.state.font = self.font(font.0, resources);
                self.state.size = n(&font.1);
            }
            Op::CharacterSpacing(own) => self.state.spacing = n(&own.0),
            Op::WordSpacing(own) => self.state.word_spacing = n(&own.0),
            Op::HorizontalScaling(own) => self.state.scale = n(&own.0) / 100.0,
            Op::TextLeading(own) => self.state.leading = n(&own.0),
            Op::TextRise(own) => self.state.rise = n(&own.0),
            Op::NextLine(own) => self.next_line(n(&own.0), n(&own.1)),
            Op::NextLineAndSetLeading(own) => {
                self.state.leading = -n(&own.1);
                self.next_line(n(&own.0), n(&own.1));
            }
            Op::SetTextMatrix(m) => {
                self.line = [n(&m.0), n(&m.1), n(&m.2), n(&m.3), n(&m.4), n(&m.5)];
                self.text = self.line;
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(own) => self.show(own.0.as_bytes()),
            Op::NextLineAndShowText(own) => {
                self.next_line(0.0, -self.state.leading);
                self.show(own.0.as_bytes());
            }
            Op::ShowTextWithParameters(own) => {
                self.state.word_spacing = n(&own.0);
                self.state.spacing = n(&own.1);
                self.next_line(0.0, -self.state.leading);
                self.show(own.2.as_bytes());
            }
            Op::ShowTexts(own) => {
                for item in own.0.iter::<Object<'_>>() {
                    match item {
                        Object::String(words) => self.show(words.as_bytes()),
                        Object::Number(gap) => {
                            let state = &self.state;
                            let by = -gap.as_f64() / 1000.0 * state.size * state.scale;
                            self.text = then(&[1.0, 0.0, 0.0, 1.0, by, 0.0], &self.text);
                        }
                        _ => {}
                    }
                }
            }
            Op::BeginMarkedContent(_) => self.mark(false),
            Op::BeginMarkedContentWithProperties(own) => {
                // Running heads and page numbers, where the writer says so.
                let is_artifact = own.0.as_str() == "Artifact";
                let kind = match own.1 {
                    Object::Dict(dict) => dict.get::<Name<'_>>("Type"),
                    _ => None,
                };
                self.mark(is_artifact && kind.is_some_and(|k| k.as_str() == "Pagination"));
            }
            Op::EndMarkedContent(_) => {
                self.marks.pop();
            }
            Op::InlineImage(_) => self.shown.has_picture = true,
            Op::XObject(own) => self.picture(own.0, resources, depth)?,
            _ => {}
        }
        Ok(())
    }

    fn mark(&mut self, is_left_out: bool) {
        if self.marks.len() < MOST_STATES {
            let within = self.marks.last().copied().unwrap_or(false);
            self.marks.push(is_left_out || within);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<std::rc::Rc<Font>> {
        /// Each may keep a map of its own.
        const MOST_FONTS: usize = 4096;
        let dict = resources.get_font(name)?;
        let Some(id) = dict.obj_id() else { return Some(std::rc::Rc::new(Font::read(&dict))) };
        if let Some(known) = self.shared.fonts.get(&id) {
            return Some(known.clone());
        }
        let font = std::rc::Rc::new(Font::read(&dict));
        if self.shared.fonts.len() < MOST_FONTS {
            self.shared.fonts.insert(id, font.clone());
        }
        Some(font)
    }

    /// What is drawn as a whole: a picture, or a page's part with operators of its own.
    fn picture(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'_>,
        depth: usize,
    ) -> Result<(), PaperFault> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        let dict = stream.dict();
        if dict.get::<Name<'_>>("Subtype").is_none_or(|n| n.as_str() != "Form") {
            self.shown.has_picture = true;
            return Ok(());
        }
        if depth >= MOST_DEEP {
            return Ok(());
        }
        let Some(bytes) = unpacked(&stream) else { return Ok(()) };
        // Unpacking costs, too: a part that is drawn over and over.
        let cost = bytes.len() as u64 / 16;
        self.shared.left = self.shared.left.checked_sub(cost).ok_or(PaperFault::TooLarge)?;
        let kept = self.state.clone();
        let outer = std::mem::take(&mut self.kept);
        let (line, text) = (self.line, self.text);
        if let Some(matrix) = dict.get::<Array<'_>>("Matrix") {
            let mut own = IDENTITY;
            for (slot, number) in own.iter_mut().zip(matrix.iter::<Number>()) {
                *slot = number.as_f64();
            }
            self.state.ctm = then(&own, &self.state.ctm);
        }
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        let marks = self.marks.len();
        self.operators(&bytes, own.as_ref().unwrap_or(resources), depth + 1)?;
        self.marks.truncate(marks);
        self.state = kept;
        self.kept = outer;
        (self.line, self.text) = (line, text);
        Ok(())
    }

    #[expect(clippy::cast_possible_truncation, reason = "places on a page")]
    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        let is_left_out = self.marks.last().copied().unwrap_or(false);
        let Self { shared, shown, state, text, .. } = self;
        font.show(bytes, &mut |own| {
            let advance = f64::from(own.width) / 1000.0 * state.size;
            let more = state.spacing + if own.is_space { state.word_spacing } else { 0.0 };
            let to_page = then(text, &state.ctm);
            let start = then(&[1.0, 0.0, 0.0, 1.0, 0.0, state.rise], &to_page);
            let (along_x, along_y) = (to_page[0] * state.scale, to_page[1] * state.scale);
            let along = along_x.hypot(along_y);
            let size = to_page[2].hypot(to_page[3]) * state.size.abs();
            *text = then(&[1.0, 0.0, 0.0, 1.0, (advance + more) * state.scale, 0.0], text);
            let is_on_page = start[4].is_finite() && start[5].is_finite() && size.is_finite();
            if is_left_out || !is_on_page || size <= 0.0 {
                return;
            }
            if own.text.is_empty() {
                shared.unknown += 1;
                if shared.unknown_fonts.len() < 16 && !shared.unknown_fonts.contains(&font.name) {
                    shared.unknown_fonts.push(font.name.clone());
                }
            } else if own.text.trim().is_empty() {
                return;
            } else {
                shared.known += 1;
            }
            let Some(room) = shared.room.checked_sub(1) else { return };
            shared.room = room;
            // Of a line that is neither level nor upright, as watermarks are, nothing is taken.
            let turn = match (along_x / along, along_y / along) {
                (x, _) if x > 0.98 => 0,
                (_, y) if y > 0.98 => 1,
                (x, _) if x < -0.98 => 2,
                (_, y) if y < -0.98 => 3,
                _ => return,
            };
            let text = if own.text.is_empty() { "\u{FFFD}".to_owned() } else { own.text };
            shown.glyphs.push(Glyph {
                text,
                x: start[4] as f32,
                y: start[5] as f32,
                width: (advance * along).abs() as f32,
                size: size as f32,
                turn,
            });
        });
    }
}
