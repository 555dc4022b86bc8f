//! No key survives redaction, however it is dressed.

use jintu::tile::redact;
use proptest::prelude::*;

#[test]
fn keys_leave_an_address_and_the_rest_stays() {
    for (text, wanted) in [
        (
            "https://t0.tianditu.gov.cn/vec_w/wmts?x=1&tk=0123abcd&y=2",
            "https://t0.tianditu.gov.cn/vec_w/wmts?x=1&tk=…&y=2",
        ),
        ("https://h/a?TK=AbC", "https://h/a?TK=…"),
        ("https://h/a?access_token=pk.a-b_c~d&z=3", "https://h/a?access_token=…&z=3"),
        ("https://h/a?X-Amz-Signature=ff00#top", "https://h/a?X-Amz-Signature=…"),
        ("https://user:pass@host/z", "https://…@host/z"),
        ("https://token@host:8080/z?a=1", "https://…@host:8080/z?a=1"),
        ("https://user:p@ss@host/z", "https://…@host/z"),
        ("https://user:pa/ss@host/z", "https://…@host/z"),
        ("GET https://h/?key=a b", "GET https://h/?key=… b"),
        ("{\"tk\":\"abc\",\"z\":3}", "{\"tk\":\"…\",\"z\":3}"),
        ("Some { key: \"abc\\\"def\", z: 3 }", "Some { key: \"…\", z: 3 }"),
        ("Authorization: Bearer abc.def\nAccept: */*", "Authorization: …\nAccept: */*"),
        (
            "https://h/?u=https%3A%2F%2Fi%3Ftk%3Dabc%26x%3D1&y=2",
            "https://h/?u=https%3A%2F%2Fi%3Ftk%3D…%26x%3D1&y=2",
        ),
        ("https%3a%2f%2fuser%3apw%40host%2fz", "https%3a%2f%2f…%40host%2fz"),
        ("a%253Ftk%253Dabc%2526x", "a%253Ftk%253D…%2526x"),
        ("https://h/?%74k=abc&x=1", "https://h/?%74k=…&x=1"),
        ("https://h/;key=abc/tiles/3", "https://h/;key=…/tiles/3"),
        ("https://h/a;tk=abc?x=1", "https://h/a;tk=…?x=1"),
        ("h?z=1\\u0026tk=abc", "h?z=1\\u0026tk=…"),
        ("天地图 tk=abc，请检查", "天地图 tk=…，请检查"),
    ] {
        assert_eq!(redact(text), wanted, "{text}");
    }
}

#[test]
fn what_is_no_key_stays_as_it_is() {
    for text in [
        "",
        "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        "https://h/{z}/{x}/{y}?tk={key}",
        "https://h:8080/@12.5,3/z?quadkey=0123&layer=key",
        "https://[::1]:80/@/z",
        "100% = all, 5 @ 3; time: 12:30; key: it is missing",
        "https://unpkg.com/@scope/name",
        "C:\\maps\\太原.mbtiles",
        "%%%=%=%3D%",
    ] {
        assert_eq!(redact(text), text);
    }
}

const NAMES: [&str; 14] = [
    "tk",
    "key",
    "ak",
    "access_token",
    "token",
    "apikey",
    "sk",
    "sig",
    "password",
    "Key",
    "TK",
    "api-key",
    "appKey",
    "subscription-key",
];

fn percent(text: &str, all: bool) -> String {
    let plain = |b: u8| !all && (b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    let one = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02x}") };
    text.bytes().map(one).collect()
}

proptest! {
    /// A marker stands at the beginning, in the middle and at the end of the key, so that a rest of
    /// it would show.
    #[test]
    fn no_part_of_a_key_survives(
        name in prop::sample::select(NAMES.to_vec()),
        middle in "[A-Za-z0-9._~+/=;:@!$'()*,%\\[\\]{}|^-]{0,12}",
        before in "[a-z]{0,6}",
        after in "[a-z0-9]{0,6}",
        times in 0_usize..4,
        all in any::<bool>(),
    ) {
        let key = format!("QZX{middle}QZX{}QZX", middle.replace('%', ""));
        let mut address = format!("https://h/{before}?a=1&{name}={}&b={after}", percent(&key, false));
        for _ in 0..times {
            address = format!("https://outer/?u={}", percent(&address, all));
        }
        let shown = redact(&format!("could not fetch {address} ({before})"));
        prop_assert!(!shown.contains("QZX"), "{} -> {}", address, shown);
        prop_assert!(!shown.to_lowercase().contains("%51%5a%58"), "{} -> {}", address, shown);
        prop_assert!(shown.starts_with("could not fetch https://"));
    }

    #[test]
    fn no_user_survives(
        user in "[A-Za-z0-9._~!$&'*+,;=-]{1,10}",
        password in "[A-Za-z0-9._~!$'*+,;=:@-]{0,10}",
        times in 0_usize..3,
    ) {
        let mut address = format!("https://QZX{user}:{password}QZX@host/z/x/y?b=1");
        for _ in 0..times {
            address = format!("https://outer/?u={}", percent(&address, false));
        }
        let shown = redact(&address);
        prop_assert!(!shown.contains("QZX"), "{} -> {}", address, shown);
        prop_assert!(shown.contains("host"));
    }

    #[test]
    fn nothing_breaks_it_and_twice_is_once(text in "(\\PC|%[0-9a-f]{2}|[=@:/&?\"'\\\\]|tk|key|://|\n){0,40}") {
        let once = redact(&text);
        prop_assert_eq!(redact(&once), once.clone());
    }
}
