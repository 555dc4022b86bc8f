//! Opening basemaps and files of features.

use std::path::Path;

use super::{Report, Services};
use crate::{
    app::{
        Action, BookStep, Cancel, Message, News, NoticeLevel, ProjectTableStep, Reading,
        open_layers::Snapshot,
    },
    geo::Datum,
    store::{
        self,
        layers::{Columns, LayerError, OpenOptions, open_layers},
        tiles::{OpenNote, http::Reply, is_basemap_file, open::Web, open_basemap},
    },
    tile::{Failure, TileSource},
};

impl Services {
    /// A basemap by name, address or file. A key in the address goes to the other keys. `None` when
    /// it was stopped meanwhile.
    ///
    /// # Errors
    /// Why there is no basemap at the address or in the file, for the user.
    pub fn open_basemap(
        &self,
        text: &str,
        datum: Option<Datum>,
        cancel: &Cancel,
        report: &Report,
    ) -> Result<Option<Vec<TileSource>>, Message> {
        let get = |url: &str| match self.tiles.client().get(url, None)? {
            Reply::Fresh(answer) => Ok(answer.body),
            Reply::NotModified(_) | Reply::Absent => Err(Failure::Refused(404)),
        };
        let range = |url: &str, offset, length| self.tiles.client().range(url, offset, length);
        let opened = open_basemap(text, datum, &Web { get: &get, range: &range });
        if cancel.is_stopped() {
            return Ok(None);
        }
        let opened = opened.map_err(Message::new)?;
        if let Some(key) = &opened.key {
            for source in &opened.sources {
                self.keep(source, key)?;
            }
        }
        if !opened.left_out.is_empty() {
            report(Action::Notify(NoticeLevel::Done, News::LeftOut(opened.left_out).into()));
        }
        for note in opened.notes {
            let news = match note {
                OpenNote::Defaults(properties) => News::StyleDefaults(properties),
                OpenNote::RowsFromNorth => News::RowsFromNorth,
                OpenNote::NoTiles { strange, tried } => News::StrangeTiles { strange, tried },
            };
            report(Action::Notify(NoticeLevel::Done, news.into()));
        }
        Ok(Some(opened.sources))
    }

    /// A file of features or of a basemap.
    pub fn open_file(
        &self,
        file: u64,
        path: &Path,
        options: &OpenOptions,
        cancel: &Cancel,
        report: &Report,
    ) {
        if is_basemap_file(path) {
            match self.open_basemap(&path.display().to_string(), None, cancel, report) {
                Ok(Some(sources)) => report(Action::BasemapOpened(sources)),
                Ok(None) => {}
                Err(reason) => report(Action::Notify(NoticeLevel::Problem, reason)),
            }
            let reading = Reading::Done;
            report(Action::FileRead { file, layers: Vec::new(), reading });
            return;
        }
        let mut latest = Vec::new();
        let done = open_layers(path, options, &self.counties, &cancel.0, &mut |progress| {
            latest = progress.layers.into_iter().map(Snapshot).collect();
            let reading = Reading::Under(progress.share);
            report(Action::FileRead { file, layers: latest.clone(), reading });
        });
        let reading = match done {
            Ok(_) => Reading::Done,
            Err(LayerError::AskCrs { candidates, .. }) => {
                report(Action::AskCrs { file, candidates });
                Reading::Asks
            }
            Err(LayerError::NoCoordinates { start, .. } | LayerError::NotThere { start, .. })
                if !start.sheets.is_empty() =>
            {
                // A table of projects needs no coordinates.
                let is_found = options.columns == Columns::Found;
                let is_table = || {
                    let read = store::tables::read(path, &cancel.0);
                    read.is_ok_and(|file| file.table.is_certain())
                };
                if is_found && is_table() {
                    let layer = Some((file, start));
                    let step = ProjectTableStep::Read { path: path.to_owned(), layer };
                    report(Action::Workbook(BookStep::ProjectTable(step)));
                } else {
                    report(Action::AskColumns { file, start });
                }
                Reading::Asks
            }
            Err(e) => {
                let stopped = matches!(e, LayerError::Cancelled);
                let reason = Message::new(e);
                if !stopped {
                    report(Action::Notify(NoticeLevel::Problem, reason.clone()));
                }
                Reading::Stopped(reason)
            }
        };
        report(Action::FileRead { file, layers: latest, reading });
    }
}
