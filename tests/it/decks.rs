//! Decks and slides as records: each change is one action, which taken back leaves everything as it
//! was.

use jintu::{
    book::{Book, Change, Mark, SlideFigureRecord, SlideRecord, Table, Words},
    catalogue::{
        Filter,
        edit::{DeckEdit, FigurePart, Refusal, SlideEdit, SlidePart, edit_deck, text_of},
        lower::{Base, FIRST_DECK, book_of_plan, decks, lower_book, presented_deck, slides_of},
    },
    language::Language,
    store::SEEDS,
    units::SourceSpan,
};
use serde_json::json;

fn book() -> Book {
    let base = Base::new(&SEEDS, &mut Vec::new());
    book_of_plan(SEEDS.plan, "plan.txt", None, &Mark::default(), &SEEDS, &base).unwrap().book
}

fn mark() -> Mark {
    Mark {
        who: "王".into(), at: "2026-11-26T08:00:00+08:00".into(), source: "会议纪要".into()
    }
}

/// Makes a change, after a look at whether it can be taken back.
fn did(book: &mut Book, edit: DeckEdit) {
    let told = format!("{edit:?}");
    let action = edit_deck(book, edit, &mark()).unwrap_or_else(|e| panic!("{told}: {e}"));
    let before = book.clone();
    book.apply(&action.changes).unwrap();
    let mut back = book.clone();
    let swapped: Vec<Change> = action.changes.iter().map(Change::swapped).collect();
    back.apply(&swapped).unwrap();
    assert_eq!(back, before, "{told} taken back");
}

fn own(id: &str, edit: SlideEdit) -> DeckEdit {
    DeckEdit::Slide { id: id.to_owned(), edit }
}

fn slide(book: &Book, id: &str) -> SlideRecord {
    book.get(id).unwrap().unwrap()
}

fn order(book: &Book) -> Vec<String> {
    slides_of(book, FIRST_DECK).into_iter().map(|slide| slide.id).collect()
}

fn set(book: &mut Book, id: &str, part: SlidePart, language: Language, text: &str) {
    did(book, own(id, SlideEdit::Text { part, language, text: text.to_owned() }));
}

#[test]
fn the_slides_of_the_program_are_the_first_deck() {
    let book = book();
    assert_eq!(decks(&book).len(), 1);
    assert_eq!(presented_deck(&book).as_deref(), Some(FIRST_DECK));
    let seeds: serde_json::Value =
        serde_json::from_slice(include_bytes!("../../seeds/tour.json")).unwrap();
    let ids: Vec<&str> =
        seeds.as_array().unwrap().iter().map(|s| s["id"].as_str().unwrap()).collect();
    assert_eq!(order(&book), ids);
}

#[test]
fn a_text_is_changed_in_its_language() {
    use Language::{Chinese, English};
    let mut book = book();
    let id = order(&book)[0].clone();
    let english = slide(&book, &id).title.en;
    set(&mut book, &id, SlidePart::Title, Chinese, "新的标题\n第二行");
    let title = slide(&book, &id).title;
    assert_eq!((title.zh.as_str(), title.en), ("新的标题\n第二行", english));
    set(&mut book, &id, SlidePart::Title, English, "A new title");
    assert_eq!(text_of(&slide(&book, &id), SlidePart::Title, Chinese), "新的标题\n第二行");
    assert_eq!(text_of(&slide(&book, &id), SlidePart::Title, English), "A new title");
    set(&mut book, &id, SlidePart::Notes, Chinese, "先讲背景");
    assert_eq!(slide(&book, &id).notes, "先讲背景");
    // Written in an English window there is something to read in a Chinese one, and it follows.
    did(
        &mut book,
        DeckEdit::Add { name: Words { zh: "甲".into(), en: "A".into() }, slides: vec![empty()] },
    );
    let new = slides_of(&book, "deck-2")[0].id.clone();
    set(&mut book, &new, SlidePart::Caption, English, "First");
    set(&mut book, &new, SlidePart::Caption, English, "Second");
    assert_eq!(text_of(&slide(&book, &new), SlidePart::Caption, Chinese), "Second");
    set(&mut book, &new, SlidePart::Caption, Chinese, "说明");
    set(&mut book, &new, SlidePart::Caption, English, "Third");
    assert_eq!(slide(&book, &new).caption, Words { zh: "说明".into(), en: "Third".into() });
}

