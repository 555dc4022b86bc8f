//! Decks and slides: from records to what a slide shows, and back.

use serde_json::Value;

use super::from_records::records;
use crate::{
    book::{Book, DeckRecord, SettingRecord, SlideFigureRecord, SlideRecord, Words},
    catalogue::{Filter, Slide, SlideFigure, SlideSeen, SlideView},
    diagnostics::{Diagnostic, Location, Severity},
    plan::Plan,
    units::{SourceSpan, TextRange},
};

/// The deck that a workbook of the plan that comes with the program has from the start.
pub const FIRST_DECK: &str = "deck-1";

/// The setting of a workbook that names the deck that is presented.
pub const PRESENTED_DECK: &str = "deck";

/// The deck of the slides that come with the program.
pub fn first_deck() -> DeckRecord {
    let name = Words { zh: "演示".to_owned(), en: "Tour".to_owned() };
    DeckRecord { id: FIRST_DECK.to_owned(), order: 0, name }
}

/// The decks of a workbook in their order. Records that cannot be read are left out here; that they
/// are there is told when the workbook is opened.
pub fn decks(book: &Book) -> Vec<DeckRecord> {
    let mut decks = book.all::<DeckRecord>().0;
    decks.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    decks
}

/// The slides of a deck in their order, hidden ones too.
pub fn slides_of(book: &Book, deck: &str) -> Vec<SlideRecord> {
    in_order(book.all::<SlideRecord>().0, deck)
}

fn in_order(mut slides: Vec<SlideRecord>, deck: &str) -> Vec<SlideRecord> {
    slides.retain(|slide| slide.deck == deck);
    slides.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    slides
}

/// The deck that is presented: the one that was chosen, else the first.
pub fn presented_deck(book: &Book) -> Option<String> {
    let decks = decks(book);
    let chosen: Option<SettingRecord> = book.get(PRESENTED_DECK).ok().flatten();
    let chosen = chosen.and_then(|own| own.value.as_str().map(str::to_owned));
    let chosen = chosen.filter(|id| decks.iter().any(|deck| deck.id == *id));
    chosen.or_else(|| decks.into_iter().next().map(|deck| deck.id))
}

/// The slides that are presented: those of the deck that are not hidden.
pub fn presented(book: &Book, plan: &Plan, out: &mut Vec<Diagnostic>) -> Vec<Slide> {
    let slides = records::<SlideRecord>(book, out);
    let Some(deck) = presented_deck(book) else { return Vec::new() };
    let slides = in_order(slides, &deck).into_iter().filter(|slide| !slide.hidden);
    slides.map(|own| slide(&own, plan, out)).collect()
}

fn slide(own: &SlideRecord, plan: &Plan, out: &mut Vec<Diagnostic>) -> Slide {
    let range = |span: Option<SourceSpan>| span.and_then(|span| plan.text.text_range(span));
    Slide {
        id: own.id.clone(),
        project_ids: own.project_ids.clone(),
        view: match own.extent {
            Some(extent) => SlideView::Bbox(extent),
            None => SlideView::Projects(own.fit.clone()),
        },
        kicker: (&own.kicker).into(),
        title: (&own.title).into(),
        caption: (&own.caption).into(),
        figures: own
            .figures
            .iter()
            .map(|figure| SlideFigure {
                label: (&figure.label).into(),
                value: (&figure.value).into(),
                unit: (&figure.unit).into(),
                approx: figure.approx,
                words: range(figure.span),
            })
            .collect(),
        words: range(own.span),
        seen: seen(own, out),
    }
}

fn seen(own: &SlideRecord, out: &mut Vec<Diagnostic>) -> Option<SlideSeen> {
    if own.filter.is_null() {
        return None;
    }
    match serde_json::from_value::<Filter>(own.filter.clone()) {
        Ok(filter) => {
            Some(SlideSeen { filter, layers: own.layers.clone(), selection: own.selection.clone() })
        }
        Err(reason) => {
            out.push(Diagnostic::new(
                Severity::Warning,
                "slide-filter",
                format!("幻灯片 {} 的筛选读不出，放映时不筛选：{reason}", own.id),
                format!(
                    "slide {}: its filter cannot be read, it shows everything: {reason}",
                    own.id
                ),
                Location::Whole,
            ));
            None
        }
    }
}

/// A slide that is no record yet, as one of a deck.
pub fn record(own: &Slide, deck: &str, order: u32, plan: &Plan) -> SlideRecord {
    let span = |words: Option<TextRange>| -> Option<SourceSpan> {
        words.map(|range| plan.text.source_span(range))
    };
    let (extent, fit) = match &own.view {
        SlideView::Bbox(extent) => (Some(*extent), Vec::new()),
        SlideView::Projects(ids) => (None, ids.clone()),
    };
    let figure = |figure: &SlideFigure| SlideFigureRecord {
        label: (&figure.label).into(),
        value: (&figure.value).into(),
        unit: (&figure.unit).into(),
        approx: figure.approx,
        span: span(figure.words),
        by_hand: None,
    };
    let seen = own.seen.as_ref();
    SlideRecord {
        id: own.id.clone(),
        deck: deck.to_owned(),
        order,
        hidden: false,
        kicker: (&own.kicker).into(),
        title: (&own.title).into(),
        caption: (&own.caption).into(),
        project_ids: own.project_ids.clone(),
        extent,
        fit,
        figures: own.figures.iter().map(figure).collect(),
        span: span(own.words),
        // A filter is plain data: it has nothing that JSON has not.
        filter: seen
            .map_or(Value::Null, |seen| serde_json::to_value(&seen.filter).unwrap_or(Value::Null)),
        layers: seen.map(|seen| seen.layers.clone()).unwrap_or_default(),
        selection: seen.and_then(|seen| seen.selection.clone()),
        notes: String::new(),
    }
}
