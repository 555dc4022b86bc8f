//! Keys in the desktop's keyring, against a keyring of the test's own on a bus of its own.
#![expect(
    clippy::unused_self,
    clippy::needless_pass_by_value,
    clippy::used_underscore_binding,
    reason = "the methods have the form that D-Bus calls"
)]

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use jintu::store::{KeyPlace, Keyring, Keys};
use zbus::{
    ObjectServer,
    blocking::{Connection, connection::Builder},
    fdo, interface,
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

use crate::{bus::Bus, temp_folder::TempFolder};

type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// Attributes and value by path.
#[derive(Default)]
struct Vault {
    items: BTreeMap<String, (HashMap<String, String>, Vec<u8>)>,
    made: u32,
    asks: bool,
}

type Shared = Arc<Mutex<Vault>>;

fn path(text: &str) -> OwnedObjectPath {
    ObjectPath::try_from(text.to_owned()).unwrap().into()
}

struct Service(Shared);

#[interface(name = "org.freedesktop.Secret.Service")]
impl Service {
    fn open_session(
        &self,
        algorithm: &str,
        _input: Value<'_>,
    ) -> fdo::Result<(OwnedValue, OwnedObjectPath)> {
        if algorithm != "plain" {
            return Err(fdo::Error::NotSupported(algorithm.to_owned()));
        }
        Ok((Value::from("").try_to_owned().unwrap(), path("/s/1")))
    }

    fn search_items(
        &self,
        by: HashMap<String, String>,
    ) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        let vault = self.0.lock().unwrap();
        let fits = |own: &HashMap<String, String>| by.iter().all(|(k, v)| own.get(k) == Some(v));
        let found = vault.items.iter().filter(|(_, (own, _))| fits(own)).map(|(p, _)| path(p));
        if vault.asks { (vec![], found.collect()) } else { (found.collect(), vec![]) }
    }

    fn unlock(&self, objects: Vec<OwnedObjectPath>) -> (Vec<OwnedObjectPath>, OwnedObjectPath) {
        if self.0.lock().unwrap().asks { (vec![], path("/prompt/1")) } else { (objects, path("/")) }
    }

    fn get_secrets(
        &self,
        items: Vec<OwnedObjectPath>,
        session: OwnedObjectPath,
    ) -> HashMap<OwnedObjectPath, Secret> {
        let vault = self.0.lock().unwrap();
        let secret = |p: OwnedObjectPath| {
            let value = vault.items.get(p.as_str())?.1.clone();
            Some((p, (session.clone(), vec![], value, "text/plain".to_owned())))
        };
        items.into_iter().filter_map(secret).collect()
    }

    fn read_alias(&self, name: &str) -> OwnedObjectPath {
        path(if name == "default" { "/c/login" } else { "/" })
    }
}

struct Collection(Shared);

#[interface(name = "org.freedesktop.Secret.Collection")]
impl Collection {
    async fn create_item(
        &self,
        properties: HashMap<String, OwnedValue>,
        secret: Secret,
        replace: bool,
        #[zbus(object_server)] server: &ObjectServer,
    ) -> (OwnedObjectPath, OwnedObjectPath) {
        let attributes = properties["org.freedesktop.Secret.Item.Attributes"].try_clone().unwrap();
        let attributes: HashMap<String, String> = attributes.try_into().unwrap();
        let place = {
            let mut vault = self.0.lock().unwrap();
            let same = vault.items.iter().find(|(_, (own, _))| replace && *own == attributes);
            let same = same.map(|(place, _)| place.clone());
            vault.made += 1;
            let place = same.unwrap_or(format!("/c/login/{}", vault.made));
            vault.items.insert(place.clone(), (attributes, secret.2));
            place
        };
        server.at(place.clone(), Item(self.0.clone(), place.clone())).await.unwrap();
        (path(&place), path("/"))
    }
}

struct Item(Shared, String);

#[interface(name = "org.freedesktop.Secret.Item")]
impl Item {
    #[zbus(property)]
    fn attributes(&self) -> HashMap<String, String> {
        self.0.lock().unwrap().items[&self.1].0.clone()
    }

    fn delete(&self) -> OwnedObjectPath {
        self.0.lock().unwrap().items.remove(&self.1);
        path("/")
    }
}

fn serve(bus: &Bus, vault: &Shared) -> Connection {
    Builder::address(bus.address.as_str())
        .unwrap()
        .name("org.freedesktop.secrets")
        .unwrap()
        .serve_at("/org/freedesktop/secrets", Service(vault.clone()))
        .unwrap()
        .serve_at("/c/login", Collection(vault.clone()))
        .unwrap()
        .build()
        .unwrap()
}

fn values(vault: &Shared) -> Vec<Vec<u8>> {
    vault.lock().unwrap().items.values().map(|(_, value)| value.clone()).collect()
}

#[test]
fn keys_go_to_the_keyring_and_leave_the_file() {
    let Some(bus) = Bus::start() else { return };
    let vault = Shared::default();
    let _service = serve(&bus, &vault);
    let folder = TempFolder::new("keyring");
    let open = || Keys::with(folder.path(), Keyring::open(Some(&bus.address)).ok()).unwrap();
    let mut in_file = Keys::open(folder.path(), false).unwrap();
    in_file.set("tianditu", "QZX0").unwrap();

    let mut keys = open();
    assert_eq!(keys.place("tianditu"), Some(KeyPlace::File));
    keys.set("tianditu", "QZX1").unwrap();
    keys.set("custom", "密钥").unwrap();
    keys.set("tianditu", "QZX2").unwrap();
    assert_eq!(keys.place("tianditu"), Some(KeyPlace::Keyring));
    assert_eq!(values(&vault).len(), 2, "one item for each name");
    let file = std::fs::read_to_string(folder.path().join("keys.json")).unwrap();
    assert!(!file.contains("QZX"), "{file}");
    assert!(!format!("{keys:?}").contains("QZX"));

    let mut again = open();
    assert_eq!((again.get("tianditu"), again.get("custom")), (Some("QZX2"), Some("密钥")));
    again.remove("custom").unwrap();
    assert_eq!(again.get("custom"), None);
    assert_eq!(values(&vault), [b"QZX2".to_vec()]);
}

#[test]
fn a_keyring_that_asks_questions_is_passed_over() {
    let Some(bus) = Bus::start() else { return };
    let vault = Shared::default();
    let _service = serve(&bus, &vault);
    let folder = TempFolder::new("keyring-locked");
    let mut keys = Keys::with(folder.path(), Keyring::open(Some(&bus.address)).ok()).unwrap();
    vault.lock().unwrap().asks = true;
    keys.set("tianditu", "QZX").unwrap();
    assert_eq!((keys.get("tianditu"), keys.place("tianditu")), (Some("QZX"), Some(KeyPlace::File)));
    assert!(values(&vault).is_empty());
}

#[test]
fn a_bus_without_a_keyring_means_the_file() {
    let Some(bus) = Bus::start() else { return };
    assert!(Keyring::open(Some(&bus.address)).is_err());
    assert!(Keyring::open(Some("unix:path=/nowhere/at/all")).is_err());
    assert!(Keyring::open(Some("nonsense")).is_err());
}