fn empty() -> SlideRecord {
    jintu::app::slide_view::empty()
}

#[test]
fn a_figure_of_another_value_is_by_hand_and_keeps_its_words() {
    let mut book = book();
    let id = order(&book)[0].clone();
    let before = slide(&book, &id).figures[0].clone();
    assert!(before.span.is_some() && before.by_hand.is_none());
    // 4500 in both languages stays one number.
    let value = SlidePart::Figure(0, FigurePart::Value);
    set(&mut book, &id, value, Language::English, "4800");
    let after = slide(&book, &id).figures[0].clone();
    assert_eq!(text_of(&slide(&book, &id), value, Language::Chinese), "4800");
    assert_eq!((after.span, after.by_hand), (before.span, Some(mark())));
    assert_eq!(after.unit, before.unit, "家, and nothing in English");
    // A label is only words.
    let label = SlidePart::Figure(1, FigurePart::Label);
    set(&mut book, &id, label, Language::Chinese, "研发投入");
    assert_eq!(slide(&book, &id).figures[1].by_hand, None);
    // One without words of the plan is by hand from the start; one with them is not.
    let figure = |span| SlideFigureRecord {
        label: Words { zh: "投资".into(), en: String::new() },
        value: Words { zh: "12".into(), en: String::new() },
        unit: Words::default(),
        approx: false,
        span,
        by_hand: None,
    };
    for span in [None, Some(SourceSpan { start: 3, end: 9 })] {
        did(&mut book, own(&id, SlideEdit::AddFigure(Box::new(figure(span)))));
    }
    let figures = slide(&book, &id).figures;
    let by_hand: Vec<bool> = figures.iter().map(|figure| figure.by_hand.is_some()).collect();
    assert_eq!(by_hand, [true, false, false, true, false]);
    did(&mut book, own(&id, SlideEdit::MoveFigure { from: 4, to: 0 }));
    did(&mut book, own(&id, SlideEdit::RemoveFigure(1)));
    let labels: Vec<String> =
        slide(&book, &id).figures.into_iter().map(|own| own.label.zh).collect();
    let expected = ["投资", "研发投入", figures[2].label.zh.as_str(), "投资"];
    assert_eq!(labels, expected);
}

#[test]
fn slides_go_where_they_are_put() {
    let start = book();
    let ids = order(&start);
    for from in 0..ids.len() {
        for to in 0..ids.len() {
            let mut book = start.clone();
            did(&mut book, own(&ids[from], SlideEdit::MoveTo(to)));
            let mut expected = ids.clone();
            let moved = expected.remove(from);
            expected.insert(to, moved);
            assert_eq!(order(&book), expected, "{from} to {to}");
        }
    }
    let mut book = start;
    did(&mut book, own(&ids[0], SlideEdit::Duplicate));
    let copy = order(&book)[1].clone();
    assert!(!ids.contains(&copy));
    assert_eq!(slide(&book, &copy).figures, slide(&book, &ids[0]).figures);
    let deck = FIRST_DECK.to_owned();
    let after = Some(ids[1].clone());
    did(&mut book, DeckEdit::AddSlide { deck, after, slide: Box::new(empty()) });
    let now = order(&book);
    assert_eq!(now.len(), ids.len() + 2);
    assert_eq!((&now[2], &now[4]), (&ids[1], &ids[2]));
    did(&mut book, own(&now[3], SlideEdit::Remove));
    assert_eq!(order(&book).len(), ids.len() + 1);
    let numbers: Vec<u32> = slides_of(&book, FIRST_DECK).iter().map(|own| own.order).collect();
    assert!(numbers.is_sorted());
}

