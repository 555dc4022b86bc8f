//! Tiles of several servers in one picture: asked at the same time, given up together.

use std::{
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

use jintu::{
    app::Cancel,
    geo::Datum,
    jobs::Services,
    scene::Viewport,
    tile::{Failure, TileSource},
    units::Mercator,
};

use crate::{
    real::catalogue,
    tile_rig::{png, source},
    tile_server::{Answer, Server},
};

fn services() -> Services {
    Services::new(&catalogue(), None, None, Arc::new(|| ()))
}

fn view() -> Viewport {
    let center = Mercator { x: 0.8, y: 0.39 };
    Viewport { center, zoom: 10.0, width_pt: 600.0, height_pt: 400.0, datum: Datum::Wgs84 }
}

fn named(id: &str, server: &Server) -> Arc<TileSource> {
    Arc::new(TileSource { id: id.to_owned(), ..source(server.url("/{z}/{x}/{y}.png")) })
}

/// Neither server answers before the other has been asked: one after the other they would never.
#[test]
fn servers_are_asked_at_the_same_time_and_lie_in_their_order() {
    let met: Arc<(Mutex<[bool; 2]>, Condvar)> = Arc::default();
    let good = png();
    let one = |own: usize| {
        let (met, good) = (met.clone(), good.clone());
        Server::start(move |_| {
            let (asked, bell) = &*met;
            let mut asked = asked.lock().unwrap();
            asked[own] = true;
            bell.notify_all();
            let waited = bell.wait_timeout_while(asked, Duration::from_secs(8), |asked| {
                !asked.iter().all(|both| *both)
            });
            if waited.unwrap().1.timed_out() { Answer::Reset } else { Answer::png(&good) }
        })
    };
    let servers = [one(0), one(1)];
    let sources = [named("ground", &servers[0]), named("names", &servers[1])];
    let tiles = services().picture_tiles(&sources, &view(), &Cancel::default());
    assert_eq!((tiles.failed, tiles.gave_up), (0, false));
    let each = tiles.pieces.len() / 2;
    assert!(each >= 4, "{each}");
    // The ground first, then what lies over it, each over the whole view.
    let places = |range: std::ops::Range<usize>| -> Vec<[u32; 4]> {
        tiles.pieces[range].iter().map(|piece| piece.place_pt.map(f32::to_bits)).collect()
    };
    assert_eq!(places(0..each), places(each..2 * each));
}

/// One that is gone costs the other nothing, and what is missing is counted.
#[test]
fn a_server_that_is_gone_costs_the_other_nothing() {
    let gone = Server::start(|_| Answer::Reset);
    let good = png();
    let there = Server::start(move |_| Answer::png(&good));
    let sources = [named("gone", &gone), named("there", &there)];
    let tiles = services().picture_tiles(&sources, &view(), &Cancel::default());
    assert!(tiles.gave_up && tiles.failed == tiles.pieces.len(), "{}", tiles.failed);
    assert!(matches!(tiles.failure, Some(Failure::Unreachable | Failure::Timeout)));
    assert!(gone.requests().len() <= 4, "{}", gone.requests().len());
}
