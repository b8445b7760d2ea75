//! Patterns with stars.

/// A piece of a pattern.
enum Piece {
    Letter(char),
    /// `*`: any text without `/`.
    Segment,
    /// `**`: any text.
    Anything,
    /// `/**`: nothing, or any text that begins with `/`.
    Below,
}

/// Whether a pattern fits a whole text.
///
/// Takes time with the product of both lengths, whatever the stars.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    // Which beginnings of the text fit the pieces so far.
    let mut fits = vec![false; text.chars().count() + 1];
    if let Some(empty) = fits.first_mut() {
        *empty = true;
    }
    for piece in pieces(pattern) {
        let mut next = Vec::with_capacity(fits.len());
        // Whether a star that has begun can go on.
        let mut goes_on = false;
        next.push(fits.first().is_some_and(|fit| *fit) && !matches!(piece, Piece::Letter(_)));
        for ((letter, before), here) in text.chars().zip(&fits).zip(fits.iter().skip(1)) {
            let (continues, stays) = match piece {
                Piece::Letter(wanted) => (*before && letter == wanted, false),
                Piece::Segment => ((goes_on || *before) && letter != '/', *here),
                Piece::Anything => (goes_on || *before, *here),
                Piece::Below => (goes_on || (*before && letter == '/'), *here),
            };
            goes_on = continues && !matches!(piece, Piece::Letter(_));
            next.push(continues || stays);
        }
        fits = next;
    }
    fits.last().is_some_and(|fit| *fit)
}

fn pieces(pattern: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        let below = rest.strip_prefix("/**").filter(|behind| behind.is_empty() || behind.starts_with('/'));
        let (piece, behind) = match (below, rest.strip_prefix("**"), rest.strip_prefix('*')) {
            (Some(behind), ..) => (Piece::Below, behind),
            (_, Some(behind), _) => (Piece::Anything, behind),
            (.., Some(behind)) => (Piece::Segment, behind),
            (None, None, None) => (Piece::Letter(letter), rest.get(letter.len_utf8()..).unwrap_or_default()),
        };
        pieces.push(piece);
        rest = behind;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_text() {
        for (pattern, text, fits) in [
            ("", "", true),
            ("", "a", false),
            ("a", "a", true),
            ("a", "ab", false),
            ("*", "", true),
            ("*", "pets", true),
            ("*", "a/b", false),
            ("**", "a/b", true),
            ("a*c", "abbc", true),
            ("a*c", "ab/c", false),
            ("a**c", "ab/c", true),
            ("*list*", "pets_list_all", true),
            ("/pets/*", "/pets/{id}", true),
            ("/pets/*", "/pets", false),
            ("/pets/*", "/pets/{id}/toys", false),
            ("/pets/{id}", "/pets/{id}", true),
            ("/pets/**", "/pets", true),
            ("/pets/**", "/pets/{id}/toys", true),
            ("/pets/**", "/petstore", false),
            ("/**/toys", "/toys", true),
            ("/**/toys", "/pets/{id}/toys", true),
            ("/**/toys", "/pets/mytoys", false),
            ("/a/**/b/**", "/a/x/b/y/z", true),
            ("/a**", "/a/b", true),
            ("名*", "名前", true),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
        assert!(!matches(&"*a".repeat(500), &"a".repeat(499)), "many stars take no long time");
    }
}