#[test]
fn hidden_slides_and_other_decks_are_not_presented() {
    let base = Base::new(&SEEDS, &mut Vec::new());
    let shown = |book: &Book| -> Vec<String> {
        let lowered = lower_book(book, SEEDS.plan, &base);
        lowered.catalogue.slides.into_iter().map(|slide| slide.id).collect()
    };
    let mut book = book();
    let ids = order(&book);
    did(&mut book, own(&ids[1], SlideEdit::SetHidden(true)));
    let expected: Vec<String> = ids.iter().filter(|id| **id != ids[1]).cloned().collect();
    assert_eq!(shown(&book), expected);
    let name = Words { zh: "第二套".into(), en: "Second".into() };
    did(&mut book, DeckEdit::Add { name, slides: vec![empty(), empty()] });
    assert_eq!(shown(&book), expected, "a new deck is not presented by itself");
    did(&mut book, DeckEdit::Present { deck: "deck-2".into() });
    assert_eq!(shown(&book), ["S-1", "S-2"]);
    let name = "改名".to_owned();
    did(&mut book, DeckEdit::Rename { deck: "deck-2".into(), language: Language::Chinese, name });
    assert_eq!(decks(&book)[1].name.zh, "改名");
    did(&mut book, DeckEdit::Remove { deck: "deck-2".into() });
    assert_eq!(shown(&book), expected, "the first is presented again");
    assert_eq!(book.count(Table::Slides), ids.len());
}

#[test]
fn a_slide_of_a_view_has_its_filter() {
    let base = Base::new(&SEEDS, &mut Vec::new());
    let mut book = book();
    let filter = Filter { text: "铁路".into(), ..Filter::default() };
    let mut view = empty();
    view.extent = Some([112.0, 37.5, 113.0, 38.0]);
    view.filter = serde_json::to_value(&filter).unwrap();
    view.project_ids = vec!["B1-02".into()];
    let id = order(&book)[0].clone();
    let texts = slide(&book, &id).title;
    did(&mut book, own(&id, SlideEdit::View(Box::new(view))));
    let now = slide(&book, &id);
    assert_eq!((now.title, now.project_ids), (texts, vec!["B1-02".to_owned()]));
    let seen = lower_book(&book, SEEDS.plan, &base).catalogue.slides[0].seen.clone().unwrap();
    assert_eq!(seen.filter, filter);
    // One that this version cannot read is told, and the slide is shown without it.
    let mut broken = slide(&book, &id);
    broken.filter = json!({ "counties": 7 });
    book.put(&broken).unwrap();
    let lowered = lower_book(&book, SEEDS.plan, &base);
    assert_eq!(lowered.catalogue.slides[0].seen, None);
    assert!(lowered.diagnostics.iter().any(|found| found.code == "slide-filter"));
}

#[test]
fn what_cannot_be_is_refused() {
    let book = book();
    let id = order(&book)[0].clone();
    let refused = |edit: DeckEdit| edit_deck(&book, edit, &mark()).unwrap_err();
    let text =
        |part, text: String| own(&id, SlideEdit::Text { part, language: Language::Chinese, text });
    assert!(matches!(refused(own("nix", SlideEdit::Remove)), Refusal::NoSlide(_)));
    assert!(matches!(refused(DeckEdit::Remove { deck: "nix".into() }), Refusal::NoDeck(_)));
    assert!(matches!(refused(own(&id, SlideEdit::RemoveFigure(99))), Refusal::NoSlide(_)));
    let long = refused(text(SlidePart::Title, "字".repeat(5000)));
    assert!(matches!(long, Refusal::NotAllowed { .. }));
    assert!(matches!(refused(text(SlidePart::Title, "\u{7}".into())), Refusal::NotAllowed { .. }));
    let (deck, language) = (FIRST_DECK.to_owned(), Language::Chinese);
    let unnamed = DeckEdit::Rename { deck, language, name: " ".into() };
    assert!(matches!(refused(unnamed), Refusal::Empty { .. }));
    for extent in [[f64::NAN, 1.0, 2.0, 3.0], [10.0, 1.0, 2.0, 3.0], [0.0, 0.0, 500.0, 3.0]] {
        let view = SlideRecord { extent: Some(extent), ..empty() };
        let edit = own(&id, SlideEdit::View(Box::new(view)));
        assert!(matches!(refused(edit), Refusal::Geometry(_)), "{extent:?}");
    }
    // The same once more is no change.
    let title = slide(&book, &id).title.zh;
    let same = edit_deck(&book, text(SlidePart::Title, title), &mark()).unwrap();
    assert!(same.changes.is_empty());
}
