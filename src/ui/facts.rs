//! The figures of a card and the counties it passes.

use egui::{Align, Layout, Sense, Ui, vec2};

use super::{card::section, widgets};
use crate::{
    app::{Action, FitTarget, Language, State, text},
    catalogue::{CountyShare, Facet, Fact, Project},
    plan::Quantity,
    scene::view::kind_color,
    theme::{self, Theme, color, size},
    tr,
    units::{Extent, TextRange},
};

/// Room for the mark at the end of a line.
const WORDS_LINK: f32 = 64.0;
/// More than these many counties are folded.
const COUNTIES: usize = 8;
/// Room for what a figure measures.
const SHORT_NAME: f32 = 76.0;
const LONG_NAME: f32 = 132.0;

/// Investment, lengths and every other figure, each with the mark that leads to its words.
pub fn show(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    if let Some(fact) = project.facts.iter().find(|f| f.quantity == Quantity::Investment) {
        figure(ui, &tr!(language, "card.investment"), fact, language, theme, actions);
    } else {
        let none = tr!(language, "card.not_stated");
        line(ui, &tr!(language, "card.investment"), &none, "", None, language, theme, actions);
    }
    for fact in project.facts.iter().filter(|f| f.quantity != Quantity::Investment) {
        let name = text::fact_name(fact, &project.facts, language);
        figure(ui, &name, fact, language, theme, actions);
    }
    if let Some(km) = project.length_km {
        let value = format!("{km:.1}");
        let unit = tr!(language, "unit.km_drawn");
        line(ui, &tr!(language, "card.length"), &value, &unit, None, language, theme, actions);
    }
    if !project.organisations.is_empty() {
        section(ui, &tr!(language, "card.organisations"), theme);
        ui.label(theme::text(project.organisations.join("、"), size::BODY, false));
    }
}

fn figure(
    ui: &mut Ui,
    name: &str,
    fact: &Fact,
    language: Language,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let (value, unit) = text::figure(fact, language);
    line(ui, name, &value, &unit, Some((fact.range, &fact.text)), language, theme, actions);
}

#[expect(clippy::too_many_arguments, reason = "one line of a card has this many parts")]
fn line(
    ui: &mut Ui,
    name: &str,
    value: &str,
    unit: &str,
    words: Option<(TextRange, &str)>,
    language: Language,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        let label = theme::text(name, size::SMALL, false).color(theme.muted());
        // The words of a sentence are longer than the name of a quantity.
        let wide = if name.chars().count() > 6 { LONG_NAME } else { SHORT_NAME };
        ui.allocate_ui_with_layout(vec2(wide, 26.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(wide);
            ui.add(egui::Label::new(label).truncate()).on_hover_text(name);
        });
        let big = value.chars().count() <= 9;
        let points = if big { size::TITLE } else { size::HEADING };
        ui.label(theme::text(value, points, true));
        let link = if words.is_some() { WORDS_LINK } else { 0.0 };
        let room = (ui.available_width() - link).max(0.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            let unit = theme::text(unit, size::SMALL, false).color(theme.muted());
            ui.add(egui::Label::new(unit).truncate());
        });
        if let Some((range, phrase)) = words {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let link = widgets::link(ui, &tr!(language, "card.see_words"), theme);
                if link.on_hover_text(phrase).clicked() {
                    actions.push(Action::ShowWords(range));
                }
            });
        }
    });
}

