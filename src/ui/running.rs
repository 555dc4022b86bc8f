//! Jobs on their way, in the status bar, each with a way to stop it.

use egui::{Role, Ui, WidgetInfo};

use super::widgets;
use crate::{
    app::{Action, Entry, Language, State},
    theme::{self, Theme, size},
    tr,
};

/// Draws those that have no entry elsewhere.
pub fn show(ui: &mut Ui, state: &State, theme: Theme, actions: &mut Vec<Action>) {
    let language = state.settings.language;
    for job in &state.running {
        let Some(words) = words(&job.entry, language) else { continue };
        let name = format!("{} {words}", tr!(language, "job.stop"));
        ui.label(theme::text(&words, size::SMALL, false).color(theme.muted()));
        let stop = widgets::link(ui, &tr!(language, "job.stop"), theme);
        stop.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
        if stop.clicked() {
            actions.push(Action::StopJob(job.id));
        }
    }
}

fn words(entry: &Entry, language: Language) -> Option<String> {
    match entry {
        Entry::Export(path) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            Some(tr!(language, "job.export", name = short(&name.unwrap_or_default())))
        }
        Entry::Basemap(text) => Some(tr!(language, "job.basemap", name = short(text))),
        Entry::Join(_, path) => {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            Some(tr!(language, "job.join", name = short(&name.unwrap_or_default())))
        }
        Entry::KeyTest => Some(tr!(language, "job.key")),
        // They tell in their own panels, or are over before anybody looks.
        Entry::LayerOrder(_)
        | Entry::JoinQuestion
        | Entry::Filter
        | Entry::File(_)
        | Entry::Package
        | Entry::Workbook
        | Entry::FileQuestion
        | Entry::None => None,
    }
}

/// An address may be longer than the bar.
fn short(text: &str) -> String {
    const LONGEST: usize = 36;
    let mut words: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        words.push('…');
    }
    words
}
