//! What stands on the map: scale bar, credits, zoom buttons, legend.

use egui::{Align2, Area, Frame, Id, Margin, Order, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::view::{MapFrame, MapView};
use crate::{
    app::{
        Action, State,
        command::{self, Effect},
    },
    raster::{feature_layer::AREA_TINT, scale_length},
    report::picture::legend_label,
    scene::{
        Ticks, View,
        legend::{Entry, Sample, entries},
    },
    style::layer_color,
    theme::{self, Theme, color, size},
    tr,
};

const BUTTON: f32 = 34.0;

/// Puts everything into the part of the map that panels leave free.
pub fn show(
    ui: &Ui,
    map: Rect,
    state: &State,
    frame: MapFrame,
    theme: Theme,
    view: &mut MapView,
    actions: &mut Vec<Action>,
) {
    let free = Rect::from_min_max(
        map.min + vec2(frame.padding.left, frame.padding.top),
        map.max - vec2(frame.padding.right, frame.padding.bottom),
    );
    if frame.presenting {
        return;
    }
    let top_of_credits = credits(ui, free, state, theme, view);
    scale_bar(ui, free, top_of_credits - 14.0, state, theme, view);
    buttons(ui, free, state, theme, view, actions);
    legend(ui, free, state, theme, view);
}

fn credits(ui: &Ui, free: Rect, state: &State, theme: Theme, view: &MapView) -> f32 {
    let words = credit_line(state, view);
    let painter = ui.painter_at(free);
    let width = (free.width() - 144.0).max(160.0);
    let galley = painter.layout(words, theme::font(10.5, false), theme.muted(), width);
    let corner = pos2(free.left() + 12.0, free.bottom() - galley.size().y - 7.0);
    let ground = Rect::from_min_size(corner, galley.size()).expand2(vec2(6.0, 2.0));
    painter.rect_filled(ground, 3.0, theme.floating().gamma_multiply(0.72));
    painter.galley(corner, galley, theme.muted());
    ground.top()
}

/// Whom the map owes what, and that it has no review number.
pub fn credit_line(state: &State, view: &MapView) -> String {
    let language = state.settings.language;
    let mut credits: Vec<&str> = Vec::new();
    for source in state.basemaps.sources() {
        let credit = source.credit.get(language);
        if !credit.is_empty() && !credits.contains(&credit) {
            credits.push(credit);
        }
    }
    if !state.basemaps.sources().is_empty() {
        let number = state.basemaps.sources().iter().find_map(|s| s.review_number.as_deref());
        let review = number.map_or_else(
            || tr!(language, "credits.no_review"),
            |number| tr!(language, "credits.review", number = number),
        );
        let name = state.basemaps.chosen.name.get(language);
        let whose = if credits.is_empty() { name.to_owned() } else { credits.join(" · ") };
        return format!("{whose} · {review} · {}", tr!(language, "credits.source"));
    }
    let own = tr!(language, "credits.embedded");
    // The archive credits its sources in Chinese.
    let sources = if language.is_english() { own.as_str() } else { view.attribution() };
    format!(
        "{} · {}",
        tr!(language, "credits.basemap", text = sources),
        tr!(language, "credits.source"),
    )
}

fn scale_bar(ui: &Ui, free: Rect, y: f32, state: &State, theme: Theme, view: &MapView) {
    let Some(bar) = scale_length(&view.camera.viewport, 130.0) else { return };
    let painter = ui.painter_at(free);
    let left = free.left() + 14.0;
    let ends = [pos2(left, y), pos2(left + bar.width_pt, y)];
    let words = if bar.length_m >= 1000.0 {
        format!("{} km", bar.length_m / 1000.0)
    } else {
        format!("{} m", bar.length_m)
    };
    let words = format!("{}{words}", tr!(state.settings.language, "scale.about"));
    for (width, ink) in [(4.5, theme.panel()), (1.8, theme.ink())] {
        let stroke = Stroke::new(width, ink);
        painter.line_segment(ends, stroke);
        for end in ends {
            painter.line_segment([end - vec2(0.0, 5.0), end + vec2(0.0, width / 4.0)], stroke);
        }
    }
    let at = ends[1] + vec2(8.0, 0.0);
    let galley = painter.layout_no_wrap(words, theme::font(size::SMALL, false), theme.ink());
    let rect = Align2::LEFT_CENTER.anchor_size(at, galley.size());
    painter.rect_filled(rect.expand2(vec2(4.0, 1.0)), 3.0, theme.floating().gamma_multiply(0.72));
    painter.galley(rect.min, galley, theme.ink());
}

fn buttons(
    ui: &Ui,
    free: Rect,
    state: &State,
    theme: Theme,
    view: &mut MapView,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let corner = pos2(free.right() - BUTTON - 14.0, free.bottom() - 3.0 * BUTTON - 26.0);
    let area = Area::new(Id::unique("map-buttons")).order(Order::Middle).fade_in(false);
    area.fixed_pos(corner).show(ui.ctx(), |ui| {
        panel(theme).inner_margin(Margin::same(0)).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            for (sign, id) in [("+", "zoom-in"), ("−", "zoom-out"), ("⌂", "fit-city")] {
                let button = egui::Button::new(theme::text(sign, 18.0, false))
                    .fill(egui::Color32::TRANSPARENT)
                    .min_size(vec2(BUTTON, BUTTON));
                let response = ui.add(button);
                let name = command::name(id, language);
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone())
                });
                if response.on_hover_text(command::hint(id, language)).clicked() {
                    let asked = command::press(id, state);
                    actions.extend(asked.actions);
                    for effect in asked.effects {
                        if let Effect::Zoom(levels) = effect {
                            view.zoom_by(levels);
                            ui.ctx().request_repaint();
                        }
                    }
                }
            }
        });
    });
}

