//! Search by characters, pinyin and initials.

use jintu::gazetteer::{MatchRank, SearchKey};
use proptest::prelude::*;

#[test]
fn pinyin_and_initials_find_a_line() {
    let key = SearchKey::of("太原—绥德高速铁路");
    let cases = [
        ("太原绥德高速铁路", MatchRank::Exact),
        ("taiyuansuidegaosutielu", MatchRank::Exact),
        ("太原", MatchRank::Prefix),
        ("taiyuan", MatchRank::Prefix),
        ("TaiYuan", MatchRank::Prefix),
        ("taiyu", MatchRank::Prefix),
        ("太原-绥德", MatchRank::Prefix),
        ("绥德", MatchRank::Substring),
        ("suide", MatchRank::Substring),
        ("suid", MatchRank::Substring),
        ("太yuan", MatchRank::Prefix),
        ("tysd", MatchRank::InitialsPrefix),
        ("ty", MatchRank::InitialsPrefix),
        ("TYSD", MatchRank::InitialsPrefix),
        ("ｔｙｓｄ", MatchRank::InitialsPrefix),
        ("ty sd", MatchRank::InitialsPrefix),
        ("gstl", MatchRank::Initials),
        ("taiysd", MatchRank::InitialsPrefix),
    ];
    for (query, rank) in cases {
        assert_eq!(key.rank(query), Some(rank), "{query}");
        assert!(key.matches(query));
    }
    for query in ["tysx", "aiyuan", "太远", "sdty", "taiyuanx", "太原绥德高速铁路站"] {
        assert_eq!(key.rank(query), None, "{query}");
    }
}

#[test]
fn every_reading_of_a_character_counts() {
    for (name, queries) in [
        ("长城", ["changcheng", "zhangcheng", "cc", "zc"]),
        ("重工", ["zhonggong", "chonggong", "zhg", "cg"]),
        ("旅游", ["lvyou", "luyou", "ly", "lv"]),
        ("银行", ["yinhang", "yinxing", "yh", "yx"]),
        ("吴堡", ["wubu", "wubao", "wb", "WuBu"]),
        ("冷轧", ["lengzha", "lengya", "lz", "ly"]),
        ("佛山", ["foshan", "fs", "fosh", "foshan"]),
    ] {
        for query in queries {
            assert!(SearchKey::of(name).matches(query), "{name} by {query}");
        }
    }
    // But not the classical ones: 能 was once read tai.
    assert!(!SearchKey::of("能源").matches("taiyuan"));
    assert!(!SearchKey::of("能源").matches("ty"));
}

#[test]
fn letters_digits_and_several_names_are_searched_too() {
    let key = SearchKey::of("年产10GW高效单晶硅棒、片项目 10GW单晶硅");
    assert_eq!(key.rank("10gw单晶硅"), Some(MatchRank::Exact));
    assert_eq!(key.rank("nc10gwgx"), Some(MatchRank::InitialsPrefix));
    assert_eq!(key.rank("danjing"), Some(MatchRank::Substring));
    assert_eq!(SearchKey::of("G108").rank("g108"), Some(MatchRank::Exact));
}

#[test]
fn an_empty_query_matches_and_an_empty_name_does_not() {
    assert!(SearchKey::of("太原").matches(""));
    assert!(SearchKey::of("太原").matches("  "));
    assert!(SearchKey::of("").matches(""));
    assert!(!SearchKey::of("").matches("t"));
    assert!(!SearchKey::of("——").matches("ty"));
    assert!(SearchKey::of("太原—绥德").matches("—"));
    assert!(!SearchKey::of("太原").matches("—"));
}

proptest! {
    #[test]
    fn any_text_and_query_can_be_searched(text in ".{0,40}", query in ".{0,20}") {
        let key = SearchKey::of(&text);
        let _ = key.rank(&query);
        let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        prop_assert!(key.matches(&letters));
    }

    /// The oracle builds every spelling by hand.
    #[test]
    fn initials_and_syllables_agree_with_a_list(start in 0_usize..6, length in 1_usize..6) {
        let name = ["tai", "yuan", "lou", "fan", "gu", "jiao"];
        let end = (start + length).min(name.len());
        let key = SearchKey::of("太原娄烦古交");
        let full: String = name[start..end].concat();
        let initials: String = name[start..end].iter().map(|s| &s[..1]).collect();
        let whole = end == name.len() && start == 0;
        let expected = match (start, whole) {
            (0, true) => MatchRank::Exact,
            (0, false) => MatchRank::Prefix,
            _ => MatchRank::Substring,
        };
        prop_assert_eq!(key.rank(&full), Some(expected));
        prop_assert!(key.rank(&initials).is_some());
    }
}
