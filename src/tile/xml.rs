//! Reading XML of servers: children by name, and documents that nest too deep.
//!
//! How deep a document nests is found without a stack: the parser has one frame for each level, and
//! a document made to exhaust it would end the program.

use roxmltree::Node;

/// Elements are known by their local names: servers differ in prefixes.
pub fn children<'a>(of: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    of.children().filter(move |n| n.is_element() && n.tag_name().name() == name)
}

pub fn child<'a>(of: Node<'a, 'a>, name: &'static str) -> Option<Node<'a, 'a>> {
    children(of, name).next()
}

/// The trimmed text of a child; empty without.
pub fn text(of: Node, name: &str) -> String {
    let found = of.children().find(|n| n.is_element() && n.tag_name().name() == name);
    found.and_then(|n| n.text()).unwrap_or_default().trim().to_owned()
}

/// Whether elements nest no deeper than `most`. What is no XML counts as what it looks like; the
/// parser refuses it.
pub fn nests_within(text: &str, most: usize) -> bool {
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..).unwrap_or_default();
        let hidden = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];
        if let Some((opening, closing)) = hidden.iter().find(|(o, _)| rest.starts_with(o)) {
            let inside = rest.get(opening.len()..).unwrap_or_default();
            rest = inside.split_once(closing).map_or("", |(_, after)| after);
            continue;
        }
        let (tag, after) = split_tag(rest);
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with("<!") && !tag.ends_with('/') {
            depth += 1;
            if depth > most {
                return false;
            }
        }
        rest = after;
    }
    true
}

/// A tag without its last bracket, and what follows it. Brackets in attributes do not count.
fn split_tag(rest: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match quote {
            Some(closing) if c == closing => quote = None,
            None if c == '>' => {
                let after = rest.get(at + 1..).unwrap_or_default();
                return (rest.get(..at).unwrap_or_default(), after);
            }
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
    }
    (rest, "")
}