/// Counties in order along the line with their kilometres; a strip shows their shares.
pub fn counties(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    if project.counties.is_empty() {
        return;
    }
    let language = state.settings.language;
    let total = project.length_km.unwrap_or(0.0);
    let key = if total > 0.0 { "card.passes" } else { "card.counties" };
    section(ui, &tr!(language, key), theme);
    if total > 0.0 {
        strip(ui, state, project, total, theme);
        let note = tr!(language, "card.drawn_note");
        ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
        if project.counties.iter().any(|share| share.border_km.is_some()) {
            let note = tr!(language, "card.border_note");
            ui.label(theme::text(note, size::SMALL, false).color(theme.muted()));
        }
    }
    let open = ui.scope_id().with(("counties", &project.id));
    let all = ui.data(|d| d.get_temp::<bool>(open)).unwrap_or(false);
    let most = if all { usize::MAX } else { COUNTIES };
    for (i, share) in project.counties.iter().enumerate().take(most) {
        let name = text::county(&state.catalogue, &share.code, &share.name, language);
        let value = match (share.length_km, text::county_km(share, language)) {
            (Some(km), Some(words)) if total > 0.0 => {
                format!("{words}   {:>2.0}%", km / total * 100.0)
            }
            _ => String::new(),
        };
        let row = widgets::Row {
            name,
            value: &value,
            indent: 8.0,
            active: state.filter.counties.contains(&share.code),
            bar: None,
            bold: false,
            ..widgets::Row::default()
        };
        let response = row.show(ui, theme);
        if total > 0.0 {
            let dot = response.rect.left_center() + vec2(9.0, 0.0);
            ui.painter().circle_filled(dot, 4.0, shade(state, project, i, theme));
        }
        if response.clicked() {
            actions.push(pressed(state, project, share));
        }
    }
    // A line to another province leaves the counties that the map has.
    if let Some(km) = project.beyond_km {
        let words = tr!(language, "unit.km", value = format!("{km:.1}"));
        let value = format!("{words}   {:>2.0}%", km / total * 100.0);
        let name = tr!(language, "card.outside");
        let row = widgets::Row {
            name: &name,
            value: &value,
            indent: 8.0,
            active: false,
            bar: None,
            bold: false,
            ..widgets::Row::default()
        };
        row.show(ui, theme);
    }
    let rest = project.counties.len().saturating_sub(COUNTIES);
    if rest > 0 {
        let words = if all {
            tr!(language, "card.less")
        } else {
            tr!(language, "card.more_counties", n = rest)
        };
        if widgets::link(ui, &words, theme).clicked() {
            ui.data_mut(|d| d.insert_temp(open, !all));
        }
    }
}

/// Of a line, its stretch in the county; of a site, the county as a filter.
fn pressed(state: &State, project: &Project, share: &CountyShare) -> Action {
    let stretches = state.catalogue.stretches(project, &share.code);
    let extent =
        Extent::around(stretches.iter().flat_map(geo::LineString::coords).map(|c| (*c).into()));
    extent.map_or_else(
        || Action::Toggle(Facet::County, share.code.clone()),
        |extent| Action::Fit(FitTarget::Extent(extent)),
    )
}

fn strip(ui: &mut Ui, state: &State, project: &Project, total: f64, theme: Theme) {
    let (rect, strip) = ui.allocate_exact_size(vec2(ui.available_width(), 10.0), Sense::hover());
    strip.on_hover_text(tr!(state.settings.language, "card.strip"));
    let mut x = rect.left();
    for (i, share) in project.counties.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "a share of a few hundred points")]
        let width = (share.length_km.unwrap_or(0.0) / total) as f32 * rect.width();
        let part = egui::Rect::from_min_size(
            egui::pos2(x, rect.top()),
            vec2((width - 1.5).max(1.0), rect.height()),
        );
        ui.painter().rect_filled(
            part,
            egui::CornerRadius::same(2),
            shade(state, project, i, theme),
        );
        x += width;
    }
}

/// Neighbouring counties differ in lightness; the hue stays the project's own.
fn shade(state: &State, project: &Project, i: usize, theme: Theme) -> egui::Color32 {
    let own = kind_color(&state.catalogue, &project.kind, state.settings.mode);
    let t = [0.0, 0.45, 0.2, 0.6, 0.3][i % 5];
    color(own.mix(theme.map.panel, t))
}
