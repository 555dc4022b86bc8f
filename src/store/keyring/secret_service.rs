//! The desktop's keyring, by the Secret Service API of freedesktop.org (draft 0.2), as GNOME Keyring,
//! `KWallet` and `KeePassXC` offer it.
//!
//! Secrets go over the session bus as they are (the algorithm `plain` of the API): the bus is the
//! user's own, and whoever may listen on it may ask the keyring too. What would need a question to
//! the user, such as a locked keyring, counts as no keyring: a map must start without one.

use std::{collections::HashMap, fmt, time::Duration};

use zbus::{
    blocking::{Connection, Proxy, connection::Builder},
    zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value},
};

const SERVICE: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
/// No question is asked, so that an answer takes milliseconds; a daemon may have to start.
const PATIENCE: Duration = Duration::from_secs(3);
const APPLICATION: &str = "jintu";

/// Why the keyring did not do it. The reasons are D-Bus's and hold no secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    #[error("the keyring did not answer: {0}")]
    Bus(#[from] zbus::Error),
    #[error("the keyring is locked or asks a question")]
    Locked,
}

/// An open session with the keyring.
pub struct Keyring {
    connection: Connection,
    session: OwnedObjectPath,
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(…)")
    }
}

/// Session, parameters, value, media type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

impl Keyring {
    /// The keyring of the session bus, or of the bus at an address.
    ///
    /// # Errors
    /// No bus, no keyring, or one that does not answer.
    pub fn open(bus: Option<&str>) -> Result<Self, KeyringError> {
        let builder = match bus {
            Some(address) => Builder::address(address)?,
            None => Builder::session()?,
        };
        let connection = builder.method_timeout(PATIENCE).build()?;
        let (_, session): (OwnedValue, OwnedObjectPath) =
            service(&connection)?.call("OpenSession", &("plain", Value::from("")))?;
        Ok(Self { connection, session })
    }

    /// All of this program's keys by name.
    ///
    /// # Errors
    /// A keyring that does not answer, or is locked with keys in it.
    pub fn all(&self) -> Result<Vec<(String, String)>, KeyringError> {
        let items = self.find(&HashMap::from([("application", APPLICATION)]))?;
        let service = service(&self.connection)?;
        let secrets: HashMap<OwnedObjectPath, Secret> =
            service.call("GetSecrets", &(items, &self.session))?;
        let mut keys = Vec::new();
        for (item, (_, _, value, _)) in secrets {
            let proxy = Proxy::new(&self.connection, SERVICE, item, "org.freedesktop.Secret.Item")?;
            let mut attributes: HashMap<String, String> = proxy.get_property("Attributes")?;
            if let (Some(name), Ok(key)) = (attributes.remove("name"), String::from_utf8(value)) {
                keys.push((name, key));
            }
        }
        Ok(keys)
    }

    /// Keeps a key in the default collection, in the place of one of the same name.
    ///
    /// # Errors
    /// A keyring that does not answer, or asks a question.
    pub fn set(&self, name: &str, key: &str) -> Result<(), KeyringError> {
        let service = service(&self.connection)?;
        let collection: OwnedObjectPath = service.call("ReadAlias", &("default",))?;
        if collection.as_str() == "/" {
            return Err(KeyringError::Locked);
        }
        let unlocked: (Vec<OwnedObjectPath>, OwnedObjectPath) =
            service.call("Unlock", &(vec![&collection],))?;
        no_question(&unlocked.1)?;
        let attributes = HashMap::from([("application", APPLICATION), ("name", name)]);
        let label = format!("Jintu: {name}");
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", Value::from(label)),
            ("org.freedesktop.Secret.Item.Attributes", Value::from(attributes)),
        ]);
        let secret = (&self.session, Vec::<u8>::new(), key.as_bytes(), "text/plain");
        let interface = "org.freedesktop.Secret.Collection";
        let proxy = Proxy::new(&self.connection, SERVICE, collection, interface)?;
        let (_, prompt): (OwnedObjectPath, OwnedObjectPath) =
            proxy.call("CreateItem", &(properties, secret, true))?;
        no_question(&prompt)
    }

    /// Takes a key away; one that is not there is no error.
    ///
    /// # Errors
    /// A keyring that does not answer, or asks a question.
    pub fn remove(&self, name: &str) -> Result<(), KeyringError> {
        for item in self.find(&HashMap::from([("application", APPLICATION), ("name", name)]))? {
            let proxy = Proxy::new(&self.connection, SERVICE, item, "org.freedesktop.Secret.Item")?;
            let prompt: OwnedObjectPath = proxy.call("Delete", &())?;
            no_question(&prompt)?;
        }
        Ok(())
    }

    fn find(&self, by: &HashMap<&str, &str>) -> Result<Vec<OwnedObjectPath>, KeyringError> {
        let service = service(&self.connection)?;
        let (mut items, locked): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            service.call("SearchItems", &(by,))?;
        if !locked.is_empty() {
            let (opened, prompt): (Vec<OwnedObjectPath>, OwnedObjectPath) =
                service.call("Unlock", &(locked,))?;
            no_question(&prompt)?;
            items.extend(opened);
        }
        Ok(items)
    }
}

fn service(connection: &Connection) -> Result<Proxy<'static>, zbus::Error> {
    let root = ObjectPath::from_static_str(ROOT)?;
    Proxy::new(connection, SERVICE, root, "org.freedesktop.Secret.Service")
}

/// A path other than the root is that of a question waiting to be shown.
fn no_question(prompt: &OwnedObjectPath) -> Result<(), KeyringError> {
    if prompt.as_str() == "/" { Ok(()) } else { Err(KeyringError::Locked) }
}
