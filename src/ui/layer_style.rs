//! The sheet of a layer's style; the map shows every change at once.

use egui::{Checkbox, DragValue, Slider, TextEdit, Ui};

use super::{
    color_field::color_field,
    layer_style_parts::{Subject, choice, row},
    layer_style_rule,
    sheet::{Part, Place, Sheet},
    widgets,
};
use crate::{
    app::{Action, LayerKey, State},
    layer::{
        name_fields,
        style::{Hex, LayerStyle, SEEN_FROM_AFAR, Template},
    },
    sheet::scale::{METRES_PER_POINT, SCALES, metres_per_point, parse_denominator, scale_text},
    style::{MapPalette, Marker, Rgba, layer_color},
    theme::{self, Theme, size},
    tr,
};

const WIDTH: f32 = 380.0;
/// Draws the sheet.
pub fn show(ui: &Ui, state: &State, key: LayerKey, theme: Theme, actions: &mut Vec<Action>) {
    let Some(layer) = state.layer(key) else {
        actions.push(Action::CloseOverlay);
        return;
    };
    let language = state.settings.language;
    let data = &layer.data.0;
    let zoom = state.viewport.map_or(SEEN_FROM_AFAR, |viewport| viewport.zoom);
    let look = layer.dress.look(data.len(), state.settings.mode, zoom);
    let own = Subject { state, layer, holds: data.holds(), look, language, theme };
    let mut style = LayerStyle::clone(&layer.dress.style);
    let title = tr!(language, "style.title", name = data.name);
    let place = Place::Beside(if state.left_seen() { size::LEFT } else { 0.0 });
    let sheet = Sheet { id: "layer-style", title: &title, width: WIDTH, place, is_modal: false };
    let closed = sheet.show(ui, language, theme, |ui, part| match part {
        Part::Body => {
            heading(ui, &tr!(language, "style.colors"));
            layer_style_rule::show(ui, &own, &mut style);
            heading(ui, &tr!(language, "style.symbol"));
            symbol(ui, &own, &mut style);
            heading(ui, &tr!(language, "style.labels"));
            labels(ui, &own, &mut style);
            heading(ui, &tr!(language, "style.layer"));
            whole(ui, &own, key, &mut style, actions);
        }
        Part::Foot => {
            ui.horizontal(|ui| {
                if ui.button(tr!(language, "style.reset")).clicked() {
                    style = LayerStyle::default();
                }
                if ui.button(tr!(language, "style.done")).clicked() {
                    actions.push(Action::CloseOverlay);
                }
            });
        }
    });
    if style != *layer.dress.style {
        // What is dragged is remembered once it is let go.
        let settled = !ui.input(|input| input.pointer.any_down());
        actions.push(Action::SetLayerStyle { key, style: Box::new(style), settled });
    }
    if closed {
        actions.push(Action::CloseOverlay);
    }
}

/// A heading that stands where its rows begin.
fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    ui.label(theme::text(words, size::SMALL, true));
}

fn symbol(ui: &mut Ui, own: &Subject<'_>, style: &mut LayerStyle) {
    let Subject { language, theme, holds, ref look, .. } = *own;
    let mode = own.state.settings.mode;
    let symbol = &mut style.symbol;
    let color = |hex: Option<Hex>| hex.map(|Hex(color)| color);
    if style.rule.field().is_none() {
        let name = tr!(language, "style.color");
        row(ui, &name, theme, |ui, _| {
            let auto = layer_color(own.layer.dress.color, mode);
            color_field(ui, &name, color(symbol.color), auto, language, mode, &mut |picked| {
                symbol.color = picked.map(Hex);
            });
        });
    }
    if holds.points {
        let name = tr!(language, "style.marker");
        let all = Marker::ALL.map(|own| (own, tr!(language, format!("style.{}", own.key()))));
        choice(ui, &name, theme, &mut symbol.marker, &all);
        let usual = look.point_radius_pt;
        number(ui, own, "style.size", &mut symbol.point_radius_pt, usual, 0.8..=24.0);
    }
    if holds.areas {
        let name = tr!(language, "style.fill");
        row(ui, &name, theme, |ui, label| {
            let slider = Slider::new(&mut symbol.fill_share, 0.0..=1.0)
                .custom_formatter(|share, _| percent(share));
            ui.add(slider).labelled_by(label);
        });
    }
    if holds.lines || holds.areas {
        let usual = look.line_width_pt;
        number(ui, own, "style.width", &mut symbol.line_width_pt, usual, 0.2..=16.0);
    }
    if holds.points || holds.areas {
        let name = tr!(language, "style.outline");
        row(ui, &name, theme, |ui, _| {
            let auto: Rgba = if holds.areas { look.color(0) } else { MapPalette::of(mode).halo };
            color_field(ui, &name, color(symbol.outline), auto, language, mode, &mut |picked| {
                symbol.outline = picked.map(Hex);
            });
        });
    }
}

