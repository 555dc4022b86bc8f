//! Changed projects into a catalogue that is there, without the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Base, LoweredProject, by_feature, finish, indexed, place};
use crate::{
    catalogue::{Catalogue, Feature, Project, id_order},
    geo::FeatureIndex,
};

/// Projects as they are now; `None` for those that leave the list.
type Changed = BTreeMap<String, Option<LoweredProject>>;

impl Catalogue {
    /// Takes in what `lower_some` measured anew; `None` leaves the list. Everything is then as if the
    /// whole workbook had been lowered, except that new geometries stand at the end of `features`.
    ///
    /// Where a project only has other values nothing else moves; else positions of projects and
    /// features are others afterwards, as after any lowering.
    pub fn take_in(&mut self, changed: Changed, base: &Base) {
        let mut moved = Changed::new();
        for (id, lowered) in changed {
            match (self.by_id.get(&id).copied(), lowered) {
                (None, None) => {}
                (Some(at), Some(new)) if self.is_where_it_was(at, &new.features) => {
                    self.replace(at, new.project);
                }
                (_, lowered) => {
                    moved.insert(id, lowered);
                }
            }
        }
        if !moved.is_empty() {
            self.take_in_moved(moved, base);
        }
    }

    /// Whether a project has these geometries already, in this order and with the same partners.
    fn is_where_it_was(&self, at: usize, features: &[Feature]) -> bool {
        let Some(project) = self.projects.get(at) else { return false };
        let own = project.features.iter().filter_map(|&i| self.features.get(i));
        project.features.len() == features.len()
            && own.zip(features).all(|(own, new)| {
                let named = new.project_ids.iter().filter(|id| own.project_ids.contains(id));
                let plain =
                    |feature: &Feature| Feature { project_ids: Vec::new(), ..feature.clone() };
                named.eq(&own.project_ids) && plain(own) == plain(new)
            })
    }

    /// Puts a project in the place of itself; its geometries are as they were.
    fn replace(&mut self, at: usize, mut project: Project) {
        let Some((own, key)) = self.projects.get_mut(at).zip(self.search_keys.get_mut(at)) else {
            return;
        };
        project.features.clone_from(&own.features);
        *key = Arc::new(finish::search_key(&project));
        *own = Arc::new(project);
    }

    fn take_in_moved(&mut self, moved: Changed, base: &Base) {
        let now = self.let_go(&moved.keys().cloned().collect());
        for project in self.projects.iter_mut().filter(|own| !moved.contains_key(&own.id)) {
            let there = |&i: &usize| now.get(i).copied().flatten();
            let own: Vec<usize> = project.features.iter().filter_map(there).collect();
            if own != project.features {
                Arc::make_mut(project).features = own;
            }
        }
        let (mut gone, mut new) = (BTreeSet::new(), Vec::new());
        for (id, lowered) in moved {
            let at = self.by_id.get(&id).copied();
            let Some(LoweredProject { mut project, features }) = lowered else {
                gone.insert(id);
                continue;
            };
            let own = self.add_features(&id, features, base);
            if let Some((at, old)) = at.and_then(|at| Some((at, self.projects.get_mut(at)?))) {
                Arc::make_mut(old).features = own;
                self.replace(at, project);
            } else {
                project.features = own;
                new.push(project);
            }
        }
        let is_listed = gone.is_empty() && new.is_empty();
        if !gone.is_empty() {
            let mut stays = self.projects.iter().map(|own| !gone.contains(&own.id));
            self.search_keys.retain(|_| stays.next().unwrap_or(true));
            self.projects.retain(|own| !gone.contains(&own.id));
        }
        for project in new {
            self.insert(project);
        }
        self.index = FeatureIndex::build(indexed(&self.features));
        self.projects_by_feature = by_feature(&self.features, &self.projects);
        if !is_listed {
            let by_id = self.projects.iter().enumerate().map(|(i, p)| (p.id.clone(), i));
            self.by_id = Arc::new(by_id.collect());
        }
    }

    /// Takes geometries from projects; those that are nobody's then go. Says where each one is now.
    fn let_go(&mut self, ids: &BTreeSet<String>) -> Vec<Option<usize>> {
        let mut kept = 0;
        let mut now: Vec<Option<usize>> = Vec::with_capacity(self.features.len());
        for feature in &mut self.features {
            let had_none = feature.project_ids.is_empty();
            feature.project_ids.retain(|id| !ids.contains(id));
            let stays = had_none || !feature.project_ids.is_empty();
            now.push(stays.then_some(kept));
            kept += usize::from(stays);
        }
        if kept < self.features.len() {
            let mut each = now.iter();
            self.features.retain(|_| each.next().is_none_or(Option::is_some));
            let mut each = now.iter();
            self.alignments.retain(|_| each.next().is_none_or(Option::is_some));
            let mut each = now.iter();
            self.county_pieces.retain(|_| each.next().is_none_or(Option::is_some));
        }
        now
    }

    /// Geometries of a project, in their order: those that others have, too, are shared again. Says
    /// where they are.
    fn add_features(&mut self, id: &str, features: Vec<Feature>, base: &Base) -> Vec<usize> {
        let (mut own, mut new) = (Vec::new(), Vec::new());
        for mut feature in features {
            let same = |other: &Feature| {
                other.id == feature.id
                    && other.shape == feature.shape
                    && !other.project_ids.iter().any(|own| own == id)
            };
            let there = self.features.iter().position(same);
            if let Some((at, other)) =
                there.and_then(|at| self.features.get_mut(at).map(|other| (at, other)))
            {
                other.project_ids.push(id.to_owned());
                // In the order in which the place names them.
                let all = &feature.project_ids;
                other.project_ids.sort_by_key(|id| all.iter().position(|other| other == id));
                own.push(at);
            } else {
                feature.project_ids = vec![id.to_owned()];
                own.push(self.features.len() + new.len());
                new.push(feature);
            }
        }
        let (alignments, pieces) = place::alignments(&new, &base.county_index);
        self.features.extend(new);
        self.alignments.extend(alignments);
        self.county_pieces.extend(pieces);
        own
    }

    fn insert(&mut self, project: Project) {
        let order = |own: &Project| (id_order(&own.id), own.id.clone());
        let new = order(&project);
        let at = self.projects.partition_point(|own| order(own) < new);
        self.search_keys.insert(at, Arc::new(finish::search_key(&project)));
        self.projects.insert(at, Arc::new(project));
    }
}
