//! A source that is in trouble and comes back, on loopback.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jintu::{
    store::tiles::{Paint, http::Patience},
    tile::{Content, Failure, TileId, TileLook, TilePicture, TileSource, TileSupply},
};

use super::{
    temp_folder::TempFolder,
    tile_rig::{PATH, Rig, picture, png, rig, rig_of, source, until},
    tile_server::{Answer, Server},
};

/// A server that hangs until it is told otherwise; what hangs then goes on hanging.
fn hanging(up: Arc<AtomicBool>) -> Server {
    let good = png();
    Server::start(
        move |_| {
            if up.load(Ordering::Relaxed) { Answer::png(&good) } else { Answer::Silence }
        },
    )
}

/// A service with the patience of the program.
fn patient(server: &Server) -> Rig {
    rig_of(source(server.url(PATH)), None, |options| options.patience = Patience::default())
}

#[test]
fn a_server_that_hung_is_whole_soon_while_old_requests_still_hang() {
    for count in [1, 40] {
        let up = Arc::new(AtomicBool::new(false));
        let server = hanging(up.clone());
        let rig = patient(&server);
        let all: Vec<u32> = (0..count).collect();
        rig.want(&all);
        std::thread::sleep(Duration::from_secs(3));
        assert!(server.requests().len() <= 8, "{} requests", server.requests().len());
        up.store(true, Ordering::Relaxed);
        // The plan keeps to 5 s on a clock of its own (`tile_outage`); this machine may be busy.
        assert!(until(7.0, || all.iter().all(|x| rig.is_ready(*x))), "{count} tiles");
        // Each was asked for at most twice.
        assert!(server.requests().len() <= all.len() + 8);
    }
}

#[test]
fn retry_after_holds_for_the_whole_source_even_if_others_succeed() {
    const WAIT: Duration = Duration::from_secs(2);
    let good = png();
    let told: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let (tell, count) = (told.clone(), AtomicUsize::new(0));
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::Relaxed) {
        2 | 9 => {
            tell.lock().unwrap().push(Instant::now());
            Answer::Full(429, vec![("Retry-After", WAIT.as_secs().to_string())], Vec::new())
        }
        _ => {
            std::thread::sleep(Duration::from_millis(40));
            Answer::png(&good)
        }
    });
    let rig = rig(server.url(PATH), None);
    let all: Vec<u32> = (0..30).collect();
    rig.want(&all);
    assert!(until(12.0, || all.iter().all(|x| rig.is_ready(*x))));
    let requests = server.requests();
    assert_eq!(told.lock().unwrap().len(), 2);
    for at in told.lock().unwrap().iter() {
        // What was on its way when the answer came does not count.
        let (from, to) = (*at + Duration::from_millis(700), *at + WAIT);
        let early = requests.iter().filter(|r| (from..to).contains(&r.at)).count();
        assert_eq!(early, 0, "requests although the server asked for none");
    }
    assert!(requests.len() <= 32, "{}", requests.len());
}

#[test]
fn kept_tiles_show_while_the_source_is_down_and_do_not_make_it_busy() {
    let folder = TempFolder::new("kept-down");
    let good = png();
    let is_up = Arc::new(AtomicBool::new(true));
    let up = is_up.clone();
    let server = Server::start(move |request| {
        if !up.load(Ordering::Relaxed) {
            return Answer::status(500);
        }
        // Some of them are stale at once.
        let age = if request.path.contains("/10/1") { "max-age=0" } else { "max-age=1000" };
        Answer::Full(200, vec![("Cache-Control", age.into())], good.clone())
    });
    let kept: Vec<u32> = (0..20).collect();
    let first = rig(server.url(PATH), Some(folder.path().to_owned()));
    first.want(&kept);
    assert!(until(5.0, || kept.iter().all(|x| first.is_ready(*x))));
    drop(first);
    is_up.store(false, Ordering::Relaxed);
    let rig = rig(server.url(PATH), Some(folder.path().to_owned()));
    let unknown: Vec<u32> = (100..130).collect();
    rig.want(&unknown);
    assert!(until(3.0, || rig.service.status("test").failed >= 4));
    let before = server.requests().len();
    rig.want(&[unknown, kept.clone()].concat());
    assert!(until(5.0, || kept.iter().all(|x| rig.is_ready(*x))), "the disk waits for the network");
    assert!(server.requests().len() <= before + 6);
}

