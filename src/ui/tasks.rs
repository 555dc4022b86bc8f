//! The plan's outline with counts, and its targets.

use egui::Ui;

use super::{
    counted,
    widgets::{self, Row},
};
use crate::{
    app::{Action, State, text},
    catalogue::{Facet, Target},
    theme::{self, Theme, size},
    tr,
};

/// Draws the outline. Headings that hold no project are quiet, but lead to their text.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let hint = tr!(language, "tasks.hint");
        ui.label(theme::text(hint, size::SMALL, false).color(theme.muted()));
    });
    for (task, own) in state.tasks.iter().zip(state.facets.values(Facet::Task)) {
        let left = &own.left;
        let title = task.title.get(language);
        let name = format!("{}  {title}", task.id);
        let row = Row {
            name: &name,
            value: &if own.held_by > 0 { left.works.to_string() } else { String::new() },
            indent: 12.0 * task.depth as f32,
            active: state.filter.wants(Facet::Task, &task.id),
            bold: task.depth <= 1,
            quiet: left.entries == 0,
            ..Row::default()
        };
        let response = row.show(ui, theme).on_hover_ui(|ui| {
            ui.label(theme::text(title, size::BODY, false));
            if task.title.zh != title {
                // The plan's own words.
                let own = theme::text(&task.title.zh, size::SMALL, false);
                ui.label(own.color(theme.muted()));
            }
            if own.held_by > 0 {
                // Titles are long: the money has room only here.
                let totals = text::totals(left, language);
                ui.label(theme::text(totals, size::SMALL, false).color(theme.muted()));
            }
        });
        if response.clicked() {
            if own.held_by > 0 {
                actions.push(counted::chosen(ui, Facet::Task, &task.id));
            }
            if let Some(node) = state.catalogue.plan.outline.nodes().get(task.node) {
                actions.push(Action::ShowWords(node.heading));
            }
        }
    }
    counted::foot(ui, state, theme, actions);
}

/// Whether a target belongs to a group.
type Belongs = fn(&Target) -> bool;

/// Draws the targets by year; each leads to its sentence.
pub fn targets(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let groups: [(&str, Belongs); 4] = [
        ("targets.2025", |t| !t.is_baseline && t.year == Some(2025)),
        ("targets.2035", |t| !t.is_baseline && t.year == Some(2035)),
        ("targets.other", |t| !t.is_baseline && !matches!(t.year, Some(2025 | 2035))),
        ("targets.baseline", |t| t.is_baseline),
    ];
    for (key, belongs) in groups {
        let members: Vec<&Target> = state.catalogue.targets.iter().filter(|t| belongs(t)).collect();
        if members.is_empty() {
            continue;
        }
        widgets::heading(ui, &tr!(language, key), theme);
        for target in members {
            let value = target
                .value
                .map_or(String::new(), |v| format!("{} {}", text::number(v), target.unit));
            let row = Row {
                name: target.indicator.get(language),
                value: value.trim_end(),
                ..Row::default()
            };
            let words = state.catalogue.plan.text.slice(target.range);
            if row.show(ui, theme).on_hover_text(words).clicked() {
                actions.push(Action::ShowWords(target.range));
            }
        }
    }
}
