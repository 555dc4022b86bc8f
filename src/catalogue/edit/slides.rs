//! What is done with one slide.

use super::{
    GeometryFault, Refusal,
    deck_words::{Says, set},
    values::sound_words,
};
use crate::{
    book::{Mark, SlideFigureRecord, SlideRecord},
    language::Language,
};

/// A text of a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlidePart {
    Kicker,
    Title,
    Caption,
    /// What the speaker reads; it has one language.
    Notes,
    /// Of the figure at a place among the slide's.
    Figure(usize, FigurePart),
}

/// A text of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigurePart {
    Label,
    Value,
    Unit,
}

/// What is done with a slide.
#[derive(Debug, Clone, PartialEq)]
pub enum SlideEdit {
    Text {
        part: SlidePart,
        language: Language,
        text: String,
    },
    /// Takes extent, filter, layers, selection and projects of another, made of the view there is.
    View(Box<SlideRecord>),
    SetHidden(bool),
    /// To a place in its deck, counted from 0.
    MoveTo(usize),
    Duplicate,
    Remove,
    AddFigure(Box<SlideFigureRecord>),
    /// To a place among the slide's figures.
    MoveFigure {
        from: usize,
        to: usize,
    },
    RemoveFigure(usize),
}

/// A text of a slide as a reader of a language gets it, to be changed in place.
pub fn text_of(slide: &SlideRecord, part: SlidePart, language: Language) -> &str {
    match part {
        SlidePart::Kicker => language.pick(&slide.kicker.zh, &slide.kicker.en),
        SlidePart::Title => language.pick(&slide.title.zh, &slide.title.en),
        SlidePart::Caption => language.pick(&slide.caption.zh, &slide.caption.en),
        SlidePart::Notes => &slide.notes,
        SlidePart::Figure(at, part) => {
            let Some(figure) = slide.figures.get(at) else { return "" };
            match (part, language) {
                (FigurePart::Label, _) => language.pick(&figure.label.zh, &figure.label.en),
                (FigurePart::Value, _) => language.pick(&figure.value.zh, &figure.value.en),
                (FigurePart::Unit, Language::Chinese) => &figure.unit.zh,
                (FigurePart::Unit, Language::English) => &figure.unit.en,
            }
        }
    }
}

/// Sets a text. A figure whose value or unit is another than its words say is by hand from then on.
pub(super) fn set_text(
    slide: &mut SlideRecord,
    part: SlidePart,
    language: Language,
    text: &str,
    mark: &Mark,
) -> Result<(), Refusal> {
    sound_words("text", text)?;
    if text_of(slide, part, language) == text {
        return Ok(());
    }
    match part {
        SlidePart::Kicker => set(&mut slide.kicker, Says::Text, language, text),
        SlidePart::Title => set(&mut slide.title, Says::Text, language, text),
        SlidePart::Caption => set(&mut slide.caption, Says::Text, language, text),
        SlidePart::Notes => text.trim_end().clone_into(&mut slide.notes),
        SlidePart::Figure(at, part) => {
            let figure = figure_mut(slide, at)?;
            match part {
                FigurePart::Label => set(&mut figure.label, Says::Text, language, text),
                FigurePart::Value => {
                    set(&mut figure.value, Says::Value, language, text);
                    figure.by_hand = Some(mark.clone());
                }
                FigurePart::Unit => {
                    set(&mut figure.unit, Says::Unit, language, text);
                    figure.by_hand = Some(mark.clone());
                }
            }
        }
    }
    Ok(())
}

/// Takes what a view shows.
pub(super) fn set_view(slide: &mut SlideRecord, view: SlideRecord) -> Result<(), Refusal> {
    sound_extent(&view)?;
    slide.extent = view.extent;
    slide.fit = view.fit;
    slide.filter = view.filter;
    slide.layers = view.layers;
    slide.selection = view.selection;
    slide.project_ids = view.project_ids;
    Ok(())
}

/// An extent that a map can show.
pub(super) fn sound_extent(slide: &SlideRecord) -> Result<(), Refusal> {
    let Some([west, south, east, north]) = slide.extent else { return Ok(()) };
    let sound = west.abs() <= 180.0
        && east.abs() <= 180.0
        && south.abs() <= 90.0
        && north.abs() <= 90.0
        && west < east
        && south < north;
    if sound { Ok(()) } else { Err(Refusal::Geometry(GeometryFault::OutsideTheGlobe)) }
}

pub(super) fn move_figure(slide: &mut SlideRecord, from: usize, to: usize) -> Result<(), Refusal> {
    figure_mut(slide, from)?;
    let figure = slide.figures.remove(from);
    let to = to.min(slide.figures.len());
    slide.figures.insert(to, figure);
    Ok(())
}

pub(super) fn remove_figure(slide: &mut SlideRecord, at: usize) -> Result<(), Refusal> {
    figure_mut(slide, at)?;
    slide.figures.remove(at);
    Ok(())
}

fn figure_mut(slide: &mut SlideRecord, at: usize) -> Result<&mut SlideFigureRecord, Refusal> {
    let id = slide.id.clone();
    slide.figures.get_mut(at).ok_or_else(|| Refusal::NoSlide(format!("{id}.{at}")))
}
