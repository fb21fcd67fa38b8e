//! Chains of dots and brackets, `base.name.verb(…)[0]`, as a beginning and links. Rhai keeps them nested to the right.

use rhai::{ASTFlags, Expr};

/// One link of a chain: what stands behind a dot, or in brackets.
pub(crate) enum Link<'e> {
    Dot(&'e Expr),
    Index(&'e Expr),
}

/// The name of the property that a link is.
pub(crate) fn name_of<'e>(link: &Link<'e>) -> Option<&'e str> {
    match link {
        Link::Dot(Expr::Property(parts, _)) => Some(&parts.2),
        Link::Index(Expr::StringConstant(name, _)) => Some(name),
        _ => None,
    }
}

/// A chain as its beginning and its links, in order.
pub(crate) fn flattened(whole: &Expr) -> (&Expr, Vec<Link<'_>>) {
    let mut links = Vec::new();
    let (mut base, mut rest) = (whole, None);
    if let Some((first, others, is_index, ends)) = split(whole) {
        base = first;
        rest = Some((others, is_index, ends));
    }
    while let Some((expr, is_index, ends)) = rest.take() {
        let link = |expr| if is_index { Link::Index(expr) } else { Link::Dot(expr) };
        match split(expr).filter(|_| !ends) {
            Some((first, others, next_is_index, next_ends)) => {
                links.push(link(first));
                rest = Some((others, next_is_index, next_ends));
            }
            None => links.push(link(expr)),
        }
    }
    (base, links)
}

/// The two sides of a link, whether it is an index, and whether its right side is one link, though it looks like a chain.
fn split(expr: &Expr) -> Option<(&Expr, &Expr, bool, bool)> {
    match expr {
        Expr::Dot(link, flags, _) => Some((&link.lhs, &link.rhs, false, flags.intersects(ASTFlags::BREAK))),
        Expr::Index(link, flags, _) => Some((&link.lhs, &link.rhs, true, flags.intersects(ASTFlags::BREAK))),
        _ => None,
    }
}
