//! The decks of the workbook that is shown: what F5 presents, and what is open in the editor.

use std::sync::Arc;

use super::Language;
use crate::{
    book::{Book, DeckRecord, SlideRecord},
    catalogue::{
        Catalogue, Slide,
        edit::{DeckEdit, SlidePart, text_of},
        lower::{
            FIRST_DECK, decks, first_deck, presented, presented_deck, slide_record, slides_of,
        },
    },
};

/// Decks and slides as the window shows them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decks {
    /// In their order.
    pub all: Arc<[DeckRecord]>,
    /// By deck and in their order, hidden ones too.
    pub slides: Arc<[SlideRecord]>,
    /// The deck that F5 presents.
    pub presented: Option<String>,
    /// What F5 presents: that deck without the slides that are hidden.
    pub shown: Arc<[Slide]>,
    /// Positions in the catalogue of the projects that the slide on the wall shows.
    pub passing: Arc<[usize]>,
    /// The deck and the slide in the editor.
    pub open: Option<String>,
    pub slide: Option<String>,
    /// What is being typed.
    pub typed: Option<Typed>,
}

/// A text that is being typed, or that was and is not on disk yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    pub of: TextOf,
    pub text: String,
    /// It is on its way to the disk.
    pub is_sent: bool,
}

/// Which text of the decks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TextOf {
    /// Of a slide, by id.
    Slide(String, SlidePart),
    /// The name of a deck, by id.
    Deck(String),
}

/// What the user does in the editor.
#[derive(Debug, Clone, PartialEq)]
pub enum DeckStep {
    OpenDeck(String),
    /// Opens a slide, and shows on the map what it shows.
    Select(String),
    Type {
        of: TextOf,
        text: String,
    },
    /// What was typed is meant.
    Settle,
    /// What was typed is not meant.
    TakeBack,
    /// Makes a slide of the view there is, after the one that is open.
    AddSlide,
    /// The open slide shows the view there is from now on.
    TakeView,
    /// Moves the open slide, so many places down.
    MoveSlide(isize),
    /// Makes a deck without slides.
    AddDeck,
    /// Makes a deck of the projects that matter most.
    MakeDeck,
    Edit(DeckEdit),
}

impl Decks {
    /// Those of a workbook; without one those of the plan that comes with the program.
    pub fn read(catalogue: &Catalogue, book: Option<&Book>) -> Self {
        let Some(book) = book else { return Self::built_in(catalogue) };
        let all = decks(book);
        let slides = all.iter().flat_map(|deck| slides_of(book, &deck.id)).collect();
        Self {
            all: all.into(),
            slides,
            presented: presented_deck(book),
            // What is wrong with records is told when the workbook is opened.
            shown: presented(book, &catalogue.plan, &mut Vec::new()).into(),
            ..Self::default()
        }
    }

    fn built_in(catalogue: &Catalogue) -> Self {
        if catalogue.slides.is_empty() {
            return Self::default();
        }
        let own = catalogue.slides.iter().zip(0..);
        let records = own.map(|(slide, at)| slide_record(slide, FIRST_DECK, at, &catalogue.plan));
        Self {
            all: vec![first_deck()].into(),
            slides: records.collect(),
            presented: Some(FIRST_DECK.to_owned()),
            shown: catalogue.slides.clone().into(),
            open: Some(FIRST_DECK.to_owned()),
            ..Self::default()
        }
    }

    /// Takes what there is now. What is new is opened in the editor, and in place of what is gone its
    /// neighbour; of another workbook only what is there, too.
    pub fn follow(&mut self, now: Self, is_other: bool) {
        let before = std::mem::replace(self, now);
        let has_deck = |own: &Self, id: &str| own.all.iter().any(|deck| deck.id == id);
        let new_deck = self.all.iter().find(|deck| !is_other && !has_deck(&before, &deck.id));
        let new_deck = new_deck.map(|deck| deck.id.clone());
        let kept = before.open.clone().filter(|id| has_deck(self, id));
        self.open = new_deck.or(kept).or_else(|| self.presented.clone());
        let has_slide = |own: &Self, id: &str| own.slides.iter().any(|slide| slide.id == id);
        let new = self.of_open().find(|slide| !is_other && !has_slide(&before, &slide.id));
        let new = new.map(|slide| slide.id.clone());
        let is_open = |id: &String| self.of_open().any(|slide| slide.id == *id);
        let kept = before.slide.clone().filter(is_open);
        let beside = before.slide.as_ref().filter(|_| !is_other).and_then(|_| {
            let at = before.of_open().position(|own| Some(&own.id) == before.slide.as_ref())?;
            let last = self.of_open().count().checked_sub(1)?;
            self.of_open().nth(at.min(last)).map(|slide| slide.id.clone())
        });
        self.slide = new.or(kept).or(beside);
        self.typed = before.typed.filter(|typed| !typed.is_sent && !is_other);
        self.passing = before.passing;
    }

    /// The slides of the deck in the editor.
    pub fn of_open(&self) -> impl Iterator<Item = &SlideRecord> {
        self.slides.iter().filter(|slide| Some(&slide.deck) == self.open.as_ref())
    }

    /// The deck in the editor.
    pub fn deck(&self) -> Option<&DeckRecord> {
        self.all.iter().find(|deck| Some(&deck.id) == self.open.as_ref())
    }

    /// The slide in the editor.
    pub fn slide(&self) -> Option<&SlideRecord> {
        self.of_open().find(|slide| Some(&slide.id) == self.slide.as_ref())
    }

    /// Its place in its deck.
    pub fn place(&self) -> Option<usize> {
        self.of_open().position(|slide| Some(&slide.id) == self.slide.as_ref())
    }

    /// A text as it is kept; `None` where nothing has it.
    pub fn kept(&self, of: &TextOf, language: Language) -> Option<&str> {
        match of {
            TextOf::Slide(id, part) => {
                let slide = self.slides.iter().find(|slide| slide.id == *id)?;
                Some(text_of(slide, *part, language))
            }
            TextOf::Deck(id) => {
                let deck = self.all.iter().find(|deck| deck.id == *id)?;
                Some(language.pick(&deck.name.zh, &deck.name.en))
            }
        }
    }

    /// A text as it is being typed, else as it is kept.
    pub fn text<'a>(&'a self, of: &TextOf, language: Language) -> &'a str {
        let typed = self.typed.as_ref().filter(|typed| typed.of == *of);
        typed.map_or_else(|| self.kept(of, language).unwrap_or_default(), |typed| &typed.text)
    }
}
