//! The whole window for one frame, and the jobs that come out of it.

use std::sync::Arc;

use egui::{CentralPanel, Frame, Panel, Ui};

use super::{
    chips, drawer, dropped, effects, focus_ring::FocusRing, keys, layer_table, left, overlay,
    plan_text::PlanText, present, review, right, status, top,
};
use crate::{
    app::{
        Action, Job, State, Tab,
        command::{Effect, palette},
        update,
    },
    basemap::Basemap,
    catalogue::Catalogue,
    map::{MapFrame, MapView},
    scene::Padding,
    store,
    style::Mode,
    theme::{self, Theme, size},
};

/// State, map and what panels remember between frames.
pub struct Shell {
    state: State,
    /// Of which map and text were prepared.
    catalogue: Arc<Catalogue>,
    pub map: MapView,
    pub plan_text: PlanText,
    pub search: top::Search,
    pub export: super::export::Sheet,
    pub layer_export: super::layer_export::Sheet,
    typed: super::basemaps::Typed,
    condition: layer_table::Typed,
    package: super::package::Sheet,
    review: review::View,
    jobs: Vec<Job>,
    looks: Option<Mode>,
    /// The scale that the screen asks for, without the user's wishes.
    pub usual_scale: f32,
    had_palette: bool,
    /// What had the keyboard before the palette took it.
    keyboard_before: Option<egui::Id>,
    ring: FocusRing,
    looked: super::looked::Looked,
}

impl Shell {
    /// A window's content for a state.
    pub fn new(state: State, basemap: Option<Arc<Basemap>>) -> Self {
        let map = MapView::new(&state, basemap);
        let plan_text = PlanText::new(&state);
        Self {
            catalogue: state.catalogue.clone(),
            state,
            map,
            plan_text,
            search: top::Search::default(),
            export: super::export::Sheet::default(),
            layer_export: super::layer_export::Sheet::default(),
            typed: super::basemaps::Typed::default(),
            condition: layer_table::Typed::default(),
            package: super::package::Sheet::default(),
            review: review::View::default(),
            jobs: Vec::new(),
            looks: None,
            usual_scale: 1.0,
            had_palette: false,
            keyboard_before: None,
            ring: FocusRing::default(),
            looked: super::looked::Looked::default(),
        }
    }

    /// What the window shows. Only actions change it.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Draws one frame and applies what the user did.
    pub fn show(&mut self, ui: &mut Ui) {
        self.dress(ui);
        self.follow_catalogue();
        keep_room(ui.ctx());
        ui.ctx().accesskit_node_builder(egui::accesskit_root_id(), |window| {
            window.set_label(super::run::TITLE);
        });
        self.ring.begin(ui);
        let reads = self.state.right_seen() && self.state.right_tab == Tab::Text
            || self.state.review.is_some();
        let in_bar = reads && self.plan_text.find.takes_escape();
        let mut out = keys::outcome(ui, &self.state, self.map.has_keyboard(ui.ctx()), in_bar);
        self.carry_out(std::mem::take(&mut out.effects), ui);
        if self.state.tour.is_some() {
            let enlarged = ui.ctx().zoom_factor() / self.usual_scale;
            present::show(ui, &self.state, &mut self.map, enlarged, &mut out.actions);
        } else {
            self.desk(ui, &mut out.actions);
        }
        if self.state.tour.is_none() {
            overlay::show(
                ui,
                &self.state,
                &mut self.export,
                &mut self.layer_export,
                &mut self.package,
                &mut out,
            );
        }
        self.map.coverage = self.package.coverage();
        dropped::show(ui, &self.state, &mut out.actions);
        self.apply(out.actions, ui);
        if let Some(text) = self.state.to_copy.clone() {
            ui.ctx().copy_text(text.to_string());
            self.apply(vec![Action::TextTaken], ui);
        }
        self.lend_keyboard(ui);
        if self.state.log.lacks_time() {
            self.apply(vec![Action::SetMessageTime(store::clock::now())], ui);
        }
        if let Some(action) = self.looked.follow(ui, &self.state) {
            // Nothing that is seen changes by it.
            self.begin(action);
        }
        // A field of a panel that was opened for it is there in the next frame.
        self.carry_out(out.effects, ui);
        self.ring.end(ui, Theme::of(self.state.settings.mode));
    }

