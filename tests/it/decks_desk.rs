//! The deck editor without its window: what is typed is kept, a slide of a view brings the view back
//! on the wall and nowhere else, and everything is there again after opening anew.

use jintu::{
    app::{
        Action, BookStep, DeckStep, FitTarget, Overlay, Tab, TextOf, browse,
        first_deck::first_slides, slide_figures::offered_figures,
    },
    catalogue::{
        Facet,
        edit::{DeckEdit, SlideEdit, SlidePart},
        lower::lower_plan,
    },
    scene::{Padding, fit},
    store::SEEDS,
    units::Extent,
};

use crate::{
    real::{catalogue, ids, project},
    temp_folder::TempFolder,
    workbook::{Desk, copied, opened},
};

const VIEW: Extent = Extent { west_deg: 112.2, south_deg: 37.6, east_deg: 112.9, north_deg: 38.1 };

fn step(desk: &mut Desk, step: DeckStep) {
    desk.act(Action::Deck(step));
}

fn typed(desk: &mut Desk, part: SlidePart, text: &str) {
    let of = TextOf::Slide(desk.state.decks.slide.clone().unwrap(), part);
    step(desk, DeckStep::Type { of, text: text.to_owned() });
}

fn titles(desk: &Desk) -> Vec<String> {
    desk.state.decks.shown.iter().map(|slide| slide.title.zh.clone()).collect()
}

/// The map at rest over a place.
fn look(desk: &mut Desk) {
    desk.act(Action::CameraSettled(fit(VIEW, [900.0, 600.0], Padding::default())));
}

fn first(desk: &Desk) -> String {
    desk.state.decks.slides[0].id.clone()
}

#[test]
fn the_first_change_of_a_slide_keeps_a_copy_and_is_then_made() {
    let folder = TempFolder::new("decks-copy");
    let mut desk = Desk::new();
    let before = titles(&desk);
    desk.act(Action::OpenTab(Tab::Slides));
    let id = first(&desk);
    step(&mut desk, DeckStep::Select(id.clone()));
    typed(&mut desk, SlidePart::Title, "我们的标题");
    assert_eq!(desk.state.overlay, Overlay::None, "as long as it is typed nothing is asked");
    step(&mut desk, DeckStep::Settle);
    assert_eq!(desk.state.overlay, Overlay::KeepCopy);
    assert_eq!(titles(&desk), before);
    desk.step(BookStep::AskPlace);
    let paths = vec![folder.path().join("own")];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    assert_eq!(desk.problems(), [] as [String; 0]);
    assert_eq!(titles(&desk)[0], "我们的标题");
    assert_eq!(titles(&desk)[1..], before[1..]);
    assert_eq!(desk.state.decks.slide, Some(id), "it is still open");
}

#[test]
fn what_is_typed_is_kept_however_the_field_is_left() {
    let folder = TempFolder::new("decks-typed");
    let path = folder.path().join("a.jintu");
    let mut desk = copied(&path);
    let id = first(&desk);
    let leaves: [(&str, Action); 4] = [
        ("F5", Action::StartTour { slide: 0 }),
        ("another tab", Action::OpenTab(Tab::Card)),
        ("a project", Action::Select(vec!["B1-02".into()])),
        ("another slide", Action::Deck(DeckStep::Select(desk.state.decks.slides[1].id.clone()))),
    ];
    for (title, leave) in leaves {
        step(&mut desk, DeckStep::Select(id.clone()));
        typed(&mut desk, SlidePart::Title, title);
        desk.act(leave);
        assert_eq!(titles(&desk)[0], title);
        desk.state.tour = None;
    }
    // Esc takes it back.
    step(&mut desk, DeckStep::Select(id));
    typed(&mut desk, SlidePart::Title, "nothing");
    step(&mut desk, DeckStep::TakeBack);
    step(&mut desk, DeckStep::Settle);
    assert_eq!(titles(&desk)[0], "another slide");
    assert_eq!(titles(&opened(&path))[0], "another slide");
    assert_eq!(desk.problems(), [] as [String; 0]);
}

