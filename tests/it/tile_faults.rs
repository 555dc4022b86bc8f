//! Everything that a tile server can do wrong, on loopback.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jintu::{
    geo::Datum,
    store::tiles::{Options, TileService, http::Patience},
    tile::{
        Access, CacheTerms, Content, Failure, KeyKind, Scheme, Seen, TileId, TileSource, TileSupply,
    },
};

use super::tile_server::{Answer, Server};

const KEY: &str = "s3cret-KEY-42";

/// A folder that is gone after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("jintu-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Rig {
    service: TileService,
    source: Arc<TileSource>,
    log: Arc<Mutex<Vec<String>>>,
}

fn png() -> Vec<u8> {
    let image = image::RgbaImage::from_pixel(4, 4, image::Rgba([10, 20, 30, 255]));
    let mut bytes = Vec::new();
    image.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

fn source(url: String) -> TileSource {
    TileSource {
        id: "test".into(),
        name_zh: "试".into(),
        name_en: "test".into(),
        access: Access::Template { url, subdomains: Vec::new(), scheme: Scheme::Xyz },
        content: Content::Raster,
        datum: Datum::Wgs84,
        min_zoom: 0,
        max_zoom: 19,
        tile_px: 256,
        extent: None,
        credit_zh: String::new(),
        credit_en: String::new(),
        review_number: None,
        cache: CacheTerms::Packages,
        key: KeyKind::Custom,
    }
}

fn rig(url: String, cache: Option<PathBuf>) -> Rig {
    let log: Arc<Mutex<Vec<String>>> = Arc::default();
    let own = log.clone();
    let mut options = Options::usual(cache, Arc::new(|| ()));
    options.patience =
        Patience { connect: Duration::from_millis(1200), whole: Duration::from_millis(1500) };
    options.log = Arc::new(move |line| own.lock().unwrap().push(line.to_owned()));
    let service = TileService::new(options);
    let source = Arc::new(source(url));
    service.set_sources(&[(source.clone(), Some(KEY.to_owned()))], false);
    Rig { service, source, log }
}

fn tile(x: u32) -> TileId {
    TileId { z: 10, x, y: 400 }
}

fn until(seconds: f64, mut what: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + Duration::from_secs_f64(seconds);
    while Instant::now() < end {
        if what() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    what()
}

impl Rig {
    fn seen(&self, x: u32) -> Seen {
        self.service.seen(&self.source.id, tile(x))
    }

    fn is_ready(&self, x: u32) -> bool {
        matches!(self.seen(x), Seen::Ready(_))
    }

    fn failure(&self, x: u32) -> Option<Failure> {
        match self.seen(x) {
            Seen::Failed(failure) => Some(failure),
            _ => None,
        }
    }

    fn want(&self, tiles: &[u32]) {
        let tiles: Vec<TileId> = tiles.iter().map(|x| tile(*x)).collect();
        self.service.want(&self.source.id, &tiles);
    }
}

const PATH: &str = "/{z}/{x}/{y}.png?tk={key}";

#[test]
fn each_fault_has_its_reason() {
    let good = png();
    let bomb = {
        // A header that claims 60 000 × 60 000 pixels.
        let mut bytes = good.clone();
        bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        bytes
    };
    let text = |status, body: &str| Answer::Full(status, Vec::new(), body.as_bytes().to_vec());
    let cases: Vec<(Answer, &[&str])> = vec![
        (Answer::Silence, &["timeout"]),
        (Answer::Drip, &["timeout"]),
        (Answer::Endless, &["too_large", "timeout"]),
        (Answer::Reset, &["unreachable"]),
        (Answer::Short(good.clone()), &["unreachable", "damaged"]),
        (Answer::status(403), &["refused"]),
        (Answer::status(418), &["refused"]),
        (Answer::status(429), &["slow_down"]),
        (Answer::status(500), &["server"]),
        (text(200, "<html>login</html>"), &["not_a_picture"]),
        (text(200, ""), &["not_a_picture"]),
        (text(200, "{\"code\":1,\"msg\":\"非法Key\"}"), &["key_invalid"]),
        (text(403, "{\"code\":301012,\"msg\":\"权限类型错误\"}"), &["key_type"]),
        (text(418, "<h1>配额已用完</h1>"), &["quota"]),
        (Answer::png(&good[..good.len() - 9]), &["damaged"]),
        (Answer::png(&bomb), &["too_large", "damaged"]),
        (text(200, "GIF89a not wanted here"), &["not_a_picture"]),
    ];
    // One server each, so that one fault does not make the others wait.
    std::thread::scope(|scope| {
        for (i, (answer, reasons)) in cases.into_iter().enumerate() {
            scope.spawn(move || {
                let server = Server::start(move |_| answer.clone());
                let rig = rig(server.url(PATH), None);
                rig.want(&[1]);
                assert!(until(20.0, || rig.failure(1).is_some()), "case {i}: nothing failed");
                let failure = rig.failure(1).unwrap();
                assert!(reasons.contains(&failure.key()), "case {i}: {failure:?}");
                let told = format!("{failure} {failure:?} {:?}", rig.service.status("test"));
                assert!(!told.contains(KEY) && !told.contains("127.0.0.1"), "{told}");
            });
        }
    });
}

#[test]
fn a_host_that_is_not_there_is_told_and_does_not_hold_up_another_source() {
    let good = png();
    let server = Server::start(move |_| Answer::png(&good));
    let rig = rig("http://no-such-host.invalid/{z}/{x}/{y}".into(), None);
    let mut other = source(server.url(PATH));
    other.id = "other".into();
    let other = Arc::new(other);
    let sources = [(rig.source.clone(), None), (other.clone(), Some(KEY.to_owned()))];
    rig.service.set_sources(&sources, false);
    rig.want(&[1, 2, 3, 4, 5, 6, 7, 8]);
    rig.service.want("other", &[tile(1)]);
    assert!(until(3.0, || matches!(rig.service.seen("other", tile(1)), Seen::Ready(_))));
    assert!(until(8.0, || rig.failure(1).is_some()));
    assert!(["unreachable", "timeout"].contains(&rig.failure(1).unwrap().key()));
}

#[test]
fn what_is_not_there_is_asked_for_once() {
    let server = Server::start(|_| Answer::status(404));
    let rig = rig(server.url(PATH), None);
    rig.want(&[1, 2, 3]);
    assert!(until(5.0, || matches!(rig.seen(3), Seen::Absent)));
    std::thread::sleep(Duration::from_millis(1500));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn the_map_heals_within_five_seconds_of_recovery() {
    let good = png();
    let up = Arc::new(AtomicBool::new(false));
    let is_up = up.clone();
    let server = Server::start(move |_| {
        if is_up.load(Ordering::Relaxed) { Answer::png(&good) } else { Answer::status(500) }
    });
    let rig = rig(server.url(PATH), None);
    let all: Vec<u32> = (0..40).collect();
    rig.want(&all);
    std::thread::sleep(Duration::from_secs(4));
    let while_down = server.requests();
    // At first six at a time, then single probes.
    assert!((4..=20).contains(&while_down.len()), "{} requests", while_down.len());
    for x in &all {
        let path = format!("/10/{x}/");
        let own: Vec<Instant> =
            while_down.iter().filter(|r| r.path.contains(&path)).map(|r| r.at).collect();
        let quick = own.windows(2).any(|t| t[1] - t[0] < Duration::from_millis(790));
        assert!(!quick, "{path} was asked again before its time");
    }
    up.store(true, Ordering::Relaxed);
    assert!(until(5.0, || all.iter().all(|x| rig.is_ready(*x))), "still not whole");
}

#[test]
fn requests_at_4k_reach_a_fixed_point() {
    let good = png();
    let server = Server::start(move |_| Answer::png(&good));
    let rig = rig(server.url(PATH), None);
    let tiles: Vec<TileId> =
        (0..16).flat_map(|x| (0..10).map(move |y| TileId { z: 10, x, y })).collect();
    for _ in 0..20 {
        rig.service.want("test", &tiles);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(until(10.0, || rig.service.status("test").ready == tiles.len()));
    let count = server.requests().len();
    for _ in 0..50 {
        rig.service.want("test", &tiles);
    }
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!((count, server.requests().len()), (tiles.len(), tiles.len()));
}

#[test]
fn what_left_the_view_is_not_fetched() {
    let good = png();
    let slow = Arc::new(AtomicUsize::new(0));
    let counted = slow.clone();
    let server = Server::start(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(100));
        Answer::png(&good)
    });
    let rig = rig(server.url(PATH), None);
    rig.want(&(0..200).collect::<Vec<_>>());
    std::thread::sleep(Duration::from_millis(150));
    rig.want(&[1000]);
    assert!(until(3.0, || rig.is_ready(1000)));
    std::thread::sleep(Duration::from_millis(300));
    assert!(slow.load(Ordering::Relaxed) < 30, "{}", slow.load(Ordering::Relaxed));
}

#[test]
fn kept_tiles_serve_without_a_network_and_are_asked_for_by_their_mark() {
    let folder = Folder::new("kept");
    let good = png();
    let server = Server::start(move |request| {
        let head = request.head.to_lowercase();
        if head.contains("if-none-match: \"v1\"") {
            return Answer::Full(304, vec![("Cache-Control", "max-age=60".into())], Vec::new());
        }
        let headers = vec![("ETag", "\"v1\"".to_owned()), ("Cache-Control", "max-age=0".into())];
        Answer::Full(200, headers, good.clone())
    });
    let first = rig(server.url(PATH), Some(folder.0.clone()));
    first.want(&[1]);
    assert!(until(5.0, || first.is_ready(1)));
    drop(first);
    let second = rig(server.url(PATH), Some(folder.0.clone()));
    second.want(&[1]);
    assert!(until(5.0, || second.is_ready(1)));
    drop(second);
    assert_eq!(server.requests().len(), 2);
    assert!(server.requests()[1].head.contains("v1"));
    // The 304 made it fresh for a minute: no request at all.
    let third = rig(server.url(PATH), Some(folder.0.clone()));
    third.want(&[1]);
    assert!(until(5.0, || third.is_ready(1)));
    assert_eq!(server.requests().len(), 2);
    drop((third, server));
    let offline = rig("http://127.0.0.1:1/{z}/{x}/{y}.png?tk={key}".into(), Some(folder.0.clone()));
    offline.want(&[1]);
    assert!(until(5.0, || offline.is_ready(1)));
    // Neither the names nor the bytes of what is kept hold the key.
    let mut open = vec![folder.0.clone()];
    let mut files = 0;
    while let Some(path) = open.pop() {
        assert!(!path.to_string_lossy().contains(KEY));
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files += 1;
            let bytes = fs::read(path).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains(KEY));
        }
    }
    assert_eq!(files, 1);
}

