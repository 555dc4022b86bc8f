//! The desktop's own dialog of files: that of Windows, or the portal of a Linux desktop.

use std::path::PathBuf;

use crate::app::browse::FileQuestion;

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Chosen(Vec<PathBuf>),
    /// Closed without a choice.
    Closed,
    /// The desktop offers none, as on a bare X server or a kiosk.
    NoDialog,
}

/// Asks and waits for the answer.
#[cfg(feature = "gui")]
pub fn ask_desktop(question: &FileQuestion) -> Answer {
    use crate::app::browse::Purpose;
    if !is_offered(None) {
        return Answer::NoDialog;
    }
    let dialog = rfd::FileDialog::new().set_title(&question.title).set_directory(&question.folder);
    let dialog = if question.extensions.is_empty() {
        dialog
    } else {
        dialog.add_filter(&question.kind, &question.extensions)
    };
    let chosen = match question.purpose {
        Purpose::Open | Purpose::Attach => dialog.pick_files(),
        Purpose::Table
        | Purpose::Plan
        | Purpose::NewerPlan
        | Purpose::LayerFile
        | Purpose::ProjectTable
        | Purpose::Place => dialog.pick_file().map(|path| vec![path]),
        Purpose::Save | Purpose::Workbook | Purpose::SaveAttachment => {
            dialog.set_file_name(&question.name).save_file().map(|path| vec![path])
        }
    };
    chosen.map_or(Answer::Closed, Answer::Chosen)
}

/// Without a window there is nobody to ask.
#[cfg(not(feature = "gui"))]
pub const fn ask_desktop(_: &FileQuestion) -> Answer {
    Answer::NoDialog
}

/// Whether the portal on the session bus, or on the bus at an address, chooses files. That its name
/// is there says little: only an answer does.
#[cfg(all(feature = "gui", target_os = "linux"))]
pub fn is_offered(bus: Option<&str>) -> bool {
    use std::time::Duration;

    use zbus::blocking::{Proxy, connection::Builder};
    const PORTAL: &str = "org.freedesktop.portal.Desktop";
    const PATH: &str = "/org/freedesktop/portal/desktop";
    const CHOOSER: &str = "org.freedesktop.portal.FileChooser";
    /// The portal may have to start.
    const PATIENCE: Duration = Duration::from_secs(3);
    let version = || -> zbus::Result<u32> {
        let builder = match bus {
            Some(address) => Builder::address(address)?,
            None => Builder::session()?,
        };
        let connection = builder.method_timeout(PATIENCE).build()?;
        Proxy::new(&connection, PORTAL, PATH, CHOOSER)?.get_property("version")
    };
    version().is_ok()
}

/// Windows and macOS always have one.
#[cfg(all(feature = "gui", not(target_os = "linux")))]
pub const fn is_offered(_: Option<&str>) -> bool {
    true
}
