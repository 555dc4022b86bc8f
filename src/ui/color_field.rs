//! A colour that may be chosen from a palette or freely.

use egui::{
    Button, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
    color_picker::{Alpha, color_picker_color32},
    vec2,
};

use crate::{
    app::Language,
    style::{Mode, Rgba, category_color},
    theme::{Theme, color},
    tr,
};

/// How many colours the palette offers.
const PALETTE: usize = 12;
const SWATCH: [f32; 2] = [34.0, 18.0];

/// A swatch that opens the palette. `own` is what was chosen, `auto` what is shown without a choice;
/// `pick` gets a new choice, `None` for the automatic one.
pub fn color_field(
    ui: &mut Ui,
    name: &str,
    own: Option<Rgba>,
    auto: Rgba,
    language: Language,
    mode: Mode,
    pick: &mut dyn FnMut(Option<Rgba>),
) {
    let shown = own.unwrap_or(auto);
    let theme = Theme::of(mode);
    let button = Button::new("").fill(color(shown)).min_size(SWATCH.into());
    let button = button.stroke(Stroke::new(1.0, theme.muted()));
    let config = egui::containers::menu::MenuConfig::new()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    let menu = egui::containers::menu::MenuButton::from_button(button).config(config);
    let (response, _) = menu.ui(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        egui::Grid::new("palette").num_columns(6).spacing(vec2(4.0, 4.0)).show(ui, |ui| {
            for i in 0..PALETTE {
                let one = category_color(i, mode);
                if swatch(ui, one, shown == one, theme, language) {
                    pick(Some(one));
                }
                if i % 6 == 5 {
                    ui.end_row();
                }
            }
        });
        if ui.button(tr!(language, "style.auto")).clicked() {
            pick(None);
            ui.close();
        }
        let mut free = color(shown.with_alpha(255));
        if color_picker_color32(ui, &mut free, Alpha::Opaque) {
            let [r, g, b, _] = free.to_array();
            pick(Some(Rgba(r, g, b, 255)));
        }
    });
    let words = format!("{name} {}", shown.to_hex());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    response.on_hover_text(words);
}

fn swatch(ui: &mut Ui, own: Rgba, is_chosen: bool, theme: Theme, language: Language) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(24.0, 24.0), Sense::click());
    let words = tr!(language, "style.pick", color = own.to_hex());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, &words));
    ui.painter().rect_filled(rect.shrink(2.0), 3.0, color(own));
    // White is seen on white.
    let edge = Stroke::new(1.0, theme.muted());
    ui.painter().rect_stroke(rect.shrink(2.0), 3.0, edge, StrokeKind::Inside);
    if is_chosen || response.hovered() || response.has_focus() {
        let rim = Stroke::new(2.0, theme.ink());
        ui.painter().rect_stroke(rect, 4.0, rim, StrokeKind::Inside);
    }
    response.on_hover_text(words).clicked()
}
