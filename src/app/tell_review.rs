//! The words of the review.

use super::{Language, message::Tell, review::Told};
use crate::{
    plan::{Certainty, Ground, Plan},
    tr,
    units::TextRange,
};

/// Projects were recognised in a plan.
#[derive(Debug)]
pub struct Recognised {
    pub projects: usize,
    /// Of them so many are not sure.
    pub unsure: usize,
}

impl Tell for Recognised {
    fn tell(&self, language: Language) -> String {
        let found = tr!(language, "review.offer", n = self.projects);
        if self.unsure == 0 {
            return found;
        }
        joined(&found, &tr!(language, "review.offer_unsure", n = self.unsure), language)
    }
}

/// Which item of which box some words are; `None` where they are in none.
pub fn listed(plan: &Plan, words: TextRange, language: Language) -> Option<String> {
    let own = plan.boxes.iter().find(|own| own.range.contains(words))?;
    let item = own.items.iter().find(|item| item.range.overlaps(words))?;
    let part = own.part.map(|part| format!("-{part}")).unwrap_or_default();
    let number = format!("{}{part}", own.number);
    Some(tr!(language, "why.box", number = number, title = own.title, item = item.number))
}

/// Why a project is taken for one, as a sentence.
pub fn why(told: Told, ground: Option<Ground>, language: Language) -> String {
    let certainty = match told {
        Told::Listed => return tr!(language, "why.listed"),
        Told::Text => return tr!(language, "why.text"),
        Told::Table => return tr!(language, "why.table"),
        Told::Hand => return tr!(language, "why.hand"),
        Told::Proposed(certainty) => certainty,
    };
    let ground = match ground {
        Some(Ground::Built) => tr!(language, "why.built"),
        Some(Ground::Listed) => tr!(language, "why.item"),
        Some(Ground::Named) => tr!(language, "why.named"),
        Some(Ground::Card) => tr!(language, "why.card"),
        None => tr!(language, "why.unknown"),
    };
    let sure = match certainty {
        Certainty::High => tr!(language, "why.high"),
        Certainty::Middle => tr!(language, "why.middle"),
        Certainty::Low => tr!(language, "why.low"),
    };
    joined(&ground, &sure, language)
}

/// Two sentences, one after the other.
fn joined(first: &str, second: &str, language: Language) -> String {
    let gap = if language.is_english() { " " } else { "" };
    format!("{first}{gap}{second}")
}
