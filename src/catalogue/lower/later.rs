//! Later public facts: to their project, to the parts they tell of, and to the same work's other
//! entries.

use std::collections::BTreeMap;

use super::sources::SourceLines;
use crate::{
    catalogue::{
        Change, Feature, Project, Role, Update,
        seed::{ProjectSeed, SeedError},
        seed_later::UpdateSeed,
    },
    plan::Plan,
};

/// Gives each project the later facts of its seed and of the entries that name the same work, and
/// each feature those that tell of it. What tells only of what is there already stays with that.
pub fn attach(
    projects: &mut [Project],
    features: &mut [Feature],
    seeds: &[ProjectSeed],
    plan: &Plan,
    sources: &SourceLines,
) -> Vec<SeedError> {
    let mut errors = Vec::new();
    let mut own: BTreeMap<&str, Vec<Update>> = BTreeMap::new();
    for seed in seeds {
        for saved in &seed.updates {
            let update = match lower(saved, plan, sources) {
                Ok(update) => update,
                Err(reason) => {
                    errors.push(SeedError {
                        file: "projects.json".to_owned(),
                        feature: Some(seed.id.clone()),
                        field: Some("updates".to_owned()),
                        reason,
                    });
                    continue;
                }
            };
            let mut only_context = !saved.features.is_empty();
            for id in &saved.features {
                let parts = features.iter_mut().filter(|feature| feature.id == *id);
                let mut found = false;
                for part in parts {
                    found = true;
                    only_context &= part.role == Role::Context;
                    part.updates.push(update.clone());
                }
                // Geometry is left aside where another wording of the plan is read.
                only_context &= found;
            }
            if !only_context {
                own.entry(&seed.id).or_default().push(update);
            }
        }
    }
    for project in projects.iter_mut() {
        let ids = std::iter::once(&project.id).chain(&project.same_as);
        let mut all: Vec<Update> = Vec::new();
        for update in ids.filter_map(|id| own.get(id.as_str())).flatten() {
            if !all.contains(update) {
                all.push(update.clone());
            }
        }
        all.sort_by(|a, b| a.date.cmp(&b.date));
        project.updates = all;
    }
    errors
}

fn lower(seed: &UpdateSeed, plan: &Plan, sources: &SourceLines) -> Result<Update, String> {
    let changes = seed.changes.iter().map(|change| {
        let nth = change.occurrence.checked_sub(1);
        let words = nth.and_then(|nth| plan.text.find(&change.phrase, nth));
        Ok(Change {
            subject: change.subject(),
            stated: change.stated(),
            words: words.ok_or_else(|| format!("the plan does not say “{}”", change.phrase))?,
            later: change.later(),
        })
    });
    Ok(Update {
        text: seed.text(),
        date: seed.date.clone().unwrap_or_default(),
        sources: sources.all(&seed.sources)?,
        changes: changes.collect::<Result<_, String>>()?,
    })
}
