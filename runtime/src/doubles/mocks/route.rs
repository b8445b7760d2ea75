//! Which requests have the path of an operation, and with which values.

use http::Uri;

use crate::percent::decode_fully;
use crate::url::route_parts;

/// The values of a template's variables in a path, by their names; `None` where the path is another one.
pub(super) fn values<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, String)>> {
    let (template, _query) = route_parts(template);
    let (mut templates, mut segments) = (template.trim_matches('/').split('/'), path.trim_matches('/').split('/'));
    let mut values = Vec::new();
    loop {
        match (templates.next(), segments.next()) {
            (None, None) => return Some(values),
            (Some(template), Some(segment)) => in_segment(template, segment, &mut values)?,
            (None, Some(_)) | (Some(_), None) => return None,
        }
    }
}

/// Adds the values of a segment such as `{owner}:{name}.json`.
fn in_segment<'t>(template: &'t str, segment: &str, values: &mut Vec<(&'t str, String)>) -> Option<()> {
    let Some((literal, rest)) = template.split_once('{') else {
        return (decoded(template) == decoded(segment)).then_some(());
    };
    let segment = segment.strip_prefix(literal)?;
    let (name, rest) = rest.split_once('}')?;
    let until = rest.split('{').next().unwrap_or_default();
    let end = if until.is_empty() { segment.len() } else { segment.find(until)? };
    let (value, segment) = segment.split_at_checked(end).filter(|(value, _)| !value.is_empty())?;
    values.push((name, decoded(value)));
    if rest.is_empty() { segment.is_empty().then_some(()) } else { in_segment(rest, segment, values) }
}

/// The pairs of a query, decoded.
pub(super) fn query(uri: &Uri) -> impl Iterator<Item = (String, String)> {
    let pairs = uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(&name.replace('+', " ")), decoded(&value.replace('+', " ")))
    })
}

pub(super) fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&decode_fully(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_values_of_its_template() {
        let table = [
            ("/pets/{id}", "/pets/7", Some("id=7")),
            ("/pets/{id}", "/pets/a%2Fb%20c", Some("id=a/b c")),
            ("/pets/{id}", "/pets/", None),
            ("/pets/{id}", "/pets/7/toys", None),
            ("/pets/{id}", "/v1/pets/7", None),
            ("/{owner}/{name}.{format}", "/ada/notes.pdf", Some("owner=ada name=notes format=pdf")),
            ("/{a}:run", "/x:run", Some("a=x")),
            ("/{a}:run", "/x:stop", None),
            ("/", "/", Some("")),
        ];
        for (template, path, expected) in table {
            let text = values(template, path).map(|values| {
                values.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
            });
            assert_eq!(text.as_deref(), expected, "{template} {path}");
        }
    }
}
