//! Writing a layer of the window into a file.

use std::path::PathBuf;

use super::Report;
use crate::{
    app::{
        Action, Cancel, Language, Message, NoticeLevel, Tell, layer_export::LayerExport,
        open_layers::finding_words,
    },
    layer::Finding,
    store::layers::{
        write::{Encoding, Outgoing, Watch, WriteError, WriteOptions},
        write_layers,
    },
    tr,
};

/// A layer is written, and what the file does not hold of it.
#[derive(Debug)]
pub(super) struct Written {
    pub path: PathBuf,
    pub left: Vec<Finding>,
}

impl Tell for Written {
    fn tell(&self, language: Language) -> String {
        let done = tr!(language, "export.done", path = self.path.display());
        let causes = self.left.iter().map(|finding| finding_words(finding, language));
        let told: Vec<String> = causes.chain([done]).collect();
        told.join(if language == Language::Chinese { "；" } else { "; " })
    }
}

/// Writes it, and tells what the file does not hold. A stopped export leaves nothing.
pub fn export_layer(order: Box<LayerExport>, cancel: &Cancel, report: &Report) {
    let options = WriteOptions {
        crs: order.crs,
        overwrite: order.replace,
        encoding: if order.gbk { Encoding::Gbk } else { Encoding::Utf8 },
    };
    let watch = Some(Watch { cancel: &cancel.0, passed: &|_| {} });
    let passed = order.passed.as_ref().map(|passed| passed.rows.as_slice());
    let own = Outgoing { passed, watch, ..Outgoing::all(&order.data.0) };
    match write_layers(&[own], &order.path, &options) {
        Ok(left) => {
            let written = Message::new(Written { path: order.path, left });
            report(Action::Notify(NoticeLevel::Done, written));
        }
        Err(WriteError::Exists(_)) => report(Action::AskReplaceLayer(order)),
        // Whoever stopped it knows.
        Err(WriteError::Stopped) => {}
        Err(reason) => report(Action::Notify(NoticeLevel::Problem, Message::new(reason))),
    }
}
