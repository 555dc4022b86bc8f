//! Changed projects into a catalogue that is there, without the others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Base, LoweredProject, by_feature, finish, indexed, place};
use crate::{
    catalogue::{Catalogue, Feature, Project, id_order},
    geo::FeatureIndex,
};

impl Catalogue {
    /// Takes in what `lower_some` measured anew; `None` leaves the list. Everything is then as if the
    /// whole workbook had been lowered, except that new geometries stand at the end of `features`.
    ///
    /// Positions of projects and features are others afterwards, as after any lowering.
    pub fn take_in(&mut self, changed: BTreeMap<String, Option<LoweredProject>>, base: &Base) {
        self.let_go(&changed.keys().cloned().collect());
        for (id, lowered) in changed {
            let at = self.projects.iter().position(|own| own.id == id);
            match (at, lowered) {
                (None, None) => {}
                (Some(at), None) => {
                    self.projects.remove(at);
                    self.search_keys.remove(at);
                }
                (at, Some(LoweredProject { project, features })) => {
                    self.add_features(&id, features, base);
                    self.put(at, project);
                }
            }
        }
        let mut owned = finish::owned(&self.features);
        for project in &mut self.projects {
            project.features = owned.remove(&project.id).unwrap_or_default();
        }
        self.index = FeatureIndex::build(indexed(&self.features));
        self.projects_by_feature = by_feature(&self.features, &self.projects);
        self.by_id = self.projects.iter().enumerate().map(|(i, p)| (p.id.clone(), i)).collect();
    }

    /// Takes geometries from projects; those that are nobody's then go.
    fn let_go(&mut self, ids: &BTreeSet<String>) {
        let mut stays: Vec<bool> = Vec::with_capacity(self.features.len());
        for feature in &mut self.features {
            let before = feature.project_ids.len();
            feature.project_ids.retain(|id| !ids.contains(id));
            stays.push(before == 0 || !feature.project_ids.is_empty());
        }
        let mut kept = stays.iter();
        self.features.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = stays.iter();
        self.alignments.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = stays.iter();
        self.county_pieces.retain(|_| kept.next().copied().unwrap_or(true));
    }

    /// Geometries of a project: those that others have, too, are shared again.
    fn add_features(&mut self, id: &str, features: Vec<Feature>, base: &Base) {
        let mut new = Vec::new();
        for mut feature in features {
            let same = |own: &&mut Feature| own.id == feature.id && own.shape == feature.shape;
            if let Some(own) = self.features.iter_mut().find(same) {
                own.project_ids.push(id.to_owned());
                // In the order in which the place names them.
                let all = &feature.project_ids;
                own.project_ids.sort_by_key(|id| all.iter().position(|other| other == id));
            } else {
                feature.project_ids = vec![id.to_owned()];
                new.push(feature);
            }
        }
        let (alignments, pieces) = place::alignments(&new, &base.county_index);
        self.features.extend(new);
        self.alignments.extend(alignments);
        self.county_pieces.extend(pieces);
    }

    fn put(&mut self, at: Option<usize>, project: Project) {
        let key = finish::search_key(&project);
        if let Some((own, own_key)) =
            at.and_then(|at| self.projects.get_mut(at).zip(self.search_keys.get_mut(at)))
        {
            *own = project;
            *own_key = key;
            return;
        }
        let order = |own: &Project| (id_order(&own.id), own.id.clone());
        let new = order(&project);
        let at = self.projects.partition_point(|own| order(own) < new);
        self.projects.insert(at, project);
        self.search_keys.insert(at, key);
    }
}