/// A size in points, or the usual one.
fn number(
    ui: &mut Ui,
    own: &Subject<'_>,
    key: &str,
    value: &mut Option<f32>,
    usual: f32,
    range: std::ops::RangeInclusive<f32>,
) {
    let language = own.language;
    row(ui, &tr!(language, key), own.theme, |ui, label| {
        let mut shown = value.unwrap_or(usual);
        let slider = Slider::new(&mut shown, range).logarithmic(true).fixed_decimals(1);
        if ui.add(slider.suffix(" pt")).labelled_by(label).changed() {
            *value = Some(shown);
        }
        if value.is_some() && ui.small_button(tr!(language, "style.auto")).clicked() {
            *value = None;
        }
    });
}

fn labels(ui: &mut Ui, own: &Subject<'_>, style: &mut LayerStyle) {
    let Subject { language, theme, .. } = *own;
    let mode = own.state.settings.mode;
    let fields = &own.layer.data.0.fields;
    let labels = &mut style.labels;
    let shown = ui.add(Checkbox::new(&mut labels.on, tr!(language, "style.labels_on")));
    if shown.changed() && labels.on && labels.text.trim().is_empty() {
        // What names a feature elsewhere names it here.
        let named = name_fields(fields).next().or(Some(0));
        let field = named.and_then(|i| fields.get(i));
        labels.text = field.map(|field| format!("{{{}}}", field.name)).unwrap_or_default();
    }
    if !labels.on {
        return;
    }
    let name = tr!(language, "style.label_text");
    row(ui, &name, theme, |ui, label| {
        let hint = theme::text(tr!(language, "style.label_hint"), size::SMALL, false);
        let field = TextEdit::singleline(&mut labels.text).hint_text(hint).desired_width(170.0);
        ui.add(field).labelled_by(label);
        let menu = ui.menu_button(tr!(language, "style.insert"), |ui| {
            egui::ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
                for field in fields {
                    if ui.button(&field.name).clicked() {
                        labels.text = format!("{}{{{}}}", labels.text, field.name);
                        ui.close();
                    }
                }
            });
        });
        menu.response.on_hover_text(tr!(language, "style.insert_hint"));
    });
    let template = Template::read(&labels.text, fields);
    if !template.unknown().is_empty() {
        let words = tr!(language, "style.no_field", names = template.unknown().join(" · "));
        let words = theme::text(words, size::SMALL, false).color(theme.accent());
        ui.add(egui::Label::new(words).wrap());
    }
    let name = tr!(language, "style.label_size");
    row(ui, &name, theme, |ui, label| {
        let drag = DragValue::new(&mut labels.size_pt).range(6.0..=48.0).speed(0.2);
        ui.add(drag.fixed_decimals(1).suffix(" pt")).labelled_by(label);
        ui.checkbox(&mut labels.bold, tr!(language, "style.bold"));
    });
    let name = tr!(language, "style.label_color");
    row(ui, &name, theme, |ui, _| {
        let auto = MapPalette::of(mode).ink;
        let known = labels.color.map(|Hex(color)| color);
        color_field(ui, &name, known, auto, language, mode, &mut |picked| {
            labels.color = picked.map(Hex);
        });
    });
}

fn whole(
    ui: &mut Ui,
    own: &Subject<'_>,
    key: LayerKey,
    style: &mut LayerStyle,
    actions: &mut Vec<Action>,
) {
    let Subject { language, theme, state, layer, .. } = *own;
    row(ui, &tr!(language, "style.opacity"), theme, |ui, label| {
        let slider =
            Slider::new(&mut style.opacity, 0.0..=1.0).custom_formatter(|share, _| percent(share));
        ui.add(slider).labelled_by(label);
    });
    let now = state.viewport.as_ref().and_then(metres_per_point);
    let now = now.map_or(100_000.0, |metres| metres / METRES_PER_POINT);
    let scales = &mut style.scales;
    scale(ui, own, "style.nearest", &mut scales.nearest, now);
    scale(ui, own, "style.farthest", &mut scales.farthest, now);
    row(ui, &tr!(language, "style.order"), theme, |ui, _| {
        for (words, up) in [("style.raise", true), ("style.lower", false)] {
            if ui.button(tr!(language, words)).clicked() {
                actions.push(Action::ShiftLayer { key, up });
            }
        }
    });
    let mut visible = layer.visible;
    if ui.checkbox(&mut visible, tr!(language, "style.visible")).changed() {
        actions.push(Action::ToggleLayer { file: key.0, layer: key.1 });
    }
}

/// One end of the range of scales: none, or 1:N. It begins where the map is.
fn scale(ui: &mut Ui, own: &Subject<'_>, key: &str, end: &mut Option<f64>, now: f64) {
    let language = own.language;
    let name = tr!(language, key);
    row(ui, &name, own.theme, |ui, label| {
        let mut is_set = end.is_some();
        let check = ui.add(Checkbox::without_text(&mut is_set));
        widgets::named_check(&check, is_set, &name);
        if check.changed() {
            *end = is_set.then(|| now.round().clamp(*SCALES.start(), *SCALES.end()));
        }
        if let Some(denominator) = end {
            let speed = *denominator * 0.01;
            let drag = DragValue::new(denominator)
                .range(SCALES)
                .speed(speed)
                .custom_formatter(|n, _| scale_text(n))
                .custom_parser(parse_denominator);
            ui.add(drag).labelled_by(label);
        } else {
            let words = tr!(language, "style.no_end");
            ui.label(theme::text(words, size::SMALL, false).color(own.theme.muted()));
        }
    });
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