#[test]
fn a_slide_of_the_view_brings_it_back_on_the_wall_only() {
    let folder = TempFolder::new("decks-view");
    let path = folder.path().join("a.jintu");
    let mut desk = copied(&path);
    look(&mut desk);
    desk.act(Action::Toggle(Facet::Kind, "railway".into()));
    let railways = desk.state.shown.clone();
    let id = ids(&catalogue(), &railways)[0].clone();
    desk.act(Action::Select(vec![id.clone()]));
    look(&mut desk);
    let id_of_first = first(&desk);
    step(&mut desk, DeckStep::Select(id_of_first));
    // Opening a slide shows what it shows: back to the view that was made for the new one.
    desk.act(Action::Undo);
    desk.act(Action::Select(vec![id.clone()]));
    look(&mut desk);
    step(&mut desk, DeckStep::AddSlide);
    assert_eq!(desk.problems(), [] as [String; 0]);
    let new = desk.state.decks.slide().unwrap().clone();
    assert_eq!(desk.state.decks.place(), Some(1), "after the one that was open");
    assert_eq!(new.project_ids, std::slice::from_ref(&id));
    assert_eq!(new.title.zh, project(&catalogue(), &id).name.zh);
    let [west, south, east, north] = new.extent.unwrap();
    let air = 1e-9;
    assert!(west <= VIEW.west_deg + air && VIEW.east_deg <= east + air, "{west} {east}");
    assert!(south <= VIEW.south_deg + air && VIEW.north_deg <= north + air, "{south} {north}");

    // At the desk something else is asked.
    desk.act(Action::ClearFilter);
    desk.act(Action::SetText("高速".into()));
    let at_desk =
        (desk.state.filter.clone(), desk.state.shown.clone(), desk.state.selected.clone());
    desk.act(Action::StartTour { slide: 1 });
    assert_eq!(&*desk.state.decks.passing, railways.as_slice());
    let extent = Extent { west_deg: west, south_deg: south, east_deg: east, north_deg: north };
    assert_eq!(desk.state.camera.as_ref().unwrap().target, FitTarget::Extent(extent));
    desk.act(Action::TourNext { now_s: 10.0 });
    assert_eq!(desk.state.decks.passing.len(), desk.state.all.len(), "one of the program's");
    desk.act(Action::TourLeave { now_s: 11.0 });
    desk.act(Action::TourLeave { now_s: 11.5 });
    assert!(desk.state.tour.is_none());
    let now = (desk.state.filter.clone(), desk.state.shown.clone(), desk.state.selected.clone());
    assert_eq!(now, at_desk);

    // Hidden it is left out, and everything can be taken back.
    let count = desk.state.decks.shown.len();
    let edit = SlideEdit::SetHidden(true);
    step(&mut desk, DeckStep::Edit(DeckEdit::Slide { id: new.id.clone(), edit }));
    assert_eq!(desk.state.decks.shown.len(), count - 1);
    desk.act(Action::Undo);
    assert_eq!(desk.state.decks.shown.len(), count);
    drop(desk);
    let mut again = opened(&path);
    let kept = again.state.decks.slides.iter().find(|slide| slide.id == new.id).cloned();
    assert_eq!(kept, Some(new.clone()));
    again.act(Action::Undo);
    assert_eq!(again.state.decks.shown.len(), count - 1, "the slide itself");
    again.act(Action::Redo);
    assert_eq!(again.state.decks.shown[1].id, new.id);
}

#[test]
fn slides_change_without_the_projects_being_read_again() {
    let folder = TempFolder::new("decks-light");
    let mut desk = copied(&folder.path().join("a.jintu"));
    let before = desk.state.catalogue.clone();
    let id_of_first = first(&desk);
    step(&mut desk, DeckStep::Select(id_of_first));
    step(&mut desk, DeckStep::MoveSlide(1));
    assert_eq!(desk.state.decks.place(), Some(1));
    step(&mut desk, DeckStep::MoveSlide(-1));
    step(&mut desk, DeckStep::MoveSlide(-1));
    assert_eq!(desk.state.decks.place(), Some(0), "there is nothing above");
    desk.act(Action::Undo);
    assert_eq!(desk.state.decks.place(), Some(1));
    assert!(std::sync::Arc::ptr_eq(&before, &desk.state.catalogue));
}

