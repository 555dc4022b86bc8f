//! What is attached to the project in the card: small pictures, names, sizes, who and when.

use egui::{ColorImage, Label, Role, TextureHandle, TextureOptions, Ui, WidgetInfo, vec2};

use super::{card::section, widgets, workbook::moment};
use crate::{
    app::{Action, BookEdit, BookStep, Language, State, text},
    book::AttachmentRecord,
    catalogue::Project,
    store::thumbnail::pixels,
    theme::{self, Theme, size},
    tr,
};

/// Room of a picture, in points.
const SIDE: f32 = 56.0;

/// Lists what is attached; in a form files are added and taken away, too.
pub fn show(
    ui: &mut Ui,
    state: &State,
    project: &Project,
    is_form: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    let all = state.workbook.attachments(&project.id);
    if all.is_empty() && !is_form {
        return;
    }
    section(ui, &tr!(language, "attachment.title", n = all.len()), theme);
    for own in &all {
        one(ui, state, own, is_form, theme, actions);
    }
    if is_form {
        if ui.button(tr!(language, "attachment.add")).clicked() {
            actions.push(Action::Workbook(BookStep::AskAttach(project.id.clone())));
        }
        let hint = tr!(language, "attachment.hint");
        ui.add(Label::new(theme::text(hint, size::SMALL, false).color(theme.muted())).wrap());
    }
}

fn one(
    ui: &mut Ui,
    state: &State,
    own: &AttachmentRecord,
    is_form: bool,
    theme: Theme,
    actions: &mut Vec<Action>,
) {
    let language = state.settings.language;
    ui.horizontal_top(|ui| {
        picture(ui, state, own, theme);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let name = text::shortened(&own.name, 80);
            ui.add(Label::new(theme::text(name, size::BODY, false)).wrap());
            let by = format!(
                "{} · {} · {}",
                weight(own.bytes, language),
                own.mark.who,
                moment(&own.mark.at)
            );
            ui.add(Label::new(theme::text(by, size::SMALL, false).color(theme.muted())).wrap());
            ui.horizontal_wrapped(|ui| {
                let mut link = |words: &str, step: BookStep| {
                    let link = widgets::link(ui, &tr!(language, words), theme);
                    let name = format!("{} {}", tr!(language, words), own.name);
                    link.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                    if link.clicked() {
                        actions.push(Action::Workbook(step));
                    }
                };
                link("attachment.open", BookStep::OpenAttachment(own.id.clone()));
                link("attachment.save", BookStep::AskSaveAttachment(own.id.clone()));
                if is_form {
                    let attachment = own.id.clone();
                    link("attachment.remove", BookStep::Edit(BookEdit::Detach { attachment }));
                }
            });
        });
    });
}

/// A small picture of it, or what kind of file it is.
fn picture(ui: &mut Ui, state: &State, own: &AttachmentRecord, theme: Theme) {
    let (rect, response) = ui.allocate_exact_size(vec2(SIDE, SIDE), egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &own.name));
    if !ui.is_rect_visible(rect) {
        return;
    }
    if let Some(texture) = texture(ui, state, own) {
        let size = texture.size_vec2();
        let scale = (SIDE / size.x).min(SIDE / size.y);
        let place = egui::Rect::from_center_size(rect.center(), size * scale);
        let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
        ui.painter().image(texture.id(), place, whole, theme::UNTINTED);
        return;
    }
    ui.painter().rect_filled(rect, egui::CornerRadius::same(4), theme.chip());
    let ending = own.name.rsplit_once('.').map(|(_, ending)| ending.to_uppercase());
    let ending = ending.filter(|own| own.len() <= 5 && own.is_ascii()).unwrap_or_default();
    let (font, middle) = (theme::font(size::SMALL, true), egui::Align2::CENTER_CENTER);
    ui.painter().text(rect.center(), middle, ending, font, theme.muted());
}

/// The picture as the graphics card has it, made when it is first seen.
fn texture(ui: &Ui, state: &State, own: &AttachmentRecord) -> Option<TextureHandle> {
    let hash = own.thumbnail.as_ref()?;
    let bytes = state.workbook.shown.pictures.get(hash)?;
    let id = egui::Id::unique(("attachment", hash));
    if let Some(known) = ui.data(|d| d.get_temp::<Option<TextureHandle>>(id)) {
        return known;
    }
    let made = pixels(bytes).map(|own| {
        let image = ColorImage::from_rgba_unmultiplied([own.width_px, own.height_px], &own.rgba);
        ui.ctx().load_texture(hash, image, TextureOptions::LINEAR)
    });
    ui.data_mut(|d| d.insert_temp(id, made.clone()));
    made
}

/// How large a file is.
fn weight(bytes: u64, language: Language) -> String {
    match bytes {
        0 => tr!(language, "attachment.size_unknown"),
        1..1_000_000 => format!("{} KB", text::number((bytes as f64 / 1e3).ceil())),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
