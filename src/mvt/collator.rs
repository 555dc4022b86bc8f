//! How texts are compared where a style says it: by their letters, then by accents and case.

use std::cmp::Ordering;

/// The rules of one comparison. They are the same in every language: letters before accents before
/// case, small letters first; accents are known for Latin letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Collator {
    pub by_case: bool,
    pub by_accents: bool,
}

impl Collator {
    /// The order of two texts; equal where nothing differs that counts.
    pub fn compare(self, a: &str, b: &str) -> Ordering {
        let order = |key: fn(char) -> char| a.chars().map(key).cmp(b.chars().map(key));
        let capitals = |text: &str| text.chars().map(char::is_uppercase).collect::<Vec<_>>();
        let mut found = order(letter);
        if self.by_accents {
            found = found.then_with(|| order(accented));
        }
        if self.by_case {
            found = found.then_with(|| capitals(a).cmp(&capitals(b)));
        }
        found
    }
}

/// The small letter without its accent.
fn letter(c: char) -> char {
    let small = accented(c);
    if small.is_ascii() {
        return small;
    }
    let of = ACCENTED.iter().find(|(_, variants)| variants.contains(small));
    of.map_or(small, |(plain, _)| *plain)
}

/// The small letter with its accent.
fn accented(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Small letters that are another with an accent: Latin-1, Latin Extended-A, the letters of Pinyin
/// and of Vietnamese (Unicode's canonical decompositions).
const ACCENTED: &[(char, &str)] = &[
    ('a', "àáâãäåāăąǎǟǡǻȁȃȧạảấầẩẫậắằẳẵặ"),
    ('c', "çćĉċč"),
    ('d', "ď"),
    ('e', "èéêëēĕėęěȅȇȩẹẻẽếềểễệ"),
    ('g', "ĝğġģǧǵ"),
    ('h', "ĥȟ"),
    ('i', "ìíîïĩīĭįǐȉȋỉị"),
    ('j', "ĵǰ"),
    ('k', "ķǩ"),
    ('l', "ĺļľ"),
    ('n', "ñńņňǹ"),
    ('o', "òóôõöōŏőơǒǫǭȍȏȫȭȯȱọỏốồổỗộớờởỡợ"),
    ('r', "ŕŗřȑȓ"),
    ('s', "śŝşšș"),
    ('t', "ţťț"),
    ('u', "ùúûüũūŭůűųưǔǖǘǚǜȕȗụủứừửữự"),
    ('w', "ŵ"),
    ('y', "ýÿŷȳỳỵỷỹ"),
    ('z', "źżž"),
];
