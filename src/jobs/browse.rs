//! Asking for files, and looking into folders.

use std::path::PathBuf;

use super::Report;
use crate::{
    app::{
        Action, Message,
        browse::{FileQuestion, Purpose},
    },
    store::{
        self,
        file_dialog::{Answer, ask_desktop},
        folders,
    },
};

/// Asks in the desktop's dialog; where there is none the window is told to ask. Nothing comes of a
/// dialog that is closed without a choice.
pub fn ask(mut question: FileQuestion, report: &Report) {
    if question.folder.as_os_str().is_empty() {
        question.folder = store::settings::export_folder();
    }
    match ask_desktop(&question) {
        Answer::Chosen(paths) => {
            report(Action::FilesChosen { purpose: question.purpose, paths });
        }
        Answer::Closed => {}
        Answer::NoDialog => report(Action::BrowseHere(Box::new(question))),
    }
}

/// What is in a folder; a path to a file is the choice of that file.
pub fn read(path: PathBuf, report: &Report) {
    if folders::is_file(&path) {
        report(Action::FilesChosen { purpose: Purpose::Open, paths: vec![path] });
        return;
    }
    let entries = folders::list(&path).map_err(Message::new);
    report(Action::FolderRead { folder: path, entries });
}
