//! Everything that a tile server can do wrong, on loopback.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use jintu::{
    store::tiles::http::{Client, Patience, Reply},
    tile::{Seen, TileId, TileSupply},
};

use super::{
    tile_rig::{KEY, PATH, png, rig, source, tile, until},
    tile_server::{Answer, Server},
};

#[test]
fn each_fault_has_its_reason() {
    let good = png();
    let bomb = {
        // A header that claims 60 000 × 60 000 pixels, with the checksum that belongs to it.
        let mut bytes = good.clone();
        bytes[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bytes[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let mut crc = flate2::Crc::new();
        crc.update(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
        bytes
    };
    let text = |status, body: &str| Answer::Full(status, Vec::new(), body.as_bytes().to_vec());
    let cases: Vec<(Answer, &[&str])> = vec![
        (Answer::Silence, &["timeout"]),
        (Answer::Drip, &["timeout"]),
        (Answer::Endless(200), &["too_large", "timeout"]),
        (Answer::Reset, &["unreachable"]),
        (Answer::Short(good.clone()), &["damaged"]),
        (Answer::status(403), &["refused"]),
        (Answer::status(418), &["refused"]),
        (Answer::status(429), &["slow_down"]),
        (Answer::status(500), &["server"]),
        (Answer::Endless(500), &["server"]),
        (Answer::Raw(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()), &["unreachable"]),
        (Answer::Raw(b"HTTP/1.1 503 X\r\nContent-Length: 900\r\n\r\ncut".to_vec()), &["server"]),
        (
            Answer::Raw(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab".to_vec()),
            &["damaged"],
        ),
        (Answer::Full(304, Vec::new(), Vec::new()), &["refused"]),
        (text(429, "{\"msg\":\"配额已用完\"}"), &["quota"]),
        (text(403, "<html>密钥类型与客户端不符</html>"), &["key_type"]),
        (text(200, "<html>login</html>"), &["not_a_picture"]),
        (text(200, ""), &["not_a_picture"]),
        (text(200, "{\"code\":1,\"msg\":\"非法Key\"}"), &["key_invalid"]),
        (text(403, "{\"code\":301012,\"msg\":\"权限类型错误\"}"), &["key_type"]),
        (text(418, "<h1>配额已用完</h1>"), &["quota"]),
        (Answer::png(&good[..good.len() - 9]), &["damaged"]),
        (Answer::png(&bomb), &["too_large"]),
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
fn a_proxy_is_asked_for_what_is_elsewhere_only() {
    let good = png();
    let proxy = Server::start(|_| Answer::status(502));
    let server = Server::start(move |_| Answer::png(&good));
    let client = Client::with_proxy(&proxy.url(""), Patience::default());
    for host in ["127.0.0.1", "localhost", "LOCALHOST"] {
        let own = format!("http://{host}:{}/1/2/3.png", server.port);
        assert!(matches!(client.get(&own, None), Ok(Reply::Fresh(_))), "{host}");
        assert!(client.range(&own, 0, 4).is_err(), "it knows no ranges, and was asked for one");
    }
    assert_eq!((server.requests().len(), proxy.requests().len()), (6, 0));
    for host in ["tiles.invalid", "localhost.invalid", "127.0.0.1.invalid", "user@tiles.invalid"] {
        let before = proxy.requests().len();
        assert!(client.get(&format!("http://{host}/1/2/3.png"), None).is_err(), "{host}");
        assert_eq!(proxy.requests().len(), before + 1, "{host}");
    }
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