    /// Prepares map and text anew where the projects are others.
    fn follow_catalogue(&mut self) {
        if Arc::ptr_eq(&self.catalogue, &self.state.catalogue) {
            return;
        }
        self.map.set_catalogue(&self.state);
        let (old, new) = (&self.catalogue.plan, &self.state.catalogue.plan);
        let is_same_text = Arc::ptr_eq(old, new) || old.text.as_str() == new.text.as_str();
        if is_same_text {
            self.plan_text.name_again(&self.state);
        } else {
            self.plan_text = PlanText::new(&self.state);
        }
        self.catalogue = self.state.catalogue.clone();
    }

    fn carry_out(&mut self, asked: Vec<Effect>, ui: &Ui) {
        for effect in asked {
            effects::carry_out(
                effect,
                ui.ctx(),
                &mut self.map,
                &mut self.search,
                &mut self.typed,
                &mut self.plan_text,
            );
            ui.ctx().request_repaint();
        }
    }

    /// The palette has the keyboard as long as it is open, and gives it back.
    fn lend_keyboard(&mut self, ui: &Ui) {
        let is_open = palette::is_open(&self.state);
        let was_open = std::mem::replace(&mut self.had_palette, is_open);
        if is_open && !was_open {
            self.keyboard_before = ui.ctx().memory(egui::Memory::focused);
            ui.ctx().memory_mut(|memory| memory.request_focus(super::palette::field_id()));
        } else if was_open && !is_open {
            ui.ctx().memory_mut(|memory| match self.keyboard_before.take() {
                Some(before) => memory.request_focus(before),
                None => memory.stop_text_input(),
            });
        }
    }

    /// Applies actions from outside, such as the end of a job.
    pub fn apply(&mut self, actions: Vec<Action>, ui: &Ui) {
        if actions.is_empty() {
            return;
        }
        for action in actions {
            let jobs = update(&mut self.state, action);
            self.jobs.extend(jobs);
        }
        // What an action changed is seen at once.
        ui.ctx().request_repaint();
    }

    /// Applies an action before the first frame.
    pub fn begin(&mut self, action: Action) {
        let jobs = update(&mut self.state, action);
        self.jobs.extend(jobs);
    }

    /// The jobs that have come up since the last call.
    pub fn take_jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.jobs)
    }

    fn dress(&mut self, ui: &Ui) {
        let mode = self.state.settings.mode;
        if self.looks != Some(mode) {
            theme::apply(ui.ctx(), mode);
            keys::take_over(ui.ctx());
            self.looks = Some(mode);
        }
    }

    fn desk(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let state = &self.state;
        let theme = Theme::of(state.settings.mode);
        let (supply, enlarged) = (self.map.supply_status(), self.map.enlarged_from());
        let zoom = self.map.camera.viewport.zoom;
        let bar = Frame::new().fill(theme.panel()).inner_margin(egui::Margin::symmetric(12, 0));
        Panel::top("top")
            .exact_size(size::TOP_BAR)
            .frame(bar)
            .show(ui, |ui| top::show(ui, state, &mut self.search, actions));
        // Rooms are kept from the outside in and filled from left to right and from top to bottom: in
        // that order the keyboard goes from one to the next.
        let status = kept(Panel::bottom("status").exact_size(size::STATUS_BAR).frame(bar), ui);
        if let Some(review) = &state.review {
            CentralPanel::no_frame().show(ui, |ui| {
                let seen = (&mut self.plan_text, &mut self.map);
                review::show(ui, state, review, &mut self.review, seen, actions);
            });
            fill(ui, "status", status, |ui| {
                status::show(ui, state, &supply, enlarged, zoom, actions);
            });
            if state.covered != Padding::default() {
                actions.push(Action::SetCovered(Padding::default()));
            }
            return;
        }
        let width = ui.available_width();
        let docked = width >= size::DOCK_FROM;
        let side = Frame::new().fill(theme.panel());
        let fit = docked || width >= size::BOTH_FROM;
        if fit != state.side_by_side {
            actions.push(Action::SetSideBySide(fit));
        }
        if docked && state.left_open {
            Panel::left("left")
                .exact_size(size::LEFT)
                .frame(side)
                .show(ui, |ui| left::show(ui, state, &mut self.typed, &supply, actions));
        }
        let right = (docked && state.right_open).then(|| {
            let panel = Panel::right("right").default_size(size::RIGHT).size_range(320.0..=560.0);
            kept(panel.frame(side), ui)
        });
        let most = ui.available_height() * 0.6;
        let table =
            state.settings.table_open.then(|| kept(table_panel(ui, state, most).frame(side), ui));
        CentralPanel::no_frame().show(ui, |ui| {
            let area = ui.available_rect_before_wrap();
            let mut padding = Padding::default();
            if !docked {
                // In a narrow window there is room over the map for one panel beside it.
                if state.left_seen() {
                    padding.left = size::LEFT;
                }
                if state.right_seen() {
                    padding.right = size::RIGHT.min((area.width() * 0.42).max(NARROWEST_CARD));
                }
            }
            if padding.left > 0.0 {
                floating(ui, "left", area, padding.left, false, theme, |ui| {
                    left::show(ui, state, &mut self.typed, &supply, actions);
                });
            }
            let has_chips = !state.filter.is_empty();
            padding.top = if has_chips { chips::HEIGHT } else { 0.0 };
            if has_chips {
                chips::show(ui, area, padding, state, actions);
            }
            if padding != state.covered {
                actions.push(Action::SetCovered(padding));
            }
            let frame = MapFrame { padding, ..MapFrame::default() };
            actions.extend(self.map.show(ui, state, frame));
            if padding.right > 0.0 {
                let text = &mut self.plan_text;
                floating(ui, "right", area, padding.right, true, theme, |ui| {
                    right::show(ui, state, text, actions);
                });
            }
        });
        if let Some(rect) = right {
            fill(ui, "right", rect, |ui| right::show(ui, state, &mut self.plan_text, actions));
        }
        if let Some(rect) = table {
            fill(ui, "table", rect, |ui| {
                drawer::show(ui, state, &mut self.condition, actions);
            });
        }
        fill(ui, "status", status, |ui| status::show(ui, state, &supply, enlarged, zoom, actions));
    }
}

