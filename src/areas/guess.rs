//! The unit that a plan is of, by its title.

use std::collections::BTreeMap;

use super::{Area, Areas, Level, names::short_name};

/// What a title tells of the unit that a plan is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess<'a> {
    /// The unit, where there is only one.
    pub chosen: Option<&'a Area>,
    /// All that it may be, by code; more than one where nothing is chosen.
    pub candidates: Vec<&'a Area>,
}

/// Class words by which another name goes on, so that a short form counts no longer: 吉林 in 吉林镇.
const CLASS_SIGNS: [char; 7] = ['省', '市', '县', '旗', '盟', '州', '镇'];

impl Areas {
    /// The code of the unit that a plan with this title is of: a province, a prefecture or a county.
    /// `None` where the title names none, or several that nothing tells apart.
    pub fn city_of(&self, title: &str) -> Option<&str> {
        self.guess(title).chosen.map(|area| area.code.as_str())
    }

    /// As [`Self::city_of`], with all that it may be.
    ///
    /// The first name counts, with those that follow at once and lie within it: 长春市朝阳区 is one
    /// county, 朝阳区 alone two. Provinces and prefectures count by their short form too (浙江, 杭州),
    /// counties only by their full name.
    pub fn guess(&self, title: &str) -> Guess<'_> {
        let names = self.names_in_titles();
        let mut candidates: Vec<&Area> = Vec::new();
        let mut end = 0;
        for (at, _) in title.char_indices() {
            if at < end {
                continue;
            }
            let rest = title.get(at..).unwrap_or_default();
            let Some((length, meant)) = longest(&names, rest) else {
                if candidates.is_empty() {
                    continue;
                }
                break;
            };
            if candidates.is_empty() {
                candidates = meant;
            } else {
                let within: Vec<&Area> =
                    meant.into_iter().filter(|area| self.is_within(area, &candidates)).collect();
                if within.is_empty() {
                    break;
                }
                candidates = within;
            }
            end = at + length;
        }
        Guess { chosen: (candidates.len() == 1).then(|| candidates[0]), candidates }
    }

    fn is_within(&self, area: &Area, any_of: &[&Area]) -> bool {
        let line = self.line_of(&area.code);
        any_of
            .iter()
            .any(|above| above.code != area.code && line.iter().any(|a| a.code == above.code))
    }

    fn names_in_titles(&self) -> BTreeMap<char, Vec<(String, &Area)>> {
        let mut names: BTreeMap<char, Vec<(String, &Area)>> = BTreeMap::new();
        let mut add = |name: String, area| {
            if let Some(first) = name.chars().next() {
                names.entry(first).or_default().push((name, area));
            }
        };
        for area in self.units.values() {
            let (full, short) = (&area.name.zh, short_name(&area.name.zh));
            add(full.clone(), area);
            if short == full {
                continue;
            }
            if area.level < Level::County {
                add(short.to_owned(), area);
            }
            // 海南藏族自治州 is called 海南州, 景宁畲族自治县 景宁县.
            for (long, class) in [("自治州", "州"), ("自治县", "县"), ("自治旗", "旗")]
            {
                if full.ends_with(long) {
                    add(format!("{short}{class}"), area);
                }
            }
        }
        names
    }
}

/// The longest name at the start of a text and what it may mean, by code.
fn longest<'a>(
    names: &BTreeMap<char, Vec<(String, &'a Area)>>,
    text: &str,
) -> Option<(usize, Vec<&'a Area>)> {
    let here = names.get(&text.chars().next()?)?;
    let fits = here.iter().filter(|(name, area)| {
        let goes_on = || {
            let next = text.get(name.len()..).and_then(|rest| rest.chars().next());
            let is_short = *name != area.name.zh && *name == short_name(&area.name.zh);
            is_short && next.is_some_and(|c| CLASS_SIGNS.contains(&c))
        };
        text.starts_with(name.as_str()) && !goes_on()
    });
    let fits: Vec<&(String, &Area)> = fits.collect();
    let length = fits.iter().map(|(name, _)| name.len()).max()?;
    let meant: BTreeMap<&str, &Area> = fits
        .into_iter()
        .filter(|(name, _)| name.len() == length)
        .map(|(_, area)| (area.code.as_str(), *area))
        .collect();
    let mut meant: Vec<&Area> = meant.into_values().collect();
    // 吉林 without a class is the province, not its city of that name.
    if let Some(province) = meant.iter().copied().find(|area| area.level == Level::Province) {
        meant = vec![province];
    }
    Some((length, meant))
}
