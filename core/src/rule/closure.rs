//! Closures: how Rhai keeps `|record| …`, and where their bodies are.

use std::collections::BTreeMap;

use rhai::{AST, ASTNode, Expr, Stmt};

/// A closure's definition: the names it takes, captured ones first, and its body.
pub(crate) struct Closure {
    pub(crate) params: Vec<String>,
    pub(crate) body: Vec<Stmt>,
}

/// The closures of a script. Rhai keeps their bodies among the script's functions and shows them to a walker only.
pub(crate) fn closures(ast: &AST) -> BTreeMap<String, Closure> {
    ast.iter_fn_def()
        .map(|definition| {
            let mut alone = ast.clone_functions_only();
            alone.retain_functions(|_, _, name, _| name == definition.name.as_str());
            let mut body = Vec::new();
            alone.walk(&mut |path: &[ASTNode<'_>]| {
                if let [ASTNode::Stmt(statement)] = path {
                    body.push((*statement).clone());
                }
                true
            });
            let params = definition.params.iter().map(ToString::to_string).collect();
            (definition.name.to_string(), Closure { params, body })
        })
        .collect()
}

/// The name of a closure's definition and how many variables it captures, if the expression is one.
pub(crate) fn closure(expr: &Expr) -> Option<(String, usize)> {
    match expr {
        Expr::DynamicConstant(value, _) if value.is_fnptr() => {
            let pointer = value.clone_cast::<rhai::FnPtr>();
            Some((pointer.fn_name().to_string(), 0))
        }
        // A closure that captures is compiled into a block: share the captured, then curry them.
        Expr::Stmt(block) => match block.statements() {
            [Stmt::Share(_), Stmt::Expr(curried)] => match curried.as_ref() {
                Expr::FnCall(call, _) if call.name == "curry" => {
                    let (name, _) = closure(call.args.first()?)?;
                    Some((name, call.args.len() - 1))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
