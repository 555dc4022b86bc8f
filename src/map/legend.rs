//! The legend on the map: a panel that folds, its rows painted as on paper.

use egui::{Align2, Area, Id, Order, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    cached_mesh::look,
    kept::{LaidOut, kept},
    panel::panel,
};
use crate::{
    app::{State, command},
    font::Fonts,
    report::legend::legend_groups,
    scene::{
        View, Viewport,
        legend::{LayerLook, Sample},
    },
    sheet::{
        EntrySample, LegendEntry, LegendLook,
        legend::{entry_row, is_cut},
    },
    style::{MapPalette, Mode},
    theme::{self, Theme, size},
    tr,
};

/// As wide as a name may be before it is cut; the pointer shows it whole.
const LONGEST_NAME: f32 = 190.0;

/// What became of the legend.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub is_open: bool,
    /// Where it stands on the screen.
    pub place: Rect,
}

/// Shows the legend at the top right of what is free; `open` is what the user chose, `None` leaves
/// it to the room there is.
pub fn show(
    ui: &Ui,
    free: Rect,
    state: &State,
    viewport: &Viewport,
    fonts: &Fonts,
    open: &mut Option<bool>,
) -> Shown {
    let language = state.settings.language;
    let theme = Theme::of(state.settings.mode);
    let at = pos2(free.right() - 14.0, free.top() + 12.0);
    let area = Area::new(Id::unique("map-legend")).order(Order::Middle).fade_in(false);
    // In a small window there is room for the map or for the legend: it opens when asked.
    let roomy = free.height() >= 420.0 && free.width() >= 1300.0;
    let is_open = open.unwrap_or(roomy);
    let shown = area.pivot(Align2::RIGHT_TOP).fixed_pos(at).show(ui.ctx(), |ui| {
        panel(theme).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(10.0, 0.0);
            let sign = if is_open { "−" } else { "+" };
            let title = format!("{}  {sign}", tr!(language, "legend.title"));
            let head = egui::Button::new(theme::text(title, size::SMALL, true))
                .frame(false)
                .wrap_mode(egui::TextWrapMode::Extend);
            let hint = command::hint("toggle-legend", language);
            if ui.add(head).on_hover_text(hint).clicked() {
                *open = Some(!is_open);
            }
            if is_open {
                ui.add_space(4.0);
                // No longer than what is free; the rest scrolls.
                let room = (free.bottom() - ui.cursor().top() - 12.0).max(size::ROW);
                let list = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
                list.show(ui, |ui| rows(ui, state, viewport, fonts));
            }
        });
    });
    Shown { is_open, place: shown.response.rect }
}

/// A row that is laid out.
struct LegendRow {
    label: String,
    drawn: LaidOut,
    /// Its name is longer than there is room for.
    is_cut: bool,
}

/// Lines and other marks, pins in two columns, the user's own layers.
type Rows = [Vec<LegendRow>; 3];

fn rows(ui: &mut Ui, state: &State, viewport: &Viewport, fonts: &Fonts) {
    let settings = &state.settings;
    let palette = MapPalette::of(settings.mode);
    let layers = own_layers(state, viewport, viewport.zoom);
    let told = layers.iter().map(|layer| {
        let LayerLook { name, has_areas, has_lines, symbol, classes } = layer;
        let sizes = [symbol.line_width_pt, symbol.fill_share].map(f32::to_bits);
        let looks = (symbol.color(0), symbol.outline, symbol.casing, symbol.marker, sizes);
        (name, *has_areas, *has_lines, looks, classes)
    });
    let told: Vec<_> = told.collect();
    let is_dark = settings.mode == Mode::Dark;
    let made_for =
        look(&(state.revision, is_dark, settings.language, viewport.zoom.to_bits(), told));
    let known = kept(ui, "map-legend-rows", made_for, |_| {
        laid_out(state, viewport, &layers, palette, fonts)
    });
    let [marks, pins, own] = &known.1;
    for one in marks {
        row(ui, one, fonts);
    }
    egui::Grid::new("legend-pins").num_columns(2).spacing(vec2(10.0, 0.0)).show(ui, |ui| {
        for pair in pins.chunks(2) {
            for one in pair {
                row(ui, one, fonts);
            }
            ui.end_row();
        }
    });
    for one in own {
        row(ui, one, fonts);
    }
}

fn laid_out(
    state: &State,
    viewport: &Viewport,
    layers: &[LayerLook],
    palette: &'static MapPalette,
    fonts: &Fonts,
) -> Rows {
    let view = View {
        shown: &state.shown,
        selected: &[],
        hover: None,
        counties: &state.filter.counties,
        mode: state.settings.mode,
        zoom: viewport.zoom,
        language: state.settings.language,
        with_anchors: true,
        subject_only: false,
    };
    let groups = legend_groups(&state.catalogue, view, layers, state.settings.language);
    let [lines, points, own] = groups.map(|group| group.entries);
    let is_pin =
        |entry: &LegendEntry| matches!(entry.sample, EntrySample::Mark(Sample::Pin { .. }));
    let (pins, others): (Vec<LegendEntry>, Vec<LegendEntry>) = points.into_iter().partition(is_pin);
    let marks = lines.into_iter().chain(others).collect();
    let row_of = |entry: LegendEntry| {
        let look = LegendLook { longest_label_pt: LONGEST_NAME, ..LegendLook::OVER_MAP };
        LegendRow {
            drawn: LaidOut::new(entry_row(&entry, &look, palette, fonts)),
            is_cut: is_cut(&entry, &look, fonts),
            label: entry.label,
        }
    };
    [marks, pins, own].map(|entries: Vec<LegendEntry>| entries.into_iter().map(row_of).collect())
}

/// The layers that the user has opened and not hidden, as far as they are seen at this scale, from
/// the ground up, dressed as at a zoom.
pub fn own_layers(state: &State, viewport: &Viewport, zoom: f64) -> Vec<LayerLook> {
    let (mode, language) = (state.settings.mode, state.settings.language);
    state
        .layers_from_ground()
        .into_iter()
        .filter(|(key, layer)| state.draws_layer(*key, layer) && layer.dress.is_seen(viewport))
        .filter_map(|(_, layer)| layer.dress.legend_look(&layer.data.0, mode, zoom, language))
        .collect()
}

/// A sample with its meaning. What is cut off of a long name shows under the pointer.
fn row(ui: &mut Ui, row: &LegendRow, fonts: &Fonts) {
    let (rect, response) = ui.allocate_exact_size(row.drawn.size_pt.into(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &row.label));
    row.drawn.put(ui.painter().clone(), rect.min, fonts);
    if row.is_cut {
        response.on_hover_text(&row.label);
    }
}