#[test]
fn figures_are_offered_with_their_words() {
    let catalogue = catalogue();
    let own = project(&catalogue, "B1-02");
    let offered = offered_figures(&catalogue, &["B1-02".into()]);
    assert_eq!(offered.len(), own.facts.len());
    for one in &offered {
        let span = one.figure.span.expect("it is in the plan");
        let fact = own.facts.iter().find(|fact| fact.span == span).unwrap();
        assert!(one.figure.value.zh.contains(&fact.stated_value) || fact.stated_value.len() > 3);
        assert_eq!(one.figure.approx, fact.approx);
        assert!(!one.figure.value.zh.contains('约'));
    }
    // What was set by hand is offered beside what the plan says, as such.
    let folder = TempFolder::new("decks-figures");
    let mut desk = copied(&folder.path().join("a.jintu"));
    let edit = jintu::app::BookEdit::Set {
        ids: vec!["B1-02".into()],
        field: "investment_yi".into(),
        text: "846".into(),
    };
    desk.step(BookStep::SetSource("可研批复".into()));
    desk.step(BookStep::Edit(edit));
    let now = offered_figures(&desk.state.catalogue, &["B1-02".into()]);
    assert_eq!(now.len(), offered.len() + 1);
    let hand = now.iter().find(|one| one.figure.span.is_none()).unwrap();
    assert_eq!((hand.figure.value.zh.as_str(), hand.figure.unit.zh.as_str()), ("846", "亿元"));
    assert_eq!(hand.figure.by_hand.as_ref().unwrap().source, "可研批复");
}

#[test]
fn another_plan_has_a_deck_of_its_own_projects() {
    let plan = include_bytes!("../fixtures/plans/zherong.txt");
    let catalogue = lower_plan(plan, &SEEDS).catalogue;
    let slides = first_slides(&catalogue);
    assert!((2..=7).contains(&slides.len()), "{}", slides.len());
    assert_eq!(slides[0].title.zh, catalogue.plan.title);
    let yi = |slide: &jintu::book::SlideRecord| {
        let own = catalogue.project(&slide.project_ids[0]).unwrap();
        assert!(own.is_located());
        // Every figure leads back to its words.
        assert!(slide.figures.iter().all(|figure| figure.span.is_some()));
        own.investment.map_or(0.0, |stated| stated.yi)
    };
    let sums: Vec<f64> = slides[1..].iter().map(yi).collect();
    assert!(sums.is_sorted_by(|a, b| a >= b), "{sums:?}");

    let folder = TempFolder::new("decks-other");
    let path = folder.path().join("a.jintu");
    let mut desk = Desk::new();
    desk.step(BookStep::AskPlan);
    let plan =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/plans/zherong.txt");
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Plan, paths: vec![plan] });
    let paths = vec![path.clone()];
    desk.act(Action::FilesChosen { purpose: browse::Purpose::Workbook, paths });
    assert!(desk.state.decks.all.is_empty());
    desk.act(Action::StartTour { slide: 0 });
    assert!(desk.state.tour.is_none());
    assert_eq!(desk.problems().len(), 1, "it says that there is nothing to present");
    step(&mut desk, DeckStep::MakeDeck);
    assert_eq!(desk.state.decks.shown.len(), slides.len());
    desk.act(Action::StartTour { slide: 0 });
    assert!(desk.state.tour.is_some());
    assert_eq!(opened(&path).state.decks.shown.len(), slides.len());
}

#[test]
fn decks_come_and_go() {
    let folder = TempFolder::new("decks-several");
    let mut desk = copied(&folder.path().join("a.jintu"));
    let shown = titles(&desk);
    look(&mut desk);
    step(&mut desk, DeckStep::AddDeck);
    assert_eq!(desk.state.decks.all.len(), 2);
    let new = desk.state.decks.open.clone().unwrap();
    assert_eq!((desk.state.decks.of_open().count(), titles(&desk)), (0, shown.clone()));
    let of = TextOf::Deck(new.clone());
    step(&mut desk, DeckStep::Type { of, text: "给市长看的".into() });
    step(&mut desk, DeckStep::AddSlide);
    assert_eq!(desk.state.decks.deck().unwrap().name.zh, "给市长看的");
    assert_eq!(desk.state.decks.place(), Some(0));
    step(&mut desk, DeckStep::Edit(DeckEdit::Present { deck: new.clone() }));
    assert_eq!(desk.state.decks.shown.len(), 1);
    step(&mut desk, DeckStep::Edit(DeckEdit::Remove { deck: new }));
    assert_eq!(titles(&desk), shown);
    assert_eq!(desk.state.decks.deck().unwrap().name.zh, "演示");
    assert_eq!(desk.problems(), [] as [String; 0]);
}
