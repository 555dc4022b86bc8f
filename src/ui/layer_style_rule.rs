//! What the colours of a layer mean: one symbol, categories, classes of a ramp.

use egui::{ComboBox, DragValue, Rect, Sense, Ui, pos2, vec2};

use super::{
    color_field::color_field,
    layer_style_parts::{Subject, choice, row},
};
use crate::{
    app::Language,
    layer::{
        FieldKind,
        style::{Hex, LayerStyle, Method, Rule},
    },
    style::{Mode, Ramp},
    theme::{self, Theme, color, size},
    tr,
};

/// Draws it.
pub fn show(ui: &mut Ui, own: &Subject<'_>, style: &mut LayerStyle) {
    let Subject { language, theme, .. } = *own;
    let data = &own.layer.data.0;
    let figures = data.figures_in_words();
    let numeric = |i: usize| data.kind_of(i).is_number() || figures.get(i) == Some(&true);
    // Words that come again tell kinds; numbers and names of single features do not.
    let sorts = |i: usize| data.kind_of(i) == FieldKind::Text && !numeric(i) && data.comes_again(i);
    let field = style.rule.field().map(str::to_owned);
    let first = |wanted: &dyn Fn(usize) -> bool| {
        let known = field.clone().filter(|name| {
            data.fields.iter().position(|own| own.name == *name).is_some_and(wanted)
        });
        known.or_else(|| {
            let any = (0..data.fields.len()).find(|i| wanted(*i)).unwrap_or(0);
            data.fields.get(any).map(|field| field.name.clone())
        })
    };
    let mut kinds = vec![(Rule::One, tr!(language, "style.one"))];
    let kind = if field.is_none() && (0..data.fields.len()).any(sorts) {
        first(&sorts)
    } else {
        first(&|_| true)
    };
    if let Some(field) = kind {
        let most = Rule::USUAL_CATEGORIES;
        kinds.push((Rule::Category { field, most }, tr!(language, "style.category")));
    }
    if let Some(field) = first(&numeric).filter(|_| (0..data.fields.len()).any(numeric)) {
        let usual = Rule::Graduated {
            field,
            classes: Rule::USUAL_CLASSES,
            method: Method::default(),
            ramp: Ramp::default(),
            reversed: false,
        };
        kinds.push((usual, tr!(language, "style.graduated")));
    }
    // The one that is shown stands for its kind.
    for (rule, _) in &mut kinds {
        if std::mem::discriminant(rule) == std::mem::discriminant(&style.rule) {
            *rule = style.rule.clone();
        }
    }
    let before = std::mem::discriminant(&style.rule);
    choice(ui, &tr!(language, "style.meaning"), theme, &mut style.rule, &kinds);
    if before != std::mem::discriminant(&style.rule) {
        style.colors.clear();
    }
    let names = |wanted: &dyn Fn(usize) -> bool| {
        let fields = data.fields.iter().enumerate().filter(|(i, _)| wanted(*i));
        fields.map(|(_, field)| (field.name.clone(), field.name.clone())).collect::<Vec<_>>()
    };
    let mut other_field = false;
    match &mut style.rule {
        Rule::One => return,
        Rule::Category { field, most } => {
            let before = field.clone();
            choice(ui, &tr!(language, "style.field"), theme, field, &names(&|_| true));
            other_field = *field != before;
            row(ui, &tr!(language, "style.most"), theme, |ui, label| {
                let drag = DragValue::new(most).range(1..=Rule::MOST_CATEGORIES).speed(0.1);
                ui.add(drag).labelled_by(label);
            });
        }
        Rule::Graduated { field, classes, method, ramp, reversed } => {
            choice(ui, &tr!(language, "style.field"), theme, field, &names(&numeric));
            let methods =
                Method::ALL.map(|own| (own, tr!(language, format!("style.{}", own.key()))));
            choice(ui, &tr!(language, "style.method"), theme, method, &methods);
            row(ui, &tr!(language, "style.classes"), theme, |ui, label| {
                let drag = DragValue::new(classes).range(2..=Rule::MOST_CLASSES).speed(0.1);
                ui.add(drag).labelled_by(label);
            });
            ramps(ui, own, ramp, reversed);
        }
    }
    if other_field {
        style.colors.clear();
    }
    classes(ui, own, style);
}

fn ramps(ui: &mut Ui, own: &Subject<'_>, ramp: &mut Ramp, reversed: &mut bool) {
    let Subject { language, theme, .. } = *own;
    let mode = own.state.settings.mode;
    let words = |ramp: Ramp, language: Language| tr!(language, format!("style.{}", ramp.key()));
    row(ui, &tr!(language, "style.ramp"), theme, |ui, label| {
        let combo = ComboBox::from_id_salt("ramp").selected_text(words(*ramp, language));
        let list = combo.width(120.0).show_ui(ui, |ui| {
            for one in Ramp::ALL {
                ui.horizontal(|ui| {
                    swatches(ui, one, mode, theme);
                    if ui.selectable_value(ramp, one, words(one, language)).clicked() {
                        ui.close();
                    }
                });
            }
        });
        list.response.labelled_by(label);
        ui.checkbox(reversed, tr!(language, "style.reversed"));
    });
}

/// A ramp's colours side by side.
fn swatches(ui: &mut Ui, ramp: Ramp, mode: Mode, theme: Theme) {
    const SIDE: f32 = 12.0;
    let colors = ramp.colors(6, mode);
    let (rect, _) = ui.allocate_exact_size(vec2(SIDE * colors.len() as f32, SIDE), Sense::hover());
    let mut left = rect.left();
    for own in colors {
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(SIDE, SIDE));
        ui.painter().rect_filled(place, 0.0, color(own));
        left += SIDE;
    }
    let rim = egui::Stroke::new(1.0, theme.hairline());
    ui.painter().rect_stroke(rect, 0.0, rim, egui::StrokeKind::Outside);
}

/// The classes with their colours and how many features each has.
fn classes(ui: &mut Ui, own: &Subject<'_>, style: &mut LayerStyle) {
    let Subject { language, theme, .. } = *own;
    let mode = own.state.settings.mode;
    let dress = &own.layer.dress;
    let Some(known) = dress.classes().filter(|_| dress.style.rule.sorts_as(&style.rule)) else {
        let words = theme::text(tr!(language, "style.working"), size::SMALL, false);
        ui.label(words.color(theme.muted()));
        return;
    };
    for (i, words) in dress.class_words(language) {
        let Some(item) = known.items.get(i) else { continue };
        let key = item.meaning.key(i);
        ui.horizontal(|ui| {
            ui.add_space(8.0);
            let name = tr!(language, "style.color_of", name = words);
            let picked = style.colors.get(&key).map(|Hex(color)| *color);
            let auto = own.look.color(u8::try_from(i).unwrap_or_default());
            let colors = &mut style.colors;
            color_field(ui, &name, picked, auto, language, mode, &mut |picked| match picked {
                Some(color) => {
                    colors.insert(key.clone(), Hex(color));
                }
                None => {
                    colors.remove(&key);
                }
            });
            let words = egui::Label::new(theme::text(&words, size::BODY, false)).truncate();
            let room = (ui.available_width() - 74.0).max(40.0);
            ui.scope(|ui| {
                ui.set_width(room);
                ui.add(words);
            });
            let count = theme::text(item.count.to_string(), size::SMALL, false);
            ui.label(count.color(theme.muted()));
        });
    }
}
