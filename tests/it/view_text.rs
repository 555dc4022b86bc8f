//! A view as a text for a colleague: it arrives as it was sent, or is told to be damaged.

use std::collections::BTreeSet;

use jintu::{
    app::{
        Action, BadText, FitTarget, Overlay, Tell, ViewText, search_box, update, view_text::MARK,
        views::view_text,
    },
    catalogue::{Filter, FilterFault, Near, Outline},
    geo::mercator,
    language::Language,
    scene::{Viewport, fit_exact},
    units::{Extent, LonLat},
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::real::state;

fn words() -> impl Strategy<Value = String> {
    "[一-龥a-zA-Z0-9 ，“\"\\\\/._-]{0,8}"
}

/// Numbers that a decimal says wholly.
fn degrees() -> impl Strategy<Value = f64> {
    (-80_000i32..80_000).prop_map(|n| f64::from(n) / 1024.0)
}

prop_compose! {
    fn filter()(
        counties in prop::collection::btree_set("[0-9]{6}", 0..4),
        tasks in prop::collection::btree_set("[0-9](\\.[0-9]){0,2}", 0..3),
        ids in prop::collection::btree_set("B[0-9]-[0-9]{2}", 0..5),
        text in words(),
        ends_only in any::<bool>(),
        least in prop::option::of(0u32..1000),
        near in prop::option::of((degrees(), degrees(), 1u32..90)),
        ring in prop::option::of(prop::collection::vec((degrees(), degrees()), 3..8)),
    ) -> Filter {
        let ring = ring.map(|ring| ring.into_iter().map(|(x, y)| LonLat::new(x, y)).collect());
        Filter {
            counties, tasks, ids, text, ends_only,
            min_investment_yi: least.map(f64::from),
            near: near.map(|(x, y, km)| Near { at: LonLat::new(x, y), km: f64::from(km) }),
            polygon: ring.map(|ring: Vec<LonLat>| Outline::from(ring)),
            ..Filter::default()
        }
    }
}

prop_compose! {
    fn view()(
        plan in words(),
        extent in prop::option::of([degrees(), degrees(), degrees(), degrees()]),
        filter in filter(),
        selected in prop::collection::vec("B[0-9]-[0-9]{2}", 0..3),
        layers in prop::collection::vec(words(), 0..4),
    ) -> ViewText {
        ViewText { plan, extent, filter, selected, layers }
    }
}

proptest! {
    #[test]
    fn it_arrives_as_it_was_sent(
        sent in view(),
        breaks in prop::collection::vec((0usize..400, "[ \n\t\r\u{3000}]{1,3}"), 0..6),
        before in "[一-龥a-z ：:“]{0,6}",
        after in "( [一-龥]{1,4}|[。”，)]|\n[a-z]{1,6})?",
    ) {
        let mut text = sent.write();
        for (at, blank) in breaks {
            text.insert_str(at % (text.len() + 1), &blank);
            // Only ASCII and whole blanks: every position stays one.
            while !text.is_ascii() && text.contains('\u{3000}') {
                text = text.replace('\u{3000}', " ");
            }
        }
        let got = ViewText::find(&format!("{before}{text}{after}")).expect("it is found");
        let got = got.map_err(|reason| TestCaseError::fail(format!("{reason:?}: {text}{after}")))?;
        let near = |a: f64, b: f64| (a - b).abs() < 1e-5;
        prop_assert_eq!(got.extent.is_some(), sent.extent.is_some());
        for (a, b) in got.extent.unwrap_or_default().into_iter().zip(sent.extent.unwrap_or_default()) {
            prop_assert!(near(a, b));
        }
        prop_assert_eq!(ViewText { extent: None, ..got }, ViewText { extent: None, ..sent });
    }

    /// Whatever letter is changed or cut off: it is told, and never shown as another view.
    #[test]
    fn what_was_changed_on_its_way_is_told(sent in view(), at in 0usize..10_000, cut in any::<bool>()) {
        let text = sent.write();
        let body = text.strip_prefix(MARK).unwrap();
        let at = at % body.len();
        let other: String = if cut {
            body[..at].to_owned()
        } else {
            let changed = body.char_indices().map(|(i, c)| match c {
                'A' if i == at => 'B',
                _ if i == at => 'A',
                c => c,
            });
            changed.collect()
        };
        match ViewText::find(&format!("{MARK}{other}")) {
            Some(Err(BadText::Damaged)) => {}
            // The last letter has bits that say nothing.
            Some(Ok(got)) => prop_assert_eq!(got.filter, sent.filter),
            other => prop_assert!(false, "{other:?}"),
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,80}", body in "[A-Za-z0-9_-]{0,60}") {
        let _ = ViewText::find(&text);
        let marked = ViewText::find(&format!("{MARK}{body}"));
        prop_assert!(matches!(marked, Some(Err(_))));
    }

    #[test]
    fn a_filter_is_kept_as_it_was(filter in filter()) {
        let kept = filter.to_json();
        prop_assert_eq!(kept.is_null(), filter == Filter::default());
        let again: Value = serde_json::from_str(&kept.to_string()).unwrap();
        prop_assert_eq!(Filter::of_json(&again).unwrap(), filter);
    }
}

#[test]
fn a_condition_that_is_not_known_is_not_passed_over() {
    let kept = json!({ "text": "高速", "colour": "red" });
    assert_eq!(Filter::of_json(&kept), Err(FilterFault::Unknown("colour".to_owned())));
    for broken in [json!([]), json!("高速"), json!({ "counties": 3 }), json!({ "near": {} })] {
        assert!(matches!(Filter::of_json(&broken), Err(FilterFault::Broken(_))), "{broken}");
    }
    assert_eq!(Filter::of_json(&Value::Null), Ok(Filter::default()));
}

/// A text may not come to more than anybody sends.
#[test]
fn a_text_that_swells_is_damaged() {
    let sent = ViewText { plan: "规".repeat(3 << 20), ..ViewText::default() };
    let text = sent.write();
    assert!(text.len() < 100_000, "{}", text.len());
    assert_eq!(ViewText::find(&text), Some(Err(BadText::Damaged)));
}

#[test]
fn a_text_is_short_and_plain() {
    let text = ViewText {
        plan: "太原市“十五五”规划纲要".to_owned(),
        extent: Some([111.5, 37.4, 113.2, 38.4]),
        filter: Filter { counties: BTreeSet::from(["140121".to_owned()]), ..Filter::default() },
        selected: vec!["B1-02".to_owned()],
        layers: Vec::new(),
    }
    .write();
    assert!(text.is_ascii() && text.starts_with(MARK), "{text}");
    assert!(text.len() < 260, "{} {text}", text.len());
}

fn settled(extent: Extent) -> Viewport {
    fit_exact(extent, [1200.0, 800.0], jintu::scene::Padding::default())
}

const PART: Extent = Extent { west_deg: 112.3, south_deg: 37.6, east_deg: 112.6, north_deg: 37.8 };

#[test]
fn pasted_into_the_search_box_it_shows_the_same() {
    let mut sender = state();
    update(&mut sender, Action::CameraSettled(settled(PART)));
    update(&mut sender, Action::SetText("铁路".to_owned()));
    update(&mut sender, Action::Select(vec!["B1-02".to_owned()]));
    let text = view_text(&sender).write();
    let mut own = state();
    let whole = catalogue_extent(&own);
    update(&mut own, Action::CameraSettled(settled(whole)));
    let half = text.len() / 2;
    let pasted = format!("  你看： {} {}\n", &text[..half], &text[half..]);
    update(&mut own, Action::SetSearchText(pasted));
    let Overlay::Search(open) = own.overlay.clone() else { panic!("{:?}", own.overlay) };
    assert_eq!((open.row, search_box::rows(&own, &open).len()), (Some(0), 1));
    for action in search_box::choose(&own, &open, 0, 0.0).actions {
        update(&mut own, action);
    }
    assert_eq!((&own.filter, &own.selected), (&sender.filter, &sender.selected));
    assert_eq!((&own.shown, own.overlay.clone()), (&sender.shown, Overlay::None));
    let Some(FitTarget::Exact(extent)) = own.camera.clone().map(|camera| camera.target) else {
        panic!("{:?}", own.camera)
    };
    let seen = mercator::extent_from_mercator(sender.clear_view().unwrap().extent());
    assert!((extent.west_deg - seen.west_deg).abs() < 2e-5);
    assert!((extent.north_deg - seen.north_deg).abs() < 2e-5);
    // It is a step that can be taken back.
    update(&mut own, Action::Undo);
    assert_eq!((own.filter.text.as_str(), own.selected.len()), ("", 0));
}

fn catalogue_extent(state: &jintu::app::State) -> Extent {
    state.catalogue.city_extent().unwrap()
}

#[test]
fn what_is_damaged_or_of_another_plan_is_told() {
    let mut own = state();
    let text = ViewText { plan: "别处的规划".to_owned(), ..ViewText::default() };
    let text = ViewText { layers: vec!["高压线".to_owned()], ..text };
    let text = ViewText { selected: vec!["B1-02".to_owned()], ..text }.write();
    update(&mut own, Action::SetSearchText(text[..text.len() - 3].to_owned()));
    let Overlay::Search(open) = own.overlay.clone() else { panic!() };
    let [search_box::SearchRow::View(read)] = search_box::rows(&own, &open)[..] else { panic!() };
    let (told, _) = search_box::view_words(&own.catalogue, read, Language::Chinese);
    assert_eq!(told, BadText::Damaged.tell(Language::Chinese));
    assert!(search_box::choose(&own, &open, 0, 0.0).actions.is_empty());
    update(&mut own, Action::Views(jintu::app::ViewStep::GoText(text)));
    let told: Vec<String> =
        own.notices.iter().map(|notice| notice.message.tell(Language::Chinese)).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("别处的规划") && told[1].contains("高压线"), "{told:?}");
    assert!(own.selected.is_empty(), "ids of another plan are other projects");
}