#[test]
fn a_cache_that_cannot_be_written_or_is_damaged_does_not_stop_the_map() {
    let good = png();
    let server = Server::start(move |_| Answer::png(&good));
    // A file where the folder should be: nothing can be written below it.
    let folder = Folder::new("unwritable");
    fs::write(&folder.0, b"not a folder").unwrap();
    let rig_a = rig(server.url(PATH), Some(folder.0.clone()));
    rig_a.want(&[1, 2, 3]);
    assert!(until(5.0, || [1, 2, 3].iter().all(|x| rig_a.is_ready(*x))));
    drop(rig_a);
    fs::remove_file(&folder.0).unwrap();

    let folder = Folder::new("damaged");
    let kept = folder.0.join("test").join("10").join("1");
    fs::create_dir_all(&kept).unwrap();
    for bytes in [
        &b""[..],
        b"jintu-1\n",
        b"jintu-1\n\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0\x05\0\0\0nopng",
    ] {
        fs::write(kept.join("400.tile"), bytes).unwrap();
        let rig = rig(server.url(PATH), Some(folder.0.clone()));
        rig.want(&[1]);
        assert!(until(5.0, || rig.is_ready(1)), "{bytes:?}");
    }
}

#[test]
fn a_log_of_the_whole_run_has_no_key() {
    let count = Arc::new(AtomicUsize::new(0));
    let good = png();
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::Relaxed) % 3 {
        0 => Answer::status(500),
        1 => Answer::png(&good),
        _ => Answer::Reset,
    });
    let rig = rig(server.url(PATH), None);
    rig.want(&(0..12).collect::<Vec<_>>());
    assert!(until(8.0, || rig.log.lock().unwrap().len() > 12));
    let log = rig.log.lock().unwrap().join("\n");
    assert!(log.contains("GET http://127.0.0.1") && log.contains("tk=…"), "{log}");
    assert!(!log.contains(KEY), "{log}");
    assert!(server.requests().iter().all(|r| r.path.contains(KEY)), "the server has to get it");
}
