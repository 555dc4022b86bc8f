//! The sheet of offline packages: which area, which zooms, how much, how far.

use std::{path::PathBuf, sync::Arc};

use egui::{DragValue, TextEdit, Ui};

use super::{
    sheet::{self, Part, Place},
    widgets,
};
use crate::{
    app::{
        Action, State,
        package::{PackageOrder, PackageState},
    },
    catalogue::Shape,
    geo::mercator,
    map::package_tiles::Coverage,
    store,
    theme::{self, Theme, size},
    tile::{
        PackageArea, Refusal,
        package::{Row, USUAL_TILE_BYTES, coverage, plan, tiles},
    },
    tr,
    units::{Extent, LonLat},
};

/// What is being chosen in the sheet.
#[derive(Default)]
pub struct Sheet {
    fields: Option<Fields>,
}

struct Fields {
    area: Area,
    buffer_km: f64,
    zooms: [u8; 2],
    path: String,
    /// What was counted last, and for what.
    counted: Option<(PackageOrder, Result<usize, Refusal>)>,
    /// What is counted, on the map.
    coverage: Option<Coverage>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Area {
    View,
    City,
    County,
    Corridor,
}

impl Sheet {
    /// Forgets what was chosen.
    pub fn closed(&mut self) {
        self.fields = None;
    }

    /// The tiles of what is chosen, at the highest zoom that can be told apart.
    pub fn coverage(&self) -> Option<Coverage> {
        self.fields.as_ref().and_then(|fields| fields.coverage.clone())
    }

    /// Draws the sheet.
    pub fn show(&mut self, ui: &Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
        let language = state.settings.language;
        let Some(source) = state.basemaps.sources().first().cloned() else {
            actions.push(Action::CloseOverlay);
            return;
        };
        let fields = self.fields.get_or_insert_with(|| {
            let name = format!("{}.mbtiles", source.id);
            let folder = store::settings::export_folder();
            Fields {
                area: Area::View,
                buffer_km: 2.0,
                zooms: [source.min_zoom.max(8), source.max_zoom.min(13)],
                path: folder.join(name).display().to_string(),
                counted: None,
                coverage: None,
            }
        });
        let title = tr!(language, "package.title");
        // Beside the middle of the map, where the area is shaded.
        let place = Place::TopRight;
        let sheet =
            sheet::Sheet { id: "package", title: &title, width: 460.0, place, is_modal: false };
        let mut order = None;
        let closed = sheet.show(ui, language, theme, |ui, part| match part {
            Part::Body => {
                ui.label(theme::text(source.name.get(language), size::BODY, true));
                fields.choose(ui, state, theme);
                order = fields.order(state, (*source).clone());
                if let Some(order) = &order {
                    fields.count(ui, state, order, theme);
                } else {
                    (fields.counted, fields.coverage) = (None, None);
                    let words = tr!(language, "package.no_area");
                    ui.label(theme::text(words, size::BODY, false).color(theme.muted()));
                }
                progress(ui, state, theme, actions);
            }
            Part::Foot => {
                if let Some(order) = order.take() {
                    ui.add_space(6.0);
                    fields.start(ui, state, order, theme, actions);
                }
            }
        });
        if closed {
            actions.push(Action::CloseOverlay);
        }
    }
}

impl Fields {
    fn choose(&mut self, ui: &mut Ui, state: &State, theme: Theme) {
        let language = state.settings.language;
        ui.horizontal_wrapped(|ui| {
            for (area, key) in [
                (Area::View, "package.view"),
                (Area::City, "package.city"),
                (Area::County, "package.county"),
                (Area::Corridor, "package.corridor"),
            ] {
                if widgets::chip(ui, &tr!(language, key), self.area == area, theme).clicked() {
                    self.area = area;
                }
            }
            if self.area == Area::Corridor {
                let field = DragValue::new(&mut self.buffer_km).range(0.0..=50.0).suffix(" km");
                let field = ui.add(field);
                let name = tr!(language, "package.buffer");
                field.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name.clone())
                });
            }
        });
        ui.horizontal(|ui| {
            let name = tr!(language, "package.zooms");
            ui.label(theme::text(&name, size::BODY, false));
            for zoom in &mut self.zooms {
                let field = ui.add(DragValue::new(zoom).range(0..=20));
                field.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name.clone())
                });
            }
        });
        let name = tr!(language, "package.file");
        let field = ui.add(
            TextEdit::singleline(&mut self.path).hint_text(&name).desired_width(f32::INFINITY),
        );
        widgets::named(&field, &name);
    }

    fn order(&self, state: &State, source: crate::tile::TileSource) -> Option<PackageOrder> {
        let catalogue = &state.catalogue;
        let area = match self.area {
            Area::View => PackageArea::Extent(seen(state)?),
            Area::City => PackageArea::Extent(catalogue.city_extent()?),
            Area::County => {
                let wanted =
                    |c: &&crate::catalogue::County| state.filter.counties.contains(&c.code);
                let rings: Vec<Vec<LonLat>> = catalogue
                    .counties
                    .iter()
                    .filter(wanted)
                    .flat_map(|county| &county.polygon.0)
                    .map(|polygon| polygon.exterior().coords().map(|c| (*c).into()).collect())
                    .collect();
                if rings.is_empty() {
                    return None;
                }
                PackageArea::Rings(rings)
            }
            Area::Corridor => {
                let lines: Vec<Vec<LonLat>> = state
                    .focused()?
                    .features
                    .iter()
                    .filter_map(|i| match &catalogue.features.get(*i)?.shape {
                        Shape::Line(line) => Some(line.coords().map(|c| (*c).into()).collect()),
                        _ => None,
                    })
                    .collect();
                if lines.is_empty() {
                    return None;
                }
                PackageArea::Corridor { lines, buffer_km: self.buffer_km }
            }
        };
        let [min_zoom, max_zoom] = self.zooms;
        let path = PathBuf::from(self.path.trim());
        Some(PackageOrder { source, area, min_zoom, max_zoom, path })
    }

    /// Counts the tiles, or says why there may be none.
    fn count(&mut self, ui: &mut Ui, state: &State, order: &PackageOrder, theme: Theme) {
        let language = state.settings.language;
        if self.counted.as_ref().is_none_or(|(counted, _)| counted != order) {
            let count = tiles(&order.source, &order.area, order.min_zoom, order.max_zoom);
            self.counted = Some((order.clone(), count.map(|tiles| tiles.len())));
            self.coverage = shaded(order);
        }
        let counted = self.counted.as_ref().map(|(_, count)| *count);
        if let Some(Ok(count)) = counted {
            let mb = count as f64 * USUAL_TILE_BYTES as f64 / 1e6;
            let words = tr!(language, "package.size", n = count, mb = format!("{mb:.0}"));
            ui.label(theme::text(words, size::BODY, false));
        }
        if let Some(refusal) = self.refused(order) {
            let words = tr!(language, format!("refusal.{}", refusal.key()));
            ui.label(theme::text(words, size::BODY, false).color(theme.accent()));
        }
    }

    fn refused(&self, order: &PackageOrder) -> Option<Refusal> {
        // The terms are asked on one tile: they do not depend on the area.
        let terms = plan(&order.source, &order.area, 0, 0)
            .err()
            .filter(|refusal| matches!(refusal, Refusal::Forbidden | Refusal::SeenOnly));
        terms.or(self.counted.as_ref().and_then(|(_, count)| count.err()))
    }

    fn start(
        &self,
        ui: &mut Ui,
        state: &State,
        order: PackageOrder,
        theme: Theme,
        actions: &mut Vec<Action>,
    ) {
        let language = state.settings.language;
        let refused = self.refused(&order);
        let running = state
            .package
            .as_ref()
            .is_some_and(|package| package.progress.state == PackageState::Running);
        let ready = refused.is_none() && !self.path.trim().is_empty() && !running;
        ui.horizontal(|ui| {
            let words = theme::text(tr!(language, "package.start"), size::BODY, true)
                .color(theme.on_accent());
            let start = egui::Button::new(words).fill(theme.accent());
            if ui.add_enabled(ready, start).clicked() {
                actions.push(Action::StartPackage(Box::new(order)));
            }
            if running && ui.button(tr!(language, "package.pause")).clicked() {
                actions.push(Action::PausePackage);
            }
        });
    }
}

