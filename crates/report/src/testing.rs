//! What every figure is held to: it parses, and no text leaves it or lies on another.

use crate::text_width::text_width;

#[derive(Debug)]
struct TextBox {
    words: String,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

/// Asserts that `svg` is a well-formed standalone figure whose texts neither
/// leave the sheet nor touch each other, and which holds no broken number.
pub(crate) fn assert_clean(svg: &str) {
    let document = roxmltree::Document::parse(svg).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    assert_eq!(root.attribute("role"), Some("img"));
    assert!(root.attribute("aria-label").is_some());
    let has = |name| root.children().any(|c| c.has_tag_name(name));
    assert!(has("title") || root.children().any(|c| c.tag_name().name() == "title"));
    let size: Vec<f64> = root
        .attribute("viewBox")
        .expect("viewBox")
        .split(' ')
        .map(|part| part.parse().expect("number"))
        .collect();
    for node in document.descendants().filter(|n| n.is_element()) {
        for attribute in node.attributes() {
            if attribute.name() == "aria-label" {
                continue;
            }
            assert!(
                !attribute.value().contains("NaN") && !attribute.value().contains("inf"),
                "{attribute:?}"
            );
        }
    }
    let boxes: Vec<TextBox> = document
        .descendants()
        .filter(|n| n.tag_name().name() == "text")
        .map(|node| text_box(&node))
        .collect();
    for (i, a) in boxes.iter().enumerate() {
        assert!(
            a.left >= -0.5 && a.right <= size[2] + 0.5 && a.top >= 0.0 && a.bottom <= size[3],
            "{} is outside {size:?}: {a:?}",
            a.words
        );
        for b in &boxes[..i] {
            let apart = a.left >= b.right - 0.5
                || b.left >= a.right - 0.5
                || a.top >= b.bottom - 0.5
                || b.top >= a.bottom - 0.5;
            assert!(apart, "{} lies on {}: {a:?} {b:?}", a.words, b.words);
        }
    }
}

fn text_box(node: &roxmltree::Node<'_, '_>) -> TextBox {
    let number = |name| -> f64 { node.attribute(name).expect(name).parse().expect(name) };
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    let words = node.text().unwrap_or("").to_owned();
    let width = text_width(&words, size, node.attribute("font-weight").is_some());
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - width / 2.0,
        Some("end") => x - width,
        _ => x,
    };
    TextBox { words, left, right: left + width, top: y - size * 0.74, bottom: y + size * 0.22 }
}

/// The words of all texts in `svg`.
pub(crate) fn words(svg: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(svg).expect("well-formed");
    document
        .descendants()
        .filter(|n| n.tag_name().name() == "text")
        .map(|n| n.text().unwrap_or("").to_owned())
        .collect()
}

/// How many elements of this name `svg` has.
pub(crate) fn count(svg: &str, name: &str) -> usize {
    let document = roxmltree::Document::parse(svg).expect("well-formed");
    document.descendants().filter(|n| n.tag_name().name() == name).count()
}

/// Labels that are as unpleasant as they come.
pub(crate) const LONG: &str =
    "Democratic People's Republic of <Somewhere> & \"the\" Federated Territories of Elsewhere";
