//! Search in Chinese names without an input method: by their characters, pinyin or initials.

use pinyin::{ToPinyin, ToPinyinMulti};

/// Characters with several readings in today's Chinese, or whose first reading in the table is not
/// today's (佛, 轧). For others only the first counts: the table also holds classical readings, by which
/// 能源 would be found as taiyuan.
const POLYPHONES: &str = "乐会传佛便冲创划单卡厦参和咽圩堡埔处奔好宿尉尽差巷度应强弄弹当调得恶折\
    担拓挑散数斗曾朝柏查校核模横没泊泌泡洞济浒涌涨涡澄炮燕片牟率番省看磨禁种称空粘系纤给缉落薄\
    藏蔚行血角解识贾车转轧辟过迫遂都重量钉钻铅铺长阿降陂隆难露间骑鲜龟莘亳漯峙盛葛仇任翟";

/// How well a query matches, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchRank {
    /// Initials within a name, or mixed with full syllables.
    Initials,
    /// Initials from the start of a name.
    InitialsPrefix,
    /// Within a name, as characters or pinyin.
    Substring,
    /// From the start of a name.
    Prefix,
    /// A whole name.
    Exact,
}

/// A text prepared for search. Several names may stand in it, separated by white space; punctuation
/// is passed over, and characters that are read in several ways match by any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchKey {
    /// For queries of nothing but punctuation.
    lowercase: String,
    units: Vec<Unit>,
}

/// One character that can be searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    character: char,
    /// Syllables without tones; empty for what is not Chinese.
    readings: Vec<String>,
    starts_name: bool,
    ends_name: bool,
}

impl SearchKey {
    pub fn of(text: &str) -> Self {
        let mut units: Vec<Unit> = Vec::new();
        for name in text.split_whitespace() {
            let first = units.len();
            units.extend(searchable(name).map(|character| Unit {
                character,
                readings: readings(character),
                starts_name: false,
                ends_name: false,
            }));
            if let Some(unit) = units.get_mut(first) {
                unit.starts_name = true;
            }
            if units.len() > first
                && let Some(unit) = units.last_mut()
            {
                unit.ends_name = true;
            }
        }
        Self { lowercase: text.to_lowercase(), units }
    }

    /// Whether the query is found. An empty query matches everything.
    pub fn matches(&self, query: &str) -> bool {
        self.rank(query).is_some()
    }

    /// How well the query is found; `None` if it is not. Case, white space and punctuation do not
    /// count. Pinyin begins at a syllable and may stop within one; `v` and `u` both stand for ü.
    pub fn rank(&self, query: &str) -> Option<MatchRank> {
        let wanted: Vec<char> = searchable(query).collect();
        if wanted.is_empty() {
            let found = self.lowercase.contains(&query.trim().to_lowercase());
            return found.then_some(MatchRank::Substring);
        }
        let mut best: Option<MatchRank> = None;
        for (start, unit) in self.units.iter().enumerate() {
            let rank = self.rank_from(start, unit.starts_name, &wanted);
            best = best.max(rank);
            if best == Some(MatchRank::Exact) {
                break;
            }
        }
        best
    }