/// The tiles of the highest zoom that is not too fine to be seen.
fn shaded(order: &PackageOrder) -> Option<Coverage> {
    let zooms = coverage(&order.source, &order.area, order.min_zoom, order.max_zoom).ok()?;
    let spans = |rows: &[Row]| rows.iter().map(|row| row.spans.len()).sum::<usize>();
    let (zoom, rows) =
        zooms.into_iter().rev().find(|(_, rows)| spans(rows) <= Coverage::MOST_SPANS)?;
    Some(Coverage { zoom, rows: Arc::new(rows) })
}

/// How far the package is, with what failed counted as failed.
fn progress(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let Some(package) = &state.package else { return };
    let language = state.settings.language;
    let p = &package.progress;
    if p.wanted > 0 {
        let share = (p.stored + p.absent) as f32 / p.wanted as f32;
        ui.add(
            egui::ProgressBar::new(share).desired_width(ui.available_width()).desired_height(8.0),
        );
    }
    let words = tr!(
        language,
        "package.counts",
        stored = p.stored,
        wanted = p.wanted,
        failed = p.failed,
        absent = p.absent
    );
    ui.label(theme::text(words, size::BODY, false));
    let key = match p.state {
        PackageState::Running => "package.running",
        PackageState::Paused => "package.paused",
        PackageState::Done => "package.done",
    };
    ui.label(theme::text(tr!(language, key), size::SMALL, false).color(theme.muted()));
    if p.state == PackageState::Paused
        && widgets::link(ui, &tr!(language, "package.resume"), theme).clicked()
    {
        actions.push(Action::StartPackage(Box::new(package.order.clone())));
    }
}

fn seen(state: &State) -> Option<Extent> {
    state.viewport.map(|view| mercator::extent_from_mercator(view.extent()))
}
