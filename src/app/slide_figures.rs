//! Figures of projects to choose from for a slide, each with where it is from.

use super::{Language, text};
use crate::{
    book::{Mark, SlideFigureRecord, Words},
    catalogue::{Catalogue, Fact, Project},
    plan::Quantity,
    tr,
};

/// A figure that a project has.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferedFigure {
    pub project: String,
    pub figure: SlideFigureRecord,
}

/// The figures of projects: what was set by hand, then what the plan states, investments first.
pub fn offered_figures(catalogue: &Catalogue, ids: &[String]) -> Vec<OfferedFigure> {
    let mut all = Vec::new();
    for project in ids.iter().filter_map(|id| catalogue.project(id)) {
        let mut facts: Vec<&Fact> = project.facts.iter().collect();
        facts.sort_by_key(|fact| fact.quantity != Quantity::Investment);
        let stated = facts.into_iter().map(|fact| of_fact(fact, project));
        all.extend(
            set_by_hand(project)
                .into_iter()
                .chain(stated)
                .map(|figure| OfferedFigure { project: project.id.clone(), figure }),
        );
    }
    all
}

fn of_fact(fact: &Fact, project: &Project) -> SlideFigureRecord {
    // On a slide 约 stands with the label.
    let exact = Fact { approx: false, ..fact.clone() };
    let [zh, en] = Language::ALL.map(|language| text::figure(&exact, language));
    let [label, other] =
        Language::ALL.map(|language| text::fact_name(fact, &project.facts, language));
    SlideFigureRecord {
        label: Words { zh: label, en: other },
        value: Words { zh: zh.0, en: en.0 },
        unit: Words { zh: zh.1, en: en.1 },
        approx: fact.approx,
        span: Some(fact.span),
        by_hand: None,
    }
}

/// The investment that somebody set beside what is stated.
fn set_by_hand(project: &Project) -> Option<SlideFigureRecord> {
    let set = project.set.iter().find(|set| set.field == "investment_yi")?;
    let investment = project.investment.filter(|_| set.value.is_number())?;
    let value = Language::ALL.map(|language| {
        let value = text::number(text::in_own_unit(investment.yi, language));
        // In Chinese the unit alone says that it is money.
        if language.is_english() { tr!(language, "unit.money_value", value = value) } else { value }
    });
    Some(SlideFigureRecord {
        label: both(Language::ALL.map(|language| tr!(language, "quantity.investment"))),
        value: both(value),
        unit: both(Language::ALL.map(|language| tr!(language, "unit.money"))),
        approx: investment.approx,
        span: None,
        by_hand: Some(Mark {
            who: set.who.clone(),
            at: set.at.clone(),
            source: set.source.clone(),
        }),
    })
}

/// A text in both languages, in the order of [`Language::ALL`].
pub fn both([zh, en]: [String; 2]) -> Words {
    Words { zh, en }
}