fn panel(theme: Theme) -> Frame {
    Frame::new()
        .fill(theme.floating())
        .stroke(Stroke::new(1.0, theme.hairline()))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(14, 10))
}

fn legend(ui: &Ui, free: Rect, state: &State, theme: Theme, view: &mut MapView) {
    let language = state.settings.language;
    let at = pos2(free.right() - 14.0, free.top() + 12.0);
    let area = Area::new(Id::unique("map-legend")).order(Order::Middle).fade_in(false);
    area.pivot(Align2::RIGHT_TOP).fixed_pos(at).show(ui.ctx(), |ui| {
        panel(theme).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            // In a small window there is room for the map or for the legend: it opens when asked.
            let roomy = free.height() >= 560.0 && free.width() >= 1300.0;
            let open = view.legend_open.unwrap_or(roomy);
            view.legend_shown = open;
            let sign = if open { "−" } else { "+" };
            let title = format!("{}  {sign}", tr!(language, "legend.title"));
            let head = egui::Button::new(theme::text(title, size::SMALL, true))
                .frame(false)
                .wrap_mode(egui::TextWrapMode::Extend);
            let hint = command::hint("toggle-legend", language);
            if ui.add(head).on_hover_text(hint).clicked() {
                view.legend_open = Some(!open);
            }
            if !open {
                return;
            }
            let look = View {
                shown: &state.shown,
                selected: &[],
                hover: None,
                counties: &state.filter.counties,
                mode: state.settings.mode,
                zoom: view.camera.viewport.zoom,
                language,
                with_anchors: true,
                subject_only: false,
            };
            let (pins, lines): (Vec<Entry>, Vec<Entry>) = entries(&state.catalogue, look)
                .into_iter()
                .partition(|entry| matches!(entry.sample, Sample::Pin { .. }));
            for entry in &lines {
                row(ui, entry, &legend_label(&entry.what, language), theme);
            }
            egui::Grid::new("legend-pins").num_columns(2).spacing(vec2(10.0, 4.0)).show(ui, |ui| {
                for pair in pins.chunks(2) {
                    for entry in pair {
                        row(ui, entry, &legend_label(&entry.what, language), theme);
                    }
                    ui.end_row();
                }
            });
            own_layers(ui, state, theme);
        });
    });
}

/// The layers that the user has opened and not hidden.
fn own_layers(ui: &mut Ui, state: &State, theme: Theme) {
    const LONGEST: usize = 16;
    let shown = state.files.iter().flat_map(|file| &file.layers).filter(|layer| layer.visible);
    for layer in shown {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(28.0, 14.0), Sense::hover());
            let ink = color(layer_color(layer.color, state.settings.mode));
            let swatch = Rect::from_center_size(rect.center(), vec2(22.0, 10.0));
            let stroke = Stroke::new(1.5, ink);
            let tint = ink.gamma_multiply(AREA_TINT);
            ui.painter().rect(swatch, 2.0, tint, stroke, egui::StrokeKind::Inside);
            let name = &layer.data.0.name;
            let mut words: String = name.chars().take(LONGEST).collect();
            if name.chars().count() > LONGEST {
                words.push('…');
            }
            let label = ui.label(theme::text(words, size::SMALL, false).color(theme.ink()));
            label.on_hover_text(name);
        });
    }
}

fn row(ui: &mut Ui, entry: &Entry, label: &str, theme: Theme) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(34.0, 18.0), Sense::hover());
        sample(ui, rect, &entry.sample, theme);
        ui.label(theme::text(label, size::SMALL, false));
    });
}

fn sample(ui: &Ui, rect: Rect, sample: &Sample, theme: Theme) {
    let painter = ui.painter_at(rect);
    match sample {
        Sample::Line(strokes) => {
            for stroke in strokes {
                line_sample(&painter, rect, stroke);
            }
        }
        Sample::Pin { glyph, color: fill } => {
            painter.circle_filled(rect.center(), 8.0, color(*fill));
            let ink = theme.panel();
            let at = rect.center();
            painter.text(at, Align2::CENTER_CENTER, glyph, theme::font(10.0, true), ink);
        }
        Sample::Anchor { color: ink } => {
            painter.circle_stroke(rect.center(), 7.0, Stroke::new(1.5, color(*ink)));
            let font = theme::font(9.0, true);
            painter.text(rect.center(), Align2::CENTER_CENTER, "n", font, color(*ink));
        }
    }
}

fn line_sample(painter: &egui::Painter, rect: Rect, stroke: &crate::scene::Stroke) {
    let (from, to) = (rect.left_center() + vec2(2.0, 0.0), rect.right_center() - vec2(2.0, 0.0));
    let ink = Stroke::new(stroke.width_pt, color(stroke.color));
    if let Some(Ticks { length_pt, .. }) = stroke.ticks {
        for x in [0.3, 0.7] {
            let at: Pos2 = from + (to - from) * x;
            let half = vec2(0.0, length_pt / 2.0);
            painter.line_segment([at - half, at + half], ink);
        }
    } else if let Some([dash, gap]) = stroke.dash {
        painter.extend(egui::Shape::dashed_line(&[from, to], ink, dash, gap));
    } else {
        painter.line_segment([from, to], ink);
    }
}
