//! What a slide says: the words of the seeds, the counties along its one corridor.

use crate::{
    app::{Language, text},
    catalogue::{Catalogue, Slide},
    scene::view::kind_color,
    sheet::slide::{SlideContent, SlideNumber, SlideStrip},
    style::{MapPalette, Mode},
    tr,
};

/// How far the colours of neighbouring parts are mixed with the ground.
const MIXED: [f32; 5] = [0.0, 0.45, 0.2, 0.6, 0.3];

/// The words of the slide at a place among those that are presented; `credits` are the map's.
pub fn slide_content(
    catalogue: &Catalogue,
    slides: &[Slide],
    place: usize,
    language: Language,
    mode: Mode,
    credits: String,
) -> Option<SlideContent> {
    let slide = slides.get(place)?;
    let figures = slide.figures.iter().map(|figure| {
        let mut label = figure.label.get(language).to_owned();
        if figure.approx {
            label = format!("{label} · {}", tr!(language, "approx_word"));
        }
        SlideNumber {
            label,
            value: text::grouped(figure.value.get(language)),
            // Counts have no unit in English.
            unit: figure.unit.only(language).to_owned(),
        }
    });
    Some(SlideContent {
        kicker: slide.kicker.get(language).to_owned(),
        title: slide.title.get(language).to_owned(),
        figures: figures.collect(),
        caption: slide.caption.get(language).to_owned(),
        later: text::slide_changes(catalogue, slide, language)
            .into_iter()
            .map(|change| text::change_words(&change, language))
            .collect(),
        strip: strip(catalogue, slide, language, mode),
        number: tr!(language, "tour.of", n = place + 1, all = slides.len()),
        credits,
    })
}

/// The counties along the subject, if it is one corridor through several.
fn strip(
    catalogue: &Catalogue,
    slide: &Slide,
    language: Language,
    mode: Mode,
) -> Option<SlideStrip> {
    let corridors = slide.project_ids.iter().filter_map(|id| catalogue.project(id));
    let corridors: Vec<_> =
        corridors.filter(|p| p.length_km.is_some() && p.counties.len() > 1).collect();
    let [project] = corridors.as_slice() else { return None };
    let total_km = project.length_km?;
    let own = kind_color(catalogue, &project.kind, mode);
    let ground = MapPalette::of(mode).panel;
    let lengths_km: Vec<f64> =
        project.counties.iter().filter_map(|share| share.length_km).collect();
    let parts = lengths_km.iter().zip(MIXED.into_iter().cycle()).map(|(km, mixed)| {
        #[expect(clippy::cast_possible_truncation, reason = "a share of the width")]
        let share = (km / total_km) as f32;
        (share, own.mix(ground, mixed))
    });
    let words = text::passes(project, language)?;
    Some(SlideStrip { parts: parts.collect(), words })
}
