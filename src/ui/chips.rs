//! The filter made visible: one chip for each condition, each with its ×.

use egui::{Area, Id, Order, Rect, Ui, vec2};

use super::widgets;
use crate::{
    app::{Action, State, text},
    catalogue::{Facet, Filter},
    scene::Padding,
    theme::{self, Theme, size},
    tr,
};

/// Height of the strip at the top of the map.
pub const HEIGHT: f32 = 48.0;

/// Draws the strip over the map.
pub fn show(ui: &Ui, area: Rect, padding: Padding, state: &State, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let at = area.min + vec2(padding.left + 12.0, 9.0);
    let room = area.width() - padding.left - padding.right - 24.0;
    let strip = Area::new(Id::unique("chips")).order(Order::Middle).fade_in(false);
    strip.fixed_pos(at).show(ui.ctx(), |ui| {
        let frame = egui::Frame::new()
            .fill(theme.floating())
            .stroke(egui::Stroke::new(1.0, theme.hairline()))
            .corner_radius(egui::CornerRadius::same(16))
            .inner_margin(egui::Margin::symmetric(8, 3));
        frame.show(ui, |ui| {
            ui.set_max_width(room);
            ui.horizontal(|ui| {
                let conditions = conditions(state);
                let fit = ((room - 260.0) / 110.0).max(1.0);
                // A count of chips on a screen.
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                for (name, without) in conditions.into_iter().take(fit as usize) {
                    let chip = widgets::chip(ui, &format!("{name} ×"), false, theme);
                    let hint = tr!(language, "filter.remove", name = name);
                    if chip.on_hover_text(hint).clicked() {
                        actions.push(Action::SetFilter(Box::new(without)));
                    }
                }
                let (n, all) = (state.shown.len(), state.catalogue.projects.len());
                let key = if n == 0 {
                    tr!(language, "filter.none")
                } else {
                    tr!(language, "filter.shown", n = n, all = all)
                };
                ui.label(theme::text(key, size::SMALL, true));
                if widgets::link(ui, &tr!(language, "filter.clear"), theme).clicked() {
                    actions.push(Action::ClearFilter);
                }
            });
        });
    });
}

/// Each condition's name and the filter without it.
fn conditions(state: &State) -> Vec<(String, Filter)> {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    let filter = &state.filter;
    let mut out: Vec<(String, Filter)> = Vec::new();
    let mut add = |name: String, change: &dyn Fn(&mut Filter)| {
        let mut without = filter.clone();
        change(&mut without);
        out.push((name, without));
    };
    for facet in Facet::ALL {
        for value in filter.wanted(facet) {
            let name = text::facet_value(catalogue, facet, value, language);
            add(short(facet, name), &|f| f.toggle(facet, value));
        }
    }
    if let Some(yi) = filter.min_investment_yi {
        add(tr!(language, "filter.min", yi = text::number(yi)), &|f| f.min_investment_yi = None);
    }
    if let Some(yi) = filter.max_investment_yi {
        add(tr!(language, "filter.max", yi = text::number(yi)), &|f| f.max_investment_yi = None);
    }
    if !filter.text.trim().is_empty() {
        add(tr!(language, "filter.text", text = filter.text.trim()), &|f| f.text.clear());
    }
    if filter.polygon.is_some() || filter.extent.is_some() {
        add(tr!(language, "filter.drawn"), &|f| {
            f.polygon = None;
            f.extent = None;
        });
    }
    if let Some(near) = filter.near {
        add(tr!(language, "filter.near", km = text::number(near.km)), &|f| f.near = None);
    }
    if let Some(along) = &filter.along {
        let name = catalogue.project(&along.project).map_or("", |p| p.short_name.get(language));
        let km = text::number(along.km);
        add(tr!(language, "filter.along", name = name, km = km), &|f| f.along = None);
    }
    out
}

/// Titles of tasks are sentences.
fn short(facet: Facet, name: String) -> String {
    const TITLE: usize = 8;
    match name.split_once("  ") {
        Some((id, title)) if facet == Facet::Task => {
            format!("{id} {}", title.chars().take(TITLE).collect::<String>())
        }
        _ => name,
    }
}