/// A side panel over the map is never narrower.
const NARROWEST_CARD: f32 = 300.0;

/// The table's drawer: as high as the user wants it, and no higher than its rows. With few of them it
/// is another panel, so that it has its height again when more are left.
fn table_panel(ui: &Ui, state: &State, most: f32) -> Panel {
    // Rows of a layer are looked at for longer, under a condition and heads.
    const LAYER_SHARE: f32 = 0.42;
    let (salt, usual) = match state.table_layer() {
        Some(_) => ("layer-table", (ui.available_height() * LAYER_SHARE).max(size::TABLE)),
        None => ("table", size::TABLE),
    };
    let whole = drawer::whole_height(ui.ctx(), state).min(most);
    let wished = egui::containers::PanelState::load(ui.ctx(), ui.scope_id().with(salt));
    if whole < wished.map_or(usual, |panel| panel.size().y) {
        return Panel::bottom("table-of-few").resizable(false).exact_size(whole);
    }
    let panel = Panel::bottom(salt).resizable(true).default_size(usual);
    panel.size_range(most.min(140.0)..=whole)
}

/// Keeps the room of a panel, to be filled later.
fn kept(panel: Panel, ui: &mut Ui) -> egui::Rect {
    let all = |ui: &mut Ui| {
        ui.expand_to_include_rect(ui.max_rect());
        ui.max_rect()
    };
    panel.show(ui, all).inner
}

/// Fills a room that was kept.
pub fn fill(ui: &mut Ui, salt: &str, rect: egui::Rect, content: impl FnOnce(&mut Ui)) {
    let room = egui::UiBuilder::new().id_salt(salt).max_rect(rect);
    let mut ui = ui.new_child(room);
    ui.set_clip_rect(rect);
    content(&mut ui);
}

/// The interface is never larger than the window has room for.
fn keep_room(ctx: &egui::Context) {
    let zoom = ctx.zoom_factor();
    let window = ctx.content_rect().size() * zoom;
    let [width, height] = size::LEAST_WINDOW;
    let most = ((window.x / width).min(window.y / height) * 10.0).floor() / 10.0;
    if zoom > most.max(1.0) + 0.01 {
        ctx.set_zoom_factor(most.max(1.0));
    }
}

/// A side panel over the map.
fn floating(
    ui: &Ui,
    id: &str,
    area: egui::Rect,
    width: f32,
    at_right: bool,
    theme: Theme,
    content: impl FnOnce(&mut Ui),
) {
    let left = if at_right { area.right() - width } else { area.left() };
    let rect =
        egui::Rect::from_min_size(egui::pos2(left, area.top()), egui::vec2(width, area.height()));
    egui::Area::new(egui::Id::unique(("side", id)))
        .order(egui::Order::Middle)
        .fade_in(false)
        .fixed_pos(rect.min)
        .show(ui.ctx(), |ui| {
            ui.set_clip_rect(rect);
            ui.painter().rect_filled(rect, 0.0, theme.panel());
            let edge = if at_right { rect.left() } else { rect.right() };
            ui.painter().vline(edge, rect.y_range(), egui::Stroke::new(1.0, theme.hairline()));
            ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
                ui.set_min_size(rect.size());
                content(ui);
            });
        });
}
