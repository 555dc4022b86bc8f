//! Which projects are the same work, by their names and counties.

use std::collections::{BTreeSet, HashMap};

/// What is known of a project for it to be compared.
#[derive(Debug, Clone)]
pub struct Known {
    pub id: String,
    pub name: String,
    /// Codes of its counties.
    pub counties: Vec<String>,
}

/// Whether another project is the same work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Likeness {
    /// The position of the one that it is the same as.
    Same(usize),
    /// The position of one that it may be the same as.
    Unsure(usize),
    None,
}

/// Shares of pairs of signs in common: from here on names in one county are the same, and may be.
const NEARLY: f64 = 0.8;
const MAYBE: f64 = 0.6;

/// Projects, ready to be compared with.
#[derive(Debug)]
pub struct Works {
    known: Vec<Known>,
    plain: Vec<String>,
    by_name: HashMap<String, Vec<usize>>,
    by_pair: HashMap<(char, char), Vec<usize>>,
}

impl Works {
    /// Of the projects there are.
    pub fn new(known: Vec<Known>) -> Self {
        let plain: Vec<String> = known.iter().map(|own| plain(&own.name)).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_pair: HashMap<(char, char), Vec<usize>> = HashMap::new();
        for (at, name) in plain.iter().enumerate() {
            by_name.entry(name.clone()).or_default().push(at);
            for pair in pairs(name) {
                by_pair.entry(pair).or_default().push(at);
            }
        }
        Self { known, plain, by_name, by_pair }
    }

    /// The project at a position.
    pub fn get(&self, at: usize) -> Option<&Known> {
        self.known.get(at)
    }

    /// The one that has a name and counties.
    pub fn find(&self, name: &str, counties: &[String]) -> Likeness {
        let own = plain(name);
        if own.is_empty() {
            return Likeness::None;
        }
        let apart = |at: usize| self.is_apart(at, counties);
        if let Some(same) = self.by_name.get(&own) {
            let near: Vec<usize> = same.iter().copied().filter(|at| !apart(*at)).collect();
            return match (near.as_slice(), same.first()) {
                ([only], _) => Likeness::Same(*only),
                ([first, ..], _) | ([], Some(first)) => Likeness::Unsure(*first),
                ([], None) => Likeness::None,
            };
        }
        let own_pairs = pairs(&own);
        let numbers = numbers(&own);
        let alike = |at: usize| -> f64 {
            let other = self.plain.get(at).map(|name| pairs(name)).unwrap_or_default();
            let shared = own_pairs.intersection(&other).count();
            2.0 * shared as f64 / (own_pairs.len() + other.len()).max(1) as f64
        };
        let mut best: Vec<(f64, usize)> = self
            .candidates(&own_pairs)
            .into_iter()
            .map(|at| (alike(at), at))
            .filter(|(share, at)| {
                // 一期 is not 二期, line 1 not line 2.
                *share >= MAYBE
                    && self.plain.get(*at).is_some_and(|own| self::numbers(own) == numbers)
            })
            .collect();
        best.sort_by(|(a, at), (b, bt)| b.total_cmp(a).then(at.cmp(bt)));
        let Some(&(share, at)) = best.first() else { return Likeness::None };
        let is_rival = |(other, _): &&(f64, usize)| *other >= NEARLY;
        let is_only = best.iter().filter(is_rival).count() == 1;
        if share >= NEARLY && is_only && self.is_together(at, counties) {
            Likeness::Same(at)
        } else {
            Likeness::Unsure(at)
        }
    }

    /// Those that may share enough pairs. Who shares 60 % of all has at least three of seven in common,
    /// so at least one of the others is among the rarest: 工程 and 建设, which most names have, are not
    /// gone through.
    fn candidates(&self, pairs: &BTreeSet<(char, char)>) -> BTreeSet<usize> {
        let mut lists: Vec<&[usize]> = pairs
            .iter()
            .map(|pair| self.by_pair.get(pair).map_or(&[][..], Vec::as_slice))
            .collect();
        lists.sort_by_key(|list| list.len());
        let few = lists.len() - lists.len() * 3 / 7 + 1;
        lists.into_iter().take(few).flatten().copied().collect()
    }

    /// Whether both say where they are, and say otherwise.
    fn is_apart(&self, at: usize, counties: &[String]) -> bool {
        let Some(own) = self.known.get(at) else { return false };
        let both = !own.counties.is_empty() && !counties.is_empty();
        both && !own.counties.iter().any(|code| counties.contains(code))
    }

    /// Whether both say that they are in one county.
    fn is_together(&self, at: usize, counties: &[String]) -> bool {
        let own = self.known.get(at);
        own.is_some_and(|own| own.counties.iter().any(|code| counties.contains(code)))
    }
}

/// A name without signs and the words that names of projects end in.
fn plain(name: &str) -> String {
    let signs: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut own = signs.as_str();
    while let Some(rest) = ["项目", "工程", "建设"].iter().find_map(|end| own.strip_suffix(end))
    {
        if rest.chars().count() < 3 {
            break;
        }
        own = rest;
    }
    own.to_owned()
}

fn pairs(name: &str) -> BTreeSet<(char, char)> {
    name.chars().zip(name.chars().skip(1)).collect()
}

/// The numbers of a name, which tell works of one name apart.
fn numbers(name: &str) -> Vec<char> {
    let is_number = |c: &char| c.is_ascii_digit() || "一二三四五六七八九十东西南北".contains(*c);
    name.chars().filter(is_number).collect()
}