#[test]
fn stale_tiles_show_at_once_where_the_network_hangs() {
    let folder = TempFolder::new("stale-hang");
    let good = png();
    let server = Server::start(move |_| {
        Answer::Full(200, vec![("Cache-Control", "max-age=0".into())], good.clone())
    });
    let kept: Vec<u32> = (0..60).collect();
    let first = rig(server.url(PATH), Some(folder.path().to_owned()));
    first.want(&kept);
    assert!(until(5.0, || kept.iter().all(|x| first.is_ready(*x))));
    drop((first, server));
    let silent = Server::start(|_| Answer::Silence);
    let rig = rig_of(source(silent.url(PATH)), Some(folder.path().to_owned()), |options| {
        options.patience = Patience::default();
    });
    rig.want(&kept);
    assert!(until(8.0, || kept.iter().all(|x| rig.is_ready(*x))));
}

#[test]
fn a_view_larger_than_the_memory_is_fetched_once() {
    let good = picture(64);
    let server = Server::start(move |_| Answer::png(&good));
    let rig = rig_of(source(server.url(PATH)), None, |options| options.memory_bytes = 200_000);
    let all: Vec<u32> = (0..100).collect();
    rig.want(&all);
    assert!(until(5.0, || all.iter().all(|x| rig.is_ready(*x))));
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(server.requests().len(), all.len());
    assert_eq!(rig.service.status("test").ready, all.len());
    // What left the view is given back.
    rig.want(&[200]);
    assert!(until(5.0, || rig.is_ready(200)));
    assert!(all.iter().filter(|x| rig.is_ready(**x)).count() <= 12);
}

struct Faulty;

impl Paint for Faulty {
    fn set_look(&self, _: TileLook) -> bool {
        false
    }

    fn paint(
        &self,
        _: &TileSource,
        tile: TileId,
        _: TileId,
        _: &[u8],
    ) -> Result<TilePicture, Failure> {
        if tile.x < 30 {
            // A panic without its noise.
            std::panic::resume_unwind(Box::new("a fault of the painter"));
        }
        Ok(TilePicture { width_px: 1, height_px: 1, rgba: vec![0; 4], names: Vec::new() })
    }
}

#[test]
fn a_painter_that_panics_costs_its_tiles_and_no_worker() {
    let server = Server::start(|_| Answer::Full(200, Vec::new(), vec![0x1A, 0]));
    let mut vector = source(server.url(PATH));
    vector.content = Content::Vector;
    let rig = rig_of(vector, None, |options| {
        options.paint = Arc::new(Faulty);
    });
    let all: Vec<u32> = (0..60).collect();
    rig.want(&all);
    assert!(until(8.0, || (30..60).all(|x| rig.is_ready(x))));
    assert!(until(8.0, || (0..30).all(|x| rig.failure(x) == Some(Failure::Damaged))));
}

#[test]
fn a_service_that_is_dropped_asks_for_nothing_more() {
    let good = png();
    let server = Server::start(move |_| {
        std::thread::sleep(Duration::from_millis(30));
        Answer::png(&good)
    });
    let alive = Arc::new(());
    let held = alive.clone();
    let rig = rig_of(source(server.url(PATH)), None, move |options| {
        let held = held.clone();
        options.wake = Arc::new(move || {
            let _ = &held;
        });
    });
    rig.want(&(0..500).collect::<Vec<_>>());
    std::thread::sleep(Duration::from_millis(200));
    drop(rig);
    // The workers are gone when nobody holds what they share; two are this test's own.
    assert!(until(3.0, || Arc::strong_count(&alive) <= 1), "{}", Arc::strong_count(&alive));
    let count = server.requests().len();
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(server.requests().len(), count);
}

#[test]
fn the_users_retry_does_not_wait() {
    let good = png();
    let is_up = Arc::new(AtomicBool::new(false));
    let up = is_up.clone();
    let server = Server::start(move |_| {
        if up.load(Ordering::Relaxed) {
            return Answer::png(&good);
        }
        Answer::Full(429, vec![("Retry-After", "300".into())], Vec::new())
    });
    let rig = rig(server.url(PATH), None);
    rig.want(&[1, 2, 3]);
    assert!(until(3.0, || rig.failure(1) == Some(Failure::SlowDown(Some(Duration::from_mins(5))))));
    is_up.store(true, Ordering::Relaxed);
    rig.service.retry();
    assert!(until(3.0, || [1, 2, 3].iter().all(|x| rig.is_ready(*x))));
}
