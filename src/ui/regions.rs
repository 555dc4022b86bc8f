//! Cooperation regions and counties with what they hold.

use egui::Ui;

use super::{
    counted,
    widgets::{self, Row},
};
use crate::{
    app::{Action, Settings, State, counts},
    catalogue::{County, CountyMoney, Facet, FacetValue, Totals},
    theme::{self, Theme, size},
    tr,
};

/// Draws both families.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let catalogue = &state.catalogue;
    let head = tr!(language, "regions.head");
    let head = |ui: &mut Ui| {
        ui.label(theme::text(head, size::SMALL, false).color(theme.muted()));
    };
    let values = state.facets.values(Facet::Region);
    // A plan of another city has none of these, or few.
    let regions = catalogue.regions.iter().zip(values).filter(|(_, own)| own.held_by > 0);
    let regions: Vec<_> = regions.collect();
    if regions.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(12.0);
            head(ui);
        });
    } else {
        widgets::heading_with(ui, &tr!(language, "regions.cooperation"), theme, head);
    }
    let largest = values.iter().map(|v| v.left.investment_yi).fold(1.0, f64::max);
    for (region, own) in regions {
        let bar = Some(share(&own.left, largest));
        let row = Row { name: region.name.get(language), bar, ..Row::default() };
        counted::show(ui, state, Facet::Region, own, row, theme, actions);
    }

    let ends_only = state.filter.ends_only;
    widgets::heading_with(ui, &tr!(language, "regions.counties"), theme, |ui| {
        let chip = widgets::chip(ui, &tr!(language, "regions.ends_only"), ends_only, theme);
        if chip.on_hover_text(tr!(language, "regions.ends_hint")).clicked() {
            actions.push(Action::SetEndsOnly(!ends_only));
        }
    });
    money(ui, state, theme, actions);
    counties(ui, state, theme, true, actions);
    widgets::heading(ui, &tr!(language, "regions.outside"), theme);
    counties(ui, state, theme, false, actions);
    counted::foot(ui, state, theme, actions);
}

/// What of a corridor's money stands at a county: said, and to be switched.
fn money(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let name = tr!(language, "counts.county_money");
        ui.label(theme::text(name, size::SMALL, false).color(theme.muted()));
        for money in [CountyMoney::Whole, CountyMoney::ByLength] {
            let is_on = state.settings.county_money == money;
            let chip = widgets::chip(ui, &counts::county_money(money, language), is_on, theme);
            let hint = match money {
                CountyMoney::Whole => tr!(language, "counts.whole_hint"),
                CountyMoney::ByLength => tr!(language, "counts.by_length_hint"),
            };
            if chip.on_hover_text(hint).clicked() && !is_on {
                let settings = Settings { county_money: money, ..state.settings.clone() };
                actions.push(Action::SetSettings(Box::new(settings)));
            }
        }
    });
}

fn counties(ui: &mut Ui, state: &State, theme: Theme, in_city: bool, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    let mut rows: Vec<(&County, &FacetValue)> = state
        .catalogue
        .counties
        .iter()
        .zip(state.facets.values(Facet::County))
        .filter(|(county, _)| county.in_city == in_city)
        .collect();
    // Neighbours that no project touches, whatever the filter, are there when they are asked for.
    let open = ui.scope_id().with("without-projects");
    let all = in_city || ui.data(|d| d.get_temp::<bool>(open)).unwrap_or(false);
    let without = rows.iter().filter(|(_, own)| own.held_by == 0).count();
    rows.retain(|(_, own)| all || own.held_by > 0);
    let largest = rows.iter().map(|(_, own)| own.left.investment_yi).fold(1.0, f64::max);
    for (county, own) in rows {
        let bar = in_city.then(|| share(&own.left, largest));
        let row = Row { name: county.name.get(language), bar, ..Row::default() };
        counted::show(ui, state, Facet::County, own, row, theme, actions);
    }
    if in_city || without == 0 {
        return;
    }
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let words = if all {
            tr!(language, "regions.less")
        } else {
            tr!(language, "regions.empty", n = without)
        };
        if widgets::quiet_link(ui, &words, theme).clicked() {
            ui.data_mut(|d| d.insert_temp(open, !all));
        }
    });
}

#[expect(clippy::cast_possible_truncation, reason = "a share")]
fn share(totals: &Totals, largest: f64) -> f32 {
    (totals.investment_yi / largest) as f32
}