    fn rank_from(&self, start: usize, at_start: bool, wanted: &[char]) -> Option<MatchRank> {
        let units = self.units.get(start..).unwrap_or_default();
        if let Some(whole_name) = follow(units, wanted, Spelling::Full) {
            return Some(match (at_start, whole_name) {
                (true, true) => MatchRank::Exact,
                (true, false) => MatchRank::Prefix,
                (false, _) => MatchRank::Substring,
            });
        }
        follow(units, wanted, Spelling::Initials)
            .map(|_| if at_start { MatchRank::InitialsPrefix } else { MatchRank::Initials })
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// Characters and whole syllables, the last of which may be unfinished.
    Full,
    /// First letters too, also zh, ch and sh.
    Initials,
}

/// Whether the query can be spelled from the first unit on; `Some(true)` if it then ends with a name
/// and no syllable is unfinished. Keeps the set of query positions reached unit by unit, so that
/// many readings cost no more than their sum.
fn follow(units: &[Unit], wanted: &[char], spelling: Spelling) -> Option<bool> {
    let mut reached = vec![false; wanted.len()];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    let mut spelled: Option<bool> = None;
    for unit in units {
        let mut next = vec![false; wanted.len()];
        for (at, _) in reached.iter().enumerate().filter(|(_, is_reached)| **is_reached) {
            let rest = wanted.get(at..).unwrap_or_default();
            for step in steps(unit, rest, spelling) {
                match step {
                    Step::Unfinished => spelled = spelled.max(Some(false)),
                    Step::By(length) if length == rest.len() => {
                        spelled = spelled.max(Some(unit.ends_name));
                    }
                    Step::By(length) => {
                        if let Some(place) = next.get_mut(at + length) {
                            *place = true;
                        }
                    }
                }
            }
        }
        if spelled == Some(true) || !next.contains(&true) {
            break;
        }
        reached = next;
    }
    spelled
}

enum Step {
    By(usize),
    /// The query ends within a syllable.
    Unfinished,
}

fn steps(unit: &Unit, rest: &[char], spelling: Spelling) -> Vec<Step> {
    let mut steps = Vec::new();
    if rest.first() == Some(&unit.character) {
        steps.push(Step::By(1));
    }
    for reading in &unit.readings {
        let common = reading.chars().zip(rest).take_while(|(a, b)| a == *b).count();
        if common == reading.len() {
            steps.push(Step::By(common));
        } else if common == rest.len() {
            steps.push(Step::Unfinished);
        }
        if spelling == Spelling::Initials && common >= 1 {
            steps.push(Step::By(1));
            let is_digraph = ["zh", "ch", "sh"].iter().any(|d| reading.starts_with(d));
            if is_digraph && common >= 2 {
                steps.push(Step::By(2));
            }
        }
    }
    steps
}

/// A name's place in an alphabetic list, as in a Chinese dictionary: by the pinyin of its characters
/// one after the other, the first reading of the table counting; equal syllables by code point. Letters and digits come before characters, characters without a reading come last.
///
/// ```
/// use jintu::gazetteer::SortKey;
///
/// let mut names = ["中北大学", "阳曲县", "5G", "迎泽区", "晋源区", "清徐县"];
/// names.sort_by_key(|name| SortKey::of(name));
/// assert_eq!(names, ["5G", "晋源区", "清徐县", "阳曲县", "迎泽区", "中北大学"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey(Vec<(u8, &'static str, char)>);

impl SortKey {
    pub fn of(name: &str) -> Self {
        let place = |c: char| match c.to_pinyin() {
            Some(reading) => (1, reading.plain(), c),
            None if c.is_ascii() => (0, "", c.to_ascii_lowercase()),
            None => (2, "", c),
        };
        Self(name.chars().map(half_width).filter(|c| c.is_alphanumeric()).map(place).collect())
    }
}

/// Letters, digits and ideographs, lower case, half width.
fn searchable(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(half_width).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

/// Readings without tones, each once, in ASCII letters: ü as v and as u.
fn readings(character: char) -> Vec<String> {
    let mut readings: Vec<String> = Vec::new();
    let counted = if POLYPHONES.contains(character) { usize::MAX } else { 1 };
    let all = character.to_pinyin_multi().into_iter().flat_map(IntoIterator::into_iter);
    for plain in all.take(counted).map(pinyin::Pinyin::plain) {
        let spellings = [plain.replace('ü', "v"), plain.replace(['ü', 'v'], "u")];
        for spelling in spellings {
            if spelling.is_ascii() && !spelling.is_empty() && !readings.contains(&spelling) {
                readings.push(spelling);
            }
        }
    }
    readings
}

/// Full-width forms (U+FF01–U+FF5E) to ASCII.
pub(super) fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}
