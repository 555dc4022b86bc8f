//! Fetching offline packages.

use std::{sync::Arc, time::Duration};

use super::{Report, Services, tell::PackageFailed};
use crate::{
    app::{
        Action, Cancel, Message, NoticeLevel,
        package::{PackageOrder, PackageProgress, PackageState},
    },
    store::tiles::{fetch::Fetcher, package},
    tile::package::plan,
};

impl Services {
    /// Fetches a package, with a pause between tiles that no server minds.
    pub fn package(&self, order: &PackageOrder, cancel: &Cancel, report: &Report) {
        let source = Arc::new(order.source.clone());
        let told = |counts: package::Counts, state| PackageProgress {
            wanted: counts.wanted,
            stored: counts.stored,
            absent: counts.absent,
            failed: counts.failed,
            state,
            path: order.path.clone(),
        };
        let tiles = match plan(&source, &order.area, order.min_zoom, order.max_zoom) {
            Ok(tiles) => tiles,
            Err(refusal) => {
                report(Action::Notify(NoticeLevel::Problem, Message::new(refusal)));
                let none = package::Counts::default();
                report(Action::PackageWent(told(none, PackageState::Paused)));
                return;
            }
        };
        // One connection and a breath between two tiles: a package must not weigh on a server.
        let pause = (!Fetcher::is_local(&source)).then_some(Duration::from_millis(25));
        let mut fetcher = self.tiles.fetcher(&source, self.key(&source));
        let done = package::write(
            &order.path,
            &source,
            &tiles,
            &mut |tile| {
                if let Some(pause) = pause {
                    std::thread::sleep(pause);
                }
                fetcher.bytes(tile)
            },
            &mut |counts| {
                if counts.stored % 8 == 0 || counts.failed > 0 {
                    report(Action::PackageWent(told(counts, PackageState::Running)));
                }
                !cancel.is_stopped()
            },
        );
        match done {
            Ok(counts) => {
                let complete = counts.is_complete();
                let state = if complete { PackageState::Done } else { PackageState::Paused };
                report(Action::PackageWent(told(counts, state)));
            }
            Err(e) => {
                let reason = PackageFailed { error: e, path: order.path.clone() };
                report(Action::Notify(NoticeLevel::Problem, reason.into()));
                let none = package::Counts::default();
                report(Action::PackageWent(told(none, PackageState::Paused)));
            }
        }
    }
}
