//! The counties that a plan of a unit is about.

use std::collections::BTreeSet;

use super::{Area, Areas, Level};

impl Areas {
    /// The counties within a unit, itself if it is one, by code.
    pub fn counties_of<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Area> + 'a {
        self.counties().filter(move |area| {
            let parent = area.parent.as_deref();
            area.code == code
                || parent == Some(code)
                || parent.and_then(|p| self.area(p)).and_then(|p| p.parent.as_deref()) == Some(code)
        })
    }

    /// The counties that a map of the unit's plan shows: its own, marked `true`, first, then all of the
    /// prefectures beside it, each by code. Of a county its own prefecture is one of those.
    pub fn counties_near(&self, code: &str) -> Vec<(&Area, bool)> {
        let own: BTreeSet<&str> = self.counties_of(code).map(|area| area.code.as_str()).collect();
        let beside = self.beside(&own);
        let is_county = self.area(code).is_some_and(|area| area.level == Level::County);
        let cities: BTreeSet<&str> = beside
            .iter()
            .map(String::as_str)
            .chain(own.iter().copied().filter(|_| is_county))
            .filter_map(|county| self.city_over(county))
            .map(|city| city.code.as_str())
            .collect();
        let others: BTreeSet<&str> = cities
            .iter()
            .flat_map(|city| self.counties_of(city))
            .map(|area| area.code.as_str())
            .filter(|county| !own.contains(county))
            .collect();
        let marked = own.iter().map(|c| (*c, true)).chain(others.iter().map(|c| (*c, false)));
        marked.filter_map(|(code, is_own)| Some((self.area(code)?, is_own))).collect()
    }
}
